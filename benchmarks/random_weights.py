"""Every recipe whose ImageNet weights are not at hand, from photos to a finished run with random ones.

    python benchmarks/random_weights.py --pets data/cats-dogs --breeds data/dogs-120

This proves the path and claims no accuracy: of each run it says how far its answers differ between photos,
which those of an untrained network easily do not. It fails where they are the same.
"""

from __future__ import annotations

import argparse
import csv
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import numpy as np
import record
import subset

OUT = Path(__file__).parent / "results" / "random_weights.json"
LEAST = 1e-3  # how far an answer must differ between two of the photos


class Case(NamedTuple):
    """A recipe, a backbone without weights, and what is changed to have it done soon."""

    recipe: str
    backbone: str
    changed: tuple[str, ...] = ()


OTHERS = ("inception_v3", "inception_resnet_v2", "xception")
CASES = (
    Case("cats-dogs-vgg16-frozen", "vgg16"),
    Case("cats-dogs-vgg16-flatten", "vgg16", ("fit.epochs=1", "fit.steps=4")),
    # Random features vary less than the recipe's least variance.
    *(Case("breeds-bagged-sgd", backbone, ("head.variance=1e-6",)) for backbone in OTHERS),
    *(Case("breeds-finetune", backbone, ("fit.epochs=1", "fit.batch=8")) for backbone in OTHERS),
)


def main() -> int:
    """Run each case, write what came of it, and return 1 where answers do not differ."""
    given = _arguments()
    with tempfile.TemporaryDirectory() as place:
        pets = subset.linked(given.pets, Path(place, "pets"), given.photos)
        breeds = subset.linked(given.breeds, Path(place, "breeds"), given.photos, classes=4)
        found = []
        for case in CASES:
            found.append(_done(case, breeds if case.recipe.startswith("breeds") else pets, Path(place)))
            record.write(given.out, weights="random: no accuracy is claimed", runs=found)
    return int(any(one["answers_differ_by"] < LEAST for one in found))


def _done(case: Case, data: Path, place: Path) -> dict[str, object]:
    runs = Path(tempfile.mkdtemp(dir=place))
    changed = [f'network.backbones=["{case.backbone}"]', *case.changed]
    asked = [case.recipe, f"--data={data}", f"--runs={runs}", "--weights=none"]
    begun = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "whatsit", "train", *asked, *(f"--set={one}" for one in changed)],
        env={**os.environ, "WHATSIT_HOME": str(place / "home")},
        check=True,
    )
    (predictions,) = runs.glob("*/predictions.csv")
    answers = _answers(predictions)
    return {
        "recipe": case.recipe,
        "changed": changed,
        "photos": len((data / "split.csv").read_text(encoding="utf-8").splitlines()) - 1,
        "held_out": len(answers),
        "answers_differ_by": float(np.ptp(answers, axis=0).max()),
        "seconds": round(time.perf_counter() - begun, 1),
    }


def _answers(predictions: Path) -> np.ndarray:
    """Return the probabilities [N,C] of a run's held-out photos."""
    with predictions.open(encoding="utf-8", newline="") as file:
        _, *rows = csv.reader(file)
    return np.array([row[3:] for row in rows], float)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pets", type=Path, required=True, help="cats and dogs, with a split.csv")
    parser.add_argument("--breeds", type=Path, required=True, help="dogs by breed, with a split.csv")
    parser.add_argument("--photos", type=int, default=160, help="how many of each folder")
    parser.add_argument("--out", type=Path, default=OUT, help="where to write the figures")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
