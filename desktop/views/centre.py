"""The middle: the grid of photos, or a notice when there are none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from desktop.state.session import Session
    from desktop.theme import Theme
    from desktop.views.grid import PhotoGrid
    from desktop.views.grid_head import GridHead
    from desktop.views.notice import Notice


class Centre(QStackedWidget):
    """Shows what fits the session, and where things may be dropped."""

    def __init__(self, notice: Notice, dress: Theme) -> None:
        super().__init__()
        self.setObjectName("centre")
        self._notice = notice
        self._edge = _DropEdge(self, dress)
        self._photos = QWidget()
        self.addWidget(notice)
        self.addWidget(self._photos)

    def put(self, head: GridHead, grid: PhotoGrid) -> None:
        """Show photos in this grid, below this head."""
        self._grid = grid
        layout = QVBoxLayout(self._photos)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(grid, 1)

    @property
    def shows_photos(self) -> bool:
        """Whether the grid is what is seen."""
        return self.currentWidget() is self._photos

    def show_session(self, session: Session) -> None:
        """Show the grid when there are photos, else what to do or what went wrong."""
        if session.model_error is not None:
            self._notice.tell(session.model_error, is_about_photos=False)
        elif session.progress.found or session.working:
            self._turn_to(self._photos, self._grid)
            return
        elif session.error is not None:
            self._notice.tell(session.error)
        elif not session.paths:
            self._notice.invite()
        else:
            self._notice.tell_empty()
        self._turn_to(self._notice, self._notice)

    def _turn_to(self, view: QWidget, takes_keys: QWidget) -> None:
        if self.currentWidget() is not view:
            self.setCurrentWidget(view)
            takes_keys.setFocus()

    def set_dropping(self, dropping: bool) -> None:  # noqa: FBT001 - a state that is shown
        """Show that what is held over the window may be dropped."""
        self._notice.set_dropping(dropping)
        self._edge.setVisible(dropping and self.shows_photos)
        self._edge.raise_()


class _DropEdge(QWidget):
    """An edge over the grid while something is held above it."""

    def __init__(self, parent: QWidget, dress: Theme) -> None:
        super().__init__(parent)
        self._dress = dress
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        parent.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Stay as large as what it lies over."""
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the edge."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._dress.color("accent"), 3))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(5, 5, -5, -5), 10, 10)
