"""What the window says of models, certificates and devices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from desktop.language import tr, well_known
from desktop.state import names, words
from desktop.told import told

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from desktop.work.models import Entry
    from whatsit.bundle import Bundle
    from whatsit.certificate import Certificate
    from whatsit.classifier import Classifier
    from whatsit.manifest import Check
    from whatsit.proofs import Proof

_MOST_LABELS: Final = 8


def of_model(bundle: Bundle) -> Iterator[tuple[str, str]]:
    """Yield what there is to know of a model, by what it is about."""
    manifest, training = bundle.manifest, bundle.manifest.training
    labels = [names.label(one.name) for one in manifest.labels]
    listed = ", ".join(labels[:_MOST_LABELS])
    more = len(labels) - _MOST_LABELS
    yield (
        tr("Answers"),
        tr("{labels} and {count} more").format(labels=listed, count=more) if more > 0 else listed,
    )
    yield tr("For"), well_known(manifest.subject)
    yield tr("Version"), manifest.version
    yield tr("Files"), ", ".join(f"{name} {words.size(one.bytes)}" for name, one in manifest.variants.items())
    yield tr("Licence"), well_known(manifest.licence)
    passed = sum(one.passed for one in manifest.checks)
    yield (
        tr("Proven"),
        tr("{passed} of {count} checks passed when it was made").format(
            passed=passed, count=len(manifest.checks)
        ),
    )
    yield tr("Recipe"), training.recipe


def standing(entry: Entry, found: Certificate | None) -> str:
    """Return in a few words whether a model holds on this machine."""
    if entry.error is not None:
        return tr("Cannot be used")
    if found is not None:
        return tr("Holds here") if found.best else tr("Not to be trusted here")
    if not entry.proofs:
        return tr("Not checked here yet")
    if any(proof.passed for proof in entry.proofs):
        return tr("Gives its golden answers")
    return tr("Not to be trusted here")


def verdict(name: str, found: Certificate) -> str:
    """Return in a sentence or two whether to trust a model here, and with what."""
    best = found.best
    if best is None:
        failed = next((told(check.name) for _, check in checks(found) if not check.passed), "")
        said = tr("Do not trust {name} here: “{check}” failed. Get it again from where it came from.")
        return said.format(name=name, check=failed)
    runs = speed(best)
    if found.passed:
        return tr("Trust {name} here. It runs as {how}.").format(name=name, how=runs)
    wrong = ", ".join(_place(proof) for proof in found.proofs if not proof.passed)
    said = tr("Trust {name} here as {how}, but not as {others}.")
    return said.format(name=name, how=runs, others=wrong)


def checks(found: Certificate) -> list[tuple[str, Check]]:
    """Return every check of a certificate beside the variant and device that it is about."""
    own = [("", one) for one in found.checks]
    return own + [(_place(proof), one) for proof in found.proofs for one in proof.checks]


def speed(proof: Proof) -> str:
    """Return what a variant on a device takes for a photo."""
    if not proof.seconds:
        return _place(proof)
    said = tr("{place}: {ms} ms a photo, {count} a second without decoding")
    rate = words.number(1 / proof.seconds)
    return said.format(place=_place(proof), ms=f"{1000 * proof.seconds:.3g}", count=rate)


def running(classifier: Classifier | None) -> str:
    """Return what runs now."""
    if classifier is None:
        return tr("Nothing: the model is not open")
    title, device = well_known(classifier.bundle.manifest.title), classifier.device.name.upper()
    return f"{title}: {classifier.variant}, {device}"


def speeds(proofs: Sequence[Proof]) -> str:
    """Return what was measured of each variant."""
    return "\n".join(speed(proof) for proof in proofs if proof.seconds) or tr("Not measured yet")


def _place(proof: Proof) -> str:
    return f"{proof.variant}, {proof.device.upper()}"
