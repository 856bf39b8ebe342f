"""A backbone as Keras layers: scaling inside, cut where the recipe says, batch norm frozen."""

from __future__ import annotations

import hashlib
import inspect
import json
import logging
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import keras
import numpy as np

from whatsit import preprocess
from whatsit.errors import DataError, UsageError, nearest

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from trainer.network.backbones import Choice
    from trainer.network.scalings import Scaling
    from whatsit.manifest import InputSpec

_log = logging.getLogger(__name__)
_AT_ONCE: Final = 8  # photos whose statistics are taken together


@dataclass(frozen=True, slots=True)
class Body:
    """A backbone without its top: what was chosen, its scaling, and its Keras model from scaled pixels."""

    choice: Choice
    scaling: Scaling
    model: Any

    def on(self, image: Any) -> Any:
        """Return the feature map [N,h,w,D] of pixels [N,H,W,3]."""
        return self.model(scaled(image, self.scaling, name=f"scaling_{self.choice.name}"))

    def unfreeze(self, layer: str) -> None:
        """Let weights learn from `layer` on: `all`, `upper`, `none`, or a layer's name; those before it stay.

        Raises UsageError as `first_learning` does.
        """
        start = self.first_learning(layer)
        for number, one in enumerate(self.model.layers):
            frozen_norm = self.choice.row.frozen_batch_norm and isinstance(
                one, keras.layers.BatchNormalization
            )
            one.trainable = number >= start and not frozen_norm

    def first_learning(self, layer: str) -> int:
        """Return the place among the model's layers from which on `unfreeze(layer)` lets weights learn.

        Raises UsageError with the nearest name when there is no such layer.
        """
        names = [one.name for one in self.model.layers]
        places = {name: place for place, name in enumerate(names)} | {"all": 0, "none": len(names)}
        wanted = self.choice.upper if layer == "upper" else layer
        if wanted not in places:
            words = ("all", "upper", "none")
            hint = nearest(layer, (*words, *names), f"expected {', '.join(words)} or a layer's name.")
            raise UsageError(f"{self.choice} has no layer {layer!r} to unfreeze from;", hint=hint)
        return places[wanted]

    def settle(self, pixels: NDArray[np.uint8]) -> None:
        """Set batch norm's statistics from photos [N,H,W,3]: with random weights they mean nothing before.

        Keras keeps every layer's output until a pass ends, more than 20 GB for all photos at once: they go
        through in parts, those that lie side by side in different ones, and the parts' statistics are joined.
        """
        norms = [one for one in self.model.layers if isinstance(one, keras.layers.BatchNormalization)]
        kept = [(one, one.momentum, one.trainable) for one in norms]
        for one in norms:
            one.momentum, one.trainable = 0.0, True  # each pass leaves just its own statistics
        parts, found = -(-len(pixels) // _AT_ONCE) if norms else 0, []
        for part in range(parts):
            given = scaled(pixels[part::parts].astype(np.float32), self.scaling, name="settling")
            self.model(given, training=True)
            found.append([(_values(one.moving_mean), _values(one.moving_variance)) for one in norms])
        for (one, momentum, trainable), of_norm in zip(kept, zip(*found, strict=True), strict=False):
            means, variances = (np.array(values) for values in zip(*of_norm, strict=True))
            one.moving_mean.assign(means.mean(axis=0))
            one.moving_variance.assign(variances.mean(axis=0) + means.var(axis=0))
            one.momentum, one.trainable = momentum, trainable

    def fingerprint(self, spec: InputSpec, pooling: str) -> str:
        """Return a hash of all that decides the pooled features beside the photo: pixels, layers, weights."""
        facts = [preprocess.MAKER, spec.model_dump(), str(self.choice), astuple(self.scaling), pooling]
        digest = hashlib.sha256(json.dumps(facts, sort_keys=True).encode())
        for variable in self.model.variables:
            digest.update(f"{variable.shape}".encode())
            digest.update(np.ascontiguousarray(keras.ops.convert_to_numpy(variable)).tobytes())
        return digest.hexdigest()[:32]


# Statistics of small batches of two classes are far from ImageNet’s: using them cost 20 points of accuracy
# at the first step. Calling the model with training=False is not enough, Keras 3 overrides it: so they are
# frozen.
def build(choice: Choice, weights: str | None, spec: InputSpec, scaling: Scaling) -> Body:
    """Return the chosen backbone with `weights` as Keras takes them: a file, `imagenet`, or None.

    Raises DataError when weights cannot be downloaded or are of another network.
    """
    try:
        model = _cut(_whole(choice, weights, spec), choice)
        if _ends_at_cut(choice, weights):
            model.load_weights(weights)
    except ValueError as error:  # what Keras raises for names or shapes that do not fit
        _log.exception("loading the weights of %s", choice)
        reason = str(error).strip().splitlines()[0]
        raise DataError(
            f"{choice} cannot be built with these weights at this size ({reason}).",
            path=Path(weights) if weights else None,
        ) from None
    body = Body(choice, scaling, model)
    body.unfreeze("all")
    return body


def _cut(whole: Any, choice: Choice) -> Any:
    """Return the network up to its cut, under the name that the table gives it."""
    if choice.cut is None and whole.name == choice.name:
        return whole
    end = whole.get_layer(choice.cut).output if choice.cut else whole.output
    return keras.Model(whole.input, end, name=choice.name)


def scaled(image: Any, scaling: Scaling, name: str) -> Any:
    """Return the pixels [N,H,W,3] as a network wants them."""
    if scaling.bgr:
        image = keras.ops.take(image, [2, 1, 0], axis=-1)
    one = len(scaling.scale) == 1 and len(scaling.offset) == 1
    scale = scaling.scale[0] if len(scaling.scale) == 1 else list(scaling.scale)
    offset = scaling.offset[0] if one else list(scaling.offset)
    return keras.layers.Rescaling(scale, offset, name=name)(image)


def _values(variable: Any) -> NDArray[np.float32]:
    return np.asarray(keras.ops.convert_to_numpy(variable), np.float32)


def _ends_at_cut(choice: Choice, file: str | None) -> bool:
    return any(file and file.endswith(one.names) and one.cut for one in choice.row.weights)


def _whole(choice: Choice, weights: str | None, spec: InputSpec) -> Any:
    row = choice.row
    build_keras = getattr(keras.applications, row.builder)
    extra = {"include_preprocessing": False} if _scales_itself(build_keras) else {}
    shape = (spec.height, spec.width, 3)
    given = None if _ends_at_cut(choice, weights) else weights
    # Keras' MobileNets warn of any size but their own; the weights fit every size.
    try:
        # EfficientNetV2 finds its blocks by the name that it gives itself.
        name = {} if row.builder.startswith("EfficientNetV2") else {"name": choice.name}
        return build_keras(include_top=False, weights=given, input_shape=shape, **name, **extra)
    except Exception as error:  # Keras raises the bare class for a download that fails
        if "URL fetch failure" in str(error):
            _log.exception("downloading the weights of %s", choice)
            raise DataError(
                f"the ImageNet weights of {choice} cannot be downloaded ({error}).",
                hint="Give the file, or a folder of such files, with --weights.",
            ) from None
        raise


def _scales_itself(builder: Any) -> bool:
    return "include_preprocessing" in inspect.signature(builder).parameters
