import json
import re
import subprocess
import sys
from pathlib import Path

import keras
import pytest

from tests.trainer.conftest import SMALL
from trainer import devices
from trainer.sections import Fit
from whatsit.errors import UsageError

ROOT = Path(__file__).parents[2]
SCRATCH = ("input.height=32", "input.width=32", "novelty.centroids=4", "fit.epochs=2", "fit.batch=4")
DENSE = ("head.method=dense", "head.epochs=2", "head.batch=8")
# Without dropout and batch norm, which look at a device's part of a batch alone.
CASES = {
    "scratch": ("cats-dogs-cnn", ['network.layers=["conv 4", "pool", "conv 8", "average"]', *SCRATCH]),
    "frozen": ("cats-dogs-fused", [*SMALL, 'network.layers=["average", "dense 8 relu"]', *DENSE]),
}


def test_two_copies_learn_what_one_does_and_share_the_work(photos: Path, tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "tests.helpers.several_devices", str(photos), str(tmp_path / "runs")],
        input=json.dumps(CASES),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    found = json.loads(ended.stdout.splitlines()[-1])
    # Two halves' sums are added in another order: each step rounds differently in the last of 24 bits.
    assert set(found["apart"]) == set(CASES)
    assert max(found["apart"].values()) < 1e-5
    assert found["rows"] == 32, "each copy did the whole batch"
    assert ended.stderr.count("2 CPUs: each batch is split among them.") == 1


def test_compiled_steps_on_several_devices_are_refused_before_anything_starts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(devices, "several", lambda: ("/device:GPU:0", "/device:GPU:1"))
    with pytest.raises(UsageError, match="one device"), devices.ready(1, Fit(compiled=True)):
        pytest.fail("it started")


def test_precision_holds_while_learning_and_no_longer() -> None:
    fit = Fit(precision="mixed_bfloat16")
    with devices.ready(1, fit):
        with devices.in_precision(fit):
            assert keras.layers.Dense(1).compute_dtype == "bfloat16"
        assert keras.layers.Dense(1).compute_dtype == "float32"
        with pytest.raises(KeyboardInterrupt), devices.in_precision(fit):
            raise KeyboardInterrupt
    assert keras.layers.Dense(1).compute_dtype == "float32"


def test_on_a_processor_it_learns_in_full_precision_and_uncompiled() -> None:
    if devices.gpus():
        pytest.skip("there is a GPU")
    assert devices.precision(Fit()) == "float32"
    assert not devices.compiled(Fit())
    assert devices.compiled(Fit(compiled=True))


def test_one_module_alone_names_tensorflow() -> None:
    named = re.compile(r"^\s*(import|from) tensorflow|\btf\.", re.MULTILINE)
    names = [path.name for path in (ROOT / "trainer").rglob("*.py") if named.search(path.read_text("utf-8"))]
    assert names == ["devices.py"]
