"""A chain: which model is asked next about which answer."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QComboBox, QFormLayout, QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop.language import tr, well_known
from desktop.state import names, spelling
from desktop.views.texts import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.state.session import Session
    from desktop.state.shelf import Shelf
    from desktop.work.models import Entry

_MOST: Final = 40  # answers that are offered; groups come first
_HEIGHT: Final = 120


class NextModels(QFrame):
    """For each answer of the model in use, the model that is asked next, or none."""

    def __init__(self, session: Session, shelf: Shelf) -> None:
        super().__init__()
        self._session, self._shelf = session, shelf
        self._shown: tuple[object, ...] = ()
        self.title = Text(tr("And then"), scale=0.95, tone="muted")
        self.boxes: dict[str, QComboBox] = {}
        self._scroll = QScrollArea(widgetResizable=True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setMaximumHeight(_HEIGHT)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.title)
        layout.addWidget(self._scroll)
        shelf.changed.connect(self._refresh)
        session.changed.connect(self._refresh)
        session.chaining.changed.connect(self._refresh)
        self._refresh()

    def let_go(self) -> None:
        """Listen no more."""
        self._shelf.changed.disconnect(self._refresh)
        self._session.changed.disconnect(self._refresh)
        self._session.chaining.changed.disconnect(self._refresh)

    def _refresh(self) -> None:
        classifier = self._session.classifier
        used = self._shelf.entry(classifier.bundle.manifest.name) if classifier else None
        others = [one for one in self._shelf.entries if one.bundle and used and one.name != used.name]
        self.setVisible(bool(used and others))
        answers = used.answers[:_MOST] if used else []
        shown = (answers, [one.name for one in others])
        if shown != self._shown:  # a box that tells of a choice must outlive it
            self._shown = shown
            self._make_boxes(answers, others)
        chosen = dict(step.partition("=")[::2] for step in self._session.chaining.steps)
        for answer, box in self.boxes.items():
            box.setCurrentIndex(max(box.findData(chosen.get(answer, "")), 0))

    def _make_boxes(self, answers: Sequence[str], others: Sequence[Entry]) -> None:
        form = QWidget()
        rows = QFormLayout(form)
        rows.setContentsMargins(0, 0, 6, 0)
        self.boxes = {}
        for answer in answers:
            box = QComboBox()
            box.addItem(tr("ask no other model"), "")
            for one in others:
                box.addItem(well_known(one.bundle.manifest.title) if one.bundle else one.name, one.name)
            said = tr("If it is {answer}:").format(answer=names.label(answer))
            box.setAccessibleName(said)
            box.activated.connect(partial(self._choose, answer))
            rows.addRow(Text(spelling.capital(said), scale=0.95), box)
            self.boxes[answer] = box
        self._scroll.setWidget(form)

    def _choose(self, answer: str, place: int) -> None:
        model = self.boxes[answer].itemData(place)
        others = [step for step in self._session.chaining.steps if step.partition("=")[0] != answer]
        self._session.chaining.ask((*others, f"{answer}={model}") if model else tuple(others))
