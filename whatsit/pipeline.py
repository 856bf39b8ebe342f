"""The way of many photos through threads that decode and, side by side, run the model."""

from __future__ import annotations

import logging
from collections import deque
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np

from whatsit import limits, pace, tasks
from whatsit.decisions import Answer, Status
from whatsit.decoders import Job
from whatsit.errors import WhatsitError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from whatsit.classifier import Classifier, Outputs
    from whatsit.decisions import Evidence
    from whatsit.decoders import Decoders
    from whatsit.photos import Photo
    from whatsit.tasks import Pixels, Told

_log = logging.getLogger(__name__)
_FEW: Final = 32  # so few are answered before the model is loaded a second time
_AT_ONCE: Final = 4  # until it is measured
_AT_ONCE_ON_CUDA: Final = 32


@dataclass(frozen=True, slots=True)
class Prediction:
    """One photo, its answer, and the outputs (N = 1) and the evidence behind it, where there are any."""

    photo: Photo
    answer: Answer
    outputs: Outputs | None = None
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class _Ahead:
    photo: Photo
    job: Job[Pixels] | None

    def is_done(self) -> bool:
        return self.job is None or self.job.is_done


@dataclass(frozen=True, slots=True)
class _Decoded:
    photo: Photo
    pixels: Pixels


@dataclass(frozen=True, slots=True)
class _Group:
    """Photos that the model sees together."""

    taken: Sequence[_Decoded]
    job: Job[Told] | None

    def is_done(self) -> bool:
        return self.job is None or self.job.is_done


@dataclass(slots=True)
class Pipeline:
    """Photos `ahead` are being decoded, those `running` are in the model, in groups; all in their order.

    A few photos, and all of them on CUDA, run on the caller's thread. Of many on the CPU each group runs on
    one core of its own: threads that share a group wait for each other at every layer.
    """

    source: Iterator[Photo]
    classifier: Classifier
    pool: Decoders
    batch_size: int | None
    ahead: deque[_Ahead] = field(default_factory=deque)
    running: deque[_Group] = field(default_factory=deque)
    asked: int = 0
    spreading: Job[tuple[Classifier, int] | None] | None = None
    is_spread: bool = False

    def predictions(self) -> Iterator[Prediction]:
        """Yield what becomes of each photo; raises DeviceError when the device gives up."""
        while True:
            self._fill()
            if self.ahead:
                self._spread()
                self.running.append(self._run(self._ready()))
            elif not self.running:
                return
            while self.running and self._is_due(self.running[0]):
                yield from self._answered(self.running.popleft())

    def _at_once(self) -> int:
        on_cuda = self.classifier.graph.runner == "cuda"
        return self.batch_size or (_AT_ONCE_ON_CUDA if on_cuda else _AT_ONCE)

    def _is_due(self, first: _Group) -> bool:
        return first.is_done() or not self.ahead or len(self.running) > self.pool.count

    def _fill(self) -> None:
        for photo in self.source:
            job = None
            if photo.settled is None:
                job = self.pool.submit(partial(tasks.pixels, photo, self.classifier))
                self.asked += 1
            self.ahead.append(_Ahead(photo, job))
            if len(self.ahead) >= 2 * self._at_once() + self.pool.count:
                break

    def _spread(self) -> None:
        """Have the model loaded once more, for single cores, when there are many photos; then use it."""
        if self.is_spread or self.classifier.graph.runner != "cpu":
            return
        if self.spreading is None and self.asked > _FEW:
            self.spreading = self.pool.submit_first(partial(_for_single_cores, self.classifier))
        elif self.spreading is not None and self.spreading.value:
            self.classifier, fastest = self.spreading.value
            self.batch_size = self.batch_size or fastest
            self.is_spread = True

    def _ready(self) -> list[_Decoded]:
        """Take the first, waiting for it, and those behind it that are decoded by now: answers come at once.

        Where the model is busy a whole group is waited for.
        """
        taken = [self._decoded(self.ahead.popleft())]
        while self.ahead and len(taken) < self._at_once() and (self.ahead[0].is_done() or self._is_busy()):
            taken.append(self._decoded(self.ahead.popleft()))
        return taken

    def _is_busy(self) -> bool:
        return bool(self.running) and not self.running[-1].is_done()

    def _decoded(self, one: _Ahead) -> _Decoded:
        if one.photo.settled:
            return _Decoded(one.photo, one.photo.settled)
        pixels = self.pool.value(one.job) if one.job else None
        if pixels is None:
            reason = limits.too_slow("reading and decoding", self.pool.seconds)
            pixels = Answer(Status.FAILED, reason=reason)
        return _Decoded(one.photo, pixels)

    def _run(self, taken: Sequence[_Decoded]) -> _Group:
        pixels = [one.pixels for one in taken if isinstance(one.pixels, np.ndarray)]
        if not pixels:
            return _Group(taken, None)
        work = partial(tasks.told, pixels, self.classifier)
        if self.is_spread:
            return _Group(taken, self.pool.submit_first(work))
        job = Job(work)
        job.run()
        return _Group(taken, job)

    def _answered(self, group: _Group) -> Iterator[Prediction]:
        told = self.pool.finished(group.job) if group.job else None
        if isinstance(told, Exception):
            raise told
        place = 0
        for one in group.taken:
            if isinstance(one.pixels, Answer):
                yield Prediction(one.photo, one.pixels)
            elif told is not None:
                outputs, weighed = told
                answer = self.classifier.judge(weighed[place])
                yield Prediction(one.photo, answer, outputs.of(place), weighed[place])
                place += 1


def _for_single_cores(classifier: Classifier) -> tuple[Classifier, int] | None:
    """Return the classifier for callers side by side, and how many photos it takes at a time."""
    try:
        spread = classifier.on_single_cores()
        return spread, pace.fastest(spread.graph, spread.bundle)
    except WhatsitError:
        _log.warning("the model cannot be made ready for single cores", exc_info=True)
        return None
