from __future__ import annotations

import json
import shutil
import zipfile
from typing import TYPE_CHECKING, Any

import numpy as np
import onnx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.helpers import tiny_bundle
from tests.whatsit.test_graph import with_model
from whatsit import bundle as bundles
from whatsit import cli, shelf
from whatsit.errors import BundleError
from whatsit.graph import Graph
from whatsit.manifest import MOST_MODEL_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from whatsit.bundle import Bundle


def changed(bundle: Bundle, folder: Path, **values: object) -> Path:
    """Return a copy of the bundle with other values in its manifest."""
    shutil.copytree(bundle.folder, folder)
    file = folder / bundles.MANIFEST
    file.write_text(json.dumps(json.loads(file.read_bytes()) | values), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("count", "said"),
    [(100_001, "labels: Tuple should have at most 100000"), (1_000_000, "larger than 8 MB")],
)
def test_a_million_labels_are_refused(tiny: Bundle, tmp_path: Path, count: int, said: str) -> None:
    labels = [{"id": number, "name": str(number)} for number in range(count)]
    with pytest.raises(BundleError, match=said):
        bundles.read(changed(tiny, tmp_path / "many", labels=labels))


def test_a_model_that_states_to_be_too_large_is_refused(tiny: Bundle, tmp_path: Path) -> None:
    variant = tiny.manifest.variants["fp32"].model_dump(mode="json") | {"bytes": MOST_MODEL_BYTES + 1}
    with pytest.raises(BundleError, match=r"variants\.fp32\.bytes"):
        bundles.read(changed(tiny, tmp_path / "large", variants={"fp32": variant}))


def _unknown_operator(model: onnx.ModelProto) -> None:
    model.graph.node[0].op_type = "Frobnicate"


def _custom_operator(model: onnx.ModelProto) -> None:
    model.graph.node[0].domain = "com.evil"
    model.opset_import.append(onnx.helper.make_opsetid("com.evil", 1))


def _huge_weights(model: onnx.ModelProto) -> None:
    model.graph.initializer[3].dims[:] = [2**40, 2**20]


def _python_operator(model: onnx.ModelProto) -> None:
    model.graph.node[0].op_type, model.graph.node[0].domain = "PythonOp", "com.microsoft"


@pytest.mark.parametrize("change", [_unknown_operator, _custom_operator, _huge_weights, _python_operator])
def test_a_model_of_unknown_operators_or_huge_weights_is_refused(
    tiny: Bundle, tmp_path: Path, change: Callable[[onnx.ModelProto], None]
) -> None:
    model = tiny_bundle.model()
    change(model)
    with pytest.raises(BundleError, match="the model cannot be loaded"):
        Graph(with_model(tiny, tmp_path / "odd", model.SerializeToString()), "fp32")


def test_a_constant_in_another_file_is_refused(tiny: Bundle, tmp_path: Path) -> None:
    model = tiny_bundle.model()
    value = onnx.numpy_helper.from_array(np.zeros(4, np.float32), "secret")
    onnx.external_data_helper.set_external_data(value, "../../../etc/passwd")
    value.ClearField("raw_data")
    model.graph.node.append(onnx.helper.make_node("Constant", [], ["secret"], value=value))
    with pytest.raises(BundleError, match="weights in other files"):
        Graph(with_model(tiny, tmp_path / "odd", model.SerializeToString()), "fp32")


def test_links_are_not_taken_along_and_a_zip_is_no_bundle(tiny: Bundle, tmp_path: Path) -> None:
    folder = tmp_path / "linked"
    shutil.copytree(tiny.folder, folder)
    (folder / "passwords").symlink_to("/etc/passwd")
    (folder / "everything").symlink_to("/")
    place = shelf.add(folder).folder
    assert not [file for file in place.rglob("*") if file.is_symlink()]
    assert not (place / "passwords").exists()
    with zipfile.ZipFile(tmp_path / "model.zip", "w") as packed:
        packed.writestr("../bundle.json", "{}")
    with pytest.raises(BundleError, match="no bundle here"):
        shelf.add(tmp_path / "model.zip")


def test_labels_with_markup_are_text(
    tiny: Bundle, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    labels = [{"id": 0, "name": "[red]<b>hot</b>\x1b[31m"}, {"id": 1, "name": "=cold"}]
    folder = changed(tiny, tmp_path / "marked", labels=labels)
    (folder / "labels.txt").unlink()  # which must agree
    (tmp_path / "a.png").write_bytes(tiny_bundle.picture((220, 30, 40)))
    assert (
        cli.main(["classify", str(tmp_path / "a.png"), "--model", str(folder), "--device", "cpu", "-q"]) == 0
    )
    said = capsys.readouterr().out
    assert "[red]<b>hot</b>\\x1b[31m" in said
    assert "\x1b" not in said


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=8), inside, max_size=3),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_value_anywhere_in_a_manifest_is_read_or_refused_with_the_reason(
    tiny: Bundle, tmp_path: Path, data: st.DataObject
) -> None:
    manifest: dict[str, Any] = json.loads((tiny.folder / bundles.MANIFEST).read_bytes())
    holder: Any = manifest
    while True:
        key = data.draw(st.sampled_from(list(holder) if isinstance(holder, dict) else range(len(holder))))
        inside = holder[key]
        if not isinstance(inside, dict | list) or not inside or data.draw(st.booleans()):
            break
        holder = inside
    holder[key] = data.draw(JSON)
    (tmp_path / bundles.MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    try:
        read = bundles.read(tmp_path).manifest
    except BundleError as error:
        assert "is not valid" in error.what  # noqa: PT017 - a valid manifest raises nothing
    else:
        assert bundles.write(tmp_path, read).manifest == bundles.read(tmp_path).manifest
