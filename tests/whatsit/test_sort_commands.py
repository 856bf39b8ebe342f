from __future__ import annotations

import csv
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from tests.helpers.sorted_folder import tree
from tests.helpers.tiny_bundle import picture
from whatsit import cli, home, photos, sorting
from whatsit.reviews import Review, Reviews
from whatsit.sorting import xmp

if TYPE_CHECKING:
    from pathlib import Path

    from whatsit.bundle import Bundle

COLOURS = {"red": (220, 30, 40), "blue": (20, 60, 200), "grey": (128, 128, 128), "green": (0, 250, 0)}
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "photos"
    (place / "2020" / "may").mkdir(parents=True)
    for name, colour in COLOURS.items():
        (place / f"{name}.png").write_bytes(picture(colour))
    (place / "2020" / "may" / "red.png").write_bytes(picture((200, 0, 0)))
    (place / "red.xmp").write_text("<x/>")
    (place / "notes.txt").write_bytes(b"words")
    (place / "broken.jpg").write_bytes(b"\xff\xd8\xff")
    return place


def sort(tiny: Bundle, folder: Path, *options: str) -> int:
    into = str(folder.parent / "sorted")
    return cli.main(
        ["sort", str(folder), "--into", into, "--model", str(tiny.folder), "--device", "cpu", "-q", *options]
    )


def test_photos_are_copied_into_their_folders(tiny: Bundle, folder: Path, capsys: Captured) -> None:
    before = tree(folder)
    assert sort(tiny, folder) == 3
    out = capsys.readouterr().out
    assert sorted(tree(folder.parent / "sorted")) == [
        "_not sure/grey.png", "_unknown/green.png", "cold/blue.png",
        "warm/red (2).png", "warm/red (2).xmp", "warm/red.png",
    ]  # fmt: skip
    assert tree(folder) == before
    assert "5 of 8 files found" in out
    assert "       2  warm/" in out
    assert "notes.txt: not a picture" in out
    assert "broken.jpg: " in out
    assert "red (2).png" in out
    assert "6 files copied" in out


def test_a_dry_run_touches_nothing(tiny: Bundle, folder: Path, own_home: Path, capsys: Captured) -> None:
    before = tree(folder.parent)
    assert sort(tiny, folder, "--move", "--dry-run") == 3
    assert "are to be moved" in capsys.readouterr().out
    assert tree(folder.parent) == before
    assert not (own_home / "state" / "sorts").exists()


@pytest.mark.parametrize("mode", ["--move", "--link", "--symlink"])
def test_sort_and_undo(tiny: Bundle, folder: Path, capsys: Captured, mode: str) -> None:
    before = tree(folder.parent)
    assert sort(tiny, folder, mode) == 3
    assert (folder / "red.png").exists() == (mode != "--move")
    assert (folder / "notes.txt").exists()
    run = re.search(r"whatsit undo (\S+)", capsys.readouterr().out)
    assert run
    assert cli.main(["undo", "--list"]) == 0
    assert run[1] in capsys.readouterr().out
    assert cli.main(["undo", run[1], "-q"]) == 0
    assert "6 files of sort run" in capsys.readouterr().out
    assert tree(folder.parent) == before
    assert cli.main(["undo"]) == 1
    assert "there is no sort run to undo" in capsys.readouterr().err


def test_folders_are_kept(tiny: Bundle, folder: Path) -> None:
    sort(tiny, folder, "--keep-folders")
    assert (folder.parent / "sorted" / "warm" / "2020" / "may" / "red.png").is_file()
    assert (folder.parent / "sorted" / "warm" / "red.xmp").is_file()


def test_a_sorted_folder_is_sorted_again_without_doubles(
    tiny: Bundle, folder: Path, capsys: Captured
) -> None:
    sort(tiny, folder)
    before = tree(folder.parent)
    capsys.readouterr()
    assert sort(tiny, folder) == 3
    out = capsys.readouterr().out
    assert "6 are where they belong already" in out  # five photos, and what lies beside one
    assert "There is nothing to sort" in out
    assert tree(folder.parent) == before


