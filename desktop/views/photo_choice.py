"""Which photos something is done with: all, those that are shown, or those that are selected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox

from desktop.language import tr
from desktop.state import words
from desktop.state.chosen import ALL, SELECTED, SHOWN, Chosen

if TYPE_CHECKING:
    from collections.abc import Sequence


class PhotoChoice(QComboBox):
    """Offers what there is; the last of it, the narrowest, where photos are selected."""

    def __init__(self, choices: Sequence[Chosen]) -> None:
        super().__init__()
        names = {
            ALL: tr("All that are open: {photos}"),
            SHOWN: tr("Those that are shown: {photos}"),
            SELECTED: tr("Those that are selected: {photos}"),
        }
        self._choices = choices
        for one in choices:
            self.addItem(names[one.which].format(photos=words.photos(len(one))))

    def chosen(self) -> Chosen:
        """Return the photos that are chosen."""
        return self._choices[max(self.currentIndex(), 0)]
