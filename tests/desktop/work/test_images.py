from __future__ import annotations

import io
from typing import TYPE_CHECKING

from PIL import Image
from PySide6.QtGui import QColor, QImage

from desktop.work.images import ImageWish, thumbnails, to_image, whole

if TYPE_CHECKING:
    from pathlib import Path

RED, BLUE = (220, 30, 40), (20, 60, 200)


def two_colours(path: Path, size: tuple[int, int], kind: str, orientation: int = 1) -> Path:
    """Write a picture whose left half is red and whose right half is blue."""
    width, height = size
    picture = Image.new("RGB", size, RED)
    picture.paste(BLUE, (width // 2, 0, width, height))
    exif = Image.Exif()
    exif[0x0112] = orientation
    file = io.BytesIO()
    picture.save(file, kind, exif=exif)
    path.write_bytes(file.getvalue())
    return path


def is_near(image: QImage, x: float, y: float, colour: tuple[int, int, int]) -> bool:
    seen = QColor(image.pixel(round(x * (image.width() - 1)), round(y * (image.height() - 1))))
    return all(abs(a - b) < 40 for a, b in zip((seen.red(), seen.green(), seen.blue()), colour, strict=True))


def test_a_thumbnail_fills_the_size_wanted_in_the_right_colours(tmp_path: Path) -> None:
    path = two_colours(tmp_path / "a.png", (900, 300), "PNG")
    (made,) = thumbnails([ImageWish(path, 120, 90)])
    assert made.image is not None
    assert (made.image.width(), made.image.height()) == (120, 90)
    assert is_near(made.image, 0.1, 0.5, RED)
    assert is_near(made.image, 0.9, 0.5, BLUE)


def test_a_photo_on_its_side_is_shown_upright(tmp_path: Path) -> None:
    path = two_colours(tmp_path / "a.jpg", (800, 600), "JPEG", orientation=6)
    (thumbnail,) = thumbnails([ImageWish(path, 90, 120)])
    (photo,) = whole([ImageWish(path, 90, 120)])
    for made in (thumbnail, photo):
        assert made.image is not None
        assert is_near(made.image, 0.5, 0.05, RED)
        assert is_near(made.image, 0.5, 0.95, BLUE)
    assert photo.size == (600, 800)


def test_the_whole_photo_keeps_its_shape_and_tells_its_own_size(tmp_path: Path) -> None:
    path = two_colours(tmp_path / "a.jpg", (1000, 500), "JPEG")
    (made,) = whole([ImageWish(path, 200, 200)])
    assert made.image is not None
    assert (made.image.width(), made.image.height()) == (200, 100)
    assert made.size == (1000, 500)


def test_a_small_photo_is_not_made_larger(tmp_path: Path) -> None:
    path = two_colours(tmp_path / "a.png", (40, 20), "PNG")
    (made,) = whole([ImageWish(path, 200, 200)])
    assert made.image is not None
    assert (made.image.width(), made.image.height()) == (40, 20)


def test_what_cannot_be_read_is_named_and_the_next_wish_is_made(tmp_path: Path) -> None:
    bad, good = tmp_path / "bad.jpg", two_colours(tmp_path / "good.png", (40, 20), "PNG")
    bad.write_bytes(b"This is no picture.")
    for make in (thumbnails, whole):
        first, second, third = make([ImageWish(path, 20, 20) for path in (bad, tmp_path / "gone.jpg", good)])
        assert first.image is None
        assert "not a picture" in first.problem
        assert second.image is None
        assert "gone" in second.problem
        assert third.image is not None


def test_every_pixel_is_opaque() -> None:
    image = to_image(Image.new("RGB", (3, 2), (200, 30, 10)))
    words = memoryview(image.constBits()).cast("I")
    assert set(words) == {0xFFC81E0A}
