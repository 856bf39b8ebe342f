from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import keras
import numpy as np
import pytest

from exporter import golden_pictures
from tests.helpers import tiny_run
from tests.helpers.foreign import SIZE, answers, as_run, export, head, own_answers, saved, some_pixels
from whatsit import bundle as bundles
from whatsit import cli, files, preprocess
from whatsit.decisions import Status
from whatsit.manifest import InputSpec

if TYPE_CHECKING:
    from pathlib import Path

    from whatsit.bundle import Bundle
    from whatsit.run import Run


def test_a_file_and_its_labels_become_a_bundle_that_answers_as_keras_does(
    plain: Bundle, colours: Path, run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    photos = run.photos("tune")
    out = tmp_path / "answers.jsonl"
    paths = [str(run.file_of(photo)) for photo in photos]
    assert cli.main(["classify", *paths, "--model", str(plain.folder), "--out", str(out)]) == 0
    records = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()][1:-1]
    pixels = np.stack([preprocess.pixels(run.file_of(photo), run.info.input) for photo in photos])
    expected = own_answers(colours, pixels)
    assert len(records) == len(expected)
    for record, row in zip(records, expected, strict=True):
        assert (record["status"], record["reason"]) == (Status.ANSWERED, "not calibrated")
        assert record["label"] == tiny_run.LABELS[int(row.argmax())]
        assert record["confidence"] == pytest.approx(float(row.max()), abs=1e-5)
        assert record["novelty"] is None
    capsys.readouterr()
    assert cli.main(["classify", paths[0], "--model", str(plain.folder)]) == 0
    row = capsys.readouterr().out.splitlines()[1]
    assert "not calibrated" in row
    assert "%" not in row
    assert cli.main(["check", str(plain.folder)]) == 0


def test_what_nobody_measured_is_left_out_and_said(plain: Bundle, colours: Path) -> None:
    manifest = plain.manifest
    assert [output.name for output in manifest.outputs] == ["probabilities", "features"]
    assert list(manifest.variants) == ["fp32"]
    assert not manifest.variants["fp32"].decision.calibrated
    assert (manifest.name, manifest.title, manifest.licence) == ("my-colours", "My Colours", "not stated")
    training = manifest.training
    assert (training.recipe, training.photos) == ("not trained by Whatsit", {})
    assert training.data_fingerprint == files.sha256(colours)
    names = [check.name for check in manifest.checks]
    for name in ("outputs vary", "same answers", "values of probabilities", "values of features"):
        assert name in names
    assert not any(name.startswith("accuracy") for name in names)
    card = (plain.folder / "README.md").read_text(encoding="utf-8")
    assert "not calibrated" in card
    assert "It was not trained by Whatsit" in card
    assert "never says *unknown*" in card
    assert "novelty limit" not in card
    assert "labelled photos of `tune`" not in card


