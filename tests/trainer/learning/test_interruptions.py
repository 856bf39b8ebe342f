"""Kills a training like `kill -9`, and fills the disk under another: both go on to the end."""

import signal
import subprocess
import sys
from pathlib import Path

import keras
import numpy as np
import pytest

from trainer.learning import checkpoints
from whatsit import run as runs

ROOT = Path(__file__).parents[3]
SMALL = ("input.height=32", "input.width=32", "novelty.centroids=4", "fit.batch=4", "fit.deterministic=true")
# All that draws or remembers: batch norm, dropout, Adam, a schedule, photos that vary.
LAYERS = 'network.layers=["conv 4 linear", "norm", "relu", "pool", "conv 8", "average", "dropout 0.3"]'
LARGE = 'network.layers=["flatten", "dense 64", "dropout 0.3"]'  # 200,000 weights
FROZEN = (  # features of 4×4 cells: 24 photos take 786,000 bytes
    'network.backbones=["mobilenet"]', "network.weights=none", 'network.layers=["flatten"]',
    "head.strengths=[1]", "input.height=96", "input.width=96", "novelty.centroids=4",
)  # fmt: skip
MOST_BYTES = 500_000
TRAIN = "import sys; from whatsit.cli import main; sys.exit(main(['train', *sys.argv[1:]]))"
LIMITED = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({MOST_BYTES}, {MOST_BYTES})); {TRAIN}"


def _python(*arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def _weights(run: runs.Run) -> list[np.ndarray]:
    return keras.saving.load_model(run.model_file, safe_mode=True).get_weights()


def test_a_training_that_was_killed_ends_with_the_weights_of_one_that_was_not(
    photos: Path, tmp_path: Path
) -> None:
    settings = (LAYERS, *SMALL, "fit.epochs=3")
    killed = _python("-m", "tests.helpers.killed_training", str(photos), str(tmp_path), *settings)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    (whole,), (folder,) = [list((tmp_path / name).iterdir()) for name in ("whole", "killed")]
    with np.load(folder / checkpoints.FOLDER / "fit.npz") as saved:
        *_, place = saved.values()
    assert place.tolist() == [1, 2], "the second epoch's second batch was the last to be kept"
    assert not runs.read(folder).finished
    resumed = _python("-c", TRAIN, "--resume", str(folder))
    assert resumed.returncode == 0, resumed.stderr
    assert "epoch 1 of" not in resumed.stderr
    both = [_weights(runs.read(one)) for one in (whole, folder)]
    assert max(float(np.abs(a - b).max()) for a, b in zip(*both, strict=True)) < 1e-6


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on a file's size")
@pytest.mark.parametrize(
    ("recipe", "changed"),
    [("cats-dogs-cnn", (LARGE, *SMALL, "fit.epochs=2")), ("cats-dogs-fused", FROZEN)],
    ids=["checkpoint", "features"],
)
def test_a_disk_without_room_is_said_in_a_line_and_with_room_the_run_goes_on(
    recipe: str, changed: tuple[str, ...], photos: Path, tmp_path: Path
) -> None:
    settings = [part for one in changed for part in ("--set", one)]
    into = tmp_path / "runs"
    full = _python("-c", LIMITED, recipe, "--data", str(photos), "--runs", str(into), *settings)
    assert full.returncode == 1
    *_, said = full.stderr.splitlines()
    assert said.startswith("whatsit: ")
    assert "File too large" in said
    assert f"whatsit train --resume {next(into.iterdir())}" in said
    assert "Traceback" not in full.stderr
    (folder,) = into.iterdir()
    half_written = [path for path in folder.rglob("*") if path.name.startswith(".")]
    assert not half_written
    again = _python("-c", TRAIN, "--resume", str(folder))
    assert again.returncode == 0, again.stderr
    assert runs.read(folder).finished
