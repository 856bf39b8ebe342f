"""The figures that are published of the bundles that ship: they are of these bundles, and in their cards."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from setup import cards
from whatsit import bundle as bundles

ROOT = Path(__file__).parents[2]
RESULTS = ROOT / "benchmarks" / "results"
SHIPPED = ("cats-dogs", "breeds", "age")


def read(kind: str, name: str) -> Any:
    return json.loads((RESULTS / f"{kind}-{name}.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", SHIPPED)
def test_figures_are_of_the_bundle_that_ships(name: str) -> None:
    sha256 = bundles.read(ROOT / "models" / name).sha256
    of_sets = [
        one[variant] for one in read("accuracy", name)["sets"].values() for variant in ("fp32", "int8")
    ]
    assert {one["bundle_sha256"] for one in of_sets} == {sha256}
    assert {read(kind, name)["bundle"] for kind in ("honesty", "novelty", "looked-at", "made")} == {sha256}


def test_parts_are_of_the_bundle_that_ships() -> None:
    assert read("parts", "age")["bundle"] == bundles.read(ROOT / "models" / "age").sha256


@pytest.mark.parametrize("name", SHIPPED)
def test_the_card_tells_what_was_counted(name: str) -> None:
    card = (ROOT / "models" / name / "README.md").read_text(encoding="utf-8")
    for row, variants in read("honesty", name)["rows"].items():
        for variant, one in variants.items():
            part = {key: f"{number:,} ({number / one['photos']:.1%})" for key, number in one.items()}
            told = (
                f"{part['answered']} answered | –"
                if "answered" in one
                else f"{part['right']} | {part['wrong']}"
            )
            assert f"| {row} | {variant} | {one['photos']:,} | {told} |" in card


@pytest.mark.parametrize("name", SHIPPED)
def test_the_card_tells_what_was_measured_of_the_int8_file(name: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "models" / name, tmp_path / name)
    script = ROOT / "benchmarks" / "measured.py"
    subprocess.run([sys.executable, str(script), str(tmp_path / name)], check=True, cwd=tmp_path)
    made, shown = ((place / name / "README.md").read_text() for place in (tmp_path, ROOT / "models"))
    assert made == shown


@pytest.mark.parametrize("name", SHIPPED)
def test_the_readme_tells_what_was_measured(name: str) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for one in read("accuracy", name)["sets"].values():
        figures, answers = one["int8"]["figures"], one["int8"]["answers"]
        low, high = (100 * bound for bound in figures["interval95"])
        right = f"{100 * figures['accuracy']:.2f} % ({low:.2f}–{high:.2f})"
        answered = f"{100 * answers['answered']['photos'] / figures['photos']:.1f} %"
        told = answers["answered"]
        wrong = f"{100 * told['wrong'] / told['photos']:.2g} %" if told["wrong"] else "none"
        assert (
            f"| {figures['photos']:,} | {right} | {figures['log_loss']:.3f} | {answered}, {wrong} |" in readme
        )


@pytest.mark.parametrize("name", SHIPPED)
def test_the_card_is_as_the_exporter_and_the_recipe_have_it(name: str) -> None:
    folder = ROOT / "models" / name
    assert (folder / "README.md").read_text(encoding="utf-8") == cards.written(folder)
