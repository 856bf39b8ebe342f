"""The example page in headless Chromium: the bundle's own pixels and answers, on photos given to the page."""

from __future__ import annotations

import functools
import http.server
import shutil
import threading
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from tests.conftest import ROOT
from tests.helpers import chromium, second_bundle, tiny_bundle
from whatsit import bundle as bundles
from whatsit import decisions, golden
from whatsit.classifier import Classifier

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

RUNTIME = ROOT / "benchmarks" / "runtimes" / "node_modules" / "onnxruntime-web" / "dist"
RUNTIME_FILES = ("ort.wasm.min.mjs", "ort-wasm-simd-threaded.mjs", "ort-wasm-simd-threaded.wasm")
CARDS = """[...document.querySelectorAll('.card')].map((card) => ({
    name: card.dataset.name, status: card.dataset.status, says: card.querySelector('h2').textContent,
    confidence: Number(card.querySelector('ol data')?.value),
    novelty: Number(card.querySelector('.novelty').value),
}))"""
COLOURS = """[...document.querySelectorAll('h1, h2, p, .hint, .call, .badge, .name, .label, data')]
    .filter((one) => one.textContent.trim() && one.checkVisibility())
    .map((one) => {
        const clear = (part) => getComputedStyle(part).backgroundColor === 'rgba(0, 0, 0, 0)';
        let behind = one;
        while (clear(behind)) behind = behind.parentElement;
        const colours = [getComputedStyle(one).color, getComputedStyle(behind).backgroundColor];
        return [one.className || one.tagName, ...colours.map((one) => one.match(/\\d+/g).map(Number))];
    })"""
GOLDEN_PIXELS = """import('./pixels.js').then(async ({ decode, resize }) => {
    const blob = async (name) => (await fetch(name)).blob();
    const given = resize(await decode(await blob(%r)), %s);
    const right = (await decode(await blob(%r))).data;
    const apart = (value, at) => Math.abs(value - right[at + Math.floor(at / 3)]);
    return given.reduce((worst, value, at) => Math.max(worst, apart(value, at)), 0);
})"""


class _Files(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_words: object) -> None:
        """Say nothing."""


class _Server(http.server.ThreadingHTTPServer):
    def handle_error(self, *_request: object) -> None:
        """Say nothing of a page that went on before it had its file."""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[chromium.Page]:
    if chromium.program() is None:
        pytest.skip("chromium is not installed")
    with chromium.Page(tmp_path_factory.mktemp("profile")) as page:
        yield page


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """The page's folder, with onnxruntime-web and two bundles beside it, and its address."""
    if not RUNTIME.is_dir():
        pytest.skip(f"onnxruntime-web is not at {RUNTIME}: make runtimes")
    folder = tmp_path_factory.mktemp("site")
    for name, bundle in (("real", ROOT / "models" / "cats-dogs"), ("tiny", None)):
        shutil.copytree(
            ROOT / "examples" / "browser", folder / name, ignore=shutil.ignore_patterns("ort", "model")
        )
        (folder / name / "ort").mkdir()
        for file in RUNTIME_FILES:
            shutil.copy(RUNTIME / file, folder / name / "ort")
        shutil.copytree(bundle, folder / name / "model") if bundle else tiny_bundle.make(
            folder / name / "model"
        )
    serve = functools.partial(_Files, directory=str(folder))
    with _Server(("127.0.0.1", 0), serve) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield folder, f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def answered(page: chromium.Page, address: str) -> list[dict[str, Any]]:
    page.open(address)
    page.wait_for("document.body.dataset.state")
    return list(page.value(CARDS))


# Decoders differ by up to 3 of 255, and int8 is rounded by other kernels; measured: 0.0007 and 0.014.
APART = {"fp32": 0.005, "int8": 0.04}


@pytest.mark.parametrize("variant", ["fp32", "int8"])
def test_the_page_answers_the_golden_pictures_as_whatsit_does(
    page: chromium.Page, site: tuple[Path, str], variant: Any
) -> None:
    bundle = bundles.read(site[0] / "real" / "model")
    names = [one.file.name for one in golden.read(bundle)][:: 2 if variant == "fp32" else 4]
    photos = ",".join(f"model/golden/{name}" for name in names)
    cards = answered(page, f"{site[1]}/real/?variant={variant}&photos={photos}")
    given = {card["name"].rpartition("/")[2]: card for card in cards}
    assert set(given) == set(names)
    classifier = Classifier.open(bundle, "cpu", variant)
    for name in names:
        own = classifier.classify(classifier.pixels_of(bundle.folder / "golden" / name)[np.newaxis])[0]
        card = given[name]
        assert card["status"] == own.status, name
        assert card["confidence"] == pytest.approx(own.candidates[0].confidence, abs=APART[variant]), name
        assert card["novelty"] == pytest.approx(own.novelty, rel=0.1), name
        assert own.label in ("", card["says"]), name


