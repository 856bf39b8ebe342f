"""A Keras file of the tiny run's network, and its bundle."""

from __future__ import annotations

from typing import TYPE_CHECKING

import keras
import pytest

from tests.helpers.foreign import export
from whatsit import bundle as bundles

if TYPE_CHECKING:
    from pathlib import Path

    from whatsit.bundle import Bundle
    from whatsit.run import Run


@pytest.fixture(scope="session")
def colours(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Keras file that tells warm from cold and has no other output; beside it its labels."""
    folder = tmp_path_factory.mktemp("foreign")
    model = keras.saving.load_model(run.model_file)
    keras.Model(model.input, model.output["probabilities"]).save(folder / "My Colours.keras")
    (folder / "labels.txt").write_text("warm\ncold\n", encoding="utf-8")
    return folder / "My Colours.keras"


@pytest.fixture(scope="session")
def plain(colours: Path, tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    """The bundle of that file, made without labelled photos."""
    place = tmp_path_factory.mktemp("plain")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WHATSIT_HOME", str(tmp_path_factory.mktemp("home")))
        assert export(colours, place) == 0
    return bundles.read(place / "my-colours")
