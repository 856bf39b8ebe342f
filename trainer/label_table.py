"""What is known of labels beside their photos: groups and names, in tables that recipes name."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pydantic import Field, TypeAdapter, ValidationError

from whatsit.errors import UsageError, nearest
from whatsit.manifest import Label, Record, first_problem

if TYPE_CHECKING:
    from collections.abc import Sequence

FOLDER: Final = Path(__file__).parent / "label_tables"


class Facts(Record):
    """A label's group, and its names by language."""

    group: str = ""
    names: dict[str, str] = Field(default_factory=dict)


def labels(names: Sequence[str], table: str) -> tuple[Label, ...]:
    """Return the labels of these names, with what the `table` says of them, if there is one and it does.

    Raises UsageError when there is no such table or it is not valid.
    """
    facts = _read(table) if table else {}
    known = {name: facts.get(name, Facts()) for name in names}
    return tuple(
        Label(id=number, name=name, group=one.group, names=one.names)
        for number, (name, one) in enumerate(known.items())
    )


def _read(table: str) -> dict[str, Facts]:
    file = FOLDER / f"{table}.toml"
    if not file.is_file():
        there = [path.stem for path in FOLDER.glob("*.toml")]
        raise UsageError(f"model.labels: there is no table {table!r};", hint=nearest(table, there))
    try:
        return TypeAdapter(dict[str, Facts]).validate_python(tomllib.loads(file.read_text(encoding="utf-8")))
    except ValidationError as error:
        raise UsageError(f"the table of labels is not valid: {first_problem(error)}.", path=file) from None
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"the table of labels is not valid TOML ({error}).", path=file) from None
