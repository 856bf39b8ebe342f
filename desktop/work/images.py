"""Photos to images of the size they are shown at; nothing here runs on the window's thread."""

from __future__ import annotations

import logging
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QImage

from whatsit.errors import PictureError

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator
    from pathlib import Path

    from PIL import Image

    from desktop.work.facts import Facts
    from desktop.work.thumbnail_cache import ThumbnailCache

_log = logging.getLogger(__name__)
# Heads are above the middle more often than below it.
_CENTRE: Final = (0.5, 0.42)


@dataclass(frozen=True, slots=True)
class ImageWish:
    """An image of a photo: `path` at width × height device pixels."""

    path: Path
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Made:
    """What became of a wish: the image and, of a whole photo, its own size; or why there is none."""

    wish: ImageWish
    image: QImage | None
    size: tuple[int, int] | None = None
    problem: str = ""
    facts: Facts | None = None


def thumbnails(wishes: Iterable[ImageWish]) -> Generator[Made, None, None]:
    """Yield, for each wish, the photo cut to fill the size wanted; made before, it comes from the disk."""
    with ExitStack() as opened:
        cache = _cache(opened)
        for wish in wishes:
            try:
                picture = _thumbnail(wish, cache)
            except PictureError as error:
                yield Made(wish, None, problem=error.what)
            else:
                yield Made(wish, to_image(picture))


def _cache(opened: ExitStack) -> ThumbnailCache | None:
    from desktop.work.thumbnail_cache import ThumbnailCache  # noqa: PLC0415 - the window is seen before Pillow is loaded
    from whatsit.ledger import LedgerError  # noqa: PLC0415 - as above

    try:
        return opened.enter_context(ThumbnailCache())
    except LedgerError:  # it costs only the time to make them again
        _log.warning("thumbnails are not kept", exc_info=True)
        return None


def _thumbnail(wish: ImageWish, cache: ThumbnailCache | None) -> Image.Image:
    from PIL import Image, ImageOps  # noqa: PLC0415 - as above

    size = (wish.width, wish.height)
    with _costing_only_time():
        kept = cache.get(wish.path, size) if cache else None
        if kept is not None:
            return kept
    made = ImageOps.fit(_decoded(wish, size), size, Image.Resampling.BICUBIC, centering=_CENTRE)
    with _costing_only_time():
        if cache is not None:
            cache.keep(wish.path, made)
    return made


@contextmanager
def _costing_only_time() -> Iterator[None]:
    """Go on where the cache cannot be used: thumbnails are made, and not kept."""
    from whatsit.ledger import LedgerError  # noqa: PLC0415 - as above

    try:
        yield
    except LedgerError as error:
        _log.warning("a thumbnail is not kept: %s", error)


def whole(wishes: Iterable[ImageWish]) -> Generator[Made, None, None]:
    """Yield, for each wish, the whole photo made to fit into the size wanted."""
    from PIL import Image  # noqa: PLC0415 - as above

    from desktop.work import facts  # noqa: PLC0415 - as above
    from whatsit import pictures  # noqa: PLC0415 - as above

    for wish in wishes:
        try:
            data = pictures.read(wish.path)
            picture = pictures.decode(data, None, path=wish.path)
        except PictureError as error:
            yield Made(wish, None, problem=error.what)
            continue
        size = picture.size
        picture.thumbnail((wish.width, wish.height), Image.Resampling.LANCZOS, reducing_gap=3.0)
        yield Made(wish, to_image(picture), size, facts=facts.read(data))


def to_image(picture: Image.Image) -> QImage:
    """Return an RGB picture as an image that owns its pixels, in the format the screen takes."""
    width, height = picture.size
    view = QImage(picture.tobytes("raw", "RGBX"), width, height, 4 * width, QImage.Format.Format_RGBX8888)
    return view.convertToFormat(QImage.Format.Format_RGB32)  # every pixel opaque, as the screen wants it


def to_picture(image: QImage) -> Image.Image:
    """Return an image as an RGB picture, the reverse of `to_image`; alpha is left out."""
    from PIL import Image  # noqa: PLC0415 - as above

    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    size, line = (plain.width(), plain.height()), plain.bytesPerLine()
    # Decoded from where the pixels are: a copy of them would take most of the time that a frame takes.
    return Image.frombytes("RGB", size, plain.constBits(), "raw", "BGRX", line, 1)


def _decoded(wish: ImageWish, at_least: tuple[int, int]) -> Image.Image:
    from whatsit import pictures  # noqa: PLC0415 - as above

    return pictures.decode(pictures.read(wish.path), at_least, path=wish.path)
