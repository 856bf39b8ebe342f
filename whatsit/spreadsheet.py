"""Results as a spreadsheet: photos on one sheet, the facts of the run on another."""

from __future__ import annotations

import contextlib
import tempfile
from typing import TYPE_CHECKING, Final

import xlsxwriter

from whatsit import files
from whatsit.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

MOST_ROWS: Final = 1_048_575  # what Excel has room for, below the head
_WIDTHS: Final = {"path": 44, "candidates": 40, "reason": 30}
_WIDTH: Final = 14
_SHARES: Final = frozenset(("confidence", "then_confidence"))
# Rows go to disk as they come, and a text stays text: a name may look like a formula or an address.
_OPTIONS: Final = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}

Cell = str | int | float | None


class Spreadsheet:
    """A table under its head, row by row."""

    def __init__(self, book: xlsxwriter.Workbook, columns: Sequence[str]) -> None:
        self._book, self._rows = book, 0
        self._bold = book.add_format({"bold": True})
        share = book.add_format({"num_format": "0.0%"})
        self._sheet = book.add_worksheet("Photos")
        for place, name in enumerate(columns):
            self._sheet.set_column(
                place, place, _WIDTHS.get(name, _WIDTH), share if name in _SHARES else None
            )
        self._sheet.freeze_panes(1, 1)
        self._sheet.write_row(0, 0, columns, self._bold)
        self._columns = len(columns)

    def write(self, cells: Sequence[Cell]) -> None:
        """Write one row.

        Raises UsageError where there are more than a spreadsheet has room for.
        """
        self._rows += 1
        if self._rows > MOST_ROWS:
            raise UsageError(
                f"a spreadsheet has room for {MOST_ROWS:,} photos.", hint="Write them as CSV or JSONL."
            )
        for place, cell in enumerate(cells):
            if isinstance(cell, str):
                self._sheet.write_string(self._rows, place, cell)
            elif cell is not None:
                self._sheet.write_number(self._rows, place, cell)

    def finish(self, facts: Mapping[str, str]) -> None:
        """Write the facts of the run on a sheet of their own."""
        self._sheet.autofilter(0, 0, max(self._rows, 1), self._columns - 1)
        sheet = self._book.add_worksheet("Run")
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, 1, 70)
        for row, (name, value) in enumerate(facts.items()):
            sheet.write_string(row, 0, name, self._bold)
            sheet.write_string(row, 1, value)


@contextlib.contextmanager
def opened(out: Path, columns: Sequence[str]) -> Iterator[Spreadsheet]:
    """Open a spreadsheet that is there once the block ends without an error.

    Raises UsageError when `out` is there and is no file.
    """
    with files.replacing(out) as temporary, tempfile.TemporaryDirectory(prefix="whatsit-") as folder:
        book = xlsxwriter.Workbook(str(temporary), {**_OPTIONS, "tmpdir": folder})
        try:
            yield Spreadsheet(book, columns)
        finally:
            book.close()
