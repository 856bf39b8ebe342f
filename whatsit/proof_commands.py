"""The commands that prove and examine: check, doctor."""

from __future__ import annotations

from collections import Counter
from pathlib import Path  # noqa: TC003 - typer reads it
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from whatsit import certificate, device, foreign_pixels, golden, proofs, shelf
from whatsit.graph import Graph
from whatsit.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from whatsit.bundle import Bundle
    from whatsit.certificate import Certificate
    from whatsit.foreign_pixels import Finding
    from whatsit.manifest import Check
    from whatsit.proofs import Proof

_PASSED = ("passed", "green")
_FAILED = ("FAILED", "bold red")
_PLACES = {"cpu": "the CPU", "cuda": "CUDA"}


def check(
    bundle: Annotated[str, typer.Argument(help="A model's name, or a bundle's folder.")],
    pixels: Annotated[
        Path | None,
        typer.Option(
            help="Check instead what another program makes of the golden pictures: "
            "uint8 [N, H, W, 3] in the order of golden/index.json, an npy file."
        ),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress.")] = False,  # noqa: FBT002 - typer's way
) -> None:
    """Prove a bundle on this machine, and say whether to trust it here."""
    found = shelf.find(bundle)
    passed = _check_pixels(found, pixels) if pixels else _check_all(found, quiet=quiet)
    if not passed:
        raise typer.Exit(1)


def doctor() -> None:
    """Say what works on this machine, and what to do."""
    from whatsit.doctor import examine  # noqa: PLC0415 - a check needs none of it

    out = Console(highlight=False, soft_wrap=True)
    for finding in examine():
        out.print(Text.assemble((f"{finding.topic:<11}", "bold"), finding.what))
        if finding.advice:
            out.print(Text.assemble(" " * 11, ("→ " + finding.advice, "yellow")))


def _check_all(bundle: Bundle, *, quiet: bool) -> bool:
    if quiet:
        found = certificate.examine(bundle)
    else:
        with Progress("Checking", certificate.steps(bundle), "variants") as progress:
            found = certificate.examine(bundle, progress.advance)
    for proof in found.proofs:
        device.remember(bundle, proof)  # the app need not prove it again
    _print_checks(found)
    out = Console(highlight=False, soft_wrap=True)
    if found.not_cuda:
        out.print(Text(f"Not checked on CUDA: {found.not_cuda.rstrip('.')}."))
    out.print(Text(_verdict(bundle.manifest.name, found), style="bold"))
    return found.passed


def _print_checks(found: Certificate) -> None:
    table = Table("", "Check", "Variant", "Measured", "Limit", box=None, pad_edge=False)
    rows = [("", one) for one in found.checks]
    rows += [(f"{one.variant} {proof.device.upper()}", one) for proof in found.proofs for one in proof.checks]
    for variant, one in rows:
        cells = (one.name, variant, one.measured, one.limit)
        table.add_row(Text(*_mark(passed=one.passed)), *(Text(cell) for cell in cells))
    out = Console(highlight=False)
    out.print(table)
    passed = sum(one.passed for _, one in rows)
    out.print(f"{passed} of {len(rows)} checks passed.")


def _mark(*, passed: bool) -> tuple[str, str]:
    return _PASSED if passed else _FAILED


def _verdict(name: str, found: Certificate) -> str:
    """Return in a sentence or two whether to trust the bundle here, and with what."""
    best = found.best
    if best is None:
        failed = _first_failed([*found.checks, *(one for proof in found.proofs for one in proof.checks)])
        return f"Do not trust {name} here: {failed} failed. Get it again from where it came from."
    if found.passed:
        others = [f"; {_said(proof)} takes {_time(proof)}" for proof in found.proofs if proof != best]
        return f"Trust {name} here. Whatsit runs it as {_said(best)}, {_time(best)} a photo{''.join(others)}."
    wrong = [
        f"{_said(proof)} ({_first_failed(proof.checks)} failed)" for proof in found.proofs if not proof.passed
    ]
    return f"Trust {name} here as {_said(best)}, which Whatsit takes, but not {' nor '.join(wrong)}."


def _first_failed(checks: Sequence[Check]) -> str:
    return next(f"'{one.name}'" for one in checks if not one.passed)


def _said(proof: Proof) -> str:
    return f"{proof.variant} on {_PLACES[proof.device]}"


def _time(proof: Proof) -> str:
    return f"{1000 * (proof.seconds or 0):.3g} ms"


def _check_pixels(bundle: Bundle, file: Path) -> bool:
    pictures = golden.read(bundle)
    given = foreign_pixels.read(file, len(pictures), bundle.manifest.input)
    graph = Graph(bundle, proofs.usual(bundle, "cpu")[0])
    found = list(foreign_pixels.compare(given, pictures, graph, bundle.manifest))
    table = Table(
        "", "Golden picture", "Max of 255", "Mean", "Probability moved", "Answer", "Probably",
        box=None, pad_edge=False,
    )  # fmt: skip
    for one in found:
        mark = ("same", "green") if one.same else ("close", "green") if one.passed else ("OTHER", "bold red")
        cells = (one.name, f"{one.largest}", f"{one.mean:.2f}", f"{one.moved:.3f}")
        words = (one.answer, ", ".join(one.mistakes))
        table.add_row(Text(*mark), *(Text(cell) for cell in (*cells, *words)))
    Console(highlight=False).print(table)
    Console(highlight=False, soft_wrap=True).print(Text(_verdict_of_pixels(found), style="bold"))
    return all(one.passed for one in found)


def _verdict_of_pixels(found: Sequence[Finding]) -> str:
    other = [one for one in found if not one.passed]
    if not other:
        return f"These pixels may be used: all {len(found)} are the same, or too close to matter."
    changed = sum(one.answer != one.answers[0] for one in found)
    said = f"{len(other)} of {len(found)} pictures have other pixels, {changed} another answer."
    causes = Counter(name for one in found for name in one.mistakes).most_common()
    if not causes:
        return f"{said} What was done otherwise could not be recognised."
    return f"{said} Probably: {'; '.join(f'{name} ({count} of {len(found)})' for name, count in causes)}."
