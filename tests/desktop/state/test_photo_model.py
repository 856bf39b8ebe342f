from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtTest import QAbstractItemModelTester

from desktop.state.filter_model import FilterModel
from desktop.state.filters import ALL, Filter
from desktop.state.photo_list import entries
from desktop.state.photo_model import PhotoModel, Role
from whatsit.decisions import Answer, Candidate, Status
from whatsit.photos import Photo

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel

pytestmark = pytest.mark.usefixtures("qapp")
CAT, DOG = Filter(Status.ANSWERED, "cat"), Filter(Status.ANSWERED, "dog")
FAILED = Filter(Status.FAILED)


def photos(count: int) -> list[Photo]:
    return [Photo(Path(f"/photos/{number}.jpg"), f"{number}.jpg") for number in range(count)]


def labelled(label: str) -> Answer:
    return Answer(Status.ANSWERED, label, 0.9, (Candidate(label, 0.9),))


def watched(model: QAbstractItemModel) -> QAbstractItemModelTester:
    return QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)


def show_only(model: PhotoModel, chosen: Filter) -> None:
    model.show(replace(model.shown, filter=chosen))


def names(model: PhotoModel) -> list[str]:
    return [model.card(row).photo.name for row in range(model.rowCount())]


def test_photos_appear_in_the_order_found_and_wait_for_their_answers() -> None:
    model = PhotoModel()
    tester = watched(model)
    model.add(list(entries(photos(3))))
    assert names(model) == ["0.jpg", "1.jpg", "2.jpg"]
    assert model.index(1).data(Role.CARD).answer is None
    assert model.index(1).data() == "Waiting, 1.jpg"
    model.answer([(1, labelled("cat"))])
    assert model.index(1).data() == "Cat, 90% sure, 1.jpg"
    del tester


def test_a_filter_shows_what_is_filed_there_and_goes_on_filling() -> None:
    model = PhotoModel()
    tester = watched(model)
    model.add(list(entries(photos(6))))
    model.answer([(0, labelled("cat")), (1, labelled("dog")), (2, labelled("cat"))])
    show_only(model, CAT)
    assert names(model) == ["0.jpg", "2.jpg"]
    model.answer([(3, labelled("cat")), (4, Answer(Status.FAILED, reason="empty"))])
    model.settle()
    assert names(model) == ["0.jpg", "2.jpg", "3.jpg"]
    show_only(model, FAILED)
    assert names(model) == ["4.jpg"]
    show_only(model, ALL)
    assert len(names(model)) == 6
    del tester


def test_a_photo_that_is_filed_elsewhere_leaves_the_filter() -> None:
    model = PhotoModel()
    tester = watched(model)
    model.add(list(entries(photos(3))))
    model.answer([(number, labelled("cat")) for number in range(3)])
    show_only(model, CAT)
    model.answer([(1, labelled("dog"))])
    model.settle()
    assert names(model) == ["0.jpg", "2.jpg"]
    model.answer([(1, labelled("cat"))])
    model.settle()
    assert names(model) == ["0.jpg", "1.jpg", "2.jpg"]
    del tester


def test_whatever_the_order_of_answers_counts_and_rows_agree() -> None:
    chance = random.Random(0)  # noqa: S311 - no secret
    model = PhotoModel()
    tester = watched(model)
    answers = [labelled("cat"), labelled("dog"), Answer(Status.FAILED), Answer(Status.SKIPPED)]
    for _ in range(60):
        model.add(list(entries(photos(chance.randrange(4)))))
        count = len(model.collection)
        chosen = chance.sample(range(count), min(count, chance.randrange(1, 6))) if count else []
        if chosen:
            model.answer([(number, chance.choice(answers)) for number in chosen])
        show_only(model, chance.choice([ALL, CAT, DOG, FAILED]))
        model.settle()
        counts = model.collection.counts()
        assert model.rowCount() == counts[model.filter]
    places = [model.collection.place(number) for number in range(len(model.collection))]
    for one in (CAT, DOG, FAILED, Filter(Status.SKIPPED)):
        assert counts[one] == places.count(one)
    del tester


def test_the_very_photo_is_found_again() -> None:
    model = PhotoModel()
    model.add(list(entries([Photo(Path("/a.jpg"), "a.jpg"), Photo(Path("/a.jpg"), "a.jpg")])))
    assert model.row_of(1) == 1
    show_only(model, CAT)
    assert model.row_of(1) == -1


def test_the_filters_count_every_status_and_add_up_to_what_was_found() -> None:
    model = PhotoModel()
    filters = FilterModel(model)
    tester = watched(filters)
    filters.set_labels(["cat", "dog"])
    model.add(list(entries(photos(7))))
    every = [labelled("cat"), labelled("dog"), labelled("dog")]
    every += [Answer(status) for status in (Status.NOT_SURE, Status.UNKNOWN, Status.FAILED, Status.SKIPPED)]
    model.answer(list(enumerate(every)))
    said = [filters.index(row).data() for row in range(filters.rowCount())]
    assert said == [
        "All photos, 7",
        "Answers",
        "Cat, 1",
        "Dog, 2",
        "Needs a look",
        "Not sure, 1",
        "Unknown, 1",
        "Failed, 1",
        "Skipped, 1",
    ]
    del tester


def test_a_model_of_many_labels_lists_those_that_photos_have() -> None:
    model = PhotoModel()
    filters = FilterModel(model)
    filters.set_labels([f"breed {number}" for number in range(120)])
    model.add(list(entries(photos(2))))
    model.answer([(0, labelled("breed 7"))])
    said = [filters.index(row).data() for row in range(filters.rowCount())]
    assert [one for one in said if "reed" in one] == ["Breed 7, 1"]


def test_headings_cannot_be_chosen() -> None:
    filters = FilterModel(PhotoModel())
    headings = [row for row in range(filters.rowCount()) if "," not in filters.index(row).data()]
    assert headings
    assert all(not filters.flags(filters.index(row)) for row in headings)
