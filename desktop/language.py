"""What the window says, in the language that a person reads."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from whatsit.manifest import Label

LANGUAGES: Final = {"en": "English", "zh": "中文", "ru": "Русский"}
_RESOURCES: Final = Path(__file__).parent / "resources"
_FIGURES: Final = str.maketrans({",": "\u00a0", ".": ","})
_QT: Final = {"zh": "zh_CN"}  # what Qt calls it


class _Worn:
    """The language that is worn, and what labels are called in it."""

    code = "en"
    labels: dict[str, str] = {}  # noqa: RUF012 - taken anew for each model
    titles: dict[str, str] = {}  # noqa: RUF012 - as above


def tr(text: str, about: str = "", count: int = -1) -> str:
    """Return the text in the window's language; `%n` in it is `count`, with the plural that goes with it.

    lupdate finds the texts by this function's name: call it with the text itself.
    """
    return QCoreApplication.translate("", text, about, count)


def look_up(message: str) -> str:
    """Return a message of the catalogue in the window's language."""
    return QCoreApplication.translate("", message)


def speaks_english() -> bool:
    """Say whether the window's texts are as they stand in the source."""
    return _Worn.code == "en"


def wear(app: QCoreApplication, chosen: str = "") -> str:
    """Speak the chosen language, else the system's first that is known, else English; return its code."""
    wanted = [chosen, *(one.split("-")[0] for one in QLocale.system().uiLanguages())]
    _Worn.code = next((one for one in wanted if one in LANGUAGES), "en")
    if _Worn.code != "en":
        own = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        texts = {f"qtbase_{_QT.get(_Worn.code, _Worn.code)}": own, f"whatsit_{_Worn.code}": str(_RESOURCES)}
        for name, folder in texts.items():
            translator = QTranslator(app)
            if translator.load(name, folder):
                app.installTranslator(translator)
    return _Worn.code


def figures(text: str) -> str:
    """Return a number such as 1,234.5 as it is written in the window's language."""
    return text.translate(_FIGURES) if _Worn.code == "ru" else text


def take_labels(labels: Iterable[Label]) -> None:
    """Call these labels from now on as their bundle does in the window's language."""
    code = _Worn.code
    _Worn.labels = {one.name: one.names[code] for one in labels if code in one.names}


def take_titles(titles: Mapping[str, str]) -> None:
    """Call these models from now on by their titles, given by their names."""
    _Worn.titles = dict(titles)


def model_title(name: str) -> str:
    """Return what a model is called in the window's language, its own name where nothing says it."""
    return well_known(_Worn.titles.get(name, name))


def label_name(name: str) -> str:
    """Return what a label is called in the window's language, its own name where nothing says it."""
    return _Worn.labels.get(name) or well_known(name)


def well_known(name: str) -> str:
    """Return what a model that ships, its subject, a label or a group is called in the window's language."""
    if speaks_english():
        return name
    from desktop.messages.well_known import WELL_KNOWN  # noqa: PLC0415 - wanted in few windows

    return look_up(name) if name in WELL_KNOWN else name
