"""Environment: where and with what a run was trained, by which commands, and how long it took."""

from __future__ import annotations

import datetime as dt
import os
import platform
import re
import shlex
import subprocess
import sys
import time
from importlib import metadata
from pathlib import Path
from typing import Final

from pydantic import ValidationError

import whatsit
from whatsit import files
from whatsit.device import processor
from whatsit.errors import RunError
from whatsit.graph import cores
from whatsit.manifest import Record, first_problem

ENVIRONMENT_FILE: Final = "environment.json"
_PARTS: Final = ("keras", "numpy", "pillow", "scikit-learn")
_SECONDS_TO_ASK: Final = 10
_WHATSIT: Final = ("whatsit", "__main__")  # as it is called by itself, and by python -m


class Environment(Record):
    """The whole of `environment.json`; nothing in it names the machine or who uses it.

    The first of the `commands` began the run, the others went on with it; `seconds` is what all of
    them took, but for what was lost when one was cut off, and for a teacher, whose run has its own.
    """

    commands: tuple[str, ...]
    begun: dt.datetime
    seconds: float = 0.0
    platform: str
    processor: str
    cores: int
    gpus: tuple[str, ...] = ()
    backend: str
    versions: dict[str, str]


def write(folder: Path, command: list[str]) -> None:
    """Write `environment.json` as a command begins a run, or add the command that goes on with it."""
    import keras  # noqa: PLC0415 - whoever only reads waits for no Keras

    from trainer import devices  # noqa: PLC0415 - as above

    before, backend = read(folder), keras.backend.backend()
    versions = {"python": platform.python_version(), "whatsit": whatsit.__version__}
    versions |= {name: metadata.version(name) for name in (*_PARTS, backend)}
    _write(
        folder,
        Environment(
            commands=(*(before.commands if before else ()), shown(command)),
            begun=before.begun if before else dt.datetime.now(tz=dt.UTC).replace(microsecond=0),
            seconds=before.seconds if before else 0.0,
            platform=f"{platform.system()} {platform.release()} {platform.machine()}",
            processor=processor(),
            cores=cores(),
            gpus=_gpus(devices.gpus()),
            backend=backend,
            versions=versions,
        ),
    )


def read(folder: Path) -> Environment | None:
    """Return what `environment.json` says, None when there is none.

    Raises RunError when it is not valid.
    """
    try:
        return Environment.model_validate_json((folder / ENVIRONMENT_FILE).read_bytes())
    except FileNotFoundError:
        return None
    except OSError as error:
        raise RunError(f"{ENVIRONMENT_FILE} cannot be read ({error.strerror}).", path=folder) from None
    except ValidationError as error:
        raise RunError(f"{ENVIRONMENT_FILE} is not valid: {first_problem(error)}.", path=folder) from None


class Clock:
    """Adds up in `environment.json` the time that training takes, over every command that goes on with it."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._last = folder, time.monotonic()

    def lap(self) -> None:
        """Add the seconds since the last lap, or since the clock was made; what is not added dies with us."""
        now = time.monotonic()
        there = read(self._folder)
        if there:
            _write(self._folder, there.model_copy(update={"seconds": there.seconds + now - self._last}))
        self._last = now


def asked() -> list[str]:
    """Return the command that this process began with: `whatsit`, or a script that trains by it."""
    program = Path(sys.argv[0])
    if program.stem in _WHATSIT:
        return ["whatsit", *sys.argv[1:]]
    return ["python", os.path.relpath(program), *sys.argv[1:]]


def shown(command: list[str]) -> str:
    """Return a command as one would type it, without the folders whose names are private."""
    name, *rest = command
    return " ".join([Path(name).name, *(_quoted(without_home(word)) for word in rest)])


def without_home(text: str) -> str:
    """Return a text with the user's home as ~, whose name is private, and Whatsit's own as $WHATSIT_HOME."""
    for private, word in (
        (os.environ.get("WHATSIT_HOME"), "$WHATSIT_HOME"),
        (os.path.expanduser("~"), "~"),  # noqa: PTH111 - may be no path
    ):
        if private and len(private) > 1:  # / is no home
            folder = rf"(?<![\w.~/-]){re.escape(private.rstrip('/'))}(?![\w.-])"
            text = word.join(re.split(folder, text))
    return text


def _quoted(word: str) -> str:
    head, slash, tail = word.partition("/")
    if head in ("~", "$WHATSIT_HOME"):  # quotes would keep the shell from reading it
        return head + slash + (shlex.quote(tail) if tail else "")
    return shlex.quote(word)


def _write(folder: Path, environment: Environment) -> None:
    files.write_text(folder / ENVIRONMENT_FILE, environment.model_dump_json(indent=1) + "\n")


def _gpus(count: int) -> tuple[str, ...]:
    """Return the names of the GPUs that the backend sees."""
    if not count:
        return ()
    try:
        said = subprocess.run(
            ["nvidia-smi", "--query-gpu=name", "--format=csv,noheader"],  # noqa: S607 - where the driver put it
            capture_output=True,
            check=True,
            text=True,
            timeout=_SECONDS_TO_ASK,
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return (f"{count} of an unknown kind",)
    return tuple(said.splitlines()[:count])
