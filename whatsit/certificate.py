"""The certificate: all checks of a bundle on this machine, and what they say of trusting it here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from whatsit import cuda, files, golden, label_lists, preprocess, proofs
from whatsit.errors import BundleError, DeviceError, PictureError
from whatsit.manifest import Check

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from whatsit.bundle import Bundle
    from whatsit.golden import GoldenPicture
    from whatsit.manifest import VariantName
    from whatsit.proofs import Proof


@dataclass(frozen=True, slots=True)
class Certificate:
    """The checks of the bundle itself, and the proofs of its variants; `not_cuda` says why CUDA has none."""

    checks: tuple[Check, ...]
    proofs: tuple[Proof, ...]
    not_cuda: str = ""

    @property
    def sound(self) -> bool:
        """Whether the bundle itself is as it should be, whatever runs it."""
        return all(check.passed for check in self.checks)

    @property
    def passed(self) -> bool:
        """Whether every check passed, on each device that is there."""
        return self.sound and bool(self.proofs) and all(proof.passed for proof in self.proofs)

    @property
    def best(self) -> Proof | None:
        """What to run here; None where nothing is to be trusted."""
        return proofs.best(self.proofs) if self.sound else None


def examine(bundle: Bundle, advance: Callable[[], object] = lambda: None) -> Certificate:
    """Return the bundle's certificate on this machine; `advance` is called after each variant on a device."""
    labels = label_lists.check(bundle)
    try:
        pictures = golden.read(bundle)
    except BundleError as error:
        unread = Check(name="golden pictures", passed=False, measured=error.what)
        return Certificate((labels, unread), ())
    on_cpu = tuple(_proofs_on_cpu(bundle, pictures, advance))
    on_cuda, not_cuda = _proofs_on_cuda(bundle, pictures, advance)
    run = {proof.variant for proof in (*on_cpu, *on_cuda)}
    own = (_others(bundle, run), labels, _pixels(bundle, pictures))
    return Certificate(own, (*on_cpu, *on_cuda), not_cuda)


def _others(bundle: Bundle, run: Collection[VariantName]) -> Check:
    """Return whether every file but the variants `run` here is the one that was proven."""
    variants = bundle.manifest.variants
    stated = dict(bundle.manifest.files)
    stated |= {one.file: one.sha256 for name, one in variants.items() if name not in run}
    wrong = [name for name, hashed in stated.items() if _hash(bundle, name) != hashed]
    return Check(
        name="other files unchanged",
        passed=not wrong,
        measured=f"{wrong[0]} is missing or another" if wrong else f"all {len(stated)}",
        limit="every file",
    )


def _hash(bundle: Bundle, name: str) -> str:
    try:
        return files.sha256(files.inside(bundle.folder, name))
    except (OSError, BundleError):
        return ""


def steps(bundle: Bundle) -> int:
    """Return how often `examine` will call `advance`, at most."""
    on_cuda = () if cuda.why_not() else proofs.usual(bundle, "cuda")
    return len(proofs.usual(bundle, "cpu")) + len(on_cuda)


def _pixels(bundle: Bundle, pictures: Sequence[GoldenPicture]) -> Check:
    def pixels_of(file: Path) -> NDArray[np.uint8]:
        return preprocess.pixels(file, bundle.manifest.input)

    try:
        return golden.compare_pixels(pictures, pixels_of)
    except PictureError as error:
        where = error.path.name if error.path else "a golden picture"
        return Check(name="golden pixels", passed=False, measured=f"{where}: {error.what}")


def _proofs_on_cpu(
    bundle: Bundle, pictures: Sequence[GoldenPicture], advance: Callable[[], object]
) -> Iterator[Proof]:
    for variant in proofs.usual(bundle, "cpu"):
        yield proofs.prove(bundle, variant, "cpu", pictures)
        advance()


def _proofs_on_cuda(
    bundle: Bundle, pictures: Sequence[GoldenPicture], advance: Callable[[], object]
) -> tuple[list[Proof], str]:
    """Return the proofs there are, and why there are none or no more."""
    found: list[Proof] = []
    if reason := cuda.why_not():
        return found, reason
    variants = proofs.usual(bundle, "cuda")
    if not variants:
        return found, "the bundle has no variant for it"
    cuda.load_libraries()
    for variant in variants:
        try:
            found.append(proofs.prove(bundle, variant, "cuda", pictures))
        except DeviceError as error:  # a driver without CUDA's libraries: this machine cannot take part
            return found, f"{error.what.rstrip('.')}. {cuda.fix()}"
        advance()
    return found, ""
