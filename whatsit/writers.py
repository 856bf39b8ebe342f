"""Results as CSV, JSON, JSONL and XLSX files, or on the terminal."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import sys
from typing import TYPE_CHECKING, Final, Literal, Protocol, TextIO

from whatsit import files, kinds
from whatsit.errors import UsageError
from whatsit.printed import TableWriter
from whatsit.results import PhotoRecord, ThenRecord

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from whatsit.manifest import Manifest
    from whatsit.results import CountsRecord, RunRecord
    from whatsit.spreadsheet import Cell, Spreadsheet

Format = Literal["table", "csv", "json", "jsonl", "xlsx"]
COLUMNS: Final = tuple(
    name for name in PhotoRecord.model_fields if name not in ("record", "path_bytes", "then")
)
_THEN: Final = tuple(ThenRecord.model_fields)
# What a spreadsheet takes for the beginning of a formula, the wide forms of East Asian keyboards included.
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")


class Writer(Protocol):
    """Takes the photos one by one, then the counts."""

    def write(self, record: PhotoRecord) -> None:
        """Write one photo."""
        ...

    def finish(self, counts: CountsRecord) -> None:
        """Write the counts: the run is complete."""
        ...


def check_out(kind: Format, out: Path) -> None:
    """Raise UsageError when answers of that kind cannot be written there, or would take a photo's place."""
    if kinds.is_picture_name(out.name):  # `--out *.jpg`, say, whose first photo would be lost
        raise UsageError("this is a picture's name.", hint=f"Name another file: answers.{kind}", path=out)
    if kind != "jsonl" or out.is_dir():  # lines may go into a pipe or a device as they come
        files.check_target(out)
    if kind == "csv":
        files.check_target(_facts_file(out))


def _facts_file(out: Path) -> Path:
    return out.with_name(f"{out.name}.meta.json")


@contextlib.contextmanager
def opened(kind: Format, out: Path | None, run: RunRecord, manifests: Sequence[Manifest]) -> Iterator[Writer]:
    """Open a writer of that kind on a file, or on standard output.

    `manifests` are of the models that answer, the first one's first: a table needs them. A CSV, JSON or
    XLSX file is there once the block ends without an error; JSONL grows as photos come.
    Raises UsageError when a spreadsheet is to go to standard output.
    """
    if kind == "xlsx":
        if out is None:
            raise UsageError("a spreadsheet is no text to print.", hint="Name a file: --out FILE.xlsx")
        from whatsit import spreadsheet  # noqa: PLC0415 - it takes long to load, and few write one

        with spreadsheet.opened(out, _columns(run)) as sheet:
            yield XlsxWriter(sheet, run)
    elif out is None:
        yield _writer(kind, _standard_output(kind), run, manifests, None)
    elif kind == "jsonl":
        out.parent.mkdir(parents=True, exist_ok=True)
        with out.open("w", encoding="utf-8", newline="\n") as file:
            yield _writer(kind, file, run, manifests, out)
    else:
        with files.replacing(out) as temporary, temporary.open("w", encoding="utf-8", newline="\n") as file:
            yield _writer(kind, file, run, manifests, out)


def _writer(
    kind: Format, file: TextIO, run: RunRecord, manifests: Sequence[Manifest], out: Path | None
) -> Writer:
    match kind:
        case "csv":
            return CsvWriter(file, run, _facts_file(out) if out else None)
        case "json":
            return JsonWriter(file, run)
        case "jsonl":
            return JsonlWriter(file, run)
        case "table" | "xlsx":  # a spreadsheet is no stream of text: `opened` has seen to it
            return TableWriter(file, manifests)


def _standard_output(kind: Format) -> TextIO:
    # Asked for now: a progress bar puts a stand-in for a terminal there later.
    if isinstance(sys.stdout, io.TextIOWrapper):
        encoding = sys.stdout.encoding if kind == "table" else "utf-8"
        sys.stdout.reconfigure(encoding=encoding, errors="backslashreplace")
    return sys.stdout


