"""The slider above its sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionSlider

from desktop.theme import Theme
from desktop.views.threshold import ThresholdSlider
from desktop.views.toolbar import Toolbar

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_the_whole_handle_is_seen(qtbot: QtBot, qapp: QApplication) -> None:
    dress = Theme(qapp)
    action = QAction("Sort")
    bar = Toolbar((action,))
    qtbot.addWidget(bar)
    threshold = ThresholdSlider()
    bar.put_threshold(threshold)
    threshold.sentence.say("At most 9 in 1,000 wrong")
    bar.resize(900, bar.sizeHint().height())
    bar.show()
    slider, option = threshold.slider, QStyleOptionSlider()
    slider.initStyleOption(option)
    part = QStyle.SubControl.SC_SliderHandle
    handle = slider.style().subControlRect(QStyle.ComplexControl.CC_Slider, option, part, slider)
    assert dress.tokens is not None
    assert slider.rect().contains(handle)
    assert slider.height() >= 18
