from __future__ import annotations

import csv
import json
import threading
from typing import TYPE_CHECKING

import pytest

from tests.helpers import second_bundle
from tests.helpers.windows import folder_of
from whatsit import batch, cli, files, photos
from whatsit import bundle as bundles
from whatsit import chain as chains
from whatsit.chain import Chain
from whatsit.classifier import Classifier
from whatsit.decisions import Answer, Status
from whatsit.errors import BundleError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from whatsit.bundle import Bundle


@pytest.fixture(scope="module")
def shades(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    return second_bundle.make(tmp_path_factory.mktemp("bundles") / "shades")


@pytest.fixture
def first(tiny: Bundle) -> Classifier:
    return Classifier.open(tiny, "cpu", "fp32")


def opened(first: Classifier, *steps: str) -> Chain:
    return Chain.open(first, steps, "cpu", "fp32")


def test_only_the_answer_that_is_named_asks_the_next_model(
    first: Classifier, shades: Bundle, tmp_path: Path
) -> None:
    folder = folder_of(tmp_path, "red", "blue", "grey", "green", each=20)
    (folder / "bad.jpg").write_bytes(b"\xff\xd8\xff bad")
    (folder / "notes.txt").write_text("notes")
    found = list(photos.scan([folder]))
    chain = opened(first, f"warm={shades.folder}")
    results = list(chains.classify(found, chain))
    alone = list(batch.classify(found, first))
    assert [one.photo for one in results] == found
    for one, before in zip(results, alone, strict=True):
        asked = before.answer.label == "warm"
        assert (one.answer.then is not None) == asked
        assert one.answer.status == before.answer.status
        if one.answer.then:
            direct = chain.then["warm"].classify(first.pixels_of(one.photo.path)[None])[0]
            assert (one.answer.then.model, one.answer.then.answer) == ("shades", direct)
            assert direct.label == "rose"
    assert sum(one.answer.then is not None for one in results) == 20


def test_several_next_models(first: Classifier, shades: Bundle, tmp_path: Path, tiny: Bundle) -> None:
    folder = folder_of(tmp_path, "red", "blue", each=3)
    chain = opened(first, f"warm={shades.folder}", f"cold={tiny.folder}")
    said = [(one.answer.label, one.answer.then) for one in chains.classify(photos.scan([folder]), chain)]
    assert [(label, then and then.model, then and then.answer.label) for label, then in said] == [
        ("warm", "shades", "rose"),
        ("cold", "tiny", "cold"),
    ] * 3


def test_a_chain_without_next_models_is_the_first_alone(first: Classifier, tmp_path: Path) -> None:
    found = list(photos.scan([folder_of(tmp_path, "red", "grey", each=3)]))
    assert list(chains.classify(found, opened(first))) == list(batch.classify(found, first))


def test_a_group_asks_the_next_model_even_where_its_label_is_not_sure(
    first: Classifier, shades: Bundle
) -> None:
    chain = Chain(first, {"dog": (second := Classifier.open(shades, "cpu", "fp32"))})
    assert chain.next_of(Answer(Status.NOT_SURE, group="dog")) is second
    assert chain.next_of(Answer(Status.ANSWERED, label="pug", group="dog")) is second
    for answer in (Answer(Status.NOT_SURE), Answer(Status.UNKNOWN, group="dog"), Answer(Status.FAILED)):
        assert chain.next_of(answer) is None


def test_closing_in_the_middle_leaves_no_thread(first: Classifier, shades: Bundle, tmp_path: Path) -> None:
    before = set(threading.enumerate())
    results = chains.classify(
        photos.scan([folder_of(tmp_path, "red", "blue", each=60)]), opened(first, f"warm={shades.folder}")
    )
    next(results)
    results.close()
    assert set(threading.enumerate()) <= before


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        (["warm"], "says no next model"),
        (["=shades"], "says no next model"),
        (["warmth=shades"], "did you mean 'warm'"),
        (["dog=shades"], "there are: warm, cold"),
        (["warm=cats-dogs", "warm=cats-dogs"], "two next models"),
    ],
)
def test_a_step_that_makes_no_sense_is_said(first: Classifier, steps: list[str], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        opened(first, *steps)


def test_a_next_model_that_is_not_there_is_said(first: Classifier) -> None:
    with pytest.raises(BundleError, match="Did you mean cats-dogs"):
        opened(first, "warm=cat-dogs")


def classify(folder: Path, tiny: Bundle, shades: Bundle, *more: str) -> int:
    return cli.main(
        ["-q", "classify", str(folder), "--model", str(tiny.folder), "--then", f"warm={shades.folder}",
         "--device", "cpu", "--variant", "fp32", *more]
    )  # fmt: skip


def test_results_carry_both_answers(tiny: Bundle, shades: Bundle, tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "photos", "red", "blue", "green")
    for kind in ("jsonl", "json", "csv"):
        assert classify(folder, tiny, shades, "--out", str(tmp_path / f"out.{kind}")) == 0
    run, *rows, _ = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    (next_model,) = run["then"]
    assert (next_model["asked_of"], next_model["model"]) == ("warm", "shades")
    assert next_model["bundle_sha256"] == files.sha256(shades.folder / bundles.MANIFEST)
    by_label = {row["label"]: row for row in rows}
    assert by_label["warm"]["model"] == "tiny"
    assert by_label["warm"]["then"]["model"] == "shades"
    assert by_label["warm"]["then"]["label"] == "rose"
    assert by_label["warm"]["then"]["candidates"][0]["label"] == "rose"
    assert "then" not in by_label["cold"]
    photos_in_json = json.loads((tmp_path / "out.json").read_text())["photos"]
    assert [row.keys() | {"record"} for row in photos_in_json] == [row.keys() for row in rows]
    assert [row.get("then", {}).get("label") for row in photos_in_json] == ["rose", None, None]
    with (tmp_path / "out.csv").open(encoding="utf-8") as file:
        cells = {row["label"]: row for row in csv.DictReader(file)}
    assert cells["warm"]["then_label"] == "rose"
    assert cells["warm"]["then_model"] == "shades"
    assert json.loads(cells["warm"]["then_candidates"])[1]["label"] == "ice"
    assert cells["cold"]["then_label"] == ""
    assert None not in cells["cold"]


def test_without_a_chain_results_are_as_they_were(tiny: Bundle, tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "photos", "red")
    for kind in ("jsonl", "csv"):
        assert (
            cli.main(
                [
                    "-q",
                    "classify",
                    str(folder),
                    "--model",
                    str(tiny.folder),
                    "--out",
                    str(tmp_path / f"out.{kind}"),
                ]
            )
            == 0
        )
        assert "then" not in (tmp_path / f"out.{kind}").read_text()


@pytest.mark.parametrize(
    ("group", "said"), [("", "rose (>99.9%)"), ("tint", "looks most like rose (>99.9%)")]
)
def test_the_table_reads_well(
    tiny: Bundle, tmp_path: Path, capsys: pytest.CaptureFixture[str], group: str, said: str
) -> None:
    shades = second_bundle.make(tmp_path / "shades", group=group)
    assert classify(folder_of(tmp_path / "photos", "red", "blue"), tiny, shades) == 0
    head, warm, *_ = capsys.readouterr().out.splitlines()
    assert head.split() == ["Answer", "Confidence", "Photo"]
    assert warm.endswith(f"0000-red.png  {said}")
    assert warm.startswith("warm ")


def test_the_sum_says_which_model_was_asked_next(
    tiny: Bundle, shades: Bundle, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert classify(folder_of(tmp_path / "photos", "red"), tiny, shades) == 0
    assert "then for warm: shades fp32 on cpu" in capsys.readouterr().out
