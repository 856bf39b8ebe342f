"""The style of Qt's own widgets, by the colours of a scheme."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from desktop.theme import Tokens

RADIUS: Final = 7
_RESOURCES: Final = Path(__file__).parent / "resources"
# By whether the scheme is dark; Qt's style sheets take an arrow and a tick from a file alone.
_DOWN: Final = {
    dark: (_RESOURCES / f"down-{name}.svg").as_posix() for name, dark in (("light", False), ("dark", True))
}
_TICK: Final = {
    dark: (_RESOURCES / f"check-{name}.svg").as_posix() for name, dark in (("light", False), ("dark", True))
}


def of(tokens: Tokens) -> str:
    """Return what a palette cannot say: edges, paddings, and the states of buttons and bars."""
    return f"""
    #bar {{ background: {tokens.panel}; border-bottom: 1px solid {tokens.line}; }}
    #foot {{ background: {tokens.panel}; border-top: 1px solid {tokens.line}; }}
    #side {{ background: {tokens.panel}; border-right: 1px solid {tokens.line}; }}
    #panel {{ background: {tokens.panel}; border-left: 1px solid {tokens.line}; }}
    #centre {{ background: {tokens.ground}; }}
    #large {{ background: {tokens.panel}; }}
    #card {{ background: {tokens.panel}; border: 1px solid {tokens.line}; border-radius: {RADIUS + 1}px; }}
    #card:hover {{ background: {tokens.hover}; }}
    #card:focus {{ border: 2px solid {tokens.accent}; }}
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
    QCheckBox::indicator {{ width: 14px; height: 14px; border: 1px solid {tokens.muted}; border-radius: 4px;
                            background: {tokens.panel}; }}
    QCheckBox::indicator:checked {{ background: {tokens.accent}; border-color: {tokens.accent};
                                    image: url({_TICK[tokens.dark]}); }}
    QCheckBox::indicator:disabled {{ border-color: {tokens.line}; }}
    QPushButton::menu-indicator {{ width: 0; }}
    QMenu {{ background: {tokens.panel}; border: 1px solid {tokens.line}; padding: 4px; }}
    QMenu::item {{ padding: 5px 22px; border-radius: {RADIUS - 2}px; color: {tokens.text}; }}
    QMenu::item:selected {{ background: {tokens.chosen}; }}
    QMenu::item:disabled {{ color: {tokens.muted}; }}
    QMenu::separator {{ height: 1px; background: {tokens.line}; margin: 4px 8px; }}
    #models, QTreeWidget, QTextBrowser {{ border: 1px solid {tokens.line}; border-radius: {RADIUS}px;
        background: {tokens.panel}; outline: none; }}
    #models {{ padding: 4px; }}
    #models::item {{ padding: 8px; border-radius: 6px; }}
    #models:focus, QTreeWidget:focus, QTextBrowser:focus {{ border-color: {tokens.accent}; }}
    QTreeWidget::item {{ padding: 3px 2px; }}
    QTreeWidget::item:selected {{ background: {tokens.chosen}; color: {tokens.text}; }}
    QHeaderView::section {{ background: {tokens.panel}; color: {tokens.muted}; border: none;
                            border-bottom: 1px solid {tokens.line}; padding: 5px 4px; }}
    QTabWidget::pane {{ border: none; border-top: 1px solid {tokens.line}; }}
    QTabBar::tab {{ padding: 6px 12px; color: {tokens.muted}; border: none;
                    border-bottom: 2px solid transparent; background: transparent; }}
    QTabBar::tab:selected {{ color: {tokens.text}; border-bottom-color: {tokens.accent}; }}
    QTabBar::tab:focus {{ color: {tokens.accent}; }}
    QTabBar::tab:disabled {{ color: {tokens.skipped}; }}
    QScrollArea, QScrollArea > QWidget > QWidget {{ background: transparent; }}
    QPushButton:checked {{ background: {tokens.chosen}; color: {tokens.accent}; }}
    QPushButton:disabled {{ color: {tokens.skipped}; }}
    QPushButton[kind="primary"]:disabled {{ background: {tokens.track}; border-color: {tokens.track};
                                           color: {tokens.skipped}; }}
    QComboBox::down-arrow {{ image: url({_DOWN[tokens.dark]}); width: 10px; height: 6px; }}
    QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
    QScrollBar::handle:horizontal {{ background: {tokens.line}; border-radius: 4px;
                                     min-width: 36px; margin: 2px; }}
    QScrollBar::handle:horizontal:hover {{ background: {tokens.muted}; }}
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
    QComboBoxPrivateContainer {{ border: 1px solid {tokens.line}; background: {tokens.panel}; padding: 3px; }}
    QComboBox QAbstractItemView::item {{ padding: 4px 8px; border: none; min-height: 20px; }}
    QComboBox QAbstractItemView {{ background: {tokens.panel}; border: none; outline: none;
                                   selection-background-color: {tokens.chosen};
                                   selection-color: {tokens.text}; }}
    QSlider {{ min-height: 18px; }}
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
