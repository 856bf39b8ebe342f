from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint

from desktop.views.grid_shape import LEAST_CARD, MARGIN, GridShape

widths = st.integers(10, 6000)


@given(width=widths, place=st.integers(0, 200_000))
def test_a_card_is_found_where_it_lies(width: int, place: int) -> None:
    shape = GridShape.fit(width)
    rect = shape.rect(place)
    for point in (rect.topLeft(), rect.center(), rect.bottomRight()):
        assert shape.place_at(point, place + 1) == place
    assert shape.place_at(rect.topLeft() - QPoint(1, 0), place + 1) == -1
    assert shape.place_at(rect.center(), place) == -1


@given(width=st.integers(LEAST_CARD + 2 * MARGIN, 6000), place=st.integers(0, 5000))
def test_cards_stay_within_the_width_and_the_height(width: int, place: int) -> None:
    shape = GridShape.fit(width)
    assert shape.rect(place).right() < width
    assert shape.rect(place).bottom() < shape.height(place + 1)
    assert shape.card.width() >= LEAST_CARD


@given(width=widths, top=st.integers(0, 10**7), height=st.integers(1, 3000), count=st.integers(0, 100_000))
def test_exactly_the_cards_that_are_seen_are_named(width: int, top: int, height: int, count: int) -> None:
    shape = GridShape.fit(width)
    seen = shape.places(top, top + height, count)
    for place in seen:
        assert shape.rect(place).bottom() >= top - 1
        assert shape.rect(place).top() <= top + height
    if seen and seen.start:
        assert shape.rect(seen.start - 1).bottom() < top
    if seen and seen.stop < count:
        assert shape.rect(seen.stop).top() > top + height - 1


def test_no_photos_take_no_height() -> None:
    assert GridShape.fit(800).height(0) == 0
