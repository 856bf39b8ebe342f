"""One sitting after another through the real program, as a person would."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import SHIPPED

ROOT = Path(__file__).parent.parent.parent


def test_a_folder_from_opening_to_resuming(tmp_path: Path, cat_and_dog_photos: Path) -> None:
    folder, other = tmp_path / "Holiday", tmp_path / "Another"
    for place in (folder, other):
        place.mkdir()
        for photo in sorted(cat_and_dog_photos.rglob("*.jpg")):
            (place / f"{photo.parent.name}-{photo.name}").write_bytes(photo.read_bytes())
    ended = subprocess.run(
        [sys.executable, "-W", "error", "-m", "tests.helpers.journey", folder, other, SHIPPED],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
        cwd=ROOT,
    )
    assert ended.stdout.splitlines() == [
        "answered 200 True",
        "filtered True",
        "put right 3 then 2",
        "sorted 200 200",
        "undone 200 False",
        "exported 200 True",
        "code 0",
        "resumed 200",
        "reviews 2",
        "code 0",
        "decoded again True",
        "threads []",
        "timers []",
    ], ended.stderr
    assert "Traceback" not in ended.stderr
    assert "Warning" not in ended.stderr
