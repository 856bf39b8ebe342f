"""A chain of models in the real window: a next model is asked about photos and the webcam alike."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from desktop import app
from desktop.actions import Do
from desktop.settings import Settings
from desktop.state import camera_choice
from desktop.views.models import Models
from tests.helpers import second_bundle
from tests.helpers.cameras import BLUE, FRONT, FakeCameras, image_of
from tests.helpers.windows import OpenWindow, folder_of, wait_until_done
from whatsit import batch, chain, photos, shelf
from whatsit import bundle as bundles
from whatsit.classifier import Classifier

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.main_window import MainWindow
    from whatsit.bundle import Bundle
    from whatsit.decisions import Answer


@pytest.fixture
def shades(tmp_path: Path) -> Bundle:
    return shelf.add(second_bundle.make(tmp_path / "made" / "shades").folder)


def ask_next(qtbot: QtBot, window: MainWindow, answer: str, model: str) -> None:
    """Choose in the models, by the keyboard, who is asked about an answer."""
    qtbot.waitUntil(lambda: window.room.session.classifier is not None)
    qtbot.keyClick(window, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    models = next(one for one in window.room.dialogs.open.values() if isinstance(one, Models))
    qtbot.waitUntil(lambda: answer in models.next.boxes and window.room.dialogs.shelf._job is None)
    box = models.next.boxes[answer]
    for _ in range(box.findText(model)):
        qtbot.keyClick(box, Qt.Key.Key_Down)
    assert window.room.session.chaining.steps
    qtbot.keyClick(models, Qt.Key.Key_Escape)


def titles(window: MainWindow) -> list[str]:
    model = window.room.session.photos
    return [model.index(row).data().split(",")[0] for row in range(model.rowCount())]


def alike(one: Answer | None, other: Answer | None) -> bool:
    """Say whether two answers are one; a model's last digits depend on which photos were a batch."""
    if one is None or other is None:
        return one is other
    first, second = ({each.label: each.confidence for each in both.candidates} for both in (one, other))
    then = alike(one.then.answer, other.then.answer) if one.then and other.then else one.then is other.then
    return then and first == pytest.approx(second, abs=1e-5) and _fixed(one) == _fixed(other)


def _fixed(answer: Answer) -> tuple[object, ...]:
    then = answer.then.model if answer.then else ""
    return answer.status, answer.label, answer.group, answer.listed, then


def answered(window: MainWindow, wanted: list[Answer]) -> bool:
    """Say whether every photo has the answer that is wanted."""
    model = window.room.session.photos
    shown = [model.card(row).answer for row in range(model.rowCount())]
    return len(shown) == len(wanted) and all(map(alike, shown, wanted))


def test_photos_are_asked_about_as_the_command_line_does(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, tiny: Bundle, shades: Bundle, strangers: list[str]
) -> None:
    folder = folder_of(tmp_path / "photos", "red", "blue", "grey", "green", each=3)
    window = open_window(folder)
    wait_until_done(qtbot, window)
    ask_next(qtbot, window, "warm", "Shades")
    first = Classifier.open(tiny, "cpu", "fp32")
    expected = chain.Chain.open(first, ["warm=shades"], "cpu", "fp32")
    wanted = [one.answer for one in chain.classify(photos.scan([folder]), expected)]
    strangers.clear()  # the expected answers were made here
    qtbot.waitUntil(lambda: answered(window, wanted))
    assert titles(window)[:2] == ["Warm · Rose", "Cold"]
    assert window.room.panel.then.text() == "Rose, >99% sure (Shades)"
    window.open([folder])  # another folder, or this one again, is asked about too
    qtbot.waitUntil(lambda: answered(window, wanted))
    assert not strangers
    assert shades.manifest.name == "shades"


def test_a_model_and_a_chain_that_were_chosen_are_there_the_next_time(
    open_window: OpenWindow, qtbot: QtBot, shades: Bundle
) -> None:
    window = open_window()
    assert not Settings().model
    ask_next(qtbot, window, "warm", "Shades")
    session = window.room.session
    kept = (session.choice.name, ("warm=shades",))
    assert (Settings().model, Settings().chain) == kept
    begun = app._session(app.Start(), Settings())
    assert (begun.choice.name, begun.chaining.steps) == kept
    assert app._session(app.Start(model=session.choice.name), Settings()).chaining.steps == kept[1]
    assert not app._session(app.Start(model="another"), Settings()).chaining.steps
    session.use(replace(session.choice, device="auto"))
    assert (Settings().model, Settings().chain) == kept  # another device is no other model
    session.use(replace(session.choice, name="shades"))
    assert (Settings().model, Settings().chain) == ("shades", ())
    assert app._session(app.Start(), Settings()).choice.name == "shades"
    qtbot.waitUntil(lambda: session.classifier is not None)
    assert shades


def test_labels_of_a_next_model_are_called_as_its_bundle_does(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, shades: Bundle
) -> None:
    manifest = shades.manifest
    named = [one.model_copy(update={"names": {"en": f"pale {one.name}"}}) for one in manifest.labels]
    bundles.write(shades.folder, manifest.model_copy(update={"labels": tuple(named)}))
    window = open_window(folder_of(tmp_path / "photos", "red"))
    wait_until_done(qtbot, window)
    ask_next(qtbot, window, "warm", "Shades")
    qtbot.waitUntil(lambda: titles(window) == ["Warm · Pale rose"])


def test_a_next_model_of_look_alikes_says_what_a_photo_looks_most_like(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    shelf.add(second_bundle.make(tmp_path / "made" / "shades", group="tint").folder)
    window = open_window(folder_of(tmp_path / "photos", "red", "blue"))
    wait_until_done(qtbot, window)
    ask_next(qtbot, window, "warm", "Shades")
    qtbot.waitUntil(lambda: titles(window) == ["Warm · Looks most like rose", "Cold"])
    assert window.room.panel.heading.text() == "Warm"
    assert window.room.panel.then.text() == "Looks most like rose, >99% sure (Shades)"


def test_another_threshold_leads_to_other_photos(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, shades: Bundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window(folder_of(tmp_path / "photos", "red", "grey"))
    wait_until_done(qtbot, window)
    ask_next(qtbot, window, "warm", "Shades")
    qtbot.waitUntil(lambda: titles(window)[0] == "Warm · Rose")
    window.room.session.decide(1.0)
    assert "·" not in titles(window)[0]  # not sure leads nowhere
    asked: list[object] = []
    real = batch.classify
    monkeypatch.setattr(batch, "classify", lambda *given: (asked.append(given), real(*given))[1])
    window.room.session.decide(0.8)
    assert titles(window)[0] == "Warm · Rose"  # known: nobody is asked again
    qtbot.wait(400)
    assert not asked
    assert shades


def test_the_webcam_asks_too_and_the_chain_ends(
    open_window: OpenWindow, qtbot: QtBot, shades: Bundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    cameras = FakeCameras(FRONT)
    monkeypatch.setattr(camera_choice, "_cameras", lambda: cameras)
    window = open_window()
    ask_next(qtbot, window, "warm", "Shades")
    qtbot.mouseClick(window.toolbar.buttons[window.actions_by_name[Do.WEBCAM]], Qt.MouseButton.LeftButton)
    then = window.room.webcam.panel.then
    qtbot.waitUntil(lambda: then.text() == "Rose, >99% sure (Shades)")
    cameras.image = image_of(BLUE)
    qtbot.waitUntil(lambda: window.room.webcam.panel.heading.text() == "Cold")
    assert not then.text()
    window.room.session.chaining.ask(())
    assert window.room.session.chaining.chain is None
    assert shades
