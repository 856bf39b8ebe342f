from __future__ import annotations

import base64
import os
from pathlib import Path
from typing import TYPE_CHECKING

from whatsit import results
from whatsit.batch import Result
from whatsit.classifier import Classifier
from whatsit.decisions import Answer, Candidate, Status
from whatsit.photos import Photo
from whatsit.results import Summary

if TYPE_CHECKING:
    from whatsit.bundle import Bundle

CANDIDATES = (Candidate("cat", 0.9), Candidate("dog", 0.1))


def record(photo: Photo, answer: Answer) -> results.PhotoRecord:
    return results.photo_record(Result(photo, answer), "cats-dogs")


def test_a_photo_becomes_a_record() -> None:
    found = record(
        Photo(Path("/x/a/1.jpg"), "a/1.jpg"), Answer(Status.ANSWERED, "cat", 0.9, CANDIDATES, "", 0.25)
    )
    assert found.model_dump(mode="json") == {
        "record": "photo",
        "path": "a/1.jpg",
        "path_bytes": None,
        "status": "answered",
        "label": "cat",
        "confidence": 0.9,
        "candidates": [{"label": "cat", "confidence": 0.9}, {"label": "dog", "confidence": 0.1}],
        "group": "",
        "novelty": 0.25,
        "person_label": "",
        "reason": "",
        "model": "cats-dogs",
        "then": None,
    }


def test_a_name_that_cannot_be_shown_keeps_its_bytes() -> None:
    raw = b"sub/caf\xe9.jpg"
    found = record(Photo(Path("/x") / os.fsdecode(raw), r"sub/caf\xe9.jpg"), Answer(Status.UNKNOWN))
    assert found.path == r"sub/caf\xe9.jpg"
    assert found.path_bytes
    assert base64.b64decode(found.path_bytes) == raw


def test_a_name_with_a_backslash_is_not_mistaken_for_one() -> None:
    found = record(Photo(Path(r"/x/caf\xe9.jpg"), r"caf\xe9.jpg"), Answer(Status.UNKNOWN))
    assert found.path_bytes is None


def test_numbers_that_json_does_not_know_are_left_out() -> None:
    assert record(Photo(Path("/a"), "a"), Answer(Status.UNKNOWN, novelty=float("inf"))).novelty is None
    assert record(Photo(Path("/a"), "a"), Answer(Status.UNKNOWN, novelty=float("nan"))).novelty is None


def test_what_is_found_is_the_sum() -> None:
    summary = Summary()
    for status, count in zip(Status, range(1, 6), strict=True):
        for _ in range(count):
            summary.add(Result(Photo(Path("/a"), "a"), Answer(status)))
    counts = summary.record(seconds=2.0)
    assert summary.found == 15
    assert counts.found == counts.answered + counts.not_sure + counts.unknown + counts.failed + counts.skipped
    assert (counts.answered, counts.not_sure, counts.unknown, counts.failed, counts.skipped) == (
        1,
        2,
        3,
        4,
        5,
    )
    assert counts.photos_per_second == 3.0  # the six that the model saw


def test_nothing_in_no_time_is_no_error() -> None:
    assert Summary().record(seconds=0).photos_per_second == 0


def test_a_run_names_its_model_exactly(tiny: Bundle) -> None:
    run = results.run_record(Classifier.open(tiny, "cpu", "int8"))
    assert (run.model, run.variant, run.device, run.bundle_sha256) == ("tiny", "int8", "cpu", tiny.sha256)
    assert run.format_version == results.FORMAT_VERSION
