"""Results: what is written of every photo, for people and for programs."""

from __future__ import annotations

import base64
import datetime as dt
import math
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import whatsit
from whatsit import files
from whatsit.decisions import Status
from whatsit.manifest import Hash, Record, VariantName

if TYPE_CHECKING:
    from collections.abc import Mapping

    from whatsit.batch import Result
    from whatsit.classifier import Classifier
    from whatsit.decisions import Answer, Then

FORMAT_VERSION = 1


class NextModelRecord(Record):
    """The model of a chain that is asked about photos with this answer of the first."""

    asked_of: str
    model: str
    model_version: str
    bundle_sha256: Hash
    variant: VariantName
    device: Literal["cpu", "cuda"]
    device_reason: str


class RunRecord(Record):
    """What produced the results: the first record of a JSONL file.

    `threshold` is there where a person chose another than the bundle's own.
    """

    record: Literal["run"] = "run"
    format_version: Literal[1] = 1
    whatsit: str
    model: str
    model_version: str
    bundle_sha256: Hash
    variant: VariantName
    device: Literal["cpu", "cuda"]
    device_reason: str
    started: str
    then: tuple[NextModelRecord, ...] = ()
    threshold: float | None = None


class CandidateRecord(Record):
    """A label that the photo may have, and the probability that it does."""

    label: str
    confidence: float


class ThenRecord(Record):
    """What the next model of a chain says of a photo."""

    model: str
    status: Status
    label: str
    confidence: float | None
    candidates: tuple[CandidateRecord, ...]
    group: str
    novelty: float | None
    reason: str


class PhotoRecord(Record):
    """One photo; `path_bytes` (base64) stands beside a path that had to be changed to be shown.

    Where the reason is "not calibrated", confidences are the model's own figures, which nobody has measured.
    """

    record: Literal["photo"] = "photo"
    path: str
    path_bytes: str | None = None
    status: Status
    label: str
    confidence: float | None
    candidates: tuple[CandidateRecord, ...]
    group: str
    novelty: float | None
    person_label: str
    reason: str
    model: str
    then: ThenRecord | None = None


class CountsRecord(Record):
    """How many photos ended how: the last record of a JSONL file; without it the run did not finish."""

    record: Literal["counts"] = "counts"
    found: int
    answered: int
    not_sure: int
    unknown: int
    failed: int
    skipped: int
    seconds: float
    photos_per_second: float


@dataclass(slots=True)
class Summary:
    """Counts results by status; what is found is their sum."""

    counts: Counter[Status] = field(default_factory=Counter)
    recalled: int = 0  # photos whose answer was known from before: they say nothing of the pace

    def add(self, result: Result) -> None:
        """Count one result."""
        self.counts[result.answer.status] += 1
        self.recalled += result.recalled

    @property
    def found(self) -> int:
        """How many entries there were that are no folders."""
        return self.counts.total()

    @property
    def classified(self) -> int:
        """How many of them the model saw."""
        return sum(self.counts[one] for one in (Status.ANSWERED, Status.NOT_SURE, Status.UNKNOWN))

    def record(self, seconds: float) -> CountsRecord:
        """Return the counts of a run that took so long."""
        return CountsRecord(
            found=self.found,
            answered=self.counts[Status.ANSWERED],
            not_sure=self.counts[Status.NOT_SURE],
            unknown=self.counts[Status.UNKNOWN],
            failed=self.counts[Status.FAILED],
            skipped=self.counts[Status.SKIPPED],
            seconds=round(seconds, 3),
            photos_per_second=round((self.classified - self.recalled) / seconds, 1) if seconds > 0 else 0.0,
        )


def run_record(classifier: Classifier, then: Mapping[str, Classifier] | None = None) -> RunRecord:
    """Return what is about to produce results; `then` are the next models of a chain, by answer."""
    manifest = classifier.bundle.manifest
    return RunRecord(
        whatsit=whatsit.__version__,
        model=manifest.name,
        model_version=manifest.version,
        bundle_sha256=classifier.bundle.sha256,
        variant=classifier.variant,
        device=classifier.device.name,
        device_reason=classifier.device.reason,
        started=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        then=tuple(_next_model(label, one) for label, one in (then or {}).items()),
    )


def _next_model(asked_of: str, classifier: Classifier) -> NextModelRecord:
    manifest = classifier.bundle.manifest
    return NextModelRecord(
        asked_of=asked_of,
        model=manifest.name,
        model_version=manifest.version,
        bundle_sha256=classifier.bundle.sha256,
        variant=classifier.variant,
        device=classifier.device.name,
        device_reason=classifier.device.reason,
    )


def photo_record(result: Result, model: str, person_label: str = "") -> PhotoRecord:
    """Return what is written of one photo that `model` answered, with what a person said of it."""
    photo, answer = result.photo, result.answer
    raw = photo.raw_name
    changed = raw != photo.name.encode()
    return PhotoRecord(
        path=photo.name,
        path_bytes=base64.b64encode(raw).decode() if changed else None,
        status=answer.status,
        label=answer.label,
        confidence=_finite(answer.confidence),
        candidates=_candidates(answer),
        group=answer.group,
        novelty=_finite(answer.novelty),
        person_label=person_label,
        reason=files.shown(answer.reason),
        model=model,
        then=_then(answer.then) if answer.then else None,
    )


def _then(then: Then) -> ThenRecord:
    answer = then.answer
    return ThenRecord(
        model=then.model,
        status=answer.status,
        label=answer.label,
        confidence=_finite(answer.confidence),
        candidates=_candidates(answer),
        group=answer.group,
        novelty=_finite(answer.novelty),
        reason=files.shown(answer.reason),
    )


def _candidates(answer: Answer) -> tuple[CandidateRecord, ...]:
    return tuple(CandidateRecord(label=one.label, confidence=one.confidence) for one in answer.candidates)


def _finite(value: float | None) -> float | None:
    """Return a number that JSON can hold: it has no word for infinity."""
    return round(value, 7) if value is not None and math.isfinite(value) else None
