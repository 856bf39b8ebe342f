"""How right a fused run is on test photos that are like nothing it learned from.

    python benchmarks/far_from_training.py RUN [--out FILE]

Faces come without names, so a person may be on both sides of the split. A test photo's nearness is the
largest cosine between its features and those of any photo of train, of all the run's backbones; figures are
given for all of test, its farther half and its farthest quarter. Needs a run that has seen its test photos,
by `whatsit train --final`.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import record

from whatsit import quiet

with quiet.native_noise():
    from trainer import prepare
    from trainer.learning.extraction import Extraction
    from trainer.network import networks
    from trainer.results import metrics, predicted

OUT = Path(__file__).parent / "results" / "far_from_training.json"


def main() -> None:
    """Evaluate the parts of test, and write the figures."""
    given = _arguments()
    run, recipe = prepare.resume(given.run)
    bodies = networks.backbones_of(recipe, recipe.input)
    extraction = Extraction(bodies, recipe.network.layers[0], recipe.input)
    nearness = _nearness(extraction.examples(run, "test")[0], extraction.examples(run, "train")[0])
    test = predicted.read(run)["test"]
    place = {photo.path: number for number, photo in enumerate(run.photos("test"))}
    nearness = nearness[[place[path] for path in test.paths]]
    order = np.argsort(nearness)
    parts = {"all": len(order), "farther half": len(order) // 2, "farthest quarter": len(order) // 4}
    found = {}
    for name, count in parts.items():
        chosen = order[:count]
        figures = metrics.measure(test.probabilities[chosen], test.labels[chosen], recipe.seed)
        found[name] = {"largest_cosine": float(nearness[chosen].max())} | figures.model_dump(
            include={"photos", "accuracy", "balanced_accuracy", "log_loss", "intervals95"}
        )
    record.write(given.out, recipe=run.info.recipe, parts=found)


def _nearness(rows: np.ndarray, learned_from: np.ndarray) -> np.ndarray:
    """Return the largest cosine of each row [N,D] with any of `learned_from` [M,D], both about its mean."""
    middle = learned_from.mean(axis=0)
    one, other = (_unit(rows - middle), _unit(learned_from - middle))
    return np.concatenate([(part @ other.T).max(axis=1) for part in np.array_split(one, 16)])


def _unit(rows: np.ndarray) -> np.ndarray:
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("run", type=Path, help="the folder of a finished run, its test photos evaluated")
    parser.add_argument("--out", type=Path, default=OUT, help="where to write the figures")
    return parser.parse_args()


if __name__ == "__main__":
    main()
