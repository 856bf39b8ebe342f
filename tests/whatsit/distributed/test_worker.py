from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("fsspec", reason="needs the extra [distributed]: make test-distributed")
pytest.importorskip("pyarrow", reason="needs the extra [distributed]: make test-distributed")

import fsspec

import whatsit
from tests.helpers import hostile, second_bundle
from tests.helpers.beyond import require_alike
from tests.helpers.tiny_bundle import picture
from whatsit import chain as chains
from whatsit import graph, photos, results
from whatsit.chain import Chain
from whatsit.classifier import Classifier
from whatsit.distributed import bundles, entries, lots, parts
from whatsit.distributed.order import Model, Order, Share
from whatsit.distributed.places import Place
from whatsit.distributed.worker import Worker
from whatsit.errors import BundleError, WhatsitError
from whatsit.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from whatsit.bundle import Bundle

OUT = "memory://answers"


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setitem(os.environ, graph.CORES, "1")  # what a worker sets ends with the test
    yield
    fsspec.filesystem("memory").store.clear()


@pytest.fixture
def order(tiny: Bundle) -> Order:
    sent = bundles.send(str(tiny.folder), Place.of(OUT))
    return Order(Model(sent, (), "cpu", "fp32"), "", OUT, Limits(), Share(), whatsit.__version__)


def rows(order: Order, asked: str) -> list[results.PhotoRecord]:
    place = Place.of(OUT)
    lots.write(place, 0, list(entries.found([asked])))
    worker = Worker(order)
    assert worker.answer(0) == len(list(parts.records(place)))
    return list(parts.records(place))


def test_a_worker_says_what_one_process_says_of_all_that_folders_hold(
    order: Order, tiny: Bundle, tmp_path: Path
) -> None:
    second = second_bundle.make(tmp_path / "shades")
    folder = tmp_path / "photos"
    folder.mkdir()
    hostile.make(folder)
    chain = Chain.open(Classifier.open(tiny, "cpu", "fp32"), [f"warm={second.folder}"], "cpu", "fp32")
    here = [results.photo_record(one, "tiny") for one in chains.classify(photos.scan([folder]), chain)]
    sent = bundles.send(str(second.folder), Place.of(OUT))
    order = replace(order, model=replace(order.model, then=(("warm", sent),)))
    there = rows(order, str(folder))
    assert len({one.status for one in there}) >= 3
    assert any(one.then for one in there)
    require_alike(there, here)


def test_photos_of_another_file_system_are_answered_alike(order: Order, tmp_path: Path) -> None:
    system = fsspec.filesystem("memory")
    for name, colour in {"a/red.png": (220, 30, 40), "b/blue.jpg": (20, 60, 200)}.items():
        file = tmp_path / name
        file.parent.mkdir()
        file.write_bytes(picture(colour, file.suffix[1:]))
        system.pipe_file(f"/photos/{name}", file.read_bytes())
    far = rows(replace(order, source="memory://photos"), "memory://photos")
    Place.of(OUT).remove(parts.name(0))
    near = rows(order, str(tmp_path))
    assert [one.label for one in far] == ["warm", "cold"]
    require_alike(far, near)


def test_what_is_answered_is_not_answered_again(order: Order, tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(b"bad")
    first = rows(order, str(tmp_path))
    (tmp_path / "a.jpg").unlink()
    assert Worker(order).answer(0) == 1
    assert list(parts.records(Place.of(OUT))) == first


def test_a_lot_that_workers_died_of_is_left(order: Order, tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(b"bad")
    place = Place.of(OUT)
    lots.write(place, 0, list(entries.found([str(tmp_path)])))
    place.write(lots.tries(0), b"2")
    assert Worker(order).answer(0) is None
    place.write(lots.tries(0), b"1")
    assert Worker(order).answer(0) == 1


def test_a_worker_keeps_to_its_cores(order: Order, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1, 2, 3}, raising=False)
    Worker(replace(order, share=Share(cores=3)))
    assert graph.cores() == 3


def test_another_whatsit_is_refused(order: Order) -> None:
    with pytest.raises(WhatsitError, match=r"has Whatsit .*, not 0\.0\.1\. Install the same everywhere"):
        Worker(replace(order, version="0.0.1"))


def test_a_machine_without_the_model_gets_it_once(
    order: Order, tiny: Bundle, own_home: Path, tmp_path: Path
) -> None:
    elsewhere = replace(order.model.first, folder=str(tmp_path / "not here"))
    got = bundles.received(elsewhere, Place.of(OUT))
    assert own_home in got.folder.parents
    assert got.sha256 == tiny.sha256
    assert Classifier.open(got, "cpu", "fp32").bundle.folder == got.folder
    Place.of(OUT).remove(elsewhere.file)
    assert bundles.received(elsewhere, Place.of(OUT)) == got


def test_a_model_that_is_not_what_was_sent_is_refused(order: Order, tmp_path: Path) -> None:
    other = second_bundle.make(tmp_path / "shades")
    sent = bundles.send(str(other.folder), Place.of(OUT))
    place = Place.of(OUT)
    wrong = replace(order.model.first, folder=str(tmp_path / "not here"))
    place.write(wrong.file, place.read(sent.file))
    with pytest.raises(BundleError, match="this is not the model that was sent"):
        bundles.received(wrong, place)
