"""A file system for tests: that of this machine, but that reading one name ends the process.

It is installed as people's are, by an entry point in a folder on the path.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from fsspec.implementations.local import LocalFileSystem

if TYPE_CHECKING:
    from pathlib import Path


class DeadlyFileSystem(LocalFileSystem):
    """`deadly:///folder`: its files, of which the one named deadly.png ends whoever reads it."""

    protocol = "deadly"

    def cat_file(self, path: str, start: int | None = None, end: int | None = None, **options: Any) -> bytes:
        """Return the bytes of a file."""
        if path.endswith("deadly.png"):
            os._exit(1)
        data: bytes = super().cat_file(path, start, end, **options)
        return data


def install(folder: Path) -> Path:
    """Make the file system known to every Python that has the folder on its path."""
    facts = folder / "deadly-1.dist-info"
    facts.mkdir(parents=True)
    (facts / "METADATA").write_text("Metadata-Version: 2.1\nName: deadly\nVersion: 1\n", encoding="utf-8")
    (facts / "entry_points.txt").write_text(
        "[fsspec.specs]\ndeadly = tests.helpers.deadly_files:DeadlyFileSystem\n", encoding="utf-8"
    )
    return folder
