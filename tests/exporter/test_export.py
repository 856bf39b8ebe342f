from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import keras
import numpy as np
import onnx

from exporter import commands
from tests.helpers import tiny_run
from tests.helpers.exports import contents, export, raise_novelty, spoil_int8
from whatsit import bundle as bundles
from whatsit import cli, decisions, fitting, golden, labelled, preprocess
from whatsit.classifier import Classifier

if TYPE_CHECKING:
    import pytest

    from whatsit.bundle import Bundle
    from whatsit.run import Run


def test_a_bundle_has_every_file_of_the_contract(bundle: Bundle) -> None:
    there = contents(bundle.folder)
    for name in ("bundle.json", "model.onnx", "model.int8.onnx", "labels.txt", "config.json", "README.md"):
        assert name in there
    assert "preprocessor_config.json" in there
    assert (bundle.folder / "labels.txt").read_text(encoding="utf-8") == "warm\ncold\n"
    assert json.loads((bundle.folder / "config.json").read_bytes())["id2label"] == {"0": "warm", "1": "cold"}
    assert [path.name for path in bundle.folder.parent.iterdir()] == [bundle.folder.name]
    for variant in ("fp32", "int8"):
        assert bundle.model_file(variant).stat().st_size == bundle.manifest.variants[variant].bytes


def test_the_checks_come_in_their_order_and_stand_in_the_bundle(bundle: Bundle) -> None:
    checks = bundle.manifest.checks
    assert all(check.passed for check in checks)
    figures = [(one.variant, one.name) for one in bundle.manifest.measurements]
    always = ["log loss lost", "size", "time"]
    of_int8 = [f"values of {name}" for name in tiny_run.OUTPUTS]
    search = ["ranges", "left in float", "temperature"]
    assert figures == [("fp32", name) for name in always] + [
        ("int8", name) for name in search + of_int8 + always
    ]
    whole = ["file valid", "file clean", "loads", "names", "shapes"]
    begun = {"fp32": [*whole, "as trained"], "int8": ["scales", "saturation", *whole]}
    for variant, held in (("fp32", of_int8), ("int8", [])):
        names = [check.name for check in checks if check.variant == variant]
        wanted = [*begun[variant], "outputs vary", *held, "same answers", "accuracy lost"]
        assert names[: len(wanted)] == wanted
        assert "golden probabilities" in names
    photos = 2 * 2 * (tiny_run.COUNTS["tune"] + tiny_run.COUNTS["calibrate"])
    same = next(check for check in checks if check.name == "same answers")
    assert same.measured == f"{photos} of {photos} (100.00 %)"


def test_the_app_answers_the_photos_as_keras_does(bundle: Bundle, run: Run) -> None:
    model = keras.saving.load_model(run.model_file)
    photos = run.photos("tune")
    pixels = np.stack([preprocess.pixels(run.file_of(photo), run.info.input) for photo in photos])
    expected = model.predict(pixels, verbose=0)
    given = Classifier.open(bundle, "cpu", "fp32").predict(pixels)
    assert np.abs(given.probabilities - expected["probabilities"]).max() <= 1e-4
    in_8_bits = Classifier.open(bundle, "cpu", "int8").predict(pixels)
    assert np.array_equal(in_8_bits.probabilities.argmax(axis=-1), [photo.label for photo in photos])


