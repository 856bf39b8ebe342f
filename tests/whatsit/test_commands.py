from __future__ import annotations

import csv
import json
import os
import re
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT
from tests.helpers import second_bundle
from tests.helpers.tiny_bundle import picture
from whatsit import batch, cli

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from whatsit.batch import Result
    from whatsit.bundle import Bundle

COLOURS = {"red": (220, 30, 40), "blue": (20, 60, 200), "grey": (128, 128, 128), "green": (0, 250, 0)}
SUMMARY = re.compile(
    r"(\d+) found = (\d+) answered \+ (\d+) not sure \+ (\d+) unknown \+ (\d+) failed \+ (\d+) skipped; "
    r"[\d.,]+ photos per second, tiny (fp32|int8) on cpu"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "photos"
    place.mkdir()
    for name, colour in COLOURS.items():
        (place / f"{name}.png").write_bytes(picture(colour))
    (place / "notes.txt").write_bytes(b"words")
    return place


def classify(tiny: Bundle, folder: Path, *options: str) -> int:
    return cli.main(["classify", str(folder), "--model", str(tiny.folder), "--device", "cpu", *options])


def test_a_table_and_a_summary(tiny: Bundle, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert classify(tiny, folder) == 0
    lines = capsys.readouterr().out.splitlines()
    rows = {line.split("  ")[0].strip(): line for line in lines[1:-1]}
    assert "blue.png" in rows["cold"]
    assert "red.png" in rows["warm"]
    assert "unlike everything" in rows["unknown"]
    assert "warm" in rows["not sure"]
    assert "not a picture" in rows["skipped"]
    summary = SUMMARY.match(lines[-1])
    assert summary
    assert [int(count) for count in summary.groups()[:6]] == [5, 2, 1, 1, 0, 1]


def test_look_alikes_are_said_to_look_most_alike_in_the_table_alone(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shades = second_bundle.make(tmp_path / "shades", group="tint")
    assert classify(shades, folder) == 0
    head, *rows, _ = capsys.readouterr().out.splitlines()
    assert re.split(r"\s{2,}", head) == ["Looks most like", "Confidence", "Photo"]
    assert {row.split("  ")[0] for row in rows} == {"rose", "ice", "not sure", "unknown", "skipped"}
    assert {row.find(name) for row, name in zip(rows[:2], ("blue.png", "green.png"), strict=True)} == {
        head.find("Photo")
    }
    for kind in ("csv", "json", "jsonl"):
        assert classify(shades, folder, "--format", kind, "--quiet") == 0
        written = capsys.readouterr().out
        assert "rose" in written
        assert not re.search("looks|fine_grained", written, re.IGNORECASE)


def test_some_failed_exits_3(tiny: Bundle, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "bad.png").write_bytes(b"bad")
    assert classify(tiny, folder) == 3
    assert "this is not a picture that can be read" in capsys.readouterr().out


@pytest.mark.parametrize("kind", ["csv", "json", "jsonl"])
def test_the_ending_of_the_file_says_the_format(
    tiny: Bundle, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    out = tmp_path / f"answers.{kind}"
    assert classify(tiny, folder, "--out", str(out)) == 0
    assert SUMMARY.match(capsys.readouterr().out)
    text = out.read_text(encoding="utf-8")
    if kind == "csv":
        statuses = {row["path"]: row["status"] for row in csv.DictReader(text.splitlines())}
    elif kind == "json":
        statuses = {row["path"]: row["status"] for row in json.loads(text)["photos"]}
    else:
        records = [json.loads(line) for line in text.splitlines()]
        statuses = {row["path"]: row["status"] for row in records if row["record"] == "photo"}
    assert statuses == {
        "blue.png": "answered",
        "green.png": "unknown",
        "grey.png": "not_sure",
        "notes.txt": "skipped",
        "red.png": "answered",
    }


@pytest.mark.parametrize("kind", ["csv", "json", "jsonl"])
def test_what_a_program_reads_holds_nothing_else(
    tiny: Bundle, folder: Path, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    assert classify(tiny, folder, "--format", kind, "-q") == 0
    captured = capsys.readouterr()
    assert SUMMARY.match(captured.err)
    assert not SUMMARY.search(captured.out)
    if kind == "json":
        assert json.loads(captured.out)["counts"]["found"] == 5


def test_progress_is_plain_lines_where_there_is_no_terminal(
    tiny: Bundle, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    classify(tiny, folder)
    assert "Classifying: 5 of 5 photos" in capsys.readouterr().err
    classify(tiny, folder, "-q")
    assert capsys.readouterr().err == ""


def test_an_unknown_ending_needs_a_format(
    tiny: Bundle, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert classify(tiny, folder, "--out", str(tmp_path / "answers")) == 2
    assert "csv, json, jsonl or xlsx" in capsys.readouterr().err
    assert classify(tiny, folder, "--out", str(tmp_path / "answers"), "--format", "csv") == 0


def test_a_folder_that_is_not_there_exits_2(
    tiny: Bundle, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert classify(tiny, tmp_path / "nothing") == 2
    assert "no such file or folder" in capsys.readouterr().err


@pytest.mark.parametrize("kind", ["csv", "json", "jsonl", "xlsx"])
def test_answers_written_among_the_photos_are_no_entry_of_their_own_run(
    tiny: Bundle, folder: Path, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "zzz").mkdir()  # listed when the file is there already
    (folder / "zzz" / "red.png").write_bytes(picture(COLOURS["red"]))
    out = folder / "zzz" / f"answers.{kind}"
    assert classify(tiny, folder, "--out", str(out)) == 0
    assert "6 found" in capsys.readouterr().out
    there = len(list(out.parent.iterdir())) - 1  # CSV has its facts beside it
    assert classify(tiny, folder, "--out", str(out)) == 0
    assert f"{6 + there} found" in capsys.readouterr().out


def test_an_empty_folder_is_done_at_once(
    tiny: Bundle, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty").mkdir()
    assert classify(tiny, tmp_path / "empty") == 0
    assert "0 found" in capsys.readouterr().out


def test_a_run_that_is_stopped_says_how_far_it_came(
    tiny: Bundle,
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    whole = batch.predict

    def stopped(*arguments: object, **named: object) -> Iterator[Result]:
        for count, result in enumerate(whole(*arguments, **named)):  # type: ignore[arg-type]
            if count == 2:
                raise KeyboardInterrupt
            yield result

    monkeypatch.setattr(batch, "predict", stopped)
    assert classify(tiny, folder, "--out", str(tmp_path / "a.csv")) == 130
    assert "Stopped: 2 of 5 photos done; nothing was written to" in capsys.readouterr().err
    assert not (tmp_path / "a.csv").exists()


def test_ctrl_c_ends_it_at_once(tiny: Bundle, tmp_path: Path) -> None:
    (tmp_path / "many").mkdir()
    data = picture((9, 9, 9), size=(1500, 1000))
    for number in range(600):
        (tmp_path / "many" / f"{number}.png").write_bytes(data)
    command = ["-m", "whatsit", "classify", str(tmp_path / "many"), "--model", str(tiny.folder), "--out"]
    process = subprocess.Popen(
        [sys.executable, *command, str(tmp_path / "a.jsonl")],
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        # Started in the background, a shell's programs ignore the key, and so do those they start.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - only the signal is set
    )
    while not (tmp_path / "a.jsonl").exists() and process.poll() is None:
        time.sleep(0.01)
    time.sleep(0.3)
    os.kill(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "Traceback" not in said
    stopped = re.search(r"Stopped: (\d+) of 600 photos done", said)
    assert stopped
    assert int(stopped[1]) < 600


def evaluate(tiny: Bundle, data: Path, *options: str) -> int:
    return cli.main(["evaluate", str(tiny.folder), "--data", str(data), "--device", "cpu", "-q", *options])


@pytest.fixture
def labelled(folder: Path) -> Path:
    rows = ["path,label,split", "red.png,warm,test", "blue.png,warm,test", "grey.png,cold,train"]
    (folder / "split.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return folder


def test_evaluate_prints_and_writes_the_figures(
    tiny: Bundle, labelled: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert evaluate(tiny, labelled, "--json", str(tmp_path / "figures.json"), "--variant", "int8") == 0
    out = capsys.readouterr().out
    assert re.search(r"Photos +2\n", out)
    assert re.search(r"Right +1 = 50\.00% \(95 %: 9\.45% to 90\.55%\)", out)
    assert re.search(r"Log loss +\d+\.\d{4} \(95 %: \d+\.\d{4} to \d+\.\d{4}\)\n", out)
    assert re.search(r"Answered +2, 1 of them wrong", out)
    assert re.search(r"Set aside +0 not sure, 0 unknown\n", out)
    assert re.search(r"Part answered +100\.00% \(95 %: 34\.24% to 100\.00%\)", out)
    assert re.search(r"Part unknown +0\.00% \(95 %: 0\.00% to 65\.76%\)", out)
    report = json.loads((tmp_path / "figures.json").read_bytes())
    assert (report["model"], report["variant"], report["split"]) == ("tiny", "int8", "test")
    assert (report["figures"]["photos"], report["figures"]["accuracy"]) == (2, 0.5)
    low, high = report["figures"]["log_loss95"]
    assert low < report["figures"]["log_loss"] < high
    assert report["answers"]["answered95"] == pytest.approx([0.34238, 1], abs=1e-5)
    assert report["answers"]["neither"] == 0
    assert report["paired"] is None


def test_evaluate_beside_another_model(
    tiny: Bundle, labelled: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    saved = str(tmp_path / "fp32.npz")
    assert evaluate(tiny, labelled, "--variant", "fp32", "--save", saved, "--split", "all") == 0
    options = ("--variant", "int8", "--against", saved, "--split", "all", "--json", str(tmp_path / "a.json"))
    assert evaluate(tiny, labelled, *options) == 0
    out = capsys.readouterr().out
    assert re.search(r"Same answer +3 of 3", out)
    paired = json.loads((tmp_path / "a.json").read_bytes())["paired"]
    assert (paired["difference"], paired["same_answers"]) == (0, 3)
    assert paired["largest_differences"]["probabilities"] < 1e-6
    assert evaluate(tiny, labelled, "--against", saved) == 1
    assert "not of the same photos" in capsys.readouterr().err


def test_evaluate_names_what_failed(tiny: Bundle, labelled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (labelled / "red.png").unlink()
    assert evaluate(tiny, labelled) == 3
    captured = capsys.readouterr()
    assert "failed: red.png: the file is gone" in captured.err
    assert re.search(r"Right +0 = 0\.00%", captured.out)


@pytest.fixture
def no_classifier(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail where a photo is looked at: what cannot end well must be found before."""

    def looked(*_arguments: object, **_options: object) -> None:
        raise AssertionError("the photos were looked at")

    monkeypatch.setattr(batch, "predict", looked)


@pytest.mark.usefixtures("no_classifier")
@pytest.mark.skipif(os.name == "nt", reason="pipes are files only on POSIX")
@pytest.mark.parametrize(
    ("kind", "name"), [("folder", "a.csv"), ("folder", "a.json"), ("folder", "a.jsonl"), ("pipe", "a.csv")]
)
def test_answers_do_not_replace_what_is_no_file(
    tiny: Bundle, folder: Path, tmp_path: Path, kind: str, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "new" / name
    out.parent.mkdir()
    if kind == "folder":
        out.mkdir()
    else:
        os.mkfifo(out)
    assert classify(tiny, folder, "--out", str(out)) == 2
    assert f"{out}: this is a {kind}" in capsys.readouterr().err
    assert list(out.parent.iterdir()) == [out]
    assert not out.is_file()


@pytest.mark.usefixtures("no_classifier")
@pytest.mark.parametrize("option", ["--json", "--save"])
def test_figures_do_not_replace_a_folder(
    tiny: Bundle, labelled: Path, tmp_path: Path, option: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert evaluate(tiny, labelled, option, str(tmp_path)) == 2
    assert "this is a folder" in capsys.readouterr().err


def test_other_photos_or_labels_are_found_before_the_work(
    tiny: Bundle,
    labelled: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    saved = str(tmp_path / "saved.npz")
    assert evaluate(tiny, labelled, "--save", saved) == 0
    monkeypatch.setattr(batch, "predict", None)
    assert evaluate(tiny, labelled, "--against", saved, "--split", "all") == 1
    assert "not of the same photos" in capsys.readouterr().err
    table = labelled / "split.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("blue.png,warm", "blue.png,cold"), "utf-8")
    assert evaluate(tiny, labelled, "--against", saved) == 1
    assert "same true labels" in capsys.readouterr().err


def test_many_machines_need_a_part_that_is_named(
    tiny: Bundle, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("fsspec", "pyarrow", "ray"):
        monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.delitem(sys.modules, "whatsit.distributed.command", raising=False)
    assert classify(tiny, folder, "--engine", "ray", "--out", "answers") == 2
    said = capsys.readouterr().err
    assert re.fullmatch(
        r"whatsit: 'whatsit classify' needs \w+, which is not installed\. "
        r"Install it with: pip install 'whatsit\[distributed\]'\n",
        said,
    )


def test_a_url_needs_the_other_engine(tiny: Bundle, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["classify", "s3://bucket/photos", "--model", str(tiny.folder)]) == 2
    assert (
        "s3://bucket/photos: this is no path of this machine. URLs need --engine ray."
        in capsys.readouterr().err
    )
