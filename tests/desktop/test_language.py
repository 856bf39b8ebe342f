"""Nothing is left untranslated: each text of the window is in every catalogue, and none is outside `tr`."""

from __future__ import annotations

import ast
import re
import xml.etree.ElementTree as ET  # our own files
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QTranslator

from desktop import language
from desktop.state import words
from tests.helpers.languages import worn
from whatsit.decisions import Answer, Candidate, Status
from whatsit.manifest import Label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication

DESKTOP = Path(language.__file__).parent
SOURCES = sorted(DESKTOP.rglob("*.py"))
CODES = [code for code in language.LANGUAGES if code != "en"]
# On the terminal, or no text: names, keys, patterns, style sheets.
TERMINAL = {"app.py", "commands.py", "screen.py", "style_sheet.py", "language.py"}
NO_TEXT = {"Row", "Job", "getLogger", "setObjectName", "setProperty", "RuntimeError", "strftime", "setStyle"}
NO_TEXT |= {"exception", "warning", "TypeVar", "strptime", "fromString", "TypeAlias", "convert", "save"}


def translated(code: str) -> dict[str, list[str]]:
    """Return each text with its translation, or with as many as the language has plurals."""
    tree = ET.parse(DESKTOP / "resources" / f"whatsit_{code}.ts")  # noqa: S314 - our own file
    found = {}
    for message in tree.iter("message"):
        text = message.find("translation")
        assert text is not None
        forms = [one.text or "" for one in text] if message.get("numerus") else [text.text or ""]
        found[message.findtext("source", "")] = [] if text.get("type") or not all(forms) else forms
    return found


def name_of(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def texts() -> Iterator[str]:
    """Yield each text that is given to `tr`."""
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and name_of(node) in {"tr", "message"}:
                (given, *_) = node.args
                assert isinstance(given, ast.Constant), f"{source.name}:{node.lineno}: lupdate cannot read it"
                yield str(given.value)


def said_outside(source: Path) -> Iterator[str]:
    """Yield what looks like a person's words and is not given to `tr`."""
    tree = ast.parse(source.read_text(encoding="utf-8"))
    passed: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and name_of(node) in NO_TEXT | {"tr", "message"}:
            passed |= {id(one) for one in ast.walk(node)}
            if (
                name_of(node) == "Row"
            ):  # its texts are calls of `tr`, looked at by themselves; the rest are keys
                continue
        elif isinstance(node, ast.AnnAssign):
            passed |= {id(one) for one in ast.walk(node.annotation)}
        elif isinstance(node, ast.ClassDef) and any(getattr(base, "id", "") == "Enum" for base in node.bases):
            passed |= {id(one) for one in ast.walk(node)}
        elif isinstance(node, (ast.Expr, ast.Subscript)) and isinstance(
            node.value if isinstance(node, ast.Expr) else node.slice, ast.Constant
        ):
            passed |= {id(one) for one in ast.walk(node)}  # docstrings and keys
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in passed:
            text = node.value
            sentence = re.search(r"[a-z]{2,} [a-z]{2,}|^ ?[a-z]+ $|^ [a-z]+", text)
            if sentence or re.fullmatch(r"[A-Z][a-z]{3,}[ .…]*", text):
                yield f"{source.name}:{node.lineno}: {text!r}"


@pytest.mark.parametrize("code", CODES)
def test_each_text_is_translated(code: str) -> None:
    known = translated(code)
    missing = sorted({text for text in texts() if not known.get(text)})
    assert not missing, f"make translations, then say these in whatsit_{code}.ts: {missing}"
    assert not set(known) - set(texts()), "make translations: these are said no more"


@pytest.mark.parametrize("code", CODES)
def test_translations_fill_in_the_same_things(code: str) -> None:
    for text, forms in translated(code).items():
        for said in forms:
            assert sorted(re.findall(r"\{\w*\}", text)) == sorted(re.findall(r"\{\w*\}", said)), text


@pytest.mark.parametrize("code", CODES)
def test_what_the_window_loads_is_what_the_catalogue_says(code: str) -> None:
    translator = QTranslator()
    assert translator.load(f"whatsit_{code}", str(DESKTOP / "resources"))
    stale = [
        text for text, said in translated(code).items() if translator.translate("", text, "", 1) != said[0]
    ]
    assert not stale, "make translations"


def test_no_text_is_outside_tr() -> None:
    allowed = {"'Whatsit'", "'Return'", "'Fusion'", "' – Whatsit'"}  # a name, a key, Qt's name of a style
    allowed |= {
        "' sorted'",
        "' answers.xlsx'",
        "'label '",
        "'whatsit '",
    }  # files, an action, a thread
    found = [one for source in SOURCES if source.name not in TERMINAL for one in said_outside(source)]
    found = [one for one in found if one.partition(": ")[2] not in allowed]
    assert not found


@pytest.fixture
def russian(qapp: QApplication) -> Iterator[None]:
    with worn(qapp, "ru"):
        yield


@pytest.mark.usefixtures("russian")
def test_answers_and_labels_are_said_in_the_language_worn() -> None:
    language.take_labels(
        [Label(id=0, name="beagle", names={"ru": "бигль", "zh": "比格犬"}), Label(id=1, name="cat")]
    )
    beagle = Answer(Status.ANSWERED, "beagle", 0.93, candidates=(Candidate("beagle", 0.93),))
    assert words.heading(beagle) == "Бигль"
    assert words.sureness(beagle) == "уверенность 93%"
    assert words.said_label("cat") == "Кошка"
    assert words.said_label("a word of my own") == "A word of my own"
    assert words.photos(3) == "3 фото"
    assert words.photos(12_345) == "12\u00a0345 фото"
    assert words.size(2_600_000) == "2,6 МБ"
    assert words.summed(Counter({Status.ANSWERED: 2})).startswith(
        "Найдено: 2 = есть ответ: 2 + не уверена: 0"
    )


def test_an_unknown_language_of_the_system_is_english(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Klingon:
        @staticmethod
        def system() -> Klingon:
            return Klingon()

        def uiLanguages(self) -> list[str]:  # noqa: N802 - Qt's name
            return ["tlh-001"]

    monkeypatch.setattr(language, "QLocale", Klingon)
    assert language.wear(qapp) == "en"
    assert language.wear(qapp, "tlh") == "en"
