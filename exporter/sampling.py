"""Which photos of a run set int8's ranges, and which ones prove a model."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from whatsit.errors import RunError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from whatsit.run import Run, RunPhoto


def sampling_set(run: Run, count: int) -> list[RunPhoto]:
    """Return the training photos that set int8's ranges: of every class and source, always the same ones.

    Raises RunError when there are none.
    """
    photos = run.photos("train")
    if not photos:
        raise RunError(
            "there are no photos of the split train, which int8 needs to set its ranges.",
            hint="Name some of them train, or export without --int8.",
            path=run.info.data_root,
        )
    return spread(photos, count)


def proving_set(run: Run, limit: int | None = None) -> list[RunPhoto]:
    """Return the labelled photos that prove a model: tune and calibrate, or `limit` of them; never test.

    Raises RunError when one of the two splits is empty.
    """
    tune, calibrate = run.photos("tune"), run.photos("calibrate")
    if not tune or not calibrate:
        raise RunError(
            "the run has no photos to prove a model with (splits tune and calibrate).", path=run.folder
        )
    if limit is None:
        return [*tune, *calibrate]
    part = limit * len(tune) // (len(tune) + len(calibrate))
    of_tune = min(max(1, part), max(1, limit - 1))
    return [*spread(tune, of_tune), *spread(calibrate, max(1, limit - of_tune))]


def spread(photos: Iterable[RunPhoto], count: int) -> list[RunPhoto]:
    """Return at most `count` photos, from every class and source in turn, in the order of their hashes."""
    groups: dict[tuple[int, str], list[RunPhoto]] = {}
    for photo in sorted(photos, key=lambda one: (one.sha256, one.path)):
        groups.setdefault((photo.label, photo.path.partition("/")[0]), []).append(photo)
    turns = itertools.zip_longest(*(groups[key] for key in sorted(groups)))
    return list(itertools.islice((one for turn in turns for one in turn if one is not None), count))
