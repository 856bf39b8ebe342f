"""Lets a chosen file operation of sorting fail, or kills the program before or after it."""

from __future__ import annotations

import contextlib
import functools
import os
import signal
from typing import TYPE_CHECKING, Any
from unittest import mock

from whatsit.sorting import disk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Counter:
    """Counts file operations; `names` says which they were."""

    def __init__(self) -> None:
        self.names: list[str] = []


@contextlib.contextmanager
def counted(
    before: Callable[[int, str], None] = lambda _number, _name: None,
    after: Callable[[int, str], None] = lambda _number, _name: None,
) -> Iterator[Counter]:
    """Count the operations, from 1, and call `before` and `after` around each."""
    counter = Counter()

    def wrapped(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(real)
        def operation(*given: Any, **named: Any) -> Any:
            counter.names.append(name)
            number = len(counter.names)
            before(number, name)
            try:
                return real(*given, **named)
            finally:  # one that fails, as a renaming to another disk does, is over too
                after(number, name)

        return operation

    with contextlib.ExitStack() as stack:
        for name in disk.OPERATIONS:
            stack.enter_context(mock.patch.object(disk, name, wrapped(name, getattr(disk, name))))
        yield counter


def failing(code: int, first: int, last: int) -> contextlib.AbstractContextManager[Counter]:
    """Let the operations of these numbers fail with an error of the system."""

    def fail(number: int, name: str) -> None:
        if first <= number <= last:
            raise OSError(code, os.strerror(code), name)

    return counted(fail)


def killing(number: int, *, late: bool) -> contextlib.AbstractContextManager[Counter]:
    """Kill this process before the operation of that number, or after it when `late`."""

    def kill(at: int, _name: str) -> None:
        if at == number:
            os.kill(os.getpid(), signal.SIGKILL)

    return counted(after=kill) if late else counted(kill)
