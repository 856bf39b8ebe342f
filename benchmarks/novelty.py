"""How well novelty tells what a bundle knows from what it does not, as the photos are and made equally small.

    python benchmarks/novelty.py models/cats-dogs

Sets stand in `novelty.toml` beside this file; `known_too` are known pictures of another kind. Each is
measured as it is, and with both sides squashed to 200×200 and saved as JPEGs of one quality: sharpness
alone tells nothing then. `unknown` is the part over the limit, `answered` the part that gets a label;
`same_verdict` the part on which int8 and fp32 agree.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import record
from sklearn.metrics import roc_auc_score

from whatsit import batch, photos, pictures
from whatsit import bundle as bundles
from whatsit.classifier import Classifier
from whatsit.decisions import Status
from whatsit.errors import WhatsitError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from whatsit.bundle import Bundle
    from whatsit.manifest import VariantName

HERE = Path(__file__).parent
SIDE, QUALITY = 200, 90


@dataclass(frozen=True, slots=True)
class Seen:
    """The novelty [N] of pictures, which are over the limit [N], and which got a label [N]."""

    novelty: NDArray[np.float64]
    unknown: NDArray[np.bool_]
    answered: NDArray[np.bool_]


def main() -> int:
    """Measure a bundle's sets that are there."""
    given = _arguments()
    bundle = bundles.read(given.bundle)
    name = bundle.manifest.name
    sets = tomllib.loads(given.sets.read_text(encoding="utf-8"))[name]
    there = {label: Path(place) for label, place in sets["unknown"].items() if Path(place).is_dir()}
    too = {label: Path(place) for label, place in sets.get("known_too", {}).items() if Path(place).is_dir()}
    found = {"as they are": _measured(bundle, Path(sets["known"]), there, too)}
    with tempfile.TemporaryDirectory() as place:
        known = _squashed(Path(sets["known"]), Path(place) / "known")
        small = {label: _squashed(folder, Path(place) / label) for label, folder in there.items()}
        small_too = {label: _squashed(folder, Path(place) / label) for label, folder in too.items()}
        found["squashed alike"] = _measured(bundle, known, small, small_too)
    record.write(given.results / f"novelty-{name}.json", bundle=bundle.sha256, sets=found)
    for how, rows in found.items():
        print(how)
        for label, row in rows.items():
            print(f"  {label}: " + ", ".join(f"{key} {value:.4f}" for key, value in row.items()))
    return 0


def _measured(
    bundle: Bundle, known: Path, unknown: dict[str, Path], known_too: dict[str, Path]
) -> dict[str, dict[str, float]]:
    variants: list[VariantName] = [one for one in ("fp32", "int8") if one in bundle.manifest.variants]
    of_known = {variant: _seen(bundle, variant, known) for variant in variants}
    rows = {"known": _row(of_known)}
    for label, folder in known_too.items():
        rows[label] = _row({variant: _seen(bundle, variant, folder) for variant in variants})
    for label, folder in unknown.items():
        of_set = {variant: _seen(bundle, variant, folder) for variant in variants}
        rows[label] = _row(of_set) | {
            f"{variant} auroc": _auroc(of_known[variant], of_set[variant]) for variant in variants
        }
    return rows


def _row(seen: dict[VariantName, Seen]) -> dict[str, float]:
    row = {"pictures": float(len(next(iter(seen.values())).novelty))}
    for variant, one in seen.items():
        row |= {f"{variant} unknown": one.unknown.mean(), f"{variant} answered": one.answered.mean()}
    if {"fp32", "int8"} <= seen.keys():
        row["same_verdict"] = float((seen["fp32"].unknown == seen["int8"].unknown).mean())
    return {key: float(value) for key, value in row.items()}


def _auroc(known: Seen, unknown: Seen) -> float:
    truth = np.repeat([0, 1], [len(known.novelty), len(unknown.novelty)])
    return float(roc_auc_score(truth, np.concatenate([known.novelty, unknown.novelty])))


def _seen(bundle: Bundle, variant: VariantName, folder: Path) -> Seen:
    classifier = Classifier.open(bundle, "cpu", variant)
    chosen = [one for one in photos.scan([folder]) if one.settled is None]
    told = [one for one in batch.predict(chosen, classifier) if one.outputs]
    return Seen(
        np.array([float(one.outputs.arrays["novelty"][0]) for one in told if one.outputs]),
        np.array([one.answer.status is Status.UNKNOWN for one in told]),
        np.array([one.answer.status is Status.ANSWERED for one in told]),
    )


def _squashed(folder: Path, into: Path) -> Path:
    into.mkdir(parents=True)
    for number, one in enumerate(photos.scan([folder])):
        if one.settled is None:
            picture = pictures.decode(one.path.read_bytes(), path=one.path)
            picture.resize((SIDE, SIDE)).save(into / f"{number}.jpg", "JPEG", quality=QUALITY)
    return into


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("bundle", type=Path, help="the bundle's folder")
    parser.add_argument("--sets", type=Path, default=HERE / "novelty.toml", help="the sets of pictures")
    parser.add_argument("--results", type=Path, default=HERE / "results", help="where the figures go")
    return parser.parse_args()


if __name__ == "__main__":
    try:
        sys.exit(main())
    except WhatsitError as error:
        sys.exit(str(error))
