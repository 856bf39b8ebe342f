"""Keras on PyTorch, by the command a user types; TensorFlow is hidden, as if it were not installed."""

import csv
import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from whatsit import run as runs

ROOT = Path(__file__).parents[3]
WEIGHTS = ROOT.parent / "shared" / "weights"
TRAIN = "import sys; from whatsit.cli import main; sys.exit(main(['train', *sys.argv[1:]]))"
HIDDEN = """
from importlib.machinery import PathFinder
found = PathFinder.find_spec
PathFinder.find_spec = lambda name, *rest: None if name == "tensorflow" else found(name, *rest)
"""
FROM_SCRATCH = (
    'network.layers=["conv 4 linear", "norm", "relu", "pool", "conv 8 prelu", "average", "dropout 0.2"]',
    "input.height=32", "input.width=32", "novelty.centroids=4", "fit.epochs=2", "fit.batch=4",
    "fit.deterministic=true",
)  # fmt: skip
FROZEN = ('network.backbones=["mobilenet_v2"]', "input.height=64", "input.width=64", "novelty.centroids=4")

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("torch") is None, reason="PyTorch is not installed: pip install torch"
)


def _python(backend: str, home: Path, code: str, *arguments: str) -> str:
    """Run code under a backend with a home of its own: features of one are not to serve the other."""
    ended = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env={**os.environ, "KERAS_BACKEND": backend, "WHATSIT_HOME": str(home)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def _trained(backend: str, recipe: str, photos: Path, settings: tuple[str, ...], *more: str) -> runs.Run:
    into = photos.parent.parent / f"runs-{backend}"
    changes = [part for setting in settings for part in ("--set", setting)]
    code = HIDDEN + TRAIN if backend == "torch" else TRAIN
    asked = [recipe, "--data", str(photos), "--runs", str(into), *changes, *more]
    _python(backend, photos.parent.parent / f"home-{backend}", code, *asked)
    (folder,) = into.iterdir()
    return runs.read(folder)


def _probabilities(run: runs.Run) -> np.ndarray:
    with (run.folder / runs.PREDICTIONS_FILE).open() as file:
        return np.array([[float(row["cat"]), float(row["dog"])] for row in csv.DictReader(file)])


def test_nothing_that_trains_loads_tensorflow(tmp_path: Path) -> None:
    asked = "import sys, trainer.sessions; print('tensorflow' in sys.modules)"
    assert _python("torch", tmp_path, asked).split() == ["False"]


def test_a_network_from_scratch_learns_from_photos_to_a_report(photos: Path) -> None:
    run = _trained("torch", "cats-dogs-cnn", photos, FROM_SCRATCH)
    assert run.info.training
    assert "torch" in run.info.training.versions
    assert run.model_file.is_file()
    assert {path.name for path in run.folder.iterdir()} >= {
        "photos.csv", "history.csv", "metrics.json", "predictions.csv", "environment.json", "report.html",
        "tensorboard",
    }  # fmt: skip
    assert np.allclose(_probabilities(run).sum(axis=1), 1, atol=1e-5)


def test_a_frozen_recipe_gives_the_probabilities_that_it_gives_under_tensorflow(photos: Path) -> None:
    if not WEIGHTS.is_dir():
        pytest.skip(f"the weights are not at {WEIGHTS}")
    both = [
        _probabilities(_trained(backend, "cats-dogs-fused", photos, FROZEN, "--weights", str(WEIGHTS)))
        for backend in ("torch", "tensorflow")
    ]
    assert np.abs(both[0] - both[1]).max() < 1e-4
    assert both[0].std(axis=0).max() > 0.01
