"""Files and options that make no bundle, and what is said of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import keras
import numpy as np
import pytest

from tests.helpers import tiny_run
from tests.helpers.foreign import SIZE, export, head, saved
from whatsit import cli

if TYPE_CHECKING:
    from pathlib import Path

    from whatsit.run import Run


def two_inputs() -> Any:
    image, more = keras.Input((SIZE, SIZE, 3)), keras.Input((4,))
    joined = keras.layers.concatenate([keras.layers.Flatten()(image), more])
    return keras.Model([image, more], keras.layers.Dense(3, activation="softmax")(joined))


def two_outputs() -> Any:
    image = keras.Input((SIZE, SIZE, 3))
    flat = keras.layers.Flatten()(image)
    return keras.Model(image, [keras.layers.Dense(3)(flat), keras.layers.Dense(1)(flat)])


def flat(shape: tuple[int, ...], **more: Any) -> Any:
    layers = [keras.layers.Flatten(), keras.layers.Dense(3, activation="softmax")]
    return keras.Sequential([keras.Input(shape, **more), *layers])


def in_halves() -> Any:
    return keras.Sequential(
        [keras.Input((SIZE, SIZE, 3)), keras.layers.Flatten(), keras.layers.Dense(3, dtype="mixed_float16")]
    )


@pytest.mark.parametrize(
    ("model", "said"),
    [
        (lambda: flat((3, SIZE, SIZE)), "channels come first"),
        (lambda: flat((SIZE, SIZE, 1)), "RGB, three channels"),
        (lambda: flat((SIZE, SIZE, 3), batch_size=2), "takes 2 photos at a time"),
        (two_inputs, "2 inputs"),
        (two_outputs, "2 outputs"),
        (in_halves, "computes in float16"),
        (lambda: head(keras.layers.Dense(3, activation="sigmoid")), "multi-label"),
        (lambda: head(keras.layers.Dense(3, activation="relu")), "sums to"),
        (lambda: head(keras.layers.Dense(4, activation="softmax")), "line 3 is the last"),
        (lambda: head(keras.layers.Dense(2, activation="softmax")), "line 3 is one too many"),
        (lambda: head(keras.layers.Reshape((6, 1))), "not one row a photo"),
        (lambda: head(keras.layers.Dense(3), shape=(None, None, 3)), "--size 224"),
        (lambda: head(keras.layers.Lambda(lambda x: x[:, :3])), "Lambda layer, which is code"),
    ],
)
def test_what_is_no_model_for_a_bundle_is_said_plainly(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], model: Any, said: str
) -> None:
    file = saved(model(), tmp_path)
    assert export(file, tmp_path / "out") in (1, 2)
    told = capsys.readouterr().err
    assert said in told
    assert "nobody foresaw" not in told
    assert not (tmp_path / "out").exists()


class Doubled(keras.layers.Layer):
    """A layer of one's own."""

    def call(self, given: Any) -> Any:
        return given * 2


def test_a_class_of_its_own_is_refused_by_its_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = saved(head(Doubled(), keras.layers.Dense(3, activation="softmax")), tmp_path)
    assert export(file, tmp_path / "out") == 1
    assert "of its own kind, 'Doubled'" in capsys.readouterr().err


def test_what_is_no_keras_file_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "labels.txt").write_text("a\nb\n", encoding="utf-8")
    for name, data, said in (
        ("model.h5", b"", "this is no .keras file"),
        ("model.keras", b"PK\x03\x04 no model", "this is no Keras file"),
        ("model.keras", b"", "this is no Keras file"),
    ):
        (tmp_path / name).write_bytes(data)
        assert export(tmp_path / name, tmp_path / "out") in (1, 2)
        told = capsys.readouterr().err
        assert said in told
        assert "nobody foresaw" not in told
    assert export(tmp_path / "none.keras", tmp_path / "out") == 2
    assert "no such file" in capsys.readouterr().err


def test_options_that_do_not_fit_are_refused_before_anything_is_loaded(
    run: Run, colours: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def refused(source: Path, *more: str) -> str:
        assert cli.main(["export", str(source), "--onnx", "--out", str(tmp_path), *more]) == 2
        return capsys.readouterr().err

    labels = ["--labels", str(colours.with_name("labels.txt"))]
    assert "--labels labels.txt" in refused(colours)
    assert "--int8 needs labelled photos" in refused(colours, *labels, "--int8")
    assert "--limit needs labelled photos" in refused(colours, *labels, "--limit", "9")
    assert "--scaling is for a .keras file" in refused(run.folder, "--scaling", "unit")
    assert "--labels is for a .keras file" in refused(run.folder, *labels)
    assert "--size big: this is no size" in refused(colours, *labels, "--size", "big")
    assert "takes [N, 32, 32, 3] only" in refused(colours, *labels, "--size", "64")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_gives_other_values_than_keras_leaves_no_bundle(
    colours: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import onnx  # noqa: PLC0415 - only here

    from exporter import convert  # noqa: PLC0415 - only here

    converted = convert.to_onnx

    def spoiled(*arguments: Any) -> Any:
        model = converted(*arguments)
        tensor = next(one for one in model.graph.initializer if tuple(one.dims) == (tiny_run.FEATURES, 2))
        values = onnx.numpy_helper.to_array(tensor) * np.float32(1.01)
        tensor.CopyFrom(onnx.numpy_helper.from_array(values, tensor.name))
        return model

    monkeypatch.setattr(convert, "to_onnx", spoiled)
    assert export(colours, tmp_path / "out") == 1
    assert "check 'values of probabilities' failed for fp32" in capsys.readouterr().err
    assert list((tmp_path / "out").iterdir()) == []
