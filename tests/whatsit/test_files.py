from __future__ import annotations

import os
from pathlib import Path

import pytest

from whatsit import files
from whatsit.errors import BundleError, UsageError


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    file = tmp_path / "new folder" / "answers.csv"
    files.write_text(file, "first")
    files.write_text(file, "zweite ü")
    assert file.read_bytes() == "zweite ü".encode()
    assert list(file.parent.iterdir()) == [file]


def test_what_is_being_written_is_told_from_what_is_there(tmp_path: Path) -> None:
    file, elsewhere = tmp_path / "answers.csv", tmp_path / "elsewhere"
    elsewhere.mkdir()
    with files.replacing(file) as temporary:
        temporary.write_text("half")
        assert files.is_temporary(temporary, file)
        assert files.is_temporary(elsewhere / ".." / temporary.name, file)
        for other in (file, tmp_path / ".answers.mine.csv", elsewhere / temporary.name):
            assert not files.is_temporary(other, file)


def test_an_error_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "answers.csv"
    files.write_text(file, "old")
    with pytest.raises(RuntimeError, match="half"):
        stop_half_way(file)
    assert file.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [file]


def stop_half_way(file: Path) -> None:
    with files.replacing(file) as temporary:
        temporary.write_text("ne", encoding="utf-8")
        raise RuntimeError("half way")


def test_sha256_is_that_of_the_bytes(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    assert files.sha256(tmp_path / "empty").startswith("e3b0c44298fc1c14")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (b"caf\xe9.jpg", r"caf\xe9.jpg"),
        ("猫 🐈.jpg".encode(), "猫 🐈.jpg"),
        (b"two\nlines", r"two\x0alines"),
        (b"\x1b[31mred", r"\x1b[31mred"),
        ("gpj.\u202eevil".encode(), r"gpj.\xe2\x80\xaeevil"),
    ],
)
@pytest.mark.skipif(os.name == "nt", reason="names are bytes only on POSIX")
def test_names_are_made_safe_to_print(name: bytes, expected: str) -> None:
    assert files.shown(Path(os.fsdecode(name))) == expected


@pytest.mark.skipif(os.name == "nt", reason="pipes are files only on POSIX")
def test_a_pipe_and_a_folder_are_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for place, kind in ((pipe, "a pipe or a device"), (tmp_path, "a folder")):
        with pytest.raises(UsageError, match=f"this is {kind}"):
            files.write_text(place, "text")
    assert list(tmp_path.iterdir()) == [pipe]
    assert pipe.is_fifo()


def test_what_is_read_inside_is_bounded(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"12345")
    assert files.read_inside(tmp_path, "a", 5) == b"12345"
    with pytest.raises(BundleError, match="a is larger than"):
        files.read_inside(tmp_path, "a", 4)


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_only_files_inside_are_read(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    (folder / "sub").mkdir(parents=True)
    (tmp_path / "secret").write_bytes(b"secret")
    (folder / "link").symlink_to("../secret")
    (folder / "zero").symlink_to("/dev/zero")
    os.mkfifo(folder / "pipe")
    for name, said in (
        ("link", "leads out"),
        ("zero", "leads out"),
        ("../secret", "leads out"),
        ("pipe", "is not a file"),
        ("sub", "is not a file"),
    ):
        with pytest.raises(BundleError, match=said):
            files.read_inside(folder, name, 10)
    (folder / "loop").symlink_to("loop")
    with pytest.raises(OSError, match="symbolic links"):
        files.read_inside(folder, "loop", 10)
    with pytest.raises(FileNotFoundError):
        files.read_inside(folder, "missing", 10)
