"""Keras layers traced for a while as operations that ONNX has, where Keras' own way there is no good one."""

from __future__ import annotations

import contextlib
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import keras
import numpy as np
import tensorflow as tf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_ON_MAPS: Final = 4  # dimensions: N, h, w, D


@contextlib.contextmanager
def plain(model: Any) -> Iterator[None]:
    """Have the layers of a Keras model, and of those in it, traced plainly until this ends.

    Grouped convolutions, such as ConvNeXt's, are else calls of compiled functions, which no ONNX has. Dense
    layers on feature maps [N,h,w,D] are else reshaped to and fro, which ties each to its own layout: as the
    1×1 convolutions that they are, all of ConvNeXt is in one.
    """
    changed = []
    for layer in {id(one): one for one in _layers(model)}.values():  # two models may share one
        if isinstance(layer, keras.layers.Conv2D) and layer.groups > 1:
            layer.convolution_op = partial(_convolution, layer)
            changed.append((layer, "convolution_op"))
        elif type(layer) is keras.layers.Dense:
            layer.call = partial(_dense, layer, layer.call)
            changed.append((layer, "call"))
    try:
        yield
    finally:
        for layer, name in changed:
            delattr(layer, name)  # what its class has is there again


def erfc(context: Any, node: Any, _name: str, _arguments: list[Any]) -> None:
    """Convert TensorFlow's complementary error function, which the exact GELU has: one less `Erf`."""
    node.type = "Erf"
    one = context.make_const(f"{node.name}_one", np.float32(1)).output[0]
    rest = context.insert_new_node_on_output("Sub", node.output[0], name=f"{node.name}_rest")
    context.replace_inputs(rest, [one, node.output[0]])


HANDLERS: Final[dict[str, tuple[Callable[..., None], list[Any]]]] = {
    "Erfc": (erfc, [])
}  # as tf2onnx takes them


def _layers(model: Any) -> Iterator[Any]:
    for layer in getattr(model, "layers", ()):
        yield layer
        yield from _layers(layer)


def _convolution(layer: Any, maps: Any, kernel: Any) -> Any:
    return tf.nn.convolution(
        maps,
        tf.convert_to_tensor(kernel),
        list(layer.strides),
        layer.padding.upper(),
        data_format="NHWC",
        dilations=list(layer.dilation_rate),
    )


def _dense(layer: Any, call: Callable[..., Any], given: Any, training: bool | None = None) -> Any:  # noqa: FBT001 - Keras' signature
    if len(given.shape) != _ON_MAPS:
        return call(given, training=training)
    sums = tf.nn.conv2d(given, tf.convert_to_tensor(layer.kernel)[None, None], 1, "VALID")
    if layer.use_bias:
        sums = tf.nn.bias_add(sums, tf.convert_to_tensor(layer.bias))
    return sums if layer.activation is None else layer.activation(sums)
