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

from tests.trainer.conftest import SMALL
from trainer import checkpoints, datasets, finetune, networks, prepare, recipe, training
from trainer.batches import PlainBatches, predict
from whatsit import run as runs
from whatsit.errors import RunError, WhatsitError

RECIPE = recipe.load("cats-dogs-edge", SMALL)


@pytest.fixture
def run(photos: Path, tmp_path: Path) -> runs.Run:
    return prepare.start("cats-dogs-edge", RECIPE, photos, tmp_path / "runs")


def test_a_run_ends_with_a_model_that_gives_every_output(run: runs.Run) -> None:
    with pytest.raises(RunError, match="--resume"):
        _ = run.model_file
    done = training.train(run, RECIPE)
    model = keras.saving.load_model(done.model_file, safe_mode=True)
    held_out = done.photos("tune", "calibrate")
    outputs = predict(model, [done.file_of(photo) for photo in held_out], RECIPE.input)
    assert {output.name: list(output.shape[1:]) for output in done.info.outputs} == {
        name: list(values.shape[1:]) for name, values in outputs.items()
    }
    assert np.allclose(outputs["probabilities"].sum(axis=1), 1, atol=1e-6)
    _assert_maps_explain_probabilities(outputs, model, done)
    with (done.folder / runs.PREDICTIONS_FILE).open() as file:
        table = np.array([[float(row["cat"]), float(row["dog"])] for row in csv.DictReader(file)])
    assert np.abs(table - outputs["probabilities"]).max() < 1e-5
    kept = np.array([photo.split == "calibrate" for photo in held_out])
    assert (outputs["novelty"][kept] <= 1 + 1e-4).mean() >= 0.9


def _assert_maps_explain_probabilities(
    outputs: dict[str, np.ndarray], model: keras.Model, done: runs.Run
) -> None:
    bias = np.asarray(model.get_layer("logits").bias)
    logits = outputs["activation_maps"].mean(axis=(1, 2)) + bias
    exponentials = np.exp((logits - logits.max(axis=1, keepdims=True)) / done.info.temperature)
    probabilities = exponentials / exponentials.sum(axis=1, keepdims=True)
    assert np.abs(probabilities - outputs["probabilities"]).max() < 1e-4


def test_every_convolution_is_trained_and_batch_norm_is_left_alone(run: runs.Run) -> None:
    network = networks.build(RECIPE.input, "tiny", None, 2, 0.2)
    body = network.training_model.get_layer("tiny")
    before = {variable.path: np.asarray(variable) for variable in body.variables}
    finetune.finetune(finetune.Job(run, RECIPE, network, run.photos("train"), run.photos("tune")))
    for variable in body.variables:
        changed = not np.array_equal(before[variable.path], np.asarray(variable))
        assert changed == ("kernel" in variable.path), variable.path


def test_training_mode_gives_the_answers_of_inference(run: runs.Run) -> None:
    network = networks.build(RECIPE.input, "tiny", None, 2, 0.0)
    pixels = PlainBatches([run.file_of(photo) for photo in run.photos("tune")], RECIPE.input)[0][0]
    in_training = np.asarray(network.training_model(pixels, training=True))
    in_use = np.asarray(network.training_model(pixels, training=False))
    assert np.abs(in_training - in_use).max() < 1e-5


def test_interrupted_training_ends_with_the_weights_of_uninterrupted(
    run: runs.Run, photos: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finetune, "_STEPS_BETWEEN_CHECKPOINTS", 2)
    whole = _finetuned(run)
    second = prepare.start("cats-dogs-edge", RECIPE, photos, tmp_path / "runs")
    stopped = _Interruption(after=15)  # in the middle of the second of two epochs of 12 steps
    monkeypatch.setattr(finetune._Watch, "on_train_batch_begin", stopped, raising=False)
    with pytest.raises(KeyboardInterrupt):
        _finetuned(second)
    monkeypatch.setattr(finetune._Watch, "on_train_batch_begin", lambda *_, **__: None, raising=False)
    parts = _finetuned(second)
    assert max(np.abs(a - b).max() for a, b in zip(whole, parts, strict=True)) < 1e-5
    assert (second.folder / finetune.HISTORY_FILE).read_text().count("\n") == 3


class _Interruption:
    def __init__(self, after: int) -> None:
        self.left = after

    def __call__(self, *_: object, **__: object) -> None:
        self.left -= 1
        if self.left < 0:
            raise KeyboardInterrupt


def _finetuned(run: runs.Run) -> list[np.ndarray]:
    keras.utils.set_random_seed(1)
    network = networks.build(RECIPE.input, "tiny", None, 2, 0.2)
    finetune.finetune(finetune.Job(run, RECIPE, network, run.photos("train"), run.photos("tune")))
    return [np.asarray(variable) for variable in network.training_model.trainable_variables]


