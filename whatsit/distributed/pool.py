"""The pool: Ray Data hands the lots to workers, and another one takes the lot of a worker that died."""

from __future__ import annotations

import logging
import platform
import time
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import ray
from ray.data import ActorPoolStrategy, DataContext

from whatsit.distributed.worker import Worker
from whatsit.errors import WhatsitError
from whatsit.results import RunRecord

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from whatsit.distributed.order import Order

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a lot: how many entries, in how many seconds, by what; or what went wrong.

    `is_deadly`: workers died of it; `is_final`: what went wrong would go wrong with every lot.
    """

    lot: int
    count: int = 0
    seconds: float = 0.0
    run: str = ""
    problem: str = ""
    is_deadly: bool = False
    is_final: bool = False


def probe(order: Order) -> RunRecord:
    """Return what answers: a worker opens the model and tells.

    Raises WhatsitError when it cannot.
    """
    task = ray.remote(_opened).options(num_cpus=order.share.cores, num_gpus=order.share.gpus, max_retries=1)
    try:
        run, problem = ray.get(task.remote(order))
    except ray.exceptions.RayError as error:
        raise WhatsitError(f"a worker ended while it opened the model ({_last_line(error)}).") from error
    if problem:
        raise WhatsitError(problem)
    return RunRecord.model_validate_json(run)


def answered(lots: Sequence[int], order: Order, workers: int) -> Iterator[Done]:
    """Yield what came of the lots, in any order; the lot of a worker that died is another's.

    Raises WhatsitError when Ray gives up.
    """
    context = DataContext.get_current()
    context.enable_progress_bars = False
    context.print_on_execution_start = False
    logging.getLogger("ray.data").setLevel(logging.CRITICAL)
    numbers = ray.data.from_items([{"lot": lot} for lot in lots], override_num_blocks=len(lots))
    done = numbers.map_batches(
        _Actor,
        fn_constructor_kwargs={"order": order},
        batch_size=1,
        compute=ActorPoolStrategy(size=min(workers, len(lots))),
        num_cpus=order.share.cores,
        num_gpus=order.share.gpus or None,
    )
    try:
        for row in done.iter_rows():
            yield Done(**row)
    except ray.exceptions.RayError as error:
        raise WhatsitError(f"Ray gave up ({_last_line(error)}).", hint="The same command goes on.") from error


class _Actor:
    """The worker in a process of Ray's; it opens its model with its first lot, so that what fails is said."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self._worker: Worker | None = None

    def __call__(self, batch: Mapping[str, NDArray[np.int64]]) -> dict[str, NDArray[Any]]:
        done = [asdict(self._done(int(lot))) for lot in batch["lot"]]
        return {name: np.array([one[name] for one in done]) for name in done[0]}

    def _done(self, lot: int) -> Done:
        try:
            if self._worker is None:
                self._worker = Worker(self._order)
            began = time.perf_counter()
            count = self._worker.answer(lot)
            if count is None:
                return Done(lot, is_deadly=True)
            return Done(lot, count, time.perf_counter() - began, self._worker.run.model_dump_json())
        except WhatsitError as error:
            return Done(lot, problem=str(error), is_final=True)
        except Exception as error:  # noqa: BLE001 - the process' edge
            _log.exception("lot %d", lot)
            return Done(lot, problem=f"{platform.node()}: {type(error).__name__}: {error}")


def _opened(order: Order) -> tuple[str, str]:
    try:
        return Worker(order).run.model_dump_json(), ""
    except WhatsitError as error:
        return "", str(error)
    except Exception as error:  # noqa: BLE001 - the process' edge
        _log.exception("opening the model")
        return "", f"{platform.node()}: {type(error).__name__}: {error}"


def _last_line(error: Exception) -> str:
    """Return what went wrong in a worker: Ray's own words end with it."""
    return (str(error).strip() or type(error).__name__).splitlines()[-1]
