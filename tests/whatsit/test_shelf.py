from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.helpers import tiny_bundle
from whatsit import bundle as bundles
from whatsit import shelf
from whatsit.errors import BundleError

if TYPE_CHECKING:
    from pathlib import Path

    from whatsit.bundle import Bundle


def test_a_bundle_that_was_added_is_found_by_name(tiny: Bundle) -> None:
    with pytest.raises(BundleError, match="no model named 'tiny'"):
        shelf.find("tiny")
    added = shelf.add(tiny.folder)
    assert added.folder == shelf.own_folder() / "tiny"
    assert shelf.find("tiny").manifest == tiny.manifest
    assert "tiny" in shelf.names()
    assert added.model_file("int8").is_file()
    assert (added.folder / "golden" / "index.json").is_file()


def test_a_bundle_is_found_by_its_folder(tiny: Bundle, monkeypatch: pytest.MonkeyPatch) -> None:
    assert shelf.find(tiny.folder).sha256 == tiny.sha256
    monkeypatch.chdir(tiny.folder.parent)
    assert shelf.find("./tiny").sha256 == tiny.sha256
    assert shelf.find("tiny").sha256 == tiny.sha256


def test_a_mistyped_name_gets_the_nearest(tiny: Bundle) -> None:
    shelf.add(tiny.folder)
    with pytest.raises(BundleError, match=r"no model named 'tinny'\. Did you mean tiny\?"):
        shelf.find("tinny")


def test_a_name_is_taken_once(tiny: Bundle) -> None:
    shelf.add(tiny.folder)
    with pytest.raises(BundleError, match=r"named tiny already.*models remove tiny"):
        shelf.add(tiny.folder)


@pytest.mark.parametrize("broken", ["model.int8.onnx", "bundle.json", "golden/expected.npz"])
def test_a_damaged_bundle_is_not_added(tiny: Bundle, tmp_path: Path, broken: str) -> None:
    shutil.copytree(tiny.folder, tmp_path / "copy")
    (tmp_path / "copy" / broken).write_bytes(b"nonsense")
    with pytest.raises(BundleError):
        shelf.add(tmp_path / "copy")
    assert not shelf.own_folder().exists()


def test_what_links_elsewhere_is_not_taken_along(tiny: Bundle, tmp_path: Path) -> None:
    shutil.copytree(tiny.folder, tmp_path / "copy")
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    (tmp_path / "copy" / "notes").symlink_to(tmp_path / "secret")
    (tmp_path / "copy" / "folder").symlink_to(tmp_path)
    added = shelf.add(tmp_path / "copy")
    assert {one.name for one in added.folder.iterdir()} == {one.name for one in tiny.folder.iterdir()}


def test_only_what_was_added_can_be_removed(tiny: Bundle, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.add(tiny.folder)
    assert not shelf.remove("tiny").exists()
    with pytest.raises(BundleError, match="added no model named 'tiny'"):
        shelf.remove("tiny")
    monkeypatch.setattr(shelf, "folders", lambda: [shelf.own_folder(), tiny.folder.parent])
    with pytest.raises(BundleError, match="came with Whatsit"):
        shelf.remove("tiny")
    assert tiny.folder.is_dir()


def test_what_an_export_left_half_done_is_no_model(tiny: Bundle) -> None:
    shutil.copytree(tiny.folder, shelf.own_folder() / ".tiny.0a1b2c3d")
    assert ".tiny.0a1b2c3d" not in shelf.names()
    with pytest.raises(BundleError, match="no model named"):
        shelf.find(".tiny.0a1b2c3d")


@pytest.mark.parametrize("name", ["../tiny", ".", "..", "", "/"])
def test_nothing_but_a_model_is_removed(tiny: Bundle, name: str) -> None:
    shelf.add(tiny.folder)
    with pytest.raises(BundleError):
        shelf.remove(name)
    assert shelf.names().count("tiny") == 1


def test_ones_own_model_comes_before_the_shipped_one(
    tiny: Bundle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = tiny_bundle.make(tmp_path / "shipped" / "tiny")
    changed = shipped.manifest.model_copy(update={"title": "Shipped"})
    bundles.write(shipped.folder, changed)
    monkeypatch.setattr(shelf, "folders", lambda: [shelf.own_folder(), tmp_path / "shipped"])
    assert shelf.find("tiny").manifest.title == "Shipped"
    shelf.add(tiny.folder)
    assert shelf.find("tiny").manifest.title == "Warm or cold"
    assert shelf.names() == ["tiny"]
