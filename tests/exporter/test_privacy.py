from __future__ import annotations

import getpass

import onnx
import pytest

from exporter import privacy


def model(note: str = "", node: str = "conv", label: str = "cat") -> onnx.ModelProto:
    ends = [onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, [1]) for name in "ab"]
    graph = onnx.helper.make_graph(
        [onnx.helper.make_node("Relu", ["a"], ["b"], name=node)], "graph", ends[:1], ends[1:]
    )
    made = onnx.helper.make_model(graph)
    onnx.helper.set_model_props(made, {"note": note, "labels": label})
    return made


@pytest.mark.parametrize(
    "told",
    ["/var/x/model", "/root/secret", "at /home/alice/x", r"C:\Users\bob\m", "by alice-b.", "/d/mine/run"],
)
def test_paths_and_names_are_found(told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "alice-b")
    assert privacy.found_in(model(note=told), ["/d/mine/run"])
    assert privacy.found_in(model(node=told), ["/d/mine/run"])


@pytest.mark.parametrize("told", ["", "backbone/conv1/temp/out", "a/b", "http://host/home", "malice-b", "/"])
def test_what_is_no_path_is_left_alone(told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "alice-b")
    assert privacy.found_in(model(note=told), ["/", "/d", "/d/mine/run"]) == []


def test_a_label_may_be_called_as_somebody_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "whippet")
    assert privacy.found_in(model(label="whippet"), []) == []
    assert privacy.found_in(model(note="of whippet"), []) == ["whippet"]
