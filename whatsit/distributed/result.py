"""A result: the folder of parts with what made them, and whether it is complete."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pydantic import ValidationError

from whatsit import files
from whatsit.distributed import lots, parts
from whatsit.errors import UsageError
from whatsit.results import RunRecord

if TYPE_CHECKING:
    from whatsit.distributed.places import Place
    from whatsit.results import CountsRecord

# Readers of Parquet folders pass over names that begin so.
_RUN: Final = "_run.json"
_COUNTS: Final = "_counts.json"


def check(place: Place, shown: str) -> None:
    """Raise UsageError when a folder holds what no run of this kind left."""
    if place.system.isfile(place.root):
        raise UsageError(f"{files.shown(shown)}: this is a file.", hint="Name a folder for the answers.")
    ours = {_RUN, _COUNTS, lots.WORK, *parts.names(place)}
    if others := [one for one in place.names() if one not in ours and not one.startswith(".")]:
        raise UsageError(
            f"{files.shown(shown)}: the folder holds other things, such as {files.shown(others[0])}.",
            hint="Name a new folder for the answers.",
        )


def clear(place: Place) -> None:
    """Remove all answers, and what made them."""
    for name in (_COUNTS, *parts.names(place), _RUN, lots.WORK):
        place.remove(name)


def begin(place: Place, run: RunRecord, shown: str) -> None:
    """Note what makes the answers, and that they are not complete.

    Raises UsageError when the answers that are there were made by another model.
    """
    before = before_of(place, shown)
    if before is not None and parts.names(place) and facts(before) != facts(run):
        raise UsageError(
            f"{files.shown(shown)}: these answers are by {_shown(before)}, not by {_shown(run)}.",
            hint="Name another folder, or answer all again: --anew",
        )
    place.remove(_COUNTS)
    place.write(_RUN, _json(run))


def before_of(place: Place, shown: str) -> RunRecord | None:
    """Return what made the answers that are there, None where there are none."""
    if not place.has(_RUN):
        return None
    try:
        return RunRecord.model_validate_json(place.read(_RUN))
    except ValidationError:
        raise UsageError(
            f"{files.shown(shown)}: {_RUN} does not say what made these answers.",
            hint="Answer all again: --anew",
        ) from None


def finish(place: Place, counts: CountsRecord) -> None:
    """Note that the answers are complete, and remove the work."""
    place.write(_COUNTS, _json(counts))
    place.remove(lots.WORK)


def facts(run: RunRecord) -> tuple[tuple[str, ...], ...]:
    """Return what two runs must share for their answers to be alike."""
    return (
        (run.bundle_sha256, run.variant, run.device),
        *((one.asked_of, one.bundle_sha256, one.variant, one.device) for one in run.then),
    )


def _shown(run: RunRecord) -> str:
    models = [f"{run.model} {run.model_version} {run.variant} on {run.device}"]
    models += [f"{one.asked_of}={one.model} {one.model_version} {one.variant}" for one in run.then]
    return ", ".join(models)


def _json(record: RunRecord | CountsRecord) -> bytes:
    return (record.model_dump_json(indent=1) + "\n").encode()
