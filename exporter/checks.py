"""The list of checks that an exported file goes through: the first that fails ends the export."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from whatsit.errors import CheckError
from whatsit.manifest import Check, Measurement

if TYPE_CHECKING:
    from collections.abc import Iterable

    from whatsit.manifest import VariantName


class CannotHoldError(CheckError):
    """No smaller file of this network keeps its answers: what was tried, and what it cost."""


@dataclass(slots=True)
class Checks:
    """What has been checked of one bundle so far; `variant` is the one under test, in its other `layout`."""

    variant: VariantName = "fp32"
    done: list[Check | Measurement] = field(default_factory=list)
    layout: str = ""

    @property
    def verdicts(self) -> tuple[Check, ...]:
        """What passed or failed."""
        return tuple(one for one in self.done if isinstance(one, Check))

    @property
    def measurements(self) -> tuple[Measurement, ...]:
        """What has no limit."""
        return tuple(one for one in self.done if isinstance(one, Measurement))

    def require(self, name: str, passed: bool, measured: str, *, limit: str = "", advice: str = "") -> None:  # noqa: FBT001 - the verdict
        """Record a check; raise CheckError with `advice` when it has not passed."""
        told = " ".join(filter(None, (self.layout, name)))
        check = Check(name=told, passed=passed, measured=measured, limit=limit, variant=self.variant)
        self.require_all([check], advice)

    def require_all(self, checks: Iterable[Check], advice: str) -> None:
        """Record checks; raise CheckError for the first that has not passed."""
        new = list(checks)
        self.done += new
        for check in new:
            if not check.passed:
                limit = f" (limit: {check.limit})" if check.limit else ""
                raise CheckError(
                    f"check {check.name!r} failed for {check.variant}: {check.measured}{limit}.", hint=advice
                )

    def forget(self) -> None:
        """Drop what was checked of the variant under test: there will be no such file."""
        self.done = [one for one in self.done if one.variant != self.variant]

    def note(self, name: str, measured: str) -> None:
        """Record a measurement that has no limit."""
        self.done.append(Measurement(name=name, measured=measured, variant=self.variant))
