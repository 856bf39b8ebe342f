"""The errors a person can act on; the program's edge prints them and chooses the exit code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

# Exit codes that no error has: done but for some photos, and stopped by a person.
SOME_FAILED: Final = 3
STOPPED: Final = 130
_LEAST_LIKENESS: Final = 0.5  # "epochs" is to find "fit.epochs", and "dns" no "average"


class WhatsitError(Exception):
    """Something went wrong that a person can act on; `hint` says how to go on, `path` names the file."""

    exit_code = 1

    def __init__(self, what: str, *, hint: str = "", path: Path | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.hint = hint
        self.path = path

    def __str__(self) -> str:
        where = f"{self.path}: " if self.path else ""
        return f"{where}{self.what}" + (f" {self.hint}" if self.hint else "")


class UsageError(WhatsitError):
    """The command or its settings are not what Whatsit takes."""

    exit_code = 2


class MissingExtraError(UsageError):
    """A command needs an optional part that is not installed."""


class PictureError(WhatsitError):
    """A picture cannot be turned into pixels; `what` is the reason shown for a failed photo."""


class BundleError(WhatsitError):
    """A bundle is missing, damaged or not to be trusted."""


class RunError(WhatsitError):
    """A run folder is missing, unfinished or damaged."""


class DataError(WhatsitError):
    """Training photos or their labels are not what was expected."""


class SortError(WhatsitError):
    """Photos cannot be sorted, or a sort run cannot be undone."""


class DeviceError(WhatsitError):
    """The device or variant asked for cannot be used here."""


class CheckError(WhatsitError):
    """An exported model failed one of its checks."""


def nearest(wrong: str, right: Sequence[str], otherwise: str = "") -> str:
    """Return the hint that asks for the right word nearest to a wrong one.

    Where none is near, it is `otherwise`, or all right words.
    """
    import difflib  # noqa: PLC0415 - only for what is mistyped

    close = difflib.get_close_matches(wrong, right, n=1, cutoff=_LEAST_LIKENESS)
    return f"did you mean {close[0]!r}?" if close else otherwise or f"there are: {', '.join(right)}."
