"""The bundle's folder: built beside its place, put there only when all is well."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Final

import onnx

from exporter import swap, tidy
from whatsit import bundle as bundles
from whatsit import files, golden, locks
from whatsit.errors import BundleError, UsageError
from whatsit.manifest import Variant

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from whatsit.manifest import Decision, InputSpec, Label, VariantName

FILES: Final[dict[VariantName, str]] = {
    "fp32": "model.onnx",
    "int8": "model.int8.onnx",
    "fp16": "model.fp16.onnx",
}
CONFIGS: Final = ("labels.txt", "config.json", "preprocessor_config.json")
TRANSFORMERS: Final = "transformers"
CARD: Final = "README.md"
_OURS: Final = {bundles.MANIFEST, CARD, *CONFIGS, *FILES.values(), golden.FOLDER, TRANSFORMERS}
_OF_SYSTEMS: Final = {".DS_Store", "Thumbs.db", "desktop.ini"}
_BILINEAR: Final = 2  # Pillow's number for it, which Transformers uses too


@contextlib.contextmanager
def building(folder: Path) -> Iterator[Path]:
    """Yield an empty folder beside `folder` that takes its place when the block ends without an error.

    A bundle already there is kept until then; what an export left that was killed is tidied up first. Raises
    UsageError when something other than a bundle is there, or another export is writing it, BundleError when
    a file cannot be written.
    """
    new, old = (folder.with_name(f".{folder.name}.{word}") for word in ("new", "old"))
    hint = "Wait for it, or choose another --name."
    taken = UsageError("another export is writing this bundle.", hint=hint, path=folder)
    try:
        with locks.alone(folder.with_name(f".{folder.name}.lock"), taken):
            _tidy_up(folder, new, old)
            _check_place(folder)
            new.mkdir()
            try:
                yield new
                _put(new, folder, old)
            finally:
                shutil.rmtree(new, ignore_errors=True)
    except OSError as error:
        raise BundleError(
            f"the bundle cannot be written ({error.strerror or error}).",
            hint="Make room there, or choose another place with --out.",
            path=Path(os.fsdecode(error.filename)) if error.filename else folder,
        ) from error


def _tidy_up(folder: Path, new: Path, old: Path) -> None:
    if old.exists() and not folder.exists():  # killed between the two renames
        old.rename(folder)
    for left in (new, old):
        if left.exists():
            shutil.rmtree(left)


def _check_place(folder: Path) -> None:
    if not folder.exists():
        return
    if not (folder / bundles.MANIFEST).is_file():
        raise UsageError(
            "this is there already and is no bundle, so it is not replaced.",
            hint="Choose another place with --out or --name.",
            path=folder,
        )
    if others := sorted({one.name for one in folder.iterdir()} - _OURS - _OF_SYSTEMS):
        raise UsageError(
            f"the bundle there has files that are not its own: {', '.join(others[:5])}.",
            hint="It is replaced as a whole: put them elsewhere, or choose another --name.",
            path=folder,
        )


def _put(new: Path, folder: Path, old: Path) -> None:
    _write_out(new)
    if folder.exists() and swap.swapped(new, folder):
        return  # what was there lies in `new` now, which goes
    if folder.exists():
        folder.rename(old)
    try:
        new.rename(folder)
    except OSError:
        if old.exists():
            old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _write_out(folder: Path) -> None:
    """Have every file on the disk itself, so that a power cut after the renaming leaves a whole bundle."""
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb+") as file:
                os.fsync(file.fileno())


def variant(folder: Path, name: VariantName, decision: Decision) -> Variant:
    """Return the manifest's record of a variant's file in a bundle's folder."""
    file = folder / FILES[name]
    return Variant(
        file=file.name,
        bytes=file.stat().st_size,
        sha256=files.sha256(file),
        opset=tidy.opset(onnx.load(file)),
        decision=decision,
    )


def hashes(folder: Path) -> dict[str, str]:
    """Return the hash of every file of a bundle's folder but the variants, the card and the manifest."""
    apart = {*FILES.values(), CARD, bundles.MANIFEST}
    every = sorted(path for path in folder.rglob("*") if path.is_file())
    named = {path.relative_to(folder).as_posix(): path for path in every}
    return {name: files.sha256(path) for name, path in named.items() if name not in apart}


def write_labels(folder: Path, labels: tuple[Label, ...], spec: InputSpec) -> None:
    """Write labels.txt and Hugging Face's config.json and preprocessor_config.json."""
    files.write_text(folder / "labels.txt", "".join(f"{label.name}\n" for label in labels))
    write_json(folder / "config.json", label_tables(labels))
    preprocessing = {
        **resizing(spec),
        # All scaling is inside the graph, which takes the bytes as they are, [N,H,W,3].
        "do_rescale": False,
        "do_normalize": False,
        "data_format": "channels_last",
    }
    write_json(folder / "preprocessor_config.json", preprocessing)


def label_tables(labels: Sequence[Label]) -> dict[str, object]:
    """Return the labels as Hugging Face's config.json names them."""
    names = [label.name for label in labels]
    return {
        "id2label": {str(number): name for number, name in enumerate(names)},
        "label2id": {name: number for number, name in enumerate(names)},
        "num_labels": len(names),
        "problem_type": "single_label_classification",
    }


def resizing(spec: InputSpec) -> dict[str, object]:
    """Return how photos become small, as Hugging Face's preprocessor_config.json says it."""
    size = {"height": spec.height, "width": spec.width}
    crop = spec.resize == "crop"
    return {
        "do_resize": True,
        "size": {"shortest_edge": min(size.values())} if crop else size,
        "resample": _BILINEAR,
        "do_center_crop": crop,
        **({"crop_size": size} if crop else {}),
        "do_convert_rgb": True,
    }


def write_json(file: Path, value: Mapping[str, object]) -> None:
    """Write a JSON file that a person can read."""
    files.write_text(file, json.dumps(value, indent=2, ensure_ascii=False) + "\n")
