"""What proves a model that came without labelled photos: pictures, and what Keras gives for them."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from exporter import golden_pictures
from exporter import structure_checks as structure
from exporter import value_checks as values
from exporter.outputs import counted, outputs_over
from whatsit import decisions, golden
from whatsit.golden import GoldenPicture
from whatsit.graph import Outputs
from whatsit.progress import Progress

if TYPE_CHECKING:
    from exporter.checks import Checks
    from exporter.keras_model import KerasModel
    from exporter.outputs import Arrays, OutputsOf
    from exporter.structure_checks import OnnxModel
    from whatsit.manifest import Check, Decision, InputSpec
    from whatsit.run import RunPhoto

_FEW: Final = 16
_VARIES: Final = 1e-5  # of the largest value
_NAMES: Final = {"golden answers": "same answers"}  # the others are values
_ADVICE: Final = (
    "The file does not compute what Keras does: install the versions in pyproject.toml, try again."
)


class PictureProof:
    """By pictures that are generated and taken from samples, their crops and blends: values and answers.

    Nobody has said what is on them, so nothing is measured that a threshold could rest on.
    """

    def __init__(self, keras: KerasModel, spec: InputSpec, samples: Path | None) -> None:
        self._keras = keras
        self._pixels = golden_pictures.proving_pixels(samples, spec)
        self.few = self._pixels[:_FEW]
        self.calibrating: list[RunPhoto] = []

    @cached_property
    def seconds(self) -> float:
        """Keras' seconds a picture."""
        return values.seconds_per_photo(self._keras.outputs_of, self.few)

    @cached_property
    def _expected(self) -> list[GoldenPicture]:
        outputs = self._outputs("Keras", self._keras.outputs_of)
        return [
            GoldenPicture(Path(), pixels, {name: given[place] for name, given in outputs.items()})
            for place, pixels in enumerate(self._pixels)
        ]

    def check(self, checks: Checks, model: OnnxModel) -> Decision:
        """Return the decision that is not calibrated, after a variant's checks against Keras."""
        expected = self._expected
        given = self._outputs(f"ONNX {checks.variant}", model.outputs_of)
        # A sure model may give one label to all pictures.
        by_keras = {name: np.stack([one.outputs[name] for one in expected]) for name in given}
        structure.check_varies(checks, given, structure.varying(by_keras, _VARIES) or set(given))
        compared = golden.compare(expected, lambda _: Outputs(given), checks.variant)
        checks.require_all(map(_renamed, compared), _ADVICE)
        checks.note("photos", f"none: proven on {len(self._pixels)} pictures; not calibrated, no accuracy")
        return decisions.UNCALIBRATED

    def _outputs(self, title: str, outputs_of: OutputsOf) -> Arrays:
        with Progress(title, len(self._pixels)) as progress:
            return outputs_over(counted(self._pixels, progress), outputs_of)


def _renamed(check: Check) -> Check:
    """Return a check of golden pictures under the name that it has on photos."""
    name = _NAMES.get(check.name) or check.name.replace("golden", "values of")
    return check.model_copy(update={"name": name})
