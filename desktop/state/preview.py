"""What a sort run is about to do, and what became of one, as a tree of few lines."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from desktop.language import tr
from desktop.state import words
from desktop.told import told
from whatsit import files

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from whatsit.sorting import Left, Outcome, Plan, Step

MOST: Final = 200  # lines below one branch


@dataclass(frozen=True, slots=True)
class Branch:
    """A line with a count, and the files that it counts: no more than `MOST`, then how many are left out."""

    title: str
    count: int
    lines: tuple[str, ...] = ()
    is_folder: bool = False


def branches(plan: Plan) -> list[Branch]:
    """Return the folders with what goes into them, then all that is no plain case, by name."""
    into: dict[Path, list[Step]] = defaultdict(list)
    for step in plan.photos:
        into[step.target.parent.relative_to(plan.order.into)].append(step)
    folders = [
        _branch(f"{files.shown(folder)}/", into[folder], map(_way, into[folder]), is_folder=True)
        for folder in plan.folders
    ]
    named = [
        (tr("By your word, not the model's"), plan.by_person, _with_folder(plan.by_person)),
        (tr("Under another name, for theirs is taken"), plan.renamed, map(_way, plan.renamed)),
        (tr("Travel with their photo"), plan.companions, _with_folder(plan.companions)),
        (tr("Where they belong already"), plan.in_place, map(_why, plan.in_place)),
        (tr("Not touched"), plan.left, map(_why, plan.left)),
    ]
    return folders + [_branch(title, some, lines) for title, some, lines in named if some]


def left(outcomes: Sequence[Outcome]) -> list[Branch]:
    """Return the files that a run or an undoing left, and why."""
    lines = (f"{files.shown(one.source.name)}: {files.shown(told(one.reason))}" for one in outcomes)
    return [_branch(tr("Left as they are"), outcomes, lines)] if outcomes else []


def _branch(title: str, some: Sequence[object], lines: Iterable[str], *, is_folder: bool = False) -> Branch:
    shown = tuple(islice(lines, MOST))
    if len(some) > len(shown):
        shown = (*shown, tr("… and {count} more").format(count=words.number(len(some) - len(shown))))
    return Branch(title, len(some), shown, is_folder)


def _way(step: Step) -> str:
    old, new = files.shown(step.source.name), files.shown(step.target.name)
    return f"{old} → {new}" if step.renamed else old


def _with_folder(steps: Iterable[Step]) -> Iterator[str]:
    return (f"{_way(step)} → {files.shown(step.target.parent.name)}/" for step in steps)


def _why(one: Left) -> str:
    return f"{one.name}: {files.shown(told(one.reason))}"
