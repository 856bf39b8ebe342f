"""How fast features are extracted, beside what one pass through the backbone and its parts take alone.

    python benchmarks/training_speed.py DATA ... --weights FOLDER [--photos 4000] [--backbones ...]

DATA are folders with a split.csv, of which N photos are used, spread over classes and splits.

`runs`, for the first DATA: one pass through the backbone, decoding ahead and keeping nothing, over the photos
that a run looks at; the first run of a recipe on the frozen backbone; that run again, which is ten more
epochs; another recipe on the same photos. Each in a process of its own, in turn, timed once Keras is loaded.

`overlap`, for every DATA: decoding alone, the network alone with its pixels in memory, and extraction, in
turn, in one process. Without a GPU both share the cores, so the ideal is the longest of three: decoding, the
network, and the processor seconds of both over the cores.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import record
import subset

from whatsit import quiet
from whatsit.graph import cores

if TYPE_CHECKING:
    from collections.abc import Callable

    from trainer.recipe import Recipe
    from whatsit.run import Run

OUT = Path(__file__).parent / "results" / "training_speed.json"
DENSE, LOGISTIC = "cats-dogs-vgg16-frozen", "cats-dogs-fused"
CHILD = """
import sys, time
from whatsit import quiet
with quiet.native_noise():
    from trainer import sessions
sys.path.insert(0, sys.argv[1])
import training_speed
begun = time.perf_counter()
code = getattr(training_speed, sys.argv[2])(sys.argv[3:])
print("seconds", time.perf_counter() - begun)
sys.exit(code)
"""


def main() -> None:
    """Measure, and write the figures."""
    given = _arguments()
    with tempfile.TemporaryDirectory() as place:
        folders = {
            data.name: subset.linked(data, Path(place) / data.name, given.photos) for data in given.data
        }
        backbones = {name: _measured(given, name, folders) for name in given.backbones}
    record.write(given.out, rounds=given.rounds, backbones=backbones)


def _measured(given: argparse.Namespace, backbone: str, folders: dict[str, Path]) -> dict[str, object]:
    # Recipes share features of one size only, and theirs are not the same.
    sides = ("input.height=224", "input.width=224")
    wanted = (f"network.weights={given.weights.resolve()}", f'network.backbones=["{backbone}"]', *sides)
    found = {"runs": _runs(given.rounds, wanted, next(iter(folders.values()))), "overlap": {}}
    for name, folder in folders.items():
        with tempfile.TemporaryDirectory() as home:
            os.environ["WHATSIT_HOME"] = home
            found["overlap"][name] = _overlap(given.rounds, wanted, folder, Path(home))
    print(backbone, json.dumps(found, indent=1), flush=True)
    return found


def _runs(rounds: int, wanted: tuple[str, ...], data: Path) -> dict[str, object]:
    seconds: dict[str, list[float]] = defaultdict(list)
    for _ in range(rounds):
        _each_run(wanted, data, seconds)
    middle = {name: statistics.median(values) for name, values in seconds.items()}
    return {
        "photos": len(_looked_at(data)),
        "seconds": seconds,
        "first_run_over_one_pass": middle["first_run"] / middle["one_pass"],
        "ten_passes_over_ten_more_epochs": 10 * middle["one_pass"] / middle["ten_more_epochs"],
        "ten_passes_over_second_recipe": 10 * middle["one_pass"] / middle["second_recipe"],
    }


def _each_run(wanted: tuple[str, ...], data: Path, seconds: dict[str, list[float]]) -> None:
    with tempfile.TemporaryDirectory() as home:  # nothing is kept from the round before
        asked = [f"--data={data}", f"--runs={home}/runs", *(f"--set={one}" for one in wanted)]
        seconds["one_pass"].append(_seconds(home, "one_pass", [str(data), *wanted]))
        for name, recipe in (("first_run", DENSE), ("ten_more_epochs", DENSE), ("second_recipe", LOGISTIC)):
            seconds[name].append(_seconds(home, "train", ["train", recipe, *asked]))


def _seconds(home: str, function: str, arguments: list[str]) -> float:
    told = subprocess.run(
        [sys.executable, "-c", CHILD, str(Path(__file__).parent), function, *arguments],
        env={**os.environ, "WHATSIT_HOME": home},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return float(told.stdout.split()[-1])


def train(arguments: list[str]) -> int:
    """Do what `whatsit` does with these arguments."""
    from whatsit.cli import main  # noqa: PLC0415

    return main(arguments)


def one_pass(arguments: list[str]) -> int:
    """Take the photos of a folder through a backbone, by a recipe's settings, and keep nothing."""
    from trainer import recipes_file  # noqa: PLC0415 - a process that only measures others loads no Keras
    from trainer.learning import batches  # noqa: PLC0415
    from trainer.learning.extraction import Extraction  # noqa: PLC0415
    from trainer.network import networks  # noqa: PLC0415

    data, *settings = arguments
    recipe = recipes_file.load(LOGISTIC, settings)
    (body,) = networks.backbones_of(recipe, recipe.input)
    model = Extraction((body,), "average", recipe.input).model(body)
    for pixels in batches.stream(_looked_at(Path(data)), recipe.input):
        batches.outputs(model, pixels)
    return 0


