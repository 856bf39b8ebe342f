from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from exporter import golden_pictures
from tests.helpers import tiny_run
from whatsit import golden, preprocess

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from exporter.outputs import Arrays


def redness(pixels: NDArray[np.uint8]) -> Arrays:
    red = pixels[..., 0].mean(axis=(1, 2)).astype(np.float32) / 255
    return {"probabilities": np.stack([red, 1 - red], axis=-1), "novelty": red}


def always(pixels: NDArray[np.uint8]) -> NDArray[np.bool_]:
    return np.ones(len(pixels), np.bool_)


def encoded(steady: golden_pictures.Steady = always) -> dict[str, bytes]:
    drawn = [picture for _, picture in golden_pictures.generated()]
    return dict(golden_pictures.encodings(drawn, tiny_run.INPUT, steady))


def test_every_encoding_is_what_its_name_says() -> None:
    pictures = {name: Image.open(io.BytesIO(data)) for name, data in encoded().items()}
    assert pictures["cmyk.jpg"].mode == "CMYK"
    assert pictures["grey.jpg"].mode == "L"
    assert pictures["alpha.png"].mode == "RGBA"
    assert pictures["grey16.png"].mode.startswith("I")
    assert pictures["palette.png"].mode == "P"
    for way in (2, 3, 6, 8):
        assert pictures[f"turned-{way}.jpg"].getexif()[0x0112] == way


def test_the_pictures_are_the_same_on_every_call() -> None:
    assert encoded() == encoded()


def test_a_turned_picture_gives_other_pixels_than_its_raw_bytes() -> None:
    data = encoded()["turned-6.jpg"]
    raw = Image.open(io.BytesIO(data)).convert("RGB")
    upright = preprocess.pixels(data, tiny_run.INPUT)
    assert not np.array_equal(upright, preprocess.resize(raw, tiny_run.INPUT))


def test_pictures_that_a_variant_takes_to_its_limit_are_not_chosen() -> None:
    def dark(pixels: NDArray[np.uint8]) -> NDArray[np.bool_]:
        return np.asarray(pixels.mean(axis=(1, 2, 3)) < 115)

    chosen = encoded(dark)
    assert chosen.keys() == encoded().keys()
    usual = {name for name in chosen if name.startswith("turned")}
    assert all(dark(preprocess.pixels(chosen[name], tiny_run.INPUT)[np.newaxis])[0] for name in usual)


def test_border_pictures_are_those_that_can_hardly_be_told() -> None:
    red, blue = (Image.new("RGB", (50, 40), colour) for colour in ((250, 0, 0), (0, 0, 250)))
    chosen = golden_pictures.near_border([red, blue], tiny_run.INPUT, redness, always)
    pixels = np.stack([preprocess.pixels(data, tiny_run.INPUT) for _, data in chosen])
    given = redness(pixels)["probabilities"]
    lead = np.abs(given[:, 0] - given[:, 1])
    assert lead[0] < 0.05
    assert (np.diff(lead) >= 0).all()


def test_a_folder_of_samples_adds_to_the_generated_ones(tmp_path: Path) -> None:
    samples = tmp_path / "samples"
    samples.mkdir()
    Image.new("RGB", (900, 600), (10, 200, 30)).save(samples / "Lawn.jpg")
    (samples / "README.md").write_text("no picture", encoding="utf-8")
    golden_pictures.write(tmp_path / "bundle", samples, tiny_run.INPUT, redness, always)
    golden_pictures.write(tmp_path / "other", tmp_path / "missing", tiny_run.INPUT, redness, always)
    index = golden.GoldenIndex.model_validate_json(
        (tmp_path / "bundle" / "golden" / "index.json").read_bytes()
    )
    other = golden.GoldenIndex.model_validate_json(
        (tmp_path / "other" / "golden" / "index.json").read_bytes()
    )
    assert set(index.pictures) - set(other.pictures) == {"sample-lawn.jpg"}
    with Image.open(tmp_path / "bundle" / "golden" / "sample-lawn.jpg") as small:
        assert max(small.size) == 320
