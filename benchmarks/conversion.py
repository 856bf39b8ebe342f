"""Everything the trainer can make, converted and held against Keras: each backbone, each kind of head.

    python benchmarks/conversion.py --data data/cats-dogs [--weights ../shared/weights] [--only NAME]

Each is trained by its recipe on a few photos, with ImageNet weights where they are at hand and settled random
ones elsewhere, then converted, and both are asked about 16 photos. Training and measuring have a process
each, so that their memory comes back. Transposes are counted in what onnxruntime makes of the file at
ORT_ENABLE_BASIC, its highest level whose operators are all plain ONNX. It fails where values or answers are
not Keras', where the batch is not free, where BatchNormalization or more than two Transposes a backbone are
left.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

import record
import subset
from converted import PHOTOS

from trainer.network.backbones import BACKBONES, Choice, find_weights
from whatsit.errors import DataError

OUT = Path(__file__).parent / "results" / "conversion.json"
WEIGHTS = Path(__file__).resolve().parents[2] / "shared" / "weights"
MEASURE = (sys.executable, str(Path(__file__).with_name("converted.py")))
LIMIT = 1e-4  # of probabilities, and of the others as parts of their own largest value
TRANSPOSES = 2  # a backbone


class Case(NamedTuple):
    """What is made: its name in the table, its recipe, its backbones, and what is changed to have it soon."""

    name: str
    recipe: str
    backbones: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()


def _backbone(name: str) -> Case:
    side = Choice.parse(name).row.side
    return Case(name, "cats-dogs-fused", (name,), (f"input.height={side}", f"input.width={side}"))


EDGE, SOON, SMALL = (
    ("mobilenet_v2",),
    ("fit.epochs=1", "fit.batch=8"),
    ("input.height=224", "input.width=224"),
)
FOUR = ("mobilenet_v2", "densenet169", "inception_v3@mixed8", "resnet50")
# No feature of few photos, or of random weights, varies as much as the recipe asks for.
BAGGED = ("head.variance=1e-6", *SMALL)
CASES = (
    *(_backbone(name) for name in (*BACKBONES, "inception_v3@mixed8")),
    Case("fused of four", "cats-dogs-fused", FOUR, SMALL),
    Case("dense head by steps", "cats-dogs-fused", EDGE, ("head.method=dense", *SMALL)),
    Case("bagged SGD", "breeds-bagged-sgd", EDGE, BAGGED),
    Case("bagged SGD, fused", "breeds-bagged-sgd", ("mobilenet_v2", "mobilenet"), BAGGED),
    Case("fine-tuned", "breeds-finetune", EDGE, SOON),
    Case("flattened, sigmoid", "cats-dogs-vgg16-flatten", ("vgg16",), ("fit.epochs=1", "fit.steps=4")),
    Case("from scratch, batch norm, sigmoid", "cats-dogs-cnn", (), SOON),
    Case("from scratch, sigmoid", "age-cnn", (), SOON),
    Case("from scratch, PReLU", "age-cnn", (), ("network.activation=prelu", *SOON)),
    Case("from scratch, LeakyReLU", "age-cnn", (), ("network.activation=leaky_relu", *SOON)),
    Case("logistic on pixels", "cifar10-logistic", (), SOON),
    Case("sigmoid MLP on pixels", "cifar10-mlp", (), SOON),
    Case("two convolutions, flattened", "cifar10-cnn", (), SOON),
    Case("1×1 convolutions, batch norm", "cifar10-cnn-deep", (), SOON),
)


def main() -> int:
    """Make and measure each case, write the table, and return 1 where one does not hold."""
    given = _arguments()
    again = given.only and given.out.is_file()
    found: dict[str, Any] = json.loads(given.out.read_text(encoding="utf-8"))["models"] if again else {}
    with tempfile.TemporaryDirectory() as place:
        data = subset.linked(given.data, Path(place, "photos"), given.photos)
        for case in CASES:
            if given.only and case.name not in given.only:
                continue
            measured = _done(case, data, given.weights, Path(place))
            found[case.name] = measured | {"measured": record.when_and_where()}
            print(f"{case.name}: {json.dumps(found[case.name])}", flush=True)
            record.write(given.out, photos=PHOTOS, models=found)
    wrong = [case.name for case in CASES if case.name in found and not _holds(case, found[case.name])]
    print(f"these do not hold: {', '.join(wrong)}" if wrong else "all hold")
    return int(bool(wrong))


def _done(case: Case, data: Path, weights: Path, place: Path) -> dict[str, Any]:
    """Return what was measured of a case, or the error that it ended with."""
    known = [_weights(name, weights) for name in case.backbones]
    given = "none" if None in known else str(weights)
    facts = {"recipe": case.recipe, "weights": [Path(one).name for one in known if one] or "random"}
    with tempfile.TemporaryDirectory(dir=place) as folder:
        asked = [case.recipe, f"--data={data}", f"--runs={folder}/runs", f"--weights={given}"]
        named = [f"network.backbones={json.dumps(case.backbones)}"] if case.backbones else []
        settings = [f"--set={one}" for one in (*named, *case.changed)]
        try:
            _run([sys.executable, "-m", "whatsit", "train", *asked, *settings], Path(folder))
            (made,) = Path(folder, "runs").glob("*/run.json")
            return facts | json.loads(_run([*MEASURE, str(made.parent)], Path(folder)).splitlines()[-1])
        except subprocess.CalledProcessError as error:
            said = (error.stderr or "").strip().splitlines() or [f"it ended with {error.returncode}"]
            return facts | {"error": said[-1]}


def _run(command: list[str], home: Path) -> str:
    environment = {**os.environ, "WHATSIT_HOME": str(home / "home")}
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    return done.stdout


def _weights(name: str, folder: Path) -> str | None:
    try:
        return find_weights(Choice.parse(name), str(folder))
    except DataError:
        return None


def _holds(case: Case, found: dict[str, Any]) -> bool:
    fp32 = found.get("variants", {}).get("fp32")
    if not fp32:
        return False
    return bool(
        fp32["free_batch"]
        and fp32["same_answers"] == PHOTOS
        and max(fp32["differences"].values()) <= LIMIT
        and found["batch_norms"] == 0
        and found["transposes_optimised"] <= TRANSPOSES * max(1, len(case.backbones))
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="cats and dogs, with a split.csv")
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="a folder of ImageNet weights")
    parser.add_argument("--photos", type=int, default=64, help="how many are learned from")
    parser.add_argument("--only", nargs="+", help="cases by name, the others as the last time")
    parser.add_argument("--out", type=Path, default=OUT, help="where to write the figures")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
