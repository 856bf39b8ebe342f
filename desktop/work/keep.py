"""What a person says of photos, written to disk one after the other."""

from __future__ import annotations

from contextlib import closing
from queue import Empty
from typing import TYPE_CHECKING

from desktop.language import tr
from desktop.told import told_whole
from whatsit.errors import WhatsitError

if TYPE_CHECKING:
    from collections.abc import Generator
    from queue import SimpleQueue

    from whatsit.photos import Photo
    from whatsit.reviews import Review, Reviews

    Spoken = tuple[Photo, Review | None]


def keep(queue: SimpleQueue[Spoken | None], model: str) -> Generator[str, None, None]:
    """Keep what is put into the queue, until None; yield why something could not be kept.

    What is in the queue when the generator is closed is kept too.
    """
    from whatsit.reviews import Reviews  # noqa: PLC0415 - the window is seen before this is loaded

    first = queue.get()
    if first is None:
        return
    try:
        opened = Reviews(model)
    except WhatsitError as error:
        yield told_whole(error)
        return
    with closing(opened):
        try:
            said: Spoken | None = first
            while said is not None:
                if problem := _kept(opened, *said):
                    yield problem
                said = queue.get()
        finally:
            while (left := _next(queue)) is not None:
                _kept(opened, *left)


def _kept(opened: Reviews, photo: Photo, review: Review | None) -> str:
    try:
        opened.say(photo, review)
    except WhatsitError as error:
        said = tr("What you said of {photo} could not be kept: {reason}")
        return said.format(photo=photo.name, reason=told_whole(error))
    return ""


def _next(queue: SimpleQueue[Spoken | None]) -> Spoken | None:
    try:
        return queue.get_nowait()
    except Empty:
        return None
