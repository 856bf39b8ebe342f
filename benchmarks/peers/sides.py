"""A folder of photos through another library, as its own documentation does it: MobileNetV2 at 224.

    python benchmarks/peers/sides.py keras|timm|ultralytics|transformers FOLDER

Random weights take the time of trained ones. The last line of the output is JSON: photos and seconds, from
the listing of the folder to the last answer; loading the library and the model is not in it.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

SIZE, LABELS, BATCH, WORKERS = 224, 2, 32, 2
# Ultralytics' own way to a network of torchvision's; its head is MobileNetV2's last convolution and the rest.
YAML = f"""
nc: {LABELS}
backbone:
  - [-1, 1, TorchVision, [320, mobilenet_v2, None, True, 2]]
head:
  - [-1, 1, Classify, [nc]]
"""


def keras() -> Callable[[str], int]:
    """Return Keras' `predict` over `image_dataset_from_directory`."""
    import keras as library

    network = library.applications.MobileNetV2(weights=None, classes=LABELS)
    model = library.Sequential([library.layers.Rescaling(1 / 127.5, -1), network])
    model.build((None, SIZE, SIZE, 3))

    def run(folder: str) -> int:
        photos = library.utils.image_dataset_from_directory(
            folder, labels=None, image_size=(SIZE, SIZE), batch_size=BATCH, shuffle=False, verbose=False
        )
        return len(model.predict(photos, verbose=0))

    return run


def timm() -> Callable[[str], int]:
    """Return PyTorch with timm's own data set, loader and transforms, as its inference script has them."""
    import timm as library
    import torch
    from timm.data import create_dataset, create_loader, resolve_data_config

    model = library.create_model("mobilenetv2_100", pretrained=False, num_classes=LABELS).eval()
    config = resolve_data_config({}, model=model)

    @torch.inference_mode()
    def run(folder: str) -> int:
        loader = create_loader(
            create_dataset(root=folder, name=""),
            batch_size=BATCH,
            use_prefetcher=False,
            num_workers=WORKERS,
            **config,
        )
        return sum(len(model(photos).softmax(-1).topk(1).indices) for photos, _ in loader)

    return run


def ultralytics() -> Callable[[str], int]:
    """Return Ultralytics' classify `predict` on a folder."""
    from ultralytics import YOLO

    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "mobilenetv2-cls.yaml"
        file.write_text(YAML)
        model = YOLO(str(file), task="classify")

    def run(folder: str) -> int:
        found = model.predict(
            folder, imgsz=SIZE, batch=BATCH, stream=True, verbose=False, device="cpu", save=False
        )
        return sum(one.probs.top1 is not None for one in found)

    return run


def transformers() -> Callable[[str], int]:
    """Return the image classification pipeline of transformers."""
    from transformers import (
        MobileNetV2Config,
        MobileNetV2ForImageClassification,
        MobileNetV2ImageProcessor,
        pipeline,
    )

    model = MobileNetV2ForImageClassification(MobileNetV2Config(image_size=SIZE, num_labels=LABELS)).eval()
    whole = pipeline(
        "image-classification", model=model, image_processor=MobileNetV2ImageProcessor(), device=-1
    )

    def run(folder: str) -> int:
        photos = sorted(str(one) for one in Path(folder).iterdir())
        return sum(1 for _ in whole(photos, batch_size=BATCH, num_workers=WORKERS))

    return run


SIDES = {"keras": keras, "timm": timm, "ultralytics": ultralytics, "transformers": transformers}


def main() -> None:
    """Run one library over the folder."""
    run = SIDES[sys.argv[1]]()
    began = time.perf_counter()
    count = run(sys.argv[2])
    print(json.dumps({"photos": count, "seconds": time.perf_counter() - began}))


if __name__ == "__main__":
    main()
