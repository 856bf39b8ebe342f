"""Ray: one that is embedded in this process for its time, or a cluster that is there."""

from __future__ import annotations

import contextlib
import logging
import os
import re
import socket
from typing import TYPE_CHECKING, Any, Final

from whatsit import graph, quiet
from whatsit.errors import DeviceError, WhatsitError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from whatsit.distributed.order import Share

# Before Ray is loaded: nothing about a run leaves the machine, and what it has to say is in its own log.
os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
os.environ.setdefault("RAY_DATA_DISABLE_PROGRESS_BARS", "1")
os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")
os.environ.setdefault("RAY_worker_niceness", "0")  # the workers are what was asked for
os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")

import ray

_NOISE: Final = re.compile(rb".*Set ray log level from environment variable")
_SECONDS_TO_ANSWER: Final = 20
_STORE: Final = 256 * 1024**2  # bytes; only the numbers of lots pass through it


@contextlib.contextmanager
def connected(address: str | None, share: Share, workers: int | None) -> Iterator[int]:
    """Yield how many workers there can be: on the cluster at `address`, or on an own Ray of this machine.

    Raises WhatsitError when no cluster answers there, DeviceError when GPUs are asked for that are not there.
    """
    try:
        with quiet.without(_NOISE):
            _begin(address, share, workers)
    except (ConnectionError, ValueError, RuntimeError, OSError) as error:
        if not address:
            raise WhatsitError(f"Ray cannot start ({_first_line(error)}).") from error
        raise WhatsitError(
            f"no Ray answers at {address} ({_first_line(error)}).",
            hint="Is the address right, and the cluster's token in RAY_AUTH_TOKEN?",
        ) from error
    try:
        yield _checked(share, workers)
    finally:
        ray.shutdown()


def _begin(address: str | None, share: Share, workers: int | None) -> None:
    silent: Mapping[str, Any] = {"log_to_driver": False, "logging_level": logging.ERROR}
    if address:
        host, colon, port = address.removeprefix("ray://").rpartition(":")
        if colon:  # Ray itself waits for minutes where nobody listens
            socket.create_connection((host, int(port)), _SECONDS_TO_ANSWER).close()
        ray.init(address=address, **silent)
        return
    cores = (workers or max(graph.cores() // share.cores, 1)) * share.cores
    ray.init(address="local", num_cpus=cores, include_dashboard=False, object_store_memory=_STORE, **silent)


def _checked(share: Share, workers: int | None) -> int:
    there = ray.cluster_resources()
    gpus = there.get("GPU", 0.0)
    if share.gpus and gpus < share.gpus:
        raise DeviceError(
            f"Ray has {gpus:g} GPUs, and a worker is to have {share.gpus:g}.", hint="Ask for none: --gpus 0"
        )
    if workers:
        return workers
    most = int(there.get("CPU", 0.0) // share.cores)
    return max(min(most, int(gpus // share.gpus)) if share.gpus else most, 1)


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]
