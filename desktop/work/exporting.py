"""The answers of the photos that are open, written to a file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from desktop.language import tr
from whatsit.errors import WhatsitError

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Mapping
    from pathlib import Path

    from whatsit.classifier import Classifier
    from whatsit.sorting import Sortable
    from whatsit.writers import Format


@dataclass(frozen=True, slots=True)
class Target:
    """Where the answers go and how; `threshold` is there where a person chose another than the model's."""

    file: Path
    kind: Format
    threshold: float | None = None
    seconds: float = 0.0  # that the answers took
    then: Mapping[str, Classifier] = field(default_factory=dict)  # the next models of a chain, by answer


def export(items: Iterable[Sortable], classifier: Classifier, target: Target) -> Generator[int, None, None]:
    """Write photos with their answers and yield 1 for each.

    Raises UsageError when the file is none or has no room, WhatsitError when it cannot be written.
    """
    from whatsit import results, writers  # noqa: PLC0415 - the window is seen before these are loaded
    from whatsit.batch import Result  # noqa: PLC0415 - as above

    run = results.run_record(classifier, target.then).model_copy(update={"threshold": target.threshold})
    summary = results.Summary()
    try:
        writers.check_out(target.kind, target.file)
        with writers.opened(target.kind, target.file, run, [classifier.bundle.manifest]) as writer:
            for one in items:
                result = Result(one.photo, one.answer)
                summary.add(result)
                writer.write(results.photo_record(result, run.model, one.person_label))
                yield 1
            writer.finish(summary.record(target.seconds))
    except OSError as error:
        raise WhatsitError(
            tr("the answers cannot be written ({reason}).").format(reason=error.strerror or error),
            hint=tr("Choose another place."),
            path=target.file,
        ) from None
