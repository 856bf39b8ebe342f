from __future__ import annotations

import errno
import os
from contextlib import closing
from pathlib import Path
from unittest import mock

import pytest

from tests.helpers.sorted_folder import JPEG, Place, answered, tree, write
from whatsit import sorting
from whatsit.errors import SortError
from whatsit.sorting import Mode, Outcome, State, disk, rename


def sort(place: Place, mode: Mode = Mode.COPY, **asked: object) -> list[Outcome]:
    return list(sorting.act(sorting.plan(answered(place.source), place.order(mode=mode, **asked))))


def undo() -> list[Outcome]:
    return list(sorting.undo(sorting.latest().id))


def not_done(outcomes: list[Outcome]) -> dict[str, str]:
    return {one.source.name: one.reason for one in outcomes if not one.done}


@pytest.mark.parametrize("mode", [Mode.COPY, Mode.MOVE, Mode.SYMLINK])
def test_every_photo_gets_where_it_goes_and_back(anywhere: Place, mode: Mode) -> None:
    before = tree(anywhere.source)
    facts = (anywhere.source / "IMG_0000.jpg").stat()
    assert not not_done(sort(anywhere, mode))
    assert len(tree(anywhere.into)) == len(before)
    assert {path.name for path in anywhere.into.iterdir()} == {"cat", "dog", "_not sure", "_unknown"}
    assert (anywhere.into / "dog" / "_breed unsure").is_dir()
    assert len(tree(anywhere.source)) == (0 if mode is Mode.MOVE else len(before))
    if mode is not Mode.SYMLINK:
        assert sorted(tree(anywhere.into).values()) == sorted(before.values())
    assert not not_done(undo())
    assert tree(anywhere.source) == before
    assert not anywhere.into.exists()
    again = (anywhere.source / "IMG_0000.jpg").stat()
    assert (again.st_mtime_ns, again.st_mode) == (facts.st_mtime_ns, facts.st_mode)


def test_hard_links(place: Place) -> None:
    before = tree(place.source)
    assert not not_done(sort(place, Mode.LINK))
    linked = [path for path in place.into.rglob("*") if path.is_file()]
    assert len(linked) == len(before)
    assert all(path.stat().st_nlink == 2 for path in linked)
    undo()
    assert tree(place.source) == before
    assert not place.into.exists()


def test_hard_links_to_another_disk_are_refused_by_name(place: Place, other_disk: Path) -> None:
    place = Place(place.source, other_disk / "sorted")
    plan = sorting.plan(answered(place.source), place.order(mode=Mode.LINK))
    assert not plan.steps
    assert sum("another disk" in one.reason for one in plan.left) == 12


@pytest.mark.parametrize("mode", [Mode.COPY, Mode.MOVE])
def test_times_and_permissions_are_kept(anywhere: Place, mode: Mode) -> None:
    photo = anywhere.source / "IMG_0000.jpg"
    photo.chmod(0o640)
    facts = photo.stat()
    sort(anywhere, mode)
    made = next(anywhere.into.rglob("IMG_0000.jpg")).stat()
    assert (made.st_mtime_ns, made.st_mode) == (facts.st_mtime_ns, facts.st_mode)


def test_nothing_is_overwritten_and_companions_share_the_number(place: Place) -> None:
    there = {name: write(place.into / "cat" / name, "older") for name in ("img_0001.JPG", "IMG_0006.xmp")}
    plan = sorting.plan(answered(place.source, labels={}), place.order())
    assert {step.target.name for step in plan.renamed} == {
        "IMG_0001 (2).jpg", "IMG_0001 (2).xmp", "IMG_0001 (2).MOV",
        "IMG_0006 (2).jpg", "IMG_0006 (2).xmp", "IMG_0006 (2).MOV",
    }  # fmt: skip
    assert not not_done(list(sorting.act(plan)))
    assert all(b"older" in path.read_bytes() for path in there.values())
    undo()
    assert sorted(tree(place.into)) == ["cat/IMG_0006.xmp", "cat/img_0001.JPG"]


