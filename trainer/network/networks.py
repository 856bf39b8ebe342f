"""Keras networks from pixels to logits while learning, and to every output of a bundle when learned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import keras

from trainer.network import backbones, bodies, folding, layers, scalings, tops

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trainer.network.bodies import Body
    from trainer.network.novelty import Novelty
    from trainer.network.scale import Scale
    from trainer.network.tops import Top
    from trainer.recipe import Recipe
    from whatsit.manifest import InputSpec

_PIXELS = scalings.SIGNED  # networks of sigmoids learn slower from 0…1 (CIFAR-10, 11 epochs: 41 %, not 49 %)


@dataclass(frozen=True, slots=True)
class Network:
    """One network's parts: Keras tensors from uint8 pixels [N,H,W,3] to features [N,D] and logits [N,C].

    `feature_maps` [N,h,w,D] are the backbones' own, in their order; a network from scratch has none.
    """

    image: Any
    bodies: tuple[Body, ...]
    feature_maps: tuple[Any, ...]
    top: Top
    features: Any
    logits: Any

    @property
    def training_model(self) -> Any:
        """The Keras model from pixels to logits."""
        return keras.Model(self.image, self.logits)

    @property
    def held_out_model(self) -> Any:
        """The Keras model from pixels to features and logits, as quick as it can be, and not to be saved."""
        return folding.folded(keras.Model(self.image, [self.features, self.logits]))


@dataclass(frozen=True, slots=True)
class Calibration:
    """What is fitted after training: the scale of confidence, and what novelty is measured by."""

    scale: Scale
    novelty: Novelty


def backbones_of(recipe: Recipe, spec: InputSpec, *, loaded: bool = True) -> tuple[Body, ...]:
    """Return the recipe's backbones for pixels of `spec`, with their weights unless they come from elsewhere.

    Raises DataError when weights are not there, cannot be downloaded, or are of another network.
    """
    found = []
    for name in recipe.network.backbones:
        choice = backbones.Choice.parse(name)
        weights = backbones.find_weights(choice, recipe.network.weights)
        scaling = choice.row.scaling_for(weights)  # its own even where the weights come from elsewhere
        found.append(bodies.build(choice, weights if loaded else None, spec, scaling))
    return tuple(found)


def check_layer(recipe: Recipe) -> None:
    """Raise UsageError when [fit] begins at a layer that the backbone has not: Keras alone knows them all."""
    if recipe.fit is not None and recipe.fit.names_a_layer:
        for body in backbones_of(recipe, recipe.input, loaded=False):
            body.first_learning(recipe.fit.unfreeze)


def join(recipe: Recipe, spec: InputSpec, parts: tuple[Body, ...], top: Top) -> Network:
    """Return the network of backbones, each pooled, joined under one top; or the top alone on the pixels."""
    image = keras.Input((spec.height, spec.width, 3), dtype="uint8", name=spec.name)
    maps = tuple(body.on(image) for body in parts)
    if maps:
        pooled = [layers.layer(recipe.network.layers[0])(one) for one in maps]
        given = keras.layers.Concatenate(name="joined")(pooled) if len(pooled) > 1 else pooled[0]
    else:
        given = bodies.scaled(image, _PIXELS, name="scaling")
    features, logits = top.on(given)
    return Network(image, parts, maps, top, features, logits)


def build(recipe: Recipe, spec: InputSpec, classes: int, *, loaded: bool = True) -> Network:
    """Return the recipe's network for `classes` classes, its top as it begins."""
    top = tops.build(recipe.network, classes, recipe.seed)
    return join(recipe, spec, backbones_of(recipe, spec, loaded=loaded), top)


def complete(network: Network, calibration: Calibration, pooling: str) -> Any:
    """Return the Keras model with every output of a bundle, by name, float32."""
    outputs = {
        "probabilities": calibration.scale.of(network.logits),
        "features": _flat(network.features),
        "novelty": calibration.novelty.of(_flat(network.features)),
    }
    if network.top.linear and pooling == "average":
        outputs |= dict(_activation_maps(network))
    return keras.Model(network.image, outputs)


def _flat(features: Any) -> Any:
    return features if len(features.shape) == 2 else keras.layers.Flatten(name="features")(features)  # noqa: PLR2004


def _activation_maps(network: Network) -> Iterator[tuple[str, Any]]:
    """Yield the head as a 1×1 convolution on each feature map (Zhou et al. 2016).

    The mean over each one's cells, summed over the backbones, plus the bias, is the logits.
    """
    kernel, start = network.top.kernel(), 0
    for body, feature_map in zip(network.bodies, network.feature_maps, strict=True):
        alone = len(network.bodies) == 1
        name = "activation_maps" if alone else f"activation_maps_{body.choice.name}"
        convolution = keras.layers.Conv2D(kernel.shape[1], 1, use_bias=False, name=name)
        width = feature_map.shape[-1]
        maps = convolution(feature_map)
        convolution.set_weights([kernel[None, None, start : start + width]])
        start += width
        yield name, maps
