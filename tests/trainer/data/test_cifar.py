from __future__ import annotations

import pickle
import struct
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from trainer.data import cifar, datasets
from whatsit.errors import DataError

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

LABELS = ["airplane", "frog"]


def pictures(seed: int, count: int) -> NDArray[np.uint8]:
    """Return soft random pictures in the order of CIFAR-10: all red, all green, all blue."""
    blots = np.random.default_rng(seed).integers(0, 255, (count, 8, 8, 3)).astype(np.uint8)
    large = [Image.fromarray(one).resize((32, 32), Image.Resampling.BICUBIC) for one in blots]
    return np.stack([np.asarray(one) for one in large]).transpose(0, 3, 1, 2).reshape(count, -1)


def as_python_2(data: NDArray[np.uint8], labels: list[int]) -> bytes:
    """Return a batch as its makers wrote it: Python 2's cPickle of a dictionary with an array."""

    def text(value: bytes) -> bytes:
        return b"T" + struct.pack("<i", len(value)) + value

    shape = b"(" + b"".join(b"J" + struct.pack("<i", one) for one in data.shape) + b"t"
    kind = b"cnumpy\ndtype\n(" + text(b"u1") + b"K\x00K\x01tR(K\x03" + text(b"|")
    kind += b"NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\x00tb"
    made = b"cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(K\x00t" + text(b"b") + b"tR"
    array = made + b"(K\x01" + shape + kind + b"\x89" + text(data.tobytes()) + b"tb"
    numbers = b"](" + b"".join(b"K" + bytes([one]) for one in labels) + b"e"
    return b"\x80\x02}(" + text(b"data") + array + text(b"labels") + numbers + b"u."


def make(folder: Path, each: int = 40) -> Path:
    folder.mkdir(parents=True)
    names = [*(f"data_batch_{number}" for number in range(1, 6)), "test_batch"]
    for seed, name in enumerate(names):
        labels = [place % 2 for place in range(each)]
        (folder / name).write_bytes(as_python_2(pictures(seed, each), labels))
    (folder / "batches.meta").write_bytes(pickle.dumps({"label_names": LABELS}, 2))
    return folder


def test_batches_as_their_makers_wrote_them_become_pictures(tmp_path: Path) -> None:
    folder = make(tmp_path / "cifar-10-batches-py")
    dataset = datasets.read(folder)
    assert dataset.labels == ("airplane", "frog")
    assert len(dataset.of("test")) == 40
    assert len(dataset.photos) == 240
    assert all(
        photo.path.split("/")[1] == ("test" if photo.split == "test" else "train") for photo in dataset.photos
    )
    photo = next(one for one in dataset.photos if one.path.endswith("data_batch_2-00007.png"))
    with Image.open(dataset.root / photo.path) as picture:
        values = np.asarray(picture)
    assert np.array_equal(values, pictures(1, 40)[7].reshape(3, 32, 32).transpose(1, 2, 0))
    assert dataset.named(photo) == "frog"


def test_they_are_unpacked_once_and_found_beside_their_readme(tmp_path: Path) -> None:
    make(tmp_path / "data" / "cifar-10-batches-py", 4)
    found = cifar.batches(tmp_path / "data")
    assert found is not None
    place = cifar.unpacked(found)
    first = next(place.rglob("*.png"))
    first.unlink()
    assert cifar.unpacked(found) == place
    assert not first.exists()
    assert [one.name for one in place.parent.iterdir() if one.name.startswith(".cifar")] == []


@pytest.mark.parametrize("protocol", [2, 4])
def test_batches_that_python_3_wrote_are_read(tmp_path: Path, protocol: int) -> None:
    folder, data = make(tmp_path / "cifar", 4), pictures(9, 2)
    (folder / "data_batch_1").write_bytes(pickle.dumps({"data": data, "labels": [0, 1]}, protocol))
    found = cifar.batches(folder)
    assert found is not None
    assert len(list(cifar.unpacked(found).rglob("data_batch_1-*.png"))) == 2


class Hostile:
    def __init__(self, marker: Path) -> None:
        self.marker = marker

    def __reduce__(self) -> tuple[object, ...]:
        return open, (str(self.marker), "w")


def test_a_strangers_pickle_runs_nothing(tmp_path: Path) -> None:
    folder = make(tmp_path / "cifar", 4)
    marker = tmp_path / "it ran"
    (folder / "data_batch_3").write_bytes(pickle.dumps({"data": Hostile(marker), "labels": []}, 2))
    with pytest.raises(DataError, match=r"it asks for \w*io\.open") as caught:
        datasets.look(folder)
    assert caught.value.path == folder / "data_batch_3"
    assert not marker.exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no batch of CIFAR-10"),
        (b"\x80\x02", "no batch of CIFAR-10"),
        (pickle.dumps([1, 2], 2), "no batch of CIFAR-10"),
        (pickle.dumps({"labels": [0]}, 2), "data and labels are not there"),
        (pickle.dumps({"data": np.zeros((1, 9), np.uint8), "labels": [0]}), "not as many pictures"),
        (pickle.dumps({"data": np.zeros((1, 3072), np.uint8), "labels": [2]}), "number without a name"),
        (pickle.dumps({"data": np.zeros((1, 3072), np.float32), "labels": [0]}), "another kind than bytes"),
        (pickle.dumps({"data": np.array([print, len], object), "labels": [0]}), "no batch of CIFAR-10"),
        (b"cos\nsystem\n(S'true'\ntR.", r"asks for os\.system"),
        (b"cbuiltins\neval\n(S'1'\ntR.", r"asks for builtins\.eval"),
        (b"\x8c\x05numpy\x8c\x04load\x93.", r"asks for numpy\.load"),
    ],
)
def test_what_is_no_batch_is_named(tmp_path: Path, own_home: Path, content: bytes, said: str) -> None:
    folder = make(tmp_path / "cifar", 4)
    (folder / "data_batch_1").write_bytes(content)
    with pytest.raises(DataError, match=said):
        datasets.look(folder)
    assert not list((own_home / "cache").glob("*cifar*"))


@pytest.mark.parametrize("name", ["../../out", "a/b", "", ".", "x" * 99])
def test_a_label_that_is_no_folders_name_is_refused(tmp_path: Path, name: str) -> None:
    folder = make(tmp_path / "cifar", 4)
    (folder / "batches.meta").write_bytes(pickle.dumps({"label_names": ["frog", name]}, 2))
    with pytest.raises(DataError, match="no name for a class folder"):
        datasets.look(folder)
