"""A job: a generator run on a thread of its own, whose items arrive on the window's thread in batches."""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from desktop.language import tr
from desktop.work.turns import give_way, unbroken
from whatsit.errors import WhatsitError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

T = TypeVar("T")
EVERY = 0.05  # seconds between two deliveries: faster than this nobody sees a difference
MOST_AT_ONCE = 500  # a delivery takes a few milliseconds, however fast the work is

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Delivery:
    """At most every so many seconds; `newest` delivers of what waits only the last, and drops the rest."""

    every: float = EVERY
    newest: bool = False


CALM = Delivery()
LIVE = Delivery(every=0.01, newest=True)  # for what is seen as it moves


@dataclass(frozen=True, slots=True)
class Ending:
    """How a job ended: by itself, stopped, or by an error."""

    stopped: bool = False
    error: WhatsitError | None = None


class Job(Generic[T]):
    """Runs `work` on a thread; `deliver` and `end` are called on the thread that made the job.

    `interrupt` wakes work that waits for something; it is called once when the job is stopped.
    """

    def __init__(
        self,
        name: str,
        work: Generator[T, None, None],
        deliver: Callable[[list[T]], None],
        end: Callable[[Ending], None] = lambda _: None,
        *,
        interrupt: Callable[[], None] = lambda: None,
        delivery: Delivery = CALM,
    ) -> None:
        self._work, self._deliver, self._end, self._interrupt = work, deliver, end, interrupt
        self._items: deque[T] = deque(maxlen=1 if delivery.newest else None)
        self._stopping = threading.Event()
        self._error: WhatsitError | None = None
        self._thread = threading.Thread(target=self._run, name=f"whatsit {name}")
        self._bell = _Bell(self._collect, delivery.every)

    def start(self) -> Job[T]:
        """Start the thread and return this job."""
        self._thread.start()
        return self

    def stop(self) -> None:
        """Ask the work to stop; what it had finished is still delivered, then `end` is called."""
        if not self._stopping.is_set():
            self._stopping.set()
            self._interrupt()

    def hurry(self) -> None:
        """Deliver now what the work has made so far."""
        while self._items and not self._bell.silent:
            self._deliver_batch()

    def abandon(self) -> None:
        """Ask the work to stop, and deliver nothing more."""
        self._bell.silence()
        self.stop()

    def join(self) -> None:
        """Abandon the work and wait until its thread is gone."""
        self.abandon()
        self._thread.join()

    @property
    def over(self) -> bool:
        """Whether the thread is gone and nothing will be delivered: until then, hold on to the job."""
        return self._bell.silent and not self._thread.is_alive()

    def _run(self) -> None:
        give_way()
        try:
            with closing(self._work):
                for item in self._work:
                    self._items.append(item)
                    self._bell.ring()
                    if self._stopping.is_set():
                        break
        except WhatsitError as error:
            self._error = error
        except Exception:  # noqa: BLE001 - the thread's edge: a person is told in plain words, the log has the rest
            _log.exception("%s failed", self._thread.name)
            self._error = WhatsitError(
                tr("Something went wrong inside Whatsit."), hint=tr("The log has the details.")
            )
        self._bell.ring_last()

    def _collect(self, last: bool) -> None:  # noqa: FBT001 - said by the bell, not chosen by a caller
        self._deliver_batch()
        if self._items:
            self._bell.at_once()
        elif last and not self._bell.silent:  # a delivery may have abandoned this job
            self._thread.join()
            self._bell.silence()
            self._end(Ending(self._stopping.is_set(), self._error))

    def _deliver_batch(self) -> None:
        if batch := [self._items.popleft() for _ in range(min(len(self._items), MOST_AT_ONCE))]:
            self._deliver(batch)


def _nobody(last: bool) -> None:  # noqa: FBT001 - as in Job
    """Answer a bell that was silenced."""


class _Bell(QObject):
    """Carries "there is something" from the work's thread to the window's, at most every so many seconds."""

    _rung = Signal()

    def __init__(self, answer: Callable[[bool], None], every: float) -> None:
        super().__init__()
        self.silent = False
        self._answer, self._pending, self._last = answer, False, False
        self._lock = threading.Lock()
        self._every, self._answered = every, -every
        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._call)
        self._rung.connect(self.again, Qt.ConnectionType.QueuedConnection)

    def ring(self) -> None:
        """Say, from any thread, that there is something to collect."""
        with self._lock:
            if self._pending or self.silent:
                return
            self._pending = True
        self._rung.emit()

    def ring_last(self) -> None:
        """Say, from any thread, that nothing will follow."""
        self._last = True
        self.ring()

    def silence(self) -> None:
        """Never call again, and hold on to nobody.

        Otherwise job and bell would hold each other, and Python may collect such a ring, with the timer in
        it, on any thread.
        """
        with self._lock:
            self.silent = True
        self._timer.stop()
        self._answer = _nobody

    @Slot()
    def again(self) -> None:
        """Call as soon as so many seconds have passed since the last call."""
        if not self.silent:
            wait = self._answered + self._every - time.monotonic()
            self._timer.start(max(0, round(wait * 1000)))

    def at_once(self) -> None:
        """Call again as soon as the window had its turn."""
        if not self.silent:
            self._timer.start(0)

    @unbroken
    def _call(self) -> None:
        self._pending = False
        last = self._last  # read before collecting: whatever was made before it is collected with it
        self._answered = time.monotonic()
        self._answer(last)
