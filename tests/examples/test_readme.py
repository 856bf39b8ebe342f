"""The examples of models/README.md, run as they stand on real pictures, against Whatsit's own answers."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest

from exporter import transformers_layout
from exporter.checks import Checks
from tests.conftest import ROOT
from whatsit import golden
from whatsit.classifier import Classifier

if TYPE_CHECKING:
    from pathlib import Path

    from whatsit.bundle import Bundle

MODULES = ROOT / "benchmarks" / "runtimes" / "node_modules"
PICTURES = {"sample-cat.jpg": "cat", "turned-6.jpg": "unknown", "sample-eagle.jpg": "unknown"}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder that has what a reader has: the models and the example page."""
    folder = tmp_path / "reader"
    folder.mkdir()
    for name in ("models", "examples"):
        (folder / name).symlink_to(ROOT / name)
    return folder


def example(language: str, number: int = 0) -> str:
    """A block of a language in the README, its first one."""
    text = (ROOT / "models" / "README.md").read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)[number]


def need(*packages: str) -> None:
    """Skip where node or one of its packages is missing."""
    if shutil.which("node") is None:
        pytest.skip("node is not installed")
    if missing := [name for name in packages if not (MODULES / name).is_dir()]:
        pytest.skip(f"{' and '.join(missing)} not in {MODULES}: make runtimes")


def check(place: Path, command: list[str], bundle: Bundle, apart: float) -> None:
    """Run a command beside each picture and hold what it prints against Whatsit's own answer."""
    classifier = Classifier.open(bundle, "cpu", "fp32")
    for name, expected in PICTURES.items():
        file = bundle.folder / "golden" / name
        shutil.copy(file, place / "photo.jpg")
        ended = subprocess.run(command, cwd=place, capture_output=True, text=True, check=False)
        assert ended.returncode == 0, ended.stderr
        label, probability = ended.stdout.split()
        own = classifier.classify(classifier.pixels_of(file)[np.newaxis])[0]
        assert label == expected == (own.label or own.status.value)
        assert float(probability) == pytest.approx(own.candidates[0].confidence, abs=apart)


def test_the_python_example(place: Path, cats_dogs: Bundle) -> None:
    (place / "example.py").write_text(example("python"), encoding="utf-8")
    check(place, [sys.executable, "-W", "error", "example.py"], cats_dogs, 1e-5)


def test_the_javascript_example(place: Path, cats_dogs: Bundle) -> None:
    need("onnxruntime-node", "sharp")
    (place / "example.mjs").write_text(example("javascript"), encoding="utf-8")
    (place / "node_modules").symlink_to(MODULES)
    check(place, ["node", "example.mjs"], cats_dogs, 1e-3)


def test_the_example_for_transformers_js(tmp_path: Path, cats_dogs: Bundle) -> None:
    need("@huggingface/transformers")
    folder = tmp_path / "models" / "cats-dogs"
    folder.mkdir(parents=True)
    shutil.copy(cats_dogs.model_file("fp32"), folder)
    manifest, few = cats_dogs.manifest, golden.read(cats_dogs)[:2]
    pixels = np.stack([one.pixels for one in few])
    transformers_layout.write(folder, manifest.labels, manifest.input, Checks(), pixels)
    shutil.copy(cats_dogs.folder / "golden" / "sample-cat.jpg", tmp_path / "photo.jpg")
    (tmp_path / "example.mjs").write_text(example("javascript", 1), encoding="utf-8")
    (tmp_path / "node_modules").symlink_to(MODULES)
    ended = subprocess.run(["node", "example.mjs"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    answers = re.findall(r"label: '(\w+)', score: (\S+)", ended.stdout)
    assert [label for label, _ in answers] == ["cat", "dog"]
    assert float(answers[0][1].rstrip(",")) > 0.9


def test_the_examples_are_short_and_their_figures_are_the_models(cats_dogs: Bundle) -> None:
    for language in ("python", "javascript"):
        statements = [line for line in example(language).splitlines() if line and "import " not in line]
        assert len(statements) <= 11, language
    spec, decision = cats_dogs.manifest.input, cats_dogs.manifest.variants["fp32"].decision
    assert f"shape{{1, {spec.height}, {spec.width}, 3}}" in example("cpp")
    assert f"[0] > {decision.novelty_limit:g} ?" in example("cpp")
    assert f"best < {decision.threshold:g} ?" in example("cpp")
