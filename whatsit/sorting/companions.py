"""What travels with a photo: sidecars, a live photo's video, the raw file beside its JPEG."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from whatsit import kinds

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

SIDECARS: Final = frozenset((".xmp", ".aae"))
VIDEOS: Final = frozenset((".mov", ".mp4"))
_HEIC: Final = frozenset((".heic", ".heif", ".hif"))


@dataclass(frozen=True, slots=True)
class Parcel:
    """A photo and the files that travel with it, all in one folder and with one stem."""

    photo: Path
    companions: tuple[Path, ...] = ()

    @property
    def stem(self) -> str:
        """What the names of all its files begin with."""
        return stem(self.photo.name)

    def ending(self, file: Path) -> str:
        """Return what follows the stem in the name of one of its files."""
        return file.name[len(self.stem) :]


@dataclass(slots=True)
class Folders:
    """Which files lie beside a photo; each folder is listed once."""

    _files: dict[Path, dict[str, list[Path]]] = field(default_factory=dict)

    def parcel(self, photo: Path, mains: Iterable[Path]) -> Parcel:
        """Return a photo with what travels with it.

        `mains` are the photos of its folder and stem that go by an answer of their own: what could belong to
        several of them belongs to one.
        """
        beside = [one for one in self._beside(photo) if one != photo]
        first = min({photo, *mains}, key=_rank)
        own = set(mains) | {photo}
        return Parcel(
            photo, tuple(one for one in beside if one not in own and _owner(one, own, first) == photo)
        )

    def _beside(self, photo: Path) -> list[Path]:
        folder = photo.parent
        if folder not in self._files:
            self._files[folder] = {}
            for entry in _listed(folder):
                self._files[folder].setdefault(stem(entry.name), []).append(entry)
        return self._files[folder].get(stem(photo.name), [])


def stem(name: str) -> str:
    """Return a file's name up to its endings: a sidecar's name may end in its photo's ending and its own."""
    bare, dot, ending = name.rpartition(".")
    if not bare.strip("."):
        return name
    if (dot + ending).lower() in SIDECARS and kinds.is_picture_name(bare):
        bare = bare.rpartition(".")[0]
    return bare


def may_travel(name: str) -> bool:
    """Return whether a file of this name may belong to a photo."""
    ending = kinds.extension(name)
    return ending in SIDECARS or ending in VIDEOS or kinds.is_raw_name(name)


def _owner(file: Path, mains: set[Path], first: Path) -> Path | None:
    """Return the photo that a file belongs to; None where it is a photo for itself."""
    if not may_travel(file.name):
        return None
    whole = file.name.rpartition(".")[0]  # IMG_1.JPG.xmp is the sidecar of IMG_1.JPG alone
    named = next((one for one in mains if one.name.casefold() == whole.casefold()), None)
    if named is not None:
        return named
    raw_of_jpeg = kinds.is_picture_name(whole) and kinds.extension(file.name) in SIDECARS
    if raw_of_jpeg and not kinds.is_raw_name(whole):
        return None  # the sidecar of a photo that stays
    return first


def _rank(photo: Path) -> tuple[int, str]:
    """Sort photos of one stem: a live photo's video is the HEIC's, else the JPEG's; raw comes last."""
    ending = kinds.extension(photo.name)
    return (0 if ending in _HEIC else 2 if kinds.is_raw_name(photo.name) else 1), photo.name


def _listed(folder: Path) -> list[Path]:
    try:
        with os.scandir(folder) as entries:
            return sorted(folder / entry.name for entry in entries if entry.is_file(follow_symlinks=False))
    except OSError:  # scanning has said so already
        return []


def is_raw(path: Path) -> bool:
    """Return whether a file is a camera's raw photo by its name."""
    return kinds.is_raw_name(path.name)
