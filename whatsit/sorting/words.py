"""What a sort run says to people, before and after."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from whatsit import files
from whatsit.sorting.order import TAG, Mode

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from whatsit.sorting.history import SortRun
    from whatsit.sorting.order import Left, Outcome, Plan, Step
    from whatsit.sorting.tagging import TagPlan

_DOING: Final = {
    Mode.COPY: "copied",
    Mode.MOVE: "moved",
    Mode.LINK: "hard-linked",
    Mode.SYMLINK: "linked",
}


def preview(plan: Plan) -> Iterator[str]:
    """Yield the lines that say what a run is about to do, every file that is no plain case by its name."""
    doing, into = _DOING[plan.order.mode], files.shown(plan.order.into)
    yield f"{len(plan.photos):,} of {plan.found:,} files found are to be {doing} into {into}"
    for folder, count in plan.folders.items():
        yield f"{count:>8,}  {files.shown(folder)}/"
    if plan.companions:
        yield f"{len(plan.companions):,} files travel with their photos"
    yield from _steps("by a person's word", plan.by_person, plan)
    yield from _steps("under another name", plan.renamed, plan)
    if plan.in_place:
        yield f"{len(plan.in_place):,} are where they belong already"
    yield from _left(plan.left)
    yield from (f"This cannot be done: {problem}" for problem in plan.problems)


def _steps(title: str, steps: Sequence[Step], plan: Plan) -> Iterator[str]:
    if steps:
        yield f"{len(steps):,} {title}:"
    for step in steps:
        yield f"  {_from(step.source, plan)} → {files.shown(step.target.relative_to(plan.order.into))}"


def _from(source: Path, plan: Plan) -> str:
    root = next((root for root in plan.order.roots if source.is_relative_to(root)), Path())
    return files.shown(source.relative_to(root))


def _left(some: Sequence[Left]) -> Iterator[str]:
    if some:
        yield f"{len(some):,} are not touched:"
    for one in some:
        yield f"  {one.name}: {files.shown(one.reason)}"


def acted(plan: Plan, not_done: int, run: str) -> str:
    """Return the line that ends a sort run."""
    done = len(plan.steps) - not_done
    rest = f", {not_done:,} left" if not_done else ""
    return f"{done:,} files {_DOING[plan.order.mode]}{rest}. To take it back: whatsit undo {run}"


def tag_preview(plan: TagPlan) -> Iterator[str]:
    """Yield the lines that say what a tag run is about to do."""
    new = sum(tag.stamp is None for tag in plan.tags)
    yield f"{len(plan.tags):,} of {plan.found:,} files found are to get keywords beside them"
    if plan.tags:
        yield f"{new:,} sidecars are to be made, {len(plan.tags) - new:,} to be added to"
    for way, count in plan.ways.items():
        yield f"{count:>8,}  {files.shown(' | '.join(way))}"
    if plan.by_person:
        yield f"{len(plan.by_person):,} by a person's word:"
    for tag in plan.by_person:
        yield f"  {files.shown(tag.photo.relative_to(plan.folder))} → {files.shown(' | '.join(tag.way))}"
    if plan.in_place:
        yield f"{len(plan.in_place):,} have them already"
    if plan.sidecars:
        yield f"{len(plan.sidecars):,} are their sidecars"
    yield from _left(plan.left)


def tagged(plan: TagPlan, not_done: int, run: str) -> str:
    """Return the line that ends a tag run."""
    rest = f", {not_done:,} left" if not_done else ""
    done = len(plan.tags) - not_done
    return f"{done:,} sidecars written{rest}; no photo was touched. To take it back: whatsit undo {run}"


def undone(run: SortRun, not_done: int) -> str:
    """Return the line that ends an undoing."""
    rest = f", {not_done:,} left as they are" if not_done else ""
    return f"{run.files - not_done:,} files of {run.task} run {run.id} undone{rest}."


def local(time: str) -> str:
    """Return a journal's time as the clock on the wall has it."""
    try:
        return datetime.fromisoformat(time).astimezone().strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return time


def left(one: Outcome) -> str:
    """Return the line that names a file that was left."""
    return f"left: {files.shown(one.source)}: {files.shown(one.reason)}"


def runs(some: Sequence[SortRun]) -> Iterator[str]:
    """Yield the lines of a list of sort runs."""
    for run in some:
        what = "sidecars, keywords" if run.task == TAG else f"files, {run.order.mode}"
        how = f"{run.files:,} {what}, {files.shown(run.order.into)}"
        yield f"{run.id}  {local(run.time)}  {run.state:<13}  {how}"
    if not some:
        yield "There are no sort runs."
