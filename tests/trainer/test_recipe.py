from pathlib import Path

import pytest

from trainer import recipe
from whatsit.errors import UsageError


def test_every_recipe_loads_and_says_what_it_trains() -> None:
    assert "cats-dogs-edge" in recipe.names()
    for name in recipe.names():
        assert len(recipe.load(name).sentence) > 20


def test_override_changes_one_key_and_keeps_the_rest() -> None:
    plain = recipe.load("cats-dogs-edge")
    changed = recipe.load("cats-dogs-edge", ("finetune.epochs=10", "input.resize=crop", "data.also=[]"))
    assert (changed.finetune.epochs, changed.input.resize, changed.data.also) == (10, "crop", ())
    assert changed.finetune.batch == plain.finetune.batch


@pytest.mark.parametrize(
    ("name", "overrides", "nearest"),
    [
        ("cats-dog-edge", (), "cats-dogs-edge"),
        ("cats-dogs-edge", ("finetune.epoch=3",), "finetune.epochs"),
        ("cats-dogs-edge", ("epochs",), "finetune.epochs"),
    ],
)
def test_a_mistyped_name_or_key_gets_the_nearest(name: str, overrides: tuple[str, ...], nearest: str) -> None:
    with pytest.raises(UsageError, match=nearest):
        recipe.load(name, overrides)


@pytest.mark.parametrize(
    "override", ["finetune.epochs=many", "finetune.epochs=7", "augment.area=3", "input.height=0"]
)
def test_a_wrong_value_is_refused_by_name(override: str) -> None:
    with pytest.raises(UsageError, match=override.partition("=")[0].partition(".")[0]):
        recipe.load("cats-dogs-edge", (override,))


def test_an_unknown_key_in_a_file_is_refused_with_the_nearest(tmp_path: Path) -> None:
    text = (recipe.FOLDER / "cats-dogs-edge.toml").read_text()
    (tmp_path / "mine.toml").write_text(text.replace("learning_rate", "learning_rat"))
    with pytest.raises(UsageError, match=r"finetune\.learning_rate"):
        recipe.load(str(tmp_path / "mine.toml"))


def test_a_file_that_is_no_toml_is_named(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text("what = is this")
    with pytest.raises(UsageError, match=r"mine\.toml"):
        recipe.load(str(tmp_path / "mine.toml"))
