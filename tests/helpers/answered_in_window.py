"""A folder answered in the real window and exported from it; run as a program.

python -m tests.helpers.answered_in_window FOLDER MODEL FILE.csv: opens FOLDER, waits for its answers, prints
how many there are of each status, and exports them by the dialog.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.state.filters import ALL
from desktop.state.session import Phase
from desktop.state.task import Stage
from tests.helpers import journey
from whatsit.decisions import Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PATIENCE = 1_800_000  # milliseconds: ten thousand photos on a machine at work


def main(folder: Path, model: str, file: Path) -> int:
    """Open, look, export, close."""
    return journey.sit(QApplication(["whatsit"]), [str(folder)], model, _steps(file), PATIENCE)


def _steps(file: Path) -> Iterator[Callable[[], bool]]:
    yield lambda: journey.window().room.session.phase is Phase.DONE
    counts = journey.window().room.session.photos.collection.counts()
    told = {one.value: sum(counts[each] for each in counts if each.status is one) for one in Status}
    journey.say(json.dumps({"found": counts[ALL], **told}))
    yield from journey.active()
    journey.press(Qt.Key.Key_E)
    export = journey.window().room.filing.dialog
    export.kind.setCurrentIndex(export.kind.findData("csv"))
    export.file.setText(str(file))
    QTest.mouseClick(export.primary, Qt.MouseButton.LeftButton)
    yield lambda: export.task.stage is Stage.DONE
    QTest.keyClick(export, Qt.Key.Key_Escape)
    journey.window().close()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])))
