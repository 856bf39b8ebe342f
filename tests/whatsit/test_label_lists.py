from __future__ import annotations

import json
from typing import TYPE_CHECKING

import onnx
import pytest

from tests.helpers import planted
from whatsit import label_lists
from whatsit.classifier import Classifier
from whatsit.errors import BundleError
from whatsit.graph import Graph

if TYPE_CHECKING:
    from pathlib import Path

    from whatsit.bundle import Bundle

RIGHT = {"id2label": {"0": "warm", "1": "cold"}, "label2id": {"warm": 0, "cold": 1}}


@pytest.fixture
def bundle(tiny: Bundle, tmp_path: Path) -> Bundle:
    made = planted.copied(tiny, tmp_path / "copy")
    (made.folder / "config.json").write_text(json.dumps(RIGHT | {"num_labels": 2}), encoding="utf-8")
    return made


def test_lists_that_agree_pass(bundle: Bundle, cats_dogs: Bundle) -> None:
    for one in (bundle, cats_dogs):
        found = label_lists.check(one)
        assert (found.passed, found.measured) == (True, "the same in 3 lists")


@pytest.mark.parametrize("text", ["warm\r\ncold\r\n", "\ufeffwarm\ncold\n", "warm\ncold"])
def test_other_ends_of_lines_are_no_other_labels(bundle: Bundle, text: str) -> None:
    (bundle.folder / "labels.txt").write_bytes(text.encode())
    assert label_lists.check(bundle).passed


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"cold\nwarm\n", "labels.txt has 'cold' at 0, bundle.json 'warm'"),
        (b"warm\n", "labels.txt has no label at 1, bundle.json 'cold'"),
        (b"warm\ncold\nmild\n", "labels.txt has 'mild' at 2, bundle.json nothing"),
        (b"\xff\xfe", "labels.txt is not valid"),
    ],
)
def test_another_labels_txt_is_caught_and_the_app_refuses(bundle: Bundle, data: bytes, said: str) -> None:
    (bundle.folder / "labels.txt").write_bytes(data)
    found = label_lists.check(bundle)
    assert not found.passed
    assert said in found.measured
    with pytest.raises(BundleError, match="the label lists do not agree") as caught:
        Classifier.open(bundle, "cpu", "fp32")
    assert caught.value.hint


@pytest.mark.parametrize(
    ("config", "said"),
    [
        ({"id2label": {"0": "cold", "1": "warm"}}, "config.json has 'cold' at 0, bundle.json 'warm'"),
        (RIGHT | {"label2id": {"warm": 1, "cold": 0}}, "label2id is not id2label turned round"),
        ({"id2label": {"1": "warm", "2": "cold"}}, "id2label has gaps"),
        ({"id2label": "warm"}, "config.json is not valid"),
        ([], "config.json is not valid"),
    ],
)
def test_another_config_is_caught(bundle: Bundle, config: object, said: str) -> None:
    (bundle.folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    found = label_lists.check(bundle)
    assert not found.passed
    assert said in found.measured


def test_a_list_that_is_not_there_says_nothing(bundle: Bundle) -> None:
    (bundle.folder / "labels.txt").unlink()
    (bundle.folder / "config.json").unlink()
    found = label_lists.check(bundle)
    assert (found.passed, found.measured) == (True, "no other list is there")


def test_a_list_that_leads_out_of_the_folder_is_caught(bundle: Bundle, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_text("warm\ncold\n", encoding="utf-8")
    (bundle.folder / "labels.txt").unlink()
    (bundle.folder / "labels.txt").symlink_to(tmp_path / "elsewhere")
    assert "labels.txt leads out of the bundle's folder" in label_lists.check(bundle).measured


@pytest.mark.parametrize(
    ("labels", "passed", "said"),
    [
        ('["warm", "cold"]', True, "as in bundle.json"),
        ('["cold", "warm"]', False, "the file has 'cold' at 0, bundle.json 'warm'"),
        ("warm, cold", False, "the file's labels are no JSON list of names"),
        (None, True, "the file lists none"),
    ],
)
def test_the_labels_inside_the_file(bundle: Bundle, labels: str | None, passed: bool, said: str) -> None:
    def change(model: onnx.ModelProto) -> None:
        onnx.helper.set_model_props(model, {} if labels is None else {"labels": labels})

    found = label_lists.check_graph(bundle, Graph(planted.changed(bundle, change), "fp32"))
    assert (found.passed, found.measured, found.variant) == (passed, said, "fp32")
