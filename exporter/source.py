"""What is exported: a run's folder, or a Keras file that was not trained here, made into a run meanwhile."""

from __future__ import annotations

import contextlib
import tempfile
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from whatsit import quiet
from whatsit import run as runs
from whatsit.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from whatsit.run import Run

Scaling = Literal["none", "unit", "signed", "normalised", "caffe"]
SUFFIX: Final = ".keras"
NOT_TRAINED: Final = "not trained by Whatsit"
NOT_STATED: Final = "not stated"


@dataclass(frozen=True, slots=True)
class Told:
    """What a person tells of a model that was not trained here; None where nothing was said."""

    labels: Path | None = None
    size: str | None = None
    scaling: Scaling | None = None
    resize: Literal["squash", "crop"] | None = None
    data: Path | None = None
    title: str | None = None
    licence: str | None = None


def check(source: Path, told: Told, *, int8: bool, limit: int | None) -> None:
    """Raise UsageError for options that do not fit what is exported, before anything is loaded."""
    is_keras = source.suffix.lower() == SUFFIX
    if source.is_file() and (source.parent / runs.RUN_FILE).is_file() and told.labels is None:
        hint = f"Export its folder: whatsit export {source.parent} --onnx"
        raise UsageError("this lies in a run.", hint=hint, path=source)
    if source.is_file() and not is_keras:
        hint = f"Load it in Keras and save it again: model.save('model{SUFFIX}')."
        raise UsageError(f"this is no {SUFFIX} file and no run's folder.", hint=hint, path=source)
    if not is_keras or source.is_dir():
        _check_for_run(source, told)
        return
    if not source.is_file():
        raise UsageError("there is no such file.", path=source)
    if told.labels is None:
        hint = "Name the model's labels, one a line, in the order of its outputs: --labels labels.txt"
        raise UsageError("a Keras file does not say what its outputs mean.", hint=hint, path=source)
    if told.data is None and (int8 or limit is not None):
        asked = "--int8" if int8 else "--limit"
        hint = "Give some that the model never learned: --data DIR, with a folder a label or split.csv."
        raise UsageError(f"{asked} needs labelled photos.", hint=hint, path=source)


def _check_for_run(source: Path, told: Told) -> None:
    given = next((one.name for one in fields(told) if getattr(told, one.name) is not None), None)
    if given:
        hint = "A run says it itself: leave the option out."
        raise UsageError(f"--{given} is for a {SUFFIX} file.", hint=hint, path=source)


@contextlib.contextmanager
def opened(source: Path, told: Told, say: Callable[[str], None]) -> Iterator[Run]:
    """Yield the run to export; one that is made of a Keras file is gone afterwards.

    `say` takes lines about what was found in the file. Raises RunError, UsageError or DataError for what
    cannot be exported.
    """
    if told.labels is None:
        yield runs.read(source)
        return
    with quiet.native_noise():
        from exporter.foreign import making  # noqa: PLC0415 - TensorFlow takes seconds
    with tempfile.TemporaryDirectory(prefix="whatsit-") as place:
        yield making.into_run(source, told, Path(place), say)
