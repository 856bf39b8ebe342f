from __future__ import annotations

import os
import subprocess
import sys
import unicodedata
from typing import TYPE_CHECKING
from unittest import mock

import pytest

from tests.helpers.sorted_folder import Place, answered, tree, write
from whatsit import photos, sorting
from whatsit.decisions import Answer, Status
from whatsit.errors import SortError
from whatsit.sorting import Cause, Mode, Plan, Sortable, disk, room, words

if TYPE_CHECKING:
    from pathlib import Path

CAT = Answer(Status.ANSWERED, label="cat")


def planned(
    place: Place, mode: Mode = Mode.COPY, said: dict[str, str] | None = None, **asked: object
) -> Plan:
    items = [
        Sortable(photo, photo.settled or CAT, (said or {}).get(photo.name, ""))
        for photo in photos.scan([place.source])
    ]
    return sorting.plan(items, place.order(mode=mode, **asked))


def act(plan: Plan) -> dict[str, str]:
    return {one.source.name: one.reason for one in sorting.act(plan) if not one.done}


def undo() -> dict[str, str]:
    outcomes = list(sorting.undo(sorting.latest().id))
    return {one.source.name: one.reason for one in outcomes if not one.done}


@pytest.fixture
def empty(tmp_path: Path) -> Place:
    (tmp_path / "photos").mkdir()
    return Place(tmp_path / "photos", tmp_path / "sorted")


@pytest.mark.parametrize("mode", [Mode.COPY, Mode.MOVE])
def test_a_raw_file_and_all_sidecars_travel_with_their_jpeg(empty: Place, mode: Mode) -> None:
    for name in ("a.JPG", "b.jpg"):
        write(empty.source / name, name)
    for name in ("a.CR2", "a.xmp", "a.JPG.xmp", "a.AAE", "a.MOV", "b.txt", "c.MOV"):
        (empty.source / name).write_text(name)
    before = tree(empty.source)
    plan = planned(empty, mode)
    assert {one.source.name for one in plan.companions} == {"a.CR2", "a.xmp", "a.JPG.xmp", "a.AAE", "a.MOV"}
    assert act(plan) == {}
    assert sorted(tree(empty.into)) == [
        "cat/a.AAE", "cat/a.CR2", "cat/a.JPG", "cat/a.JPG.xmp", "cat/a.MOV", "cat/a.xmp", "cat/b.jpg",
    ]  # fmt: skip
    assert undo() == {}
    assert tree(empty.source) == before


@pytest.mark.parametrize("mode", Mode)
def test_the_destination_lies_in_the_folder_to_sort(empty: Place, mode: Mode) -> None:
    inside = Place(empty.source, empty.source / "sorted")
    for name in ("a.jpg", "deep/b.jpg"):
        write(inside.source / name, name)
    before = tree(inside.source)
    assert act(planned(inside, mode)) == {}
    assert sorted(tree(inside.into)) == ["cat/a.jpg", "cat/b.jpg"]
    again = planned(inside, mode)  # what was sorted is found below the folder, and not sorted into itself
    assert again.steps == ()
    assert undo() == {}
    assert tree(inside.source) == before


@pytest.mark.parametrize("mode", [Mode.COPY, Mode.MOVE])
def test_the_folder_to_sort_lies_in_the_destination(empty: Place, mode: Mode) -> None:
    outside = Place(empty.source / "new", empty.source)
    for name in ("new/a.jpg", "new/cat/b.jpg", "cat/a.jpg"):
        write(outside.into / name, name)
    before = tree(outside.into)
    assert act(planned(outside, mode)) == {}
    made = set(tree(outside.into)) - set(before)
    assert made == {"cat/a (2).jpg", "cat/b.jpg"}
    assert undo() == {}
    assert tree(outside.into) == before


@pytest.mark.parametrize("mode", [Mode.COPY, Mode.MOVE])
def test_a_folder_is_sorted_into_itself(empty: Place, mode: Mode) -> None:
    itself = Place(empty.source, empty.source)
    for name in ("a.jpg", "cat/b.jpg", "other/c.jpg"):
        write(itself.source / name, name)
    before = tree(itself.source)
    assert act(planned(itself, mode)) == {}
    assert {"cat/a.jpg", "cat/b.jpg", "cat/c.jpg"} <= set(tree(itself.source))
    assert planned(itself, mode).steps == ()
    assert undo() == {}
    assert tree(itself.source) == before


@pytest.mark.parametrize(
    "names",
    [("IMG.JPG", "img.jpg"), (unicodedata.normalize("NFC", "é.jpg"), unicodedata.normalize("NFD", "é.jpg"))],
)
def test_names_that_are_one_on_some_disks_are_numbered_on_every_disk(
    empty: Place, names: tuple[str, str]
) -> None:
    for place, name in zip("xy", names, strict=True):
        write(empty.source / place / name, place)
    before = tree(empty.source)
    plan = planned(empty, Mode.MOVE)
    assert len(plan.renamed) == 1
    assert act(plan) == {}
    assert len({unicodedata.normalize("NFC", name).casefold() for name in tree(empty.into)}) == 2
    undo()
    assert tree(empty.source) == before