@pytest.mark.parametrize("kind", ["csv", "json", "jsonl"])
def test_a_persons_label_in_a_file_of_answers_decides(
    tiny: Bundle, folder: Path, capsys: Captured, kind: str
) -> None:
    answers = folder.parent / f"answers.{kind}"
    classify = ["classify", str(folder), "--model", str(tiny.folder), "--device", "cpu", "-q"]
    assert cli.main([*classify, "--out", str(answers)]) == 3
    put_right(answers, {"grey.png": "cloud/fog", "red.png": "_unknown", "broken.jpg": "CON"})
    (folder / "blue.png").rename(folder.parent / "blue.png")
    (folder / "new.png").write_bytes(picture((1, 2, 3)))
    capsys.readouterr()
    assert sort(tiny, folder, "--move", "--answers", str(answers)) == 0
    captured = capsys.readouterr()
    assert sorted(tree(folder.parent / "sorted")) == [
        "CON_/broken.jpg", "_unknown/green.png", "_unknown/red.png", "_unknown/red.xmp",
        "cloud-fog/grey.png", "warm/red.png",
    ]  # fmt: skip
    assert "3 by a person's word" in captured.out
    assert "grey.png → cloud-fog/grey.png" in captured.out
    assert "new.png: the file of answers says nothing of it" in captured.out
    assert "gone: blue.png" in captured.err


def put_right(answers: Path, said: dict[str, str]) -> None:
    text = answers.read_text()
    if answers.suffix == ".csv":
        rows = list(csv.DictReader(text.splitlines()))
        with answers.open("w", newline="") as file:  # as a German spreadsheet writes it
            table = csv.DictWriter(file, list(rows[0]), delimiter=";")
            table.writeheader()
            table.writerows(row | {"person_label": said.get(row["path"], "")} for row in rows)
        return
    for name, label in said.items():
        text = re.sub(
            rf'("path":"{re.escape(name)}".*?"person_label":)""', rf"\1{json.dumps(label)}", text, count=1
        )
    answers.write_text(text)


def test_the_run_to_take_back_is_ones_own(tiny: Bundle, folder: Path, capsys: Captured) -> None:
    assert sort(tiny, folder) == 3
    (own,) = sorting.runs()
    later = home.state() / "sorts" / "99990101-000000-000000"  # begun since, or when the clock was wrong
    shutil.copytree(home.state() / "sorts" / own.id, later)
    capsys.readouterr()
    assert sort(tiny, folder, "--symlink") == 3
    named = capsys.readouterr().out.rpartition("whatsit undo ")[2].strip()
    assert named not in (own.id, later.name)
    assert sorting.find(named).order.mode is sorting.Mode.SYMLINK


def test_mistakes_are_said_in_a_line(tiny: Bundle, folder: Path, capsys: Captured) -> None:
    assert sort(tiny, folder, "--move", "--link") == 2
    assert "exclude each other" in capsys.readouterr().err
    assert cli.main(["sort", "nowhere", "--into", "x"]) == 2
    assert cli.main(["undo", "2026"]) == 1
    assert "there is no sort run '2026'" in capsys.readouterr().err
    wrong = folder / "notes.csv"
    wrong.write_text("a,b\n1,2\n")
    assert sort(tiny, folder, "--answers", str(wrong)) == 1
    assert "has no column label, path, status" in capsys.readouterr().err
    book = folder.parent / "answers.xlsx"
    assert cli.main(["classify", str(folder), "--model", str(tiny.folder), "--out", str(book), "-q"]) == 3
    assert sort(tiny, folder, "--answers", str(book)) == 1
    assert "a spreadsheet is not read. Save its first sheet as CSV." in capsys.readouterr().err
    blocked = folder.parent / "sorted"
    blocked.write_text("a file")
    assert sort(tiny, folder, "--dry-run") == 1
    assert capsys.readouterr().out.count("This cannot be done") == 1
    assert sort(tiny, folder) == 1
    assert "is not a folder" in capsys.readouterr().err


