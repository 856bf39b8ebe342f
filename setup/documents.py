"""Documents and screenshots that no model was taught, of the project's own texts and windows.

    python -m setup.documents DATA

They go into `DATA/unknowns-test/documents` and `…/screenshots`, for `benchmarks/honesty.py`; what is there
stays. The same texts and fonts (DejaVu, where it is installed) give the same pictures. None shows an animal
or a face.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import tomllib
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING, Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np

from desktop import theme
from setup import papers, screens
from setup.papers import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.random import Generator
    from PIL.Image import Image

ROOT: Final = Path(__file__).parents[1]
A4, LETTER, A5 = (210, 297), (216, 279), (148, 210)
SHEETS: Final = (
    Sheet(*A4, 100, "DejaVu Sans", 10),
    Sheet(*A4, 150, "DejaVu Serif", 11),
    Sheet(*LETTER, 72, "DejaVu Sans", 12),
    Sheet(*A5, 200, "DejaVu Serif", 9),
    Sheet(*LETTER, 120, "DejaVu Sans Mono", 8),
    Sheet(*A4, 96, "DejaVu Sans Condensed", 14),
    Sheet(*A5[::-1], 110, "DejaVu Sans", 9),
)
TEXTS: Final = (
    "README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE", "docs/promises.md",
    "docs/scale.md", "docs/speed.md", "docs/decisions/int8-on-every-processor.md", "models/README.md",
    "trainer/README.md",
)  # fmt: skip
RECEIPT: Final = Sheet(76, 160, 150, "DejaVu Sans Mono", 9)
GOODS: Final = (
    "Bread",
    "Milk",
    "Coffee",
    "Apples",
    "Rice",
    "Soap",
    "Pencils",
    "Paper",
    "Tea",
    "Butter",
    "Salt",
)
ASKED: Final = (
    "Surname",
    "First name",
    "Street",
    "Town",
    "Date of birth",
    "Telephone",
    "Number",
    "Signature",
)


def main(arguments: list[str] | None = None) -> int:
    """Lay out both folders."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path, help="where the folders of photos lie")
    into = parser.parse_args(arguments).data / "unknowns-test"
    theme.application()
    with tempfile.TemporaryDirectory() as home:
        os.environ["WHATSIT_HOME"] = home  # the window is to have the settings of a first start
        for folder, pictures in (("documents", documents()), ("screenshots", screenshots())):
            _lay_out(into / folder, pictures)
    return 0


def documents() -> Iterator[tuple[str, Image]]:
    """Yield 40 documents with their files' names."""
    chance, sheets = np.random.default_rng(8), cycle(SHEETS)
    texts = [papers.words(ROOT / name) for name in TEXTS]
    for number in range(22):
        page = papers.printed(next(sheets), texts[number % len(texts)], number // len(texts))
        yield f"printed-{number}.png", page
    for number in range(7):
        page = papers.printed(SHEETS[number % 2], texts[number], 2)
        yield f"scanned-{number}.jpg", papers.scanned(page, chance)
    for number in range(4):
        page = papers.printed(SHEETS[number], texts[-number], 0)
        yield f"photographed-{number}.jpg", papers.photographed(page, chance)
    for number in range(4):
        page = papers.printed(RECEIPT, _receipt(chance), 0)
        yield f"receipt-{number}.jpg", papers.photographed(page, chance) if number % 2 else page
    for number, sheet in enumerate(SHEETS[:3]):
        yield f"form-{number}.png", papers.printed(sheet, _form(), 0)


def screenshots() -> Iterator[tuple[str, Image]]:
    """Yield 15 screenshots; Whatsit's own windows come last, since their dress is worn by all that follow."""
    code, recipe = ROOT / "whatsit" / "decisions.py", ROOT / "trainer" / "recipes" / "breeds-edge.toml"
    table = ROOT / "trainer" / "label_tables" / "dog-breeds.toml"
    breeds = tomllib.loads(table.read_text(encoding="utf-8")).values()
    rows = [[one.get("group", ""), one["names"]["en"], one["names"]["ru"]] for one in breeds]
    yield "editor-light.png", screens.editor(code, "#ffffff", "#202020", (1280, 800))
    yield "editor-dark.png", screens.editor(code, "#1e1e1e", "#d4d4d4", (1920, 1080))
    yield "editor-paper.png", screens.editor(recipe, "#fdf6e3", "#586e75", (1024, 768))
    yield "terminal-black.png", screens.terminal(recipe, "#000000", "#e0e0e0", (960, 600))
    yield "terminal-green.png", screens.terminal(ROOT / "Makefile", "#001800", "#40ff60", (1280, 720))
    yield "terminal-blue.png", screens.terminal(code, "#012456", "#eeedf0", (1100, 640))
    yield "browser.png", screens.browser(ROOT / "README.md", (1366, 768))
    yield "browser-large.png", screens.browser(ROOT / "docs" / "speed.md", (1920, 1080))
    yield "phone.png", screens.browser(ROOT / "docs" / "scale.md", (390, 844))
    yield "table.png", screens.table(rows, (1440, 900))
    yield "folders.png", screens.folders(ROOT, (800, 600))
    for spoken in ("en", "ru"):
        for scheme in ("light", "dark"):
            yield f"whatsit-{spoken}-{scheme}.png", screens.whatsit(scheme, spoken)


def _receipt(chance: Generator) -> str:
    bought = [(str(one), chance.integers(50, 2000) / 100) for one in chance.permutation(GOODS)[:8]]
    lines = [f"{name:<14}{price:>8.2f}" for name, price in bought]
    total = f"{'TOTAL':<14}{sum(price for _, price in bought):>8.2f}"
    return "\n".join(["```", "     CORNER SHOP", "   12 Market Street", "", *lines, "-" * 22, total, "```"])


def _form() -> str:
    rows = [f"| {asked} | {'_' * 24} | [ ] yes | [ ] no |" for asked in ASKED]
    return "\n".join(["# Application", "", "| | please fill in | | |", "|---|---|---|---|", *rows])


def _lay_out(folder: Path, pictures: Iterator[tuple[str, Image]]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, picture in pictures:
        if not (folder / name).is_file():
            picture.save(folder / name, quality=60)
    print(f"{folder}: {len(list(folder.iterdir()))} pictures", flush=True)  # noqa: T201 - this is a command


if __name__ == "__main__":
    sys.exit(main())
