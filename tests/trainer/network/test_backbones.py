"""The table of backbones: every row builds, is cut where it says, and its weights are found by name."""

import re
from pathlib import Path

import keras
import pytest

from trainer.network import backbones, scalings
from trainer.network.backbones import BACKBONES, Choice
from whatsit.errors import DataError, UsageError

WEIGHTS = Path(__file__).parents[4] / "shared" / "weights"
ROWS = sorted(set(BACKBONES) - {"tiny", "other"})


def test_the_backbones_of_the_tutorials_and_their_like_are_there() -> None:
    assert {
        "vgg16", "resnet50", "inception_v3", "xception", "inception_resnet_v2", "densenet121", "densenet169",
        "mobilenet", "mobilenet_v2", "mobilenet_v3", "efficientnet_v2_b0", "convnext_tiny",
    } <= set(BACKBONES)  # fmt: skip


@pytest.mark.parametrize("name", ROWS)
def test_every_row_names_a_builder_its_weights_and_their_licence(name: str) -> None:
    row = BACKBONES[name]
    assert callable(getattr(keras.applications, row.builder))
    assert row.side in (224, 299)
    assert row.weights
    for one in row.weights:
        assert one.names
        assert one.licence
        assert one.cut is None or one.cut in row.cuts


# From Keras' own preprocess_input of each network.
@pytest.mark.parametrize(
    ("name", "pixel", "scaled"),
    [
        ("mobilenet_v2", (0, 127.5, 255), (-1, 0, 1)),
        ("xception", (0, 127.5, 255), (-1, 0, 1)),
        ("densenet121", (0, 0, 0), (-2.1179, -2.0357, -1.8044)),
        ("densenet121", (255, 255, 255), (2.2489, 2.4286, 2.64)),
        ("vgg16", (255, 116.779, 0), (-103.939, 0, 131.32)),
        ("resnet50", (255, 116.779, 0), (-103.939, 0, 131.32)),
    ],
)
def test_pixels_are_scaled_as_keras_applications_scale_them(
    name: str, pixel: tuple[float, ...], scaled: tuple[float, ...]
) -> None:
    scaling = BACKBONES[name].scaling
    channels = pixel[::-1] if scaling.bgr else pixel
    scale, offset = (part * 3 if len(part) == 1 else part for part in (scaling.scale, scaling.offset))
    ours = [value * s + o for value, s, o in zip(channels, scale, offset, strict=True)]
    assert ours == pytest.approx(scaled, abs=1e-3)


def test_a_choice_is_read_and_written_alike() -> None:
    assert Choice.parse("resnet50") == Choice("resnet50")
    assert str(Choice.parse("inception_v3@mixed8")) == "inception_v3@mixed8"
    assert Choice.parse("inception_v3@mixed8").row is BACKBONES["inception_v3"]


@pytest.mark.parametrize(("words", "said"), [("resnet", "resnet50"), ("inception_v3@mixed1", "mixed8")])
def test_a_wrong_choice_is_told_what_there_is(words: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        Choice.parse(words)


def test_weights_are_none_downloaded_a_file_or_found_in_a_folder(tmp_path: Path) -> None:
    choice = Choice.parse("mobilenet_v2")
    assert backbones.find_weights(choice, "none") is None
    assert backbones.find_weights(choice, "imagenet") == "imagenet"
    own = tmp_path / "own.h5"
    own.touch()
    assert backbones.find_weights(choice, str(own)) == str(own.resolve())
    named = tmp_path / BACKBONES["mobilenet_v2"].weights[0].names[0]
    named.touch()
    assert backbones.find_weights(choice, str(tmp_path)) == str(named.resolve())


def test_weights_that_end_at_a_cut_serve_that_cut_alone_and_whole_ones_go_first(tmp_path: Path) -> None:
    (tmp_path / "inception_v3_mixed8.weights.h5").touch()
    found = backbones.find_weights(Choice.parse("inception_v3@mixed8"), str(tmp_path))
    assert found is not None
    assert found.endswith("mixed8.weights.h5")
    with pytest.raises(DataError, match="inception_v3_weights"):
        backbones.find_weights(Choice.parse("inception_v3"), str(tmp_path))
    (tmp_path / "inception_v3_weights_tf_dim_ordering_tf_kernels_notop.h5").touch()
    found = backbones.find_weights(Choice.parse("inception_v3@mixed8"), str(tmp_path))
    assert found is not None
    assert found.endswith("notop.h5")


def test_weights_that_are_not_there_are_asked_for_by_name(tmp_path: Path) -> None:
    expected = re.escape(BACKBONES["vgg16"].weights[0].names[0])
    with pytest.raises(DataError, match=f"(?s){expected}.*--weights"):
        backbones.find_weights(Choice.parse("vgg16"), str(tmp_path / "nowhere"))


def test_a_file_that_was_trained_on_other_pixels_brings_its_scaling() -> None:
    row = BACKBONES["resnet50"]
    assert row.scaling_for("/some/where/resnet50_pruned_int8_abm_notop.weights.h5") == scalings.NORMALISED
    for file in (None, "imagenet", row.weights[0].names[0]):
        assert row.scaling_for(file) == scalings.CAFFE


def test_the_weights_at_hand_are_found_by_the_table() -> None:
    if not WEIGHTS.is_dir():
        pytest.skip(f"the weights are not at {WEIGHTS}")
    for name in ("mobilenet_v2", "densenet169", "inception_v3@mixed8", "resnet50", "mobilenet"):
        found = backbones.find_weights(Choice.parse(name), str(WEIGHTS))
        assert found is not None
        assert Path(found).is_file()
