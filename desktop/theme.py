"""Colours, fonts and the style of Qt's own widgets, for light and dark; follows the system while it runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from whatsit.decisions import Status

SPACE: Final = 4  # every distance is a multiple of this
RADIUS: Final = 7


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one scheme, by what they are for."""

    ground: str  # behind the photos
    panel: str  # behind text
    card: str
    well: str  # where a picture will be
    line: str
    track: str  # what is not filled of a bar
    text: str
    muted: str
    accent: str
    on_accent: str
    accent_hover: str
    chosen: str
    hover: str
    answered: str
    not_sure: str
    unknown: str
    failed: str
    skipped: str

    def of(self, status: Status | None) -> str:
        """Return the colour of a status's badge; None is a photo that waits."""
        return {
            Status.ANSWERED: self.answered,
            Status.NOT_SURE: self.not_sure,
            Status.UNKNOWN: self.unknown,
            Status.FAILED: self.failed,
            Status.SKIPPED: self.skipped,
        }.get(status or Status.SKIPPED, self.skipped)


LIGHT: Final = Tokens(
    ground="#f4f5f7", panel="#ffffff", card="#ffffff", well="#e9ebef", line="#e1e4e9", track="#e4e7ec",
    text="#1b1e24", muted="#5f6672", accent="#2563eb", on_accent="#ffffff", accent_hover="#1d55d0",
    chosen="#e6edfc", hover="#f0f2f5",
    answered="#1d8a52", not_sure="#b06f00", unknown="#6b50bd", failed="#c2352f", skipped="#6b7280",
)  # fmt: skip
DARK: Final = Tokens(
    ground="#1a1c20", panel="#212429", card="#2a2d33", well="#34383f", line="#363a42", track="#3b4048",
    text="#e8eaee", muted="#a0a7b3", accent="#6ea3ff", on_accent="#0c1730", accent_hover="#8ab5ff",
    chosen="#2a3a58", hover="#2a2d33",
    answered="#56c08a", not_sure="#e2aa4c", unknown="#a58fe6", failed="#ee7b74", skipped="#9aa1ad",
)  # fmt: skip


class Theme(QObject):
    """Dresses the application and tells when the system went from light to dark or back."""

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self._app = app
        self.tokens = LIGHT
        app.setStyle("Fusion")  # the one style that takes every colour from the palette, on all systems
        app.setFont(with_tabular_digits(app.font()))
        hints = app.styleHints()
        hints.colorSchemeChanged.connect(self.follow)
        self.follow(hints.colorScheme())

    def follow(self, scheme: Qt.ColorScheme) -> None:
        """Wear this scheme; where the system names none, light."""
        self.tokens = DARK if scheme is Qt.ColorScheme.Dark else LIGHT
        self._app.setPalette(_palette(self.tokens))
        self._app.setStyleSheet(_style_sheet(self.tokens))
        self.changed.emit()

    def color(self, token: str) -> QColor:
        """Return a token's colour."""
        return QColor(getattr(self.tokens, token))

    def badge(self, status: Status | None) -> QColor:
        """Return the colour of a status's badge; None is a photo that waits."""
        return QColor(self.tokens.of(status))


def with_tabular_digits(font: QFont) -> QFont:
    """Return the font with digits of one width, so that figures do not dance while they count."""
    dressed = QFont(font)
    dressed.setFeature(QFont.Tag.fromString("tnum"), 1)
    return dressed


