"""Sheets of paper: texts laid out on them, and how a scanner and a camera see these."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from PIL import Image
from PySide6.QtCore import QBuffer, QRectF, QSizeF
from PySide6.QtGui import QFont, QImage, QPainter, QTextDocument

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.random import Generator

_INCH: Final = 25.4  # millimetres
_PAPER: Final = 244
_PICTURE: Final = re.compile(r"!\[[^]]*\]\([^)]*\)")


class Sheet(NamedTuple):
    """A sheet of paper in millimetres, how finely it is seen, and its letters."""

    width: int
    height: int
    dpi: int
    family: str
    points: float


def words(file: Path) -> str:
    """Return a text without the pictures that it shows: with a cat on it, a page is no mere document."""
    return _PICTURE.sub("", file.read_text(encoding="utf-8"))


def printed(sheet: Sheet, markdown: str, number: int) -> Image.Image:
    """Return a page of a text laid out on such sheets; after the last page comes the first."""
    width, height, margin = (
        round(side * sheet.dpi / _INCH) for side in (sheet.width, sheet.height, sheet.width / 12)
    )
    picture = QImage(width, height, QImage.Format.Format_RGB32)
    picture.setDotsPerMeterX(round(1000 * sheet.dpi / _INCH))
    picture.setDotsPerMeterY(round(1000 * sheet.dpi / _INCH))
    picture.fill("white")
    text = QTextDocument()
    text.documentLayout().setPaintDevice(picture)  # points are then points of this sheet
    font = QFont(sheet.family)
    font.setPointSizeF(sheet.points)
    text.setDefaultFont(font)
    text.setMarkdown(markdown)
    text.setPageSize(QSizeF(width - 2 * margin, height - 2 * margin))
    shown = QRectF(0, number % text.pageCount() * text.pageSize().height(), *text.pageSize().toTuple())
    painter = QPainter(picture)
    painter.translate(margin, margin - shown.top())
    text.drawContents(painter, shown)
    painter.end()
    return from_qt(picture)


def scanned(page: Image.Image, chance: Generator) -> Image.Image:
    """Return the page in grey, a little turned, with a scanner's noise."""
    turned = page.convert("L").rotate(
        chance.uniform(-2, 2), Image.Resampling.BILINEAR, expand=True, fillcolor=_PAPER
    )
    return _noisy(turned, chance)


def photographed(page: Image.Image, chance: Generator) -> Image.Image:
    """Return the page as it lies on a table, turned, seen from a side, in a light that falls off."""
    page = page.reduce(2)
    width, height = page.width * 3 // 2, page.height * 3 // 2
    table = Image.new("RGB", (width, height), tuple(chance.integers(40, 150, 3).tolist()))
    angle, place = chance.uniform(-12, 12), (page.width // 4, page.height // 4)
    lying, shape = Image.new("RGB", table.size), Image.new("L", table.size)
    lying.paste(page, place)
    shape.paste(255, (*place, place[0] + page.width, place[1] + page.height))
    table.paste(lying.rotate(angle, Image.Resampling.BICUBIC), mask=shape.rotate(angle))
    near = (0, 0, width / 8, height, width * 7 / 8, height, width, 0)  # a table's lower edge is wider
    seen = table.transform(table.size, Image.Transform.QUAD, near, Image.Resampling.BICUBIC)
    light = np.linspace(1, chance.uniform(0.5, 0.8), width, dtype=np.float32)[:, np.newaxis]
    return _noisy(Image.fromarray((np.asarray(seen) * light * (1, 0.97, 0.88)).astype(np.uint8)), chance)


def from_qt(picture: QImage) -> Image.Image:
    """Return Qt's picture as Pillow's."""
    kept = QBuffer()
    picture.save(kept, "PNG")
    return Image.open(io.BytesIO(kept.data().data())).convert("RGB")


def _noisy(picture: Image.Image, chance: Generator) -> Image.Image:
    pixels = np.asarray(picture, np.float32)
    return Image.fromarray(np.clip(pixels + chance.normal(0, 6, pixels.shape), 0, 255).astype(np.uint8))
