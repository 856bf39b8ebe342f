"""A folder of photos through one way of ours, or through onnxruntime as a good engineer writes it.

    python benchmarks/sides.py SIDE VARIANT FOLDER MODEL

SIDE is whatsit, decode, network, loop or pool. The last line of the output is JSON: photos and seconds, from
the listing of the folder to the last answer; loading the model is not in it.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import onnxruntime
from PIL import Image

from whatsit import bundle as bundles
from whatsit import cli, pace, photos, preprocess
from whatsit.graph import Graph, cores
from whatsit.limits import Limits

BATCH = 32


def whatsit(folder: Path, model: str, variant: str) -> tuple[int, float]:
    """Run the command itself, into a file, and return what it says of itself."""
    with tempfile.TemporaryDirectory() as place:
        out = Path(place) / "answers.jsonl"
        given = ["classify", str(folder), "--model", model, "--variant", variant, "--device", "cpu"]
        if cli.main([*given, "--out", str(out), "--anew", "-q"]):
            raise SystemExit("the command failed")
        with out.open() as lines:
            counts = json.loads(list(lines)[-1])
    return counts["found"], counts["seconds"]


def decode(folder: Path, model: str, _variant: str) -> tuple[int, float]:
    """Decode alone, a thread for each core: half of the limit."""
    spec, limits = bundles.read(Path(model)).manifest.input, Limits()
    began = time.perf_counter()
    paths = [photo.path for photo in photos.scan([folder])]
    with ThreadPoolExecutor(cores()) as pool:
        count = sum(
            1 for _ in pool.map(lambda path: preprocess.pixels(path, spec, limits=limits).shape, paths)
        )
    return count, time.perf_counter() - began


def network(folder: Path, model: str, variant: str) -> tuple[int, float]:
    """Run the network alone, on every core: the other half of the limit."""
    bundle = bundles.read(Path(model))
    graph = Graph(bundle, variant).on_one_core
    size, spec = pace.fastest(graph, bundle), bundle.manifest.input
    pixels = np.random.default_rng(0).integers(0, 256, (size, spec.height, spec.width, 3), dtype=np.uint8)
    count = sum(1 for _ in folder.iterdir())
    began = time.perf_counter()
    with ThreadPoolExecutor(cores()) as pool:
        list(pool.map(lambda _: graph.run(pixels), range(-(-count // size))))
    return count, (time.perf_counter() - began) * count / (-(-count // size) * size)


def loop(folder: Path, model: str, variant: str) -> tuple[int, float]:
    """Run onnxruntime in a plain loop: decode a batch, run it."""
    run, pixels = _session(model, variant)
    began, count = time.perf_counter(), 0
    for some in _batches(sorted(folder.iterdir())):
        count += len(run(np.stack([pixels(path) for path in some])))
    return count, time.perf_counter() - began


def pool(folder: Path, model: str, variant: str) -> tuple[int, float]:
    """Run the same loop with a pool of threads that decode the batch."""
    run, pixels = _session(model, variant)
    began, count = time.perf_counter(), 0
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        for some in _batches(sorted(folder.iterdir())):
            count += len(run(np.stack(list(threads.map(pixels, some)))))
    return count, time.perf_counter() - began


def _session(model: str, variant: str):  # noqa: ANN202 - two functions
    bundle = bundles.read(Path(model))
    session = onnxruntime.InferenceSession(bundle.model_file(variant), providers=["CPUExecutionProvider"])
    size = (bundle.manifest.input.width, bundle.manifest.input.height)

    def pixels(path: Path) -> np.ndarray:
        with Image.open(path) as photo:
            photo.draft("RGB", (2 * size[0], 2 * size[1]))
            return np.asarray(photo.convert("RGB").resize(size, Image.Resampling.BILINEAR))

    return lambda given: session.run(["probabilities"], {"image": given})[0], pixels


def _batches(paths: list[Path]) -> list[list[Path]]:
    return [paths[place : place + BATCH] for place in range(0, len(paths), BATCH)]


SIDES = {"whatsit": whatsit, "decode": decode, "network": network, "loop": loop, "pool": pool}


def main() -> None:
    """Run one side over the folder."""
    parser = argparse.ArgumentParser()
    parser.add_argument("side", choices=SIDES)
    parser.add_argument("variant")
    parser.add_argument("folder", type=Path)
    parser.add_argument("model")
    given = parser.parse_args()
    count, seconds = SIDES[given.side](given.folder, given.model, given.variant)
    print(json.dumps({"photos": count, "seconds": seconds}))


if __name__ == "__main__":
    main()
