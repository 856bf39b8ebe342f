from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from tests.conftest import ROOT
from whatsit import bundle as bundles
from whatsit.decisions import UNCALIBRATED, Status, decide
from whatsit.fitting import fit
from whatsit.manifest import Decision, Label, ShortList, fine_grained

LABELS = [Label(id=place, name=name, group=name[:1]) for place, name in enumerate(("cat", "dog", "cow"))]
DECISION = Decision(threshold=0.8, novelty_limit=1.0, photos=100)


def probabilities(*values: float) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    return np.array(values, np.float32)


def test_labels_in_groups_are_look_alikes_and_every_answer_knows() -> None:
    plain = [label.model_copy(update={"group": ""}) for label in LABELS]
    few = [*plain[:2], LABELS[2]]  # as of the breeds one belongs to no family
    for values, novelty in ((0.05, 0.9, 0.05), 0.2), ((0.3, 0.4, 0.3), 0.2), ((0.0, 1.0, 0.0), 2.0):
        said = [
            decide(probabilities(*values), novelty, DECISION, labels).fine_grained
            for labels in (LABELS, few, plain)
        ]
        assert said == [True, True, False]


@pytest.mark.parametrize(("name", "said"), [("breeds", True), ("cats-dogs", False), ("age", False)])
def test_of_the_bundles_that_ship_the_breeds_are_look_alikes(name: str, said: bool) -> None:
    assert fine_grained(bundles.read(ROOT / "models" / name).manifest.labels) is said


def test_a_sure_photo_is_answered_with_its_candidates_best_first() -> None:
    answer = decide(probabilities(0.05, 0.9, 0.05), 0.2, DECISION, LABELS)
    assert (answer.status, answer.label, answer.group) == (Status.ANSWERED, "dog", "d")
    assert answer.confidence == pytest.approx(0.9)
    assert [one.label for one in answer.candidates] == ["dog", "cat", "cow"]
    assert answer.reason == ""


def test_at_the_threshold_it_is_answered() -> None:
    decision = Decision(threshold=float(np.float32(0.8)), photos=100)
    assert decide(probabilities(0.8, 0.2, 0), 0, decision, LABELS).status is Status.ANSWERED


def test_below_it_the_likely_labels_are_named() -> None:
    answer = decide(probabilities(0.45, 0.55), 0.2, DECISION, LABELS[:2])
    assert (answer.status, answer.label, answer.reason) == (Status.NOT_SURE, "", "dog or cat")


def test_the_short_list_holds_what_is_likely_enough() -> None:
    decision = Decision(threshold=0.8, photos=100, short_list=ShortList(minimum=0.2, coverage=0.9))
    answer = decide(probabilities(0.3, 0.4, 0.3), 0, decision, LABELS)
    assert (answer.listed, answer.reason) == (3, "dog or cat or cow")
    answer = decide(probabilities(0.1, 0.75, 0.15), 0, decision, LABELS)
    assert (answer.listed, answer.reason, answer.group) == (2, "dog or cow", "")


def test_a_list_too_long_to_help_is_not_given() -> None:
    decision = Decision(threshold=0.8, photos=100, short_list=ShortList(minimum=0.1, coverage=0.9))
    labels = [Label(id=place, name=f"label {place}") for place in range(8)]
    answer = decide(np.full(8, 1 / 8, np.float32), 0, decision, labels)
    assert (answer.status, answer.listed, answer.group) == (Status.NOT_SURE, 0, "")
    assert answer.reason == "none of its labels stands out"
    assert len(answer.candidates) == 5
    assert decide(probabilities(*[0.2] * 5, 0, 0, 0), 0, decision, labels).listed == 0
    assert decide(probabilities(*[0.25] * 4, 0, 0, 0, 0), 0, decision, labels).listed == 4


def test_the_group_is_said_where_its_labels_together_are_sure() -> None:
    decision = Decision(threshold=0.8, photos=100, group_threshold=0.9)
    answer = decide(probabilities(0.5, 0.04, 0.46), 0, decision, LABELS)
    assert (answer.status, answer.label, answer.group) == (Status.NOT_SURE, "", "c")
    assert answer.reason == "c: cat or cow"
    assert decide(probabilities(0.45, 0.15, 0.4), 0, decision, LABELS).group == ""
    many = [Label(id=place, name=f"label {place}", group="terrier") for place in range(8)]
    listless = decision.model_copy(update={"short_list": ShortList(minimum=0.1, coverage=0.9)})
    assert decide(np.full(8, 1 / 8, np.float32), 0, listless, many).reason == "terrier, not sure which"


