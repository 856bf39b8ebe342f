from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from whatsit import tasks
from whatsit.classifier import Classifier
from whatsit.errors import DeviceError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from whatsit.bundle import Bundle
    from whatsit.graph import Outputs


@pytest.mark.parametrize(
    ("room", "expected"), [(20, [32, 16, 16]), (8, [32, 16, 8, 8, 16, 8, 8]), (0, [32, 16, 8, 4, 2, 1])]
)
def test_a_group_is_halved_until_it_fits_and_no_further_than_one(
    tiny: Bundle, monkeypatch: pytest.MonkeyPatch, room: int, expected: list[int]
) -> None:
    asked: list[int] = []
    whole = Classifier.predict

    def with_room(self: Classifier, pixels: NDArray[np.uint8]) -> Outputs:
        asked.append(len(pixels))
        if len(pixels) > room:
            raise DeviceError("no memory.")
        return whole(self, pixels)

    classifier = Classifier.open(tiny, "cpu", "fp32")
    spec = tiny.manifest.input
    shape = (32, spec.height, spec.width, 3)
    taken = list(np.random.default_rng(0).integers(0, 256, shape, dtype=np.uint8))
    straight = classifier.predict(np.stack(taken))
    monkeypatch.setattr(Classifier, "predict", with_room)
    told = tasks.told(taken, classifier)
    assert asked == expected  # what comes after one that failed is not tried: each try may take minutes
    if room == 0:
        assert isinstance(told, DeviceError)
        return
    assert not isinstance(told, Exception)
    outputs, evidence = told
    assert len(evidence) == 32
    for name, values in straight.arrays.items():
        assert np.allclose(outputs.arrays[name], values, atol=1e-5), name
