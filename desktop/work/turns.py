"""Turns of the window's thread: no worker breaks them, and all of them come before the workers'."""

from __future__ import annotations

import functools
import os
import sys
import threading
from typing import TYPE_CHECKING, Final, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
R = TypeVar("R")
_BEHIND: Final = 10  # niceness: a tenth of the window's share where both want all of it
_UNBROKEN: Final = 0.2  # seconds: longer than any turn
_SHARED: Final = 0.001  # seconds until a worker hands over to the window


def unbroken(turn: Callable[P, R]) -> Callable[P, R]:
    """Let a turn of the window's thread run to its end.

    Python takes turns away after 5 ms where another thread waits, and gives them back when that one is done
    or was at it for as long: on a machine at work a painting of 15 ms took ten times that. A worker waits
    for the turn instead, and gives way to the window the sooner.
    """

    @functools.wraps(turn)
    def whole(*args: P.args, **kwargs: P.kwargs) -> R:
        sys.setswitchinterval(_UNBROKEN)
        try:
            return turn(*args, **kwargs)
        finally:
            sys.setswitchinterval(_SHARED)

    return whole


def give_way() -> None:
    """Have this thread, and those that it starts, run after the window's wherever both want the processor.

    Linux alone has a niceness for each thread; elsewhere it is the whole program's.
    """
    if sys.platform == "linux":
        thread = threading.get_native_id()
        niceness = max(_BEHIND, os.getpriority(os.PRIO_PROCESS, thread))  # nobody may go back to less
        os.setpriority(os.PRIO_PROCESS, thread, niceness)
