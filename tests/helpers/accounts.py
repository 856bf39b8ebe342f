"""Every byte accounted for: what a sort run that was killed or failed may leave, and what it may not."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tests.helpers.sorted_folder import answered, tree
from whatsit import sorting
from whatsit.sorting import Mode, State

if TYPE_CHECKING:
    from tests.helpers.sorted_folder import Place, Tree


def sort(place: Place, mode: Mode) -> list[str]:
    """Sort a place; return the reasons of what was left."""
    plan = sorting.plan(answered(place.source), place.order(mode=mode))
    return [one.reason for one in sorting.act(plan) if not one.done]


def undo_all() -> list[str]:
    """Undo every run, the latest first; return the reasons of what was left."""
    runs = [run for run in sorting.runs() if run.state is not State.UNDONE]
    return [one.reason for run in runs for one in sorting.undo(run.id) if not one.done]


def lost(place: Place, before: Tree) -> list[str]:
    """Return what is wrong at any moment whatever: a photo that is nowhere any more, or was altered."""
    there = {digest for folder in (place.source, place.into) for digest in tree(folder).values()}
    return [f"{name} is lost" for name, digest in before.items() if digest not in there]


def unsettled(place: Place, before: Tree, mode: Mode) -> list[str]:
    """Return what is wrong after a start: anything lost, altered, in two states or left over."""
    source, into = tree(place.source), tree(place.into)
    wrong = lost(place, before)
    wrong += [f"{name} is left over" for name in (*source, *into) if ".whatsit-" in name]
    wrong += [f"{name} was altered" for name, digest in source.items() if before.get(name) != digest]
    if mode is Mode.SYMLINK:
        wrong += [f"{path} leads nowhere" for path in place.into.rglob("*") if not path.exists()]
    else:
        known = set(before.values())
        wrong += [f"{name} is no photo of ours" for name, digest in into.items() if digest not in known]
    held = Counter(into.values())
    if mode is Mode.MOVE:
        held.update(source.values())
    elif source != before:
        wrong.append("the photos that were only to be copied or linked are not what they were")
    return wrong + [f"{digest} is in {count} states" for digest, count in held.items() if count > 1]


def not_undone(place: Place, before: Tree) -> list[str]:
    """Return what is wrong after everything was undone."""
    now, wrong = tree(place.source), []
    if now != before:
        wrong.append(f"not as before: {sorted(set(now.items()) ^ set(before.items()))[:4]}")
    if place.into.exists():
        wrong.append(f"left in the destination: {sorted(map(str, place.into.rglob('*')))[:4]}")
    return wrong


def checked(place: Place, before: Tree, mode: Mode, *, go_on: bool) -> list[str]:
    """Start anew after a kill, go on to the end or not, then undo everything; return all that is wrong."""
    wrong = lost(place, before)
    sorting.recover()
    wrong += unsettled(place, before, mode)
    if go_on:
        wrong += [f"going on left: {reason}" for reason in sort(place, mode)]
        wrong += unsettled(place, before, mode)
        if len(tree(place.into)) != len(before):
            wrong.append(f"going on sorted {len(tree(place.into))} of {len(before)}")
    wrong += [f"undo left: {reason}" for reason in undo_all()]
    return wrong + not_undone(place, before)
