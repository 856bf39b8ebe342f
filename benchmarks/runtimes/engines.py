"""One runtime from Python: `engines.py NAME MODEL.onnx PIXELS.npy FOLDER` writes FOLDER/<output>.npy."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    Arrays = dict[str, np.ndarray]
    Answer = Callable[[np.ndarray], Arrays]

BATCH = 16


def onnxruntime(model: str) -> Answer:
    """Return the way to answer pixels [N,H,W,3] with onnxruntime's CPU provider."""
    import onnxruntime as engine  # noqa: PLC0415 - a process has one runtime

    session = engine.InferenceSession(model, providers=["CPUExecutionProvider"])
    names = [output.name for output in session.get_outputs()]
    image = session.get_inputs()[0].name
    return lambda pixels: dict(zip(names, session.run(None, {image: pixels}), strict=True))


def openvino(model: str) -> Answer:
    """Return the same with OpenVINO, which rounds to bfloat16 on some processors unless told not to."""
    import openvino as engine  # noqa: PLC0415

    compiled = engine.Core().compile_model(model, "CPU", {"INFERENCE_PRECISION_HINT": "f32"})
    return lambda pixels: {one.get_any_name(): values for one, values in compiled(pixels).to_dict().items()}


def opencv(model: str) -> Answer:
    """Return the same with OpenCV's own network module."""
    import cv2  # noqa: PLC0415

    network = cv2.dnn.readNetFromONNX(model)
    names = network.getUnconnectedOutLayersNames()

    def answer(pixels: np.ndarray) -> Arrays:
        network.setInput(pixels)
        return dict(zip(names, network.forward(names), strict=True))

    return answer


def main() -> None:
    """Answer all pixels in batches, the last of them less than full, and write the outputs."""
    name, model, pixels, into = sys.argv[1:]
    answer = {"onnxruntime": onnxruntime, "openvino": openvino, "opencv": opencv}[name](model)
    rows = np.load(pixels)
    parts = [answer(rows[start : start + BATCH]) for start in range(0, len(rows), BATCH)]
    for output in parts[0]:
        np.save(Path(into, f"{output}.npy"), np.concatenate([part[output] for part in parts]))


if __name__ == "__main__":
    main()
