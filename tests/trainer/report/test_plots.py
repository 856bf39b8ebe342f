from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import numpy as np

from tests.trainer.results.test_history import row
from trainer.report import plots
from whatsit.predictions import Predictions


def test_curves_take_the_colours_of_the_page_and_tell_stages_apart() -> None:
    rows = [row("head", 1), row("head", 2), row("fit", 1, 0.25), row("fit", 2, 0.75)]
    svg = plots.curve(rows, "log_loss", rows[2])
    words = ["".join(one.itertext()).strip() for one in ET.fromstring(svg).iter() if one.tag.endswith("text")]  # noqa: S314 - our own
    assert {"head", "fit", "train", "tune", "epoch"} <= set(words)
    assert {"var(--train)", "var(--tune)"} <= set(re.findall(r"var\(--\w+\)", svg))
    assert "ring" not in words


def test_a_single_epoch_and_an_unmeasured_one_are_drawn_without_a_warning() -> None:
    one = row("fit", 1, float("nan"))
    assert plots.best_epoch([one], "log_loss") is None
    assert "<svg" in plots.curve([one], "log_loss", None)


def test_two_figures_of_a_page_share_no_id() -> None:
    rows = [row("fit", 1), row("fit", 2)]
    first, second = (
        set(re.findall(r'id="([^"]+)"', plots.curve(rows, kind, None))) for kind in ("accuracy", "log_loss")
    )
    assert not first & second


def test_the_best_epoch_is_of_the_last_stage() -> None:
    rows = [row("head", 1, 0.01), row("fit", 1, 0.5), row("fit", 2, 0.25), row("fit", 3, 0.75)]
    assert plots.best_epoch(rows, "log_loss") == rows[2]
    assert plots.best_epoch(rows, "accuracy") == rows[1]


def test_reliability_of_few_photos_is_drawn() -> None:
    probabilities = np.array([[1.0, 0.0], [0.5, 0.5], [0.2, 0.8]], np.float32)
    given = Predictions(("a", "b", "c"), np.array([0, 1, 0]), {"probabilities": probabilities})
    svg = plots.reliability(given)
    assert "confidence" in svg
    assert "mathdefault" not in svg
