from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from exporter import outputs, sampling
from tests.helpers import tiny_run
from whatsit import preprocess
from whatsit import run as runs
from whatsit.errors import PictureError, RunError
from whatsit.progress import Progress

if TYPE_CHECKING:
    from whatsit.run import Run, RunPhoto


def groups(photos: list[RunPhoto]) -> dict[tuple[int, str], int]:
    found: dict[tuple[int, str], int] = {}
    for photo in photos:
        key = photo.label, photo.path.split("/")[0]
        found[key] = found.get(key, 0) + 1
    return found


def test_the_sampling_set_is_training_photos_of_every_class_and_source(run: Run) -> None:
    chosen = sampling.sampling_set(run, 10)
    assert {photo.split for photo in chosen} == {"train"}
    assert sorted(groups(chosen).values()) == [2, 2, 3, 3]
    assert len(sampling.sampling_set(run, 1000)) == 2 * 2 * tiny_run.COUNTS["train"]


def test_the_same_photos_are_chosen_whatever_their_order_in_the_table(own_run: Run) -> None:
    before = sampling.sampling_set(own_run, 9)
    runs.write_photos(own_run, list(reversed(own_run.photos())))
    assert sampling.sampling_set(own_run, 9) == before


def test_one_rare_class_is_not_left_out(run: Run) -> None:
    warm = [photo for photo in run.photos("train") if photo.label == 0]
    cold = next(photo for photo in run.photos("train") if photo.label == 1)
    assert cold in sampling.spread([*warm, cold], 3)


@pytest.mark.parametrize("limit", [None, 2, 7, 1000])
def test_models_are_proven_on_tune_and_calibrate_and_never_on_test(run: Run, limit: int | None) -> None:
    chosen = sampling.proving_set(run, limit)
    assert {photo.split for photo in chosen} == {"tune", "calibrate"}
    everything = 2 * 2 * (tiny_run.COUNTS["tune"] + tiny_run.COUNTS["calibrate"])
    assert len(chosen) == min(limit or everything, everything)


def test_a_run_without_photos_to_prove_with_is_refused(own_run: Run) -> None:
    runs.write_photos(own_run, own_run.photos("train", "tune"))
    with pytest.raises(RunError, match="no photos to prove"):
        sampling.proving_set(own_run)


def test_batches_hold_every_photo_once_in_order(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outputs, "BATCH", 7)
    photos = run.photos("tune")
    with Progress("Reading", len(photos)) as progress:
        given = list(outputs.batches(run, photos, progress))
    assert [len(batch) for batch in given] == [7, 7, 7, 7, 4]
    expected = [preprocess.pixels(run.file_of(photo), run.info.input) for photo in photos]
    assert np.array_equal(np.concatenate(given), np.stack(expected))


def test_a_photo_that_is_gone_is_named(run: Run) -> None:
    with Progress("Reading", None) as progress, pytest.raises(PictureError, match=r"test-0\.jpg"):
        list(outputs.batches(run, run.photos("test"), progress))