def test_names_that_the_target_cannot_hold_are_changed_and_come_back(empty: Place) -> None:
    names = ("a:b.jpg", "what?.jpg", "CON.jpg", "dot..jpg", "a-b.jpg", "x" * 180 + ".jpg")
    for name in names:
        write(empty.source / name, name)
    before = tree(empty.source)
    narrow = room.Room(empty.source.stat().st_dev, 10**9, 100, strict=True)  # as a memory card's disk
    with mock.patch.object(room, "room", return_value=narrow):
        plan = planned(empty, Mode.MOVE)
    assert {"a:b.jpg", "what?.jpg", "CON.jpg", "x" * 180 + ".jpg"} <= {
        one.source.name for one in plan.renamed
    }
    assert act(plan) == {}
    made = [name.removeprefix("cat/") for name in tree(empty.into)]
    assert len(made) == len(names)
    assert all(len(name) <= 100 and not set(name) & set(':?"<>|*') for name in made)
    assert undo() == {}
    assert tree(empty.source) == before


def test_a_path_that_is_too_long_is_named_and_the_rest_is_sorted(empty: Place) -> None:
    write(empty.source / "short.jpg", "short")
    room = 4095 - len(str(empty.into)) - len("/cat/short.jpg")
    deep = Place(empty.source, empty.into.joinpath(*["d" * 200] * (room // 201), "e" * (room % 201 - 1)))
    write(empty.source / ("l" * 240 + ".jpg"), "long")
    before = tree(empty.source)
    plan = planned(deep, Mode.MOVE)
    assert [one.reason for one in plan.left] == ["the name or the path is too long for the disk"]
    assert act(plan) == {}
    assert not (empty.source / "short.jpg").exists()
    undo()
    assert tree(empty.source) == before


def test_sub_folders_are_kept_and_legal(empty: Place) -> None:
    for name in ("2020/may/a.jpg", "2021/a.jpg", "a.jpg"):
        write(empty.source / name, name)
    before = tree(empty.source)
    assert act(planned(empty, Mode.MOVE, keep_folders=True)) == {}
    assert sorted(tree(empty.into)) == ["cat/2020/may/a.jpg", "cat/2021/a.jpg", "cat/a.jpg"]
    undo()
    assert tree(empty.source) == before


def test_the_preview_says_which_photos_go_by_a_persons_word(empty: Place) -> None:
    for name in ("a.jpg", "b.jpg", "deep/c.jpg"):
        write(empty.source / name, name)
    plan = planned(empty, said={"b.jpg": "fox", "deep/c.jpg": "_unknown"})
    assert [one.by for one in plan.photos] == [Cause.ANSWER, Cause.PERSON, Cause.PERSON]
    said = list(words.preview(plan))
    at = said.index("2 by a person's word:")
    assert said[at + 1 : at + 3] == ["  b.jpg → fox/b.jpg", "  deep/c.jpg → _unknown/c.jpg"]


def test_two_processes_do_not_sort_one_folder_and_a_lock_dies_with_its_process(place: Place) -> None:
    script = (
        "import sys, time; from pathlib import Path; from whatsit.sorting import locks\n"
        "with locks.held([Path(sys.argv[1])]): print('held', flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", script, str(place.source)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout
        assert other.stdout.readline() == "held\n"
        plan = sorting.plan(answered(place.source), place.order())
        with pytest.raises(SortError, match="another sort run is at work here"):
            list(sorting.act(plan))
        other.kill()
    assert act(plan) == {}


def test_free_space_is_looked_at_before_anything_is_touched(place: Place) -> None:
    scarce = room.Room(disk.device(place.source), 1000, 255, strict=False)
    with mock.patch.object(room, "room", return_value=scarce):
        plan = sorting.plan(answered(place.source), place.order())
        moved = sorting.plan(answered(place.source), place.order(mode=Mode.MOVE))
    with pytest.raises(SortError, match=r"has 0\.0 MB free, and 4\.\d MB are needed"):
        list(sorting.act(plan))
    assert not place.into.exists()
    assert moved.problems == ()  # within one disk nothing is written


def test_what_cannot_be_read_is_named_and_the_rest_is_sorted(empty: Place) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may read everything")
    for name in ("a.jpg", "b.jpg"):
        write(empty.source / name, name)
    (empty.source / "a.jpg").chmod(0)
    assert act(planned(empty)) == {"a.jpg": "no permission"}
    assert sorted(tree(empty.into)) == ["cat/b.jpg"]


@pytest.mark.parametrize("mode", Mode)
def test_every_entry_found_is_sorted_in_place_or_left_with_a_reason(place: Place, mode: Mode) -> None:
    (place.source / "notes.txt").write_text("notes")
    (place.source / "alone.xmp").write_text("of nothing")
    (place.source / "cr.CR2").write_bytes(b"no raw")
    (place.source / "nowhere.jpg").symlink_to("nothing")
    write(place.source / "deep" / "IMG_0001.jpg", "of the same name")
    (place.source / "deep" / "link.jpg").symlink_to(place.source / "IMG_0003.jpg")
    for _ in range(2):
        plan = sorting.plan(answered(place.source), place.order(mode=mode))
        assert plan.found == len(plan.steps) + len(plan.in_place) + len(plan.left)
        assert all(one.reason for one in (*plan.in_place, *plan.left))
        list(sorting.act(plan))
