"""Trains on generated photos: a tiny network in this process, MobileNetV2 by the command a user types."""

import csv
import signal
import subprocess
import sys
import time
from pathlib import Path

import keras
import numpy as np
import pytest
from scipy.special import softmax

from tests.trainer.conftest import SHORT, SMALL, begin
from trainer.learning import batches, checkpoints, finishing, heads, training
from trainer.network import folding
from trainer.network.scale import Scale
from trainer.results import history
from whatsit import run as runs
from whatsit.errors import PictureError, RunError


def _outputs(done: runs.Run) -> tuple[keras.Model, dict[str, np.ndarray]]:
    model = keras.saving.load_model(done.model_file, safe_mode=True)
    held_out = done.photos("tune", "calibrate")
    return model, batches.predict(model, [done.file_of(photo) for photo in held_out], done.info.input)


def _assert_true_to_its_record(done: runs.Run, outputs: dict[str, np.ndarray]) -> None:
    assert {output.name: list(output.shape[1:]) for output in done.info.outputs} == {
        name: list(values.shape[1:]) for name, values in outputs.items()
    }
    assert np.allclose(outputs["probabilities"].sum(axis=1), 1, atol=1e-6)
    with (done.folder / runs.PREDICTIONS_FILE).open() as file:
        table = np.array([[float(row["cat"]), float(row["dog"])] for row in csv.DictReader(file)])
    assert np.abs(table - outputs["probabilities"]).max() < 1e-5
    kept = np.array([photo.split == "calibrate" for photo in done.photos("tune", "calibrate")])
    assert (outputs["novelty"][kept] <= 1 + 1e-4).mean() >= 0.9


def _assert_maps_explain_probabilities(
    outputs: dict[str, np.ndarray], model: keras.Model, done: runs.Run
) -> None:
    maps = [values for name, values in outputs.items() if name.startswith("activation_maps")]
    bias = np.asarray(model.get_layer("logits").bias)
    logits = sum(one.mean(axis=(1, 2)) for one in maps) + bias
    scaled = logits / done.info.temperature + np.array(done.info.bias or [0.0])
    assert np.abs(softmax(scaled, axis=1) - outputs["probabilities"]).max() < 1e-4


@pytest.mark.parametrize(
    "settings",
    [
        ("age-finetune", *SHORT),
        ("cats-dogs-fused", *SMALL),
        ("cats-dogs-fused", *SMALL, 'network.backbones=["tiny", "other@relu0"]'),
    ],
    ids=["fine-tuned", "frozen", "fused"],
)
def test_a_run_ends_with_one_model_that_gives_every_output(settings: tuple[str, ...], photos: Path) -> None:
    run, recipe = begin(settings[0], photos, *settings[1:])
    with pytest.raises(RunError, match="--resume"):
        _ = run.model_file
    done = training.train(run, recipe)
    model, outputs = _outputs(done)
    _assert_true_to_its_record(done, outputs)
    _assert_maps_explain_probabilities(outputs, model, done)
    maps = [name for name in outputs if name.startswith("activation_maps")]
    two = len(recipe.network.backbones) == 2
    assert maps == (["activation_maps_tiny", "activation_maps_other"] if two else ["activation_maps"])


@pytest.mark.parametrize(
    "settings",
    [
        ('network.layers=["average", "dense 8 relu", "dropout"]', "head.method=dense", "head.epochs=2"),
        ('network.layers=["flatten", "dropout"]',),
        ("network.output=sigmoid",),
        ("head.method=bagged_sgd", "head.variance=0"),
    ],
    ids=["hidden layer", "flattened", "sigmoid", "bagged"],
)
def test_every_kind_of_head_ends_in_the_same_contract(settings: tuple[str, ...], photos: Path) -> None:
    strengths = () if any("method" in one for one in settings) else ("head.strengths=[0.1]",)
    run, recipe = begin("cats-dogs-fused", photos, *SMALL, *strengths, *settings)
    done = training.train(run, recipe)
    _, outputs = _outputs(done)
    _assert_true_to_its_record(done, outputs)
    assert ("activation_maps" in outputs) == (settings == ("network.output=sigmoid",))


def test_a_bias_is_in_the_model_in_its_record_and_in_its_report(
    photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finishing.confidence, "fit", lambda *_: Scale(1.3, (0.4, -0.4)))
    run, recipe = begin("cats-dogs-fused", photos, *SMALL, "head.strengths=[0.1]")
    done = training.train(run, recipe)
    model, outputs = _outputs(done)
    assert (done.info.temperature, done.info.bias) == (1.3, (0.4, -0.4))
    _assert_true_to_its_record(done, outputs)
    _assert_maps_explain_probabilities(outputs, model, done)
    assert "cat +0.40, dog -0.40." in (done.folder / "report.html").read_text(encoding="utf-8")


