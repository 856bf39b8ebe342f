"""The start of the window: what to open, Qt's own needs in plain words, the event loop, the end."""

from __future__ import annotations

import argparse
import logging
import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from desktop import screen
from whatsit import logs
from whatsit.errors import WhatsitError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

    from desktop.settings import Settings
    from desktop.state.session import Session

# As in whatsit.device, which loads onnxruntime: the window is to be seen before that.
Device = Literal["auto", "cpu", "cuda"]
Variant = Literal["auto", "fp32", "int8", "fp16"]
MODEL = "cats-dogs"


@dataclass(frozen=True, slots=True)
class Start:
    """What the window opens with."""

    paths: tuple[Path, ...] = ()
    model: str = ""  # the one that a person chose last
    device: Device = "auto"
    variant: Variant = "auto"


def main(argv: Sequence[str] | None = None) -> int:
    """Open the window as the arguments say and return the exit code once it is closed."""
    start = _parse(argv)
    try:
        with logs.to_file():
            return run(start)
    except WhatsitError as error:
        print(f"whatsit-app: {error}", file=sys.stderr)  # noqa: T201 - the program's edge
        return error.exit_code


def run(start: Start) -> int:
    """Open the window and return 0 once it is closed.

    Raises DeviceError when this machine has no screen or lacks what Qt needs.
    """
    screen.check()
    sys.excepthook = _log_unforeseen
    from desktop import language  # noqa: PLC0415 - the check above says why Qt may not load
    from desktop.furnishing import Furnishing  # noqa: PLC0415 - as above
    from desktop.main_window import MainWindow  # noqa: PLC0415 - as above
    from desktop.settings import Settings as Kept  # noqa: PLC0415 - as above
    from desktop.theme import Theme, application  # noqa: PLC0415 - as above

    app = application()
    app.setApplicationName("whatsit")
    app.setApplicationDisplayName("Whatsit")
    app.setDesktopFileName("whatsit")
    settings, dress = Kept(), Theme(app)
    language.wear(app, settings.language)
    dress.choose(settings.scheme)
    window = MainWindow(dress, settings)
    Furnishing(window, partial(_session, start, settings))
    if start.paths:
        window.open(start.paths)
    window.show()
    return app.exec()


def _session(start: Start, settings: Settings) -> Session:
    from desktop.collector import ShortCollections  # noqa: PLC0415 - the window is seen before this is loaded
    from desktop.state.session import ModelChoice  # noqa: PLC0415 - as above
    from desktop.state.session import Session as Sitting  # noqa: PLC0415 - as above

    last = settings.model or MODEL
    session = Sitting(ModelChoice(start.model or last, start.device, start.variant))
    session.chaining.steps = settings.chain if session.choice.name == last else ()  # it names its answers
    ShortCollections(session)
    return session


def _log_unforeseen(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Keep what a slot of Qt's raised: it cannot travel up through Qt, and the window goes on."""
    logging.getLogger(__name__).error("in the window", exc_info=(kind, error, trace))
    print(f"whatsit-app: {error}; the log has the details: {logs.shown_file()}", file=sys.stderr)  # noqa: T201


def _parse(argv: Sequence[str] | None) -> Start:
    parser = argparse.ArgumentParser(
        "whatsit-app", description="What is it? Answers for photos, in a window."
    )
    parser.add_argument("paths", nargs="*", type=Path, help="folders and photos to open")
    parser.add_argument("--model", default="", help="the model's name or folder; else the one chosen last")
    parser.add_argument("--device", default="auto", choices=get_args(Device))
    parser.add_argument("--variant", default="auto", choices=get_args(Variant))
    given = parser.parse_args(argv)
    return Start(tuple(given.paths), given.model, given.device, given.variant)
