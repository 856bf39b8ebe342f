import csv
from dataclasses import replace
from pathlib import Path

import keras
import numpy as np
import pytest

from trainer.learning import batches, checkpoints, descent
from trainer.learning.blend import BLEND_FILE, SHARES
from trainer.learning.checkpoints import Place
from trainer.results import history
from trainer.sections import Descent
from whatsit.errors import RunError


def work(folder: Path, **settings: object) -> descent.Work:
    """Return work on 60 points that a line tells apart, 5 of 12 a step."""
    folder.mkdir(exist_ok=True)
    random = np.random.default_rng(1)
    rows = random.normal(size=(60, 6)).astype(np.float32)
    labels = (rows[:, 0] > 0).astype(np.int64)
    keras.utils.set_random_seed(3)
    model = keras.Sequential([keras.Input((6,)), keras.layers.Dropout(0.3, seed=2), keras.layers.Dense(2)])
    wanted = Descent.model_validate({"epochs": 4, "batch": 12, "learning_rate": 0.05} | settings)
    return descent.Work(
        folder=folder,
        stage="fit",
        model=model,
        settings=wanted,
        batch=12,
        steps=5,
        batches_of=lambda epoch, first: batches.ArrayBatches(
            rows, np.eye(2, dtype=np.float32)[labels], batches.Order(60, 12, 1, epoch, first)
        ),
        logits_on_tune=lambda: model.predict(rows, verbose=0),
        labels_of_tune=labels,
    )


def weights(one: descent.Work) -> list[np.ndarray]:
    return [np.asarray(variable) for variable in one.model.trainable_variables]


class _Interruption:
    def __init__(self, after: int) -> None:
        self.left = after

    def __call__(self, *_: object, **__: object) -> None:
        self.left -= 1
        if self.left < 0:
            raise KeyboardInterrupt


