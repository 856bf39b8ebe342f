"""What statuses, orders and labels are called, in the window's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.language import label_name, tr
from desktop.state.orders import Order
from whatsit import files
from whatsit.decisions import Status

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def status(one: Status) -> str:
    """Return what a status is called."""
    return {
        Status.ANSWERED: tr("Answered"),
        Status.NOT_SURE: tr("Not sure"),
        Status.UNKNOWN: tr("Unknown"),
        Status.FAILED: tr("Failed"),
        Status.SKIPPED: tr("Skipped"),
    }[one]


def order(one: Order) -> str:
    """Return what an order is called."""
    return {
        Order.FOUND: tr("As found"),
        Order.NAME: tr("By name"),
        Order.UNSURE_FIRST: tr("Unsure first"),
        Order.SURE_FIRST: tr("Sure first"),
        Order.NEWEST: tr("Newest first"),
        Order.OLDEST: tr("Oldest first"),
        Order.LIKENESS: tr("More like this"),
    }[one]


def label(name: str) -> str:
    """Return what a label is called, its own name where its bundle has none in the window's language."""
    return label_name(name)


def below(path: Path, folders: Iterable[Path]) -> str:
    """Return a path as it is shown: from the first of the folders that it lies below, else whole."""
    inside = (one.absolute() for one in folders if path.is_relative_to(one.absolute()))
    root = next(inside, None)
    return files.shown(path.relative_to(root) if root else path)


def pause(*, working: bool) -> str:
    """Return what the button says that pauses the work, or goes on with it."""
    return tr("Pause") if working else tr("Go on")