def test_the_page_makes_the_golden_pixels(page: chromium.Page, site: tuple[Path, str]) -> None:
    bundle = bundles.read(site[0] / "real" / "model")
    page.open(f"{site[1]}/real/")
    apart = {}
    for one in golden.read(bundle):
        names = f"model/golden/{one.file.name}", f"model/golden/{one.file.stem}.pixels.png"
        spec = bundle.manifest.input.model_dump_json()
        apart[one.file.name] = page.value(GOLDEN_PIXELS % (names[0], spec, names[1]))
    assert max(apart.values()) <= golden._PIXELS_APART, apart


def test_the_page_says_unknown_not_sure_and_cannot_be_read(
    page: chromium.Page, site: tuple[Path, str]
) -> None:
    (site[0] / "tiny" / "broken.jpg").write_bytes(b"no picture")
    names = [*(f"model/golden/{name}" for name in tiny_bundle.GOLDEN), "broken.jpg"]
    cards = {card["name"]: card for card in answered(page, f"{site[1]}/tiny/?photos={','.join(names)}")}
    assert {name: (card["status"], card["says"]) for name, card in cards.items()} == {
        "model/golden/red.png": ("answered", "warm"),
        "model/golden/blue.png": ("answered", "cold"),
        "model/golden/grey.jpg": ("not_sure", "warm or cold"),
        "model/golden/green.webp": ("unknown", "unknown"),
        "broken.jpg": ("failed", "cannot be read"),
    }


def test_of_look_alikes_the_page_says_what_a_photo_looks_most_like(
    page: chromium.Page, site: tuple[Path, str]
) -> None:
    shutil.copytree(site[0] / "tiny", site[0] / "alike", dirs_exist_ok=True)
    second_bundle.make(site[0] / "alike" / "model", group="tint")
    names = [f"model/golden/{name}" for name in tiny_bundle.GOLDEN]
    cards = answered(page, f"{site[1]}/alike/?photos={','.join(names)}")
    assert {card["name"].rpartition("/")[2]: card["says"] for card in cards} == {
        "red.png": "looks most like rose",
        "blue.png": "looks most like ice",
        "grey.jpg": "rose or ice",
        "green.webp": "unknown",
    }


def test_without_novelty_or_calibration_the_page_shows_no_percentage(
    page: chromium.Page, site: tuple[Path, str]
) -> None:
    shutil.copytree(site[0] / "tiny", site[0] / "bare", dirs_exist_ok=True)
    bundle = bundles.read(site[0] / "bare" / "model")
    variants = {
        name: one.model_copy(update={"decision": decisions.UNCALIBRATED})
        for name, one in bundle.manifest.variants.items()
    }
    changes = {"outputs": bundle.manifest.outputs[:1], "variants": variants}
    bundles.write(bundle.folder, bundle.manifest.model_copy(update=changes))
    page.open(f"{site[1]}/bare/?photos=model/golden/grey.jpg,model/golden/green.webp")
    page.wait_for("document.body.dataset.state")
    cards = page.value("[...document.querySelectorAll('.card')].map((card) => card.textContent)")
    assert len(cards) == 2
    assert all("not calibrated" in card and "%" not in card for card in cards), cards
    assert page.value("[...document.querySelectorAll('.card')].map((card) => card.dataset.status)") == [
        "answered",
        "answered",
    ]


def test_a_photo_dropped_on_the_page_is_answered(page: chromium.Page, site: tuple[Path, str]) -> None:
    page.open(f"{site[1]}/tiny/")
    page.value("""fetch('model/golden/blue.png').then((answer) => answer.blob()).then((blob) => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([blob], 'mine.png', { type: 'image/png' }));
        document.querySelector('.drop').dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true }));
    })""")
    page.wait_for("document.body.dataset.state")
    assert [(card["name"], card["says"]) for card in page.value(CARDS)] == [("mine.png", "cold")]
    assert page.value("document.querySelector('.card img').alt") == "mine.png: cold"
    assert page.value("document.getElementById('state').textContent") == "1 photo answered."


def test_a_page_without_its_model_says_what_is_missing(page: chromium.Page, site: tuple[Path, str]) -> None:
    answered(page, f"{site[1]}/tiny/?variant=fp16")
    said = page.value("document.getElementById('state').textContent")
    assert said == "this bundle has no fp16 variant. README.md beside this page says which files it needs."


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_stands_out(page: chromium.Page, site: tuple[Path, str], scheme: str) -> None:
    page.prefer(scheme)
    photos = ",".join(f"model/golden/{name}" for name in tiny_bundle.GOLDEN)
    answered(page, f"{site[1]}/tiny/?photos={photos}")
    found = page.value(COLOURS)
    assert len(found) > 15
    weak = {what for what, text, ground in found if contrast(text, ground) < 4.5}
    assert not weak
    assert (luminance(found[0][2]) < 0.1) == (scheme == "dark")


def contrast(one: list[int], other: list[int]) -> float:
    """The ratio of two colours, as https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio has it."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: list[int]) -> float:
    values = np.array(colour[:3]) / 255
    linear = np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)
    return float(linear @ np.array([0.2126, 0.7152, 0.0722]))
