"""The fitting of decisions: what it promises holds on photos that it has not seen."""

from __future__ import annotations

import numpy as np
import pytest

from whatsit import decisions, fitting
from whatsit.decisions import Status
from whatsit.manifest import Label, Promise


def two_classes(count: int, seed: int, sharpness: float = 6.0) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return calibrated probabilities, labels drawn from them, and novelty within the limit."""
    random = np.random.default_rng(seed)
    second = 1 / (1 + np.exp(-sharpness * random.normal(size=count)))
    labels = (random.random(count) < second).astype(np.int64)
    probabilities = np.stack([1 - second, second], axis=-1).astype(np.float32)
    return probabilities, labels, np.full(count, 0.5, np.float32)


def many_classes(count: int, seed: int, classes: int = 30) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    weights = np.exp(random.normal(size=(count, classes)) * 4)
    probabilities = weights / weights.sum(axis=-1, keepdims=True)
    labels = (probabilities.cumsum(axis=-1) < random.random((count, 1))).sum(axis=-1)
    return probabilities.astype(np.float32), labels.clip(max=classes - 1), np.full(count, 0.5, np.float32)


def families(count: int, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Six groups of five labels: the group is clearer than which of its labels it is."""
    random = np.random.default_rng(seed)
    logits = np.repeat(random.normal(size=(count, 6)) * 5, 5, axis=-1) + random.normal(size=(count, 30))
    probabilities = np.exp(logits) / np.exp(logits).sum(axis=-1, keepdims=True)
    labels = (probabilities.cumsum(axis=-1) < random.random((count, 1))).sum(axis=-1)
    return probabilities.astype(np.float32), labels.clip(max=29), np.full(count, 0.5, np.float32)


def wrong_of_answered(threshold: float, probabilities: np.ndarray, labels: np.ndarray) -> float:
    answered = probabilities.max(axis=-1) >= threshold
    return float((probabilities.argmax(axis=-1) != labels)[answered].mean())


def test_every_point_holds_on_new_photos_nearly_always() -> None:
    fresh, truth, _ = two_classes(200_000, seed=1000)
    broken = 0
    for seed in range(40):
        points = fitting.fit(*two_classes(1500, seed), kept=1.0).points
        broken += any(wrong_of_answered(one.threshold, fresh, truth) > one.wrong_at_most for one in points)
    assert broken <= 4  # 5 % of 40 is 2; more than 4 has a chance of 5 %


def test_the_threshold_is_the_smallest_with_at_most_1_of_100_wrong() -> None:
    fitted = fitting.fit(*two_classes(6000, seed=1), kept=1.0)
    good = [one.threshold for one in fitted.points if one.wrong_at_most <= 0.01]
    assert fitted.threshold == min(good)
    assert 0.5 < fitted.threshold < 0.999
    assert fitted.photos == 6000
    assert fitted.novelty_limit == 1.0


def test_the_promise_of_the_chosen_threshold_holds_on_new_photos_nearly_always() -> None:
    fresh, truth, _ = two_classes(50_000, seed=1000, sharpness=3.0)
    promise = Promise(wrong_at_most=0.05)
    chosen = [
        fitting.fit(*two_classes(1500, seed, sharpness=3.0), kept=1.0, promise=promise).threshold
        for seed in range(80)
    ]
    assert min(chosen) < max(chosen)
    broken = sum(wrong_of_answered(one, fresh, truth) > promise.wrong_at_most for one in chosen)
    assert broken <= 5  # 2.5 % of 80 is 2; more than 5 has a chance of 2 %


def test_thresholds_between_those_of_the_grid_are_found_and_promise_what_was_asked() -> None:
    between = 0
    for part in (0.02, 0.03, 0.04, 0.05):
        fitted = fitting.fit(*two_classes(6000, seed=1), kept=1.0, promise=Promise(wrong_at_most=part))
        thresholds = [one.threshold for one in fitted.points]
        assert thresholds == sorted(set(thresholds))
        assert decisions.chosen_point(fitted).wrong_at_most <= part
        below = [one for one in fitted.points if one.threshold < fitted.threshold]
        assert all(one.wrong_at_most > part for one in below)
        between += round(fitted.threshold * 100) % 5 > 0
    assert between >= 2


def test_few_photos_prove_nothing_so_the_strictest_threshold_is_taken() -> None:
    fitted = fitting.fit(*two_classes(30, seed=1), kept=1.0)
    assert fitted.threshold == 0.999
    assert all(one.wrong_at_most > 0.01 for one in fitted.points)


def test_unknown_photos_count_as_set_aside_and_not_as_answers() -> None:
    probabilities, labels, novelty = two_classes(2000, seed=2)
    novelty[:500] = 1.5
    novelty[500] = np.nan
    labels[:501] = 1 - probabilities[:501].argmax(axis=-1)  # all wrong: they would ruin every bound
    fitted = fitting.fit(probabilities, labels, novelty, kept=1499 / 2000)
    alone = fitting.fit(probabilities[501:], labels[501:], novelty[501:], kept=1.0)
    assert [one.wrong_at_most for one in fitted.points] == [one.wrong_at_most for one in alone.points]
    assert fitted.points[0].set_aside == pytest.approx(501 / 2000)


