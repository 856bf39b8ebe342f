"""Keras networks from pixels to logits while training, and to every output of a bundle when trained."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import keras

from trainer import backbones
from whatsit.errors import DataError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from trainer.backbones import Backbone
    from whatsit.bundle import InputSpec

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Network:
    """The layers of one network, and its Keras models from uint8 pixels [N,H,W,3].

    `training_model` gives logits [N,C], `feature_model` features [N,D].
    """

    image: Any
    feature_map: Any
    features: Any
    head: Any
    training_model: Any
    feature_model: Any

    def set_head(self, kernel: NDArray[np.float32], bias: NDArray[np.float32]) -> None:
        """Give the head its weights: kernel [D,C] and bias [C]."""
        self.head.set_weights([kernel, bias])


@dataclass(frozen=True, slots=True)
class Calibration:
    """What is fitted after training: the temperature, unit centroids [K,D], and the novelty at the limit."""

    temperature: float
    centroids: NDArray[np.float32]
    novelty_at_limit: float


def build(spec: InputSpec, backbone: str, weights: str | None, classes: int, dropout: float) -> Network:
    """Return a network for `classes` classes; `weights` is what Keras takes: a file, `imagenet` or None."""
    row = backbones.row(backbone)
    shape = (spec.height, spec.width, 3)
    image = keras.Input(shape, dtype="uint8", name=spec.name)
    scaled = keras.layers.Rescaling(row.scale, row.offset, name="scaling")(image)
    body = _body(row, weights, shape, backbone)
    _freeze_batch_norm(body)
    feature_map = body(scaled)
    features = keras.layers.GlobalAveragePooling2D(name="pooling")(feature_map)
    head = keras.layers.Dense(classes, name="logits")
    logits = head(keras.layers.Dropout(dropout, seed=1)(features))
    training_model, feature_model = keras.Model(image, logits), keras.Model(image, features)
    return Network(image, feature_map, features, head, training_model, feature_model)


def _body(row: Backbone, weights: str | None, shape: tuple[int, int, int], name: str) -> Any:
    try:
        return row.build(include_top=False, weights=weights, input_shape=shape, name=name)
    except Exception as error:  # Keras raises the bare class for a download that fails
        if "URL fetch failure" not in str(error):
            raise
        _log.exception("downloading the weights of %s", name)
        raise DataError(
            f"the ImageNet weights of {name} cannot be downloaded ({error}).",
            hint="Give the file, or a folder of such files, with --weights.",
        ) from None


def _freeze_batch_norm(body: Any) -> None:
    # Statistics of small batches of two classes are far from ImageNet’s: using them cost 20 points of
    # accuracy at the first step. Calling the body with training=False is not enough: Keras 3 overrides it.
    for layer in body.layers:
        if isinstance(layer, keras.layers.BatchNormalization):
            layer.trainable = False


def complete(network: Network, calibration: Calibration) -> Any:
    """Return the Keras model with every output of a bundle, by name, float32.

    Activation maps (Zhou et al. 2016) are the head as a 1×1 convolution: their mean over the cells plus the
    bias is the logits. Novelty is the cosine distance to the nearest centroid over that at the limit.
    """
    kernel = network.head.kernel
    maps = keras.layers.Conv2D(kernel.shape[1], 1, use_bias=False, name="activation_maps")
    activation_maps = maps(network.feature_map)
    maps.set_weights([keras.ops.convert_to_numpy(kernel)[None, None]])
    logits = network.head(network.features)
    tempered = keras.layers.Rescaling(1 / calibration.temperature, name="temperature")(logits)
    outputs = {
        "probabilities": keras.layers.Softmax(name="probabilities")(tempered),
        "features": network.features,
        "novelty": _novelty(network.features, calibration),
        "activation_maps": activation_maps,
    }
    return keras.Model(network.image, outputs)


def _novelty(features: Any, calibration: Calibration) -> Any:
    unit = keras.layers.UnitNormalization(name="unit_features")(features)
    nearest = keras.layers.Dense(len(calibration.centroids), use_bias=False, name="centroids")
    cosine = keras.ops.max(nearest(unit), axis=-1)
    nearest.set_weights([calibration.centroids.T])
    scale = 1 / calibration.novelty_at_limit
    return keras.layers.Rescaling(-scale, scale, name="novelty")(cosine)
