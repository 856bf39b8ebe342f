"""Which folder an answer, or a person's word, leads to: a label's, a group's, or one that needs a look."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from whatsit.decisions import Status
from whatsit.sorting import names

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from whatsit.decisions import Answer
    from whatsit.sorting.order import Sortable

NOT_SURE: Final = "_not sure"
UNKNOWN: Final = "_unknown"  # as well what a person says of a photo of which no label is right


def of_labels(items: Iterable[Sortable]) -> dict[str, str]:
    """Return the folder's name of each label and group that the items have."""
    said: set[str] = set()
    for item in items:
        said.add(item.person_label)
        answer: Answer | None = item.answer
        while answer is not None:
            said |= {answer.label, answer.group}
            answer = answer.then.answer if answer.then else None
    return names.of_labels(said - {"", UNKNOWN})


def of_item(item: Sortable, model: str, labels: Mapping[str, str]) -> tuple[str, ...]:
    """Return the folder of a photo below the destination, part by part; `model` gave the first answer.

    What the next model of a chain says stands below the first one's label, as in dog/beagle.
    """
    if item.person_label:
        said = item.person_label
        return (UNKNOWN if said == UNKNOWN else labels[said],)
    answer = item.answer
    first = _of_answer(answer, model, labels) or (UNKNOWN if answer.status is Status.UNKNOWN else NOT_SURE,)
    if answer.then is None:
        return first
    then = answer.then
    unknown = then.answer.status is Status.UNKNOWN
    more = _of_answer(then.answer, then.model, labels) or (UNKNOWN if unknown else unsure(then.model),)
    return (*first[:1], *(part for part in more if part != first[0]))


def unsure(model: str) -> str:
    """Return the folder of photos of which the model is sure of the group alone: "_breed unsure"."""
    return "_breed unsure" if "breed" in model else "_kind unsure"


def _of_answer(answer: Answer, model: str, labels: Mapping[str, str]) -> tuple[str, ...]:
    if answer.status is Status.ANSWERED:
        return (labels[answer.label],)
    if answer.status is Status.NOT_SURE and answer.group:
        return labels[answer.group], unsure(model)
    return ()
