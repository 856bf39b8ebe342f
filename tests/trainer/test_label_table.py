from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from trainer import label_table, recipes_file
from whatsit.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path


def test_labels_get_their_group_and_names() -> None:
    husky, mongrel = label_table.labels(["siberian_husky", "mongrel"], "dog-breeds")
    assert (husky.id, husky.name, husky.group) == (0, "siberian_husky", "spitz")
    assert husky.names == {"en": "Siberian husky", "zh": "西伯利亚雪橇犬", "ru": "сибирский хаски"}
    assert (mongrel.id, mongrel.group, mongrel.names) == (1, "", {})
    assert [one.group for one in label_table.labels(["siberian_husky"], "")] == [""]


def test_every_breed_has_names_in_every_language_and_no_two_the_same() -> None:
    breeds = label_table._read("dog-breeds")
    assert len(breeds) == 120
    for language in ("en", "zh", "ru"):
        assert len({one.names[language] for one in breeds.values()}) == 120
    assert {name for name, one in breeds.items() if one.group == "wild dog"} == {
        "dingo", "dhole", "african_hunting_dog",
    }  # fmt: skip


def test_a_table_that_is_not_there_gets_the_nearest(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="did you mean 'dog-breeds'"):
        label_table.labels(["pug"], "dog-breed")
    (tmp_path / "odd.toml").write_text('pug = { groups = "toy dog" }', encoding="utf-8")
    monkeypatch.setattr(label_table, "FOLDER", tmp_path)
    with pytest.raises(UsageError, match=r"pug\.groups"):
        label_table.labels(["pug"], "odd")


def test_the_tables_that_recipes_name_are_there() -> None:
    named = {recipes_file.load(name).model.labels for name in recipes_file.names()}
    assert named == {"", "dog-breeds"}
    for table in named:
        label_table.labels([], table)
