"""The folders of unknown pictures, from repositories and from the training photos of other models."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from setup import unknowns
from tests.conftest import SHARED_PHOTOS


@pytest.fixture
def clones(tmp_path: Path) -> Path:
    """Return a folder with a repository for each source, which holds what its pattern takes and what not."""
    place = tmp_path / "clones"
    written = {
        "MachineLearning2020/Homework2-Caltech101": [
            "101_ObjectCategories/cup/1.jpg",
            "101_ObjectCategories/Faces/1.jpg",
        ],
        "Keunyoung-Jung/my_first_DL": ["natural_images/car/1.jpg", "natural_images/cat/1.jpg"],
        "marcusklasson/GroceryStoreDataset": [
            "dataset/train/Fruit/Apple/Golden/1.jpg",
            "dataset/test/Fruit/1.jpg",
        ],
        "pan8915/DeepTexture": ["images/banded/1.jpg", "images/banded/1.png"],
        "InputBlackBoxOutput/popular-animals-dataset": ["wolf/1.jpg", "dog/1.jpg"],
        "FabriDeCastelli/Wild-Cats-Classification": [
            "Wild Cats Dataset/TIGER/1.jpg",
            "Wild Cats Dataset/PUMA/1.jpg",
        ],
        "MachineLearning2020/Homework3-PACS": [
            "PACS/sketch/horse/1.png",
            "PACS/sketch/house/1.png",
            "PACS/sketch/dog/1.png",
            "PACS/sketch/dog/5288.png",
        ],
        "emanhamed/Houses-dataset": ["Houses Dataset/1_bedroom.jpg", "Houses Dataset/1_frontal.jpg"],
        "EliSchwartz/imagenet-sample-images": [
            "n02114548_white_wolf.JPEG",
            "n02110185_Siberian_husky.JPEG",
            "n02328150_Angora.JPEG",
            "n01667114_mud_turtle.JPEG",
            "n01514859_hen.JPEG",
            "n01798484_prairie_chicken.JPEG",
            "n01531178_goldfinch.JPEG",
        ],
        "alexeygrigorev/clothing-dataset-small": [f"train/hat/{number}.jpg" for number in range(60)],
        "jabrayil-alizada/Animals-dataset": [
            "animals/wolf/1.jpg",
            "Test dataset/wolf/1.jpg",
            "wolf_test.jpg",
        ],
    }
    for repository, paths in written.items():
        folder = place / repository.replace("/", "+")
        for path in paths:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(path.encode())
        subprocess.run(["git", "init", "-q", str(folder)], check=True)
        git = ["git", "-C", str(folder), "-c", "user.name=n", "-c", "user.email=e@x"]
        subprocess.run([*git, "add", "."], check=True)
        subprocess.run([*git, "commit", "-qm", "photos"], check=True)
    return place


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return the folders of photos that lend some to other models, each with photos of train and of test."""
    place = tmp_path / "data"
    for name, labels in (("cats-dogs", "cat dog"), ("cats-dogs-full", "cat dog"), ("faces", "young old")):
        rows = ["path,label,split"]
        for label in labels.split():
            (place / name / label).mkdir(parents=True)
            for split in ("train", "test"):
                (place / name / label / f"{split}.jpg").write_bytes(f"{name} {label}".encode())
                rows.append(f"{label}/{split}.jpg,{label},{split}")
        (place / name / "split.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return place


def _names(folder: Path) -> list[str]:
    return sorted(str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file())


def test_pictures_go_where_their_source_says_and_never_to_both(clones: Path, data: Path) -> None:
    assert unknowns.main([str(clones), str(data)]) == 0
    taught, shown = _names(data / "unknowns"), _names(data / "unknowns-test")
    assert "wild-cats/tiger/Wild-Cats-Dataset_TIGER_1.jpg" in taught
    assert "wild-cats/puma/Wild-Cats-Dataset_PUMA_1.jpg" in shown
    assert not {Path(one).name for one in taught} & {Path(one).name for one in shown}
    assert _names(data / "looked-at") == [
        "drawn-dogs/sketch-dog-5288/PACS_sketch_dog_5288.png",
        "photos/white_wolf/n02114548_white_wolf.JPEG",
    ]
    assert [one for one in shown if one.startswith("pets/")] == [
        "pets/angora/n02328150_Angora.JPEG",
        "pets/hen/n01514859_hen.JPEG",
        "pets/mud_turtle/n01667114_mud_turtle.JPEG",
    ]
    assert not [one for one in taught if "Faces" in one or "dog" in one or one.endswith("banded_1.png")]
    assert len([one for one in shown if one.startswith("forest-animals/wolf/")]) == 2
    assert len([one for one in shown if one.startswith("clothes/hat/")]) == 40
    assert (
        data / "unknowns/things/cup/101_ObjectCategories_cup_1.jpg"
    ).read_text() == "101_ObjectCategories/cup/1.jpg"


def test_only_training_photos_are_lent(clones: Path, data: Path) -> None:
    assert unknowns.main([str(clones), str(data)]) == 0
    assert _names(data / "unknowns-cats") == ["cats-dogs-full/cat/train.jpg", "cats-dogs/cat/train.jpg"]
    assert _names(data / "unknowns-faces") == ["faces/old/train.jpg", "faces/young/train.jpg"]
    assert len(_names(data / "unknowns-pets")) == 4


def test_a_second_time_nothing_is_written_anew(clones: Path, data: Path) -> None:
    unknowns.main([str(clones), str(data)])
    mine = data / "unknowns/animals/wolf/wolf_1.jpg"
    mine.write_text("kept", encoding="utf-8")
    assert unknowns.main([str(clones), str(data)]) == 0
    assert mine.read_text(encoding="utf-8") == "kept"


def test_a_clone_that_is_not_there_is_named(
    clones: Path, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (clones / "pan8915+DeepTexture").rename(clones / "elsewhere")
    assert unknowns.main([str(clones), str(data)]) == 1
    said = capsys.readouterr().err
    assert "no clone of pan8915/DeepTexture" in said
    assert "git clone" in said


def test_no_kind_of_the_measured_ones_is_taught() -> None:
    sources = tomllib.loads(unknowns.SOURCES.read_text(encoding="utf-8"))
    taught = {one["repository"] for one in sources["unknowns"].values()}
    measured = [*sources["unknowns-test"].values(), *sources["looked-at"].values()]
    both = {one["repository"] for one in measured} & taught
    assert both == {"FabriDeCastelli/Wild-Cats-Classification", "MachineLearning2020/Homework3-PACS"}


def test_no_pet_is_counted_in_two_rows() -> None:
    """The pictures that lie beside the project are of the same collection, under names in small letters."""
    others = SHARED_PHOTOS / "other"
    if not others.is_dir():
        pytest.skip(f"the photos are not at {others}")
    source = tomllib.loads(unknowns.SOURCES.read_text(encoding="utf-8"))["unknowns-test"]["pets"]
    pattern = re.compile(source["pattern"], re.IGNORECASE)
    assert pattern.match("n02328150_angora.JPEG")
    assert not [file.name for file in others.iterdir() if pattern.match(f"{file.stem}.JPEG")]
