from __future__ import annotations

import os
import sqlite3
from typing import TYPE_CHECKING
from unittest import mock

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from tests.helpers.windows import folder_of
from whatsit import decisions, likeness, packed, photos, sorting
from whatsit.decisions import Answer, Evidence, Status
from whatsit.ledger import LedgerError
from whatsit.manifest import Decision, Label
from whatsit.recall import Recall, followed
from whatsit.sorting import Mode, Order, Sortable

if TYPE_CHECKING:
    from pathlib import Path

LABELS = [Label(id=place, name=f"label {place}", group="ab"[place % 2]) for place in range(7)]
GROUPS = packed.groups_of(LABELS)
EVIDENCE = Evidence(((3, 0.5), (0, 0.25)), 0.75, 2, "b", 0.5)
numbers = some.floats(0, 1, width=32)


@given(
    some.lists(numbers, min_size=7, max_size=7).filter(any),
    some.none() | some.floats(0, 2, width=32) | some.just(float("nan")),
    some.sampled_from([0.0, 0.3, 0.5, 0.9]),
)
def test_packed_evidence_gives_the_same_answer(
    weights: list[float], novelty: float | None, threshold: float
) -> None:
    probabilities = np.array(weights, np.float32) / np.float32(sum(weights))
    decision = Decision(threshold=threshold, photos=10, group_threshold=0.6)
    evidence = decisions.weigh(probabilities, novelty, decision, LABELS)
    again = packed.unpack(packed.pack(evidence, GROUPS), GROUPS)
    assert repr(again) == repr(evidence)  # not a number is not equal to itself
    expected = decisions.decide(probabilities, novelty, decision, LABELS)
    assert repr(decisions.judge(again, decision, LABELS)) == repr(expected)


def test_a_row_is_small() -> None:
    assert packed.ROW.itemsize <= 200


def test_what_was_answered_is_there_the_next_time_and_a_changed_photo_is_not(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "photos", "red", "blue")
    first, second = photos.scan([folder])
    sketch = np.linspace(-1, 1, 64, dtype=np.float16)
    with Recall("a" * 64, "int8") as recall:
        assert recall.of(first) is None
        recall.keep(first, packed.pack(EVIDENCE, GROUPS, sketch))
        recall.keep(second, packed.pack(EVIDENCE, GROUPS))
    os.utime(second.path, ns=(1, 1))
    first, second = photos.scan([folder])
    with Recall("a" * 64, "int8") as recall:
        row = recall.of(first)
        assert row is not None
        assert packed.unpack(row, GROUPS) == EVIDENCE
        assert np.array_equal(row["sketch"], sketch)
        assert recall.of(second) is None
    with Recall("a" * 64, "fp32") as other:
        assert other.of(first) is None


def test_a_row_of_another_version_is_not_read(tmp_path: Path, own_home: Path) -> None:
    (photo,) = photos.scan([folder_of(tmp_path / "photos", "red")])
    with Recall("b" * 64, "fp32") as recall:
        recall.keep(photo, packed.pack(EVIDENCE, GROUPS))
    (file,) = own_home.rglob("*.sqlite")
    with sqlite3.connect(file) as tables:
        tables.execute("UPDATE photo SET evidence = ?", (b"short",))
    tables.close()
    with Recall("b" * 64, "fp32") as recall:
        assert recall.of(photo) is None


def test_two_programs_keep_theirs_and_neither_waits(tmp_path: Path) -> None:
    first, second = photos.scan([folder_of(tmp_path / "photos", "red", "blue")])
    with Recall("d" * 64, "fp32") as one, Recall("d" * 64, "fp32") as two:
        two._tables.execute("PRAGMA busy_timeout = 0")
        one.keep(first, packed.pack(EVIDENCE, GROUPS))
        two.keep(second, packed.pack(EVIDENCE, GROUPS))
        assert one.of(second) is not None


def test_a_file_too_large_that_cannot_be_removed_is_said_plainly(tmp_path: Path, own_home: Path) -> None:
    (photo,) = photos.scan([folder_of(tmp_path / "photos", "red")])
    with Recall("c" * 64, "fp32") as recall:
        recall.keep(photo, packed.pack(EVIDENCE, GROUPS))
    (file,) = own_home.rglob("*.sqlite")
    with (
        mock.patch("whatsit.recall._MOST_BYTES", 0),
        mock.patch.object(type(file), "unlink", side_effect=PermissionError("in use")),
        pytest.raises(LedgerError, match="in use"),
    ):
        Recall("c" * 64, "fp32")


@pytest.mark.parametrize("mode", list(Mode))
def test_photos_that_were_sorted_keep_their_answers(tmp_path: Path, mode: Mode) -> None:
    folder, into = folder_of(tmp_path / "photos", "red", "blue"), tmp_path / "sorted"
    first, second = photos.scan([folder])
    with Recall("e" * 64, "fp32") as recall:
        recall.keep(first, packed.pack(EVIDENCE, GROUPS))
    items = [Sortable(one, Answer(Status.ANSWERED, label="cat")) for one in (first, second)]
    run = ""
    for outcome in followed(sorting.act(sorting.plan(items, Order((folder,), into, mode)))):
        assert outcome.done
        run = outcome.run
    with Recall("e" * 64, "fp32") as recall:
        assert [recall.of(one) is not None for one in photos.scan([into])] == [True, False]
    for outcome in followed(sorting.undo(run)):
        assert outcome.done
    with Recall("e" * 64, "fp32") as recall:
        assert [recall.of(one) is not None for one in photos.scan([folder])] == [True, False]


def test_a_sort_run_that_is_stopped_keeps_the_answers_of_what_it_moved(tmp_path: Path) -> None:
    folder, into = folder_of(tmp_path / "photos", "red", "blue"), tmp_path / "sorted"
    found = list(photos.scan([folder]))
    with Recall("e" * 64, "fp32") as recall:
        for one in found:
            recall.keep(one, packed.pack(EVIDENCE, GROUPS))
    items = [Sortable(one, Answer(Status.ANSWERED, label="cat")) for one in found]
    work = followed(sorting.act(sorting.plan(items, Order((folder,), into, Mode.MOVE))))
    next(work)
    work.close()
    with Recall("e" * 64, "fp32") as recall:
        (moved,) = photos.scan([into])
        assert recall.of(moved) is not None


def test_answers_that_cannot_be_kept_spoil_no_sorting(tmp_path: Path, own_home: Path) -> None:
    folder, into = folder_of(tmp_path / "photos", "red"), tmp_path / "sorted"
    (photo,) = photos.scan([folder])
    Recall("e" * 64, "fp32").close()
    (file,) = own_home.rglob("*.sqlite")
    file.write_bytes(b"no tables at all" * 100)
    items = [Sortable(photo, Answer(Status.ANSWERED, label="cat"))]
    work = followed(sorting.act(sorting.plan(items, Order((folder,), into))))
    assert [one.done for one in work] == [True]


@pytest.mark.parametrize("width", [3, 1280])
def test_likeness_finds_photos_of_the_same_kind(width: int) -> None:
    drawn = np.random.default_rng(1)
    kinds = drawn.random((10, width)).astype(np.float32)
    features = np.concatenate([kinds, kinds + 0.01 * drawn.random((10, width)).astype(np.float32)])
    sketches = likeness.sketch(features)
    assert sketches.shape == (20, 64)
    assert sketches.dtype == np.float16
    for place in range(10):
        assert likeness.nearest(sketches, place)[:2].tolist() == [place, place + 10]
