"""Photos with the answers that they are sorted or tagged by: a model's, or those of a file."""

import contextlib
from collections.abc import Generator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import typer

from whatsit import answers_file, files, photos, progress, recall, reviews, shelf
from whatsit import chain as chains
from whatsit.answers_file import AnswersFile
from whatsit.chain import Chain
from whatsit.classifier import Classifier
from whatsit.decisions import Answer, Status
from whatsit.device import DeviceName, VariantChoice
from whatsit.errors import STOPPED, UsageError
from whatsit.limits import Limits
from whatsit.photos import Photo
from whatsit.sorting import Outcome, Sortable

_NO_ANSWER: Final = "the file of answers says nothing of it"


def by_model(
    folder: Path,
    model: str,
    then: list[str],
    device: DeviceName,
    variant: VariantChoice,
    limits: Limits,
    *,
    quiet: bool,
) -> tuple[list[Sortable], str]:
    """Return what is in a folder with a model's answers and people's words, and the model's name."""
    found = _found(folder)
    first = Classifier.open(shelf.find(model), device, variant, limits)
    chain = Chain.open(first, then, device, variant)
    return _answered(found, chain, quiet=quiet), chain.first.bundle.manifest.name


def by_file(folder: Path, answers: Path) -> tuple[list[Sortable], str]:
    """Return what is in a folder with the answers in a file, and the name of the model that gave them.

    Raises UsageError when none of them is of a file in the folder, DataError when it is no such file.
    """
    return _from_file(_found(folder), AnswersFile(answers))


def any_failed(items: list[Sortable]) -> bool:
    """Return whether there are photos that failed and of which no person said anything."""
    return any(one.answer.status is Status.FAILED and not one.person_label for one in items)


@dataclass(slots=True)
class Acted:
    """What a run left, and its name."""

    run: str = ""
    left: list[Outcome] = field(default_factory=list)


def acted(outcomes: Generator[Outcome, None, None], advance: progress.Advance, hint: str) -> Acted:
    """Go through to the end, or to where a person stops it; return what was left, and by which run."""
    found, done = Acted(), 0
    try:
        for one in recall.followed(outcomes):
            found.run = one.run
            found.left += [] if one.done else [one]
            done += one.done
            advance()
    except KeyboardInterrupt:
        typer.echo(f"Stopped: {done:,} files done. {hint}", err=True)
        raise typer.Exit(STOPPED) from None
    return found


def _found(folder: Path) -> list[Photo]:
    if not folder.is_dir():
        raise UsageError("there is no such folder.", path=folder)
    return list(photos.scan([folder]))


def _answered(found: list[Photo], chain: Chain, *, quiet: bool) -> list[Sortable]:
    with (
        progress.shown("Classifying", len(found), "photos", quiet=quiet) as advance,
        contextlib.closing(chains.classify(found, chain)) as results,
        reviews.known(chain.first.bundle.manifest.name) as person_label,
    ):
        items = []
        for result in results:
            items.append(Sortable(result.photo, result.answer, person_label(result.photo)))
            advance()
    return items


def _from_file(found: list[Photo], given: AnswersFile) -> tuple[list[Sortable], str]:
    items = []
    for photo in found:
        record = given.take(photo)
        if record is None:
            items.append(Sortable(photo, photo.settled or Answer(Status.SKIPPED, reason=_NO_ANSWER)))
        else:
            items.append(Sortable(photo, answers_file.answer_of(record), record.person_label))
    if given.rest and len(given.rest) == given.count:
        raise UsageError("none of these answers is of a file in this folder.", path=given.file)
    for name in given.rest:
        typer.echo(f"gone: {files.shown(name)}: {given.file.name} has an answer for it", err=True)
    return items, given.model
