"""Colours, fonts and the style of Qt's own widgets, for light and dark; follows the system while it runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from desktop import style_sheet
from desktop.style_sheet import RADIUS

if TYPE_CHECKING:
    from whatsit.decisions import Status

__all__ = ["RADIUS", "SPACE"]
SPACE: Final = 4  # every distance is a multiple of this


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one scheme, by what they are for."""

    dark: bool
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
        return str(getattr(self, status or "skipped"))  # a badge's colour is called as its status is


LIGHT: Final = Tokens(
    dark=False,
    ground="#f4f5f7", panel="#ffffff", card="#ffffff", well="#e9ebef", line="#e1e4e9", track="#e4e7ec",
    text="#1b1e24", muted="#5f6672", accent="#2563eb", on_accent="#ffffff", accent_hover="#1d55d0",
    chosen="#e6edfc", hover="#f0f2f5",
    answered="#1d8a52", not_sure="#b06f00", unknown="#6b50bd", failed="#c2352f", skipped="#6b7280",
)  # fmt: skip
DARK: Final = Tokens(
    dark=True,
    ground="#1a1c20", panel="#212429", card="#2a2d33", well="#34383f", line="#363a42", track="#3b4048",
    text="#e8eaee", muted="#a0a7b3", accent="#6ea3ff", on_accent="#0c1730", accent_hover="#8ab5ff",
    chosen="#2a3a58", hover="#2a2d33",
    answered="#56c08a", not_sure="#e2aa4c", unknown="#a58fe6", failed="#ee7b74", skipped="#9aa1ad",
)  # fmt: skip

_SCHEMES: Final = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}


def application() -> QApplication:
    """Return the application, in the one style that takes every colour from the palette, on all systems."""
    running = QApplication.instance()
    # As an argument, since `setStyle` returns the style, and Python is then told all about styles.
    return running if isinstance(running, QApplication) else QApplication(["whatsit", "-style", "fusion"])


class Theme(QObject):
    """Dresses the application and tells when the system went from light to dark or back."""

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self._app = app
        self.tokens = LIGHT
        app.setFont(with_tabular_digits(app.font()))
        self._chosen: Qt.ColorScheme | None = None
        hints = app.styleHints()
        hints.colorSchemeChanged.connect(self.follow)
        self.follow(hints.colorScheme())

    def choose(self, name: str) -> None:
        """Wear light or dark whatever the system wears, or follow it again."""
        hints = self._app.styleHints()
        self._chosen = _SCHEMES.get(name)
        if self._chosen is None:
            hints.unsetColorScheme()
        else:
            hints.setColorScheme(self._chosen)  # so that title bars and the system's own dialogs fit
        self.follow(hints.colorScheme())

    def follow(self, scheme: Qt.ColorScheme) -> None:
        """Wear this scheme; where the system names none, light."""
        worn = self._chosen or scheme
        self.tokens = DARK if worn is Qt.ColorScheme.Dark else LIGHT
        self._app.setPalette(_palette(self.tokens))
        self._app.setStyleSheet(style_sheet.of(self.tokens))
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
