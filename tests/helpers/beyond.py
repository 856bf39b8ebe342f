"""The program as a person runs it on Ray, in processes of its own, and what it left."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from whatsit.distributed import parts
from whatsit.distributed.places import Place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from whatsit.bundle import Bundle
    from whatsit.results import PhotoRecord, ThenRecord

ROOT = Path(__file__).parents[2]


def command(model: Bundle, *words: str) -> list[str]:
    """Return the command that classifies on the CPU in full precision."""
    by = ["--model", str(model.folder), "--device", "cpu", "--variant", "fp32", "-q"]
    return [sys.executable, "-m", "whatsit", "classify", *by, *words]


def ran(model: Bundle, *words: str, path: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run it to its end; `path` holds more Python modules for it and its workers."""
    places = [str(ROOT), *([str(path)] if path else [])]
    env = os.environ | {"PYTHONPATH": os.pathsep.join(places)}
    return subprocess.run(command(model, *words), capture_output=True, text=True, check=False, env=env)


def require_alike(some: Sequence[PhotoRecord], other: Sequence[PhotoRecord]) -> None:
    """Require the same answers; the last digits depend on which photos were at hand to share a batch."""
    for one, two in zip(some, other, strict=True):
        require_alike_said(one, two)
        assert (one.path, one.path_bytes, one.person_label) == (two.path, two.path_bytes, two.person_label)
        assert (one.then is None) == (two.then is None)
        if one.then and two.then:
            require_alike_said(one.then, two.then)


def require_alike_said(one: PhotoRecord | ThenRecord, two: PhotoRecord | ThenRecord) -> None:
    """Require the same answer of a model."""
    assert (one.model, one.status, one.label, one.group) == (two.model, two.status, two.label, two.group)
    assert one.reason == two.reason
    assert (one.confidence, one.novelty) == pytest.approx((two.confidence, two.novelty), abs=1e-5)
    assert [each.label for each in one.candidates] == [each.label for each in two.candidates]
    assert [each.confidence for each in one.candidates] == pytest.approx(
        [each.confidence for each in two.candidates], abs=1e-5
    )


def records(folder: Path) -> list[PhotoRecord]:
    """Return the answers in a folder, by path."""
    return sorted(parts.records(Place.of(str(folder))), key=lambda one: one.path)
