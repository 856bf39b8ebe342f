"""What a model may take: memory for all models together, time for one run; a stranger's may ask for any."""

from __future__ import annotations

import contextlib
import functools
import threading
from typing import TYPE_CHECKING, Final

import onnxruntime

if TYPE_CHECKING:
    from collections.abc import Iterator

# Far above what any network that Whatsit trains takes for its largest batch.
MOST_BYTES: Final = 4 * 1024**3
MOST_SECONDS: Final = 300.0


def bound_memory(options: onnxruntime.SessionOptions) -> None:
    """Have a session take the processor's memory from the one store of all models, which has an end."""
    _make_store()
    options.add_session_config_entry("session.use_env_allocators", "1")


def give_back_after(options: onnxruntime.RunOptions) -> None:
    """Have the store give the system back what nothing uses any more once the run is over."""
    options.add_run_config_entry("memory.enable_memory_arena_shrinkage", "cpu:0")


@functools.cache
def _make_store() -> None:
    place = onnxruntime.OrtMemoryInfo(
        "Cpu", onnxruntime.OrtAllocatorType.ORT_ARENA_ALLOCATOR, 0, onnxruntime.OrtMemType.DEFAULT
    )
    onnxruntime.create_and_register_allocator(place, onnxruntime.OrtArenaCfg({"max_mem": MOST_BYTES}))


@contextlib.contextmanager
def bounded_time() -> Iterator[onnxruntime.RunOptions]:
    """Yield the options of one run that onnxruntime ends, with an error, when it takes too long."""
    options = onnxruntime.RunOptions()
    watch = threading.Timer(MOST_SECONDS, setattr, (options, "terminate", True))
    watch.daemon = True
    watch.start()
    try:
        yield options
    finally:
        watch.cancel()
        watch.join()
