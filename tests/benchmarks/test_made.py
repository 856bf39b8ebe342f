"""The record of how a bundle was made: of its own run alone, without the machine's folders."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.helpers import tiny_bundle
from trainer.results import environment
from whatsit import run as runs
from whatsit.manifest import Training

ROOT = Path(__file__).parents[2]


def made(place: Path, change: dict[str, float]) -> subprocess.CompletedProcess[str]:
    bundle = tiny_bundle.make(place / "tiny")
    manifest, run = bundle.manifest, place / "run"
    run.mkdir()
    training = Training.model_validate(
        manifest.training.model_dump() | {"metrics": {**manifest.training.metrics, **change}}
    )
    info = runs.RunInfo(
        recipe=training.recipe, name="tiny", title="Tiny", licence="none", subject="any photo",
        labels=manifest.labels, input=manifest.input, data_root=place,
        data_fingerprint=training.data_fingerprint, training=training,
    )  # fmt: skip
    runs.write(run, info)
    environment.write(run, ["whatsit", "train", str(place)])
    command = [sys.executable, str(ROOT / "benchmarks" / "made.py"), str(run), str(bundle.folder)]
    command += ["--results", str(place)]
    return subprocess.run(command, check=False, cwd=place, capture_output=True, text=True)


def test_it_says_when_and_on_what_and_names_no_folder_of_the_training(tmp_path: Path) -> None:
    done = made(tmp_path, {})
    assert done.returncode == 0, done.stderr
    told = (tmp_path / "made-tiny.json").read_text(encoding="utf-8")
    assert '"begun"' in told
    assert '"commands": 1' in told
    assert "whatsit train" not in told


def test_another_run_of_the_same_recipe_is_refused(tmp_path: Path) -> None:
    done = made(tmp_path, {"tune_log_loss": 9.0})
    assert done.returncode == 1
    assert "the bundle was not exported from it" in done.stderr
    assert not (tmp_path / "made-tiny.json").exists()
