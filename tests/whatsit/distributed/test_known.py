from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("pyarrow", reason="needs the extra [distributed]: make test-distributed")
pytest.importorskip("fsspec", reason="needs the extra [distributed]: make test-distributed")

from pathlib import Path

from whatsit import results
from whatsit.batch import Result
from whatsit.decisions import Answer, Candidate, Status, Then
from whatsit.distributed import parts
from whatsit.distributed.known import Known
from whatsit.distributed.parts import Row
from whatsit.distributed.places import Place
from whatsit.photos import Photo

if TYPE_CHECKING:
    from collections.abc import Sequence

CANDIDATES = (Candidate("warm", 0.1 + 0.2), Candidate("cold", 1e-9))
SURE = Answer(Status.ANSWERED, "warm", 0.9999999, CANDIDATES, "hue", 0.25)
CHAINED = replace(SURE, then=Then("shades", replace(SURE, label="rose")))
FAILED = Answer(Status.FAILED, reason="the file cannot be read (timeout)")


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place.of(str(tmp_path / "answers"))


def photo(number: int, size: int = 1, mtime_ns: int = 1) -> Photo:
    return Photo(Path(f"/photos/{number}.jpg"), f"{number}.jpg", size, mtime_ns)


def write(
    place: Place, lot: int, numbers: Sequence[int], answer: Answer = SURE, *, unread: bool = False
) -> None:
    found = [Result(photo(number), answer) for number in numbers]
    rows = [Row(one.photo, results.photo_record(one, "tiny", "cold"), unread) for one in found]
    parts.write(place, lot, rows)


def paths(place: Place) -> list[str]:
    return [one.path for one in parts.records(place)]


@pytest.mark.parametrize("answer", [SURE, CHAINED, FAILED])
def test_answers_are_read_as_they_were_written(place: Place, answer: Answer) -> None:
    odd = Photo(Path("/photos/\udcff.jpg"), r"\xff.jpg", 1, 1)
    record = results.photo_record(Result(odd, answer), "tiny", "cold")
    parts.write(place, 0, [Row(odd, record)])
    assert list(parts.records(place)) == [record]
    assert parts.counts(place) == {answer.status: 1}


def test_what_is_answered_is_known_while_size_and_time_stay(place: Place) -> None:
    write(place, 0, range(5))
    write(place, 7, range(5, 9))
    known = Known(place)
    assert all(known.has(photo(number)) for number in range(9))
    assert known.next_lot == 8
    assert not known.has(photo(9))
    assert not known.has(photo(3, size=2))
    assert not known.has(photo(3, mtime_ns=2))


def test_nothing_is_known_of_nothing(place: Place) -> None:
    known = Known(place)
    assert not known.has(photo(0))
    assert known.next_lot == 0
    known.forget_rest()


def test_answers_to_what_is_gone_or_changed_are_taken_out(place: Place) -> None:
    write(place, 0, range(5))
    write(place, 1, range(5, 9))
    write(place, 2, range(9, 12))
    known = Known(place)
    assert all(known.has(photo(number)) for number in (0, 1, 2, 3, 5))
    assert not known.has(photo(4, mtime_ns=2))
    known.forget_rest()
    assert paths(place) == ["0.jpg", "1.jpg", "2.jpg", "3.jpg", "5.jpg"]
    assert parts.names(place) == [parts.name(0), parts.name(1)]


def test_one_that_is_answered_twice_is_kept_once(place: Place) -> None:
    write(place, 0, range(5))
    write(place, 1, range(3, 6))
    known = Known(place)
    assert all(known.has(photo(number)) for number in range(6))
    known.forget_rest()
    assert sorted(paths(place)) == [f"{number}.jpg" for number in range(6)]


def test_what_was_not_read_is_asked_about_again(place: Place) -> None:
    write(place, 0, [0, 1], FAILED, unread=True)
    write(place, 1, [2, 3], replace(FAILED, reason="the picture is damaged"))
    known = Known(place)
    assert [known.has(photo(number)) for number in range(4)] == [False, False, True, True]
    known.forget_rest()
    assert paths(place) == ["2.jpg", "3.jpg"]


def test_a_damaged_part_is_asked_about_again(place: Place) -> None:
    write(place, 0, [0, 1])
    write(place, 1, [2, 3])
    file = Path(place.at(parts.name(0)))
    file.write_bytes(file.read_bytes()[:-9])
    known = Known(place)
    assert [known.has(photo(number)) for number in range(4)] == [False, False, True, True]
    assert parts.names(place) == [parts.name(1)]
