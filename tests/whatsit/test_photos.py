from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from tests.helpers import hostile
from tests.helpers.tiny_bundle import picture
from whatsit import photos
from whatsit.decisions import Status
from whatsit.errors import UsageError

JPEG = picture((200, 0, 0), "jpg")


def write(folder: Path, *names: str, data: bytes = JPEG) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


def names(*paths: Path) -> list[str]:
    return [photo.name for photo in photos.scan(paths)]


def settled(folder: Path) -> dict[str, tuple[Status, str]]:
    found = {photo.name: photo.settled for photo in photos.scan([folder])}
    return {name: (answer.status, answer.reason) for name, answer in found.items() if answer}


def test_entries_come_once_sorted_within_each_folder_and_named_from_the_folder(tmp_path: Path) -> None:
    write(tmp_path, "b.jpg", "a/2.jpg", "a/1.jpg", "c/d/3.jpg", "A.txt")
    assert names(tmp_path) == ["A.txt", "a/1.jpg", "a/2.jpg", "b.jpg", "c/d/3.jpg"]


def test_a_photo_carries_what_tells_that_it_changed(tmp_path: Path) -> None:
    write(tmp_path, "a.jpg")
    (photo,) = photos.scan([tmp_path])
    found = (tmp_path / "a.jpg").stat()
    assert (photo.size, photo.mtime_ns) == (found.st_size, found.st_mtime_ns)
    assert photo.path.read_bytes() == JPEG
    assert photo.settled is None


def test_a_file_asked_for_has_its_own_name(tmp_path: Path) -> None:
    write(tmp_path, "a.jpg")
    assert names(tmp_path / "a.jpg") == ["a.jpg"]


def test_of_several_folders_the_names_tell_them_apart(tmp_path: Path) -> None:
    write(tmp_path, "x/cats/1.jpg", "x/dogs/1.jpg", "x/2.jpg")
    assert names(tmp_path / "x/cats", tmp_path / "x/dogs") == ["cats/1.jpg", "dogs/1.jpg"]
    assert names(tmp_path / "x/2.jpg", tmp_path / "x/cats") == ["2.jpg", "cats/1.jpg"]


def test_a_folder_inside_another_one_asked_for_is_not_seen_twice(tmp_path: Path) -> None:
    write(tmp_path, "cats/1.jpg", "2.jpg")
    assert sorted(names(tmp_path / "cats", tmp_path)) == ["2.jpg", "cats/1.jpg"]


def test_what_is_asked_for_must_exist(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file or folder"):
        photos.scan([tmp_path / "nothing"])


def test_relative_paths_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "cats/1.jpg")
    monkeypatch.chdir(tmp_path)
    assert names(Path("cats")) == ["1.jpg"]
    assert names(Path()) == ["cats/1.jpg"]


def test_pictures_are_known_by_name_or_first_bytes(tmp_path: Path) -> None:
    write(tmp_path, "a.jpg", "b", "c.JPEG")
    write(tmp_path, "text.jpg", "notes.txt", ".hidden", data=b"only words")
    write(tmp_path, "empty", "empty.jpg", data=b"")
    skipped = (Status.SKIPPED, "not a picture")
    assert settled(tmp_path) == {
        "notes.txt": skipped,
        "empty": skipped,
        ".hidden": (Status.SKIPPED, "a hidden file, not a picture"),
    }


def test_a_hidden_picture_is_a_picture(tmp_path: Path) -> None:
    write(tmp_path, ".photo.jpg", "._photo.jpg")
    assert settled(tmp_path) == {}


def test_raw_and_heic_photos_are_photos_by_name_whatever_is_in_them(tmp_path: Path) -> None:
    write(tmp_path, "a.nef", "b.CR3", "c.heic", data=b"only words")
    assert settled(tmp_path) == {}


def test_devices_pipes_and_sockets_are_skipped_and_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jpg")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "socket.jpg"))
        found = settled(tmp_path)
    assert found["pipe.jpg"] == (Status.SKIPPED, "a pipe, not a file")
    assert found["socket.jpg"] == (Status.SKIPPED, "a socket, not a file")
    (device,) = photos.scan([Path(os.devnull)])
    assert device.settled
    assert device.settled.reason == "a device, not a file"


