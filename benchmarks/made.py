"""How a bundle that ships was made: of which run, when it began, on what, and how long it took.

    python benchmarks/made.py RUN BUNDLE

RUN is the run that the bundle was exported from, by `make models`; the file made is `results/made-NAME.json`.
Of its `commands` the first began the run and the others went on with it, or exported it again.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import record

from trainer.results import environment
from whatsit import bundle as bundles
from whatsit import run as runs
from whatsit.errors import RunError, WhatsitError

RESULTS = Path(__file__).parent / "results"


def main() -> None:
    """Write what the run says of its making."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("run", type=Path, help="the run's folder")
    parser.add_argument("bundle", type=Path, help="the bundle's folder")
    parser.add_argument("--results", type=Path, default=RESULTS, help="where the file goes")
    given = parser.parse_args()
    run, bundle = runs.read(given.run), bundles.read(given.bundle)
    training = bundle.manifest.training
    if run.info.training != training:  # of two runs of a recipe the figures differ
        raise RunError("the bundle was not exported from it.", path=given.run)
    made = environment.read(given.run)
    if made is None:
        raise RunError("it does not say when and on what it was trained.", path=given.run)
    record.write(
        given.results / f"made-{bundle.manifest.name}.json",
        bundle=bundle.sha256,
        recipe=training.recipe,
        data_fingerprint=training.data_fingerprint,
        commands=len(made.commands),  # they name the machine's folders
        training=made.model_dump(mode="json", exclude={"commands"}),
    )


if __name__ == "__main__":
    try:
        main()
    except WhatsitError as error:
        sys.exit(str(error))
