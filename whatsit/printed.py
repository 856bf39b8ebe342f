"""Results as a table on the terminal, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TextIO

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from whatsit import files
from whatsit.decisions import NOT_CALIBRATED, Status
from whatsit.manifest import fine_grained

if TYPE_CHECKING:
    from collections.abc import Sequence

    from whatsit.manifest import Manifest
    from whatsit.results import CountsRecord, NextModelRecord, PhotoRecord, RunRecord, ThenRecord

_ALMOST: Final = 0.9995
_CONFIDENCE: Final = len(NOT_CALIBRATED)  # the widest that stands in place of a percentage
_WORDS: Final = {
    Status.NOT_SURE: ("not sure", "yellow"),
    Status.UNKNOWN: ("unknown", "magenta"),
    Status.FAILED: ("failed", "red"),
    Status.SKIPPED: ("skipped", "dim"),
}


class TableWriter:
    """Rows for people, as they come: the answer, how sure it is, the photo, the reason.

    `manifests` are of the models that answer, the first one's first.
    """

    def __init__(self, file: TextIO, manifests: Sequence[Manifest]) -> None:
        # On a terminal the console asks for standard output each time: rows go above a progress bar.
        self._console = Console(file=None if file.isatty() else file, highlight=False, soft_wrap=True)
        self._fine_grained = {one.name for one in manifests if fine_grained(one.labels)}
        head = "Looks most like" if manifests[0].name in self._fine_grained else "Answer"
        labels = [files.shown(label.name) for label in manifests[0].labels]
        self._width = max(cell_len(word) for word in (head, "not sure", "unknown", *labels))
        self._console.print(
            Text(f"{head:<{self._width}}  {'Confidence':>{_CONFIDENCE}}  Photo", style="bold")
        )

    def write(self, record: PhotoRecord) -> None:
        """Print one photo as a row."""
        word, style = _WORDS.get(record.status, (files.shown(record.label), "green"))
        line = Text(word.ljust(self._width - cell_len(word) + len(word)), style=style)
        confidence = _confidence(record)
        line.append(f"  {confidence:>{_CONFIDENCE}}  {record.path}", style="default")
        if record.reason and record.reason != confidence:
            line.append(f"  {record.reason}", style="dim")
        if record.then:
            line.append(f"  {self._said(record.then)}", style="cyan")
        self._console.print(line)

    def finish(self, counts: CountsRecord) -> None:
        """Do nothing: the summary is the command's last line."""

    def _said(self, then: ThenRecord) -> str:
        """Return what the next model of a chain says, to read."""
        if then.status is Status.ANSWERED:
            sure = _confidence(then)
            how = "looks most like " if then.model in self._fine_grained else ""
            return f"{how}{files.shown(then.label)}" + (f" ({sure})" if sure else "")
        word = _WORDS[then.status][0]
        return f"{then.model}: {word}" + (f" ({then.reason})" if then.reason else "")


def _confidence(record: PhotoRecord | ThenRecord) -> str:
    if record.confidence is None:
        return ""
    return NOT_CALIBRATED if record.reason == NOT_CALIBRATED else _percent(record.confidence)


def _percent(confidence: float) -> str:
    """Return a confidence to read: never rounded up to a certainty that nobody measured."""
    return f"{confidence:.1%}" if confidence < _ALMOST else ">99.9%"


def summary(counts: CountsRecord, run: RunRecord, recalled: int) -> str:
    """Return the sum in one line: how many entries ended how, how fast, and by what."""
    parts = {
        "answered": counts.answered,
        "not sure": counts.not_sure,
        "unknown": counts.unknown,
        "failed": counts.failed,
        "skipped": counts.skipped,
    }
    added = " + ".join(f"{count:,} {word}" for word, count in parts.items())
    known = f" ({recalled:,} answers known from before)" if recalled else ""
    ran = _ran(run)
    for one in run.then:
        ran += f"; then for {files.shown(one.asked_of)}: {_ran(one)}"
    # What was known took no time: a pace with it in would say nothing of the model.
    pace = "" if recalled else f"{counts.photos_per_second:,.1f} photos per second, "
    return f"{counts.found:,} found = {added}{known}; {pace}{ran}"


def _ran(run: RunRecord | NextModelRecord) -> str:
    reason = f" ({run.device_reason})" if run.device_reason else ""
    return f"{run.model} {run.variant} on {run.device}{reason}"