def test_broken_and_circular_links_are_named(tmp_path: Path) -> None:
    (tmp_path / "nowhere.jpg").symlink_to("nothing.jpg")
    (tmp_path / "nowhere").symlink_to("nothing")
    (tmp_path / "a.jpg").symlink_to("b.jpg")
    (tmp_path / "b.jpg").symlink_to("a.jpg")
    assert settled(tmp_path) == {
        "nowhere.jpg": (Status.FAILED, "the link points to nothing"),
        "nowhere": (Status.SKIPPED, "the link points to nothing"),
        "a.jpg": (Status.FAILED, "the link leads in a circle"),
        "b.jpg": (Status.FAILED, "the link leads in a circle"),
    }


def test_a_linked_photo_is_a_photo(tmp_path: Path) -> None:
    write(tmp_path, "a/1.jpg")
    (tmp_path / "link.jpg").symlink_to("a/1.jpg")
    assert names(tmp_path) == ["a/1.jpg", "link.jpg"]
    assert settled(tmp_path) == {}


def test_a_linked_folder_is_entered_once_and_real_places_name_its_photos(tmp_path: Path) -> None:
    write(tmp_path, "photos/z/1.jpg", "elsewhere/2.jpg")
    for name in ("a", "b"):
        (tmp_path / "photos" / name).symlink_to(tmp_path / "elsewhere")
    (tmp_path / "photos" / "c").symlink_to(tmp_path / "photos" / "z")
    (tmp_path / "photos" / "z" / "up").symlink_to(tmp_path / "photos")
    assert names(tmp_path / "photos") == ["z/1.jpg", "a/2.jpg", "b", "c", "z/up"]
    assert settled(tmp_path / "photos") == dict.fromkeys(
        ("b", "c", "z/up"), (Status.SKIPPED, "a link to a folder that is looked at already")
    )


def test_a_link_asked_for_is_followed(tmp_path: Path) -> None:
    write(tmp_path, "cats/1.jpg")
    (tmp_path / "link").symlink_to("cats")
    assert names(tmp_path / "link") == ["1.jpg"]


@pytest.mark.skipif(os.getuid() == 0, reason="nothing is unreadable to root; the end-to-end test covers it")
def test_what_may_not_be_read_is_named(tmp_path: Path) -> None:
    write(tmp_path, "folder/1.jpg", "file")
    (tmp_path / "folder").chmod(0)
    (tmp_path / "file").chmod(0)
    try:
        assert settled(tmp_path) == {
            "folder": (Status.FAILED, "no permission to open the folder"),
            "file": (Status.FAILED, "no permission to read the file"),
        }
    finally:
        (tmp_path / "folder").chmod(0o700)


def test_a_name_that_is_not_utf8_keeps_its_bytes(tmp_path: Path) -> None:
    write(tmp_path, os.fsdecode(b"sub \xe9/caf\xe9 \xff.jpg"))
    (photo,) = photos.scan([tmp_path])
    assert photo.name == r"sub \xe9/caf\xe9 \xff.jpg"
    assert photo.raw_name == b"sub \xe9/caf\xe9 \xff.jpg"
    assert photo.path.read_bytes() == JPEG


def test_folders_may_be_nested_deeply(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["d"] * 300)
    deep.mkdir(parents=True)
    write(deep, "1.jpg")
    assert names(tmp_path) == ["d/" * 300 + "1.jpg"]


def test_every_entry_of_a_hostile_folder_comes_once(tmp_path: Path) -> None:
    expected = hostile.make(tmp_path)
    found = [photo.raw_name for photo in photos.scan([tmp_path])]
    assert sorted(found) == sorted(expected)


def test_a_photo_asked_for_twice_comes_once(tmp_path: Path) -> None:
    folder = tmp_path / "photos"
    folder.mkdir()
    for name in ("a.jpg", "b.jpg"):
        (folder / name).write_bytes(b"\xff\xd8\xff")
    one = folder / "a.jpg"
    for asked in ([one, folder], [folder, one], [one, folder, one, folder]):
        assert sorted(photo.name for photo in photos.scan(asked)) == ["a.jpg", "b.jpg"]
