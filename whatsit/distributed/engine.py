"""The engine: entries are found and cut into lots, workers answer these, and the sum is drawn up."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import whatsit
from whatsit import files
from whatsit.distributed import bundles, cluster, entries, lots, parts, passes, places, pool, result
from whatsit.distributed.known import Known
from whatsit.distributed.order import Model, Order
from whatsit.distributed.places import Place
from whatsit.errors import UsageError, WhatsitError
from whatsit.results import Summary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager

    from whatsit.device import DeviceName, VariantChoice
    from whatsit.distributed.order import Share
    from whatsit.limits import Limits
    from whatsit.photos import Photo
    from whatsit.results import CountsRecord, RunRecord

    Advance = Callable[[int], None]
    Show = Callable[[str, int | None], AbstractContextManager[Advance]]

_log = logging.getLogger(__name__)
_FINDING: Final = "Finding"
_CLASSIFYING: Final = "Classifying"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person asks for: which photos, by which models, where the answers go."""

    paths: tuple[str, ...]
    model: str
    then: tuple[tuple[str, str], ...]
    device: DeviceName
    variant: VariantChoice
    limits: Limits
    out: str
    anew: bool = False

    def into(self, out: str) -> Asked:
        """Return the same, with the answers in another place."""
        return replace(self, out=out)


@dataclass(frozen=True, slots=True)
class Means:
    """What it is done with: a cluster's address or none, how many workers or as many as there can be."""

    share: Share
    address: str | None = None
    workers: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a run: the sum, what made the answers, how many were known from before."""

    counts: CountsRecord
    run: RunRecord
    recalled: int


@dataclass(frozen=True, slots=True)
class _Work:
    """The lots to be answered, and how many entries they and all together have."""

    lots: Sequence[int]
    entries: int
    found: int


def classify(asked: Asked, means: Means, show: Show) -> Outcome:
    """Answer every entry that is not answered in `asked.out` yet; the answers there are complete afterwards.

    Raises WhatsitError when the photos, the model, the workers or the answers' folder cannot be used.
    """
    place = _opened(asked.out)
    _check_apart(asked, place)
    order = _order(asked, means, place)
    with cluster.connected(means.address, means.share, means.workers) as workers:
        run = pool.probe(order)
        if asked.anew:
            result.clear(place)
        result.begin(place, run, asked.out)
        with show(_FINDING, None) as advance:
            work = _found(asked, place, workers, advance)
        began = time.monotonic()
        with show(_CLASSIFYING, work.entries) as advance:
            took = passes.answer(place, order, run, work.lots, workers, advance)
    counts = Summary(parts.counts(place)).record(took or time.monotonic() - began)
    if counts.found != work.found:
        raise WhatsitError(
            f"{work.found:,} entries were found, and {counts.found:,} have an answer.",
            hint="Does another run write there too? The same command goes on.",
        )
    result.finish(place, counts)
    return Outcome(counts, run, work.found - work.entries)


def _opened(out: str) -> Place:
    place = Place.of(out)
    try:
        result.check(place, out)
        place.remove(lots.WORK)
    except WhatsitError:
        raise
    except Exception as error:
        _log.exception("opening %s", out)  # the libraries of file systems share no error of their own
        raise WhatsitError(f"{files.shown(out)}: no answers can be kept there ({error}).") from error
    return place


def _check_apart(asked: Asked, place: Place) -> None:
    """Raise UsageError where the answers would lie among the photos: the next run would find them there."""
    for one in asked.paths:
        photos = Place.of(one)
        if photos.system == place.system and f"{place.root}/".startswith(f"{photos.root.rstrip('/')}/"):
            raise UsageError(
                f"{files.shown(asked.out)}: the answers would lie among the photos.",
                hint="Name a folder elsewhere.",
            )


def _order(asked: Asked, means: Means, place: Place) -> Order:
    then = tuple((answer, bundles.send(model, place)) for answer, model in asked.then)
    model = Model(bundles.send(asked.model, place), then, asked.device, asked.variant)
    source = entries.root_of(asked.paths)
    out = asked.out if places.is_url(asked.out) else str(places.path_of(asked.out).absolute())
    return Order(model, source, out, asked.limits, means.share, whatsit.__version__)


def _found(asked: Asked, place: Place, workers: int, advance: Advance) -> _Work:
    """Write down in lots what is not answered yet; what is answered and gone is taken out of the answers."""
    known = Known(place)
    found = 0

    def missing() -> Iterator[Photo]:
        nonlocal found
        for photo in entries.found(asked.paths):
            found += 1
            if not known.has(photo):
                yield photo

    number, to_do = known.next_lot, 0
    for lot in lots.cut(missing(), workers):
        lots.write(place, number, lot)
        number, to_do = number + 1, to_do + len(lot)
        advance(len(lot))
    known.forget_rest()
    return _Work(range(known.next_lot, number), to_do, found)
