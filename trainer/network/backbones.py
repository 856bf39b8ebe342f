"""The backbones: networks pre-trained on ImageNet, a row each."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from trainer.network.scalings import CAFFE, NORMALISED, SIGNED, Scaling
from whatsit.errors import DataError, UsageError, nearest

_KERAS: Final = "Apache-2.0 (Keras applications)"
_REBUILT: Final = "not stated (rebuilt from a public dump)"


@dataclass(frozen=True, slots=True)
class Weights:
    """A file of weights: its names, its licence, and the layer it ends at where that is not the last.

    `scaling` is there when the file wants other pixels than Keras' own.
    """

    names: tuple[str, ...]
    licence: str
    cut: str | None = None
    scaling: Scaling | None = None


@dataclass(frozen=True, slots=True)
class Backbone:
    """One row: its builder in `keras.applications`, the side it was made for, its scaling, its weights.

    `cuts` are the layers that it may end at instead of its last, lowest first. `uppers` are the layers after
    which its upper blocks begin: for each cut those before it, at last those of its last scale, what conv5
    is to ResNet50. With `frozen_batch_norm` the statistics stay ImageNet's while the rest learns: those of
    small batches of few classes are far off.
    """

    builder: str
    side: int
    scaling: Scaling
    weights: tuple[Weights, ...]
    uppers: tuple[str, ...]
    cuts: tuple[str, ...] = ()
    frozen_batch_norm: bool = True

    def scaling_for(self, file: str | None) -> Scaling:
        """Return the scaling that the weights in `file` were trained with."""
        for one in self.weights:
            if one.scaling and file and Path(file).name in one.names:
                return one.scaling
        return self.scaling


def _keras(name: str, licence: str = _KERAS) -> Weights:
    return Weights((name,), licence)


def _ordered(name: str, licence: str = _KERAS) -> Weights:
    return Weights((f"{name}_weights_tf_dim_ordering_tf_kernels_notop.h5",), licence)


BACKBONES: Final = {
    "vgg16": Backbone(
        "VGG16", 224, CAFFE, (
            _ordered("vgg16", "CC-BY-4.0 (Oxford VGG, by Keras)"),
        ), ("block2_pool", "block3_pool", "block4_pool"), ("block3_pool", "block4_pool"),
        frozen_batch_norm=False,
    ),
    "resnet50": Backbone(
        "ResNet50", 224, CAFFE, (
            _ordered("resnet50", "MIT (Kaiming He, by Keras)"),
            Weights(
                ("resnet50_pruned_int8_abm_notop.weights.h5",), _REBUILT, scaling=NORMALISED,
            ),
        ), ("conv2_block3_out", "conv3_block4_out", "conv4_block6_out"),
        ("conv3_block4_out", "conv4_block6_out"),
    ),
    "inception_v3": Backbone(
        "InceptionV3", 299, SIGNED, (
            _ordered("inception_v3"),
            Weights(("inception_v3_mixed8.weights.h5",), _REBUILT, cut="mixed8"),
        ), ("mixed6", "mixed7", "mixed8", "mixed8"), ("mixed7", "mixed8", "mixed9"),
    ),
    "xception": Backbone(
        "Xception", 299, SIGNED, (_ordered("xception"),),
        ("block12_sepconv1_act", "block13_sepconv1_act", "block13_sepconv1_act"),
        ("block13_sepconv1_act", "block14_sepconv1_act"),
    ),
    "inception_resnet_v2": Backbone(
        "InceptionResNetV2", 299, SIGNED, (_ordered("inception_resnet_v2"),),
        ("block35_10_ac", "block17_20_ac", "mixed_7a"), ("mixed_6a", "mixed_7a"),
    ),
    "densenet121": Backbone(
        "DenseNet121", 224, NORMALISED, (_ordered("densenet121"),),
        ("pool2_pool", "pool3_pool", "pool4_pool"), ("pool3_pool", "pool4_pool"),
    ),
    "densenet169": Backbone(
        "DenseNet169", 224, NORMALISED, (
            Weights(
                ("densenet169_weights_tf_dim_ordering_tf_kernels_notop.h5", "densenet169_notop.weights.h5"),
                _KERAS,
            ),
        ), ("pool2_pool", "pool3_pool", "pool4_pool"), ("pool3_pool", "pool4_pool"),
    ),
    "mobilenet": Backbone(
        "MobileNet", 224, SIGNED, (
            _keras("mobilenet_1_0_224_tf_no_top.h5"),
            Weights(("mobilenet_v1_1.0_224_notop_dequant_bncal.weights.h5",), _REBUILT),
        ), ("conv_pw_5_relu", "conv_pw_9_relu", "conv_pw_11_relu"), ("conv_pw_6_relu", "conv_pw_11_relu"),
    ),
    "mobilenet_v2": Backbone(
        "MobileNetV2", 224, SIGNED, (
            Weights(
                (
                    "mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.0_224_no_top.h5",
                    "mobilenet_v2_1.0_224_notop.weights.h5",
                ),
                _KERAS,
            ),
        ), ("block_9_add", "block_12_add", "block_12_add"), ("block_12_add", "block_15_add"),
    ),
    "mobilenet_v3": Backbone(
        "MobileNetV3Large", 224, SIGNED, (_keras("weights_mobilenet_v3_large_224_1.0_float_no_top_v2.h5"),),
        ("expanded_conv_9_add", "expanded_conv_11_add", "expanded_conv_11_add"),
        ("expanded_conv_11_add", "expanded_conv_14_add"),
    ),
    "efficientnet_v2_b0": Backbone(
        "EfficientNetV2B0", 224, NORMALISED, (_keras("efficientnetv2-b0_notop.h5"),),
        ("block3b_add", "block4c_add", "block5e_add"), ("block4c_add", "block5e_add"),
    ),
    "convnext_tiny": Backbone(
        "ConvNeXtTiny", 224, NORMALISED, (_keras("convnext_tiny_notop.h5", "MIT (Meta, by Keras)"),),
        ("convnext_tiny_downsampling_block_2",), frozen_batch_norm=False,
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choice:
    """A backbone as a recipe names it: `resnet50`, or `inception_v3@mixed8` to end at that layer."""

    name: str
    cut: str | None = None

    @classmethod
    def parse(cls, words: str) -> Choice:
        """Return the choice that the words name; raises UsageError with what there is."""
        name, _, cut = words.partition("@")
        backbone = row(name)
        if cut and cut not in backbone.cuts:
            there = ", ".join(backbone.cuts) or "none: it is used whole"
            raise UsageError(f"{name} may not be cut at {cut!r};", hint=f"the layers it may end at: {there}.")
        return cls(name, cut or None)

    @property
    def upper(self) -> str:
        """The layer after which the upper blocks begin of what is left of the backbone."""
        return self.row.uppers[self.row.cuts.index(self.cut) if self.cut else -1]

    def __str__(self) -> str:
        return f"{self.name}@{self.cut}" if self.cut else self.name

    @property
    def row(self) -> Backbone:
        """The backbone's row of the table."""
        return row(self.name)


def row(name: str) -> Backbone:
    """Return the row of that name; raises UsageError with the names there are."""
    if name not in BACKBONES:
        raise UsageError(f"no backbone is called {name!r};", hint=nearest(name, list(BACKBONES)))
    return BACKBONES[name]


def find_weights(choice: Choice, weights: str) -> str | None:
    """Return what Keras takes as `weights`: `imagenet` (downloaded), None for `none`, or a file's path.

    `weights` may also be a folder that holds the file by one of its names; whole networks' files go before
    those that end at the choice's cut. Raises DataError when it is not there.
    """
    if weights == "none":
        return None
    if weights == "imagenet":
        return weights
    place = Path(weights)
    if place.is_file():
        return str(place.resolve())
    fitting = [one for one in choice.row.weights if one.cut in (None, choice.cut)]
    names = [name for one in fitting for name in one.names]
    for file in names:
        if (place / file).is_file():
            return str((place / file).resolve())
    raise DataError(
        f"no weights of {choice} here; one of these files was expected: {', '.join(names)}.",
        hint="Give the folder or the file with --weights, or --weights imagenet to download them.",
        path=place,
    )