def test_a_killed_command_goes_on_where_it_was(photos: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "whatsit.cli", "train"]
    wanted = (*SMALL, "finetune.epochs=4", "network.backbone=mobilenet_v2")
    settings = [part for setting in wanted for part in ("--set", setting)]
    asked = [
        "cats-dogs-edge",
        "--data",
        str(photos),
        "--weights",
        "none",
        "--runs",
        str(tmp_path / "runs"),
        *settings,
    ]
    victim = subprocess.Popen([*command, *asked], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _wait_for(tmp_path / "runs", "*/" + checkpoints.FILE)
    victim.send_signal(signal.SIGKILL)
    victim.wait()
    folder = next((tmp_path / "runs").iterdir())
    again = subprocess.run([*command, "--resume", str(folder)], capture_output=True, text=True, check=False)
    assert again.returncode == 0, again.stderr
    assert "whatsit export" in again.stdout
    assert "epoch 1 of" not in again.stderr
    assert runs.read(folder).model_file.is_file()


def _wait_for(folder: Path, pattern: str) -> None:
    end = time.monotonic() + 120
    while not any(folder.glob(pattern)):
        assert time.monotonic() < end, "no checkpoint within two minutes"
        time.sleep(0.1)


def test_a_checkpoint_of_another_network_is_refused(run: runs.Run) -> None:
    _finetuned(run)
    other = networks.build(RECIPE.input, "tiny", None, 3, 0.2)
    other.training_model.compile(optimizer="adam", loss="mse")
    with pytest.raises(RunError, match="another network"):
        checkpoints.restore(run.folder, other.training_model)


@pytest.mark.parametrize("override", ["network.weights=nowhere", "network.backbone=tinier"])
def test_what_is_missing_is_named_before_a_photo_is_read_or_a_folder_made(
    photos: Path, tmp_path: Path, override: str
) -> None:
    wrong = recipe.load("cats-dogs-edge", (*SMALL, override))
    with pytest.raises(WhatsitError, match=r"--weights|tiny"):
        prepare.start("cats-dogs-edge", wrong, photos, tmp_path / "runs")
    assert not (tmp_path / "runs").exists()


def test_interrupted_between_the_last_batch_and_its_figures_it_goes_on(run: runs.Run) -> None:
    network = networks.build(RECIPE.input, "tiny", None, 2, 0.2)
    job = finetune.Job(run, RECIPE, network, run.photos("train"), run.photos("tune"))
    finetune._compile(network.training_model, job)
    checkpoints.save(run.folder, network.training_model, checkpoints.Place(0, job.steps))
    finetune.finetune(job)
    assert (run.folder / finetune.HISTORY_FILE).read_text().count("\n") == 3


def test_a_finished_run_is_not_done_again(run: runs.Run) -> None:
    done = training.train(run, RECIPE)
    before = (done.folder / runs.MODEL_FILE).stat().st_mtime_ns
    assert training.train(done, RECIPE) is done
    assert (done.folder / runs.MODEL_FILE).stat().st_mtime_ns == before


def test_a_damaged_recipe_is_said_plainly(run: runs.Run) -> None:
    (run.folder / prepare.RECIPE_FILE).write_text("{}")
    with pytest.raises(RunError, match=r"recipe\.json cannot be read"):
        prepare.resume(run.folder)


def test_two_runs_on_one_day_have_two_folders(run: runs.Run, photos: Path, tmp_path: Path) -> None:
    second = prepare.start("cats-dogs-edge", RECIPE, photos, tmp_path / "runs")
    assert second.folder.name == run.folder.name + "-2"
    assert second.info == run.info
    assert datasets.read(photos, RECIPE.data.also).fingerprint == second.info.data_fingerprint


def test_licence_and_card_go_only_with_the_photos_they_speak_of(
    run: runs.Run, photos: Path, tmp_path: Path
) -> None:
    assert "not stated" in run.info.licence
    assert not (run.folder / runs.CARD_FILE).exists()
    source = recipe.Source(fingerprint=run.info.data_fingerprint, licence="CC0-1.0", card="## Words")
    own = RECIPE.model_copy(update={"source": source})
    second = prepare.start("cats-dogs-edge", own, photos, tmp_path / "runs")
    assert second.info.licence == "CC0-1.0"
    assert (second.folder / runs.CARD_FILE).read_text() == "## Words"


def test_each_cycle_warms_up_falls_to_zero_and_peaks_at_half_of_the_one_before() -> None:
    rate = finetune._Cycles(peak=1e-3, steps=100, warmup=0.1)
    rates = np.array([float(rate(step)) for step in range(200)])
    assert rates[0] == 0
    assert np.argmax(rates) == 10
    assert rates[10] == pytest.approx(1e-3)
    assert rates[99] < 1e-6
    assert np.allclose(rates[100:], rates[:100] / 2, atol=1e-9)


def test_the_result_is_the_mean_of_the_cycles_ends(run: runs.Run) -> None:
    two = RECIPE.model_copy(update={"finetune": RECIPE.finetune.model_copy(update={"cycles": 2})})
    network = networks.build(RECIPE.input, "tiny", None, 2, 0.2)
    finetune.finetune(finetune.Job(run, two, network, run.photos("train"), run.photos("tune")))
    ends = [np.load(run.folder / f"cycle-{number}.npz") for number in (1, 2)]
    for place, variable in enumerate(network.training_model.trainable_variables):
        first, second = (end[f"arr_{place}"] for end in ends)
        assert not np.array_equal(first, second)
        assert np.allclose(np.asarray(variable), (first + second) / 2, atol=1e-7)


def test_a_network_may_learn_from_smaller_pixels_than_it_is_used_with(photos: Path, tmp_path: Path) -> None:
    settings = RECIPE.finetune.model_copy(update={"side": 32})
    small = RECIPE.model_copy(update={"finetune": settings})
    done = training.train(prepare.start("one", small, photos, tmp_path / "runs"), small)
    model = keras.saving.load_model(done.model_file, safe_mode=True)
    assert model.input_shape == (None, 48, 48, 3)
    learned = np.load(done.folder / "cycle-1.npz")
    weights = [np.asarray(one) for one in model.get_layer("tiny").weights if "kernel" in one.path]
    kept = [learned[name] for name in learned.files]
    assert all(any(np.array_equal(one, other) for other in kept) for one in weights)
