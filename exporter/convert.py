"""From a Keras model to an ONNX graph that follows the contract of the design."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Any, Final

import keras
import tensorflow as tf
import tf2onnx

from exporter import tidy, tracing
from whatsit.errors import CheckError

if TYPE_CHECKING:
    from exporter.keras_model import KerasModel
    from whatsit.run import RunInfo

OPSET: Final = 18  # tf2onnx' highest


def to_onnx(source: KerasModel, info: RunInfo, facts: dict[str, str]) -> Any:
    """Return the ONNX graph of a Keras model, named, described and tidied.

    Raises CheckError when tf2onnx cannot convert it, or not every output of it.
    """
    model = _converted(source, info)
    _name(model, source)
    tidy.free_batch(model)
    tidy.strip(model, info.name)
    tidy.share_initialisers(model)
    tidy.describe(model, facts)
    return model


def _converted(source: KerasModel, info: RunInfo) -> Any:
    size = (None, info.input.height, info.input.width, 3)
    signature = [tf.TensorSpec(size, tf.uint8, name=info.input.name)]
    logging.getLogger("tf2onnx").setLevel(logging.CRITICAL)  # the checks say it better
    try:
        with tracing.plain(source.model):
            return tf2onnx.convert.from_keras(
                source.model,
                input_signature=signature,
                opset=OPSET,
                custom_op_handlers=dict(tracing.HANDLERS),  # tf2onnx adds its own to it
            )[0]
    except (ValueError, TypeError, KeyError, AttributeError, NotImplementedError, RuntimeError) as error:
        raise CheckError(
            f"tf2onnx cannot convert this model ({str(error).strip().splitlines()[0]}).",
            hint="Leave out what it names, or build it of other layers, then save the model again.",
        ) from error


def facts_of(info: RunInfo, version: str) -> dict[str, str]:
    """Return what the file says of itself: labels, task, licence, and the standard's keys for images."""
    return {
        "labels": json.dumps([label.name for label in info.labels], ensure_ascii=False),
        "name": info.name,
        "title": info.title,
        "task": info.task,
        "version": version,
        "licence": info.licence,
        "resize": info.input.resize,
        "Image.BitmapPixelFormat": "Rgb8",
        "Image.ColorSpaceGamma": "SRGB",
        "Image.NominalPixelRange": "NominalRange_0_255",
    }


def _name(model: Any, source: KerasModel) -> None:
    # Keras flattens a dict of outputs by sorted key, and tf2onnx keeps that order but not the keys.
    flattened = [str(path[0]) for path, _ in keras.tree.flatten_with_path(source.model.output)]
    if len(flattened) != len(model.graph.output):
        raise CheckError(
            f"Keras gives {len(flattened)} outputs, the converted file {len(model.graph.output)}.",
            hint="Two outputs that are one tensor cannot be told apart: give each a layer of its own.",
        )
    tidy.name_outputs(model, flattened, [output.name for output in source.outputs])
