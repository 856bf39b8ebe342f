"""The measured part of a card: both files' figures with their intervals, and no figures that are guessed."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.helpers import tiny_bundle
from whatsit.evaluation import Answers, Told
from whatsit.figures import ClassFigures, Figures
from whatsit.reliability import Reliability
from whatsit.verdict import Report

if TYPE_CHECKING:
    from whatsit.bundle import Bundle

ROOT = Path(__file__).parents[2]
LABELS = tuple(f"label {number}" for number in range(12))


def report(bundle: Bundle, variant: str, log_loss: float) -> Report:
    return Report(
        model="tiny",
        bundle_sha256=bundle.sha256,
        variant=variant,
        device="cpu",
        split="test",
        figures=Figures(
            photos=2400,
            right=2000,
            failed=0,
            accuracy=0.83333,
            interval95=(0.818, 0.848),
            balanced_accuracy=0.825,
            balanced_accuracy95=(0.81, 0.84),
            top5=0.98,
            top5_95=(0.97, 0.99),
            log_loss=log_loss,
            log_loss95=(log_loss - 0.02, log_loss + 0.03),
            calibration_error=0.01,
            classes=tuple(ClassFigures(label=one, photos=200, right=160) for one in LABELS),
        ),
        reliability=Reliability(error=0.01, error_by_chance=0.02, gained_by_refitting=0.001),
        answers=Answers(
            answered=Told(photos=1800, wrong=45, wrong95=(0.018, 0.033)),
            answered95=(0.732, 0.767),
            not_sure=540,
            not_sure95=(0.208, 0.242),
            unknown=60,
            unknown95=(0.019, 0.032),
            failed=0,
            lists=Told(photos=360, wrong=9, wrong95=(0.013, 0.047)),
            listed=2.8,
            groups=Told(photos=0, wrong=0, wrong95=(0, 1)),
            neither=180,
        ),
        failed=(),
        paired=None,
    )


@pytest.fixture
def bundle(tmp_path: Path) -> Bundle:
    """A bundle beside a copy of the benchmarks, whose results are made up."""
    made = tiny_bundle.make(tmp_path / "tiny")
    results = tmp_path / "benchmarks" / "results"
    shutil.copytree(ROOT / "benchmarks", results.parent, ignore=shutil.ignore_patterns("results", "peers"))
    results.mkdir()
    row = {"pictures": 4.0, "int8 unknown": 0.5, "same_verdict": 1.0}
    sets = {way: {"known": row} for way in ("as they are", "squashed alike")}
    (results / "novelty-tiny.json").write_text(json.dumps({"bundle": made.sha256, "sets": sets}))
    found = {one: report(made, one, loss).model_dump() for one, loss in (("fp32", 0.5), ("int8", 0.52))}
    write(made, {"test": {"split": "test", **found}})
    return made


def results_of(bundle: Bundle) -> Path:
    return bundle.folder.parent / "benchmarks" / "results" / "accuracy-tiny.json"


def write(bundle: Bundle, sets: dict[str, Any]) -> None:
    results_of(bundle).write_text(json.dumps({"sets": sets}))


def put(bundle: Bundle) -> subprocess.CompletedProcess[str]:
    script = results_of(bundle).parents[1] / "measured.py"
    return subprocess.run(
        [sys.executable, str(script), str(bundle.folder)],
        check=False,
        cwd=ROOT,
        capture_output=True,
        text=True,
    )


def test_both_files_stand_side_by_side_with_their_intervals(bundle: Bundle) -> None:
    done = put(bundle)
    assert done.returncode == 0, done.stderr
    card = (bundle.folder / "README.md").read_text(encoding="utf-8")
    assert "On its 2,400 test photos" in card
    assert "| figure | int8 | fp32 |" in card
    assert "| log loss | 0.5200 (0.5000–0.5500) | 0.5000 (0.4800–0.5300) |" in card
    alike = {
        "most likely label right": "83.33% (81.80–84.80)",
        "the same, every label counting alike": "82.50% (81.00–84.00)",
        "right label among the best five": "98.00% (97.00–99.00)",
        "answered by default, of all photos": "75.00% (73.20–76.70)",
        "wrong, of those answered": "2.50% (1.80–3.30)",
        "*not sure*, of all photos": "22.50% (20.80–24.20)",
        "*unknown*, of all photos": "2.50% (1.90–3.20)",
        "short lists, of all photos": "15.00%, 2.8 labels each",
        "wrong, of these lists": "2.50% (1.30–4.70)",
        "groups said, of all photos": "0.00%",
        "wrong, of these groups": "–",
        "neither list nor group, of all photos": "7.50%",
    }
    for name, value in alike.items():
        assert f"| {name} | {value} | {value} |" in card


def test_every_label_has_its_part_and_the_mistakes_are_named(bundle: Bundle) -> None:
    sets = json.loads(results_of(bundle).read_text())["sets"]
    figures = sets["test"]["int8"]["figures"]
    labels = [{"label": f"breed-{place}", "photos": 50, "right": 30 + place} for place in range(12)]
    labels[11] |= {"photos": 60, "right": 48}
    figures["classes"] = labels[::-1]
    figures["mistakes"] = [{"label": "breed-0", "taken_for": "breed-1", "photos": 9}]
    write(bundle, sets)
    assert put(bundle).returncode == 0
    card = (bundle.folder / "README.md").read_text(encoding="utf-8")
    assert "Of the 10 labels that are found least often:" in card
    assert "| breed-0 | 50 | 60.0% |" in card
    assert "The others, of 50 to 60 photos each: breed-11 80%, breed-10 80%." in card
    assert "Most often mistaken, the right label first: breed-0 for breed-1 (9)." in card
    assert "Of the known ones squashed alike 50.0% are called unknown." in card


def test_few_labels_stand_in_the_table_all_with_their_mistakes(bundle: Bundle) -> None:
    sets = json.loads(results_of(bundle).read_text())["sets"]
    figures = sets["test"]["int8"]["figures"]
    figures["classes"] = [{"label": one, "photos": 50, "right": 40} for one in ("cat", "dog")]
    figures["mistakes"] = [{"label": "cat", "taken_for": "dog", "photos": 10}]
    write(bundle, sets)
    assert put(bundle).returncode == 0
    card = (bundle.folder / "README.md").read_text(encoding="utf-8")
    assert "Of each label:" in card
    assert "The others" not in card
    assert "Most often mistaken, the right label first: cat for dog (10)." in card


@pytest.mark.parametrize(
    ("part", "field"), [("figures", "log_loss95"), ("figures", "top5_95"), ("answers", "neither")]
)
def test_older_results_are_named_and_nothing_is_guessed(bundle: Bundle, part: str, field: str) -> None:
    sets = json.loads(results_of(bundle).read_text())["sets"]
    del sets["test"]["fp32"][part][field]
    write(bundle, sets)
    before = (bundle.folder / "README.md").read_bytes()
    done = put(bundle)
    assert done.returncode == 1
    assert f"{results_of(bundle)}: these figures are not as benchmarks/accuracy.py writes" in done.stderr
    assert f"test.fp32.{part}.{field}: Field required" in done.stderr
    assert "Run benchmarks/accuracy.py again." in done.stderr
    assert (bundle.folder / "README.md").read_bytes() == before


@pytest.mark.parametrize("variant", ["fp32", "int8"])
def test_figures_of_another_bundle_are_refused(bundle: Bundle, variant: str) -> None:
    sets = json.loads(results_of(bundle).read_text())["sets"]
    sets["test"][variant]["bundle_sha256"] = "0" * 64
    write(bundle, sets)
    done = put(bundle)
    assert done.returncode == 1
    assert "these are the figures of another bundle" in done.stderr
