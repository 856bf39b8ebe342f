"""The real command on a folder of files, names and entries that were made to harm."""

from __future__ import annotations

import base64
import csv
import io
import json
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT
from tests.helpers import hostile_files
from tests.helpers.hostile import encoded
from whatsit.writers import FORMULA_STARTS

if TYPE_CHECKING:
    from pathlib import Path

    from whatsit.bundle import Bundle

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="names of any bytes are Linux's")
HEIC = ROOT / "tests" / "whatsit" / "heic" / "halves.heic"
ANSWERED = ("answered", "not_sure", "unknown")
NAMES = (
    b"line\nfeed.jpg", b"carriage\rreturn.jpg", b"tab\there.jpg", b"\x1b[2J\x1b[31mred.jpg", b"bell\x07.jpg",
    b"\xe2\x80\xaegpj.exe.jpg", b"\xc2\x9b31m.jpg", b"=1+1.jpg", b" =1+1.jpg", b"   @SUM(A1).jpg", b"+1.jpg",
    b"-1.jpg", b"\t=2.jpg", b"\xef\xbc\x9d1.jpg", b"\xe3\x80\x80=wide space.jpg", b"--help.jpg", b'",",".jpg',
    b"'=quoted.jpg", b"%s%n.jpg", b"$(reboot).jpg", b"\xff\xfe.jpg", b"\xed\xa0\x80.jpg", b"[red]x[bold].jpg",
    b"x" * 251 + b".jpg", b"\\x41.jpg", b"NUL.jpg",
)  # fmt: skip


@pytest.fixture(scope="module")
def place(tiny: Bundle, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the model and all hostile photos, which no test changes."""
    place = tmp_path_factory.mktemp("hostile")
    shutil.copytree(tiny.folder, place / "tiny")
    (place / "photos").mkdir()
    return place


@pytest.fixture(scope="module")
def expected(place: Path) -> dict[bytes, str]:
    """Fill the folder; return what each entry must come to, "answer" or a part of the reason."""
    photos, jpeg = place / "photos", encoded(hostile_files.small(), "JPEG")
    for name, (data, _) in hostile_files.every(HEIC).items():
        (photos / name).write_bytes(data)
    for raw in NAMES:
        (photos / os.fsdecode(raw)).write_bytes(jpeg)
    came_to = {name.encode(): outcome for name, (_, outcome) in hostile_files.every(HEIC).items()}
    return came_to | dict.fromkeys(NAMES, "answer") | _entries(photos, jpeg)


def _entries(photos: Path, jpeg: bytes) -> dict[bytes, str]:
    os.mkfifo(photos / "fifo.jpg")
    (photos / "device.jpg").symlink_to("/dev/zero")
    (photos / "a.jpg").symlink_to("b.jpg")
    (photos / "b.jpg").symlink_to("a.jpg")
    (photos / "gone.jpg").symlink_to("nothing.jpg")
    (photos / "secrets.jpg").symlink_to("/etc/hostname")
    (photos / "folder.jpg").mkdir()
    (photos / "folder.jpg" / "photo.jpg").write_bytes(jpeg)
    (photos / "folder.jpg" / "up").symlink_to("..")
    (photos / "empty folder.jpg").mkdir()
    with (photos / "terabyte.jpg").open("wb") as sparse:
        sparse.truncate(1024**4)
    return {
        b"fifo.jpg": "a pipe, not a file", b"device.jpg": "a device, not a file", b"a.jpg": "in a circle",
        b"b.jpg": "in a circle", b"gone.jpg": "points to nothing", b"secrets.jpg": "not a picture",
        b"folder.jpg/photo.jpg": "answer", b"folder.jpg/up": "looked at already",
        b"terabyte.jpg": "larger than 512 MB",
    }  # fmt: skip


def classify(place: Path, *options: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "whatsit", "classify", "photos", "--model", "./tiny", "--device", "cpu"]
    surroundings = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [*command, *options], cwd=place, env=surroundings, capture_output=True, timeout=120, check=False
    )


def raw_name(record: dict[str, str]) -> bytes:
    return base64.b64decode(record["path_bytes"]) if "path_bytes" in record else record["path"].encode()


def test_each_costs_one_line_and_the_run_goes_on(place: Path, expected: dict[bytes, str]) -> None:
    assert len(expected) > 100
    assert sum(outcome != "answer" for outcome in expected.values()) >= 40
    ran = classify(place, "--format", "jsonl", "-q")
    assert ran.returncode == 3, ran.stderr.decode()
    assert b"Traceback" not in ran.stderr
    records = [json.loads(line) for line in ran.stdout.splitlines()][1:-1]
    assert sorted(map(raw_name, records)) == sorted(expected)
    wrong = []
    for record in records:
        outcome = expected[raw_name(record)]
        answered = record["status"] in ANSWERED
        if answered != (outcome == "answer") or (not answered and outcome not in record["reason"]):
            wrong.append((record["path"], outcome, record["status"], record["reason"]))
    assert not wrong


@pytest.mark.parametrize("kind", ["table", "csv", "json", "jsonl"])
def test_no_name_steers_a_terminal_or_begins_a_line(
    place: Path, expected: dict[bytes, str], kind: str
) -> None:
    ran = classify(place, "--format", kind, "-q")
    assert ran.returncode == 3
    said = ran.stdout.decode("utf-8") + ran.stderr.decode("utf-8")
    assert all(letter.isprintable() or letter in "\n\u3000" for letter in said)
    assert len(ran.stderr.splitlines()) == (0 if kind == "table" else 1), ran.stderr.decode()
    if kind == "table":
        assert len(ran.stdout.splitlines()) == len(expected) + 2  # its head and the sum


def test_no_cell_is_a_formula(place: Path, expected: dict[bytes, str]) -> None:
    ran = classify(place, "--format", "csv", "-q")
    rows = list(csv.DictReader(io.StringIO(ran.stdout.decode("utf-8"))))
    assert len(rows) == len(expected)
    assert not [cell for row in rows for cell in row.values() if cell.lstrip().startswith(FORMULA_STARTS)]
    assert "./ =1+1.jpg" in {row["path"] for row in rows}
