from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from exporter.foreign import labels
from whatsit.errors import DataError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("data", [b"cat\ndog\n", b"cat\r\ndog\r\n", b"cat\ndog", b" cat \ndog\n"])
def test_one_label_a_line(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "labels.txt").write_bytes(data)
    assert labels.read(tmp_path / "labels.txt") == ("cat", "dog")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xef\xbb\xbfcat\ndog\n", "line 1 begins with a byte order mark"),
        (b"cat\nk\xe4se\n", "line 2 is not UTF-8"),
        (b"cat\n\ndog\n", "line 2 is empty"),
        (b"cat\ndog\n\n", "line 3 is empty"),
        (b"cat\ndog\ncat\n", "line 3 has 'cat' again, as line 1"),
        (b"cat\n" + b"x" * 201, "line 2 is longer"),
        (b"", "line 1 is empty"),
    ],
)
def test_every_mistake_is_named_by_its_line(tmp_path: Path, data: bytes, said: str) -> None:
    (tmp_path / "labels.txt").write_bytes(data)
    with pytest.raises(DataError, match=said):
        labels.read(tmp_path / "labels.txt")


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read"):
        labels.read(tmp_path / "labels.txt")


def test_more_or_fewer_labels_than_the_model_tells_apart(tmp_path: Path) -> None:
    labels.check_count(("a", "b"), 2, tmp_path)
    with pytest.raises(DataError, match="line 3 is one too many"):
        labels.check_count(("a", "b", "c"), 2, tmp_path)
    with pytest.raises(DataError, match="line 2 is the last"):
        labels.check_count(("a", "b"), 1000, tmp_path)
