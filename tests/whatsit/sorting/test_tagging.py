from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.helpers.sorted_folder import answered, tree, write
from whatsit import sorting
from whatsit.decisions import Answer, Status, Then
from whatsit.photos import Photo
from whatsit.sorting import Sortable, State, tagging, xmp

if TYPE_CHECKING:
    from tests.helpers.sorted_folder import Place
    from whatsit.sorting.tagging import TagPlan

DOG = Answer(Status.ANSWERED, label="dog")
BEAGLE = Answer(Status.ANSWERED, label="beagle", group="hound")


@pytest.fixture
def folder(place: Place) -> Path:
    (place.source / "IMG_0002.jpg.xmp").write_bytes(xmp.made(["mine"]).replace(b"\n", b"\r\n"))
    (place.source / "IMG_0002.jpg.xmp").chmod(0o640)
    return place.source


def planned(folder: Path, said: dict[str, str] | None = None) -> TagPlan:
    return tagging.plan(answered(folder, labels={}, said=said), folder, "breeds")


def tag(folder: Path, said: dict[str, str] | None = None) -> dict[str, str]:
    outcomes = tagging.act(planned(folder, said))
    return {one.source.name: one.reason for one in outcomes if not one.done}


def undo() -> dict[str, str]:
    outcomes = list(sorting.undo(sorting.latest().id))
    return {one.source.name: one.reason for one in outcomes if not one.done}


@pytest.mark.parametrize(
    ("answer", "said", "words"),
    [
        (DOG, "", ("dog",)),
        (BEAGLE, "", ("hound", "beagle")),
        (Answer(Status.ANSWERED, label="dog", then=Then("breeds", BEAGLE)), "", ("dog", "hound", "beagle")),
        (Answer(Status.NOT_SURE, group="hound"), "", ("hound",)),
        (Answer(Status.NOT_SURE), "", ()),
        (Answer(Status.UNKNOWN), "", ()),
        (Answer(Status.FAILED), "pug", ("pug",)),
        (DOG, "_unknown", ()),
    ],
)
def test_an_answer_becomes_keywords(answer: Answer, said: str, words: tuple[str, ...]) -> None:
    assert tagging.words_of(Sortable(Photo(Path("a.jpg"), "a.jpg"), answer, said)) == words


def test_keywords_are_written_beside_photos_and_undo_gives_back_every_byte(folder: Path) -> None:
    before = tree(folder)
    facts = (folder / "IMG_0002.jpg.xmp").stat()
    assert tag(folder) == {}
    after = tree(folder)
    assert {name: one for name, one in after.items() if not name.endswith(".xmp")} == {
        name: one for name, one in before.items() if not name.endswith(".xmp")
    }
    assert sorted(set(after) - set(before)) == [
        f"IMG_{number:04}.jpg.xmp" for number in range(12) if number not in (1, 2, 6, 11)
    ]
    merged = (folder / "IMG_0002.jpg.xmp").read_text()
    assert ">mine<" in merged
    assert ">cat<" in merged
    assert (folder / "IMG_0002.jpg.xmp").stat().st_mode == facts.st_mode
    assert undo() == {}
    assert tree(folder) == before
    again = (folder / "IMG_0002.jpg.xmp").stat()
    assert (again.st_mtime_ns, again.st_mode) == (facts.st_mtime_ns, facts.st_mode)


def test_a_second_run_adds_nothing_and_a_persons_word_another_keyword(folder: Path) -> None:
    tag(folder)
    plan = planned(folder)
    assert (plan.tags, len(plan.in_place)) == ((), 12)
    plan = planned(folder, {"IMG_0003.jpg": "fox", "IMG_0004.jpg": "_unknown"})
    (one,) = plan.tags
    assert (one.photo.name, one.way, one.by_person) == ("IMG_0003.jpg", ("fox",), True)
    assert "a person says that no label is right" in [one.reason for one in plan.left]


def test_what_changed_since_is_left_by_act_and_by_undo(folder: Path) -> None:
    plan = planned(folder)
    (folder / "IMG_0001.xmp").write_bytes(xmp.made(["meanwhile"]))
    write(folder / "IMG_0003.jpg.xmp", "another program's")
    left = {one.source.name: one.reason for one in tagging.act(plan) if not one.done}
    assert left == {
        "IMG_0001.xmp": "the sidecar changed since it was looked at",
        "IMG_0003.jpg.xmp": "a sidecar was made since it was looked for",
    }
    (folder / "IMG_0002.jpg.xmp").write_bytes(b"edited")
    (folder / "IMG_0004.jpg.xmp").unlink()
    assert undo() == {
        "IMG_0002.jpg.xmp": "it changed since it was sorted",
        "IMG_0004.jpg.xmp": "it is gone",
    }
    assert (folder / "IMG_0002.jpg.xmp").read_bytes() == b"edited"
    assert sorting.latest().state is State.PARTLY_UNDONE


def test_a_sidecar_that_cannot_be_added_to_stays_and_is_named(folder: Path) -> None:
    (folder / "IMG_0001.xmp").write_bytes(b"no xml")
    (left,) = [one for one in planned(folder).left if one.name == "IMG_0001.jpg"]
    assert left.reason.startswith("its sidecar IMG_0001.xmp stays: it is no XMP")
    tag(folder)
    assert (folder / "IMG_0001.xmp").read_bytes() == b"no xml"


def test_two_photos_of_one_name_have_sidecars_of_their_own(folder: Path) -> None:
    write(folder / "IMG_0000.png", "another")
    write(folder / "IMG_0001.png", "another")  # whose name's IMG_0001.xmp is the JPEG's
    tag(folder)
    for name in ("IMG_0000.jpg.xmp", "IMG_0000.png.xmp", "IMG_0001.xmp", "IMG_0001.png.xmp"):
        assert b">cat<" in (folder / name).read_bytes()


def test_sidecars_travel_when_the_photos_are_sorted_after(folder: Path, place: Place) -> None:
    before = tree(folder)
    tag(folder)
    list(sorting.act(sorting.plan(answered(folder, labels={}), place.order(mode=sorting.Mode.MOVE))))
    assert tree(folder) == {}
    assert (place.into / "cat" / "IMG_0002.jpg.xmp").is_file()
    undo()
    undo()
    assert tree(folder) == before


@pytest.mark.skipif(shutil.which("exiftool") is None, reason="exiftool is not here: libimage-exiftool-perl")
def test_a_sidecar_that_exiftool_wrote_is_merged(folder: Path) -> None:
    sidecar = folder / "IMG_0005.jpg.xmp"
    facts = ["-XMP-dc:Subject=sea", "-XMP-lr:HierarchicalSubject=place|sea", "-XMP:Rating=4"]
    subprocess.run(["exiftool", *facts, "-XMP:Title=Ü & <x>", str(sidecar)], check=True, capture_output=True)
    before = sidecar.read_bytes()
    tag(folder)
    command = ["exiftool", "-j", "-validate", "-XMP:all", str(sidecar)]
    (found,) = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    assert found["Subject"] == ["sea", "cat"]
    assert found["HierarchicalSubject"] == ["place|sea", "cat"]
    assert (found["Rating"], found["Title"], found["Validate"]) == (4, "Ü & <x>", "OK")
    undo()
    assert sidecar.read_bytes() == before