def test_each_variant_has_a_decision_of_its_own(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoil_int8(monkeypatch, raise_novelty)
    assert export(run, tmp_path, "--int8") == 0
    bundle = bundles.read(tmp_path / "warm-cold")
    photos = run.photos("calibrate")
    pixels = np.stack([preprocess.pixels(run.file_of(photo), run.info.input) for photo in photos])
    labels = np.array([photo.label for photo in photos])
    novelty = keras.saving.load_model(run.model_file).predict(pixels, verbose=0)["novelty"]
    kept = float((novelty <= 1).mean())
    fitted = {}
    for variant in ("fp32", "int8"):
        given = Classifier.open(bundle, "cpu", variant).predict(pixels)
        novelty = given.arrays["novelty"]
        fitted[variant] = fitting.fit(given.probabilities, labels, novelty, kept)
        assert (novelty <= fitted[variant].novelty_limit).mean() == kept
    assert {name: one.decision for name, one in bundle.manifest.variants.items()} == fitted
    assert fitted["fp32"].novelty_limit == 1.0
    assert fitted["int8"].novelty_limit > 2.0
    assert fitted["fp32"].photos == fitted["int8"].photos == 2 * 2 * tiny_run.COUNTS["calibrate"]
    assert fitted["fp32"].points
    assert fitted["fp32"].short_list is None


def test_golden_pictures_prove_both_variants_again(bundle: Bundle) -> None:
    pictures = golden.read(bundle)
    names = {picture.file.name for picture in pictures}
    assert sum(name.startswith("turned-") for name in names) >= 2
    assert {"cmyk.jpg", "alpha.png", "grey16.png", "palette.png"} <= names
    assert any(name.startswith("border-") for name in names)
    for variant in ("fp32", "int8"):
        classifier = Classifier.open(bundle, "cpu", variant)
        assert all(check.passed for check in golden.compare(pictures, classifier.predict, variant))
        assert golden.compare_pixels(pictures, classifier.pixels_of).passed


def test_the_file_says_what_it_is_and_nothing_of_who_made_it(bundle: Bundle, run: Run) -> None:
    for file in ("model.onnx", "model.int8.onnx"):
        model = onnx.load(bundle.folder / file)
        said = {entry.key: entry.value for entry in model.metadata_props}
        assert json.loads(said["labels"]) == ["warm", "cold"]
        assert said["licence"] == "CC0-1.0"
        assert said["Image.BitmapPixelFormat"] == "Rgb8"
        assert said["Image.NominalPixelRange"] == "NominalRange_0_255"
        assert [value.name for value in model.graph.output] == list(tiny_run.OUTPUTS)
        ends = [*model.graph.input, *model.graph.output]
        assert {value.type.tensor_type.shape.dim[0].dim_param for value in ends} == {"batch"}
        assert not any(node.op_type == "BatchNormalization" for node in model.graph.node)
        assert not any(part.doc_string for part in (model, model.graph, *model.graph.node))
        raw = (bundle.folder / file).read_bytes()
        assert str(run.folder).encode() not in raw
        assert str(run.info.data_root).encode() not in raw


def test_the_cards_own_example_answers_as_the_program_does(
    bundle: Bundle,
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    card = (bundle.folder / "README.md").read_text(encoding="utf-8")
    code = card.split("```python\n")[1].split("```")[0]
    threshold = bundle.manifest.variants["fp32"].decision.threshold
    assert f">= {threshold:g} else" in code
    os.link(bundle.folder / "model.onnx", tmp_path / "model.onnx")
    monkeypatch.chdir(tmp_path)
    classifier = Classifier.open(bundle, "cpu", "fp32")
    for place, limit in ((0, threshold), (0, 0.5), (-1, threshold), (-1, 0.5)):
        photo = run.photos("tune")[place]
        shutil.copyfile(run.file_of(photo), "photo.jpg")
        written = code.replace(f">= {threshold:g} else", f">= {limit:g} else")
        exec(compile(written, "card", "exec"), {})  # noqa: S102 - the card says: type this
        best = classifier.classify(classifier.pixels_of(Path("photo.jpg"))[np.newaxis])[0].candidates[0]
        expected = best.label if best.confidence >= limit else "not sure"
        assert capsys.readouterr().out == f"{expected} {best.confidence}\n"


def test_elsewhere_than_on_a_terminal_each_check_is_a_plain_line(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert export(run, tmp_path, "--int8", "--limit", "20") == 0
    lines = capsys.readouterr().out.splitlines()
    assert "fp32  file clean  " in "".join(line for line in lines if line.endswith("  passed"))
    features = next(line for line in lines if line.startswith("fp32  values of features"))
    assert re.fullmatch(
        r"fp32  values of features  \S+ of the largest value  \(limit: 0\.0001\)  passed", features
    )
    assert any(re.fullmatch(r"int8  size  .*  measured only", line) for line in lines)
    assert not any("│" in line or "┃" in line for line in lines)


def test_a_decision_without_proof_is_said_and_what_to_do(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert export(run, tmp_path, "--int8") == 0
    told = capsys.readouterr().out
    for name, variant in bundles.read(tmp_path / "warm-cold").manifest.variants.items():
        point = decisions.chosen_point(variant.decision)
        aside = 100 * (point.set_aside if point else 1.0)
        assert f"{name}: threshold 0.999, novelty limit 1, {aside:.1f} % of 40 calibrate photos" in told
        said = f"{name}: 40 calibrate photos cannot promise at most 1.0% wrong: "
        assert f"{said}the strictest threshold is taken. Train again with more labelled photos.\n" in told
    assert export(run, tmp_path, "--limit", "20") == 0
    assert "more labelled photos, or export without --limit.\n" in capsys.readouterr().out


def test_samples_that_are_not_there_are_said(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert export(run, tmp_path / "out", "--samples", str(tmp_path / "none")) == 2
    assert f"{tmp_path / 'none'}: --samples: there is no such folder" in capsys.readouterr().err
    monkeypatch.setattr(commands, "_SAMPLES", tmp_path / "not installed")
    assert export(run, tmp_path / "out", "--limit", "20") == 0
    assert "No samples here" in capsys.readouterr().out


def test_a_map_of_nothing_is_no_cut_graph(own_run: Run, tmp_path: Path) -> None:
    """A backbone that fusion gives no weight has the same map for every photo, in Keras too."""
    model = keras.saving.load_model(own_run.model_file)
    maps = model.get_layer("activation_maps")
    maps.set_weights([np.zeros_like(one) for one in maps.get_weights()])
    model.save(own_run.model_file)
    assert export(own_run, tmp_path, "--int8") == 0
    made = bundles.read(tmp_path / "warm-cold")
    assert all(not one.outputs["activation_maps"].any() for one in golden.read(made))
    assert set(made.manifest.variants) == {"fp32", "int8"}


def test_tensorflow_greets_nobody(run: Run, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "whatsit", "export", str(run.folder), "--onnx", "--limit", "4"]
    ran = subprocess.run([*command, "--out", str(tmp_path)], capture_output=True, text=True, check=True)
    assert [line for line in ran.stderr.splitlines() if not line.startswith(("Keras: ", "ONNX "))] == []


def test_the_next_command_is_told_and_works(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert export(run, tmp_path / "a b") == 0
    told = capsys.readouterr().out.splitlines()[-1]
    assert told == f"Next: whatsit classify FOLDER --model '{tmp_path / 'a b' / 'warm-cold'}'"
    folder = run.file_of(run.photos("tune")[0]).parent
    assert cli.main(["classify", str(folder), "--model", str(tmp_path / "a b" / "warm-cold")]) == 0


def test_the_own_words_of_the_run_stand_in_the_card(own_run: Run, tmp_path: Path) -> None:
    (own_run.folder / "card.md").write_text("## Where it fails\n\nPurple things.\n", encoding="utf-8")
    assert export(own_run, tmp_path / "out", "--limit", "20", "--name", "mine") == 0
    card = (tmp_path / "out" / "mine" / "README.md").read_text(encoding="utf-8")
    assert "## Where it fails\n\nPurple things." in card
    assert bundles.read(tmp_path / "out" / "mine").manifest.name == "mine"


def test_keras_own_outputs_are_what_a_bundle_is_evaluated_against(
    run: Run, bundle: Bundle, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "data"
    for photo in run.photos("tune"):
        to = data / tiny_run.LABELS[photo.label] / photo.path.replace("/", "-")
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_bytes(run.file_of(photo).read_bytes())
    (data / "warm" / "broken.jpg").write_bytes(b"\xff\xd8\xff broken")
    saved = tmp_path / "keras.npz"
    told = ["--data", str(data), "--split", "all"]
    assert cli.main(["keras-outputs", str(run.folder), *told, "--save", str(saved)]) == 3
    said = capsys.readouterr()
    assert f"whatsit evaluate BUNDLE --data {data} --split all --against {saved}" in said.out
    failed = [line for line in said.err.splitlines() if line.startswith("failed: ")]
    assert len(failed) == 1
    assert re.fullmatch(r"failed: warm/broken\.jpg: \S.*", failed[0])
    (data / "warm" / "broken.jpg").unlink()
    assert cli.main(["keras-outputs", str(run.folder), *told, "--save", str(saved)]) == 0
    cli.main(["evaluate", str(bundle.folder), *told, "--variant", "fp32", "--against", str(saved)])
    count = len(labelled.read(data, "all", tiny_run.LABELS))
    assert f"{count} of {count}" in capsys.readouterr().out
