from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import numpy as np
import onnx
import pytest
from scipy.special import softmax

from exporter import retemper
from exporter.structure_checks import OnnxModel
from whatsit import golden, temperature

if TYPE_CHECKING:
    from pathlib import Path

    from whatsit.bundle import Bundle


def test_a_files_probabilities_become_true_by_its_own(bundle: Bundle, tmp_path: Path) -> None:
    file = tmp_path / "model.onnx"
    shutil.copy(bundle.model_file("fp32"), file)
    pixels = np.stack([one.pixels for one in golden.read(bundle)])
    before = OnnxModel(file, ["probabilities"]).outputs_of(pixels)["probabilities"]
    random = np.random.default_rng(1)
    sharper = softmax(np.log(np.repeat(before, 200, axis=0)) / 2, axis=1)  # less sure is true
    labels = (sharper.cumsum(axis=1) < random.random((len(sharper), 1))).sum(axis=1).clip(max=1)
    factor = retemper.retemper(file, np.repeat(before, 200, axis=0), labels)
    assert factor == pytest.approx(2, rel=0.2)
    after = OnnxModel(file, ["probabilities"]).outputs_of(pixels)["probabilities"]
    assert np.allclose(after, softmax(np.log(np.maximum(before, 1e-12)) / factor, axis=1), atol=1e-5)
    assert (after.argmax(axis=1) == before.argmax(axis=1)).all()
    onnx.checker.check_model(str(file), full_check=True)
    again = temperature.fit(np.log(np.repeat(after, 200, axis=0)), labels)
    assert again == pytest.approx(1, abs=0.02)


def test_without_a_softmax_nothing_changes(bundle: Bundle, tmp_path: Path) -> None:
    model = onnx.load(bundle.model_file("fp32"))
    next(node for node in model.graph.node if node.op_type == "Softmax").op_type = "Sigmoid"
    file = tmp_path / "model.onnx"
    onnx.save(model, file)
    written = file.read_bytes()
    assert retemper.retemper(file, np.full((4, 2), 0.5, np.float32), np.zeros(4, np.int64)) == 1.0
    assert file.read_bytes() == written
