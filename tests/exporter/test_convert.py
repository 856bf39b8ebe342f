"""Whatever the trainer makes converts: small networks of each kind, held against Keras output by output."""

from __future__ import annotations

import getpass
import hashlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import keras
import numpy as np
import onnx
import onnxruntime
import pytest
from keras.src.applications.convnext import ConvNeXt

from exporter import convert, tidy
from exporter.keras_model import KerasModel
from trainer import recipes_file
from trainer.learning import bagged
from trainer.network import networks, tops
from trainer.network.novelty import Nearest
from trainer.network.scale import Scale
from trainer.sections import BaggedHead
from whatsit.errors import CheckError
from whatsit.manifest import Output
from whatsit.paired import largest_differences

if TYPE_CHECKING:
    from collections.abc import Callable

    from trainer.network.networks import Network
    from trainer.recipe import Recipe

CLOSE = 1e-4
CLASSES = 3
V1 = "mobilenet@conv_pw_6_relu"


@dataclass(frozen=True)
class Converted:
    """A Keras model, its ONNX graph, and pixels for both."""

    source: KerasModel
    model: Any
    pixels: np.ndarray

    def outputs_of(self, pixels: np.ndarray) -> dict[str, np.ndarray]:
        session = onnxruntime.InferenceSession(
            self.model.SerializeToString(), providers=["CPUExecutionProvider"]
        )
        names = [one.name for one in session.get_outputs()]
        return dict(zip(names, session.run(names, {"image": pixels}), strict=True))


def of_backbones(*names: str) -> keras.Model:
    recipe = _recipe(f"network.backbones={list(names)!r}", "input.height=64", "input.width=64")
    return _complete(recipe, _settled(recipe))


def bagged_sgd() -> keras.Model:
    recipe = _recipe(f'network.backbones=["{V1}"]', "input.height=64", "input.width=64")
    network, random = _settled(recipe), np.random.default_rng(5)
    rows, labels = random.normal(size=(60, network.features.shape[-1])), np.arange(60) % CLASSES
    rows[:, 0] += labels
    head = bagged.keras_head(bagged.fit((rows.astype(np.float32), labels), BaggedHead(), 1), CLASSES)
    top = network.top.with_head(head)
    return _complete(recipe, networks.join(recipe, recipe.input, network.bodies, top))


def from_scratch(*layers: str) -> Callable[[], keras.Model]:
    def build() -> keras.Model:
        recipe = recipes_file.load(
            "age-cnn", (f"network.layers={list(layers)!r}", "input.height=32", "input.width=32")
        )
        network = networks.build(recipe, recipe.input, 2)
        for layer in network.training_model.layers:
            if isinstance(layer, keras.layers.PReLU):  # its slopes begin at zero, as a ReLU's
                layer.set_weights([np.random.default_rng(1).uniform(0.1, 0.5, layer.alpha.shape)])
        return _complete(recipe, network)

    return build


def convnext() -> keras.Model:
    image = keras.Input((64, 64, 3), dtype="uint8", name="image")
    body = ConvNeXt(
        depths=[1, 1, 2, 1],
        projection_dims=[8, 16, 24, 32],
        include_top=False,
        weights=None,
        input_shape=(64, 64, 3),
        include_preprocessing=False,
    )
    for weight in body.weights:  # layer scales of 1e-6 and centred norms would hide most of a block
        if len(weight.shape) == 1:
            weight.assign(np.random.default_rng(len(weight.path)).uniform(0.2, 0.9, weight.shape))
    maps = body(keras.layers.Rescaling(1 / 127.5, -1.0)(image))
    features = keras.layers.GlobalAveragePooling2D()(maps)
    probabilities = keras.layers.Dense(CLASSES, activation="softmax")(features)
    return keras.Model(image, {"probabilities": probabilities, "features": features})


KINDS: dict[str, Callable[[], keras.Model]] = {
    "one backbone": lambda: of_backbones(V1),
    "convnext": convnext,
    "bagged": bagged_sgd,
    "fused": lambda: of_backbones("mobilenet_v2", V1),
    "activations": from_scratch(
        "conv 8 prelu", "norm", "pool 2", "conv 8 leaky_relu", "flatten", "dense 8 prelu", "dense 8 elu"
    ),
    "mlp": from_scratch("flatten", "dense 8 sigmoid", "dense 8 tanh"),
}
BACKBONES = {"fused": 2}


