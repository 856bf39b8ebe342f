from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

pytest.importorskip("fsspec", reason="needs the extra [distributed]: make test-distributed")

from whatsit.distributed import places
from whatsit.distributed.places import Place
from whatsit.errors import MissingExtraError, UsageError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(params=["disk", "file://", "memory"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    folder = {"disk": "", "file://": "file://", "memory": "memory://"}[request.param]
    return Place.of(f"{folder}{tmp_path}/answers")


def test_files_are_written_replaced_found_and_removed(place: Place) -> None:
    assert place.names() == []
    assert not place.has("a/b")
    place.write("a/b", b"one")
    place.write("a/b", b"two")
    place.write("c", b"three")
    assert place.read("a/b") == b"two"
    assert place.names() == ["a", "c"]
    place.remove("a")
    place.remove("never there")
    assert place.names() == ["c"]


def test_a_write_that_fails_leaves_what_was_there(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    place.write("a", b"old")

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "no space left")

    monkeypatch.setattr(type(place.system), "mv", fail)
    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(OSError, match="no space"):
        place.write("a", b"new")
    assert place.read("a") == b"old"


def test_what_is_a_url() -> None:
    assert places.is_url("s3://bucket/a")
    assert places.is_url("zip://::/a.zip")
    assert not places.is_url("/photos")
    assert not places.is_url("C:/photos")
    assert not places.is_url("file:///photos")


def test_a_kind_of_url_that_nobody_knows_is_said() -> None:
    with pytest.raises(UsageError, match=r"nosuch://here cannot be reached \(Protocol not known: nosuch"):
        Place.of("nosuch://here")


def test_a_package_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "s3fs", None)
    with pytest.raises(MissingExtraError, match=r"s3://bucket cannot be reached: Install s3fs"):
        Place.of("s3://bucket")
