from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from exporter import value_checks as values
from exporter.checks import Checks
from whatsit.errors import CheckError
from whatsit.predictions import Predictions

if TYPE_CHECKING:
    from whatsit.manifest import VariantName

COUNT = 400


def predictions(
    shift: float = 0.0, flipped: int = 0, scale: float = 1.0, wrong_from: int = COUNT
) -> Predictions:
    """Return predictions that are all right, but for the first `flipped`; `shift` moves every probability."""
    labels = np.arange(COUNT) % 2
    sure = np.full(COUNT, 0.9) - shift
    sure[:flipped] = 0.2
    probabilities = np.empty((COUNT, 2), np.float32)
    probabilities[np.arange(COUNT), labels] = sure
    probabilities[np.arange(COUNT), 1 - labels] = 1 - sure
    features = np.linspace(0, 50, COUNT * 3, dtype=np.float32).reshape(COUNT, 3) * np.float32(scale)
    paths = tuple(f"{number}.jpg" for number in range(COUNT))
    given = labels.copy()
    given[wrong_from:] = 1 - given[wrong_from:]
    return Predictions(paths, given, {"probabilities": probabilities, "features": features})


def test_fp32_passes_within_a_ten_thousandth() -> None:
    checks = Checks()
    values.check_against_keras(checks, predictions(shift=5e-5, scale=1 + 5e-5), predictions())
    assert [check.name for check in checks.verdicts] == [
        "values of probabilities",
        "values of features",
        "same answers",
        "accuracy lost",
    ]
    assert all(check.passed and check.limit for check in checks.verdicts)
    assert [one.name for one in checks.measurements] == ["log loss lost"]


@pytest.mark.parametrize(
    ("given", "name"),
    [
        (predictions(shift=3e-4), "values of probabilities"),
        (predictions(scale=1 + 3e-4), "values of features"),
        (predictions(scale=float("nan")), "values of features"),
    ],
)
def test_fp32_fails_beyond_it(given: Predictions, name: str) -> None:
    with pytest.raises(CheckError, match=f"check '{name}' failed for fp32"):
        values.check_against_keras(Checks(), given, predictions())


def test_fp32_is_asked_for_every_answer_but_ties() -> None:
    def nearly(one: Predictions, lead: float, photos: int) -> Predictions:
        one.probabilities[:photos] = [0.5 + lead / 2, 0.5 - lead / 2]
        return one

    checks = Checks()
    values.check_against_keras(checks, nearly(predictions(), -5e-6, 3), nearly(predictions(), 5e-6, 3))
    same = next(check for check in checks.verdicts if check.name == "same answers")
    assert (same.measured, same.limit) == ("397 of 397 (100.00 %)", "every photo with a lead of 0.0002")
    with pytest.raises(CheckError, match="failed for fp32"):
        values.check_against_keras(
            Checks(), nearly(predictions(), -2e-4, 3), nearly(predictions(), 2.1e-4, 3)
        )


def test_int8_may_differ_in_values_but_not_in_more_than_15_of_1000_answers() -> None:
    checks = Checks("int8")
    values.check_against_keras(checks, predictions(shift=0.1, flipped=2, scale=1.2), predictions())
    assert "398 of 400 (99.50 %)" in {check.measured for check in checks.done}
    lost = next(check for check in checks.done if check.name == "accuracy lost")
    assert lost.measured.startswith("0.50 points, 95 % interval ")
    assert [one.name for one in checks.measurements] == [
        "values of probabilities",
        "values of features",
        "log loss lost",
    ]
    assert [one.name for one in checks.verdicts] == ["same answers", "accuracy lost"]
    with pytest.raises(CheckError, match="'same answers' failed for int8"):
        values.check_against_keras(Checks("int8"), predictions(flipped=7), predictions())


def test_of_many_labels_more_answers_may_change() -> None:
    assert values.limits("int8", 2) == values.limits("int8", 10)
    assert values.limits("int8", 120).same_answers == 0.96
    assert values.limits("fp32", 120) == values.limits("fp32", 2)


def test_too_few_photos_to_be_sure_of_a_limit_are_said() -> None:
    def said(variant: VariantName, flipped: int) -> bool:
        checks = Checks(variant)
        values.check_against_keras(checks, predictions(flipped=flipped), predictions())
        lost = next(check for check in checks.done if check.name == "accuracy lost")
        assert lost.passed
        return lost.measured.endswith("; too few photos to be sure of it")

    assert said("int8", 2)  # half a point, and up to twice as much by chance
    assert not said("int8", 0)  # at most 0.49


def test_int8_may_not_cost_more_than_half_a_point() -> None:
    with pytest.raises(CheckError, match=r"'accuracy lost' failed for int8: 0\.75 points"):
        values.check_against_keras(Checks("int8"), predictions(flipped=3), predictions())


def test_the_interval_holds_the_difference_and_is_never_a_point() -> None:
    checks = Checks()
    values.check_against_keras(checks, predictions(), predictions())
    lost = next(check for check in checks.done if check.name == "accuracy lost")
    assert lost.measured == "0.00 points, 95 % interval -0.49 to 0.49; 100.00 % right"


def test_lost_log_loss_is_a_mean_over_photos() -> None:
    rise, low, high = values.lost_log_loss(predictions(shift=0.1), predictions())
    assert rise == pytest.approx(np.log(0.9 / 0.8), abs=1e-5)
    assert low <= rise <= high
    surer = predictions(shift=-0.09999999)
    assert np.isfinite(values.lost_log_loss(surer, predictions(flipped=3))).all()


def test_time_is_that_of_one_photo() -> None:
    seen = []

    def outputs_of(pixels: np.ndarray) -> dict[str, np.ndarray]:
        seen.append(pixels.shape)
        return {}

    assert values.seconds_per_photo(outputs_of, np.zeros((3, 4, 4, 3), np.uint8)) < 0.01
    assert set(seen) == {(16, 4, 4, 3)}
