"""A Keras model that was not trained here, made to take and give what every bundle does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import keras

if TYPE_CHECKING:
    from exporter.foreign.ending import Ending
    from exporter.source import Scaling
    from whatsit.manifest import InputSpec

_LEAST: Final = 1e-30  # whose logarithm is still a number
_RANK_OF_FEATURES: Final = 2


@dataclass(frozen=True, slots=True)
class Foreign:
    """A model as it was loaded, the size of its photos, and how it wants their pixels."""

    model: Any
    spec: InputSpec
    scaling: Scaling

    def raw(self) -> Any:
        """Return the Keras model from pixels, uint8 [N,H,W,3], to what the model itself gives."""
        image = self._image()
        return keras.Model(image, self._inner(image)[0])

    def complete(self, ending: Ending, temperature: float = 1.0) -> Any:
        """Return the Keras model from pixels to `probabilities` [N,C] and, if it has any, `features` [N,D].

        Features are what the last dense layer takes, where that is one row a photo.
        """
        image = self._image()
        given, *features = self._inner(image)
        named = dict(zip(("features",), features, strict=False))
        return keras.Model(image, named | {"probabilities": _probabilities(given, ending, temperature)})

    def _image(self) -> Any:
        return keras.Input((self.spec.height, self.spec.width, 3), dtype="uint8", name="image")

    def _inner(self, image: Any) -> list[Any]:
        """Return what the model gives for pixels, then its features where it has any."""
        ends = [self.model.outputs[0], *_features(self.model)]
        return list(keras.Model(self.model.inputs, ends, name="own")([self._pixels(image)]))

    def _pixels(self, image: Any) -> Any:
        if self.scaling == "none":
            wanted = self.model.inputs[0].dtype
            return image if wanted == "uint8" else keras.ops.cast(image, wanted)
        if self.scaling == "caffe":
            image = keras.ops.take(image, [2, 1, 0], axis=-1)
        return keras.layers.Rescaling(*_SCALINGS[self.scaling], name="scaling")(image)


def _normalised(mean: tuple[float, ...], deviation: tuple[float, ...]) -> tuple[list[float], list[float]]:
    pairs = list(zip(mean, deviation, strict=True))
    return [1 / (255 * d) for _, d in pairs], [-m / d for m, d in pairs]


# Scale and offset; those of keras.applications, by whose `preprocess_input` most models were taught.
_SCALINGS: Final[dict[Scaling, tuple[Any, Any]]] = {
    "unit": (1 / 255, 0.0),
    "signed": (1 / 127.5, -1.0),
    "normalised": _normalised((0.485, 0.456, 0.406), (0.229, 0.224, 0.225)),
    "caffe": (1.0, [-103.939, -116.779, -123.68]),
}


def _features(model: Any) -> list[Any]:
    """Return what the dense layer takes that gives the answer, but for what has no weights behind it."""
    given = model.outputs[0]
    while given is not None:
        operation = given._keras_history.operation  # noqa: SLF001 - as Keras itself walks a model
        if isinstance(operation, keras.layers.Dense):
            taken = operation.input
            is_row = len(taken.shape) == _RANK_OF_FEATURES and taken is not model.inputs[0]
            return [taken] if is_row else []
        given = None if getattr(operation, "weights", ()) else _only(operation.input)
    return []


def _only(given: Any) -> Any | None:
    """Return the one tensor that an operation takes; None where it takes none, or several."""
    tensors = keras.tree.flatten(given)
    return tensors[0] if len(tensors) == 1 else None


def _probabilities(given: Any, ending: Ending, temperature: float) -> Any:
    if ending == "one logit":
        given, ending = keras.ops.sigmoid(given), "one probability"
    if ending == "one probability":
        given, ending = keras.ops.concatenate([1.0 - given, given], axis=-1), "probabilities"
    if temperature == 1.0:
        return given if ending == "probabilities" else keras.layers.Softmax(name="softmax")(given)
    if ending == "probabilities":  # as for every head that is no softmax: their logarithms are the logits
        given = keras.ops.log(keras.ops.maximum(given, _LEAST))
    return keras.layers.Softmax(name="softmax")(
        keras.layers.Rescaling(1 / temperature, name="temperature")(given)
    )