@pytest.mark.parametrize("after", [2, 13])
def test_interrupted_anywhere_it_ends_with_the_weights_of_the_uninterrupted(
    after: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = work(tmp_path / "whole", keep="last")
    descent.descend(whole)
    monkeypatch.setattr(descent, "_SECONDS_BETWEEN_CHECKPOINTS", 0.0)
    monkeypatch.setattr(descent._Watch, "on_train_batch_begin", _Interruption(after), raising=False)
    parts = work(tmp_path / "parts", keep="last")
    with pytest.raises(KeyboardInterrupt):
        descent.descend(parts)
    monkeypatch.setattr(descent._Watch, "on_train_batch_begin", lambda *_, **__: None, raising=False)
    parts = work(tmp_path / "parts", keep="last")
    descent.descend(parts)
    assert max(np.abs(a - b).max() for a, b in zip(weights(whole), weights(parts), strict=True)) < 1e-6
    assert [row.epoch for row in history.read(parts.folder)] == [1, 2, 3, 4]


def test_whoever_counts_the_time_is_told_of_every_checkpoint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(descent, "_SECONDS_BETWEEN_CHECKPOINTS", 0.0)
    monkeypatch.setattr(descent._Watch, "on_train_batch_begin", _Interruption(2), raising=False)
    told: list[Place | None] = []
    one = work(tmp_path, keep="last")
    one = replace(one, after_saving=lambda: told.append(checkpoints.restore(tmp_path, "fit", one.model)))
    with pytest.raises(KeyboardInterrupt):
        descent.descend(one)
    assert told == [Place(0, 1), Place(0, 2)]


def test_interrupted_between_the_last_batch_and_its_figures_it_goes_on(tmp_path: Path) -> None:
    one = work(tmp_path, keep="last")
    descent._compile(one)
    checkpoints.save(one.folder, "fit", one.model, Place(0, one.steps))
    descent.descend(one)
    assert [row.epoch for row in history.read(tmp_path)] == [1, 2, 3, 4]


@pytest.mark.parametrize("figures", [(1, 1, 5, 3, 2), (5, 1, 4, 3, 2)], ids=["learned", "begun with"])
def test_the_best_epoch_on_tune_is_kept(
    figures: tuple[int, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept: list[list[np.ndarray]] = []
    one = work(tmp_path)
    right = np.eye(2, dtype=np.float32)[one.labels_of_tune]

    def on_tune() -> np.ndarray:
        kept.append(weights(one))
        return right * figures[len(kept) - 1]

    descent.descend(replace(one, logits_on_tune=on_tune))
    assert [row.epoch for row in history.read(tmp_path)] == [0, 1, 2, 3, 4]
    best = int(np.argmax(figures))
    assert all(np.array_equal(a, b) for a, b in zip(kept[best], weights(one), strict=True))
    assert not np.array_equal(kept[4][0], kept[best][0])
    assert ("that is kept" in capsys.readouterr().err) == (best == 0)


def test_it_ends_early_when_nothing_gets_better(tmp_path: Path) -> None:
    one = replace(work(tmp_path, epochs=50, patience=2), logits_on_tune=lambda: np.zeros((60, 2), np.float32))
    descent.descend(one)
    assert [row.epoch for row in history.read(tmp_path)] == [0, 1, 2]


def test_an_epoch_whose_weights_were_never_kept_ends_nothing(tmp_path: Path) -> None:
    one = replace(work(tmp_path, epochs=3, patience=2), logits_on_tune=lambda: np.zeros((60, 2), np.float32))
    descent.descend(one)  # ended after two
    checkpoints.save(one.folder, "fit", one.model, Place(1, 2))  # as if killed in the second
    again = replace(work(tmp_path, epochs=3, patience=2), logits_on_tune=one.logits_on_tune)
    steps: list[int] = []
    descent.descend(replace(again, batches_of=lambda *at: steps.append(at[1]) or one.batches_of(*at)))
    assert steps == [2]


def test_learning_that_diverges_says_so_and_what_to_do(tmp_path: Path) -> None:
    given = iter([0.0, np.nan])
    one = replace(work(tmp_path), logits_on_tune=lambda: np.full((60, 2), next(given), np.float32))
    with pytest.raises(RunError, match=r"diverged in epoch 1 .* below 0\.05"):
        descent.descend(one)


def test_the_mean_of_the_cycles_ends_is_kept(tmp_path: Path) -> None:
    one = work(tmp_path, keep="mean", cycles=2, schedule="cosine")
    descent.descend(one)
    ends = [np.load(tmp_path / checkpoints.FOLDER / f"fit-cycle-{number}.npz") for number in (1, 2)]
    for place, variable in enumerate(one.model.variables):
        if variable.path.startswith(("seed", "dropout")):
            continue
        first, second = (end[f"arr_{place}"] for end in ends)
        assert not np.array_equal(first, second)
        assert np.allclose(np.asarray(variable), (first + second) / 2, atol=1e-6)


def test_a_checkpoint_of_another_network_is_refused(tmp_path: Path) -> None:
    descent.descend(work(tmp_path))
    other = keras.Sequential([keras.Input((6,)), keras.layers.Dense(3)])
    other.compile(optimizer="adam", loss="mse")
    with pytest.raises(RunError, match="another network"):
        checkpoints.restore(tmp_path, "fit", other)


def test_a_blend_is_the_mix_of_first_and_last_weights_that_is_best_on_tune(tmp_path: Path) -> None:
    one = work(tmp_path, keep="blend")
    first = [weight.copy() for weight in weights(one)]
    descent.descend(one)
    with np.load(tmp_path / checkpoints.FOLDER / "fit-ended.npz") as ended:
        trained = [variable.path for variable in one.model.trainable_variables]
        order = [variable.path for variable in one.model.variables]
        last = [ended[f"arr_{order.index(path)}"] for path in trained]
    with (tmp_path / BLEND_FILE).open(encoding="utf-8") as file:
        tried = {float(row["share"]): float(row["tune_log_loss"]) for row in csv.DictReader(file)}
    assert tuple(tried) == SHARES
    best = min(tried, key=lambda share: tried[share])
    for mixed, begun, learned in zip(weights(one), first, last, strict=True):
        assert not np.allclose(begun, learned)
        assert np.allclose(mixed, (1 - best) * begun + best * learned, atol=1e-6)


def test_a_blend_takes_none_of_what_was_learned_where_that_is_worse(tmp_path: Path) -> None:
    one = work(tmp_path, keep="blend")
    first = [weight.copy() for weight in weights(one)]
    right = np.eye(2, dtype=np.float32)[one.labels_of_tune]

    def worse_with_distance() -> np.ndarray:
        moved = sum(float(np.abs(now - then).sum()) for now, then in zip(weights(one), first, strict=True))
        return right / (0.1 + moved)

    descent.descend(replace(one, logits_on_tune=worse_with_distance))
    assert all(np.array_equal(now, then) for now, then in zip(weights(one), first, strict=True))
