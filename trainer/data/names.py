"""Labels that photos carry in their file names: a word with a number, or an age."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from trainer.sections import Age

_NUMBER_BEHIND: Final = re.compile(r"[ _.\-]*\(?\d+\)?$")
_NUMBER: Final = re.compile(r"\d+")
_OLDEST: Final = 150


def label_in(path: str) -> str:
    """Return what stands before the first dot of `cat.0.jpg`, or before the number of `basset_hound_12.jpg`.

    A name that begins with a figure has no label: nothing is returned.
    """
    name, _, rest = PurePosixPath(path).name.partition(".")
    label = name if "." in rest else _NUMBER_BEHIND.sub("", name)
    return "" if label[:1].isdecimal() else label.strip()


def label_by_age(path: str, age: Age) -> str:
    """Return the label that the first number in a file's name gives as an age; nothing where that is none."""
    number = _NUMBER.search(PurePosixPath(path).name)
    if number is None or int(number[0]) > _OLDEST:
        return ""
    return age.younger if int(number[0]) < age.limit else age.older
