"""How right a shipped bundle is, each variant beside the Keras model, photo by photo.

    python benchmarks/accuracy.py RUN SET=FOLDER[:SPLIT] ... [--model cats-dogs] [--out FILE]

RUN is the run that the bundle was exported from; a SET is a name for a folder of labelled photos. Each figure
comes from `whatsit keras-outputs` and `whatsit evaluate` as a user would call them. This reports; nothing
may be chosen by what it says.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import record

OUT = Path(__file__).parent / "results" / "accuracy-cats-dogs.json"
VARIANTS = ("fp32", "int8")


def main() -> None:
    """Evaluate every variant on every set, and write the figures."""
    given = _arguments()
    sets = {name: _evaluated(given.run, folder, split, given.model) for name, folder, split in given.sets}
    record.write(given.out, sets=sets)


def _evaluated(run: str, folder: str, split: str, model: str) -> dict[str, object]:
    photos = ["--data", folder, "--split", split]
    with tempfile.TemporaryDirectory() as place:
        keras, report = str(Path(place, "keras.npz")), Path(place, "report.json")
        _whatsit("keras-outputs", run, *photos, "--save", keras)
        found: dict[str, object] = {"split": split}
        for variant in VARIANTS:
            to = ["--variant", variant, "--against", keras, "--json", str(report), "--quiet"]
            _whatsit("evaluate", model, *photos, "--device", "cpu", *to)
            found[variant] = json.loads(report.read_text(encoding="utf-8"))
    return found


def _whatsit(*arguments: str) -> None:
    print("whatsit", *arguments, flush=True)
    subprocess.run([sys.executable, "-m", "whatsit", *arguments], check=True)


def _set(text: str) -> tuple[str, str, str]:
    name, equals, rest = text.partition("=")
    if not equals:
        raise argparse.ArgumentTypeError("expected SET=FOLDER or SET=FOLDER:SPLIT")
    folder, _, split = rest.partition(":")
    return name, folder, split or "all"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("run", help="the run's folder")
    parser.add_argument("sets", nargs="+", type=_set, help="SET=FOLDER[:SPLIT]")
    parser.add_argument("--model", default="cats-dogs", help="the bundle's name or folder")
    parser.add_argument("--out", type=Path, default=OUT, help="where to write the figures")
    return parser.parse_args()


if __name__ == "__main__":
    main()
