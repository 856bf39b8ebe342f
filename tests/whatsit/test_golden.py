from __future__ import annotations

import os
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from whatsit import arrays, golden, preprocess
from whatsit import bundle as bundles
from whatsit.errors import BundleError
from whatsit.graph import Graph, Outputs

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from whatsit.bundle import Bundle
    from whatsit.manifest import Check


def failed(checks: list[Check]) -> list[str]:
    return [one.name for one in checks if not one.passed]


def test_a_sound_bundle_passes(tiny: Bundle) -> None:
    pictures = golden.read(tiny)
    assert [one.file.name for one in pictures] == ["red.png", "blue.png", "grey.jpg", "green.webp"]
    assert pictures[0].pixels.shape == (32, 32, 3)
    assert pictures[0].outputs["probabilities"].shape == (2,)
    checks = golden.compare(pictures, Graph(tiny, "fp32").run, "fp32")
    assert len(checks) == 5
    assert failed(checks) == []


@pytest.mark.parametrize(
    ("name", "off", "expected"),
    [
        ("probabilities", 2e-4, ["golden probabilities"]),
        ("features", 1e-3, ["golden features"]),
        ("novelty", 1e-3, ["golden novelty"]),
        ("activation_maps", 0.1, ["golden activation_maps"]),
        ("features", np.nan, ["golden features"]),
    ],
)
def test_values_that_are_off_fail(tiny: Bundle, name: str, off: float, expected: list[str]) -> None:
    graph = Graph(tiny, "fp32")

    def outputs_of(pixels: NDArray[np.uint8]) -> Outputs:
        outputs = graph.run(pixels)
        return Outputs({**outputs.arrays, name: outputs.arrays[name] + np.float32(off)})

    assert failed(golden.compare(golden.read(tiny), outputs_of, "fp32")) == expected


def test_another_answer_fails_in_every_variant(tiny: Bundle) -> None:
    graph = Graph(tiny, "fp32")

    def turned(pixels: NDArray[np.uint8]) -> Outputs:
        outputs = graph.run(pixels)
        return Outputs({**outputs.arrays, "probabilities": outputs.probabilities[:, ::-1]})

    assert "golden answers" in failed(golden.compare(golden.read(tiny), turned, "int8"))


def test_where_no_picture_is_clear_no_answer_is_said_to_be_the_same(tiny: Bundle) -> None:
    graph, even = Graph(tiny, "int8"), np.full(2, 0.5, np.float32)

    def undecided(pixels: NDArray[np.uint8]) -> Outputs:
        return Outputs({**graph.run(pixels).arrays, "probabilities": np.tile(even, (len(pixels), 1))})

    pictures = [replace(one, outputs={**one.outputs, "probabilities": even}) for one in golden.read(tiny)]
    (answers,) = [one for one in golden.compare(pictures, undecided, "int8") if one.name == "golden answers"]
    assert answers.measured == "no picture has such a lead: nothing to compare"


def test_a_missing_output_fails(tiny: Bundle) -> None:
    graph = Graph(tiny, "fp32")

    def without_maps(pixels: NDArray[np.uint8]) -> Outputs:
        arrays = dict(graph.run(pixels).arrays)
        del arrays["activation_maps"]
        return Outputs(arrays)

    checks = golden.compare(golden.read(tiny), without_maps, "fp32")
    assert failed(checks) == ["golden activation_maps"]


def test_other_pixels_fail(tiny: Bundle) -> None:
    pictures = golden.read(tiny)

    def darker(file: Path) -> NDArray[np.uint8]:
        return preprocess.pixels(file, tiny.manifest.input) // 2

    assert golden.compare_pixels(pictures, lambda file: preprocess.pixels(file, tiny.manifest.input)).passed
    assert not golden.compare_pixels(pictures, darker).passed


@pytest.mark.parametrize("broken", ["index.json", "expected.npz", "red.pixels.png"])
def test_what_is_not_whole_is_refused(tiny: Bundle, tmp_path: Path, broken: str) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(tiny.folder, folder)
    file = folder / "golden" / broken
    for data in (b"", b"nonsense"):
        file.write_bytes(data)
        with pytest.raises(BundleError, match="golden pictures cannot be read"):
            golden.read(bundles.read(folder))
    file.unlink()
    with pytest.raises(BundleError, match="golden pictures cannot be read"):
        golden.read(bundles.read(folder))


def test_pictures_that_prove_nothing_are_refused(tiny: Bundle, tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(tiny.folder, folder)
    arrays.write(folder / "golden" / "expected.npz", {"features": np.zeros((4, 3), np.float32)})
    with pytest.raises(BundleError, match="expected probabilities are missing"):
        golden.read(bundles.read(folder))


@pytest.mark.parametrize(
    ("expected", "said"),
    [
        ({"probabilities": np.zeros((4, 3), np.float32)}, "not of 2 labels"),
        ({"probabilities": np.zeros(4, np.float32)}, "not of 2 labels"),
        ({"probabilities": np.full((4, 2), "a")}, "no floating-point numbers"),
        (
            {"probabilities": np.zeros((4, 2), np.float32), "novelty": np.full(4, "a")},
            "expected novelty are no",
        ),
        ({"probabilities": np.zeros((3, 2), np.float32)}, "out of bounds"),
    ],
)
def test_expected_values_of_another_kind_are_refused(
    tiny: Bundle, tmp_path: Path, expected: dict[str, NDArray[np.float32]], said: str
) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(tiny.folder, folder)
    arrays.write(folder / "golden" / "expected.npz", expected)
    with pytest.raises(BundleError, match=said):
        golden.read(bundles.read(folder))


def test_the_state_changes_with_every_file(tiny: Bundle, tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(tiny.folder, folder)
    bundle = bundles.read(folder)
    first = golden.state(bundle)
    assert first == golden.state(bundle) != ""
    os.utime(folder / "golden" / "red.pixels.png", (1, 1))
    assert golden.state(bundle) not in (first, "")
    shutil.rmtree(folder / "golden")
    assert golden.state(bundle) == ""


def test_names_and_numbers_must_fit(tmp_path: Path) -> None:
    pixels = np.zeros((2, 4, 4, 3), np.uint8)
    with pytest.raises(ValueError, match="same stem"):
        golden.write(tmp_path, [("a.png", b""), ("a.jpg", b"")], pixels, {})
    with pytest.raises(ValueError, match="differ in number"):
        golden.write(tmp_path, [("a.png", b""), ("b.jpg", b"")], pixels[:1], {})


def test_the_shipped_bundle_keeps_its_promises(cats_dogs: Bundle) -> None:
    pictures = golden.read(cats_dogs)
    pixels = golden.compare_pixels(pictures, lambda file: preprocess.pixels(file, cats_dogs.manifest.input))
    checks = [pixels]
    for variant in cats_dogs.manifest.variants:
        checks += golden.compare(pictures, Graph(cats_dogs, variant).run, variant)
    assert failed(checks) == []


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
@pytest.mark.parametrize("name", ["index.json", "expected.npz", "red.png", "red.pixels.png"])
@pytest.mark.parametrize("to", ["elsewhere", "/dev/zero"])
def test_no_golden_file_is_outside(tiny: Bundle, tmp_path: Path, name: str, to: str) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(tiny.folder, folder)
    file = folder / "golden" / name
    shutil.copyfile(file, tmp_path / "elsewhere")
    file.unlink()
    file.symlink_to(tmp_path / to)  # an absolute `to` stays what it is
    with pytest.raises(BundleError, match=f"{name} leads out"):
        golden.read(bundles.read(folder))
