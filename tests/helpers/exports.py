"""Exports as a person makes them, and ways to spoil one on its way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import onnx

from exporter import convert, int8
from tests.helpers import tiny_run
from whatsit import cli, files

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from whatsit.run import Run


def export(run: Run, place: Path, *more: str) -> int:
    return cli.main(["export", str(run.folder), "--onnx", "--out", str(place), *more])


def contents(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): files.sha256(path) for path in folder.rglob("*") if path.is_file()}


def spoil(patch: pytest.MonkeyPatch, change: Any) -> None:
    converted = convert.to_onnx

    def spoiled(*arguments: Any) -> Any:
        model = converted(*arguments)
        change(model)
        return model

    patch.setattr(convert, "to_onnx", spoiled)


def spoil_int8(patch: pytest.MonkeyPatch, change: Any) -> None:
    """Change the int8 file after it was chosen: what a search would never take."""
    search = int8.search

    def spoiled(fp32: Path, file: Path, *more: Any) -> Any:
        found = search(fp32, file, *more)
        model = onnx.load(file)
        change(model)
        onnx.save(model, file)
        return found

    patch.setattr(int8, "search", spoiled)


def raise_novelty(model: Any) -> None:
    """Add 2 to the novelty: within the limit of 1.0 there is no photo any more."""
    last = next(node for node in model.graph.node if "novelty" in node.output)
    last.output[0] = "novelty__less"
    model.graph.initializer.append(onnx.numpy_helper.from_array(np.float32(2), "two"))
    model.graph.node.append(onnx.helper.make_node("Add", ["novelty__less", "two"], ["novelty"], "more"))


def spoil_weights(patch: pytest.MonkeyPatch, factor: float) -> None:
    def change(model: Any) -> None:
        tensor = next(one for one in model.graph.initializer if tuple(one.dims) == (tiny_run.FEATURES, 2))
        values = onnx.numpy_helper.to_array(tensor) * np.float32(factor)
        tensor.CopyFrom(onnx.numpy_helper.from_array(values, tensor.name))

    spoil(patch, change)
