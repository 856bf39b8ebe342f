"""The lines of Python in a card that answer for a photo without Whatsit."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from whatsit.manifest import Decision, InputSpec


def text(spec: InputSpec, decision: Decision, *, novelty: bool) -> str:
    """Return a dozen lines of Python that answer for a photo with onnxruntime and Pillow alone."""
    size = f"({spec.width}, {spec.height}), Image.Resampling.BILINEAR"
    resize = f"picture.resize({size})" if spec.resize == "squash" else f"ImageOps.fit(picture, {size})"
    return f"""import json
import numpy as np
import onnxruntime
from PIL import Image, ImageOps

picture = ImageOps.exif_transpose(Image.open("photo.jpg")).convert("RGB")
pixels = np.asarray({resize})[np.newaxis]
session = onnxruntime.InferenceSession("model.onnx", providers=["CPUExecutionProvider"])
labels = json.loads(session.get_modelmeta().custom_metadata_map["labels"])
{_last_lines(decision, novelty=novelty)}"""


def _last_lines(decision: Decision, *, novelty: bool) -> str:
    """Return the lines after the session; nobody is told a confidence that was not calibrated."""
    lines = [
        'probabilities, novelty = session.run(["probabilities", "novelty"], {"image": pixels})'
        if novelty
        else '(probabilities,) = session.run(["probabilities"], {"image": pixels})',
        "label = labels[probabilities[0].argmax()]",
    ]
    if decision.calibrated or novelty:
        lines.append("# The limits are those of model.onnx; each file has its own in bundle.json.")
    if decision.calibrated:
        lines.append(f'label = label if probabilities[0].max() >= {decision.threshold:g} else "not sure"')
    if novelty:
        lines.append(f'label = "unknown" if novelty[0] > {decision.novelty_limit!r} else label')
    lines.append(f"print(label{', float(probabilities[0].max())' if decision.calibrated else ''})")
    return "".join(f"{line}\n" for line in lines)
