"""What a bundle holds beside its files: golden pictures, labels, card, manifest; checked as the app will."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from exporter import card, golden_pictures, package
from exporter.structure_checks import OnnxModel
from whatsit import bundle as bundles
from whatsit import files, golden, label_lists, proofs
from whatsit import run as runs
from whatsit.bundle import Bundle
from whatsit.errors import RunError
from whatsit.graph import Graph
from whatsit.manifest import Manifest

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from exporter.checks import Checks
    from exporter.export import Request
    from exporter.keras_model import KerasModel
    from whatsit.manifest import Output, Variant, VariantName

_GOLDEN_ADVICE: Final = "The bundle does not give what was proven a moment ago: report this."


def pack(
    request: Request,
    keras: KerasModel,
    folder: Path,
    variants: Mapping[VariantName, Variant],
    checks: Checks,
) -> None:
    """Write all that belongs to the bundle; its manifest comes last, after the golden checks."""
    info = request.run.info
    steady = _steady(keras, folder, tuple(variants))
    golden_pictures.write(folder, request.samples, info.input, keras.outputs_of, steady)
    package.write_labels(folder, info.labels, info.input)
    bundle = Bundle(folder, _manifest(request, keras.outputs, variants))
    _check_golden(bundle, checks)
    manifest = bundle.manifest.model_copy(
        update={
            "checks": checks.verdicts,
            "measurements": checks.measurements,
            "files": package.hashes(folder),
        }
    )
    own_words = request.run.folder / runs.CARD_FILE
    words = own_words.read_text(encoding="utf-8") if own_words.is_file() else ""
    files.write_text(folder / package.CARD, card.text(manifest, words))
    bundles.write(folder, manifest)


def _steady(keras: KerasModel, folder: Path, names: tuple[VariantName, ...]) -> golden_pictures.Steady:
    """Return what says for pixels [N,H,W,3] where every variant stays within half of its golden limit."""
    models = {name: OnnxModel(folder / package.FILES[name], ["probabilities"]) for name in names}

    def steady(pixels: NDArray[np.uint8]) -> NDArray[np.bool_]:
        expected = keras.outputs_of(pixels)["probabilities"]
        within = []
        for name, model in models.items():
            apart = np.abs(model.outputs_of(pixels)["probabilities"] - expected).max(axis=-1)
            within.append(apart <= golden.LIMITS[name].probabilities / 2)
        return np.asarray(np.all(within, axis=0))

    return steady


def _check_golden(bundle: Bundle, checks: Checks) -> None:
    """Check the golden pictures as the app will: by the bundle's own records, with the app's own classes."""
    checks.require_all([label_lists.check(bundle)], _GOLDEN_ADVICE)
    pictures = golden.read(bundle)
    for name in bundle.manifest.variants:
        checks.variant = name
        checks.require_all(proofs.of_graph(bundle, Graph(bundle, name), pictures).checks, _GOLDEN_ADVICE)


def _manifest(
    request: Request, outputs: tuple[Output, ...], variants: Mapping[VariantName, Variant]
) -> Manifest:
    info = request.run.info
    if info.training is None:  # Run.model_file has refused such a run before
        raise RunError("this run is not finished.", path=request.run.folder)
    return Manifest(
        name=request.name,
        title=info.title,
        version=request.version,
        licence=info.licence,
        subject=info.subject,
        labels=info.labels,
        input=info.input,
        outputs=outputs,
        variants=dict(variants),
        training=info.training,
    )
