"""Answers read back from a file that `classify --out` wrote, and that a person may have put right."""

from __future__ import annotations

import base64
import binascii
import json
from typing import TYPE_CHECKING, Final

from pydantic import TypeAdapter, ValidationError

from whatsit import files, tables
from whatsit.decisions import NOT_CALIBRATED, Answer, Candidate, Then
from whatsit.errors import DataError
from whatsit.manifest import first_problem
from whatsit.results import CandidateRecord, PhotoRecord, ThenRecord
from whatsit.writers import COLUMNS, is_formula

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from whatsit.photos import Photo
    from whatsit.tables import Line

_CANDIDATES: Final = TypeAdapter(tuple[CandidateRecord, ...])
_THEN: Final = "then_"
_NEEDED: Final = frozenset(("path", "status", "label"))


class AnswersFile:
    """The answers in a file, by the names of their photos; each is asked for once.

    Raises DataError when the file is not what `classify --out` writes.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        self._records = {_name(record): record for record in _read(file)}
        self.count = len(self._records)
        self.model = next((record.model for record in self._records.values()), "")

    def take(self, photo: Photo) -> PhotoRecord | None:
        """Return a photo's record; None where the file has none."""
        return self._records.pop(photo.raw_name, None) or self._records.pop(photo.name.encode(), None)

    @property
    def rest(self) -> list[str]:
        """The photos that nobody asked for."""
        return [record.path for record in self._records.values()]


def answer_of(record: PhotoRecord | ThenRecord) -> Answer:
    """Return the answer that a record was written of."""
    then = record.then if isinstance(record, PhotoRecord) else None
    return Answer(
        record.status,
        record.label,
        record.confidence,
        tuple(Candidate(one.label, one.confidence) for one in record.candidates),
        record.group,
        record.novelty,
        record.reason,
        calibrated=record.reason != NOT_CALIBRATED,
        then=Then(then.model, answer_of(then)) if then else None,
    )


def _name(record: PhotoRecord) -> bytes:
    if record.path_bytes is None:
        return record.path.encode()
    return base64.b64decode(record.path_bytes)


def _read(file: Path) -> Iterator[PhotoRecord]:
    if file.suffix.lower() == ".xlsx":
        raise DataError("a spreadsheet is not read.", hint="Save its first sheet as CSV.", path=file)
    try:
        if file.suffix.lower() == ".csv":
            yield from _from_table(file)
        elif file.suffix.lower() == ".jsonl":
            yield from _from_lines(file)
        else:
            for one in json.loads(file.read_bytes())["photos"]:
                yield PhotoRecord.model_validate(one)
    except ValidationError as error:
        raise DataError(f"this is no file of answers: {first_problem(error)}.", path=file) from None
    except (KeyError, TypeError, ValueError, binascii.Error) as error:
        raise DataError(f"this is no file of answers ({error}).", path=file) from None
    except OSError as error:
        raise DataError(f"the answers cannot be read ({error.strerror}).", path=file) from None


def _from_lines(file: Path) -> Iterator[PhotoRecord]:
    with file.open("rb") as lines:
        for line in lines:
            if not line.endswith(b"\n"):  # the run was killed while it wrote
                return
            cells = json.loads(line)
            if cells["record"] == "photo":
                yield PhotoRecord.model_validate(cells)


def _from_table(file: Path) -> Iterator[PhotoRecord]:
    table = tables.read(file)
    if not set(table.columns) >= _NEEDED:
        missing = ", ".join(sorted(_NEEDED - set(table.columns)))
        raise DataError(f"the table has no column {missing}.", hint="Was it made by 'classify'?", path=file)
    for line in table.lines:
        yield _of_line(line, file)


def _of_line(line: Line, file: Path) -> PhotoRecord:
    cells = {name: _plain(cell) for name, cell in line.cells.items() if name}
    then = {name.removeprefix(_THEN): cell for name, cell in cells.items() if name.startswith(_THEN)}
    try:
        return PhotoRecord.model_validate(
            {
                **{name: _value(name, cells.get(name, "")) for name in COLUMNS},
                "then": {name: _value(name, cell) for name, cell in then.items()}
                if any(then.values())
                else None,
            }
        )
    except ValueError as error:
        said = first_problem(error) if isinstance(error, ValidationError) else str(error)
        raise DataError(f"line {line.number} is no answer ({files.shown(said)}).", path=file) from None


def _value(column: str, cell: str) -> object:
    """Return what stands in a cell, as a record has it."""
    match column:
        case "path":
            return cell.removeprefix("./")
        case "candidates":
            return _CANDIDATES.validate_json(cell or "[]")
        case "confidence" | "novelty":
            return cell or None
        case "person_label":
            return cell.strip()
    return cell


def _plain(cell: str) -> str:
    """Return a cell without the mark that keeps a spreadsheet from reading a formula."""
    return cell[1:] if cell[:1] == "'" and is_formula(cell[1:]) else cell