def _overlap(rounds: int, wanted: tuple[str, ...], data: Path, home: Path) -> dict[str, object]:
    with quiet.native_noise():
        from trainer import prepare, recipes_file  # noqa: PLC0415
        from trainer.data import datasets  # noqa: PLC0415

    recipe = recipes_file.load(LOGISTIC, wanted)
    dataset = datasets.read(data, recipe.data)
    run = prepare.start(prepare.Session("overlap", recipe, data, dataset, home))
    alone: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for _ in range(rounds):
        _round(run, recipe, alone)
    wall, work = [
        {name: statistics.median(pair[place] for pair in pairs) for name, pairs in alone.items()}
        for place in (0, 1)
    ]
    bounds = {
        "decoding": wall["decoding"],
        "network": wall["network"],
        "processor": (work["decoding"] + work["network"]) / cores(),
    }
    binding = max(bounds, key=lambda name: bounds[name])
    return {
        "photos": len(run.photos("train")),
        "seconds": {name: [pair[0] for pair in pairs] for name, pairs in alone.items()},
        "processor_seconds": {name: [pair[1] for pair in pairs] for name, pairs in alone.items()},
        "ideal": {"seconds": bounds[binding], "set_by": binding, "of": bounds},
        "reached": bounds[binding] / wall["extraction"],
    }


def _round(run: Run, recipe: Recipe, alone: dict[str, list[tuple[float, float]]]) -> None:
    """Time each part once; the network is built anew each time, as extraction does."""
    from trainer.learning import batches  # noqa: PLC0415
    from trainer.learning.extraction import Extraction  # noqa: PLC0415
    from trainer.network import networks  # noqa: PLC0415

    photos = run.photos("train")
    parts = networks.backbones_of(recipe, recipe.input)
    extraction = Extraction(parts, "average", recipe.input)
    pixels = list(batches.stream([run.file_of(photo) for photo in photos], recipe.input))

    def decoding() -> None:
        for _ in batches.stream([run.file_of(photo) for photo in photos], recipe.input):
            pass

    def network() -> None:
        model = extraction.model(parts[0])
        for batch in pixels:
            batches.outputs(model, batch)

    with tempfile.TemporaryDirectory() as home:
        os.environ["WHATSIT_HOME"] = home
        for part in (decoding, network):
            alone[part.__name__].append(_timed(part))
        alone["extraction"].append(_timed(lambda: extraction.of(run, photos)))


def _timed(part: Callable[[], object]) -> tuple[float, float]:
    """Return the seconds that a part takes by the clock, and those of all processor cores together."""
    begun, worked = time.perf_counter(), time.process_time()
    part()
    return time.perf_counter() - begun, time.process_time() - worked


def _looked_at(data: Path) -> list[Path]:
    """Return the photos that a run looks at: all but those of test."""
    with (data / "split.csv").open(encoding="utf-8", newline="") as file:
        return [data / row["path"] for row in csv.DictReader(file) if row["split"] != "test"]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", nargs="+", type=Path, help="folders of photos with a split.csv")
    parser.add_argument("--weights", type=Path, required=True, help="the folder of ImageNet weights")
    parser.add_argument("--backbones", nargs="+", default=["mobilenet_v2", "densenet169"])
    parser.add_argument("--photos", type=int, default=4000, help="how many of each folder")
    parser.add_argument("--rounds", type=int, default=3, help="how often each side is measured, in turn")
    parser.add_argument("--out", type=Path, default=OUT, help="where to write the figures")
    return parser.parse_args()


if __name__ == "__main__":
    main()
