"""Bundles with a planted fault: a copy, changed as a mistake or an attacker would, its hashes put right."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import onnx

from whatsit import bundle as bundles
from whatsit import files

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from whatsit.bundle import Bundle
    from whatsit.manifest import VariantName


def copied(bundle: Bundle, folder: Path) -> Bundle:
    """Return a copy of a bundle that may be changed."""
    shutil.copytree(bundle.folder, folder)
    return bundles.read(folder)


def changed(
    bundle: Bundle, change: Callable[[onnx.ModelProto], None], variants: Sequence[VariantName] = ("fp32",)
) -> Bundle:
    """Change the files of some variants in place, and state them in the manifest as they are now."""
    for variant in variants:
        file = bundle.folder / bundle.manifest.variants[variant].file
        model = onnx.load(file)
        change(model)
        onnx.save(model, file)
    return vouched_for(bundle)


def vouched_for(bundle: Bundle) -> Bundle:
    """State in the manifest what the variants' files are now."""
    stated = {
        name: variant.model_copy(
            update={
                "bytes": (bundle.folder / variant.file).stat().st_size,
                "sha256": files.sha256(bundle.folder / variant.file),
            }
        )
        for name, variant in bundle.manifest.variants.items()
    }
    return bundles.write(bundle.folder, bundle.manifest.model_copy(update={"variants": stated}))


def swapped_labels(model: onnx.ModelProto) -> None:
    """Let the file list the labels in another order than the manifest."""
    onnx.helper.set_model_props(model, {"labels": '["cold", "warm"]'})


def another_input(model: onnx.ModelProto) -> None:
    """Let the graph ask for something more than pixels."""
    extra = onnx.helper.make_tensor_value_info("training", onnx.TensorProto.BOOL, [1])
    model.graph.input.append(extra)


def fixed_batch(model: onnx.ModelProto) -> None:
    """Let the graph take one photo at a time only."""
    for value in (*model.graph.input, *model.graph.output):
        value.type.tensor_type.shape.dim[0].dim_value = 1


def batch_in_the_answer(model: onnx.ModelProto) -> None:
    """Let the answer for a photo depend on those beside it: softmax over all photos."""
    softmax = next(node for node in model.graph.node if node.op_type == "Softmax")
    softmax.attribute[0].i = 0


def scaled(name: str, by: float) -> Callable[[onnx.ModelProto], None]:
    """Return what multiplies one weight tensor."""

    def change(model: onnx.ModelProto) -> None:
        tensor = next(one for one in model.graph.initializer if one.name == name)
        values = onnx.numpy_helper.to_array(tensor) * by
        tensor.CopyFrom(onnx.numpy_helper.from_array(values.astype("float32"), name))

    return change
