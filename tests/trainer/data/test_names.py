import pytest

from trainer.data import names
from trainer.sections import Age


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("cat.0.jpg", "cat"),
        ("a folder/dog.12.jpeg", "dog"),
        ("basset_hound_12.jpg", "basset_hound"),
        ("Maine Coon (3).jpg", "Maine Coon"),
        ("dog12.jpg", "dog"),
        ("tulip-0007.png", "tulip"),
        ("beach.jpg", "beach"),
        ("123.jpg", ""),
        ("25_0_1.jpg.chip.jpg", ""),
        (".jpg", ""),
    ],
)
def test_what_a_name_says(path: str, label: str) -> None:
    assert names.label_in(path) == label


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("17_0_1_2017.jpg", "young"),
        ("99/18_0.jpg", "old"),
        ("face_3.jpg", "young"),
        ("face.jpg", ""),
        ("151.jpg", ""),
    ],
)
def test_how_old_a_name_says(path: str, label: str) -> None:
    assert names.label_by_age(path, Age(limit=18)) == label
