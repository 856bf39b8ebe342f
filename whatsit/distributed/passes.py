"""Passes over the lots: what workers died of is asked about in smaller lots, until one photo is named."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from whatsit import results
from whatsit.batch import Result
from whatsit.decisions import Answer, Status
from whatsit.distributed import lots, parts, pool, result
from whatsit.distributed.parts import Row
from whatsit.errors import WhatsitError
from whatsit.results import RunRecord

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from whatsit.distributed.order import Order
    from whatsit.distributed.places import Place
    from whatsit.distributed.pool import Done

_SMALLER: Final = (25, 1)  # entries a lot, once one of the usual size was of no avail
_MOST_DEADLY: Final = 20  # lots; where more end their workers it is no single photo's fault
_GO_ON: Final = "The same command goes on."
_DEADLY: Final = "the worker ended while it looked at this file"


def answer(
    place: Place,
    order: Order,
    run: RunRecord,
    todo: Sequence[int],
    workers: int,
    advance: Callable[[int], None],
) -> float:
    """Have every lot answered and return how many seconds workers were at it; the start of Ray is no part.

    Raises WhatsitError when the workers cannot go on; what is answered by then stays.
    """
    one = _Pass(order, run, workers, advance)
    left = one.over(todo)
    number = max(todo, default=0) + 1
    for most in _SMALLER:
        if len(left) > _MOST_DEADLY:
            raise WhatsitError(
                f"the workers of {len(left):,} lots of photos ended before they had answered.",
                hint="Have they enough memory? Try fewer: --workers. The same command goes on.",
            )
        smaller = _split(place, order, left, most, number)
        number += len(smaller)
        left = one.over(smaller)
    for lot in left:
        if lot in one.problems:
            raise WhatsitError(one.problems[lot], hint=_GO_ON)
        _give_up(place, order, run, lot)
    return one.seconds


@dataclass(slots=True)
class _Pass:
    order: Order
    run: RunRecord
    workers: int
    advance: Callable[[int], None]
    began: float = 0.0
    ended: float = 0.0
    problems: dict[int, str] = field(default_factory=dict)

    @property
    def seconds(self) -> float:
        return self.ended - self.began

    def over(self, todo: Sequence[int]) -> list[int]:
        """Have the lots answered and return those that were not."""
        if not todo:
            return []
        left = dict.fromkeys(todo)
        for done in pool.answered(todo, self.order, self.workers):
            if self._is_done(done):
                del left[done.lot]
        if len(left) == len(todo) and self.problems:
            raise WhatsitError(next(iter(self.problems.values())), hint=_GO_ON)
        return list(left)

    def _is_done(self, done: Done) -> bool:
        if done.is_final:
            raise WhatsitError(done.problem)
        if done.is_deadly:
            return False
        if done.problem:
            self.problems[done.lot] = done.problem
            return False
        if result.facts(RunRecord.model_validate_json(done.run)) != result.facts(self.run):
            raise WhatsitError(
                "the workers do not choose the same variant of the model.",
                hint="Name one: --variant int8 or fp32, --device cpu or cuda.",
            )
        self.ended = time.monotonic()
        self.began = self.began or self.ended - done.seconds
        self.advance(done.count)
        return True


def _split(place: Place, order: Order, large: Sequence[int], most: int, number: int) -> range:
    """Write lots down as smaller ones, from this number on, and return their numbers."""
    first = number
    for lot in large:
        photos = lots.read(place, lot, is_remote=bool(order.source))
        for start in range(0, len(photos), most):
            lots.write(place, number, photos[start : start + most])
            number += 1
    return range(first, number)


def _give_up(place: Place, order: Order, run: RunRecord, lot: int) -> None:
    """Write down of the one photo in a lot that no worker outlived it; a later run asks again."""
    rows = []
    for photo in lots.read(place, lot, is_remote=bool(order.source)):
        failed = Result(photo, Answer(Status.FAILED, reason=_DEADLY))
        rows.append(Row(photo, results.photo_record(failed, run.model), unread=True))
    parts.write(place, lot, rows)
