"""Where a key leads to in the grid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QAbstractItemView

if TYPE_CHECKING:
    from desktop.views.grid_shape import GridShape


def reached(
    action: QAbstractItemView.CursorAction, row: int, count: int, shape: GridShape, height: int
) -> int:
    """Return the place that a key leads to from a row, -1 where there is no photo; `height` is a page's."""
    move, columns = QAbstractItemView.CursorAction, shape.columns
    if not count:
        return -1
    if row < 0:
        return count - 1 if action is move.MoveEnd else 0
    page = max(1, height // shape.step) * columns
    steps = {
        move.MoveLeft: -1, move.MovePrevious: -1, move.MoveRight: 1, move.MoveNext: 1,
        move.MoveUp: -columns, move.MoveDown: columns, move.MovePageUp: -page, move.MovePageDown: page,
        move.MoveHome: -row, move.MoveEnd: count - 1 - row,
    }  # fmt: skip
    there = row + steps[action]
    if abs(steps[action]) == columns > 1 and not 0 <= there < count:
        there = row if there < 0 else _below(row, count, columns)
    return min(max(there, 0), count - 1)


def _below(row: int, count: int, columns: int) -> int:
    """Return the last photo when the line below is shorter than this one; else stay."""
    return count - 1 if (count - 1) // columns > row // columns else row
