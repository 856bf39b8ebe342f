"""The shelf: where bundles are found by name, and the user's own folder of them."""

from __future__ import annotations

import difflib
import os
import secrets
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import whatsit
from whatsit import bundle as bundles
from whatsit import files, golden, home
from whatsit.errors import BundleError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whatsit.bundle import Bundle


def own_folder() -> Path:
    """Return the folder of the bundles that the user added."""
    return home.data() / "models"


def folders() -> list[Path]:
    """Return the folders that hold bundles by name: the user's own, the installed ones, a checkout's."""
    package = Path(whatsit.__file__).parent
    return [own_folder(), package / "models", package.parent / "models"]


def names() -> list[str]:
    """Return the names that a bundle can be found by, sorted."""
    return sorted({place.name for place in _places()})


def find(name_or_path: str | Path) -> Bundle:
    """Return the bundle of that name, or in that folder.

    Raises BundleError when there is none, with the nearest name, or when it is damaged.
    """
    asked = os.fspath(name_or_path)
    if not _is_path(asked):
        for place in _places():
            if place.name == asked:
                return bundles.read(place)
    folder = Path(asked).expanduser()
    if folder.is_dir():
        return bundles.read(folder)
    there = names()
    near = difflib.get_close_matches(asked, there, n=1)
    hint = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(there) or 'none'}."
    raise BundleError(f"there is no model named {files.shown(asked)!r}.", hint=hint)


def add(folder: Path) -> Bundle:
    """Copy a bundle into the user's own folder, whole or not at all, after checking every file's hash.

    Raises BundleError when it is not valid or its name is taken.
    """
    bundle = bundles.read(folder)
    for variant in bundle.manifest.variants:
        bundle.model_file(variant)
    golden.read(bundle)
    place = own_folder() / bundle.manifest.name
    if place.exists():
        raise BundleError(
            f"you have a model named {place.name} already.",
            hint=f"Remove it first: whatsit models remove {place.name}",
        )
    _copy(folder, place)
    return bundles.read(place)


def remove(name: str) -> Path:
    """Remove a bundle from the user's own folder and return where it was.

    Raises BundleError when it is not there.
    """
    place = own_folder() / name
    if _is_path(name) or place not in list(_places()):
        hint = (
            "It came with Whatsit and stays."
            if name in names()
            else f"There are: {', '.join(names()) or 'none'}."
        )
        raise BundleError(f"you have added no model named {files.shown(name)!r}.", hint=hint)
    shutil.rmtree(place)
    return place


def _is_path(asked: str) -> bool:
    return "/" in asked or os.sep in asked or asked in ("", ".", "..") or asked.startswith("~")


def _places() -> Iterator[Path]:
    for folder in folders():
        if folder.is_dir():
            # A hidden one is on its way in: `add` renames it when it is whole.
            entries = (one for one in sorted(folder.iterdir()) if not one.name.startswith("."))
            yield from (one for one in entries if (one / bundles.MANIFEST).is_file())


def _copy(folder: Path, place: Path) -> None:
    temporary = place.with_name(f".{place.name}.{secrets.token_hex(4)}")
    try:
        for file in files_of(folder):
            to = temporary / file.relative_to(folder)
            to.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, to)
        temporary.rename(place)
    except OSError as error:
        raise BundleError(f"the model cannot be copied ({error.strerror}).", path=folder) from None
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def files_of(folder: Path) -> Iterator[Path]:
    """Yield the regular files below a folder; a stranger's links are not followed and not taken along."""
    for place, _, file_names in os.walk(folder):
        for name in file_names:
            file = Path(place, name)
            if file.is_file() and not file.is_symlink():
                yield file
