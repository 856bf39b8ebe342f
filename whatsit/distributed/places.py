"""A folder on any file system that fsspec reaches: a disk, a network folder, an object store."""

from __future__ import annotations

import posixpath
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from fsspec.core import url_to_fs
from fsspec.implementations.local import LocalFileSystem

from whatsit import files
from whatsit.errors import MissingExtraError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

_LOCAL: Final = "file://"


def is_url(asked: str) -> bool:
    """Return whether a text names a place through fsspec, and not a path of this machine."""
    return ("://" in asked or "::" in asked) and not asked.startswith(_LOCAL)


def path_of(asked: str) -> Path:
    """Return the path of this machine that a text names, `file://` before it or not."""
    return Path(asked.removeprefix(_LOCAL))


@dataclass(frozen=True, slots=True)
class Place:
    """A folder: its file system, and its path there without a slash at the end.

    What goes wrong is raised as the file system raises it: OSError, or an error of its own library.
    """

    system: Any
    root: str

    @classmethod
    def of(cls, asked: str) -> Place:
        """Return the place of a path or a URL; nothing is looked at yet.

        Raises UsageError when no such kind of URL is known, MissingExtraError when its package is missing.
        """
        try:
            system, root = url_to_fs(asked if is_url(asked) else str(path_of(asked).absolute()))
        except ImportError as error:
            raise MissingExtraError(f"{asked} cannot be reached: {error}.") from error
        except ValueError as error:
            raise UsageError(f"{asked} cannot be reached ({error}).") from error
        return cls(system, root.rstrip("/") or root)

    def at(self, name: str) -> str:
        """Return the path of a file in this folder."""
        return posixpath.join(self.root, name)

    def has(self, name: str) -> bool:
        """Return whether a file is there."""
        return bool(self.system.exists(self.at(name)))

    def read(self, name: str) -> bytes:
        """Return the bytes of a file."""
        data: bytes = self.system.cat_file(self.at(name))
        return data

    def write(self, name: str, data: bytes) -> None:
        """Write a file, whole or not at all; one that is there is replaced."""
        if isinstance(self.system, LocalFileSystem):
            with files.replacing(Path(self.at(name))) as temporary:
                temporary.write_bytes(data)
            return
        folder, last = posixpath.split(self.at(name))
        temporary_file = posixpath.join(folder, f".{secrets.token_hex(4)}.{last}")
        self.system.makedirs(folder, exist_ok=True)
        self.system.pipe_file(temporary_file, data)
        self.system.mv(temporary_file, self.at(name))

    def names(self) -> list[str]:
        """Return the names of what is in this folder, sorted; none where there is no such folder."""
        return [posixpath.basename(str(one["name"]).rstrip("/")) for one in self.entries(self.root)]

    def entries(self, folder: str) -> list[Mapping[str, Any]]:
        """Return what fsspec says of each entry of a folder, sorted by name; none of a missing folder."""
        self.system.invalidate_cache(folder)
        try:
            found: list[Mapping[str, Any]] = self.system.ls(folder, detail=True)
        except FileNotFoundError:
            return []
        # The listing is not kept: of millions of entries it would fill the memory.
        self.system.invalidate_cache(folder)
        return sorted(found, key=lambda one: str(one["name"]).encode("utf-8", "surrogateescape"))

    def remove(self, name: str) -> None:
        """Remove a file, or a folder with all that is in it; nothing happens where there is none."""
        if self.has(name):
            self.system.rm(self.at(name), recursive=True)
