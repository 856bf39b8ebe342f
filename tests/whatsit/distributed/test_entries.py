from __future__ import annotations

import datetime as dt
import shutil
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("fsspec", reason="needs the extra [distributed]: make test-distributed")

import fsspec
from fsspec.implementations.memory import MemoryFileSystem

from whatsit import photos
from whatsit.decisions import Status
from whatsit.distributed import entries
from whatsit.errors import UsageError, WhatsitError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FILES = ["b/2.jpg", "b/10.jpg", "b/c/deep.png", "a.jpg", "b.jpg", "notes.txt", ".hidden", "b/empty.jpg"]


@pytest.fixture
def memory() -> Iterator[MemoryFileSystem]:
    system = fsspec.filesystem("memory")
    yield system
    system.store.clear()
    system.pseudo_dirs[:] = [""]


def test_another_file_system_is_walked_as_a_disk_is(tmp_path: Path, memory: MemoryFileSystem) -> None:
    for name in FILES:
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True, parents=True)
        file.write_bytes(b"" if "empty" in name else name.encode())
        memory.pipe_file(f"/photos/{name}", file.read_bytes())
    on_disk = list(photos.scan([tmp_path]))
    found = list(entries.found(["memory://photos"]))
    assert [(one.name, one.size) for one in found] == [(one.name, one.size) for one in on_disk]
    assert len({one.path for one in found}) == len(FILES)
    assert all(one.mtime_ns for one in found)
    assert entries.root_of(["memory://photos"]) == "memory://photos"
    assert entries.root_of([str(tmp_path)]) == ""


def test_paths_of_this_machine_are_found_as_ever(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(b"a")
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    assert list(entries.found([f"file://{tmp_path}"])) == list(photos.scan([tmp_path]))


def test_a_file_alone(memory: MemoryFileSystem) -> None:
    memory.pipe_file("/photos/a.jpg", b"a")
    assert [one.name for one in entries.found(["memory://photos/a.jpg"])] == ["a.jpg"]


def test_names_that_are_odd_open_what_they_name(memory: MemoryFileSystem) -> None:
    names = ["a b.jpg", "new\nline.jpg", "100%.jpg", "ä.jpg", "a%20b.jpg"]
    for name in names:
        memory.pipe_file(f"/photos/{name}", name.encode())
    found = list(entries.found(["memory://photos"]))
    assert {one.name for one in found} == {"a b.jpg", r"new\x0aline.jpg", "100%.jpg", "ä.jpg", "a%20b.jpg"}
    assert {one.raw_name.decode() for one in found} == set(names)
    for one in found:
        again = entries.of_key(entries.key_of(one), one.name, one.size, one.mtime_ns, None, is_remote=True)
        assert again == one
        assert memory.cat_file(entries.key_of(one).decode()) == one.raw_name


def test_keys_with_two_slashes_are_two_photos() -> None:
    one = entries.remote("b/x//y.jpg", "x//y.jpg", 1, 1, None)
    other = entries.remote("b/x/y.jpg", "x/y.jpg", 1, 1, None)
    assert one.path != other.path
    assert one.raw_name == b"x//y.jpg"


def test_nothing_there_is_said(memory: MemoryFileSystem) -> None:
    assert not memory.store
    with pytest.raises(UsageError, match="memory://nothing: there is no such file or folder"):
        list(entries.found(["memory://nothing"]))


def test_a_url_is_asked_about_alone() -> None:
    with pytest.raises(UsageError, match="a URL is asked about alone"):
        entries.found(["memory://a", "memory://b"])


def test_a_folder_that_cannot_be_listed_stands_for_what_is_in_it(
    memory: MemoryFileSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a/1.jpg", "b/2.jpg", "c/3.jpg", "d/4.jpg"):
        memory.pipe_file(f"/photos/{name}", b"1")
    usual = MemoryFileSystem.ls
    errors = {"/photos/b": PermissionError(), "/photos/c": RuntimeError("out of\nreach")}

    def ls(self: MemoryFileSystem, path: str, **options: object) -> object:
        if error := errors.get(path):
            raise error
        return usual(self, path, **options)

    monkeypatch.setattr(MemoryFileSystem, "ls", ls)
    found = list(entries.found(["memory://photos"]))
    assert [one.name for one in found] == ["a/1.jpg", "b", "c", "d/4.jpg"]
    assert [one.settled and (one.settled.status, one.settled.reason) for one in found[1:3]] == [
        (Status.FAILED, "no permission to open the folder"),
        (Status.FAILED, r"the folder cannot be opened (out of\x0areach)"),
    ]


def test_what_cannot_be_reached_at_all_is_said(
    memory: MemoryFileSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    def info(*_: object, **__: object) -> None:
        raise RuntimeError("no credentials")

    monkeypatch.setattr(type(memory), "info", info)
    with pytest.raises(WhatsitError, match=r"memory://photos: this cannot be reached \(no credentials\)"):
        list(entries.found(["memory://photos"]))


def test_object_stores_list_a_folder_as_a_file_and_name_times_otherwise(
    memory: MemoryFileSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory.pipe_file("/photos/a.jpg", b"1")
    time = dt.datetime(2026, 5, 4, tzinfo=dt.UTC)

    def ls(_self: MemoryFileSystem, path: str, **_: object) -> object:
        return [
            {"name": f"{path}/", "size": 0, "type": "file"},
            {"name": f"{path}/a.jpg", "size": 1, "type": "file", "LastModified": time},
            {"name": f"{path}/b.jpg", "size": 1, "type": "file", "updated": time.isoformat()},
            {"name": f"{path}/c.jpg", "size": None, "type": "file", "mtime": time.timestamp()},
            {"name": f"{path}/pipe", "size": 0, "type": "other"},
        ]

    monkeypatch.setattr(MemoryFileSystem, "ls", ls)
    found = list(entries.found(["memory://photos"]))
    assert [one.name for one in found] == ["a.jpg", "b.jpg", "c.jpg", "pipe"]
    assert {one.mtime_ns for one in found[:3]} == {int(time.timestamp()) * 10**9}
    assert found[3].settled is not None
    assert found[3].settled.status is Status.SKIPPED


def test_an_archive_is_a_folder(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / "in" / str(number)).mkdir(parents=True)
        (tmp_path / "in" / str(number) / "a.jpg").write_bytes(b"1")
    archive = shutil.make_archive(str(tmp_path / "photos"), "zip", tmp_path / "in")
    assert [one.name for one in entries.found([f"zip://::{archive}"])] == ["0/a.jpg", "1/a.jpg", "2/a.jpg"]
