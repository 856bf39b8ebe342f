from __future__ import annotations

import csv
import json
import zipfile
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from whatsit import printed, results, spreadsheet, writers
from whatsit.classifier import Classifier
from whatsit.decisions import Status
from whatsit.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from whatsit.bundle import Bundle
    from whatsit.manifest import Manifest
    from whatsit.writers import Format

CANDIDATES = (
    results.CandidateRecord(label="warm", confidence=0.9),
    results.CandidateRecord(label="cold", confidence=0.1),
)
COUNTS = results.CountsRecord(
    found=2, answered=1, not_sure=0, unknown=0, failed=1, skipped=0, seconds=1.0, photos_per_second=1.0
)


def photo(path: str = "a.jpg", status: Status = Status.ANSWERED, **values: object) -> results.PhotoRecord:
    answered = status is Status.ANSWERED
    facts: dict[str, object] = {
        "path": path,
        "status": status,
        "label": "warm" if answered else "",
        "confidence": 0.9 if answered else None,
        "candidates": CANDIDATES if answered else (),
        "group": "",
        "novelty": 0.5 if answered else None,
        "person_label": "",
        "reason": "" if answered else "the file is empty",
        "model": "tiny",
    }
    return results.PhotoRecord.model_validate(facts | values)


PHOTOS = [photo(), photo("ü 猫.jpg", Status.FAILED), photo(r"\xff.jpg", path_bytes="/y5qcGc=")]


@pytest.fixture(scope="module")
def run(tiny: Bundle) -> results.RunRecord:
    return results.run_record(Classifier.open(tiny, "cpu", "fp32"))


def write(
    kind: Format,
    out: Path | None,
    run: results.RunRecord,
    photos: list[results.PhotoRecord],
    *manifests: Manifest,
) -> None:
    with writers.opened(kind, out, run, manifests) as writer:
        for one in photos:
            writer.write(one)
        writer.finish(COUNTS)


def stop_half_way(kind: Format, out: Path, run: results.RunRecord) -> None:
    with writers.opened(kind, out, run, []) as writer:
        writer.write(PHOTOS[0])
        raise KeyboardInterrupt


def test_jsonl_begins_with_the_run_and_ends_with_the_counts(tmp_path: Path, run: results.RunRecord) -> None:
    write("jsonl", tmp_path / "new" / "a.jsonl", run, PHOTOS)
    lines = (tmp_path / "new" / "a.jsonl").read_text(encoding="utf-8").splitlines()
    records = [json.loads(line) for line in lines]
    assert [one["record"] for one in records] == ["run", "photo", "photo", "photo", "counts"]
    assert records[0]["format_version"] == 1
    assert records[0]["bundle_sha256"] == run.bundle_sha256
    assert records[2] == json.loads(PHOTOS[1].model_dump_json(exclude={"path_bytes", "then"}))
    assert records[2]["confidence"] is None
    assert records[3]["path_bytes"] == "/y5qcGc="
    assert records[4]["found"] == 2


def test_json_is_one_document(tmp_path: Path, run: results.RunRecord) -> None:
    write("json", tmp_path / "a.json", run, PHOTOS)
    document = json.loads((tmp_path / "a.json").read_bytes())
    assert list(document) == ["run", "photos", "counts"]
    assert [one["path"] for one in document["photos"]] == ["a.jpg", "ü 猫.jpg", r"\xff.jpg"]
    assert "path_bytes" not in document["photos"][0]
    assert document["photos"][2]["path_bytes"] == "/y5qcGc="


def test_json_without_photos_is_a_document_too(tmp_path: Path, run: results.RunRecord) -> None:
    write("json", tmp_path / "a.json", run, [])
    assert json.loads((tmp_path / "a.json").read_bytes())["photos"] == []


def test_csv_is_a_plain_table_with_its_facts_beside_it(tmp_path: Path, run: results.RunRecord) -> None:
    write("csv", tmp_path / "a.csv", run, PHOTOS)
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    columns = "path,status,label,confidence,candidates,group,novelty,person_label,reason,model"
    assert ",".join(rows[0]) == columns
    assert rows[0]["confidence"] == "0.9"
    assert json.loads(rows[0]["candidates"])[0] == {"label": "warm", "confidence": 0.9}
    assert (rows[1]["path"], rows[1]["status"], rows[1]["reason"]) == (
        "ü 猫.jpg",
        "failed",
        "the file is empty",
    )
    facts = json.loads((tmp_path / "a.csv.meta.json").read_bytes())
    assert facts["run"]["bundle_sha256"] == run.bundle_sha256
    assert facts["counts"]["found"] == 2


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\uff1d"])
def test_no_cell_of_a_csv_begins_a_formula(tmp_path: Path, run: results.RunRecord, start: str) -> None:
    evil = f'{start}HYPERLINK("x").jpg'
    write("csv", tmp_path / "a.csv", run, [photo(evil, label=evil, group=evil, reason=evil, model=evil)])
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert not [cell for cell in row.values() if cell.startswith(start)]
    assert row["path"] == f"./{evil}"  # still the way to the file


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_a_run_that_is_stopped_leaves_the_old_file(
    tmp_path: Path, run: results.RunRecord, kind: Format
) -> None:
    out = tmp_path / f"a.{kind}"
    out.write_text("old", encoding="utf-8")
    with pytest.raises(KeyboardInterrupt):
        stop_half_way(kind, out, run)
    assert out.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [out]


