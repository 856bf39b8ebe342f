from __future__ import annotations

from pathlib import Path

import pytest

from whatsit.decisions import Answer, Status, Then
from whatsit.photos import Photo
from whatsit.sorting import Sortable, folders

DOG = Answer(Status.ANSWERED, label="dog")


def asked(answer: Answer, then: Answer | None, model: str = "breeds") -> Answer:
    return Answer(answer.status, answer.label, group=answer.group, then=Then(model, then) if then else None)


@pytest.mark.parametrize(
    ("answer", "then", "folder"),
    [
        (DOG, None, "dog"),
        (Answer(Status.NOT_SURE), None, "_not sure"),
        (Answer(Status.NOT_SURE, group="terrier"), None, "terrier/_kind unsure"),
        (Answer(Status.UNKNOWN), None, "_unknown"),
        (DOG, Answer(Status.ANSWERED, label="beagle"), "dog/beagle"),
        (DOG, Answer(Status.NOT_SURE), "dog/_breed unsure"),
        (DOG, Answer(Status.UNKNOWN), "dog/_unknown"),
        (DOG, Answer(Status.NOT_SURE, group="terrier"), "dog/terrier/_breed unsure"),
        (DOG, Answer(Status.NOT_SURE, group="dog"), "dog/_breed unsure"),
        (Answer(Status.NOT_SURE, group="dog"), Answer(Status.ANSWERED, label="beagle"), "dog/beagle"),
    ],
)
def test_an_answer_leads_to_a_folder(answer: Answer, then: Answer | None, folder: str) -> None:
    item = Sortable(Photo(Path("a.jpg"), "a.jpg"), asked(answer, then))
    labels = folders.of_labels([item])
    assert "/".join(folders.of_item(item, "animals", labels)) == folder


def test_a_persons_word_goes_before_every_model() -> None:
    for said, folder in (("wolf", "wolf"), ("_unknown", "_unknown"), ("a/b", "a-b")):
        item = Sortable(Photo(Path("a.jpg"), "a.jpg"), asked(DOG, DOG), said)
        assert folders.of_item(item, "breeds", folders.of_labels([item])) == (folder,)
