"""What is fuzzed of bundle loading: a stranger's bundle with one of its files replaced.

The first byte of an input says which file, the rest is what stands in it. Hash and size in the manifest are
those of the model that is there, as a stranger would write them.
"""

from __future__ import annotations

import atexit
import hashlib
import json
import random
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from whatsit import bundle as bundles
from whatsit import files, golden, graph_limits
from whatsit.errors import WhatsitError
from whatsit.graph import Graph

if TYPE_CHECKING:
    from collections.abc import Iterator

SOUND = Path(__file__).parent / "corpus" / "sound_bundle"
FILES = ("bundle.json", "model.onnx", "golden/index.json", "golden/expected.npz", "golden/red.pixels.png")
# Below what the fuzzer takes for a finding: the limits hold whatever their size.
LESS = {"MOST_BYTES": 256 * 1024**2, "MOST_SECONDS": 2.0}
MODEL, _PACKED = 1, (3, 4)
_READABLE = 0.7


def try_one(data: bytes) -> None:
    """Load a bundle and hold it against its golden pictures; raises what is a finding."""
    vars(graph_limits).update(LESS)
    which = (data or b"\0")[0] % len(FILES)
    place = _place()
    file = place / FILES[which]
    sound = file.read_bytes()
    try:
        file.write_bytes(data[1:])
        if which == MODEL:
            _vouch(place, file)
        _load(place)
    except WhatsitError as error:
        if not error.what.strip():
            raise ValueError("an error without a reason") from error
    finally:
        file.write_bytes(sound)


def _load(place: Path) -> None:
    bundle = bundles.read(place)
    variant = next(iter(bundle.manifest.variants))
    graph = Graph(bundle, variant)
    golden.compare(golden.read(bundle), graph.run, variant)


def _vouch(place: Path, file: Path) -> None:
    manifest = json.loads((SOUND / bundles.MANIFEST).read_bytes())
    manifest["variants"]["fp32"] |= {"bytes": file.stat().st_size, "sha256": files.sha256(file)}
    (place / bundles.MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")


@cache
def _place() -> Path:
    """Return a folder in memory, where there is such, with the sound bundle in it."""
    memory = Path("/dev/shm")  # noqa: S108 - made with a name nobody can guess
    folder = Path(tempfile.mkdtemp(dir=memory if memory.is_dir() else None))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return shutil.copytree(SOUND, folder / "bundle")


def changed(data: bytes, seed: int) -> bytes | None:
    """Return the input with a change that keeps its file readable; None where there is none."""
    import bundle_changes  # noqa: PLC0415 - the tests replay without it

    which, chance = (data or b"\0")[0] % len(FILES), random.Random(seed)  # noqa: S311 - changes, no secrets
    change = bundle_changes.of_model if which == MODEL else bundle_changes.of_json
    made = change(data[1:], chance) if chance.random() < _READABLE and which not in _PACKED else None
    return made and bytes([which]) + made


def seeds() -> Iterator[bytes]:
    """Yield the inputs that the first corpus is made of: each file of the sound bundle in its place."""
    for which, name in enumerate(FILES):
        yield bytes([which]) + (SOUND / name).read_bytes()


def write_seeds(folder: Path) -> None:
    """Write the seeds, each named by its hash as the fuzzer's own files are."""
    folder.mkdir(parents=True, exist_ok=True)
    for data in seeds():
        (folder / hashlib.sha1(data, usedforsecurity=False).hexdigest()).write_bytes(data)
