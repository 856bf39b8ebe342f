"""Photos of 12 megapixels, made of small ones: enlarged, with noise, as a camera's JPEG.

python benchmarks/large_photos.py FOLDER INTO [--count 60]
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from PIL import Image

SIZE = (4000, 3000)


def main() -> None:
    """Write the photos."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("photos", type=Path, help="a folder of JPEGs")
    parser.add_argument("into", type=Path)
    parser.add_argument("--count", type=int, default=60)
    given = parser.parse_args()
    given.into.mkdir(parents=True, exist_ok=True)
    drawn = np.random.default_rng(0)
    for photo in sorted(given.photos.rglob("*.jpg"))[: given.count]:
        with Image.open(photo) as small:
            large = np.asarray(small.convert("RGB").resize(SIZE, Image.Resampling.BICUBIC), dtype=np.int16)
        noise = drawn.integers(-6, 7, large.shape, dtype=np.int16)
        whole = Image.fromarray(np.clip(large + noise, 0, 255).astype(np.uint8))
        whole.save(given.into / photo.name, quality=90)


if __name__ == "__main__":
    main()
