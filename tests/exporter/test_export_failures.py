"""Exports that fail: what is said, and what is left."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import onnx

from exporter import int8, quantize, value_checks
from exporter.value_checks import Limits
from tests.helpers import tiny_run
from tests.helpers.exports import contents, export, spoil, spoil_int8, spoil_weights
from whatsit import bundle as bundles
from whatsit import cli

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from whatsit.run import Run

_LIMITS = value_checks.limits("fp32", 2)


def test_a_wrong_file_names_the_check_exits_1_and_leaves_no_bundle(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil_weights(monkeypatch, factor=1.01)
    assert export(run, tmp_path / "out") == 1
    said = capsys.readouterr()
    assert "check 'values of probabilities' failed for fp32" in said.err
    assert "Traceback" not in said.err
    assert "FAILED" in said.out
    assert list((tmp_path / "out").iterdir()) == []


def test_a_run_without_predictions_is_told(
    own_run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (own_run.folder / "predictions.csv").unlink()
    assert export(own_run, tmp_path / "out", "--limit", "20") == 0
    assert "no photo of the run's own predictions" in capsys.readouterr().out


def test_int8_that_nothing_holds_is_left_out_and_said(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    never = Limits(same_answers=1.01, points_lost=0.0)
    monkeypatch.setattr(value_checks, "limits", lambda variant, _: never if variant == "int8" else _LIMITS)
    assert export(run, tmp_path / "out", "--int8", "--limit", "20") == 3
    said = capsys.readouterr()
    assert "int8  not written  int8 does not keep this model's answers" in said.out
    assert "The layers that lose most: " in said.out
    assert "int8 is not written" in said.err
    bundle = bundles.read(tmp_path / "out" / "warm-cold")
    assert set(bundle.manifest.variants) == {"fp32"}
    assert not (bundle.folder / "model.int8.onnx").exists()


def test_a_failed_export_keeps_the_bundle_that_was_there(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert export(run, tmp_path) == 0
    before = contents(tmp_path / "warm-cold")
    with monkeypatch.context() as patch:
        spoil_weights(patch, factor=0.9)
        assert export(run, tmp_path) == 1
    assert contents(tmp_path) == {f"warm-cold/{name}": digest for name, digest in before.items()}
    assert export(run, tmp_path, "--version", "2") == 0
    assert bundles.read(tmp_path / "warm-cold").manifest.version == "2"
    assert [path.name for path in tmp_path.iterdir() if "warm-cold" in path.name] == ["warm-cold"]


def test_outputs_that_change_places_are_found_out(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def swap_labels(model: Any) -> None:
        for tensor in model.graph.initializer:
            if tuple(tensor.dims) == (tiny_run.FEATURES, 2):
                values = onnx.numpy_helper.to_array(tensor)[:, ::-1].copy()
                tensor.CopyFrom(onnx.numpy_helper.from_array(values, tensor.name))

    spoil(monkeypatch, swap_labels)
    assert export(run, tmp_path / "out") == 1
    assert "values of probabilities" in capsys.readouterr().err


def test_int8_that_answers_otherwise_is_not_written_and_fp32_is(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def turn_round(model: Any) -> None:
        for tensor in model.graph.initializer:
            if tuple(tensor.dims) == (tiny_run.FEATURES, 2):
                values = -onnx.numpy_helper.to_array(tensor)
                tensor.CopyFrom(onnx.numpy_helper.from_array(values, tensor.name))

    spoil_int8(monkeypatch, turn_round)
    assert export(run, tmp_path / "out", "--int8") == 3
    said = capsys.readouterr()
    assert "int8  not written  check 'same answers' failed for int8" in said.out
    assert "int8 is not written" in said.err
    bundle = bundles.read(tmp_path / "out" / "warm-cold")
    assert set(bundle.manifest.variants) == {"fp32"}
    assert {one.variant for one in bundle.manifest.checks} <= {"", "fp32"}
    assert not (bundle.folder / "model.int8.onnx").exists()


def test_of_a_network_too_small_for_int8_fp32_is_written(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(quantize, "convolutions", partial(quantize.convolutions, in_stem=7))
    assert export(run, tmp_path / "out", "--int8", "--limit", "20") == 3
    assert "int8  not written  int8: the backbone has no more than 7 convolutions" in capsys.readouterr().out
    assert set(bundles.read(tmp_path / "out" / "warm-cold").manifest.variants) == {"fp32"}


def test_stopping_leaves_nothing_behind(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(int8, "search", stop)
    assert export(run, tmp_path / "out", "--int8") == 130
    assert list((tmp_path / "out").iterdir()) == []


def test_a_folder_that_is_no_bundle_is_never_replaced(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "warm-cold").mkdir()
    (tmp_path / "warm-cold" / "letter.txt").write_text("dear", encoding="utf-8")
    assert export(run, tmp_path) == 2
    assert "is no bundle" in capsys.readouterr().err
    assert (tmp_path / "warm-cold" / "letter.txt").read_text(encoding="utf-8") == "dear"


def test_an_unfinished_run_is_told_how_to_go_on(
    own_run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own_run.model_file.unlink()
    assert export(own_run, tmp_path / "out") == 1
    assert "not finished" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_damaged_model_is_named_without_a_traceback(
    own_run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own_run.model_file.write_bytes(b"PK\x03\x04 no model")
    assert export(own_run, tmp_path / "out") == 1
    said = capsys.readouterr().err
    assert "model.keras" in said
    assert "nobody foresaw" not in said


def test_mistakes_on_the_command_line_cost_no_time(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["export", str(run.folder)]) == 2
    assert "--onnx is missing" in capsys.readouterr().err
    file = tmp_path / "file"
    file.write_text("mine")
    assert export(run, file) == 2
    assert f"{file}: --out: this is a file; give the folder" in capsys.readouterr().err
    assert file.read_text() == "mine"
    assert export(run, tmp_path, "--name", "Not A Name") == 2
    assert "'Not A Name'" in capsys.readouterr().err
    assert cli.main(["export", str(tmp_path / "nothing"), "--onnx"]) == 1
