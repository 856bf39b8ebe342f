from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, QRectF, QSizeF

from desktop.views.zoom import MOST, Zoom

FRAME, PHOTO = QSizeF(400, 300), QSizeF(800, 400)


def test_a_photo_is_fitted_in_the_middle_and_a_tiny_one_is_not_blown_up() -> None:
    assert Zoom().place(FRAME, PHOTO) == QRectF(0, 50, 400, 200)
    assert Zoom().place(FRAME, QSizeF(20, 10)) == QRectF(180, 140, 40, 20)


@pytest.mark.parametrize("point", [(100, 120), (0, 60), (399, 249), (200, 150)])
def test_what_is_under_the_mouse_stays_there(point: tuple[float, float]) -> None:
    aim, before = QPointF(*point), Zoom().place(FRAME, PHOTO)
    after = Zoom().around(aim, 4.0, FRAME, PHOTO).place(FRAME, PHOTO)
    assert after.width() == pytest.approx(1600)
    share = [(aim.x() - place.left()) / place.width() for place in (before, after)]
    assert share[0] == pytest.approx(share[1])


def test_it_is_neither_smaller_than_fitted_nor_moved_out_of_sight() -> None:
    large = Zoom().around(QPointF(200, 150), 1000, FRAME, PHOTO)
    assert large.factor == MOST
    assert large.around(QPointF(0, 0), 0.001, FRAME, PHOTO) == Zoom()
    away = large.moved(QPointF(1e6, -1e6), FRAME, PHOTO).place(FRAME, PHOTO)
    assert away.left() == pytest.approx(0)
    assert away.bottom() == pytest.approx(300)
