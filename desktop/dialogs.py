"""The windows over the window: models, device, settings, and what goes with a bug report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication

from desktop.actions import Do
from desktop.language import tr
from desktop.state.shelf import Shelf
from desktop.work import report
from desktop.work.job import Ending, Job
from desktop.work.models import bundle_among
from whatsit import logs

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QWidget

    from desktop.actions import Call
    from desktop.settings import Settings
    from desktop.state.session import Session
    from desktop.theme import Theme
    from desktop.views.dialog import Dialog


class Dialogs(QObject):
    """Opens each of them once, and ends their work with the window."""

    def __init__(
        self,
        session: Session,
        dress: Theme,
        settings: Settings,
        window: QWidget,
        actions: Mapping[Do, QAction],
    ) -> None:
        super().__init__(window)
        self._session, self._dress, self._settings, self._window = session, dress, settings, window
        self._actions = actions
        self.shelf = Shelf()
        self.open: dict[Do, Dialog] = {}
        self._reporting: Job[str] | None = None
        session.model_opened.connect(self._note_model)

    def calls(self) -> dict[Do, Call]:
        """Return what the actions call."""
        return {
            Do.MODELS: self.show_models,
            Do.DEVICE: self._show_device,
            Do.SETTINGS: self._show_settings,
            Do.SHOW_LOG: self._show_log,
            Do.REPORT: self._copy_report,
        }

    def show_models(self) -> None:
        """Open the models."""
        from desktop.views.models import Models  # noqa: PLC0415 - loaded when it is first wanted

        self._show(Do.MODELS, lambda: Models(self._session, self.shelf, self._dress, self._window))

    def add_model(self, places: Sequence[Path]) -> bool:
        """Open the models and add the one among these places; return whether there is one."""
        folder = bundle_among(places)
        if folder is not None:
            self.show_models()
            self.shelf.add(folder)
        return folder is not None

    def close(self) -> None:
        """Close what is open and wait until no thread is left."""
        for dialog in list(self.open.values()):
            dialog.close()
        self.shelf.close()
        if self._reporting is not None:
            self._reporting.join()

    def _note_model(self) -> None:
        if self.open and self._session.classifier is not None:
            self.shelf.refresh(self._session.classifier.bundle)

    def _show_device(self) -> None:
        from desktop.views.device import DeviceView  # noqa: PLC0415 - as above

        self._show(Do.DEVICE, lambda: DeviceView(self._session, self.shelf, self._dress, self._window))

    def _show_settings(self) -> None:
        from desktop.views.preferences import Preferences  # noqa: PLC0415 - as above

        ways = (self._actions[Do.SHOW_LOG], self._actions[Do.REPORT])
        self._show(Do.SETTINGS, lambda: Preferences(self._settings, self._dress, self._window, *ways))

    def _show(self, name: Do, make: Callable[[], Dialog]) -> None:
        if name not in self.open:
            self.shelf.error = None  # what another dialog told
            dialog = self.open[name] = make()
            dialog.destroyed.connect(lambda: self.open.pop(name, None))
            dialog.finished.connect(lambda _: self.open.pop(name, None))
            dialog.show()
        self.open[name].raise_()
        self.open[name].activateWindow()

    def _show_log(self) -> None:
        folder = logs.file().parent
        folder.mkdir(parents=True, exist_ok=True)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def _copy_report(self) -> None:
        """Copy what to send with a bug report; measuring takes a moment."""
        if self._reporting is not None and not self._reporting.over:
            return
        self._tell(tr("Examining this machine…"))
        self._reporting = Job("report", report.written(), self._copy, self._end_report).start()

    def _copy(self, reports: list[str]) -> None:
        QGuiApplication.clipboard().setText(reports[-1])

    def _end_report(self, ending: Ending) -> None:
        if ending.error is not None:
            self._tell("", ending)
        else:
            self._tell(tr("The report is in the clipboard: paste it into your bug report."))

    def _tell(self, doing: str, ending: Ending | None = None) -> None:
        if dialog := self.open.get(Do.SETTINGS):
            dialog.tell(doing, ending.error if ending else None)