def test_ctrl_c_stops_between_two_files_and_loses_none(
    tiny: Bundle, tmp_path: Path, other_disk: Path
) -> None:
    many = tmp_path / "many"
    many.mkdir()
    for number in range(300):
        (many / f"{number}.png").write_bytes(picture((200, number % 50, 0)))
    before = tree(many)
    command = [sys.executable, "-m", "whatsit", "sort", str(many), "--into", str(other_disk / "sorted")]
    options = ["--move", "--model", str(tiny.folder), "--device", "cpu", "-q"]
    process = subprocess.Popen(
        [*command, *options], stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    while process.poll() is None and not (other_disk / "sorted").exists():
        time.sleep(0.001)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode in (0, 130), err
    assert sorted([*tree(many).values(), *tree(other_disk).values()]) == sorted(before.values())
    assert cli.main(["undo", "-q"]) == 0
    assert tree(many) == before
    assert os.listdir(other_disk) == []  # noqa: PTH208 - nothing hidden either


def test_tag_and_undo(tiny: Bundle, folder: Path, capsys: Captured) -> None:
    before = tree(folder)
    (folder / "red.xmp").write_bytes(xmp.made(["mine"]))
    own = tree(folder)
    command = ["tag", str(folder), "--model", str(tiny.folder), "--device", "cpu", "-q"]
    assert cli.main([*command, "--dry-run"]) == 3
    assert "3 of 8 files found are to get keywords" in capsys.readouterr().out
    assert tree(folder) == own
    assert cli.main(command) == 3
    out = capsys.readouterr().out
    assert "2 sidecars are to be made, 1 to be added to" in out
    assert "       2  warm" in out
    assert "grey.png: not sure" in out
    assert "3 sidecars written; no photo was touched" in out
    assert b">warm<" in (folder / "red.xmp").read_bytes()
    assert b">warm<" in (folder / "2020" / "may" / "red.png.xmp").read_bytes()
    assert {name for name in tree(folder) if name not in before} == {"2020/may/red.png.xmp", "blue.png.xmp"}
    assert cli.main([*command]) == 3
    out = capsys.readouterr().out
    assert "3 have them already" in out
    assert "3 are their sidecars" in out
    assert ".xmp" not in out
    assert cli.main(["undo", "--list"]) == 0
    assert "3 sidecars, keywords" in capsys.readouterr().out
    assert cli.main(["undo", "-q"]) == 0
    assert "3 files of tag run" in capsys.readouterr().out
    assert tree(folder) == own


def test_what_a_person_said_in_the_window_decides(tiny: Bundle, folder: Path, capsys: Captured) -> None:
    found = {photo.name: photo for photo in photos.scan([folder])}
    with Reviews(tiny.manifest.name) as reviews:
        reviews.say(found["grey.png"], Review("_unknown", ""))
        reviews.say(found["blue.png"], Review("lake", "cold"))
    assert sort(tiny, folder, "--move", "--dry-run") == 3
    out = capsys.readouterr().out
    assert "2 by a person's word:\n  blue.png → lake/blue.png\n  grey.png → _unknown/grey.png\n" in out
    assert sort(tiny, folder, "--move") == 3
    assert (folder.parent / "sorted" / "_unknown" / "grey.png").is_file()
    assert (folder.parent / "sorted" / "lake" / "blue.png").is_file()


@pytest.mark.parametrize("photos_done", [0, 20, 60])
def test_a_killed_command_loses_nothing_and_undo_gives_all_back(
    tiny: Bundle, tmp_path: Path, other_disk: Path, photos_done: int
) -> None:
    many, into = tmp_path / "many", other_disk / "sorted"
    many.mkdir()
    for number in range(100):
        (many / f"{number}.png").write_bytes(picture((200, number, 0)))
    before = tree(many)
    command = [sys.executable, "-m", "whatsit", "sort", str(many), "--into", str(into), "--move"]
    process = subprocess.Popen([*command, "--model", str(tiny.folder), "--device", "cpu", "-q"])
    while process.poll() is None and (not into.exists() or len(list(into.rglob("*.png"))) < photos_done):
        time.sleep(0.001)
    process.kill()
    assert process.wait() in (0, -signal.SIGKILL)
    assert set(before.values()) <= {*tree(many).values(), *tree(other_disk).values()}
    assert cli.main(["undo", "-q"]) == 0
    assert tree(many) == before
    assert os.listdir(other_disk) == []  # noqa: PTH208 - nothing hidden either
