from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QSlider, QWidget

from desktop.views.toolbar import Toolbar

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

NAMES = ("Open a folder", "Webcam", "Unsure first", "Sort into folders", "Export")


def names(toolbar: Toolbar) -> list[str]:
    return [action.text() for action in toolbar.more.menu().actions() if not action.isSeparator()]


def seen(toolbar: Toolbar) -> list[str]:
    return [one.text() for one in toolbar.buttons.values() if one.isVisible()]


def test_buttons_without_room_are_in_the_menu(qtbot: QtBot) -> None:
    done: list[str] = []
    actions = [QAction(name) for name in NAMES]
    actions[-1].triggered.connect(lambda: done.append("Export"))
    toolbar, quit_action = Toolbar(actions[:2], actions[2:]), QAction("Quit")
    toolbar.offer_more([quit_action])
    host = QWidget()  # a window of its own would not become narrower than its layout
    qtbot.addWidget(host)
    toolbar.setParent(host)
    host.resize(2000, 50)
    toolbar.resize(1600, 50)
    host.show()
    qtbot.waitExposed(host)
    assert (seen(toolbar), names(toolbar)) == (list(NAMES), ["Quit"])

    least = toolbar.minimumSizeHint().width()
    toolbar.resize(least, 50)
    assert (seen(toolbar), names(toolbar)) == ([NAMES[0]], [*NAMES[1:], "Quit"])
    assert toolbar.minimumSizeHint().width() == least
    toolbar.more.menu().actions()[-3].trigger()
    assert done == ["Export"]

    toolbar.resize(least + toolbar.buttons[actions[1]].sizeHint().width() + 10, 50)
    assert seen(toolbar) == list(NAMES[:2])
    slider = QSlider()
    slider.setFixedWidth(300)
    toolbar.put_threshold(slider)
    qtbot.waitUntil(lambda: seen(toolbar) == [NAMES[0]])
    toolbar.resize(1900, 50)
    assert seen(toolbar) == list(NAMES)
