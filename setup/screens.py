"""Windows to take pictures of: Whatsit's own, an editor, a terminal, a browser, a table, folders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QMainWindow,
    QPlainTextEdit,
    QTableWidget,
    QTableWidgetItem,
    QTextBrowser,
    QTreeWidget,
    QTreeWidgetItem,
)

from desktop import language
from desktop.main_window import MainWindow
from desktop.settings import Settings
from desktop.theme import Theme
from setup import papers

if TYPE_CHECKING:
    from pathlib import Path

    from PIL.Image import Image
    from PySide6.QtWidgets import QWidget

_MENUS: Final = ("File", "Edit", "View", "Go", "Tools", "Help")


def whatsit(scheme: str, spoken: str) -> Image:
    """Return Whatsit's own window as it is before a folder is opened."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)  # noqa: S101 - documents.py made it
    language.wear(app, spoken)
    dress = Theme(app)
    dress.choose(scheme)
    return _seen(MainWindow(dress, Settings()), (1440, 900))


def editor(file: Path, paper: str, ink: str, size: tuple[int, int]) -> Image:
    """Return a text in letters of one width, with menus above and a status below."""
    text = _framed(_plain(file.read_text(encoding="utf-8"), paper, ink))
    text.statusBar().showMessage(f"{file.name}    Ln 1, Col 1    UTF-8    LF")
    return _seen(text, size)


def terminal(file: Path, paper: str, ink: str, size: tuple[int, int]) -> Image:
    """Return a text as a shell shows it, without anything around."""
    return _seen(_plain(f"$ cat {file.name}\n{file.read_text(encoding='utf-8')}", paper, ink), size)


def browser(file: Path, size: tuple[int, int]) -> Image:
    """Return a page of text below an address."""
    page = QTextBrowser()
    page.setMarkdown(papers.words(file))
    window = _framed(page)
    window.addToolBar("").addWidget(QLineEdit(f"https://example.org/{file.name}"))
    return _seen(window, size)


def table(rows: list[list[str]], size: tuple[int, int]) -> Image:
    """Return rows of texts as a spreadsheet."""
    sheet = QTableWidget(len(rows), max(len(row) for row in rows) + 4)
    for down, row in enumerate(rows):
        for right, text in enumerate(row):
            sheet.setItem(down, right, QTableWidgetItem(text))
    return _seen(_framed(sheet), size)


def folders(root: Path, size: tuple[int, int]) -> Image:
    """Return the project's modules as a manager of files shows them."""
    tree = QTreeWidget()
    tree.setHeaderLabels(["Name", "Kind"])
    for room in sorted({file.parent for file in root.glob("*/*.py")}):
        branch = QTreeWidgetItem(tree, [room.name, "Folder"])
        for file in sorted(room.glob("*.py")):
            QTreeWidgetItem(branch, [file.name, "Python"])
    tree.expandAll()
    tree.resizeColumnToContents(0)
    return _seen(_framed(tree), size)


def _framed(inside: QWidget) -> QMainWindow:
    window = QMainWindow()
    for menu in _MENUS:
        window.menuBar().addMenu(menu)
    window.setCentralWidget(inside)
    return window


def _plain(text: str, paper: str, ink: str) -> QPlainTextEdit:
    view = QPlainTextEdit(text)
    view.setFont(QFont("DejaVu Sans Mono", 11))
    colours = view.palette()
    colours.setColor(QPalette.ColorRole.Base, QColor(paper))
    colours.setColor(QPalette.ColorRole.Text, QColor(ink))
    view.setPalette(colours)
    return view


def _seen(window: QWidget, size: tuple[int, int]) -> Image:
    window.resize(*size)
    picture = papers.from_qt(window.grab().toImage())
    window.deleteLater()
    return picture
