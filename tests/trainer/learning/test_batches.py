import gc
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from trainer.learning import batches
from trainer.sections import Augment
from whatsit import preprocess
from whatsit.errors import PictureError
from whatsit.manifest import InputSpec

SPEC = InputSpec(height=16, width=16)


def _lesson(photos: Path, augment: Augment | None = None) -> batches.Lesson:
    paths = sorted(photos.rglob("*.jpg"))
    targets = np.arange(len(paths), dtype=np.float32)[None, :, None]
    return batches.Lesson(paths, targets, SPEC, augment)


def _epoch(lesson: batches.Lesson, epoch: int = 0, first_step: int = 0) -> batches.TrainingBatches:
    order = batches.Order(len(lesson.paths), 5, seed=1, epoch=epoch, first_step=first_step)
    return batches.TrainingBatches(lesson, order)


def test_an_epoch_has_each_photo_at_most_once_with_its_own_target(photos: Path) -> None:
    lesson = _lesson(photos)
    epoch = _epoch(lesson)
    assert len(epoch) == len(lesson.paths) // 5
    places = []
    for step in range(len(epoch)):
        pixels, targets = epoch[step]
        for one, (place,) in zip(pixels, targets.astype(int), strict=True):
            assert np.array_equal(one, preprocess.pixels(lesson.paths[place], SPEC))
            places.append(place)
    assert len(set(places)) == len(places) == 5 * len(epoch)


def test_batches_are_the_same_in_any_order_and_read_twice_at_once(photos: Path) -> None:
    lesson = _lesson(photos, Augment(mirror=0.5, area=0.5))
    whole, shared = _epoch(lesson), _epoch(lesson)
    expected = [whole[step] for step in range(len(whole))]
    backwards = list(reversed(range(len(whole))))
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(lambda steps: [shared[one] for one in steps], (range(len(whole)), backwards)))
    for read in (found[0], list(reversed(found[1]))):
        for (pixels, targets), (right, of_right) in zip(read, expected, strict=True):
            assert np.array_equal(pixels, right)
            assert np.array_equal(targets, of_right)


def test_an_interrupted_epoch_goes_on_with_the_batches_that_are_left(photos: Path) -> None:
    lesson = _lesson(photos, Augment(mirror=0.5, area=0.5))
    whole, rest = _epoch(lesson, epoch=3), _epoch(lesson, epoch=3, first_step=2)
    assert len(rest) == len(whole) - 2
    assert all(np.array_equal(rest[step][0], whole[step + 2][0]) for step in range(len(rest)))


def test_a_lesson_has_one_pool_of_threads_which_ends_with_it(photos: Path) -> None:
    lesson = _lesson(photos)
    for number in range(3):
        epoch = _epoch(lesson, epoch=number)
        _ = epoch[0]
    threads = list(lesson.pool._threads)
    assert 0 < len(threads) <= batches._THREADS
    del lesson, epoch
    gc.collect()
    for thread in threads:
        thread.join(10)
    assert not any(thread.is_alive() for thread in threads)


def test_a_photo_that_went_bad_is_named(photos: Path) -> None:
    lesson = _lesson(photos)
    lesson.paths[7].write_bytes(b"no photo")
    epoch = _epoch(lesson)
    with pytest.raises(PictureError, match=lesson.paths[7].name):
        _ = [epoch[step] for step in range(len(epoch))]


@pytest.mark.parametrize("count", [0, 1, 5, 12])
def test_a_stream_gives_every_photo_in_its_order(photos: Path, count: int) -> None:
    paths = sorted(photos.rglob("*.jpg"))[:count]
    given = list(batches.stream(paths, SPEC, batch=5))
    assert [len(one) for one in given] == [5] * (count // 5) + [count % 5] * (count % 5 > 0)
    rows = [row for one in given for row in one]
    assert all(
        np.array_equal(row, preprocess.pixels(path, SPEC)) for row, path in zip(rows, paths, strict=True)
    )