@pytest.mark.parametrize("kept", [0.0, 0.5, 0.9, 0.99, 1.0])
@pytest.mark.parametrize("scale", [0.3, 1.2, 40.0])
def test_the_novelty_limit_is_the_variants_own_and_keeps_the_part_asked_for(
    kept: float, scale: float
) -> None:
    probabilities, labels, _ = two_classes(1000, seed=6)
    novelty = (np.random.default_rng(6).uniform(0.01, 1, 1000) * scale).astype(np.float32)
    fitted = fitting.fit(probabilities, labels, novelty, kept=kept)
    names = [Label(id=number, name=str(number)) for number in range(2)]
    told = [
        decisions.decide(row, float(one), fitted, names)
        for row, one in zip(probabilities, novelty, strict=True)
    ]
    assert sum(one.status is not Status.UNKNOWN for one in told) == round(kept * 1000)
    if fitted.points:
        assert fitted.points[0].set_aside == pytest.approx(1 - kept)


def test_the_novelty_limit_stays_1_where_it_keeps_that_part_already() -> None:
    probabilities, labels, novelty = two_classes(1000, seed=7)
    novelty[:100] = 1.5
    assert fitting.fit(probabilities, labels, novelty, kept=0.9).novelty_limit == 1.0
    assert fitting.fit(probabilities, labels, novelty * 4, kept=0.9).novelty_limit == 4.0


def test_a_photo_without_a_number_for_novelty_is_never_within_the_limit() -> None:
    probabilities, labels, novelty = two_classes(100, seed=8)
    novelty[:10] = [np.nan, np.inf] * 5
    fitted = fitting.fit(probabilities, labels, novelty * 4, kept=1.0)
    assert fitted.novelty_limit == 2.0
    assert fitted.points[0].set_aside == pytest.approx(0.1)


def test_the_chosen_point_is_that_of_the_threshold() -> None:
    fitted = fitting.fit(*two_classes(6000, seed=1), kept=1.0)
    point = decisions.chosen_point(fitted)
    assert point in fitted.points
    assert point.threshold == fitted.threshold
    unsure = np.full((50, 2), 0.5, np.float32)
    nobody = fitting.fit(unsure, np.zeros(50, np.int64), np.zeros(50, np.float32), kept=1.0)
    assert decisions.chosen_point(nobody) is None


def test_two_classes_need_no_short_list() -> None:
    assert fitting.fit(*two_classes(500, seed=3), kept=1.0).short_list is None


def test_a_short_list_holds_the_right_label_as_often_as_it_says() -> None:
    fitted = fitting.fit(*many_classes(3000, seed=4), kept=1.0, promise=Promise(listed=0.9))
    assert fitted.short_list is not None
    probabilities, truth, _ = many_classes(4000, seed=5)
    labels = [Label(id=number, name=str(number)) for number in range(probabilities.shape[-1])]
    hits, given, lengths = [], [], []
    for row, right in zip(probabilities, truth, strict=True):
        answer = decisions.decide(row, 0.5, fitted, labels)
        if answer.status is Status.NOT_SURE:
            given.append(answer.listed > 0)
            hits += [str(right) in answer.reason.split(" or ")] * bool(answer.listed)
            lengths += [answer.listed] * bool(answer.listed)
    assert len(hits) > 500
    assert fitted.short_list.coverage == 0.9
    assert np.mean(hits) == pytest.approx(0.9, abs=0.03)
    assert np.mean(given) == pytest.approx(fitted.short_list.given, abs=0.05)
    assert 2 <= np.mean(lengths) <= max(lengths) <= 4


def test_lists_of_four_that_cannot_hold_95_of_100_say_less() -> None:
    random = np.random.default_rng(9)
    flat = random.dirichlet(np.ones(40), 300).astype(np.float32)
    fitted = fitting.fit(flat, random.integers(0, 40, 300), np.zeros(300, np.float32), kept=1.0)
    assert fitted.short_list is not None
    assert fitted.short_list.coverage < 0.5
    assert 0 < fitted.short_list.given <= 1


def test_the_threshold_keeps_what_is_promised() -> None:
    loose, strict = (
        fitting.fit(*two_classes(6000, seed=1), kept=1.0, promise=Promise(wrong_at_most=part))
        for part in (0.05, 0.01)
    )
    assert loose.threshold < strict.threshold
    assert decisions.chosen_point(loose).wrong_at_most <= 0.05
    assert loose.promise.wrong_at_most == 0.05


def test_groups_are_said_as_often_right_as_promised() -> None:
    groups = [f"group {number // 5}" for number in range(30)]
    names = [Label(id=number, name=str(number), group=group) for number, group in enumerate(groups)]
    promise = Promise(wrong_at_most=0.1)
    fitted = fitting.fit(*families(4000, seed=6), kept=1.0, promise=promise, groups=groups)
    assert fitted.group_threshold is not None
    assert fitting.fit(*families(4000, seed=6), kept=1.0, promise=promise).group_threshold is None
    wrong = []
    for row, right in zip(*families(4000, seed=7)[:2], strict=True):
        answer = decisions.decide(row, 0.5, fitted, names)
        if answer.status is Status.NOT_SURE and answer.group:
            wrong.append(answer.group != groups[right])
    assert len(wrong) > 200
    assert np.mean(wrong) <= 0.1
