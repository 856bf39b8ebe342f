"""The whole way of an export: convert, check, reduce, check, decide, pack."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import onnx

from exporter import (
    convert,
    fp16,
    int8,
    keras_model,
    package,
    packing,
    proof,
    retemper,
    sampling,
    transformers_layout,
)
from exporter import structure_checks as structure
from exporter import value_checks as values
from exporter.checks import CannotHoldError
from exporter.outputs import batches, outputs_over
from exporter.structure_checks import OnnxModel
from whatsit import bundle as bundles
from whatsit.errors import CheckError
from whatsit.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from exporter.checks import Checks
    from exporter.int8 import Found
    from exporter.keras_model import KerasModel
    from exporter.proof import Proof
    from exporter.transformers_layout import Layout
    from whatsit.bundle import Bundle
    from whatsit.manifest import Decision, Variant, VariantName
    from whatsit.run import Run, RunPhoto

_SAMPLED: Final = 128  # photos that set int8's ranges; of more labels one each
_TUNE: Final = 600  # photos that choose ranges and layers


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
    layout: Layout = "whatsit"


def export(request: Request, checks: Checks) -> Bundle:
    """Return the bundle of a run, every variant proven against Keras; `checks` collects what was checked.

    A bundle has no smaller file where none keeps the model's answers; a measurement then says so. Raises
    CheckError with the first check that fails, RunError or PictureError for a run that is not whole; in each
    case no bundle is left, and one of the same name that was there stays.
    """
    keras = keras_model.load(request.run)
    known = proof.of(request.run, keras, request.limit, request.samples)
    with package.building(request.folder) as folder:
        writing = _Writing(request, keras, known, folder, checks)
        variants: dict[VariantName, Variant] = {"fp32": writing.fp32()}
        if "int8" in request.variants and (found := writing.int8()):
            variants["int8"] = found
        if "fp16" in request.variants and (found := writing.fp16()):
            variants["fp16"] = found
        if request.layout == "transformers":
            info = request.run.info
            transformers_layout.write(folder, info.labels, info.input, checks, known.few)
        packing.pack(request, keras, folder, variants, checks)
    return bundles.read(request.folder)


class _Writing:
    """Writes the variants of one bundle, each proven before the next begins."""

    def __init__(
        self, request: Request, keras: KerasModel, known: Proof, folder: Path, checks: Checks
    ) -> None:
        self._request, self._keras, self._folder, self._checks = request, keras, folder, checks
        self._run, self._known = request.run, known

    def fp32(self) -> Variant:
        facts = convert.facts_of(self._run.info, self._request.version) | {"name": self._request.name}
        onnx.save(convert.to_onnx(self._keras, self._run.info, facts), self._file("fp32"))
        return self._proven("fp32")

    def int8(self) -> Variant | None:
        return self._reduced("int8", self._search_int8)

    def fp16(self) -> Variant | None:
        return self._reduced("fp16", self._search_fp16)

    def _reduced(self, name: VariantName, search: Callable[[Progress], None]) -> Variant | None:
        """Return the record of a smaller file; None, and a note, where none keeps the answers."""
        self._checks.variant = name
        try:
            with Progress(f"Searching {name}", None) as progress:
                search(progress)
            self._retemper(name)
            return self._proven(name)
        except CannotHoldError as error:
            self._file(name).unlink(missing_ok=True)
            self._checks.forget()
            self._checks.note("not written", f"{error.what} {error.hint}")
            return None

    def _file(self, name: VariantName) -> Path:
        return self._folder / package.FILES[name]

    def _proven(self, name: VariantName) -> Variant:
        """Return the record of a variant's file after all of its checks."""
        checks, file = self._checks, self._file(name)
        checks.variant = name
        structure.check_file(checks, file, [str(self._run.folder.absolute()), str(self._run.info.data_root)])
        model = structure.check_loads(checks, file, self._keras.outputs, self._run.info.input)
        structure.check_shapes(checks, model, self._keras.outputs, self._known.few)
        decision = self._decided(name, model)
        values.check_size(checks, file, self._file("fp32"))
        values.check_time(checks, model.outputs_of, self._known.few, self._known.seconds)
        return package.variant(self._folder, name, decision)

    def _decided(self, name: VariantName, model: OnnxModel) -> Decision:
        """Return a variant's decision; what a smaller file does not hold leaves out that file alone."""
        try:
            return self._known.check(self._checks, model)
        except CheckError as error:
            if name == "fp32":
                raise
            raise CannotHoldError(error.what, hint=error.hint) from error

    def _search_int8(self, progress: Progress) -> None:
        labels = len(self._run.info.labels)
        few = min(self._request.limit or _SAMPLED, _SAMPLED)
        sampled = sampling.sampling_set(self._run, max(few, labels))
        tune = self._tune()
        right = np.array([photo.label for photo in tune], dtype=np.int64)
        photos = int8.Photos(self._pixels(sampled, progress), self._pixels(tune, progress), right)
        limits = values.limits("int8", labels)
        self._note(int8.search(self._file("fp32"), self._file("int8"), photos, limits, progress))
        structure.check_weights(self._checks, self._file("int8"))

    def _search_fp16(self, progress: Progress) -> None:
        tune = self._tune()
        pixels = self._pixels(tune, progress) if tune else self._known.few
        limits = values.limits("fp16", len(self._run.info.labels))
        found = fp16.search(self._file("fp32"), self._file("fp16"), pixels, limits, progress)
        self._checks.note("left in float", f"the first {found} convolutions, and the head")

    def _retemper(self, name: VariantName) -> None:
        """Fit the file's own temperature, on the photos that set its thresholds too."""
        photos = self._known.calibrating
        if not photos:
            return
        model = OnnxModel(self._file(name), ["probabilities"])
        with Progress(f"Temperature of {name}", len(photos)) as progress:
            given = outputs_over(batches(self._run, photos, progress), model.outputs_of)["probabilities"]
        right = np.array([photo.label for photo in photos], dtype=np.int64)
        factor = retemper.retemper(self._file(name), given, right)
        self._checks.note("temperature", f"{factor:.3f} times fp32's")

    def _tune(self) -> list[RunPhoto]:
        return sampling.spread(self._run.photos("tune"), min(self._request.limit or _TUNE, _TUNE))

    def _pixels(self, photos: Sequence[RunPhoto], progress: Progress) -> NDArray[np.uint8]:
        return np.concatenate(list(batches(self._run, photos, progress)))

    def _note(self, found: Found) -> None:
        apart = ", ".join(f"{method} {value:.2g}" for method, value in found.divergences.items())
        self._checks.note("ranges", f"{found.method}; divergence from fp32 on tune: {apart}")
        kept = ", ".join(found.in_float) or "none"
        self._checks.note("left in float", f"{kept}, of {found.convolutions} convolutions behind the stem")
