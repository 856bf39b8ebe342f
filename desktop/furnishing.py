"""What comes once the window is seen: its parts are loaded on a thread, then the room for photos moves in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from desktop.main_window import MainWindow
    from desktop.state.session import Session
    from desktop.work.job import Ending, Job

_PARTS: Final = ("desktop.state.session", "desktop.workroom")


class Furnishing(QObject):
    """Goes on step by step, so that what a person does with the window meanwhile is felt at once."""

    def __init__(self, window: MainWindow, begin: Callable[[], Session]) -> None:
        super().__init__(window)
        self._window, self._begin = window, begin
        self._loading: Job[str] | None = None
        self._steps = self._furnish()
        self._next = QTimer(self)
        self._next.timeout.connect(self._step)
        window.seen.connect(self._load)
        window.closing.connect(self._close)

    def _load(self) -> None:
        from desktop.work import parts  # noqa: PLC0415 - the window is seen before this is loaded
        from desktop.work.job import Job as Thread  # noqa: PLC0415 - as above

        self._loading = Thread("parts", parts.load(_PARTS), lambda _names: None, self._loaded).start()

    def _loaded(self, ending: Ending) -> None:
        if ending.error is None:
            self._next.start()
        else:
            self._window.notice.tell(ending.error, is_about_photos=False)

    def _step(self) -> None:
        if next(self._steps, self) is self:
            self._next.stop()

    def _furnish(self) -> Generator[None, None, None]:
        from desktop.workroom import Workroom as Room  # noqa: PLC0415 - as above

        session = self._begin()
        session.open_model()
        room = Room(session, self._window)
        yield
        room.move_in()

    def _close(self) -> None:
        self._next.stop()
        if self._loading is not None:
            self._loading.join()
