from __future__ import annotations

import csv
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from typing import TYPE_CHECKING
from unittest import mock

import pytest

from tests.helpers import second_bundle
from tests.helpers.tiny_bundle import picture
from tests.helpers.windows import folder_of
from whatsit import batch, cli, photos
from whatsit import chain as chains
from whatsit.chain import Chain
from whatsit.classifier import Classifier
from whatsit.ledger import LedgerError
from whatsit.recall import Recall
from whatsit.results import Summary
from whatsit.resuming import Resumed

if TYPE_CHECKING:
    from pathlib import Path

    from whatsit.batch import Result
    from whatsit.bundle import Bundle

MANY = 2000  # enough for a machine at work to kill the run before its end
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def classifier(tiny: Bundle) -> Classifier:
    return Classifier.open(tiny, "cpu", "fp32")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = folder_of(tmp_path / "photos", "red", "blue", "grey", "green", each=5)
    (folder / "bad.jpg").write_bytes(b"\xff\xd8\xff bad")
    (folder / "notes.txt").write_text("notes")
    return folder


def require_alike(some: list[Result], other: list[Result]) -> None:
    """Require the same answers; the last digits depend on which photos were at hand to share a batch."""
    for one, two in zip(some, other, strict=True):
        assert one.photo == two.photo
        assert (one.answer.status, one.answer.label) == (two.answer.status, two.answer.label)
        assert one.answer.confidence == pytest.approx(two.answer.confidence, abs=1e-5)
        assert (one.answer.then is None) == (two.answer.then is None)


def pace(some: list[Result]) -> float:
    summary = Summary()
    for one in some:
        summary.add(one)
    return summary.record(10).photos_per_second


def test_what_is_recalled_is_what_was_answered(
    classifier: Classifier, folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    shades = second_bundle.make(tmp_path_factory.mktemp("bundles") / "shades")
    chain = Chain.open(classifier, [f"warm={shades.folder}"], "cpu", "fp32")
    found = list(photos.scan([folder]))
    plain = list(chains.classify(found, chain))
    first, second = Resumed(), Resumed()
    anew = list(chains.classify(found, chain, first.classify))
    require_alike(anew, plain)
    with mock.patch.object(Classifier, "predict", mock.Mock(side_effect=AssertionError)):
        assert list(chains.classify(found, chain, second.classify)) == anew
        again = list(chains.classify(found, chain, Resumed().classify))
    assert (first.recalled, second.recalled) == (0, 20 + 5)  # five of them by the next model, too
    assert (pace(anew), pace(again)) == (2.0, 0.0)  # what was known took no time


def test_a_changed_photo_is_answered_anew(classifier: Classifier, folder: Path) -> None:
    list(Resumed().classify(photos.scan([folder]), classifier))
    changed = next(folder.glob("*red*"))
    changed.write_bytes(picture((20, 60, 200)))
    os.utime(changed, ns=(1, 1))
    again = Resumed()
    answers = {one.photo.path: one.answer.label for one in again.classify(photos.scan([folder]), classifier)}
    assert answers[changed] == "cold"
    assert again.recalled == 19


@pytest.mark.parametrize("broken", ["at the start", "meanwhile"])
def test_a_recall_that_fails_costs_only_time(
    classifier: Classifier, folder: Path, own_home: Path, broken: str
) -> None:
    plain = list(batch.classify(photos.scan([folder]), classifier))
    if broken == "at the start":
        (own_home / "cache").mkdir(parents=True, exist_ok=True)
        (own_home / "cache" / "answers").write_text("a file")
        require_alike(list(Resumed().classify(photos.scan([folder]), classifier)), plain)
        return
    with mock.patch.object(Recall, "keep", mock.Mock(side_effect=LedgerError("full"))) as keep:
        require_alike(list(Resumed().classify(photos.scan([folder]), classifier)), plain)
    assert keep.call_count == 1


def test_no_answers_take_the_place_of_a_photo(
    tiny: Bundle, folder: Path, capsys: Captured
) -> None:  # as `--out *.png` would, of which the shell makes an --out and many photos
    first, *rest = map(str, sorted(folder.glob("*.png")))
    before = {path: path.read_bytes() for path in folder.iterdir()}
    for kind in ("csv", "json", "jsonl", "xlsx"):
        assert (
            cli.main(["classify", "--model", str(tiny.folder), "--format", kind, "--out", first, *rest]) == 2
        )
        assert f"this is a picture's name. Name another file: answers.{kind}" in capsys.readouterr().err
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.parametrize("kind", ["jsonl", "csv"])
def test_a_killed_run_goes_on_by_the_same_command(
    tiny: Bundle, tmp_path: Path, own_home: Path, capsys: Captured, kind: str
) -> None:
    folder, out = tmp_path / "many", tmp_path / f"answers.{kind}"
    folder.mkdir()
    pictures = [picture((200, green, 0)) for green in range(50)]
    for number in range(MANY):
        (folder / f"{number}.png").write_bytes(pictures[number % 50])
    options = ["--model", str(tiny.folder), "--device", "cpu", "--out", str(out), "-q"]
    command = ["classify", str(folder), *options]
    process = subprocess.Popen([sys.executable, "-m", "whatsit", *command], stderr=subprocess.PIPE)
    _wait_for_rows(own_home, process)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL
    kept = _rows(own_home)
    assert 0 < kept < MANY
    assert cli.main(command) == 0
    assert f"({kept:,} answers known from before)" in capsys.readouterr().out
    went_on = _answers(out)
    assert len(went_on) == len(set(went_on)) == MANY
    assert cli.main([*command, "--anew"]) == 0
    assert "known from before" not in capsys.readouterr().out
    assert _answers(out) == went_on


def _answers(out: Path) -> list[tuple[str, str, str]]:
    if out.suffix == ".csv":
        records = list(csv.DictReader(out.read_text().splitlines()))
    else:
        run, *records, counts = map(json.loads, out.read_text().splitlines())
        assert (run["record"], counts["record"]) == ("run", "counts")
    return [(one["path"], one["status"], one["label"]) for one in records]


def _wait_for_rows(home: Path, process: subprocess.Popen[bytes]) -> None:
    while process.poll() is None and not _rows(home):
        time.sleep(0.01)
    assert process.poll() is None, process.communicate()


def _rows(home: Path) -> int:
    files = list(home.rglob("answers/*.sqlite"))
    if not files:
        return 0
    tables = sqlite3.connect(files[0])
    try:
        return int(tables.execute("SELECT count(*) FROM photo").fetchone()[0])
    except sqlite3.OperationalError:
        return 0
    finally:
        tables.close()
