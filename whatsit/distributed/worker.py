"""A worker: one process that holds the model and answers lot after lot."""

from __future__ import annotations

import contextlib
import os
import platform
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import whatsit
from whatsit import chain as chains
from whatsit import graph, preprocess, results, reviews
from whatsit.chain import Chain
from whatsit.classifier import Classifier
from whatsit.distributed import bundles, lots, parts
from whatsit.distributed.parts import Row
from whatsit.distributed.places import Place
from whatsit.distributed.reading import Reader
from whatsit.errors import WhatsitError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from whatsit.distributed.order import Order
    from whatsit.photos import Photo
    from whatsit.results import RunRecord

_READ_AT_ONCE: Final = 4  # for each core; a network folder answers each after a while
_FETCHED_AT_ONCE: Final = 16  # an object store takes longer
_MOST_TRIES: Final = 2


@dataclass(frozen=True, slots=True)
class Held(Classifier):
    """A classifier of photos that `reader` has read already."""

    reader: Reader | None = None

    def pixels_of(self, photo: Path | bytes) -> NDArray[np.uint8]:
        """Return the model's pixels, uint8 [H,W,3], of a photo that is held."""
        if isinstance(photo, bytes) or self.reader is None:
            return Classifier.pixels_of(self, photo)
        held = self.reader.held[photo]
        return preprocess.pixels(held, self.bundle.manifest.input, photo, self.limits)


class Worker:
    """Answers lots by an order, and leaves their parts beside each other."""

    def __init__(self, order: Order) -> None:
        """Open the model.

        Raises WhatsitError when it cannot be used here, or this is another Whatsit than the one that asks.
        """
        if order.version != whatsit.__version__:
            raise WhatsitError(
                f"{platform.node()} has Whatsit {whatsit.__version__}, not {order.version}.",
                hint="Install the same everywhere.",
            )
        os.environ[graph.CORES] = str(order.share.cores)
        self._order = order
        self._place = Place.of(order.out)
        for_each = _FETCHED_AT_ONCE if order.source else _READ_AT_ONCE
        self._reader = Reader(order.source, order.limits, for_each * order.share.cores)
        chain = _opened(order, self._place)
        self.run: RunRecord = results.run_record(chain.first, chain.then)
        self._chain = Chain(
            self._held(chain.first), {name: self._held(one) for name, one in chain.then.items()}
        )

    def answer(self, lot: int) -> int | None:
        """Answer a lot and return how many entries it has; one that was answered already is left alone.

        None: workers died of it, and it is not tried again.
        """
        if self._place.has(parts.name(lot)):
            return len(parts.read(self._place, parts.name(lot), ["status"]))
        if not self._may_try(lot):
            return None
        rows = self._rows(lots.read(self._place, lot, is_remote=bool(self._order.source)))
        parts.write(self._place, lot, rows)
        return len(rows)

    def _may_try(self, lot: int) -> bool:
        """Return whether a lot may be tried, and note that it is; Ray hands it out again without an end."""
        name = lots.tries(lot)
        before = int(self._place.read(name)) if self._place.has(name) else 0
        if before < _MOST_TRIES:
            self._place.write(name, b"%d" % (before + 1))
        return before < _MOST_TRIES

    def _rows(self, photos: Sequence[Photo]) -> list[Row]:
        rows = []
        # A cluster's machines know nothing of what people said of photos on another one.
        with (
            reviews.known(self.run.model) as person_label,
            contextlib.closing(self._reader.ahead(photos)) as held,
            contextlib.closing(chains.classify(held, self._chain)) as answers,
        ):
            for result in answers:
                said = "" if self._order.source else person_label(result.photo)
                record = results.photo_record(result, self.run.model, said)
                rows.append(Row(result.photo, record, result.photo.path in self._reader.unread))
                self._reader.held.pop(result.photo.path, None)
        self._reader.unread.clear()
        return rows

    def _held(self, one: Classifier) -> Held:
        return Held(one.bundle, one.variant, one.device, one.graph, one.limits, self._reader)


def _opened(order: Order, place: Place) -> Chain:
    model = order.model
    first = Classifier.open(bundles.received(model.first, place), model.device, model.variant, order.limits)
    steps = [f"{answer}={bundles.received(sent, place).folder}" for answer, sent in model.then]
    return Chain.open(first, steps, model.device, model.variant)
