"""Frozen batch norm as part of the convolution before it: the same network, fewer passes through memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import keras
from keras import ops

if TYPE_CHECKING:
    from collections.abc import Callable

_SUMS: Final = (keras.layers.Conv2D, keras.layers.DepthwiseConv2D)


def folded(model: Any) -> Any:
    """Return a model of the same variables in which convolutions do what frozen batch norms after them did.

    It gives the same, and learns the same, to rounding: a kernel is learned as it was and multiplied on its
    way. It is for looking and learning, not to be saved.
    """
    inner = {layer: folded(layer) for layer in model.layers if isinstance(layer, keras.Model)}
    given = {id(tensor) for tensor in model.outputs}
    norm_of = {_before(layer): layer for layer in model.layers if _folds(layer, given)}
    norms = set(norm_of.values())

    def part(layer: Any) -> Any:
        if layer in norm_of:
            return _Folded(layer, norm_of[layer])
        return _Nothing(layer) if layer in norms else inner.get(layer, layer)

    unchanged = not norms and all(layer is one for layer, one in inner.items())
    return model if unchanged else keras.models.clone_model(model, clone_function=part)


def _before(norm: Any) -> Any:
    return norm.input._keras_history.operation  # noqa: SLF001 - Keras has no public way back from a tensor


def _folds(layer: Any, given: set[int]) -> bool:
    """Return whether a layer is a frozen batch norm right after a convolution that nobody else looks at.

    Calls are counted in every model that shares the layers: one called twice stays as it is, only slower.
    """
    if type(layer) is not keras.layers.BatchNormalization or layer.trainable:
        return False
    before = _before(layer)
    calls = (len(before._outbound_nodes), len(layer._inbound_nodes))  # noqa: SLF001 - as above
    linear = type(before) in _SUMS and before.activation is keras.activations.linear
    return calls == (1, 1) and linear and id(before.output) not in given and _along_channels(before, layer)


def _along_channels(sums: Any, norm: Any) -> bool:
    return sums.data_format == "channels_last" and norm.axis in (-1, 3)


class _Folded(keras.layers.Layer):
    """A convolution and the batch norm after it, whose variables `_Nothing` holds: their order stays."""

    def __init__(self, sums: Any, norm: Any) -> None:
        super().__init__(name=f"{sums.name}_folded", dtype=sums.dtype_policy)
        self.sums = sums
        self._norm: Callable[[], Any] = lambda: norm  # a layer that were here itself would be its own

    def call(self, pixels: Any) -> Any:
        sums, (scale, shift) = self.sums, _line(self._norm())
        shift = shift + sums.bias * scale if sums.use_bias else shift
        each = isinstance(sums, keras.layers.DepthwiseConv2D)
        scale = ops.reshape(scale, sums.kernel.shape[2:]) if each else scale
        convolved: Any = ops.depthwise_conv if each else ops.conv
        found = convolved(
            pixels,
            ops.cast(sums.kernel * scale, pixels.dtype),
            strides=sums.strides,
            padding=sums.padding,
            data_format=sums.data_format,
            dilation_rate=sums.dilation_rate,
        )
        return found + ops.cast(shift, found.dtype)


def _line(norm: Any) -> tuple[Any, Any]:
    """Return what a frozen batch norm multiplies by and then adds, [C] each, float32 in any precision."""
    scale = ops.rsqrt(norm.moving_variance + norm.epsilon)
    scale = scale * norm.gamma if norm.scale else scale
    shift = -norm.moving_mean * scale
    return scale, shift + norm.beta if norm.center else shift


class _Nothing(keras.layers.Layer):
    """Stands where a batch norm was."""

    def __init__(self, norm: Any) -> None:
        super().__init__(name=f"{norm.name}_folded", dtype=norm.dtype_policy)
        self.norm = norm

    # It is called as the batch norm was.
    def call(self, pixels: Any, training: bool | None = None, mask: Any = None) -> Any:  # noqa: ARG002, FBT001
        return pixels
