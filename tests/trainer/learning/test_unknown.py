"""Novelty that learned from unknown pictures: told before any training, in the graph, on kinds never seen."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import keras
import numpy as np
import pytest
from PIL import Image

from tests.trainer.conftest import SHORT, SMALL, begin
from trainer.data import datasets
from trainer.learning import batches, of_known, training, unknown
from trainer.network.novelty import Unlike
from trainer.sections import Data
from whatsit import home
from whatsit import run as runs
from whatsit.errors import DataError, PictureError

if TYPE_CHECKING:
    from pathlib import Path

UNKNOWN = 'data.unknown=["others"]'


def make_others(folder: Path, count: int = 64) -> Path:
    """Write greenish stripes of many sizes: nothing like the reddish and bluish noise that is learned."""
    random = np.random.default_rng(3)
    folder.mkdir(parents=True)
    for number in range(count):
        side = int(random.integers(40, 200))
        stripes = np.zeros((side, side, 3), np.uint8)
        stripes[:: int(random.integers(2, 6)), :, 1] = random.integers(100, 256)
        Image.fromarray(stripes).save(folder / f"{number}.png")
    return folder


@pytest.mark.parametrize("recipe", ["age-finetune", "cats-dogs-fused"])
def test_unknown_pictures_are_told_apart_in_the_graph(recipe: str, photos: Path) -> None:
    others = make_others(photos.parent / "others")
    (others / "broken.jpg").write_bytes(b"\xff\xd8\xff no picture")
    run, settings = begin(recipe, photos, *(SHORT if recipe == "age-finetune" else SMALL), UNKNOWN)
    done = training.train(run, settings)
    model = keras.saving.load_model(done.model_file, safe_mode=True)
    new = make_others(photos.parent / "new", 12)
    for files, few in (
        ([done.file_of(one) for one in done.photos("calibrate")], True),
        (sorted(new.iterdir()), False),
    ):
        given = batches.predict(model, files, done.info.input)["novelty"]
        assert given.shape == (len(files),)
        assert np.isfinite(given).all()
        assert ((given > 1).mean() < 0.2) if few else ((given > 1).mean() > 0.8)
    assert done.info.training is not None
    figures = done.info.training.metrics
    assert figures["unknown_pictures"] == 64
    assert figures["unknown_auroc"] > 0.95
    assert figures["unknown_called_so"] > 0.8


def test_the_graph_gives_what_was_fitted() -> None:
    random = np.random.default_rng(1)
    found = Unlike(random.normal(size=8).astype(np.float32), -2.0, at_limit=0.3)
    features = random.normal(size=(20, 8)).astype(np.float32) * 3
    given = keras.Input((8,))
    in_graph = np.asarray(keras.Model(given, found.of(given))(features))
    assert np.allclose(in_graph, unknown.novelty(found, features), rtol=1e-5)
    assert (in_graph >= 0).all()


def test_a_kind_that_was_never_seen_is_told_too() -> None:
    random = np.random.default_rng(2)
    taught = random.normal(size=(300, 16)).astype(np.float32) + np.eye(16, dtype=np.float32)[0] * 6
    kinds = [random.normal(size=(100, 16)) + np.eye(16)[place] * 6 for place in (1, 2, 3)]
    seen = np.concatenate(kinds[:2]).astype(np.float32)
    found = unknown.learn(taught, unknown.Unknown(seen, np.zeros(200, bool)))
    at_limit = np.quantile(unknown.novelty(found, taught), 0.97)
    assert (unknown.novelty(found, kinds[2].astype(np.float32)) > at_limit).mean() > 0.9


def test_every_other_picture_is_seen_as_small_as_what_is_known(photos: Path, tmp_path: Path) -> None:
    files = sorted(make_others(tmp_path / "large").iterdir())
    known = sorted((photos / "cat").iterdir())
    sizes, random = [unknown._size(known[0])], np.random.default_rng(5)
    seen = [unknown._seen(file, sizes, random, tmp_path / f"{file.stem}.jpg") for file in files]
    small = [one for file, one in zip(files, seen, strict=True) if one != file]
    assert 20 < len(small) < 44
    assert {unknown._size(one) for one in small if one} == {(80, 60)}


def test_a_folder_that_is_not_there_is_said_and_novelty_goes_by_distance(photos: Path) -> None:
    dataset = datasets.look(photos, Data(unknown=("others",)))
    (stray,) = dataset.strays
    assert stray.path.endswith("others")
    assert "novelty goes by distance" in stray.reason
    run, recipe = begin("cats-dogs-fused", photos, *SMALL, UNKNOWN)
    done = training.train(run, recipe)
    assert done.info.training is not None
    assert "unknown_auroc" not in done.info.training.metrics


def test_too_few_pictures_are_refused_before_anything_is_learned(photos: Path) -> None:
    make_others(photos.parent / "others", 9)
    run, recipe = begin("cats-dogs-fused", photos, *SMALL, UNKNOWN)
    with pytest.raises(DataError, match="9 pictures are too few"):
        training.train(run, recipe)
    assert not (home.cache() / "features").exists()


def test_unknown_pictures_are_learned_among_the_photos(photos: Path) -> None:
    make_others(photos.parent / "others")
    run, recipe = begin("age-finetune", photos, *SHORT, UNKNOWN)
    learned = run.photos("train")
    lesson = training._lesson(run, recipe)
    shown = unknown.show(run, recipe)
    others = lesson.paths[len(learned) :]
    assert len(others) == len(learned) // 2
    assert set(others) <= {one.file for one in shown if not one.kept}
    assert lesson.targets.shape == (1, len(lesson.paths), 2)
    assert (lesson.targets[:, len(learned) :] == 0.5).all()
    assert (lesson.targets[:, : len(learned)].max(axis=2) == 1).all()


def test_a_network_that_saw_unknown_pictures_is_not_sure_of_them(photos: Path) -> None:
    make_others(photos.parent / "others", 100)
    new = sorted(make_others(photos.parent / "new", 12).iterdir())
    surest = {}
    for part in (0, 1):
        longer = ("fit.epochs=12", "fit.keep=last", f"fit.unknown={part}")
        run, recipe = begin("age-finetune", photos, *SHORT, UNKNOWN, *longer)
        done = training.train(run, recipe)
        model = keras.saving.load_model(done.model_file, safe_mode=True)
        given = batches.predict(model, new, done.info.input)["probabilities"]
        surest[part] = float(given.max(axis=1).mean())
        known = [done.file_of(one) for one in done.photos("calibrate")]
        right = [one.label for one in done.photos("calibrate")]
        answers = batches.predict(model, known, done.info.input)["probabilities"]
        assert (answers.argmax(axis=1) == right).all()
    assert surest[1] < surest[0] - 0.05


def test_a_run_that_goes_on_sees_the_same_and_keeps_no_copies(photos: Path) -> None:
    make_others(photos.parent / "others")
    run, recipe = begin("age-finetune", photos, *SHORT, UNKNOWN)
    first = unknown.show(run, recipe)
    written = {one.file: one.file.stat().st_mtime_ns for one in first}
    assert any(run.folder in file.parents for file in written)
    assert unknown.show(run, recipe) == first
    assert {file: file.stat().st_mtime_ns for file in written} == written
    done = training.train(run, recipe)
    assert not (done.folder / "unknown").exists()


def test_a_run_goes_on_where_it_was_moved_to_and_without_the_pictures_at_hand(photos: Path) -> None:
    others = make_others(photos.parent / "others")
    run, recipe = begin("age-finetune", photos, *SHORT, UNKNOWN)
    first = unknown.show(run, recipe)
    moved = runs.read(run.folder.rename(run.folder.with_name("moved")))
    others.rename(others.with_name("elsewhere"))
    again = unknown.show(moved, recipe)
    assert [one.kept for one in again] == [one.kept for one in first]
    assert all(one.file.is_file() for one in again if moved.folder in one.file.parents)
    assert unknown.exposed(moved, recipe)
    with pytest.raises(PictureError, match="gone"):
        training.train(moved, recipe)


def test_a_run_that_was_killed_while_it_deleted_its_copies_makes_them_again(
    photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_others(photos.parent / "others")
    run, recipe = begin("age-finetune", photos, *SHORT, UNKNOWN)
    first = unknown.show(run, recipe)
    copies = [one.file for one in first if run.folder in one.file.parents]
    monkeypatch.setattr(shutil, "rmtree", lambda *_, **__: copies[0].unlink())
    unknown.forget(run)
    assert not copies[0].exists()
    assert unknown.show(run, recipe) == first
    assert copies[0].exists()


@pytest.mark.parametrize(("part", "count"), [(0, 0), (0.25, 6), (1, 24)])
def test_so_many_for_each_photo_copies_and_originals_alike(photos: Path, part: float, count: int) -> None:
    make_others(photos.parent / "others", 200)
    run, recipe = begin("age-finetune", photos, *SHORT, UNKNOWN, f"fit.unknown={part}")
    others = unknown.exposed(run, recipe)
    assert len(others) == count
    if part == 1:
        assert 6 <= sum(run.folder in one.parents for one in others) <= 18


def test_pictures_that_cannot_be_read_are_told_before_anything_is_learned(photos: Path) -> None:
    others = make_others(photos.parent / "others", 20)
    for number in range(60):
        (others / f"broken-{number}.jpg").write_bytes(b"\xff\xd8\xff no picture")
    run, recipe = begin("cats-dogs-fused", photos, *SMALL, UNKNOWN)
    with pytest.raises(DataError, match="most of these pictures cannot be read"):
        training.train(run, recipe)
    assert not (home.cache() / "features").exists()


def test_figures_while_learning_are_those_of_photos() -> None:
    labels = np.array([[1, 0], [0, 1], [0.5, 0.5]], np.float32)
    logits = np.array([[4, 0], [4, 0], [4, 0]], np.float32)
    accuracy, log_loss = of_known.Accuracy(), of_known.LogLoss(from_logits=True)
    for metric in (accuracy, log_loss):
        metric.update_state(labels, logits)
        metric.update_state(labels[2:], logits[2:])
    assert float(accuracy.result()) == pytest.approx(0.5)
    assert float(log_loss.result()) == pytest.approx(
        (np.log1p(np.exp(-4)) + np.log1p(np.exp(4))) / 2, rel=1e-5
    )
