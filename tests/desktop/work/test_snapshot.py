from __future__ import annotations

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING
from unittest import mock

import numpy as np
import pytest
from PIL import Image

from desktop.work import snapshot
from desktop.work.images import to_image
from whatsit.errors import WhatsitError

if TYPE_CHECKING:
    from pathlib import Path

PIXELS = np.random.default_rng(1).integers(0, 256, (30, 40, 3), dtype=np.uint8)
IMAGE = to_image(Image.fromarray(PIXELS))


def test_a_snapshot_has_the_very_pixels_and_replaces_nothing(tmp_path: Path) -> None:
    files = [next(snapshot.keep(IMAGE, tmp_path / "new" / "folder", "Cat or dog?")) for _ in range(3)]
    assert len(set(files)) == 3
    assert all("Cat or dog" in file.name for file in files)
    assert sorted(files) == sorted((tmp_path / "new" / "folder").iterdir())
    with Image.open(files[0]) as kept:
        assert np.array_equal(np.asarray(kept), PIXELS)


def test_snapshots_of_the_same_moment_are_all_kept(tmp_path: Path) -> None:
    both = threading.Barrier(2)  # each waits, as it writes, until the other does

    def save(picture: Image.Image, *given: object, **options: object) -> None:
        both.wait(timeout=10)
        real(picture, *given, **options)

    real = Image.Image.save
    with mock.patch.object(Image.Image, "save", save), ThreadPoolExecutor(2) as pool:
        kept = list(pool.map(lambda _: next(snapshot.keep(IMAGE, tmp_path, "cat")), range(2)))
    assert sorted(kept) == sorted(tmp_path.iterdir())
    assert len(set(kept)) == 2


def test_a_snapshot_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    with (
        mock.patch.object(Image.Image, "save", side_effect=OSError("the disk is full")),
        pytest.raises(WhatsitError, match="the disk is full"),
    ):
        next(snapshot.keep(IMAGE, tmp_path, "cat"))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("answer", ["../../etc/passwd", "a/b\\c:d*?", "", "…", "x" * 300, "\n"])
def test_an_answer_cannot_lead_the_file_elsewhere(tmp_path: Path, answer: str) -> None:
    (file,) = snapshot.keep(IMAGE, tmp_path, answer)
    assert file.parent == tmp_path
    assert file.suffix == ".png"
    assert not file.name.startswith(".")


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is unwritable to root")
def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(WhatsitError, match="cannot be written"):
        next(snapshot.keep(IMAGE, tmp_path, "cat"))


def test_a_file_in_place_of_the_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file")
    with pytest.raises(WhatsitError, match="cannot be written"):
        next(snapshot.keep(IMAGE, tmp_path / "file", "cat"))
