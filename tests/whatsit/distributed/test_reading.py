from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("fsspec", reason="needs the extra [distributed]: make test-distributed")

import fsspec

from tests.helpers.tiny_bundle import picture
from whatsit import photos
from whatsit.distributed import entries, reading
from whatsit.distributed.reading import Reader
from whatsit.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fsspec.implementations.memory import MemoryFileSystem

    from whatsit.photos import Photo

RED = picture((220, 30, 40))
FILES = {
    "a.png": RED,
    "b": RED,
    "c.txt": b"words",
    ".DS_Store": b"\0\0\0\1Bud1",
    "._a.png": b"\x00\x05\x16\x07" + bytes(40),
    "._b.png": RED,
    "d.jpg": b"",
    "empty": b"",
}
REASONS = {
    "a.png": "",
    "b": "",
    "c.txt": "skipped: not a picture",
    ".DS_Store": "skipped: a hidden file, not a picture",
    "._a.png": "skipped: macOS's notes on another file",
    "._b.png": "",
    "d.jpg": "failed: the file is empty",
    "empty": "skipped: not a picture",
}


@pytest.fixture
def memory(monkeypatch: pytest.MonkeyPatch) -> Iterator[MemoryFileSystem]:
    monkeypatch.setattr(reading, "_WAITS", (0.0, 0.0))
    system = fsspec.filesystem("memory")
    for name, data in FILES.items():
        system.pipe_file(f"/photos/{name}", data)
    yield system
    system.store.clear()


def reasons(found: list[Photo]) -> dict[str, str]:
    return {one.name: f"{one.settled.status}: {one.settled.reason}" if one.settled else "" for one in found}


def read(reader: Reader, found: list[Photo]) -> list[Photo]:
    with closing(reader.ahead(found)) as ahead:
        return list(ahead)


@pytest.fixture
def far() -> Reader:
    return Reader("memory://photos", Limits(), 2)


def test_another_file_system_gives_the_bytes_and_the_reasons_of_a_disk(
    memory: MemoryFileSystem, far: Reader, tmp_path: Path
) -> None:
    assert memory.store
    for name, data in FILES.items():
        (tmp_path / name).write_bytes(data)
    near = Reader("", Limits(), 2)
    for reader, found in ((far, entries.found(["memory://photos"])), (near, photos.scan([tmp_path]))):
        got = read(reader, list(found))
        assert reasons(got) == REASONS
        assert {one.name: reader.held[one.path] for one in got if not one.settled} == dict.fromkeys(
            ("a.png", "b", "._b.png"), RED
        )
        assert not reader.unread  # what is empty stays so


def test_one_that_fails_for_a_moment_is_asked_for_again(
    memory: MemoryFileSystem, far: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual, asked = type(memory).cat_file, []

    def flaky(self: MemoryFileSystem, path: str, **part: object) -> bytes:
        asked.append(path)
        if asked.count(path) < 3:
            raise TimeoutError("no answer")
        data: bytes = usual(self, path, **part)
        return data

    found = list(entries.found(["memory://photos/a.png"]))
    monkeypatch.setattr(type(memory), "cat_file", flaky)
    assert reasons(read(far, found)) == {"a.png": ""}
    assert len(asked) == 3


def test_one_that_cannot_be_read_costs_a_line_and_may_be_asked_for_later(
    memory: MemoryFileSystem, far: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    errors = {"/photos/a.png": RuntimeError("no\nanswer"), "/photos/d.jpg": PermissionError()}
    found = [one for one in entries.found(["memory://photos"]) if one.name in ("a.png", "b", "d.jpg")]
    memory.rm("/photos/b")
    usual = type(memory).cat_file

    def cat_file(self: MemoryFileSystem, path: str, **part: object) -> bytes:
        if error := errors.get(path):
            raise error
        data: bytes = usual(self, path, **part)
        return data

    monkeypatch.setattr(type(memory), "cat_file", cat_file)
    got = read(far, found)
    assert reasons(got) == {
        "a.png": r"failed: the file cannot be read (no\x0aanswer)",
        "b": "failed: the file is gone",
        "d.jpg": "failed: no permission to read the file",
    }
    assert {one.name for one in got if one.path in far.unread} == {"a.png", "b"}


def test_one_that_is_too_large_is_not_read_here_nor_there(
    memory: MemoryFileSystem, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    big = bytes(3 * 1024**2)
    memory.pipe_file("/large/a.png", big)
    (tmp_path / "a.png").write_bytes(big)
    limits = Limits(megabytes=2)
    near = read(Reader("", limits, 2), list(photos.scan([tmp_path])))
    found = list(entries.found(["memory://large"]))
    monkeypatch.delattr(type(memory), "cat_file", raising=False)
    reader = Reader("memory://large", limits, 2)
    assert reasons(read(reader, found)) == reasons(near)
    assert "--limit megabytes=6" in reasons(near)["a.png"]
    assert not reader.unread


def test_no_more_is_read_ahead_than_memory_is_meant_for_it(
    memory: MemoryFileSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "_MOST_BYTES_AHEAD", 10 * len(RED))
    for number in range(100):
        memory.pipe_file(f"/many/{number:02}.png", RED)
    found, usual, asked = list(entries.found(["memory://many"])), type(memory).cat_file, []

    def cat_file(self: MemoryFileSystem, path: str, **part: object) -> bytes:
        asked.append(path)
        data: bytes = usual(self, path, **part)
        return data

    monkeypatch.setattr(type(memory), "cat_file", cat_file)
    reader = Reader("memory://many", Limits(), 64)
    with closing(reader.ahead(found)) as ahead:
        for taken, one in enumerate(ahead, 1):
            assert len(asked) <= taken + 10
            assert reader.held.pop(one.path) == RED
    assert len(asked) == 100
