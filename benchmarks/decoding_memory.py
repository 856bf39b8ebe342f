"""How much memory 40 megapixels take to decode, against what `whatsit.costs` reckons from the header.

    python benchmarks/decoding_memory.py [--heic FILE]

Whatsit writes no HEIC: `heif-enc -q 30` of such a picture makes the FILE, which must have 40 megapixels too.
Each kind is decoded in a process of its own: what it took is the most memory it held, less that before.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

import record  # noqa: E402 - it lies beside this

OUT = Path(__file__).parent / "results" / "decoding_memory.json"
SIZE = (8000, 5000)
PIXELS = SIZE[0] * SIZE[1]
KINDS = {
    "JPEG": ("JPEG", "RGB", {}),
    "JPEG progressive": ("JPEG", "RGB", {"progressive": True}),
    "JPEG progressive 4:4:4": ("JPEG", "RGB", {"progressive": True, "subsampling": 0}),
    "JPEG CMYK": ("JPEG", "CMYK", {}),
    "PNG": ("PNG", "RGB", {"compress_level": 1}),
    "PNG alpha": ("PNG", "RGBA", {"compress_level": 1}),
    "PNG palette": ("PNG", "P", {"compress_level": 1}),
    "PNG 16 bits": ("PNG", "I;16", {"compress_level": 1}),
    "GIF": ("GIF", "P", {}),
    "TIFF": ("TIFF", "RGB", {"compression": "tiff_lzw"}),
    "TIFF alpha": ("TIFF", "RGBA", {"compression": "tiff_lzw"}),
    "TIFF floats": ("TIFF", "F", {"compression": "tiff_lzw"}),
    "WEBP": ("WEBP", "RGB", {"quality": 50, "method": 0}),
    "WEBP lossless alpha": ("WEBP", "RGBA", {"lossless": True, "method": 0, "quality": 0}),
    "AVIF": ("AVIF", "RGB", {"speed": 10}),
    "AVIF alpha": ("AVIF", "RGBA", {"speed": 10}),
    "JPEG2000": ("JPEG2000", "RGB", {}),
    "JPEG2000 alpha": ("JPEG2000", "RGBA", {}),
    "BMP": ("BMP", "RGB", {}),
}
MEASURE = """
import io, re, sys
from pathlib import Path
from PIL import Image
from whatsit import costs, heic, pictures
from whatsit.limits import Limits
heic.is_there()
data = Path(sys.argv[1]).read_bytes()
pictures.decode(Path(sys.argv[2]).read_bytes())
with Image.open(io.BytesIO(data)) as picture:
    needed = len(data) + costs.memory(picture, picture.size, None)
most = lambda: int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) * 1024
before = most()
pictures.decode(data, limits=Limits(megabytes=8192))
print(needed, most() - before + len(data))
"""


def main() -> int:
    """Measure every kind and return 1 where one took more than was reckoned."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--heic", type=Path, help="a HEIC of 40 megapixels")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        files = _written(Path(place))
        if given.heic:
            files["HEIC"] = given.heic
        found = {kind: _measured(file, files["small"]) for kind, file in files.items() if kind != "small"}
    for kind, one in found.items():
        print(f"{kind:<24} {one}")
    record.write(OUT, megapixels=PIXELS // 1_000_000, bytes_per_pixel=found)
    return int(any(one["took"] > one["reckoned"] + 1 for one in found.values()))


def _written(place: Path) -> dict[str, Path]:
    files = {"small": place / "small"}
    Image.new("RGB", (64, 64)).save(files["small"], "PNG")
    for number, (kind, (format_, mode, options)) in enumerate(KINDS.items()):
        files[kind] = place / str(number)
        Image.new(mode, SIZE, 1).save(files[kind], format_, **options)
    return files


def _measured(file: Path, small: Path) -> dict[str, float]:
    ran = subprocess.run(
        [sys.executable, "-c", MEASURE, str(file), str(small)],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=True,
    )
    reckoned, took = (round(int(number) / PIXELS, 1) for number in ran.stdout.split())
    return {"reckoned": reckoned, "took": took}


if __name__ == "__main__":
    sys.exit(main())
