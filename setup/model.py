"""The bundles that ship, each from labelled photos in one command, which goes on where it was stopped.

    make models [NAMES="cats-dogs breeds age"] [DATA=data] [WEIGHTS=imagenet]

A bundle is trained by its recipe (the teacher first where it has one and there is none yet), evaluated on its
test photos once, and exported with an int8 file. Run folders lie below `runs/shipped`, one place a bundle. A
run of the recipe as it was, or with other settings, is left alone: a new one is begun.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from trainer import prepare, recipes_file
from whatsit import cli, files
from whatsit import run as runs
from whatsit.errors import DataError, RunError, WhatsitError

if TYPE_CHECKING:
    from trainer.recipe import Recipe
    from whatsit.run import Run

# By name: the recipe, the folder of photos in the data folder, and the version that this recipe makes.
SHIPPED = {
    "cats-dogs": ("cats-dogs-edge", "cats-dogs", "2"),
    "breeds": ("breeds-edge", "dogs-120", "2"),
    "age": ("age-finetune", "faces", "2"),
}


def main(arguments: list[str] | None = None) -> int:
    """Make the bundles asked for; return the first exit code that is not 0."""
    given = _arguments(arguments)
    try:
        return next((code for name in given.names if (code := _made(name, given))), 0)
    except WhatsitError as error:
        print(f"{error}", file=sys.stderr)  # noqa: T201 - this is a command
        return error.exit_code


def _made(name: str, given: argparse.Namespace) -> int:
    called, photos, version = SHIPPED[name]
    place = given.runs / name
    recipe = recipes_file.load(called, (f"network.weights={given.weights}", *given.set))
    _check(recipe, given.data)
    begun = _newest(place, recipe, given.data)
    training = ["--resume", str(begun)] if begun else _new(called, given.data / photos, place, given)
    if code := cli.main(["train", *training, "--final"]):
        return code
    done = _newest(place, recipe, given.data)
    if done is None:
        raise RunError("training ended well and left no run.", path=place)
    _tell(runs.read(done), recipe)
    told = ["--name", name, "--out", str(given.out), "--version", given.version or version]
    return cli.main(["export", str(done), "--onnx", "--int8", *told])


def _check(recipe: Recipe, data: Path) -> None:
    """Raise DataError where pictures are missing: the card would tell of what was not learned."""
    missing = [name for name in (*recipe.data.also, *recipe.data.unknown) if not (data / name).is_dir()]
    if missing:
        raise DataError(
            f"what ships learns from {' and '.join(missing)} too, and there is no such folder.",
            hint="trainer/README.md says where they come from.",
            path=data,
        )


def _new(recipe: str, photos: Path, place: Path, given: argparse.Namespace) -> list[str]:
    settings = [part for one in given.set for part in ("--set", one)]
    return [recipe, "--data", str(photos), "--weights", given.weights, "--runs", str(place), *settings]


def _tell(run: Run, recipe: Recipe) -> None:
    """Give the run its card as the recipe has it now: what is told changes no answer."""
    if recipe.source and recipe.source.fingerprint == run.info.data_fingerprint:
        files.write_text(run.folder / runs.CARD_FILE, recipe.source.card)


def _newest(place: Path, recipe: Recipe, data: Path) -> Path | None:
    found = sorted(place.glob(f"*/{runs.RUN_FILE}"), key=lambda file: file.stat().st_mtime)
    same = [file.parent for file in found if _is(file.parent, recipe, data)]
    return same[-1] if same else None


def _is(folder: Path, recipe: Recipe, data: Path) -> bool:
    """Return whether a run is of this recipe and these photos."""
    try:
        run, its_own = prepare.resume(folder)
    except RunError:  # damaged, or of a recipe as recipes were
        return False
    return run.info.data_root == data.resolve() and _deciding(its_own) == _deciding(recipe)


def _deciding(recipe: Recipe) -> dict[str, object]:
    """Return what of a recipe changes answers: not what is told of it, nor where ImageNet's weights lie."""
    found = recipe.model_dump(exclude={"sentence", "reported", "source", "network"})
    network = recipe.network.model_dump(exclude={"weights"})
    return {**found, "network": network, "random": recipe.network.weights == "none"}


def _arguments(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="+", choices=SHIPPED, help="which bundles")
    parser.add_argument("--data", type=Path, default=Path("data"), help="where the folders of photos lie")
    parser.add_argument("--weights", default="imagenet", help="as for whatsit train")
    parser.add_argument("--runs", type=Path, default=Path("runs/shipped"), help="where run folders go")
    parser.add_argument("--out", type=Path, default=Path("models"), help="where bundles go")
    parser.add_argument("--version", help="another version than the one that ships")
    parser.add_argument("--set", action="append", default=[], help="a key of the recipe changed")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
