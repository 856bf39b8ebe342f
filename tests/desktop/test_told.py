"""What the ground floor says reaches a person in their language: no message is missing from the catalogue."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import whatsit
from desktop import language
from desktop.told import told, told_whole
from tests.helpers.languages import worn
from whatsit.errors import WhatsitError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication

FLOOR = Path(whatsit.__file__).parent
# What only the terminal says, or nobody: commands, figures of evaluations, the doctor's report.
TERMINAL = {
    "answers_file", "cli", "commands", "distributed", "doctor", "evaluation", "figures", "fitting",
    "foreign_pixels", "labelled", "logs", "paired", "predicted", "predictions", "printed", "progress",
    "proof_commands", "renderings", "run", "shelf_commands", "sort_commands", "sortables",
    "spreadsheet", "tables", "temperature", "verdict", "words", "xmp",
}  # fmt: skip
# Logged, SQL, or what programs say to programs; what statuses mean is said by the window itself.
NO_MESSAGE = re.compile(
    r"\n|--out |INSERT|SELECT|DELETE|CREATE TABLE|answers (of sorted photos )?are not kept|a second time"
    r"|^label ids must|^two labels have|leaves the bundle's folder|the model takes uint8|^shape "
    r"|^7 is 7, not 7$|is an array of another format|--limit takes|a spreadsheet is no text|not sure which"
    r"|unlike everything it was taught|none of its labels"
)


def template(node: ast.AST) -> str | None:
    """Return a text with a 7 in each of its places."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(one.value) if isinstance(one, ast.Constant) else "7" for one in node.values)
    return None


def sentences(source: Path) -> Iterator[str]:
    """Yield what looks like a person's words in a module, docstrings and annotations left out."""
    tree = ast.parse(source.read_text(encoding="utf-8"))
    passed: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, (ast.Expr, ast.AnnAssign, ast.arg)):
            told_by = node.value if isinstance(node, ast.Expr) else node.annotation
            if isinstance(told_by, (ast.Constant, ast.Subscript, ast.BinOp)):
                passed |= {id(one) for one in ast.walk(told_by)}
        elif isinstance(node, ast.FunctionDef) and node.returns is not None:
            passed |= {id(one) for one in ast.walk(node.returns)}
        elif isinstance(node, ast.Call) and ast.unparse(node.func).startswith("_log."):
            passed |= {id(one) for one in ast.walk(node)}  # the log speaks English
        elif isinstance(node, ast.JoinedStr):
            passed |= {id(one) for one in ast.walk(node) if one is not node}
    for node in ast.walk(tree):
        text = template(node)
        if text and id(node) not in passed and re.search(r"[a-zA-Z7]{2,} [a-z7]+ [a-z7]+", text):
            yield text


@pytest.fixture
def chinese(qapp: QApplication) -> Iterator[None]:
    with worn(qapp, "zh"):
        yield


def test_in_english_all_is_said_as_it_is() -> None:
    assert told("it is gone") == "it is gone"


@pytest.mark.usefixtures("chinese")
def test_no_message_of_the_ground_floor_is_missing() -> None:
    sources = [one for one in sorted(FLOOR.rglob("*.py")) if not TERMINAL & {one.stem, one.parent.name}]
    said = {(one.stem, text) for one in sources for text in sentences(one)}
    assert len(said) > 150, "the test looks past what it should see"
    missing = [one for one in sorted(said) if told(one[1]) == one[1] and not NO_MESSAGE.search(one[1])]
    assert not missing, "add these to desktop/messages, then: make translations"


@pytest.mark.usefixtures("chinese")
def test_what_stands_in_a_message_is_said_too() -> None:
    assert told("the file is gone") == "文件已不存在"
    slow = "reading the file took longer than 5 seconds (raise it: --limit seconds=10, or in limits.toml)"
    assert told(slow) == "读取文件超过了 5 秒（要放宽：--limit seconds=10，或在 limits.toml 中设置）"
    why = "int8 is for the CPU; int8 cannot be used: the model cannot be loaded (x)."
    assert told(why) == "int8 用于处理器（CPU）；int8 无法使用：无法加载该模型（x）。"
    assert told("a word of a person's own") == "a word of a person's own"
    assert told("") == ""


@pytest.mark.usefixtures("chinese")
def test_an_error_says_where_what_and_how_to_go_on() -> None:
    error = WhatsitError(
        "this cannot be read or written (locked).",
        hint="Make room and allow writing there, or move the file away.",
        path=Path("there"),
    )
    assert told_whole(error) == "there: 无法读取或写入（locked）。 请腾出空间并允许写入，或把该文件移走。"


def test_a_file_with_a_name_that_steers_is_named_without_its_controls() -> None:
    error = WhatsitError("it is gone.", path=Path("a\x1b[31m\u202eb"))
    assert "\x1b" not in told_whole(error)
    assert "\u202e" not in told_whole(error)


@pytest.mark.usefixtures("chinese")
def test_models_that_ship_are_called_in_the_window_s_language() -> None:
    assert language.well_known("Dog breeds") == "犬种"
    assert language.well_known("My own model") == "My own model"
