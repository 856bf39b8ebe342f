from __future__ import annotations

import json
import os
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import ValidationError

from whatsit import bundle as bundles
from whatsit.errors import BundleError

if TYPE_CHECKING:
    from pathlib import Path

    from whatsit.bundle import Bundle


@pytest.fixture
def copy(tiny: Bundle, tmp_path: Path) -> Bundle:
    shutil.copytree(tiny.folder, tmp_path / "copy")
    return bundles.read(tmp_path / "copy")


def change(bundle: Bundle, **values: Any) -> None:
    file = bundle.folder / bundles.MANIFEST
    file.write_text(json.dumps(json.loads(file.read_bytes()) | values), encoding="utf-8")


def test_what_is_written_is_read(tiny: Bundle, copy: Bundle) -> None:
    assert copy.manifest == tiny.manifest
    assert copy.sha256 == tiny.sha256
    assert copy.model_file("fp32") == copy.folder / "model.onnx"


def test_a_folder_without_a_manifest_is_no_bundle(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match="no bundle here") as caught:
        bundles.read(tmp_path)
    assert caught.value.path == tmp_path


@pytest.mark.parametrize(
    ("values", "where"),
    [
        ({"surprise": 1}, "surprise"),
        ({"format_version": 2}, "format_version"),
        ({"name": "../evil"}, "name"),
        ({"labels": [{"id": 0, "name": "only one"}]}, "labels"),
        ({"labels": [{"id": 1, "name": "a"}, {"id": 0, "name": "b"}]}, "in order"),
        ({"labels": [{"id": 0, "name": "a"}, {"id": 1, "name": "a"}]}, "same name"),
        ({"input": {"height": 0, "width": 32}}, "input.height"),
        ({"variants": {}}, "variants"),
    ],
)
def test_a_manifest_that_is_not_valid_says_where(copy: Bundle, values: dict[str, Any], where: str) -> None:
    change(copy, **values)
    with pytest.raises(BundleError, match=where):
        bundles.read(copy.folder)


@pytest.mark.parametrize(
    "name", ["../model.onnx", "/etc/passwd", "C:model.onnx", "a\\b", "", "a/../../b", "a\0b"]
)
def test_no_file_leaves_the_folder(copy: Bundle, name: str) -> None:
    variant = copy.manifest.variants["fp32"].model_dump()
    change(copy, variants={"fp32": variant | {"file": name}})
    with pytest.raises(BundleError, match="leaves the bundle's folder"):
        bundles.read(copy.folder)


def test_a_link_does_not_leave_the_folder_either(copy: Bundle, tmp_path: Path) -> None:
    file = copy.folder / "model.onnx"
    file.rename(tmp_path / "elsewhere.onnx")
    file.symlink_to(tmp_path / "elsewhere.onnx")
    with pytest.raises(BundleError, match="leads out"):
        copy.model_file("fp32")


def test_a_changed_model_is_refused(copy: Bundle) -> None:
    file = copy.folder / "model.onnx"
    data = bytearray(file.read_bytes())
    data[-1] ^= 1
    file.write_bytes(data)
    with pytest.raises(BundleError, match="not the file that was proven"):
        copy.model_file("fp32")


def test_a_missing_model_is_refused(copy: Bundle) -> None:
    (copy.folder / "model.int8.onnx").unlink()
    with pytest.raises(BundleError, match="missing"):
        copy.model_file("int8")


def test_a_variant_that_is_not_there_says_which_are(copy: Bundle) -> None:
    with pytest.raises(BundleError, match="no fp16 variant; it has fp32, int8"):
        copy.model_file("fp16")


def test_a_huge_manifest_is_not_read(copy: Bundle) -> None:
    (copy.folder / bundles.MANIFEST).write_bytes(b" " * (bundles.MOST_MANIFEST_BYTES + 1))
    with pytest.raises(BundleError, match="larger than"):
        bundles.read(copy.folder)


def test_records_are_frozen(tiny: Bundle) -> None:
    with pytest.raises(ValidationError, match="frozen"):
        tiny.manifest.name = "other"


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_manifest_without_an_end_is_not_read(copy: Bundle) -> None:
    (copy.folder / bundles.MANIFEST).unlink()
    (copy.folder / bundles.MANIFEST).symlink_to("/dev/zero")
    with pytest.raises(BundleError, match="leads out"):
        bundles.read(copy.folder)
