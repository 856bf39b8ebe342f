"""The bundle: a model with all it needs, a folder. Read, validated, written; a stranger's is only data."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import ValidationError

from whatsit import files
from whatsit.errors import BundleError
from whatsit.manifest import Manifest, VariantName, first_problem

if TYPE_CHECKING:
    from pathlib import Path

MANIFEST = "bundle.json"
MOST_MANIFEST_BYTES = 8 * 1024**2


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle on disk: its folder and what its manifest says."""

    folder: Path
    manifest: Manifest

    @property
    def sha256(self) -> str:
        """The fingerprint of `bundle.json`: what results name their model by."""
        return files.sha256(self.folder / MANIFEST)

    def model_file(self, variant: VariantName) -> Path:
        """Return the variant's file after checking that it is inside, of the stated size, and unchanged.

        Raises BundleError when it is not.
        """
        self.model_bytes(variant)
        return self.folder / self.manifest.variants[variant].file

    def model_bytes(self, variant: VariantName) -> bytes:
        """Return the variant's file, read once: the bytes are those that were checked.

        Raises BundleError when it is not inside, of the stated size, and unchanged.
        """
        if variant not in self.manifest.variants:
            there = ", ".join(self.manifest.variants)
            raise BundleError(
                f"this bundle has no {variant} variant;", hint=f"it has {there}.", path=self.folder
            )
        stated = self.manifest.variants[variant]
        try:
            whole = files.inside(self.folder, stated.file).stat().st_size == stated.bytes
            data = files.read_inside(self.folder, stated.file, stated.bytes) if whole else b""
        except OSError:
            data = b""
        if hashlib.sha256(data).hexdigest() != stated.sha256:
            raise BundleError(
                f"{stated.file} is missing or is not the file that was proven.",
                hint="Get the bundle again from where it came from.",
                path=self.folder,
            )
        return data


def read(folder: Path) -> Bundle:
    """Return the bundle in `folder`.

    Raises BundleError when there is none or its manifest is not valid.
    """
    try:
        data = files.read_inside(folder, MANIFEST, MOST_MANIFEST_BYTES)
        return Bundle(folder, Manifest.model_validate_json(data))
    except OSError as error:
        raise BundleError(
            f"no bundle here: {MANIFEST} cannot be read ({error.strerror}).", path=folder
        ) from None
    except ValidationError as error:
        raise BundleError(f"{MANIFEST} is not valid: {first_problem(error)}.", path=folder) from None


def write(folder: Path, manifest: Manifest) -> Bundle:
    """Write `bundle.json` into `folder` and return the bundle."""
    files.write_text(folder / MANIFEST, manifest.model_dump_json(indent=1) + "\n")
    return Bundle(folder, manifest)
