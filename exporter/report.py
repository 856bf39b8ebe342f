"""What an export shows on the terminal: the checks as a table, then what to type next."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Final

from rich.table import Table

from exporter.source import NOT_TRAINED
from whatsit import decisions
from whatsit.manifest import Check

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from rich.console import Console

    from whatsit.bundle import Bundle
    from whatsit.manifest import Decision, Manifest, Measurement

_FAILED: Final = "FAILED"
_NOT_CALIBRATED: Final = (
    "not calibrated: every photo gets its best label, without a percentage, and nothing is unknown. "
    "Labelled photos that it never learned set thresholds: --data DIR"
)


def show_checks(console: Console, done: Sequence[Check | Measurement]) -> None:
    """Print checks and measurements in the order they ran: a table on a terminal, plain lines elsewhere."""
    if console.is_terminal:
        console.print(_table(done))
        return
    for one in done:
        limit = f"(limit: {_limit(one)})" if _limit(one) else ""
        parts = (one.variant, one.name, one.measured, limit, _verdict(one))
        _line(console, "  ".join(part for part in parts if part))


def show_decisions(console: Console, manifest: Manifest) -> None:
    """Print each variant's decision, and what to do where no threshold keeps the promise."""
    for name, variant in manifest.variants.items():
        decision = variant.decision
        if not decision.calibrated:
            _line(console, f"{name}: {_NOT_CALIBRATED}")
            continue
        point = decisions.chosen_point(decision)
        aside = 100 * (point.set_aside if point else 1.0)
        _line(
            console,
            f"{name}: threshold {decision.threshold:g}, {_novelty(manifest, decision)}, "
            f"{aside:.1f} % of {decision.photos:,} calibrate photos set aside",
        )
        promised = decision.promise.wrong_at_most
        if point is None or point.wrong_at_most > promised:
            _line(
                console,
                f"{name}: {decision.photos:,} calibrate photos cannot promise at most {promised:.1%} wrong: "
                f"the strictest threshold is taken. {_more(manifest)} more labelled photos"
                + _left_out(manifest, decision.photos),
            )


def _novelty(manifest: Manifest, decision: Decision) -> str:
    there = any(output.name == "novelty" for output in manifest.outputs)
    return f"novelty limit {decision.novelty_limit:g}" if there else "no novelty"


def _more(manifest: Manifest) -> str:
    return "Give --data" if manifest.training.recipe == NOT_TRAINED else "Train again with"


def _left_out(manifest: Manifest, used: int) -> str:
    return ", or export without --limit." if used < manifest.training.photos.get("calibrate", 0) else "."


def show_next(console: Console, bundle: Bundle, asked_as: str | Path) -> None:
    """Print where the bundle is, how large, and the command that uses it."""
    sizes = ", ".join(f"{name} {one.bytes / 1e6:.2f} MB" for name, one in bundle.manifest.variants.items())
    command = f"whatsit classify FOLDER --model {shlex.quote(str(asked_as))}"
    for line in (f"Bundle: {bundle.folder} ({sizes})", f"Next: {command}"):
        _line(console, line)


def _table(done: Sequence[Check | Measurement]) -> Table:
    table = Table(title="Checks against Keras", title_justify="left")
    for heading in ("variant", "check", "measured", "limit", ""):
        table.add_column(heading, overflow="fold")
    for one in done:
        verdict = _verdict(one)
        cells = (one.variant, one.name, one.measured, _limit(one), verdict)
        table.add_row(*map(_plain, cells), style="bold red" if verdict == _FAILED else "")
    return table


def _limit(one: Check | Measurement) -> str:
    return one.limit if isinstance(one, Check) else ""


def _verdict(one: Check | Measurement) -> str:
    if not isinstance(one, Check):
        return "measured only"
    return "passed" if one.passed else _FAILED


def _line(console: Console, text: str) -> None:
    console.print(text, markup=False, highlight=False, soft_wrap=True)


def _plain(text: str) -> str:
    return text.replace("[", r"\[")
