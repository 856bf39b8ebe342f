"""The model on its way to the workers: every machine answers by the same files as the one that asks."""

from __future__ import annotations

import io
import secrets
import shutil
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from whatsit import bundle as bundles
from whatsit import home, shelf
from whatsit.distributed.lots import WORK
from whatsit.errors import BundleError

if TYPE_CHECKING:
    from whatsit.bundle import Bundle
    from whatsit.distributed.places import Place

_STORED: Final = zipfile.ZIP_STORED  # weights do not shrink


@dataclass(frozen=True, slots=True)
class Sent:
    """A bundle by its fingerprint, and where it lies on the machine that asks."""

    sha256: str
    folder: str

    @property
    def file(self) -> str:
        """Return where it lies beside the answers."""
        return f"{WORK}/models/{self.sha256}.zip"


def send(name: str, place: Place) -> Sent:
    """Put the bundle of that name, or in that folder, where every worker finds it.

    Raises BundleError when there is none.
    """
    bundle = shelf.find(name)
    sent = Sent(bundle.sha256, str(bundle.folder.absolute()))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", _STORED) as archive:
        for file in shelf.files_of(bundle.folder):
            archive.write(file, file.relative_to(bundle.folder).as_posix())
    place.write(sent.file, packed.getvalue())
    return sent


def received(sent: Sent, place: Place) -> Bundle:
    """Return the bundle on this machine: in the sender's own folder where that is here, or a copy for good.

    Raises BundleError when it is not what was sent.
    """
    for folder in (Path(sent.folder), home.cache() / "bundles" / sent.sha256):
        if (folder / bundles.MANIFEST).is_file():
            bundle = bundles.read(folder)
            if bundle.sha256 == sent.sha256:
                return bundle
    _unpack(place.read(sent.file), folder)
    bundle = bundles.read(folder)
    if bundle.sha256 != sent.sha256:
        raise BundleError("this is not the model that was sent.", path=folder)
    return bundle


def _unpack(packed: bytes, folder: Path) -> None:
    """Unpack into a folder, whole or not at all; another worker of this machine may be first."""
    temporary = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}")
    try:
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            archive.extractall(temporary)
        shutil.rmtree(folder, ignore_errors=True)
        temporary.rename(folder)
    except OSError:
        if not (folder / bundles.MANIFEST).is_file():
            raise
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