def test_a_name_taken_after_the_plan_is_left_alone(place: Place) -> None:
    plan = sorting.plan(answered(place.source, labels={}), place.order(mode=Mode.MOVE))
    foreign = write(place.into / "cat" / "IMG_0003.jpg", "foreign")
    assert not not_done(list(sorting.act(plan)))
    assert b"foreign" in foreign.read_bytes()
    assert (place.into / "cat" / "IMG_0003 (2).jpg").is_file()
    undo()
    assert list(tree(place.into)) == ["cat/IMG_0003.jpg"]


def test_what_changed_between_plan_and_act_is_left_and_named(place: Place) -> None:
    plan = sorting.plan(answered(place.source), place.order(mode=Mode.MOVE))
    write(place.source / "IMG_0001.jpg", "changed")
    (place.source / "IMG_0002.jpg").unlink()
    left = not_done(list(sorting.act(plan)))
    assert left["IMG_0001.jpg"] == "it changed since it was answered"
    assert left["IMG_0001.xmp"] == left["IMG_0001.MOV"] == "the photo that it belongs to stays"
    assert left["IMG_0002.jpg"] == "it is gone"
    assert b"changed" in (place.source / "IMG_0001.jpg").read_bytes()


def test_what_changed_since_is_left_by_undo_and_named(place: Place) -> None:
    sort(place, Mode.MOVE)
    moved = {path.name: path for path in place.into.rglob("*") if path.is_file()}
    moved["IMG_0003.jpg"].write_bytes(JPEG + b"edited")
    moved["IMG_0004.jpg"].unlink()
    write(place.source / "IMG_0005.jpg", "a new one")
    left = not_done(undo())
    assert left == {
        "IMG_0003.jpg": "it changed since it was sorted",
        "IMG_0004.jpg": "it is gone",
        "IMG_0005.jpg": "something else is where it was",
    }
    assert moved["IMG_0003.jpg"].read_bytes() == JPEG + b"edited"
    assert b"a new one" in (place.source / "IMG_0005.jpg").read_bytes()
    assert sorting.latest().state is State.PARTLY_UNDONE
    (place.source / "IMG_0005.jpg").unlink()
    assert "IMG_0005.jpg" not in not_done(undo())


@pytest.mark.parametrize("mode", [Mode.COPY, Mode.LINK])
def test_undo_never_removes_the_only_one_left(place: Place, mode: Mode) -> None:
    sort(place, mode)
    (place.source / "IMG_0000.jpg").unlink()
    left = not_done(undo())
    assert list(left) == ["IMG_0000.jpg"]
    assert "only one left" in left["IMG_0000.jpg"]
    assert len(tree(place.into)) == 1


def test_a_copy_is_not_made_twice(place: Place) -> None:
    sort(place)
    write(place.source / "IMG_0100.jpg", "new")
    plan = sorting.plan(answered(place.source), place.order())
    assert [step.source.name for step in plan.steps] == ["IMG_0100.jpg"]
    assert sum("was made of it" in one.reason for one in plan.in_place) == 12


def test_what_travelled_with_a_photo_is_not_called_no_picture_the_second_time(place: Place) -> None:
    sort(place)
    plan = sorting.plan(answered(place.source), place.order())
    assert not plan.steps
    assert not plan.left
    beside = [one.name for one in plan.in_place if one.reason == "the photo beside it stays"]
    assert sorted(beside) == sorted(one.name for one in place.source.iterdir() if one.suffix != ".jpg")
    assert beside


def test_stopping_between_two_files_and_going_on(anywhere: Place) -> None:
    before = tree(anywhere.source)
    items = answered(anywhere.source, labels={})
    with closing(sorting.act(sorting.plan(items, anywhere.order(mode=Mode.MOVE)))) as acting:
        for _ in range(5):
            next(acting)
    assert sorting.latest().state is State.CUT_OFF
    assert len(tree(anywhere.source)) + len(tree(anywhere.into)) == len(before)
    rest = sorting.plan(answered(anywhere.source, labels={}), anywhere.order(mode=Mode.MOVE))
    list(sorting.act(rest))
    assert sorted(tree(anywhere.into).values()) == sorted(before.values())
    undo()
    undo()
    assert tree(anywhere.source) == before