def font(scale: float = 1.0, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Return the application's font, larger or smaller, heavier or lighter."""
    dressed = QApplication.font()
    if dressed.pointSizeF() > 0:
        dressed.setPointSizeF(dressed.pointSizeF() * scale)
    else:
        dressed.setPixelSize(round(dressed.pixelSize() * scale))
    dressed.setWeight(weight)
    return dressed


def _palette(tokens: Tokens) -> QPalette:
    role = QPalette.ColorRole
    colors = {
        role.Window: tokens.panel, role.Base: tokens.panel, role.AlternateBase: tokens.ground,
        role.Button: tokens.card, role.ToolTipBase: tokens.card, role.WindowText: tokens.text,
        role.Text: tokens.text, role.ButtonText: tokens.text, role.ToolTipText: tokens.text,
        role.PlaceholderText: tokens.muted, role.Highlight: tokens.accent,
        role.HighlightedText: tokens.on_accent, role.Link: tokens.accent, role.Mid: tokens.line,
        role.Light: tokens.card, role.Dark: tokens.line,
        role.Accent: tokens.accent,
    }  # fmt: skip
    palette = QPalette()
    for each, color in colors.items():
        palette.setColor(each, QColor(color))
    palette.setColor(QPalette.ColorGroup.Disabled, role.ButtonText, QColor(tokens.muted))
    return palette


def _style_sheet(tokens: Tokens) -> str:
    """Return what a palette cannot say: edges, paddings, and the states of buttons and bars."""
    return f"""
    #bar {{ background: {tokens.panel}; border-bottom: 1px solid {tokens.line}; }}
    #foot {{ background: {tokens.panel}; border-top: 1px solid {tokens.line}; }}
    #side {{ background: {tokens.panel}; border-right: 1px solid {tokens.line}; }}
    #panel {{ background: {tokens.panel}; border-left: 1px solid {tokens.line}; }}
    #centre {{ background: {tokens.ground}; }}
    #card {{ background: {tokens.panel}; border: 1px solid {tokens.line}; border-radius: {RADIUS + 1}px; }}
    #pill {{ border: 1px solid {tokens.line}; border-radius: 11px; padding: 2px 10px;
             color: {tokens.muted}; }}
    QLabel[tone="muted"] {{ color: {tokens.muted}; }}
    QLabel[tone="failed"] {{ color: {tokens.failed}; }}
    QPushButton {{ border: 1px solid {tokens.line}; border-radius: {RADIUS}px; padding: 6px 12px;
                   background: {tokens.card}; color: {tokens.text}; }}
    QPushButton:hover {{ background: {tokens.hover}; }}
    QPushButton:focus {{ border: 2px solid {tokens.accent}; padding: 5px 11px; }}
    QPushButton[kind="primary"] {{ background: {tokens.accent}; color: {tokens.on_accent};
                                  border-color: {tokens.accent}; }}
    QPushButton[kind="primary"]:hover {{ background: {tokens.accent_hover};
                                         border-color: {tokens.accent_hover}; }}
    QPushButton[kind="primary"]:focus {{ border: 2px solid {tokens.text}; }}
    QPushButton[kind="quiet"] {{ background: transparent; border-color: transparent; }}
    QPushButton[kind="quiet"]:hover {{ background: {tokens.hover}; }}
    QComboBox {{ border: 1px solid {tokens.line}; border-radius: {RADIUS}px; padding: 5px 10px;
                 background: {tokens.card}; color: {tokens.text}; }}
    QComboBox:hover {{ background: {tokens.hover}; }}
    QComboBox:focus {{ border: 2px solid {tokens.accent}; padding: 4px 9px; }}
    QComboBox:disabled {{ color: {tokens.skipped}; }}
    QComboBox::drop-down {{ border: none; width: 22px; }}
    QCheckBox {{ spacing: 8px; padding: 3px; border: 1px solid transparent; border-radius: {RADIUS}px; }}
    QCheckBox:focus {{ border-color: {tokens.accent}; }}
    QPushButton:checked {{ background: {tokens.chosen}; color: {tokens.accent}; }}
    QPushButton:disabled {{ color: {tokens.skipped}; }}
    #webcam {{ background: {tokens.ground}; }}
    QPushButton[kind="quiet"]:focus {{ border: 2px solid {tokens.accent}; }}
    QPushButton[kind="keyed"] {{ padding: 0; }}
    QPushButton[kind="keyed"]:focus {{ padding: 0; }}
    #cap {{ border: 1px solid {tokens.line}; border-radius: 4px; padding: 0 4px; color: {tokens.muted};
            background: {tokens.panel}; }}
    #parting {{ background: {tokens.line}; }}
    #head {{ background: {tokens.ground}; }}
    #popup {{ background: {tokens.panel}; border: 1px solid {tokens.line}; border-radius: {RADIUS}px; }}
    QListWidget {{ background: {tokens.panel}; border: none; outline: none; }}
    QListWidget::item {{ padding: 4px 8px; border-radius: {RADIUS - 2}px; color: {tokens.text}; }}
    QListWidget::item:selected {{ background: {tokens.chosen}; color: {tokens.text}; }}
    QTreeWidget {{ background: {tokens.panel}; border: 1px solid {tokens.line}; border-radius: {RADIUS}px;
                   outline: none; padding: 4px; }}
    QTreeWidget:focus {{ border-color: {tokens.accent}; }}
    QTreeWidget::item {{ padding: 4px 4px; color: {tokens.text}; }}
    QTreeWidget::item:selected {{ background: {tokens.chosen}; color: {tokens.text}; }}
    QHeaderView::section {{ background: {tokens.panel}; color: {tokens.muted}; border: none;
                            border-bottom: 1px solid {tokens.line}; padding: 4px 6px; }}
    QLineEdit {{ border: 1px solid {tokens.line}; border-radius: {RADIUS}px; padding: 5px 9px;
                 background: {tokens.panel}; color: {tokens.text}; }}
    QLineEdit:focus {{ border: 2px solid {tokens.accent}; padding: 4px 8px; }}
    QComboBox {{ border: 1px solid {tokens.line}; border-radius: {RADIUS}px; padding: 4px 10px;
                 background: {tokens.panel}; color: {tokens.text}; }}
    QComboBox:focus {{ border: 2px solid {tokens.accent}; padding: 3px 9px; }}
    QComboBox QAbstractItemView {{ background: {tokens.panel}; border: 1px solid {tokens.line};
                                   selection-background-color: {tokens.chosen};
                                   selection-color: {tokens.text}; }}
    QSlider::groove:horizontal {{ height: 4px; border-radius: 2px; background: {tokens.track}; }}
    QSlider::sub-page:horizontal {{ height: 4px; border-radius: 2px; background: {tokens.accent}; }}
    QSlider::handle:horizontal {{ width: 12px; height: 12px; margin: -6px 0; border-radius: 8px;
                                  border: 2px solid {tokens.accent}; background: {tokens.panel}; }}
    QSlider::handle:horizontal:focus {{ background: {tokens.accent}; }}
    QSlider::sub-page:horizontal:disabled {{ background: {tokens.track}; }}
    QSlider::handle:horizontal:disabled {{ border-color: {tokens.line}; }}
    QMenu {{ background: {tokens.panel}; border: 1px solid {tokens.line}; padding: 4px; }}
    QMenu::item {{ padding: 5px 22px; border-radius: {RADIUS - 2}px; color: {tokens.text}; }}
    QMenu::item:selected {{ background: {tokens.chosen}; }}
    QMenu::item:disabled {{ color: {tokens.muted}; }}
    QMenu::separator {{ height: 1px; background: {tokens.line}; margin: 4px 8px; }}
    QProgressBar {{ border: none; background: {tokens.track}; border-radius: 3px;
                    min-height: 6px; max-height: 6px; }}
    QProgressBar::chunk {{ background: {tokens.accent}; border-radius: 3px; }}
    QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
    QScrollBar::handle:vertical {{ background: {tokens.line}; border-radius: 4px;
                                   min-height: 36px; margin: 2px; }}
    QScrollBar::handle:vertical:disabled {{ background: transparent; }}
    QScrollBar::handle:vertical:hover {{ background: {tokens.muted}; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; width: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    QSplitter::handle {{ background: transparent; }}
    QToolTip {{ background: {tokens.card}; color: {tokens.text}; border: 1px solid {tokens.line};
                padding: 4px; }}
    """
