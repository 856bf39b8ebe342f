"""What a picture may cost – pixels, seconds, memory – before it is refused; the user can raise each."""

from __future__ import annotations

import time
import tomllib
from typing import TYPE_CHECKING, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from whatsit import home
from whatsit.errors import PictureError, UsageError, nearest

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

FILE: Final = "limits.toml"


class Limits(BaseModel):
    """The most that one picture may have and take; reading and decoding have `seconds` each.

    `megapixels`: the largest phone sensors. `megabytes`: of memory, half of it for the file itself.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    megapixels: int = Field(default=200, gt=0)
    seconds: float = Field(default=60, gt=0, allow_inf_nan=False)
    megabytes: int = Field(default=1024, gt=0)

    @property
    def most_bytes(self) -> int:
        """How large a file may be."""
        return self.megabytes * 1024**2 // 2


class Deadline:
    """The moment by which a picture must be read or decoded."""

    def __init__(self, limits: Limits, path: Path | None) -> None:
        self._seconds, self._path = limits.seconds, path
        self._ends = time.monotonic() + limits.seconds

    def check(self, doing: str) -> None:
        """Raise PictureError when the moment has passed."""
        if time.monotonic() > self._ends:
            raise PictureError(too_slow(doing, self._seconds), path=self._path)


def of_user(asked: Sequence[str] = ()) -> Limits:
    """Return the usual limits, changed by the user's file and then by what is `asked` for, `name=value` each.

    Raises UsageError when one is not known or is no number above zero.
    """
    values: dict[str, object] = dict(_in_file())
    values |= dict(_parted(one) for one in asked)
    try:
        return Limits.model_validate(values)
    except ValidationError as error:
        name = str(error.errors()[0]["loc"][0])
        if name not in Limits.model_fields:
            hint = nearest(name, list(Limits.model_fields))
            raise UsageError(f"there is no limit {name!r};", hint=hint) from None
        raise UsageError(f"the limit {name} takes a number above zero, not {values[name]!r}.") from None


def to_raise(name: str, needed: float) -> str:
    """Return how a person raises a limit to what a picture needs."""
    return f"raise it: --limit {name}={needed:.0f}, or in {FILE}"


def too_slow(doing: str, seconds: float) -> str:
    """Return the reason of a picture that took too long."""
    return f"{doing} took longer than {seconds:g} seconds ({to_raise('seconds', max(2 * seconds, 1))})"


def file() -> Path:
    """Return where the user's own limits stand; most people have no such file."""
    return home.config() / FILE


def _in_file() -> dict[str, object]:
    try:
        return tomllib.loads(file().read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, ValueError) as error:
        raise UsageError(f"the limits cannot be read ({error}).", path=file()) from None


def _parted(asked: str) -> tuple[str, str]:
    name, equals, value = asked.partition("=")
    if not equals:
        raise UsageError(f"--limit takes name=value, such as megapixels=400, not {asked!r}.")
    return name.strip(), value.strip()
