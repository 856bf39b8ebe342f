from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from exporter import card, example, package, swap
from whatsit.errors import BundleError, UsageError
from whatsit.manifest import Decision, InputSpec, Label

if TYPE_CHECKING:
    from pathlib import Path

    from whatsit.bundle import Bundle


def test_a_place_that_cannot_be_written_is_a_plain_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(BundleError, match="cannot be written"), package.building(tmp_path / "file" / "name"):
        pass


def test_a_disk_that_fills_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match="No space left on device"):
        fill(tmp_path / "name")
    assert list(tmp_path.iterdir()) == []


def fill(place: Path) -> None:
    with package.building(place) as folder:
        assert list(folder.iterdir()) == []
        (folder / "model.onnx").write_bytes(b"half")
        raise OSError(28, "No space left on device")


def make_bundle(folder: Path, words: str) -> None:
    folder.mkdir()
    (folder / "bundle.json").write_text(words, encoding="utf-8")


def test_what_a_killed_export_left_is_tidied_up_and_the_old_bundle_is_there_again(tmp_path: Path) -> None:
    make_bundle(tmp_path / ".name.old", "old")  # killed between the two renames
    make_bundle(tmp_path / ".name.new", "half")
    with pytest.raises(BundleError, match="No space left"):
        fill(tmp_path / "name")
    assert [path.name for path in tmp_path.iterdir()] == ["name"]
    assert (tmp_path / "name" / "bundle.json").read_text(encoding="utf-8") == "old"
    make_bundle(tmp_path / ".name.old", "older")  # killed before it was taken away
    with package.building(tmp_path / "name") as folder:
        (folder / "bundle.json").write_text("new", encoding="utf-8")
    assert [path.name for path in tmp_path.iterdir()] == ["name"]
    assert (tmp_path / "name" / "bundle.json").read_text(encoding="utf-8") == "new"


@pytest.mark.parametrize("swaps", [True, False])
def test_a_bundle_takes_the_place_of_the_one_that_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, swaps: bool
) -> None:
    if not swaps:
        monkeypatch.setattr(swap, "_renameat2", lambda: None)
    make_bundle(tmp_path / "name", "old")
    with package.building(tmp_path / "name") as folder:
        (folder / "bundle.json").write_text("new", encoding="utf-8")
        assert (tmp_path / "name" / "bundle.json").read_text(encoding="utf-8") == "old"
    assert (tmp_path / "name" / "bundle.json").read_text(encoding="utf-8") == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["name"]


def test_two_folders_change_places_in_one_step(tmp_path: Path) -> None:
    make_bundle(tmp_path / "one", "1")
    make_bundle(tmp_path / "other", "2")
    if not swap.swapped(tmp_path / "one", tmp_path / "other"):
        pytest.skip("this system cannot exchange folders")
    assert (tmp_path / "one" / "bundle.json").read_text(encoding="utf-8") == "2"
    assert (tmp_path / "other" / "bundle.json").read_text(encoding="utf-8") == "1"
    assert not swap.swapped(tmp_path / "one", tmp_path / "nothing")


def test_a_bundle_with_files_that_are_not_its_own_is_not_replaced(tmp_path: Path) -> None:
    make_bundle(tmp_path / "name", "old")
    (tmp_path / "name" / ".DS_Store").write_bytes(b"")
    (tmp_path / "name" / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="not its own: notes"), package.building(tmp_path / "name"):
        pass
    assert (tmp_path / "name" / "notes.txt").read_text(encoding="utf-8") == "mine"


def test_the_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(BundleError) as raised, package.building(tmp_path / "name"):
        raise OSError(28, "No space left on device", "/elsewhere/full/file")
    assert str(raised.value).startswith("/elsewhere/full/file: ")


def test_two_exports_do_not_write_one_bundle(tmp_path: Path) -> None:
    with package.building(tmp_path / "name") as folder:
        with pytest.raises(UsageError, match="another export"), package.building(tmp_path / "name"):
            pass
        with package.building(tmp_path / "other") as other:
            (other / "bundle.json").write_text("other", encoding="utf-8")
        (folder / "bundle.json").write_text("one", encoding="utf-8")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["name", "other"]


def test_transformers_learn_the_resize_and_that_scaling_is_inside(tmp_path: Path) -> None:
    labels = (Label(id=0, name="a"), Label(id=1, name="b"))
    package.write_labels(tmp_path, labels, InputSpec(height=20, width=30, resize="crop"))
    said = json.loads((tmp_path / "preprocessor_config.json").read_bytes())
    assert said["size"] == {"shortest_edge": 20}
    assert said["crop_size"] == {"height": 20, "width": 30}
    assert not said["do_rescale"]
    package.write_labels(tmp_path, labels, InputSpec(height=20, width=30))
    assert json.loads((tmp_path / "preprocessor_config.json").read_bytes())["size"] == {
        "height": 20,
        "width": 30,
    }


def test_the_card_has_the_measured_figures_and_no_others(bundle: Bundle) -> None:
    text = (bundle.folder / "README.md").read_text(encoding="utf-8")
    assert "| tune_accuracy | 0.8125 |" in text
    for check in bundle.manifest.checks:
        limit = check.limit or "must hold"
        assert f"| {check.variant} | {check.name} | {check.measured} | {limit} |" in text
    for one in bundle.manifest.measurements:
        assert f"| {one.variant} | {one.name} | {one.measured} | measured only |" in text
    for variant in bundle.manifest.variants.values():
        decision = variant.decision
        said = f"the threshold is {decision.threshold:g}, the novelty limit {decision.novelty_limit!r}."
        assert said in text
    assert "48 train, 32 tune, 40 calibrate, 12 test" in text
    without = bundle.manifest.model_copy(
        update={
            "training": bundle.manifest.training.model_copy(update={"metrics": {}}),
            "checks": (),
            "measurements": (),
        }
    )
    assert "By the trainer" not in card.text(without)
    assert "%" not in card.text(without).split("## What was measured")[1].split("Decisions of")[0]


def test_a_crop_is_cropped_in_the_example_too() -> None:
    assert "ImageOps.fit(picture, (30, 20)" in example.text(
        InputSpec(height=20, width=30, resize="crop"), Decision(threshold=0.5), novelty=True
    )
