"""The real command on a real folder of everything that programs stumble over."""

from __future__ import annotations

import base64
import ctypes
import json
import os
import shutil
import stat
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from tests.conftest import ROOT
from tests.helpers import hostile

if TYPE_CHECKING:
    from pathlib import Path

    from whatsit.bundle import Bundle

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="names of any bytes and rights are Linux's")
PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 24, 1, 2
C = ctypes.CDLL(None, use_errno=True)
MOST_MEMORY = 512 * 1024**2
MOST_MEMORY_NEAR_THE_LIMIT = 1280 * 1024**2  # one picture of 196 million pixels at four bytes, and the rest


@pytest.fixture
def place(tiny: Bundle, tmp_path: Path) -> Path:
    """Return a folder with photos and a model."""
    (tmp_path / "photos").mkdir()
    shutil.copytree(tiny.folder, tmp_path / "tiny")
    return tmp_path


def without_the_right_to_read_everything() -> None:
    """Give up what lets root read a file that nobody may read; root's own files stay open to it."""
    if os.getuid() == 0:
        for capability in (CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH):
            if C.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) != 0:
                raise OSError(ctypes.get_errno(), "the right cannot be given up")


def classify(place: Path, *options: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "whatsit", "classify", "photos", "--model", "./tiny", *options]
    return subprocess.run(
        command,
        cwd=place,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        preexec_fn=without_the_right_to_read_everything,
        capture_output=True,
        timeout=120,
        check=False,
    )


# A program counts as its own what the one that started it had: so a small one stands between.
MEASURE = """
import resource, subprocess, sys
code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode
print(code, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024)
"""


def classify_measured(place: Path) -> tuple[int, int]:
    """Return the exit code and the most memory in bytes that the command took."""
    command = [sys.executable, "-m", "whatsit", "classify", "photos", "--model", "./tiny", "-q"]
    ran = subprocess.run(
        [sys.executable, "-c", MEASURE, *command],
        cwd=place,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    code, memory = ran.stdout.split()
    return int(code), int(memory)


def raw_name(record: dict[str, str]) -> bytes:
    return base64.b64decode(record["path_bytes"]) if "path_bytes" in record else record["path"].encode()


def test_every_entry_is_answered_or_named_with_its_reason(place: Path) -> None:
    expected = hostile.make(place / "photos")
    ran = classify(place, "--format", "jsonl")
    assert ran.returncode == 3, ran.stderr.decode()
    records = [json.loads(line) for line in ran.stdout.splitlines()]
    assert records[0]["record"] == "run"
    found = {raw_name(one): one for one in records[1:-1]}
    assert sorted(found) == sorted(expected)
    for name, outcome in expected.items():
        record = found[name]
        if outcome == "answer":
            assert record["status"] in {"answered", "not_sure", "unknown"}, (name, record)
        else:
            assert record["status"] in {"failed", "skipped"}, (name, record)
            assert outcome in record["reason"], (name, record)
    counts = records[-1]
    states = [counts[state] for state in ("answered", "not_sure", "unknown", "failed", "skipped")]
    assert counts["found"] == len(expected) == sum(states)
    assert counts["failed"] == sum(one["status"] == "failed" for one in found.values())


@pytest.mark.parametrize("options", [(), ("--format", "csv"), ("--format", "json")])
def test_no_traceback_no_noise_and_nothing_that_steers_a_terminal(
    place: Path, options: tuple[str, ...]
) -> None:
    hostile.make(place / "photos")
    ran = classify(place, *options)
    assert ran.returncode == 3
    assert b"Traceback" not in ran.stderr
    assert b"\x1b" not in ran.stdout + ran.stderr
    said = [line for line in ran.stderr.decode().splitlines() if not line.startswith("Classifying")]
    assert len(said) == (1 if options else 0), said  # the summary, where the answers take standard output
    assert ran.stdout.decode("utf-8")


def test_photos_of_a_red_thing_are_red_whatever_their_orientation(place: Path) -> None:
    hostile.make(place / "photos")
    records = [json.loads(line) for line in classify(place, "--format", "jsonl").stdout.splitlines()[1:-1]]
    turned = [one for one in records if one["path"].startswith("orientation")]
    assert [one["label"] for one in turned] == ["warm"] * 8


def test_memory_stays_bounded(place: Path) -> None:
    hostile.make(place / "photos")
    large = hostile.encoded(Image.new("RGB", (6000, 4000), hostile.RED), "PNG", compress_level=1)
    for number in range(12):  # more than 1 GB when decoded
        (place / "photos" / f"large {number}.png").write_bytes(large)
    code, memory = classify_measured(place)
    assert code == 3
    assert memory < MOST_MEMORY


def test_memory_stays_bounded_for_pictures_near_the_limit(place: Path) -> None:
    for kind in ("palette", "16 bits", "alpha"):
        (place / "photos" / f"{kind}.png").write_bytes(hostile.near_the_limit(kind))
    code, memory = classify_measured(place)
    assert code == 0
    assert memory < MOST_MEMORY_NEAR_THE_LIMIT


def test_a_pipe_does_not_stop_the_run(place: Path) -> None:
    os.mkfifo(place / "photos" / "pipe.jpg")
    assert stat.S_ISFIFO((place / "photos" / "pipe.jpg").stat().st_mode)
    ran = classify(place)
    assert ran.returncode == 0
    assert b"a pipe, not a file" in ran.stdout