def test_unknown_is_decided_first() -> None:
    answer = decide(probabilities(0.0, 1.0, 0.0), 1.01, DECISION, LABELS)
    assert (answer.status, answer.label, answer.novelty) == (Status.UNKNOWN, "", 1.01)


@pytest.mark.parametrize("novelty", [float("nan"), float("inf")])
def test_novelty_that_is_no_number_is_unknown(novelty: float) -> None:
    assert decide(probabilities(0, 1, 0), novelty, DECISION, LABELS).status is Status.UNKNOWN


def test_without_novelty_nothing_is_unknown() -> None:
    answer = decide(probabilities(0.0, 1.0, 0.0), None, DECISION, LABELS)
    assert (answer.status, answer.label, answer.novelty) == (Status.ANSWERED, "dog", None)


def test_without_photos_the_best_label_is_the_answer_and_says_that_nobody_measured() -> None:
    assert DECISION.calibrated
    for decision in (UNCALIBRATED, Decision(threshold=0.99)):
        answer = decide(probabilities(0.3, 0.4, 0.3), None, decision, LABELS)
        assert (answer.status, answer.label, answer.reason) == (Status.ANSWERED, "dog", "not calibrated")
        assert answer.confidence == pytest.approx(0.4)
        assert not answer.calibrated
    assert decide(probabilities(0.0, 1.0, 0.0), 1.01, UNCALIBRATED, LABELS).status is Status.UNKNOWN
    nan = decide(probabilities(*[float("nan")] * 3), None, UNCALIBRATED, LABELS)
    assert (nan.status, nan.calibrated) == (Status.NOT_SURE, False)


def test_probabilities_that_are_no_numbers_are_never_an_answer() -> None:
    nan = float("nan")
    assert decide(probabilities(nan, nan, nan), 0, DECISION, LABELS).status is Status.NOT_SURE


@given(some.lists(some.floats(0.01, 1), min_size=2, max_size=30), some.floats(0, 2), some.floats(0, 1))
def test_every_photo_ends_in_exactly_one_state(
    weights: list[float], novelty: float, threshold: float
) -> None:
    values = (np.array(weights) / sum(weights)).astype(np.float32)
    labels = [Label(id=place, name=f"label {place}") for place in range(len(weights))]
    answer = decide(values, novelty, Decision(threshold=threshold, photos=100), labels)
    assert (answer.status is Status.UNKNOWN) == (novelty > 1)
    assert (answer.label != "") == (answer.status is Status.ANSWERED)
    assert (answer.reason == "") == (answer.status is Status.ANSWERED)
    assert len(answer.candidates) == min(len(weights), 5)
    assert answer.candidates[0].confidence == values.max()


def photos_of(count: int, wrong_below: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:  # type: ignore[type-arg]
    """Two classes; a photo less sure than `wrong_below` is wrong half of the time."""
    dice = np.random.default_rng(0)
    sure = dice.uniform(0.5, 1, count)
    right = (sure >= wrong_below) | (dice.uniform(size=count) < 0.5)
    labels = dice.integers(0, 2, count)
    best = np.where(right, labels, 1 - labels)
    values = np.where(best[:, None] == np.arange(2), sure[:, None], 1 - sure[:, None])
    return values.astype(np.float32), labels.astype(np.int64), np.zeros(count, np.float32)


def test_the_fitted_threshold_keeps_its_promise() -> None:
    decision = fit(*photos_of(20_000, wrong_below=0.8), kept=1.0)
    values, labels, _ = photos_of(10_000, wrong_below=0.8)
    answered = values.max(axis=1) >= decision.threshold
    wrong = (values.argmax(axis=1) != labels) & answered
    assert 0.75 <= decision.threshold <= 0.9
    assert wrong.sum() / answered.sum() <= 0.01
    assert decision.photos == 20_000


def test_points_give_up_photos_for_being_right() -> None:
    points = fit(*photos_of(20_000, wrong_below=0.8), kept=1.0).points
    aside = [point.set_aside for point in points]
    assert aside == sorted(aside)
    assert points[0].wrong_at_most > points[-1].wrong_at_most
