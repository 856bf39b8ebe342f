"""The right side: the selected photo, its answer, why, and the file's facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from desktop.language import tr
from desktop.state import spelling, words
from desktop.told import told
from desktop.views.bars import RankedBars
from desktop.views.picture import Picture
from desktop.views.texts import Line, Text
from whatsit.decisions import Status

if TYPE_CHECKING:
    from desktop.state.photo_model import Card
    from desktop.state.pixmaps import Thumbnails
    from desktop.state.whole_photo import WholePhoto
    from desktop.theme import Theme
    from desktop.views.heat_box import HeatBox
    from desktop.views.review_box import ReviewBox
    from desktop.work.images import Made
    from whatsit.decisions import Answer
    from whatsit.photos import Photo

    Boxes = tuple[HeatBox, ReviewBox]  # what stands between the answer and the facts


class PhotoPanel(QFrame):
    """Shows one card; the thumbnail stands in until the whole photo is there."""

    said_anew = Signal()  # another answer, or another photo

    def __init__(self, whole: WholePhoto, thumbnails: Thumbnails, boxes: Boxes, dress: Theme) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAccessibleName(tr("Selected photo"))
        self.setMinimumWidth(260)
        self._whole, self._thumbnails, (self.heat, self.review) = whole, thumbnails, boxes
        self._card: Card | None = None
        self.picture, self.bars = Picture(dress), RankedBars(dress)
        self.heading = Text(scale=1.25, weight=QFont.Weight.DemiBold)
        self.sureness = Text(tone="muted")
        self.sentence, self.said = Text(scale=0.95, tone="muted"), Text(scale=0.95)
        self.listed = Text(scale=0.95, tone="muted")  # how often such a short list is right
        self.then = Text()
        self.name, self.facts, self.taken, self.place = (
            Line(),
            Line(scale=0.92, tone="muted"),
            Line(scale=0.92, tone="muted"),
            Line(scale=0.92, tone="muted"),
        )
        self._lay_out()
        self.picture.resized.connect(self._want)
        whole.made.connect(self._take)
        self.show_card(None, None)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        self.sureness.setWordWrap(False)
        top.addWidget(self.heading, 1)
        top.addWidget(self.sureness)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(15, 14, 16, 14)
        layout.setSpacing(3)
        layout.addWidget(self.picture)
        layout.addSpacing(6)
        layout.addWidget(self.heat)
        layout.addSpacing(9)
        layout.addLayout(top)
        layout.addWidget(self.then)
        layout.addSpacing(5)
        layout.addWidget(self.bars)
        layout.addSpacing(3)
        layout.addWidget(self.sentence)
        layout.addWidget(self.listed)
        layout.addWidget(self.said)
        layout.addSpacing(9)
        layout.addWidget(self.review)
        layout.addSpacing(12)
        for line in (self.name, self.facts, self.taken, self.place):
            layout.addWidget(line)
        layout.addStretch(1)

    def show_card(self, card: Card | None, threshold: float | None) -> None:
        """Show a photo and its answer; an invitation to select one when there is none."""
        before, self._card = self._card, card
        answer = card.answer if card else None
        self.show_answer(answer, threshold)
        if card is None:
            self.heading.say("")
            self.sentence.say(tr("Select a photo to see it here."))
        elif card.said is not None:
            self.heading.say(words.said_label(card.said.label))
        self.said.say(words.said(card) if card else "")
        self.then.say(words.then_sentence(answer))
        self.review.setVisible(answer is not None and bool(answer.candidates))
        if card is None:
            self._show_nothing()
        elif before is None or card.photo != before.photo:
            self._show_photo(card.photo)
        self.said_anew.emit()

    def show_answer(self, answer: Answer | None, threshold: float | None) -> None:
        """Show what the model says, of the photo or of a part of it."""
        self.heading.say(words.heading(answer))
        self.sureness.say(words.sureness(answer))
        self.sentence.say(words.sentence(answer, threshold))
        self.bars.show_answer(answer)
        self.said_anew.emit()

    def take_back(self, picture: Picture) -> None:
        """Show the picture here again, which was lent to the large view."""
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertWidget(0, picture)
            picture.show()

    def _show_nothing(self) -> None:
        self._whole.forget()
        self.picture.show_photo(None)
        for line in (self.name, self.facts, self.taken, self.place):
            line.say("")

    def _show_photo(self, photo: Photo) -> None:
        folder, _, name = photo.name.rpartition("/")
        self.name.say(name)
        self.place.say(folder)
        self.facts.say(words.size(photo.size) if photo.size else "")
        self.taken.say(words.changed(photo.mtime_ns))
        self.picture.setAccessibleName(name)
        if photo.settled is not None:  # it may be a pipe or a device: never opened
            self._whole.forget()
            self.picture.show_missing()
            return
        self.picture.show_photo(self._thumbnails.get(photo.path))
        self._want()

    def _want(self) -> None:
        if self._card is not None and self._card.photo.settled is None:
            size = self.picture.wanted()
            self._whole.want(self._card.photo.path, size.width(), size.height())

    def _take(self, made: Made) -> None:
        if self._card is None or made.wish.path != self._card.photo.path:
            return
        if made.image is None:
            self.picture.show_missing()
            if self._card.answer is None or self._card.answer.status is not Status.FAILED:
                self.sentence.say(spelling.capital(told(f"{made.problem}.")))
            return
        self.picture.show_pixmap(QPixmap.fromImage(made.image), made.size)
        if made.size is not None:
            width, height = made.size
            self.facts.say(
                f"{words.number(width)} × {words.number(height)} · {words.size(self._card.photo.size)}"
            )
        if made.facts is not None and (said := words.taken(made.facts)):
            self.taken.say(said)
