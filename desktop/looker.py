"""A closer look at the selected photo: where the model sees its answer, and what it says of a part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.actions import Do
from desktop.language import tr
from desktop.state import promises
from desktop.state.asking import Asking
from desktop.work.asking import MIDDLE, WHOLE, Area, Heard, Question

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtGui import QAction

    from desktop.state.photo_model import Card
    from desktop.state.session import Session
    from desktop.views.photo_panel import PhotoPanel
    from whatsit.manifest import Decision, ShortList


class Looker(QObject):
    """Asks the model only while the heat map is wanted or a part is drawn round."""

    def __init__(self, session: Session, panel: PhotoPanel, act: Mapping[Do, QAction]) -> None:
        super().__init__(panel)
        self.asking = Asking(session)
        self._session, self._panel, self._heat = session, panel, act[Do.HEAT]
        self._card: Card | None = None
        self._shown: tuple[Card | None, Decision | None] | None = None
        self._area: Area | None = None
        self._heard: Heard | None = None
        self.asking.heard.connect(self._take)
        panel.picture.drawn.connect(self.look_at)
        panel.heat.whole.clicked.connect(lambda: self.look_at(None))
        panel.heat.strength.valueChanged.connect(self._set_strength)

    def calls(self) -> dict[Do, Callable[[], object]]:
        """Return what the actions call."""
        return {Do.HEAT: self._ask, Do.ASK_PART: self._turn_part}

    def show(self, card: Card | None) -> None:
        """Look at this photo; what is seen already is not laid out anew for every answer that comes."""
        decision = self._session.decision
        if self._shown == (card, decision):
            return
        self._shown = (card, decision)
        before, self._card = self._card, card
        if card is None or before is None or card.photo.path != before.photo.path:
            self._area, self._heard = None, None
            self._panel.heat.show_part(asked=False)
            self._panel.heat.note.say("")
        self._panel.show_card(card, self._session.threshold)
        self._panel.heat.setVisible(_can_be_asked(card))
        self._panel.listed.say(promises.listed(card.answer if card else None, _short_list(self._session)))
        self._show_heard()
        self._ask()

    def look_at(self, area: Area | None) -> None:
        """Ask about this part, or about the whole photo again."""
        self._area, self._heard = area, None
        self._panel.picture.show_area(area)
        self._panel.heat.show_part(asked=area is not None)
        self._panel.show_card(self._card, self._session.threshold)
        self._show_no_heat()
        self._ask()

    def _turn_part(self) -> None:
        """Ask about the middle, to be moved from there by the arrows; or about the whole photo again."""
        if _can_be_asked(self._card):
            self.look_at(MIDDLE if self._area is None else None)
            self._panel.picture.setFocus()

    def close(self) -> None:
        """Leave no thread behind."""
        self.asking.close()

    def _ask(self) -> None:
        wanted = self._heat.isChecked() or self._area is not None
        if self._card is None or not wanted or not _can_be_asked(self._card):
            self.asking.forget()
            self._show_no_heat()
            self._heard = None
        else:
            self.asking.ask(Question(self._card.photo.path, self._area or WHOLE))

    def _show_no_heat(self) -> None:
        self._panel.picture.show_heat(None)
        self._panel.heat.note.say("")

    def _take(self, heard: Heard) -> None:
        self._heard = heard
        self._show_heard()

    def _show_heard(self) -> None:
        heard = self._heard
        if heard is None:
            return
        self._panel.picture.show_heat(heard.heat if self._heat.isChecked() else None, heard.covers)
        self._panel.heat.note.say(_why_no_heat(heard) if self._heat.isChecked() else "")
        if self._area is not None:
            answer = self.asking.answer(heard)
            self._panel.show_answer(answer, self._session.threshold)
            self._panel.listed.say(promises.listed(answer, _short_list(self._session)))

    def _set_strength(self, percent: int) -> None:
        self._panel.picture.strength = percent / 100
        self._panel.picture.update()


def _short_list(session: Session) -> ShortList | None:
    """Return the model's short lists, as measured; None at another threshold than its own."""
    own = session.classifier.decision if session.classifier else None
    return own.short_list if own and session.threshold == own.threshold else None


def _why_no_heat(heard: Heard) -> str:
    """Return why nothing is seen of a heat map; nothing where there is something to see."""
    if heard.evidence is None or heard.is_hot:
        return ""
    if heard.heat is None:
        return tr("This model has no heat map.")
    return tr("No part of it speaks for the best label: the map is empty.")


def _can_be_asked(card: Card | None) -> bool:
    return card is not None and card.answer is not None and bool(card.answer.candidates)
