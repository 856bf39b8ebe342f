"""The left side: which model answers, and the answers as filters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QVBoxLayout

from desktop.language import tr, well_known
from desktop.state import words
from desktop.views.filter_list import FilterList
from desktop.views.texts import Text

if TYPE_CHECKING:
    from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent

    from desktop.state.filter_model import FilterModel
    from desktop.state.session import Session
    from desktop.theme import Theme


class Sidebar(QFrame):
    """The model's card, which opens the models, above the filters."""

    def __init__(self, filters: FilterModel, dress: Theme, models: QAction) -> None:
        super().__init__()
        self.setObjectName("side")
        self.setMinimumWidth(200)
        self.card = ModelCard(models)
        self.filters = FilterList(filters, dress)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 14, 11, 8)
        layout.setSpacing(14)
        layout.addWidget(self.card)
        layout.addWidget(self.filters, 1)


class ModelCard(QFrame):
    """Which model answers, how large it is, what it takes; a click or a key opens the models."""

    def __init__(self, models: QAction) -> None:
        super().__init__()
        self.setObjectName("card")
        self._models = models
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(models.toolTip())
        self._title = Text(weight=QFont.Weight.DemiBold)
        self._facts = Text(scale=0.9, tone="muted")
        self._error = Text(scale=0.9, tone="failed")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 11)
        layout.setSpacing(3)
        for line in (self._title, self._facts, self._error):
            layout.addWidget(line)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Open the models."""
        if self.rect().contains(event.position().toPoint()):
            self._models.trigger()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Open the models by the keys that press buttons."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._models.trigger()
        else:
            super().keyPressEvent(event)

    def show_model(self, session: Session) -> None:
        """Show the session's model, or how far it is."""
        classifier = session.classifier
        if classifier is not None:
            manifest = classifier.bundle.manifest
            variant = manifest.variants[classifier.variant]
            labels = tr("{count} labels").format(count=words.number(len(manifest.labels)))
            self._title.say(well_known(manifest.title))
            about = tr("For {subject}").format(subject=well_known(manifest.subject))
            self._facts.say(f"{labels} · {words.size(variant.bytes)}, {classifier.variant}\n{about}")
            self._error.say("")
        else:
            self._title.say(session.choice.name)
            self._facts.say("" if session.model_error else tr("Opening the model…"))
            self._error.say(tr("Cannot be used") if session.model_error else "")
        self.setAccessibleName(tr("Model: {name}").format(name=self._title.text()))
