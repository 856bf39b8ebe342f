from __future__ import annotations

import os
import pickle
import struct
from typing import TYPE_CHECKING

import numpy as np
import pytest

from whatsit import foreign_pixels, golden
from whatsit.errors import UsageError
from whatsit.graph import Graph
from whatsit.manifest import InputSpec

if TYPE_CHECKING:
    from pathlib import Path

    from whatsit.bundle import Bundle

SPEC = InputSpec(height=4, width=6)
RIGHT = np.arange(2 * 4 * 6 * 3, dtype=np.uint8).reshape(2, 4, 6, 3)


class Trap:
    """Does harm when it is unpickled."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("touch unpickled",)


def test_pixels_come_back_as_they_were_saved(tmp_path: Path) -> None:
    for number, pixels in enumerate((RIGHT, np.asfortranarray(RIGHT))):
        np.save(tmp_path / f"{number}.npy", pixels)
        assert np.array_equal(foreign_pixels.read(tmp_path / f"{number}.npy", 2, SPEC), RIGHT)


@pytest.mark.parametrize(
    ("pixels", "said"),
    [
        (RIGHT / np.float32(255), "float32 from 0 to 0.5608, not uint8 from 0 to 255: they are scaled"),
        (RIGHT / 127.5 - 1, "float64 from -1 to 0.1216"),
        (RIGHT.astype(np.float32), "Save them with .round"),
        (RIGHT.astype(np.int64), "Save them with .round"),
        (np.full_like(RIGHT, np.nan, dtype=np.float32), "from nan to nan"),
        (RIGHT > 9, "bool from 0 to 1"),
        (RIGHT.transpose(0, 3, 1, 2), "[2, 3, 4, 6], not [2, 4, 6, 3]: the channels come last"),
        (RIGHT.transpose(0, 2, 1, 3), "the height comes before the width"),
        (RIGHT[0], "every golden picture, in one array"),
        (RIGHT[..., 0], "grey pictures have three channels too"),
        (np.zeros((2, 4, 6, 4), np.uint8), "without alpha"),
        (RIGHT[:1], "[1, 4, 6, 3], not [2, 4, 6, 3]."),
        (np.uint8(7), "the pixels are [], not"),
        (RIGHT.astype(np.complex128), "complex128, not uint8"),
        (RIGHT.astype("U9"), "<U9, not uint8"),
        (np.zeros((2, 4, 6, 3), [("r", np.uint8)]), "not uint8"),
    ],
)
def test_what_is_no_such_array_is_named(tmp_path: Path, pixels: np.ndarray, said: str) -> None:  # type: ignore[type-arg]
    np.save(tmp_path / "a.npy", pixels)
    with pytest.raises(UsageError) as caught:
        foreign_pixels.read(tmp_path / "a.npy", 2, SPEC)
    assert said in str(caught.value)
    assert caught.value.hint
    assert caught.value.path == tmp_path / "a.npy"


def test_nothing_is_unpickled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    traps = np.empty((2, 4, 6, 3), object)
    traps[:] = Trap()
    np.save(tmp_path / "a.npy", traps)
    with pytest.raises(UsageError, match="pickled objects, not uint8"):
        foreign_pixels.read(tmp_path / "a.npy", 2, SPEC)
    (tmp_path / "b.npy").write_bytes(pickle.dumps(Trap()))
    with pytest.raises(UsageError, match="no whole npy file"):
        foreign_pixels.read(tmp_path / "b.npy", 2, SPEC)
    assert not (tmp_path / "unpickled").exists()


def test_what_is_not_whole_is_said(tmp_path: Path) -> None:
    np.save(tmp_path / "whole.npy", RIGHT)
    whole = (tmp_path / "whole.npy").read_bytes()
    for length in (0, 3, 7, 9, 60, 128, len(whole) - 1):
        (tmp_path / "a.npy").write_bytes(whole[:length])
        with pytest.raises(UsageError, match="no whole npy file"):
            foreign_pixels.read(tmp_path / "a.npy", 2, SPEC)
    np.savez(tmp_path / "a.npz", RIGHT)
    with pytest.raises(UsageError, match="no whole npy file"):
        foreign_pixels.read(tmp_path / "a.npz", 2, SPEC)


@pytest.mark.parametrize(
    "header",
    [
        b"{'descr': '|u1', 'fortran_order': False, 'shape': (2, 4, 6, 3)",
        b"{'descr': '|u1', 'fortran_order': False, 'shape': (2, 4, 6, 'many')}",
        b"(((((((",
        b"\x00\xff",
        b"{'descr': '|u99999999999', 'fortran_order': False, 'shape': (2, 4, 6, 3)}",
    ],
)
def test_a_header_of_nonsense_is_said(tmp_path: Path, header: bytes) -> None:
    (tmp_path / "a.npy").write_bytes(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header)
    with pytest.raises(UsageError):
        foreign_pixels.read(tmp_path / "a.npy", 2, SPEC)


def test_a_header_that_claims_too_much_sets_nothing_aside(tmp_path: Path) -> None:
    header = b"{'descr': '|u1', 'fortran_order': False, 'shape': (2, 400000, 600000, 3), }\n"
    (tmp_path / "a.npy").write_bytes(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header)
    with pytest.raises(UsageError, match="400000"):
        foreign_pixels.read(tmp_path / "a.npy", 2, SPEC)


def test_what_is_no_file_is_said(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "missing.npy"):
        with pytest.raises(UsageError, match="no such file"):
            foreign_pixels.read(path, 2, SPEC)


def test_the_right_pixels_pass_and_others_say_what_they_do(tiny: Bundle) -> None:
    pictures, graph = golden.read(tiny), Graph(tiny, "fp32")
    given = np.stack([one.pixels for one in pictures])
    assert all(
        one.same and one.passed for one in foreign_pixels.compare(given, pictures, graph, tiny.manifest)
    )
    red, blue, grey, green = foreign_pixels.compare(given[..., ::-1], pictures, graph, tiny.manifest)
    assert (red.name, red.answers, red.mistakes) == ("red.png", ("warm", "cold"), ("BGR, not RGB",))
    assert (red.largest, red.passed) == (180, False)
    assert red.moved > 0.9
    assert blue.mistakes == red.mistakes
    assert grey.same  # its channels are the same
    assert not grey.mistakes
    assert green.passed == green.same


def test_pixels_that_are_close_pass_only_without_effect(tiny: Bundle) -> None:
    pictures, graph = golden.read(tiny), Graph(tiny, "fp32")
    given = np.stack([one.pixels for one in pictures]).copy()
    given[0, :2, :2] = 255
    given[2, :8, :16] = (255, 128, 0)  # grey is near the border
    red, _, grey, _ = foreign_pixels.compare(given, pictures, graph, tiny.manifest)
    assert (red.same, red.passed) == (False, True)
    assert red.mean < 1
    assert grey.moved > 0.01
    assert not grey.passed
