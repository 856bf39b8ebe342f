from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import numpy as np
import pytest

from whatsit import arrays
from whatsit.errors import DataError

if TYPE_CHECKING:
    from pathlib import Path


def test_what_is_written_is_read(tmp_path: Path) -> None:
    file = tmp_path / "some.npz"
    arrays.write(file, {"numbers": np.arange(6.0).reshape(2, 3), "words": np.array(["a", "猫"])})
    found = arrays.read(file)
    assert found["numbers"].tolist() == [[0, 1, 2], [3, 4, 5]]
    assert found["words"].tolist() == ["a", "猫"]
    assert list(tmp_path.iterdir()) == [file]


def test_what_would_unpack_to_too_much_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "zeros.npz"
    arrays.write(file, {"zeros": np.zeros(1_000_000)})
    assert file.stat().st_size < 100_000
    with pytest.raises(DataError, match="larger than 1 MB"):
        arrays.read(file, most_bytes=1024**2)


def test_objects_are_neither_written_nor_read(tmp_path: Path) -> None:
    file = tmp_path / "objects.npz"
    with pytest.raises(ValueError, match="allow_pickle"):
        arrays.write(file, {"objects": np.array([{}], dtype=object)})
    np.savez(file, objects=np.array([{}], dtype=object), allow_pickle=True)
    with pytest.raises(DataError, match="no file of arrays"):
        arrays.read(file)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 nonsense", b"plain text"])
def test_other_files_are_refused(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "other.npz"
    file.write_bytes(data)
    with pytest.raises(DataError, match="no file of arrays") as caught:
        arrays.read(file)
    assert caught.value.path == file


@pytest.mark.parametrize("shape", ["(10000000000000,)", "(300000000,)", "(100000, 100000, 100000)"])
def test_a_header_that_claims_too_much_is_refused(tmp_path: Path, shape: str) -> None:
    header = f"{{'descr': '<f8', 'fortran_order': False, 'shape': {shape}, }}\n".encode()
    file = tmp_path / "claims.npz"
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("a.npy", b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header)
    with pytest.raises(DataError, match="larger than 2048 MB"):
        arrays.read(file)