def test_a_jsonl_that_is_stopped_has_what_came_and_no_counts(tmp_path: Path, run: results.RunRecord) -> None:
    with pytest.raises(KeyboardInterrupt):
        stop_half_way("jsonl", tmp_path / "a.jsonl", run)
    lines = (tmp_path / "a.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["record"] for line in lines] == ["run", "photo"]


@pytest.mark.parametrize(("confidence", "shown"), [(0.5, "50.0%"), (0.9994, "99.9%"), (0.99999, ">99.9%")])
def test_no_confidence_is_rounded_up_to_certainty(confidence: float, shown: str) -> None:
    assert printed._percent(confidence) == shown


def test_the_table_is_for_reading(
    tiny: Bundle, run: results.RunRecord, capsys: pytest.CaptureFixture[str]
) -> None:
    odd = photo("[red]odd[/red].jpg", Status.NOT_SURE, reason="warm or cold")
    write("table", None, run, [*PHOTOS, odd], tiny.manifest)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["Answer", "Confidence", "Photo"]
    assert lines[1].split() == ["warm", "90.0%", "a.jpg"]
    assert lines[2].split() == ["failed", "ü", "猫.jpg", "the", "file", "is", "empty"]
    assert "[red]odd[/red].jpg" in lines[4]
    assert (
        len({line.find(name) for line, name in zip(lines[1:], ("a.jpg", "ü", r"\xff", "["), strict=True)})
        == 1
    )


def test_no_percentage_is_shown_that_nobody_calibrated(
    tiny: Bundle, run: results.RunRecord, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    raw = photo(reason="not calibrated", novelty=None)
    write("table", None, run, [raw], tiny.manifest)
    assert capsys.readouterr().out.splitlines()[1].split() == ["warm", "not", "calibrated", "a.jpg"]
    write("jsonl", tmp_path / "a.jsonl", run, [raw])
    record = json.loads((tmp_path / "a.jsonl").read_text(encoding="utf-8").splitlines()[1])
    assert (record["confidence"], record["reason"]) == (0.9, "not calibrated")
    write("csv", tmp_path / "a.csv", run, [raw])
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["confidence"], row["novelty"], row["reason"]) == ("0.9", "", "not calibrated")


@pytest.mark.parametrize("kind", ["csv", "json", "jsonl"])
def test_standard_output_holds_nothing_else(
    run: results.RunRecord, capsys: pytest.CaptureFixture[str], tmp_path: Path, kind: Format
) -> None:
    write(kind, None, run, PHOTOS)
    write(kind, tmp_path / "same", run, PHOTOS)
    assert capsys.readouterr().out == (tmp_path / "same").read_text(encoding="utf-8")


def cells(file: Path, sheet: int) -> list[list[str]]:
    """Return what stands in a sheet, row by row, as its XML has it."""
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    with zipfile.ZipFile(file) as parts:
        whole = ET.fromstring(parts.read(f"xl/worksheets/sheet{sheet}.xml"))  # noqa: S314 - our own file
        return [["".join(one.itertext()) for one in row] for row in whole.iter(f"{space}row")]


def test_a_spreadsheet_has_numbers_as_numbers_and_texts_as_texts(
    run: results.RunRecord, tmp_path: Path
) -> None:
    out = tmp_path / "answers.xlsx"
    moved = run.model_copy(update={"threshold": 0.7})
    write("xlsx", out, moved, [*PHOTOS, photo("=1+2.jpg", label="https://example.org")])
    head, first, failed, _, formula = cells(out, 1)
    assert tuple(head) == writers.COLUMNS
    assert first[:4] == ["a.jpg", "answered", "warm", "0.9"]
    assert failed[:2] == ["ü 猫.jpg", "failed"]
    assert formula[0] == "=1+2.jpg"
    assert formula[2] == "https://example.org"
    facts = dict(cells(out, 2))
    assert (facts["model"], facts["found"], facts["threshold"]) == ("tiny", "2", "0.7")
    assert [one.name for one in tmp_path.iterdir()] == ["answers.xlsx"]


def test_a_spreadsheet_that_fails_leaves_nothing(run: results.RunRecord, tmp_path: Path) -> None:
    half = [PHOTOS[0], PHOTOS[0].model_copy(update={"novelty": float("nan")})]  # no cell can hold it
    with pytest.raises(TypeError):
        write("xlsx", tmp_path / "answers.xlsx", run, half)
    assert not list(tmp_path.iterdir())


def test_a_spreadsheet_is_not_printed(run: results.RunRecord) -> None:
    with pytest.raises(UsageError, match="no text to print"):
        write("xlsx", None, run, PHOTOS)


def test_more_photos_than_a_spreadsheet_holds_are_refused(
    run: results.RunRecord, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spreadsheet, "MOST_ROWS", 2)
    with pytest.raises(UsageError, match="CSV or JSONL"):
        write("xlsx", tmp_path / "answers.xlsx", run, PHOTOS)
    assert not list(tmp_path.iterdir())
