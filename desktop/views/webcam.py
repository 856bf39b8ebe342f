"""The webcam view: the picture, the live answer, and what to choose."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
)

from desktop import actions
from desktop.actions import Do
from desktop.language import tr
from desktop.state import spelling, words
from desktop.state.live import Live, LivePhase
from desktop.views.camera_boxes import CameraBoxes
from desktop.views.live_panel import LivePanel
from desktop.views.live_picture import LivePicture
from desktop.views.problem import Problem
from desktop.views.texts import Line
from desktop.views.toolbar import button
from desktop.work.part import Part
from whatsit import files

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QShowEvent

    from desktop.settings import Settings
    from desktop.state.session import Session
    from desktop.theme import Theme
    from desktop.work.live import Seen
    from whatsit.errors import WhatsitError

_REFRESH: Final = 500  # milliseconds between two looks at the figures
_VIDEOS: Final = "*.mp4 *.webm *.mov *.avi *.mkv *.m4v *.ogv *.mpg *.mpeg *.wmv *.gif"


class Webcam(QFrame):
    """Works while it is shown: leaving it switches the camera off."""

    def __init__(self, session: Session, dress: Theme, settings: Settings) -> None:
        super().__init__()
        self.setObjectName("webcam")
        self.setAccessibleName(tr("Webcam"))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._settings = settings
        self.live = Live(session)
        self.live.choice.preferred = settings.camera
        self.picture = LivePicture(dress)
        self.panel = LivePanel(session, self.live, dress)
        self.problem = Problem()
        self.stack = QStackedWidget()
        self.actions_by_name = actions.make(
            self, self._calls(), Qt.ShortcutContext.WidgetWithChildrenShortcut
        )
        self.boxes = CameraBoxes(self.live)
        self.said = Line(scale=0.95, tone="muted")
        self.folder = button(self.actions_by_name[Do.SHOW_SNAPSHOTS], "quiet")
        self._clock = QTimer(self, interval=_REFRESH)
        self._lay_out()
        self._connect()
        self._refresh()

    def _calls(self) -> dict[Do, actions.Call]:
        return {
            Do.PLAY: self.ask_for_video,
            Do.FREEZE: self.live.freeze,
            Do.SNAPSHOT: self.keep,
            Do.SHOW_SNAPSHOTS: self._show_snapshots,
            Do.LIVE_HEAT: self._show_heat,
            Do.PART: self._show_part,
            Do.AGAIN: self.live.try_again,
        }

    def _lay_out(self) -> None:
        made = self.actions_by_name
        self.stack.addWidget(self.picture)
        self.stack.addWidget(self.problem)
        self.problem.offer(button(made[Do.AGAIN], "primary"), button(made[Do.PLAY], "plain"))
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for widget in (self.boxes.camera, self.boxes.mode, button(made[Do.PLAY], "quiet")):
            foot.addWidget(widget)
        foot.addStretch(1)
        foot.addWidget(self.said, 2)
        self.freeze = button(made[Do.FREEZE], "plain")
        for widget in (self.folder, self.freeze, button(made[Do.SNAPSHOT], "primary")):
            foot.addWidget(widget)
        left = QVBoxLayout()
        left.setContentsMargins(18, 18, 18, 12)
        left.setSpacing(12)
        left.addWidget(self.stack, 1)
        left.addLayout(foot)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(left, 1)
        layout.addWidget(self.panel)
        self.panel.bind(made[Do.LIVE_HEAT], made[Do.PART])

    def _connect(self) -> None:
        live = self.live
        live.changed.connect(self._refresh)
        live.pictured.connect(self.picture.show_image)
        live.answers.seen_now.connect(self._show_seen)
        live.kept.connect(self._tell_kept)
        self.picture.moved.connect(live.look_at)
        self.panel.strength.valueChanged.connect(self._set_strength)
        self._clock.timeout.connect(self.panel.show_figures)

    def ask_for_video(self) -> None:
        """Let a person choose a video file, and play it."""
        videos, everything = tr("Videos"), tr("All files")
        filters = f"{videos} ({_VIDEOS});;{everything} (*)"
        dialog = QFileDialog(self, tr("Play a video file"), str(self._settings.folder), filters)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda chosen: self.live.play(Path(chosen)))
        dialog.open()

    def keep(self) -> None:
        """Keep the picture that is seen as a photo in the folder of snapshots."""
        seen = self.live.answers.seen
        self.live.keep(self._settings.snapshots, words.short_heading(seen.answer) if seen else "")

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Switch the camera on."""
        super().showEvent(event)
        self.live.open()
        self._clock.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Switch the camera off, unless only the window was put away for a moment."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.stop()

    def stop(self) -> None:
        """Switch all off and leave no thread behind."""
        self._clock.stop()
        self._settings.camera = self.live.choice.preferred
        self.live.close()
        self.picture.show_image(None)
        self.picture.show_heat(None)

    def _refresh(self) -> None:
        live = self.live
        shown = self.problem if live.phase is LivePhase.FAILED else self.picture
        if self.stack.currentWidget() is not shown:
            self.stack.setCurrentWidget(shown)
            self.setFocus()  # the keys stay with this view when what had them is hidden
        if live.error is not None:
            self.problem.tell(live.error)
        if live.image is None:
            self.picture.show_image(None)
            self.picture.show_heat(None)
            self.panel.show_seen(None)
        self.picture.show_part(live.part)
        self.panel.show_part()
        self.boxes.refresh()
        frozen = live.phase is LivePhase.FROZEN
        self.freeze.setText(tr("Go on") if frozen else self.actions_by_name[Do.FREEZE].text())
        for name in (Do.FREEZE, Do.SNAPSHOT):
            self.actions_by_name[name].setEnabled(live.image is not None)
        if live.file is not None:
            self.said.say(files.shown(live.file.name))
        elif live.phase is LivePhase.OPENING:
            self.said.say(tr("Switching the camera on…"))
        elif not self.said.text().startswith(tr("Saved")):
            self.said.say("")

    def _show_seen(self, seen: Seen) -> None:
        self.panel.show_seen(seen)
        self.picture.show_heat(seen.heat if self.actions_by_name[Do.LIVE_HEAT].isChecked() else None)

    def _show_heat(self) -> None:
        """Have heat maps made, the first of them in a moment, or lay none over the picture any more."""
        shown = self.actions_by_name[Do.LIVE_HEAT].isChecked()
        self.live.heat(shown)
        if not shown:
            self.picture.show_heat(None)

    def _set_strength(self, percent: int) -> None:
        self.picture.strength = percent / 100
        self.picture.update()

    def _show_part(self) -> None:
        self.live.look_at(Part() if self.actions_by_name[Do.PART].isChecked() else None)
        if self.live.part is not None:
            self.picture.setFocus()

    def _show_snapshots(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._settings.snapshots)))

    def _tell_kept(self, kept: Path | WhatsitError) -> None:
        if isinstance(kept, Path):
            self.said.say(tr("Saved as {file}").format(file=spelling.place(kept)))
        else:
            self.said.say(f"{spelling.capital(kept.what)} {kept.hint}")
