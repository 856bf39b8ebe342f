"""The backbones: networks pre-trained on ImageNet, a row each."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from whatsit.errors import DataError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Backbone:
    """One row: how to build it without its top, how it wants pixels scaled, what its weights are called.

    Pixels become `pixel * scale + offset`. `weight_files` are the names its weights have, Keras' own first.
    """

    build: Callable[..., Any]
    scale: float
    offset: float
    weight_files: tuple[str, ...]
    weights_licence: str


def _application(name: str) -> Callable[..., Any]:
    def build(**settings: Any) -> Any:
        import keras  # noqa: PLC0415 - the table is read long before a network is built

        return getattr(keras.applications, name)(**settings)

    return build


BACKBONES = {
    "mobilenet_v2": Backbone(
        build=_application("MobileNetV2"),
        scale=1 / 127.5,
        offset=-1.0,
        weight_files=(
            "mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.0_224_no_top.h5",
            "mobilenet_v2_1.0_224_notop.weights.h5",
        ),
        weights_licence="Apache-2.0 (Keras applications)",
    ),
}


def row(name: str) -> Backbone:
    """Return the row of that name; raises UsageError with the names there are."""
    if name not in BACKBONES:
        raise UsageError(f"no backbone is called {name!r};", hint=f"there are: {', '.join(BACKBONES)}.")
    return BACKBONES[name]


def find_weights(name: str, weights: str) -> str | None:
    """Return what Keras takes as `weights`: `imagenet` (downloaded), None for `none`, or a file's path.

    `weights` may also be a folder that holds the file by one of its names. Raises DataError when it is not
    there, UsageError for a backbone that is not in the table.
    """
    names = row(name).weight_files
    if weights == "none":
        return None
    if weights == "imagenet":
        return weights
    place = Path(weights)
    if place.is_file():
        return str(place.resolve())
    for file in names:
        if (place / file).is_file():
            return str((place / file).resolve())
    raise DataError(
        f"no weights of {name} here; one of these files was expected: {', '.join(names)}.",
        hint="Give the folder or the file with --weights, or --weights imagenet to download them.",
        path=place,
    )
