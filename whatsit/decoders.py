"""Threads that work ahead; one whose work takes too long is left behind, so that the rest goes on."""

from __future__ import annotations

import threading
import time
from collections import deque
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, Final, Generic, Literal, TypeVar

from whatsit.errors import WhatsitError

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
NAME: Final = "whatsit-decode"
_MOST_LEFT_BEHIND: Final = 8
_SECONDS_TO_CLOSE: Final = 5.0
_Ticket = Literal["job", "end"]  # one for each job, and one that ends a thread


class Job(Generic[T]):
    """One piece of work on its way; `work` raises nothing."""

    def __init__(self, work: Callable[[], T]) -> None:
        self._work = work
        self._done, self._began = threading.Event(), 0.0
        self._value: T | None = None
        self.left_behind = False

    @property
    def is_done(self) -> bool:
        """Whether the value is there."""
        return self._done.is_set()

    @property
    def has_begun(self) -> bool:
        """Whether a thread has taken it up."""
        return self._began > 0

    @property
    def value(self) -> T | None:
        """What the work gave; None until it is done."""
        return self._value

    def run(self) -> None:
        """Do the work."""
        self._began = time.monotonic()
        self._value = self._work()
        self._done.set()

    def wait_until_done(self, seconds: float) -> bool:
        """Wait at most `seconds` from now, and return whether the work is done."""
        return self._done.wait(seconds)

    def wait(self, seconds: float) -> bool:
        """Wait until the work is done, at most `seconds` from its beginning, and return whether it is."""
        left = seconds
        while not self._done.wait(left):
            left = self._began + seconds - time.monotonic() if self._began else seconds
            if left <= 0:
                return False
        return True


class Decoders:
    """So many threads; what is to be done first is, the rest in its order; each decoding has `seconds`."""

    def __init__(self, count: int, seconds: float) -> None:
        self.count, self.seconds = count, seconds
        self._first: deque[Job[Any]] = deque()
        self._jobs: deque[Job[Any]] = deque()
        self._tickets: SimpleQueue[_Ticket] = SimpleQueue()
        self._threads = [self._started() for _ in range(count)]
        self._left_behind: list[Job[Any]] = []

    def submit(self, work: Callable[[], T]) -> Job[T]:
        """Return the job that does `work` after those before it."""
        return self._submitted(self._jobs, work)

    def submit_first(self, work: Callable[[], T]) -> Job[T]:
        """Return the job that does `work` before all that was only submitted."""
        return self._submitted(self._first, work)

    def value(self, job: Job[T]) -> T | None:
        """Return what came of the job, waiting for it; None when it took too long.

        Raises WhatsitError when too many jobs are stuck at once: then it is no single photo's fault.
        """
        if job.wait(self.seconds):
            return job.value
        job.left_behind = True
        self._left_behind = [one for one in self._left_behind if not one.is_done] + [job]
        if len(self._left_behind) > _MOST_LEFT_BEHIND:
            raise WhatsitError(
                f"{len(self._left_behind)} photos at once cannot be read in time.",
                hint="Is the disk still there? Try again once it answers.",
            )
        self._threads.append(self._started())
        return None

    def finished(self, job: Job[T]) -> T | None:
        """Return what came of a job that was to be done first, however long it takes."""
        while not job.wait_until_done(self.seconds):
            if not job.has_begun:  # every thread is stuck in a disk
                self._threads.append(self._started())
        return job.value

    def close(self) -> None:
        """End the threads; what is stuck is not waited for."""
        self._first.clear()
        self._jobs.clear()
        for _ in self._threads:
            self._tickets.put("end")
        ends = time.monotonic() + _SECONDS_TO_CLOSE
        stuck = sum(not one.is_done for one in self._left_behind)
        for thread in self._threads if not stuck else ():
            thread.join(max(0.0, ends - time.monotonic()))

    def _submitted(self, jobs: deque[Job[Any]], work: Callable[[], T]) -> Job[T]:
        job = Job(work)
        jobs.append(job)
        self._tickets.put("job")
        return job

    def _started(self) -> threading.Thread:
        # Daemons: Python waits for all others at its end, and a disk that is gone may never answer.
        thread = threading.Thread(target=self._work, name=NAME, daemon=True)
        thread.start()
        return thread

    def _work(self) -> None:
        while self._tickets.get() == "job":
            job = self._next()
            if job is None:
                continue
            job.run()
            if job.left_behind:  # another thread has taken this one's place
                return

    def _next(self) -> Job[Any] | None:
        for jobs in (self._first, self._jobs):
            try:
                return jobs.popleft()
            except IndexError:
                continue
        return None  # closed meanwhile
