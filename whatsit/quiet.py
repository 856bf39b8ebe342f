"""What native libraries write while they are loaded, kept from a terminal where nobody can act on it."""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_STANDARD_ERROR: Final = 2
# Written before TensorFlow's log has a level, so that no setting of it reaches them.
_NOISE: Final = re.compile(
    rb"WARNING: All log messages before absl::InitializeLog\(\)"
    rb"|I0000 00:00:\d.*\b(port|cudart_stub|cpu_feature_guard|computation_placer)\.cc:"
    rb"|[WE]0000 00:00:\d.*already been registered"
)


@contextlib.contextmanager
def native_noise() -> Iterator[None]:
    """Hold back standard error while TensorFlow is imported in the block, then write all but its greeting."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")  # read at import; what is wrong is raised as well
    with without(_NOISE):
        yield


@contextlib.contextmanager
def without(noise: re.Pattern[bytes]) -> Iterator[None]:
    """Hold back standard error in the block, then write all but the lines that begin as `noise` does."""
    with tempfile.TemporaryFile() as held, _sent_to(held.fileno()) as standard_error:
        try:
            yield
        finally:
            held.seek(0)
            for line in held:
                if not noise.match(line):
                    os.write(standard_error, line)


@contextlib.contextmanager
def _sent_to(file: int) -> Iterator[int]:
    """Yield what standard error was; in the block it goes to `file`."""
    before = os.dup(_STANDARD_ERROR)
    try:
        os.dup2(file, _STANDARD_ERROR)
        yield before
    finally:
        os.dup2(before, _STANDARD_ERROR)
        os.close(before)
