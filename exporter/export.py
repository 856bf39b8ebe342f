"""The whole way of an export: convert, check, quantise, check, decide, pack."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import onnx

from exporter import card, convert, golden_pictures, keras_model, package, quantize, sampling
from exporter import structure_checks as structure
from exporter import value_checks as values
from exporter.outputs import batches, outputs_over
from whatsit import bundle as bundles
from whatsit import decisions, files, golden, preprocess
from whatsit import run as runs
from whatsit.bundle import Bundle, Manifest
from whatsit.errors import RunError
from whatsit.graph import Graph
from whatsit.predictions import Predictions
from whatsit.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from exporter.checks import Checks
    from exporter.keras_model import KerasModel
    from exporter.outputs import Arrays
    from exporter.structure_checks import OnnxModel
    from whatsit.bundle import Decision, Output, Variant, VariantName
    from whatsit.run import Run, RunPhoto

_FEW: Final = 16
_GOLDEN_ADVICE: Final = "The bundle does not give what was proven a moment ago: report this."


@dataclass(frozen=True, slots=True)
class Request:
    """What to export: the run, the bundle's name, version and place, its variants, the photos to prove it."""

    run: Run
    name: str
    version: str
    folder: Path
    variants: tuple[VariantName, ...] = ("fp32",)
    limit: int | None = None
    samples: Path | None = None


@dataclass(frozen=True, slots=True)
class _Proof:
    """What every variant is held against: Keras on the proving photos, and its time a photo."""

    photos: tuple[RunPhoto, ...]
    expected: Predictions
    seconds: float


def export(request: Request, checks: Checks) -> Bundle:
    """Return the bundle of a run, every variant proven against Keras; `checks` collects what was checked.

    Raises CheckError with the first check that fails, RunError or PictureError for a run that is not whole;
    in each case no bundle is left, and one of the same name that was there stays.
    """
    keras = keras_model.load(request.run)
    facts = convert.facts_of(request.run.info, request.version) | {"name": request.name}
    with package.building(request.folder) as folder:
        fp32 = folder / package.FILES["fp32"]
        onnx.save(convert.to_onnx(keras, request.run.info, facts), fp32)
        model = _opened(request, keras, fp32, checks)
        proof = _prove_with(request, keras)
        variants: dict[VariantName, Variant] = {"fp32": _proven(request, proof, folder, model, checks)}
        if "int8" in request.variants:
            checks.variant = "int8"
            int8 = folder / package.FILES["int8"]
            _quantise(request, fp32, int8, facts)
            model = _opened(request, keras, int8, checks)
            variants["int8"] = _proven(request, proof, folder, model, checks)
        _pack(request, keras, folder, variants, checks)
    return bundles.read(request.folder)


def _opened(request: Request, keras: KerasModel, file: Path, checks: Checks) -> OnnxModel:
    """Return the variant under test after the checks that need few photos."""
    private = [str(request.run.folder.absolute()), str(request.run.info.data_root)]
    structure.check_file(checks, file, private)
    model = structure.check_loads(checks, file, keras.outputs, request.run.info.input)
    structure.check_shapes(checks, model, keras.outputs, _few_pixels(request.run))
    return model


def _few_pixels(run: Run) -> NDArray[np.uint8]:
    photos = sampling.proving_set(run, _FEW)
    return np.stack([preprocess.pixels(run.file_of(photo), run.info.input) for photo in photos])


def _prove_with(request: Request, keras: KerasModel) -> _Proof:
    photos = sampling.proving_set(request.run, request.limit)
    with Progress("Keras", len(photos)) as progress:
        outputs = outputs_over(batches(request.run, photos, progress), keras.outputs_of)
    seconds = values.seconds_per_photo(keras.outputs_of, _few_pixels(request.run))
    return _Proof(tuple(photos), _predictions(photos, outputs), seconds)


def _quantise(request: Request, fp32: Path, int8: Path, facts: dict[str, str]) -> None:
    chosen = sampling.sampling_set(request.run)
    with Progress("Setting int8 ranges", len(chosen)) as progress:
        quantize.to_int8(fp32, int8, batches(request.run, chosen, progress), facts)


def _proven(request: Request, proof: _Proof, folder: Path, model: OnnxModel, checks: Checks) -> Variant:
    """Return the record of the variant under test after its checks against Keras, with its own decision."""
    with Progress(f"ONNX {checks.variant}", len(proof.photos)) as progress:
        given = outputs_over(batches(request.run, proof.photos, progress), model.outputs_of)
    structure.check_varies(checks, given)
    predictions = _predictions(proof.photos, given)
    values.check_against_keras(checks, predictions, proof.expected)
    values.check_size(checks, folder / package.FILES[checks.variant], folder / package.FILES["fp32"])
    values.check_time(checks, model.outputs_of, _few_pixels(request.run), proof.seconds)
    return package.variant(folder, checks.variant, _decision(proof, predictions))


def _decision(proof: _Proof, given: Predictions) -> Decision:
    chosen = np.array([photo.split == "calibrate" for photo in proof.photos])
    known = proof.expected.outputs["novelty"][chosen] <= decisions.NOVELTY_LIMIT
    novelty = given.outputs["novelty"][chosen]
    return decisions.fit(given.probabilities[chosen], given.labels[chosen], novelty, float(known.mean()))


def _predictions(photos: Sequence[RunPhoto], outputs: Arrays) -> Predictions:
    labels = np.array([photo.label for photo in photos], dtype=np.int64)
    return Predictions(tuple(photo.path for photo in photos), labels, outputs)


def _pack(
    request: Request, keras: KerasModel, folder: Path, variants: dict[VariantName, Variant], checks: Checks
) -> None:
    """Write all that belongs to the bundle; its manifest comes last, after the golden checks."""
    info = request.run.info
    steady = _steady(keras, folder, tuple(variants))
    golden_pictures.write(folder, request.samples, info.input, keras.outputs_of, steady)
    package.write_labels(folder, info.labels, info.input)
    bundle = Bundle(folder, _manifest(request, keras.outputs, variants))
    _check_golden(bundle, checks)
    manifest = bundle.manifest.model_copy(
        update={"checks": checks.verdicts, "measurements": checks.measurements}
    )
    own_words = request.run.folder / runs.CARD_FILE
    words = own_words.read_text(encoding="utf-8") if own_words.is_file() else ""
    files.write_text(folder / "README.md", card.text(manifest, words))
    bundles.write(folder, manifest)


def _steady(keras: KerasModel, folder: Path, names: tuple[VariantName, ...]) -> golden_pictures.Steady:
    """Return what says for pixels [N,H,W,3] where every variant stays within half of its golden limit."""
    models = {name: structure.OnnxModel(folder / package.FILES[name], ["probabilities"]) for name in names}

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
    pictures = golden.read(bundle)
    for name in bundle.manifest.variants:
        checks.variant = name
        checks.require_all(golden.compare(pictures, Graph(bundle, name).run, name), _GOLDEN_ADVICE)


def _manifest(
    request: Request, outputs: tuple[Output, ...], variants: dict[VariantName, Variant]
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
        variants=variants,
        training=info.training,
    )
