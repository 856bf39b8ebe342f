"""The house's own rules, each with what to do instead; imports between rooms are import-linter's to hold."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("whatsit", "trainer", "exporter", "desktop")
SOURCES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
MOST_LINES = 250
UNPICKLER = "trainer/data/cifar.py"  # CIFAR-10 comes so; its reader refuses all but arrays of bytes

RULES = [
    (r"dict\[str, Any\]", "give it a name and types: a dataclass or a pydantic record"),
    (
        r"^(import|from) pickle|allow_pickle=True",  # but for `UNPICKLER`
        "a file from a stranger is data: JSON, or npz without pickle",
    ),
    (
        r"\btf\.(io\.decode|image\.resize)",
        "these give other pixels than the contract: use whatsit.preprocess",
    ),
    (r"safe_mode=False", "a .keras file may carry code: load it with safe_mode=True"),
]


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize(("pattern", "advice"), RULES)
def test_house_rules(pattern: str, advice: str) -> None:
    broken = [
        _name(path)
        for path in SOURCES
        if re.search(pattern, path.read_text(encoding="utf-8"), re.MULTILINE)
        and not ("pickle" in pattern and _name(path) == UNPICKLER)
    ]
    assert not broken, f"{', '.join(broken)}: {advice}"


def test_modules_are_small_and_named_for_what_they_hold() -> None:
    vague = [_name(path) for path in SOURCES if path.stem in {"utils", "helpers", "misc", "common"}]
    assert not vague, f"name these for what they hold: {vague}"
    long = [
        _name(path) for path in SOURCES if len(path.read_text(encoding="utf-8").splitlines()) > MOST_LINES
    ]
    assert not long, f"over {MOST_LINES} lines, find the seam: {long}"


def test_only_edges_catch_everything_and_they_log_it() -> None:
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ExceptHandler) and _catches_everything(node):
                words = ast.unparse(node)
                assert "_log.exception" in words or "_unforeseen" in words, f"{_name(path)}:{node.lineno}"


def _catches_everything(handler: ast.ExceptHandler) -> bool:
    return handler.type is None or ast.unparse(handler.type) in {"Exception", "BaseException"}


def test_the_app_is_installed_without_the_training_side() -> None:
    locked = {
        re.split(r"[=\s;]", line)[0]
        for line in (ROOT / "setup" / "app.lock").read_text(encoding="utf-8").splitlines()
        if re.match(r"[a-z0-9]", line)
    }
    assert {"onnxruntime-gpu", "pyside6-essentials", "pillow"} <= locked
    assert not locked & {"tensorflow", "keras", "tf2onnx", "onnx", "scikit-learn", "scipy", "torch"}
    assert not locked & {"ray", "pyarrow", "fsspec", "pandas"}


def test_models_hold_no_python() -> None:
    assert not list((ROOT / "models").rglob("*.py"))
