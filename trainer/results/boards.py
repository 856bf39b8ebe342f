"""TensorBoard's log of a run: the figures of `history.csv`, train and tune in the same charts."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from tensorboardX.proto.event_pb2 import Event
from tensorboardX.proto.summary_pb2 import Summary
from tensorboardX.record_writer import RecordWriter

from whatsit import files

if TYPE_CHECKING:
    from pathlib import Path

    from trainer.results.history import Row

FOLDER: Final = "tensorboard"
_FORMAT: Final = "brain.Event:2"  # what TensorBoard expects the first event of a file to say


def add(folder: Path, row: Row) -> None:
    """Write an epoch's figures below `folder`/tensorboard.

    One file an epoch, named by it: an epoch that is done again replaces its own file, and the files of later
    epochs of its stage go. Names are the stage's and the figure's, such as fit/log_loss.
    """
    both = {"learning_rate": row.learning_rate, "photos_per_second": row.photos_per_second}
    sides = {
        "train": {"log_loss": row.train_log_loss, "accuracy": row.train_accuracy, **both},
        "tune": {"log_loss": row.tune_log_loss, "accuracy": row.tune_accuracy},
    }
    for side, figures in sides.items():
        place = folder / FOLDER / side
        mine = place / _name(row.stage, row.epoch)
        for file in place.glob(_name(row.stage, None)):
            if file.name > mine.name:
                file.unlink()
        _write(mine, {f"{row.stage}/{name}": value for name, value in figures.items()}, row.epoch)


def _name(stage: str, epoch: int | None) -> str:
    """Return an epoch's file, or the pattern of a stage's; names sort as epochs do, the head's first."""
    number = f"{epoch:06d}" if epoch is not None else "*"
    return f"events.out.tfevents.{'1' if stage == 'head' else '2'}{number}.{stage}"


def _write(path: Path, figures: dict[str, float], step: int) -> None:
    values = [
        Summary.Value(tag=name, simple_value=value)
        for name, value in figures.items()
        if value == value  # noqa: PLR0124 - NaN: it was not measured
    ]
    now = time.time()
    with files.replacing(path) as temporary:
        writer = RecordWriter(str(temporary))
        for event in (
            Event(wall_time=now, file_version=_FORMAT),
            Event(wall_time=now, step=step, summary=Summary(value=values)),
        ):
            writer.write(event.SerializeToString())
        writer.close()
