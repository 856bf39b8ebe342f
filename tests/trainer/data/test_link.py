from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.helpers import labelled_photos
from trainer.data import datasets, link
from whatsit.errors import DataError, UsageError


@pytest.fixture
def pets(tmp_path: Path) -> Path:
    return labelled_photos.class_folders(tmp_path / "pets")


def everything(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_the_links_are_read_back_as_the_same_photos_in_the_same_splits(pets: Path, tmp_path: Path) -> None:
    before = datasets.look(pets)
    linked = link.link(before, tmp_path / "linked", by_split=True)
    assert (linked.made, linked.there) == (80, 0)
    after = datasets.look(tmp_path / "linked")
    assert after.given == {"train", "tune", "calibrate", "test"}
    assert sorted((one.sha256, one.label, one.split) for one in after.photos) == sorted(
        (one.sha256, one.label, one.split) for one in before.photos
    )
    assert all(path.is_symlink() for path in (tmp_path / "linked").rglob("*.jpg"))


def test_again_does_nothing_and_a_new_photo_is_added(pets: Path, tmp_path: Path) -> None:
    into = tmp_path / "linked"
    link.link(datasets.look(pets), into, by_split=False)
    before = everything(into)
    again = link.link(datasets.look(pets), into, by_split=False)
    assert (again.made, again.there) == (0, 80)
    assert everything(into) == before
    labelled_photos.save(pets / "cat" / "new.jpg", 4321)
    assert link.link(datasets.look(pets), into, by_split=False).made == 1
    assert set(everything(into)) - set(before) == {"cat/new.jpg"}


def test_names_that_collide_get_numbers_and_what_is_there_stays(tmp_path: Path) -> None:
    folder = tmp_path / "pets"
    for seed, name in enumerate(("a/1.jpg", "b/1.jpg", "c/1.jpg", "d/2.jpg")):
        labelled_photos.save(folder / "cat" / name, seed)
    into = tmp_path / "linked"
    (into / "cat").mkdir(parents=True)
    (into / "cat" / "1.jpg").write_bytes(b"somebody's own")
    (into / "cat" / "2.jpg").symlink_to(tmp_path / "gone")
    dataset = datasets.look(folder)
    for made in (4, 0):
        assert link.link(dataset, into, by_split=False).made == made
        assert (into / "cat" / "1.jpg").read_bytes() == b"somebody's own"
        links = {
            path.name: path.resolve()
            for path in (into / "cat").iterdir()
            if path.name not in ("1.jpg", "2.jpg")
        }
        assert links == {
            "1-2.jpg": folder / "cat/a/1.jpg",
            "1-3.jpg": folder / "cat/b/1.jpg",
            "1-4.jpg": folder / "cat/c/1.jpg",
            "2-2.jpg": folder / "cat/d/2.jpg",
        }


def test_hard_links_are_made_where_symbolic_ones_cannot_be(
    pets: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_self: Path, _target: Path) -> None:
        raise OSError(1, "not allowed")

    monkeypatch.setattr(Path, "symlink_to", refuse)
    into = tmp_path / "linked"
    for made in (80, 0):
        assert link.link(datasets.look(pets), into, by_split=False).made == made
    assert (into / "cat" / "cat.3.jpg").samefile(pets / "cat" / "cat.3.jpg")
    monkeypatch.setattr(os, "link", refuse)
    with pytest.raises(DataError, match="no link can be made there"):
        link.link(datasets.look(pets), tmp_path / "elsewhere", by_split=False)


def test_with_splits_a_copy_of_a_held_out_photo_is_left_out(pets: Path, tmp_path: Path) -> None:
    whole = datasets.look(pets)
    held_out = whole.of("test")[0]
    taken = next(one for one in whole.of("train") if one.label == held_out.label)
    (pets.parent / taken.path).write_bytes((pets.parent / held_out.path).read_bytes())
    dataset = datasets.look(pets)
    assert link.link(dataset, tmp_path / "split", by_split=True).made == 79
    assert link.link(dataset, tmp_path / "whole", by_split=False).made == 80


@pytest.mark.parametrize("into", ["pets", "pets/links", "pets/cat/deeper"])
def test_links_among_the_photos_are_refused(pets: Path, into: str) -> None:
    with pytest.raises(UsageError, match="among the photos"):
        link.link(datasets.look(pets), pets.parent / into, by_split=False)


def test_a_label_never_leads_out_of_the_folder(tmp_path: Path) -> None:
    for name in ("1", "2"):
        labelled_photos.save(tmp_path / "pets" / f"{name}.jpg", int(name))
    labelled_photos.table(
        tmp_path / "pets" / "labels.csv", [("id", "label"), ("1", "../../out"), ("2", "a:b/c")]
    )
    link.link(datasets.look(tmp_path / "pets"), tmp_path / "linked", by_split=False)
    assert set(everything(tmp_path / "linked")) == {"_.._out/1.jpg", "a_b_c/2.jpg"}
    labelled_photos.table(tmp_path / "pets" / "labels.csv", [("id", "label"), ("1", "a/b"), ("2", "A:b")])
    with pytest.raises(DataError, match="would share a folder"):
        link.link(datasets.look(tmp_path / "pets"), tmp_path / "other", by_split=False)
