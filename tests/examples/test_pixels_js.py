"""The page's pixels.js resizes as Pillow does, to the bit: node alone runs it, where no browser is."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import Any

import numpy as np
import pytest
from PIL import Image

from tests.conftest import ROOT
from whatsit import preprocess
from whatsit.manifest import InputSpec

SCRIPT = """
import { readFileSync } from "node:fs";
import { resize } from "./pixels.js";
const { picture, spec } = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify([...resize(picture, spec)]));
"""


# 24 rows of 31 columns: from 83 rows of 60 on, Pillow 13 takes the rows first.
@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
@pytest.mark.parametrize("resize", ["squash", "crop"])
@pytest.mark.parametrize("size", [(97, 61), (20, 33), (7, 150), (60, 90), (60, 83), (60, 82), (31, 25)])
def test_its_filter_is_pillows_to_the_bit(size: tuple[int, int], resize: Any) -> None:
    pixels = np.random.default_rng(5).integers(0, 256, (size[1], size[0], 4), dtype=np.uint8)
    spec = InputSpec(height=24, width=31, resize=resize)
    picture = {"width": size[0], "height": size[1], "data": pixels.ravel().tolist()}
    ran = subprocess.run(
        ["node", "--input-type=module", "-e", SCRIPT],
        cwd=ROOT / "examples" / "browser",
        input=json.dumps({"picture": picture, "spec": spec.model_dump(mode="json")}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    given = np.array(json.loads(ran.stdout)).reshape(24, 31, 3)
    assert np.array_equal(given, preprocess.resize(Image.fromarray(pixels[..., :3]), spec))