@pytest.fixture(scope="module", params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def converted(kind: str, run: Any) -> Converted:
    keras.utils.set_random_seed(1)
    model = KINDS[kind]()
    outputs = tuple(Output(name=one, shape=(-1, *of.shape[1:])) for one, of in sorted(model.output.items()))
    source = KerasModel(model, outputs[::-1])
    side = model.input.shape[1]
    size = run.info.input.model_copy(update={"height": side, "width": side})
    info = run.info.model_copy(update={"input": size})
    graph = convert.to_onnx(source, info, convert.facts_of(info, "1.0"))
    return Converted(source, graph, _photos(side, 5))


def test_every_output_is_that_of_keras(converted: Converted) -> None:
    expected = converted.source.outputs_of(converted.pixels)
    assert np.ptp(expected["probabilities"], axis=0).max() > 1e-3  # else nothing could differ
    given = converted.outputs_of(converted.pixels)
    assert list(given) == [one.name for one in converted.source.outputs]
    apart = largest_differences(given, expected)
    assert set(apart) == set(expected)
    assert max(apart.values()) <= CLOSE, apart


def test_any_number_of_photos_fits(converted: Converted) -> None:
    ends = [*converted.model.graph.input, *converted.model.graph.output]
    assert {one.type.tensor_type.shape.dim[0].dim_param for one in ends} == {"batch"}
    given = converted.outputs_of(converted.pixels[:1])
    assert all(len(values) == 1 for values in given.values())


def test_the_graph_is_plain_onnx_without_batch_norm(converted: Converted) -> None:
    onnx.checker.check_model(converted.model, full_check=True)
    assert tidy.opset(converted.model) == 18
    assert {one.domain for one in converted.model.opset_import} == {""}
    assert "BatchNormalization" not in {node.op_type for node in converted.model.graph.node}


def test_at_most_two_transposes_a_backbone_are_left(kind: str, converted: Converted, tmp_path: Path) -> None:
    options = onnxruntime.SessionOptions()
    # The highest level whose operators are all ONNX' own.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    options.optimized_model_filepath = str(tmp_path / "optimised.onnx")
    onnxruntime.InferenceSession(
        converted.model.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )
    kinds = Counter(node.op_type for node in onnx.load(tmp_path / "optimised.onnx").graph.node)
    assert kinds["Transpose"] <= 2 * BACKBONES.get(kind, 1)


def test_nothing_is_stored_twice_and_nobody_is_named(converted: Converted) -> None:
    stored = [
        hashlib.sha256(str(one.dims).encode() + onnx.numpy_helper.to_array(one).tobytes()).digest()
        + bytes([one.data_type])
        for one in converted.model.graph.initializer
    ]
    assert len(set(stored)) == len(stored)
    data = converted.model.SerializeToString()
    own = {str(Path.home()), str(Path.cwd())} | ({getpass.getuser()} - {"root"})
    assert not [word for word in own if word.encode() in data]


def test_a_model_that_does_not_convert_says_what_to_do(run: Any) -> None:
    image = keras.Input((8, 8, 3), dtype="uint8", name="image")
    values = keras.ops.fft((image, image))[0]  # ONNX has it, tf2onnx not on the last axis of these
    outputs = {"probabilities": keras.layers.Flatten()(values)}
    source = KerasModel(keras.Model(image, outputs), (Output(name="probabilities", shape=(-1, 192)),))
    with pytest.raises(CheckError, match="cannot convert"):
        convert.to_onnx(source, run.info, {})


def _recipe(*changed: str) -> Recipe:
    return recipes_file.load("cats-dogs-fused", ("network.weights=none", *changed))


def _settled(recipe: Recipe) -> Network:
    network = networks.join(
        recipe,
        recipe.input,
        networks.backbones_of(recipe, recipe.input),
        tops.build(recipe.network, CLASSES),
    )
    for body in network.bodies:
        body.settle(_photos(recipe.input.height, 16))
    return network


def _complete(recipe: Recipe, network: Network) -> keras.Model:
    width = int(np.prod(network.features.shape[1:]))
    centroids = np.random.default_rng(2).normal(size=(4, width)).astype(np.float32)
    unit = centroids / np.linalg.norm(centroids, axis=1, keepdims=True)
    scale = Scale(1.3, tuple(np.linspace(-0.4, 0.4, network.logits.shape[-1])))
    calibration = networks.Calibration(scale, Nearest(unit, 0.5))
    return networks.complete(network, calibration, recipe.network.layers[0])


def _photos(side: int, count: int) -> np.ndarray:
    """Return pixels [N,side,side,3] of blocks of colour, each photo with its own."""
    blocks = np.random.default_rng(count).integers(0, 256, (count, 8, 8, 3)).astype(np.uint8)
    return np.kron(blocks, np.ones((1, side // 8, side // 8, 1), np.uint8))
