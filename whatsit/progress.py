"""How far long work is: a bar with rate and time left on a terminal, plain lines elsewhere."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

Advance = Callable[[], None]
_SECONDS_BETWEEN_LINES: Final = 10.0


class Progress:
    """Shows on standard error how much of `total` (None: not known) is done; a context manager."""

    def __init__(self, title: str, total: int | None, unit: str = "photos") -> None:
        self._title, self._total, self._unit = title, total, unit
        self._done = self._skipped = 0
        self._started = self._spoken = time.monotonic()
        self._note = ""
        console = Console(stderr=True)
        self._bar = _bar(console) if console.is_terminal else None
        self._task = self._bar.add_task(title, total=total, note="") if self._bar else None

    def __enter__(self) -> Self:
        if self._bar:
            self._bar.start()
        else:
            self._say()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar:
            self._bar.stop()
        else:
            self._say()

    @property
    def rate(self) -> float:
        """How many a second so far."""
        return self._done / max(time.monotonic() - self._started, 1e-9)

    def skip(self, count: int) -> None:
        """Count `count` as done before this began: they are shown, and are no part of the rate."""
        self._skipped += count
        if self._bar and self._task is not None:
            self._bar.update(self._task, advance=count)

    def stage(self, note: str) -> None:
        """Say what is being done now; it stands behind the figures."""
        self._note = note
        if self._bar and self._task is not None:
            self._bar.update(self._task, note=note)
        else:
            self._say()

    def advance(self, count: int = 1, note: str = "") -> None:
        """Say that `count` more are done; `note` stands behind the figures."""
        self._done += count
        self._note = note or self._note
        if self._bar and self._task is not None:
            text = f"{self.rate:,.0f} {self._unit}/s {self._note}"
            self._bar.update(self._task, advance=count, note=text)
        elif time.monotonic() - self._spoken >= _SECONDS_BETWEEN_LINES:
            self._say()

    def _say(self) -> None:
        self._spoken = time.monotonic()
        done = self._done + self._skipped
        total = "" if self._total is None else f" of {self._total:,}"
        line = f"{self._title}: {done:,}{total} {self._unit}"
        if self._done:
            line += f", {self.rate:,.1f}/s"
            if self._total and done < self._total:
                line += f", {_duration((self._total - done) / self.rate)} left"
        Console(stderr=True, soft_wrap=True).print(
            f"{line} {self._note}".rstrip(), markup=False, highlight=False
        )


@contextlib.contextmanager
def shown(title: str, total: int, unit: str, *, quiet: bool) -> Iterator[Advance]:
    """Yield what is to be called once for each that is done; it is shown unless `quiet`."""
    if quiet:
        yield lambda: None
        return
    with Progress(title, total, unit) as progress:
        yield progress.advance


def _bar(console: Console) -> Bar:
    return Bar(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[note]}"),
        console=console,
    )


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {rest} s" if minutes else f"{rest} s"
