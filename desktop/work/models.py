"""The models there are: listed, checked, added, removed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from desktop.language import tr
from desktop.told import told
from whatsit.errors import BundleError, WhatsitError

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence
    from pathlib import Path

    from whatsit.bundle import Bundle
    from whatsit.certificate import Certificate
    from whatsit.proofs import Proof

_MOST_CARD_BYTES: Final = 1024**2


@dataclass(frozen=True, slots=True)
class Entry:
    """A model by its name: its bundle, its card, what was proven of it here; or why it cannot be used."""

    name: str
    bundle: Bundle | None = None
    own: bool = False  # added by this person, so that it can be removed
    card: str = ""
    proofs: tuple[Proof, ...] = ()
    error: WhatsitError | None = None
    place: str = ""  # the folder to open it by, where its name does not find it

    @property
    def asked(self) -> str:
        """What the model is opened by."""
        return self.place or self.name

    @property
    def answers(self) -> list[str]:
        """The groups and labels that a next model may be asked of."""
        if self.bundle is None:
            return []
        labels = self.bundle.manifest.labels
        groups = (one.group for one in labels if one.group)
        return list(dict.fromkeys([*groups, *(one.name for one in labels)]))


def bundle_among(places: Sequence[Path]) -> Path | None:
    """Return the first folder that looks like a bundle rather than like photos; bundle.json stands for it."""
    folders = (one.parent if one.name == "bundle.json" else one for one in places)
    return next((one for one in folders if (one / "bundle.json").is_file()), None)


def listed(used: Bundle | None = None) -> Generator[Entry, None, None]:
    """Yield every model that is found by name, and the one in use where it is not among them."""
    from whatsit import shelf  # noqa: PLC0415 - the window is seen before numpy is loaded

    for name in shelf.names():
        try:
            yield _entry(name, shelf.find(name))
        except WhatsitError as error:
            yield Entry(name, error=error)
    if used is not None and used.folder not in (folder / used.manifest.name for folder in shelf.folders()):
        yield replace(_entry(used.manifest.name, used), place=str(used.folder))


def add(folder: Path) -> Generator[Entry, None, None]:
    """Check the bundle in a folder, copy it among this person's models, and yield it.

    Raises BundleError when it is damaged, gives other than its golden answers here, or its name is taken.
    """
    from whatsit import bundle as bundles  # noqa: PLC0415 - as above
    from whatsit import certificate, shelf  # noqa: PLC0415 - as above

    stranger = bundles.read(folder)
    found = certificate.examine(stranger)
    if found.best is None:
        checks = [*found.checks, *(one for proof in found.proofs for one in proof.checks)]
        failed = next(one for one in checks if not one.passed)
        raise BundleError(
            tr("this model is not to be trusted here: {check} failed ({measured}).").format(
                check=told(failed.name), measured=told(failed.measured)
            ),
            hint=tr("Get it again from where it came from."),
            path=folder,
        )
    added = shelf.add(folder)
    _remember(added, found)
    yield _entry(added.manifest.name, added)


def remove(name: str) -> Generator[str, None, None]:
    """Remove one of this person's models and yield its name.

    Raises BundleError when it came with Whatsit.
    """
    from whatsit import shelf  # noqa: PLC0415 - as above

    shelf.remove(name)
    yield name


def certified(bundle: Bundle) -> Generator[Certificate, None, None]:
    """Run every check of a bundle on this machine and yield what is found; the app takes note of it."""
    from whatsit import certificate  # noqa: PLC0415 - as above

    found = certificate.examine(bundle)
    _remember(bundle, found)
    yield found


def _remember(bundle: Bundle, found: Certificate) -> None:
    from whatsit import device  # noqa: PLC0415 - as above

    for proof in found.proofs:
        device.remember(bundle, proof)


def _entry(name: str, bundle: Bundle) -> Entry:
    from whatsit import device, shelf  # noqa: PLC0415 - as above

    own = bundle.folder.parent == shelf.own_folder()
    return Entry(name, bundle, own, _card(bundle), tuple(device.remembered(bundle)))


def _card(bundle: Bundle) -> str:
    from whatsit import files  # noqa: PLC0415 - as above

    try:
        data = files.read_inside(bundle.folder, "README.md", _MOST_CARD_BYTES)
    except (OSError, WhatsitError):  # a model without a card is a model all the same
        return ""
    return data.decode("utf-8", "replace")
