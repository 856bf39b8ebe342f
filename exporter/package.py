"""The bundle's folder: built beside its place, put there only when all is well."""

from __future__ import annotations

import contextlib
import json
import secrets
import shutil
from typing import TYPE_CHECKING, Final

import onnx

from exporter import tidy
from whatsit import bundle as bundles
from whatsit import files
from whatsit.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from whatsit.bundle import Decision, InputSpec, Label, Variant, VariantName

FILES: Final[dict[VariantName, str]] = {
    "fp32": "model.onnx",
    "int8": "model.int8.onnx",
    "fp16": "model.fp16.onnx",
}
_BILINEAR: Final = 2  # Pillow's number for it, which Transformers uses too


@contextlib.contextmanager
def building(folder: Path) -> Iterator[Path]:
    """Yield an empty folder beside `folder` that takes its place when the block ends without an error.

    A bundle already there is kept until then. Raises UsageError when something other than a bundle is there.
    """
    if folder.exists() and not (folder / bundles.MANIFEST).is_file():
        raise UsageError(
            "this is there already and is no bundle, so it is not replaced.",
            hint="Choose another place with --out or --name.",
            path=folder,
        )
    mark = secrets.token_hex(4)
    temporary = folder.with_name(f".{folder.name}.{mark}")
    try:
        temporary.mkdir(parents=True)
        yield temporary
        _put(temporary, folder, folder.with_name(f".{folder.name}.{mark}.old"))
    except OSError as error:
        raise UsageError(
            f"the bundle cannot be written ({error.strerror or error}).",
            hint="Make room there, or choose another place with --out.",
            path=folder,
        ) from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _put(new: Path, folder: Path, aside: Path) -> None:
    if folder.exists():
        folder.rename(aside)
    try:
        new.rename(folder)
    except OSError:
        if aside.exists():
            aside.rename(folder)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def variant(folder: Path, name: VariantName, decision: Decision) -> Variant:
    """Return the manifest's record of a variant's file in a bundle's folder."""
    file = folder / FILES[name]
    return bundles.Variant(
        file=file.name,
        bytes=file.stat().st_size,
        sha256=files.sha256(file),
        opset=tidy.opset(onnx.load(file)),
        decision=decision,
    )


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