def test_the_cards_example_needs_no_novelty(
    plain: Bundle,
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    code = (plain.folder / "README.md").read_text(encoding="utf-8").split("```python\n")[1].split("```")[0]
    photo = next(photo for photo in run.photos("tune") if photo.label == 1)
    (tmp_path / "photo.jpg").write_bytes(run.file_of(photo).read_bytes())
    (tmp_path / "model.onnx").write_bytes((plain.folder / "model.onnx").read_bytes())
    monkeypatch.chdir(tmp_path)
    exec(compile(code, "card", "exec"), {})  # noqa: S102 - the card says: type this
    assert capsys.readouterr().out == "cold\n"


def labelled(run: Run, data: Path) -> Path:
    """Write the run's photos into a folder, with their labels and splits in a table."""
    lines = ["path,label,split"]
    for photo in run.photos("train", "tune", "calibrate"):
        (data / photo.path).parent.mkdir(parents=True, exist_ok=True)
        (data / photo.path).write_bytes(run.file_of(photo).read_bytes())
        lines.append(f"{photo.path},{tiny_run.LABELS[photo.label]},{photo.split}")
    (data / "split.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return data


def test_labels_in_the_wrong_order_are_found_out_by_labelled_photos(
    run: Run, colours: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "turned.txt").write_text("\n".join(reversed(tiny_run.LABELS)), encoding="utf-8")
    told = ("--data", str(labelled(run, tmp_path / "data")), "--labels", str(tmp_path / "turned.txt"))
    assert export(colours, tmp_path / "out", *told) == 1
    said = capsys.readouterr().err
    assert "chance or less" in said
    assert f"In this order its labels would fit: {', '.join(tiny_run.LABELS)}." in said
    assert not (tmp_path / "out").exists()


def test_with_labelled_photos_it_is_proven_and_calibrated_as_a_run_is(
    run: Run, colours: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = labelled(run, tmp_path / "data")
    told = ["--title", "Colours", "--licence", "CC0-1.0", "--name", "proven"]
    assert export(colours, tmp_path / "out", "--data", str(data), "--int8", *told) == 0
    manifest = bundles.read(tmp_path / "out" / "proven").manifest
    assert (manifest.title, manifest.licence) == ("Colours", "CC0-1.0")
    assert set(manifest.variants) == {"fp32", "int8"}
    count = 2 * 2 * tiny_run.COUNTS["calibrate"]
    for variant in manifest.variants.values():
        assert variant.decision.calibrated
        assert variant.decision.photos == count
        assert variant.decision.points
    assert "accuracy lost" in [check.name for check in manifest.checks]
    assert manifest.training.photos == {"calibrate": count, "train": 48, "tune": 32}
    told_of_it = capsys.readouterr().out
    assert "fp32: threshold 0.999, no novelty, " in told_of_it
    assert "Give --data more labelled photos." in told_of_it
    card = (tmp_path / "out" / "proven" / "README.md").read_text(encoding="utf-8")
    assert "Photos that proved it" in card
    assert "there is no novelty" in card


@pytest.mark.parametrize(
    ("layers", "labels", "said", "as_rows"),
    [
        ([keras.layers.Dense(3, activation="softmax")], 3, "", lambda given: given),
        (
            [keras.layers.Dense(3)],
            3,
            "a softmax is added",
            lambda given: np.exp(given) / np.exp(given).sum(axis=1, keepdims=True),
        ),
        (
            [keras.layers.Dense(1, activation="sigmoid")],
            2,
            "one sigmoid",
            lambda given: np.concatenate([1 - given, given], axis=1),
        ),
        (
            [keras.layers.Dense(1), keras.layers.Activation("linear", dtype="float32")],
            2,
            "one logit",
            lambda given: np.stack([1 / (1 + np.exp(given[:, 0])), 1 / (1 + np.exp(-given[:, 0]))], axis=1),
        ),
    ],
)
def test_every_ending_gives_probabilities(
    tmp_path: Path, layers: list[Any], labels: int, said: str, as_rows: Any
) -> None:
    file = saved(head(*layers), tmp_path, labels)
    run, lines = as_run(file, tmp_path / "run")
    assert said in " ".join(lines)
    given = own_answers(run.model_file, some_pixels())
    assert set(given) == {"probabilities", "features"}
    assert given["features"].shape == (4, 6)
    expected = as_rows(own_answers(file, some_pixels()))
    assert np.abs(given["probabilities"] - expected).max() < 1e-5


@pytest.mark.parametrize(
    ("scaling", "wanted"),
    [
        ("none", lambda pixels: pixels),
        ("unit", lambda pixels: pixels / 255),
        ("signed", lambda pixels: keras.applications.mobilenet_v2.preprocess_input(pixels.copy())),
        ("normalised", lambda pixels: keras.applications.densenet.preprocess_input(pixels.copy())),
        ("caffe", lambda pixels: keras.applications.resnet.preprocess_input(pixels.copy())),
    ],
)
def test_pixels_are_scaled_as_the_model_was_taught(tmp_path: Path, scaling: str, wanted: Any) -> None:
    network = head(keras.layers.Dense(3), shape=(None, None, 3))
    factor = 1 / np.abs(wanted(some_pixels(20, 24).astype(np.float32))).max()
    network.layers[0].set_weights([network.layers[0].get_weights()[0] * factor, np.full(6, 0.5)])
    file = saved(network, tmp_path)
    run, lines = as_run(file, tmp_path / "run", size="20x24", scaling=scaling, resize="crop")
    assert not any("pixels go in as 0 to 255" in line for line in lines)  # it was told
    assert (run.info.input.height, run.info.input.width, run.info.input.resize) == (20, 24, "crop")
    pixels = some_pixels(20, 24)
    logits = own_answers(file, wanted(pixels.astype(np.float32)))
    expected = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    assert np.abs(own_answers(run.model_file, pixels)["probabilities"] - expected).max() < 1e-5


def test_pixels_that_nobody_scales_are_said(tmp_path: Path) -> None:
    file = saved(head(keras.layers.Dense(3), shape=(None, None, 3)), tmp_path)
    _, lines = as_run(file, tmp_path / "run", size="24")
    assert any("pixels go in as 0 to 255" in line and "--scaling unit" in line for line in lines)
    file = saved(head(keras.layers.Dense(3)), tmp_path)
    _, lines = as_run(file, tmp_path / "again")
    assert not any("pixels" in line for line in lines)
    _, lines = as_run(file, tmp_path / "twice", scaling="unit")
    assert any("It scales pixels itself, and --scaling unit comes before" in line for line in lines)


def test_a_model_that_tells_nothing_apart_is_said(tmp_path: Path) -> None:
    network = head(keras.layers.Dense(3, activation="softmax"))
    network.layers[-1].set_weights([np.zeros((6, 3)), np.array([1.0, 0, 0])])
    _, lines = as_run(saved(network, tmp_path), tmp_path / "run")
    assert any("the same for all generated pictures" in line for line in lines)


def test_a_network_of_keras_applications_with_preprocess_input(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keras.utils.set_random_seed(3)
    side = 64
    body = keras.applications.MobileNetV2(
        weights=None, include_top=False, input_shape=(side, side, 3), alpha=0.35
    )
    for layer in body.layers:
        layer.momentum = 0.0
    pictures = golden_pictures.proving_pixels(None, InputSpec(height=side, width=side))
    body(pictures.astype(np.float32) / 127.5 - 1, training=True)  # else every photo fades to nothing
    image = keras.Input((side, side, 3))
    x = body(keras.applications.mobilenet_v2.preprocess_input(image), training=False)
    x = keras.layers.Dropout(0.2)(keras.layers.GlobalAveragePooling2D()(x))
    file = saved(keras.Model(image, keras.layers.Dense(3, activation="softmax")(x)), tmp_path)
    assert export(file, tmp_path / "out") == 0
    assert "pixels go in as 0 to 255" not in capsys.readouterr().out  # it scales them itself
    given = answers(bundles.read(tmp_path / "out" / "model"), pictures[:4])
    assert np.abs(given - own_answers(file, pictures[:4].astype(np.float32))).max() < 1e-4


def test_features_are_what_the_last_layer_takes_and_no_other(tmp_path: Path) -> None:
    keras.utils.set_random_seed(5)
    image = keras.Input((SIZE, SIZE, 3))
    maps = keras.layers.Conv2D(6, 3, activation="relu")(keras.layers.Rescaling(1 / 255)(image))
    squeezed = keras.layers.Dense(6, activation="sigmoid")(keras.layers.GlobalAveragePooling2D()(maps))
    excited = keras.layers.Multiply()([maps, keras.layers.Reshape((1, 1, 6))(squeezed)])
    said = keras.layers.GlobalAveragePooling2D()(keras.layers.Conv2D(3, 1)(excited))
    file = saved(keras.Model(image, keras.layers.Softmax()(said)), tmp_path)
    run, _ = as_run(file, tmp_path / "run")
    assert set(own_answers(run.model_file, some_pixels())) == {"probabilities"}
