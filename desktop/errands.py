"""What a person wants done, at once or as soon as the window can: nothing that was asked for is lost."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from desktop.actions import Call, Do


class Errands:
    """Does what it has calls for; the rest waits, in its order, until `take` brings calls for all."""

    def __init__(self, calls: Mapping[Do, Call]) -> None:
        self._calls = dict(calls)
        self._waiting: list[Callable[[], object]] = []
        self._complete = False

    def do(self, name: Do) -> None:
        """Do what an action is for."""
        if call := self._calls.get(name):
            call()
        else:
            self._waiting.append(partial(self.do, name))

    def soon(self, errand: Callable[[], object]) -> None:
        """Do this now, or once there is all that it may need."""
        if self._complete:
            errand()
        else:
            self._waiting.append(errand)

    def take(self, calls: Mapping[Do, Call]) -> None:
        """Do from now on all of this, and first what waits for it."""
        self._calls.update(calls)
        self._complete = True
        waiting, self._waiting = self._waiting, []
        for errand in waiting:
            errand()
