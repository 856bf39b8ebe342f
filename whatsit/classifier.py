"""The classifier: a bundle on a device, from pixels to answers."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from whatsit import decisions, preprocess
from whatsit import device as devices
from whatsit import limits as limiting
from whatsit.graph import Graph, Outputs
from whatsit.limits import Limits

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from whatsit.bundle import Bundle
    from whatsit.decisions import Answer, Evidence
    from whatsit.device import Device, DeviceName, VariantChoice
    from whatsit.manifest import Decision, VariantName

__all__ = ["Classifier", "Outputs"]


@dataclass(frozen=True, slots=True)
class Classifier:
    """A bundle that is ready to answer; safe to use from several threads."""

    bundle: Bundle
    variant: VariantName
    device: Device
    graph: Graph
    limits: Limits = field(default_factory=Limits)

    @classmethod
    def open(
        cls,
        bundle: Bundle,
        device: DeviceName = "auto",
        variant: VariantChoice = "auto",
        limits: Limits | None = None,
    ) -> Classifier:
        """Return the bundle's classifier on the device and in the variant asked for.

        Without `limits` the user's own hold. Raises DeviceError when device or variant cannot be had here,
        BundleError when the bundle is damaged.
        """
        limits = limits or limiting.of_user()
        chosen = devices.choose(bundle, device, variant)
        return cls(bundle, chosen.graph.variant, chosen.device, chosen.graph, limits)

    def on_single_cores(self) -> Classifier:
        """Return this classifier loaded once more, to be called from several threads, each on one core.

        Raises BundleError when the bundle is damaged by now.
        """
        return replace(self, graph=self.graph.on_one_core)

    def predict(self, pixels: NDArray[np.uint8]) -> Outputs:
        """Return the outputs for pixels, uint8 [N,H,W,3]."""
        return self.graph.run(pixels)

    def answers(self, outputs: Outputs) -> list[Answer]:
        """Return the answers that the outputs stand for, by this variant's own decision."""
        return [self.judge(one) for one in self.evidence(outputs)]

    def evidence(self, outputs: Outputs) -> list[Evidence]:
        """Return what the outputs say of each photo, whatever the threshold."""
        given = outputs.novelty
        novelty = [None] * len(outputs) if given is None else given.tolist()
        labels = self.bundle.manifest.labels
        return decisions.weigh_all(outputs.probabilities, novelty, self.decision, labels)

    def judge(self, evidence: Evidence) -> Answer:
        """Return the answer that the evidence of one photo stands for."""
        return decisions.judge(evidence, self.decision, self.bundle.manifest.labels)

    @property
    def decision(self) -> Decision:
        """How this variant's outputs become answers."""
        return self.bundle.manifest.variants[self.variant].decision

    def classify(self, pixels: NDArray[np.uint8]) -> list[Answer]:
        """Return the answers for pixels, uint8 [N,H,W,3]."""
        return self.answers(self.predict(pixels))

    def pixels_of(self, photo: Path | bytes) -> NDArray[np.uint8]:
        """Return the model's pixels, uint8 [H,W,3], of a file or of a file's bytes.

        Raises PictureError with the reason when the picture cannot be read.
        """
        return preprocess.pixels(photo, self.bundle.manifest.input, limits=self.limits)