def test_learning_and_looking_at_held_out_photos_are_folded(
    photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fold, asked = folding.folded, []

    def folded(model: keras.Model) -> keras.Model:
        asked.append(fold(model))
        return asked[-1]

    monkeypatch.setattr(folding, "folded", folded)
    run, recipe = begin("age-finetune", photos, *SMALL, *SHORT)
    training.train(run, recipe)
    whole = [model for model in asked if any(isinstance(one, keras.Model) for one in model.layers)]
    assert {len(model.outputs) for model in whole} == {1, 2}
    assert all(any(one.name.endswith("_folded") for one in model._flatten_layers()) for model in whole)


def test_a_network_from_scratch_learns_from_pixels(photos: Path) -> None:
    layers = 'network.layers=["conv 4 linear", "norm", "relu", "pool", "conv 8", "average", "dropout 0.1"]'
    sizes = ("input.height=32", "input.width=32", "novelty.centroids=4")
    settings = (layers, *sizes, "fit.epochs=2", "fit.batch=4", "data.balanced=false")
    run, recipe = begin("cats-dogs-cnn", photos, *settings)
    done = training.train(run, recipe)
    _, outputs = _outputs(done)
    _assert_true_to_its_record(done, outputs)
    assert [row.stage for row in history.read(done.folder)] == ["fit"] * 3


def test_a_photo_that_vanished_is_named(photos: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run, recipe = begin("age-finetune", photos, *SHORT)
    gone = run.file_of(run.photos("train")[3])
    extracted = heads.learn

    def learned(*asked: object) -> object:
        gone.unlink()
        return extracted(*asked)

    monkeypatch.setattr(heads, "learn", learned)
    with pytest.raises(PictureError) as told:
        training.train(run, recipe)
    assert told.value.path == gone


def test_a_finished_run_is_not_done_again(photos: Path) -> None:
    run, recipe = begin("cats-dogs-fused", photos, *SMALL)
    done = training.train(run, recipe)
    before = (done.folder / runs.MODEL_FILE).stat().st_mtime_ns
    assert training.train(done, recipe) is done
    assert (done.folder / runs.MODEL_FILE).stat().st_mtime_ns == before


def test_a_network_may_learn_from_smaller_pixels_than_it_is_used_with(photos: Path) -> None:
    run, recipe = begin("age-finetune", photos, *SHORT, "fit.side=32")
    done = training.train(run, recipe)
    model = keras.saving.load_model(done.model_file, safe_mode=True)
    assert model.input_shape == (None, 48, 48, 3)
    learned = np.load(done.folder / checkpoints.FOLDER / "fit-best.npz")
    kept = [learned[name] for name in learned.files]
    weights = [np.asarray(one) for one in model.get_layer("tiny").weights if "kernel" in one.path]
    assert weights
    assert all(any(np.array_equal(one, other) for other in kept) for one in weights)


def test_random_weights_tell_photos_apart_once_batch_norm_is_settled(photos: Path) -> None:
    run, recipe = begin("cats-dogs-fused", photos, *SMALL)
    _, outputs = _outputs(training.train(run, recipe))
    assert outputs["features"].std(axis=0).mean() > 1e-3


def test_a_killed_command_goes_on_where_it_was(photos: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "whatsit.cli", "train"]
    layers = 'network.layers=["conv 4", "average"]'
    sizes = ("input.height=16", "input.width=16", "novelty.centroids=4", "fit.batch=4", "fit.epochs=60")
    settings = [part for setting in (layers, *sizes) for part in ("--set", setting)]
    asked = ["cats-dogs-cnn", "--data", str(photos), "--runs", str(tmp_path / "runs")]
    victim = subprocess.Popen(
        [*command, *asked, *settings], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _wait_for(tmp_path / "runs", f"*/{checkpoints.FOLDER}/fit.npz", victim)
    victim.send_signal(signal.SIGKILL)
    victim.wait()
    folder = next((tmp_path / "runs").iterdir())
    again = subprocess.run([*command, "--resume", str(folder)], capture_output=True, text=True, check=False)
    assert again.returncode == 0, again.stderr
    assert "whatsit export" in again.stdout
    assert "epoch 1 of" not in again.stderr
    assert runs.read(folder).model_file.is_file()


def _wait_for(folder: Path, pattern: str, process: "subprocess.Popen[bytes]") -> None:
    while not any(folder.glob(pattern)):
        assert process.poll() is None, "it ended before its first checkpoint"
        time.sleep(0.1)
