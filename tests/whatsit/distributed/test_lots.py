from __future__ import annotations

from itertools import chain
from pathlib import Path

import pytest

pytest.importorskip("pyarrow", reason="needs the extra [distributed]: make test-distributed")
pytest.importorskip("fsspec", reason="needs the extra [distributed]: make test-distributed")

from whatsit.decisions import Answer, Status
from whatsit.distributed import entries, lots
from whatsit.distributed.places import Place
from whatsit.photos import Photo


def photo(number: int) -> Photo:
    return Photo(Path(f"/{number}.jpg"), f"{number}.jpg", number, number)


@pytest.mark.parametrize("count", [0, 1, 24, 25, 2000, 50_000])
def test_every_entry_is_in_one_lot_and_no_worker_waits_long(count: int) -> None:
    photos = [photo(number) for number in range(count)]
    cut = list(lots.cut(photos, workers=2))
    assert list(chain.from_iterable(cut)) == photos
    assert all(0 < len(lot) <= lots.MOST for lot in cut)
    # Even the largest lot is a small part of what one of two workers has to do.
    assert max(map(len, cut), default=0) <= max(25, count // 16)


def test_entries_are_read_as_they_were_written(tmp_path: Path) -> None:
    place = Place.of(str(tmp_path))
    odd = Photo(Path("/a/\udcff.jpg"), r"\xff.jpg", 7, 2**62)
    gone = Photo(Path("/a/gone.jpg"), "gone.jpg", settled=Answer(Status.FAILED, reason="the file is gone"))
    lots.write(place, 3, [odd, gone])
    assert lots.read(place, 3, is_remote=False) == [odd, gone]
    far = entries.remote("bucket/a b.jpg", "a b.jpg", 5, 6, None)
    lots.write(place, 4, [far])
    assert lots.read(place, 4, is_remote=True) == [far]