class CsvWriter:
    """A plain table: one row a photo; the facts of the run go into a file beside it."""

    def __init__(self, file: TextIO, run: RunRecord, facts: Path | None) -> None:
        self._csv = csv.writer(file, lineterminator="\n")
        self._run, self._facts = run, facts
        self._csv.writerow(_columns(run))

    def write(self, record: PhotoRecord) -> None:
        """Write one photo as a row."""
        cells = _row(record, self._run)
        if is_formula(record.path):
            cells[COLUMNS.index("path")] = f"./{record.path}"  # the same file, and no formula
        self._csv.writerow([_plain(value) for value in cells])

    def finish(self, counts: CountsRecord) -> None:
        """Write the facts of the run beside the table."""
        if self._facts:
            facts = {"run": self._run.model_dump(mode="json"), "counts": counts.model_dump(mode="json")}
            files.write_text(self._facts, json.dumps(facts, indent=1, ensure_ascii=False) + "\n")


class XlsxWriter:
    """The same table as CSV, with confidences as percentages; the facts of the run on a second sheet."""

    def __init__(self, sheet: Spreadsheet, run: RunRecord) -> None:
        self._sheet, self._run = sheet, run

    def write(self, record: PhotoRecord) -> None:
        """Write one photo as a row."""
        self._sheet.write(_row(record, self._run))

    def finish(self, counts: CountsRecord) -> None:
        """Write the facts of the run."""
        facts = self._run.model_dump(mode="json", exclude={"record", "then"}, exclude_none=True)
        facts |= counts.model_dump(mode="json", exclude={"record"})
        then = {f"then, of {one.asked_of}": one.model for one in self._run.then}
        self._sheet.finish({name: str(value) for name, value in (facts | then).items()})


def _columns(run: RunRecord) -> list[str]:
    return [*COLUMNS, *(f"then_{name}" for name in _THEN if run.then)]


def _row(record: PhotoRecord, run: RunRecord) -> list[Cell]:
    cells = _cells(record, COLUMNS)
    if run.then:
        cells += _cells(record.then, _THEN) if record.then else [""] * len(_THEN)
    return cells


def _cells(record: PhotoRecord | ThenRecord, columns: Sequence[str]) -> list[Cell]:
    candidates = [one.model_dump() for one in record.candidates]
    listed = json.dumps(candidates, ensure_ascii=False) if candidates else ""
    return [listed if name == "candidates" else getattr(record, name) for name in columns]


def is_formula(text: str) -> bool:
    """Return whether a spreadsheet may take a text for a formula: some pass over the spaces before it."""
    return text.startswith(FORMULA_STARTS) or text.lstrip().startswith(FORMULA_STARTS)


def _plain(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and is_formula(value) else value


class JsonWriter:
    """One document: the run, the photos, the counts; written as they come, so that memory stays small."""

    def __init__(self, file: TextIO, run: RunRecord) -> None:
        self._file, self._separator = file, "\n"
        file.write(f'{{"run": {_json(run, {"record"})},\n"photos": [')

    def write(self, record: PhotoRecord) -> None:
        """Write one photo as an element."""
        self._file.write(self._separator + _json(record, {"record"}))
        self._separator = ",\n"

    def finish(self, counts: CountsRecord) -> None:
        """Close the document with the counts."""
        self._file.write(f'\n],\n"counts": {counts.model_dump_json(exclude={"record"})}}}\n')


class JsonlWriter:
    """One record a line: the run, the photos, the counts."""

    def __init__(self, file: TextIO, run: RunRecord) -> None:
        self._file = file
        file.write(_json(run, set()) + "\n")

    def write(self, record: PhotoRecord) -> None:
        """Write one photo as a line."""
        self._file.write(_json(record, set()) + "\n")

    def finish(self, counts: CountsRecord) -> None:
        """Write the counts as the last line."""
        self._file.write(counts.model_dump_json() + "\n")


def _json(record: PhotoRecord | RunRecord, without: set[str]) -> str:
    """Return a record as JSON, without what most photos and runs do not have."""
    rare = {name for name in ("path_bytes", "then", "threshold") if not getattr(record, name, None)}
    return record.model_dump_json(exclude=without | rare)