@pytest.mark.parametrize("mode", [Mode.COPY, Mode.MOVE])
def test_a_stop_on_a_disk_without_links_leaves_nothing_in_the_photos_place(
    place: Place, mode: Mode, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = tree(place.source)
    real = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if target.is_relative_to(place.into):
            raise KeyboardInterrupt
        return real(self, target)

    monkeypatch.setattr(disk, "rename_new", rename.link_and_remove)
    monkeypatch.setattr(os, "link", mock.Mock(side_effect=PermissionError(errno.EPERM, "no links")))
    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", replace)
        with pytest.raises(KeyboardInterrupt):
            sort(place, mode)
    assert tree(place.source) == before
    assert tree(place.into) == {}
    assert not not_done(sort(place, mode))  # on such a disk too
    assert len(tree(place.into)) == len(before)


def test_two_runs_on_one_folder_are_refused(place: Place, tmp_path: Path) -> None:
    plan = sorting.plan(answered(place.source), place.order())
    inside = Place(place.source / "sub", tmp_path / "elsewhere")
    write(inside.source / "a.jpg", "a")
    other = sorting.plan(answered(inside.source), inside.order())
    with closing(sorting.act(plan)) as first:
        next(first)
        for second in (sorting.act(plan), sorting.act(other)):
            with pytest.raises(SortError, match="another sort run is at work"):
                next(second)
        with pytest.raises(SortError, match="another sort run is at work"):
            next(sorting.undo(sorting.latest().id))
    assert not not_done(list(sorting.act(other)))


def test_names_that_are_no_utf8_are_kept(place: Place) -> None:
    name = os.fsdecode(b"caf\xe9 \n.jpg")
    write(place.source / name, "odd")
    before = tree(place.source)
    sort(place, Mode.MOVE)
    assert [path.name for path in place.into.rglob("caf*")] == [name]
    undo()
    assert tree(place.source) == before


def test_an_undone_run_is_not_undone_again(place: Place) -> None:
    sort(place)
    run = sorting.latest().id
    undo()
    with pytest.raises(SortError, match="is undone already"):
        next(sorting.undo(run))
    with pytest.raises(SortError, match="no sort run to undo"):
        sorting.latest()
    with pytest.raises(SortError, match="no sort run 'nonsense'"):
        next(sorting.undo("nonsense"))


@pytest.mark.parametrize("mode", [Mode.COPY, Mode.MOVE])
def test_what_was_left_behind_follows_its_photo_the_next_time(place: Place, mode: Mode) -> None:
    before = tree(place.source)
    real = disk.rename_new

    def refuse(source: Path, target: Path) -> None:
        if target.name == "IMG_0006.xmp":
            raise PermissionError(13, "refused")
        real(source, target)

    with mock.patch.object(disk, "rename_new", refuse):
        left = not_done(sort(place, mode))
    assert left == {"IMG_0006.xmp": "no permission"}
    plan = sorting.plan(answered(place.source), place.order(mode=mode))
    assert [step.source.name for step in plan.steps] == ["IMG_0006.xmp"]
    assert not not_done(list(sorting.act(plan)))
    (photo,) = place.into.rglob("IMG_0006.jpg")
    assert photo.with_suffix(".xmp").is_file()
    undo()
    undo()
    assert tree(place.source) == before


def test_a_folder_that_cannot_be_removed_is_said_and_undo_goes_on(place: Place) -> None:
    sort(place)
    with (
        mock.patch.object(disk, "remove_folder", mock.Mock(side_effect=PermissionError(13, "refused"))),
        pytest.raises(SortError, match=r"could not be ended: no permission.*whatsit undo"),
    ):
        undo()
    assert place.into.is_dir()
    sorting.recover()
    assert sorting.latest().state is State.PARTLY_UNDONE
    undo()
    assert not place.into.exists()
    assert not [run for run in sorting.runs() if run.state is not State.UNDONE]
