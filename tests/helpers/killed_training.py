"""Trains a run whole, then the same anew, killed like `kill -9` in the middle of its second epoch.

    python -m tests.helpers.killed_training PHOTOS INTO [SETTING ...]

The recipe is `cats-dogs-cnn`. A checkpoint is kept after every batch, but none after the last before the end.
"""

from __future__ import annotations

import os
import signal
import sys
from dataclasses import replace
from pathlib import Path

from trainer import commands
from whatsit import quiet

commands._loaded()  # as `whatsit train` loads TensorFlow: what goes on later must reckon alike
with quiet.native_noise():
    from trainer import prepare, recipes_file
    from trainer.data import datasets
    from trainer.learning import checkpoints, descent, training
    from trainer.learning.checkpoints import Place

LAST = Place(epoch=1, step=3)


def main(photos: Path, into: Path, settings: list[str]) -> None:
    """Train twice; the second time does not return."""
    recipe = recipes_file.load("cats-dogs-cnn", settings)
    dataset = datasets.read(photos, recipe.data)
    session = prepare.Session("cats-dogs-cnn", recipe, photos, dataset, into / "whole")
    training.train(prepare.start(session), recipe)
    save = checkpoints.save

    def saving(folder: Path, stage: str, model: object, place: Place) -> None:
        if place == LAST:
            os.kill(os.getpid(), signal.SIGKILL)
        save(folder, stage, model, place)

    descent._SECONDS_BETWEEN_CHECKPOINTS = 0.0
    checkpoints.save = saving
    training.train(prepare.start(replace(session, into=into / "killed")), recipe)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
