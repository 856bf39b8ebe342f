from __future__ import annotations

import itertools
import os
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whatsit.sorting import names

ANY_NAME = st.text(st.characters(exclude_categories=["Cs"]), max_size=400)


@pytest.mark.parametrize(
    ("label", "folder"),
    [
        ("cat", "cat"),
        ("Yorkshire terrier", "Yorkshire terrier"),
        ("young/old", "young-old"),
        ("..", "label _"),
        ("../../etc", "label ..-..-etc"),
        ("a:b?c*", "a-b-c-"),
        ("\xa0", "label _"),
        ("CON", "CON_"),
        ("nul.txt", "nul_.txt"),
        ("com¹", "com¹_"),
        ("console", "console"),
        ("dot. ", "dot"),
        ("_unknown", "label _unknown"),
        (".hidden", "label .hidden"),
        ("line\nbreak\x1b[31m", "line-break-[31m"),
        ("Cafe\u0301", "Café"),
        ("狗", "狗"),
    ],
)
def test_a_label_becomes_a_name_that_every_disk_holds(label: str, folder: str) -> None:
    assert names.of_label(label) == folder


@given(ANY_NAME)
def test_every_label_has_a_folder_of_its_own_below_the_destination(label: str) -> None:
    made = names.of_label(label)
    assert made not in {"", ".", ".."}
    assert not made.startswith((".", "_", " "))
    assert not made.endswith((".", " "))
    assert not set(made) & set('<>:"/\\|?*\0\n')
    assert len(os.fsencode(made)) <= 130


@given(st.lists(ANY_NAME, max_size=8, unique=True))
def test_no_two_labels_share_a_folder_on_any_disk(labels: list[str]) -> None:
    made = names.of_labels(labels)
    assert len({names.key(name) for name in made.values()}) == len(labels)


@pytest.mark.parametrize(
    ("one", "other"),
    [("IMG.JPG", "img.jpg"), ("Caf\u00e9.jpg", "Cafe\u0301.jpg"), ("STRASSE", "straße"), ("İ", "i\u0307")],
)
def test_names_that_some_disk_takes_for_one(one: str, other: str) -> None:
    assert names.key(one) == names.key(other)


@given(ANY_NAME)
def test_a_key_knows_no_form(name: str) -> None:
    assert names.key(unicodedata.normalize("NFD", name)) == names.key(unicodedata.normalize("NFC", name))
    assert names.key(names.key(name)) == names.key(name)


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="/"), min_size=1, max_size=255)
)
def test_numbered_names_fit(stem: str) -> None:
    made = [one + ".jpg.xmp" for one in itertools.islice(names.numbered(stem, [".jpg", ".jpg.xmp"]), 12)]
    assert all(len(os.fsencode(name)) <= 255 for name in made)
    assert len(set(made)) == 12
