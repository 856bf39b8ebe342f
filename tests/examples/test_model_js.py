"""The page's model.js decides as whatsit/decisions.py does, photo by photo, where labels are many."""

from __future__ import annotations

import json
import shutil
import subprocess

import numpy as np
import pytest

from tests.conftest import ROOT
from whatsit import bundle as bundles
from whatsit.decisions import Answer, Status, decide

SCRIPT = """
import { readFileSync } from "node:fs";
import { decide } from "./model.js";
const { rows, novelty, decision, labels } = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify(rows.map((row, place) => decide(row, novelty[place], decision, labels))));
"""


def says(answer: Answer) -> str:
    """What the page says in large letters."""
    if answer.status is Status.NOT_SURE:
        return answer.group or answer.reason
    return f"looks most like {answer.label}" if answer.label else "unknown"


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
def test_the_page_decides_as_the_program_does() -> None:
    manifest = bundles.read(ROOT / "models" / "breeds").manifest
    decision, labels = manifest.variants["int8"].decision, manifest.labels
    random = np.random.default_rng(3)
    logits = random.normal(size=(600, len(labels))) * random.uniform(0.5, 4, (600, 1))
    family = np.array([one.group == "terrier" for one in labels])
    logits[::3] = np.where(family, logits[::3] + 9, logits[::3])  # the family is clear, the breed is not
    raised = np.exp(logits)
    rows = (raised / raised.sum(axis=1, keepdims=True)).astype(np.float32)
    novelty = random.uniform(0, 1.2 * decision.novelty_limit, len(rows))
    given = {
        "rows": rows.tolist(),
        "novelty": novelty.tolist(),
        "decision": decision.model_dump(mode="json"),
        "labels": [one.model_dump(mode="json") for one in labels],
    }
    command = ["node", "--input-type=module", "-e", SCRIPT]
    page = ROOT / "examples" / "browser"
    ran = subprocess.run(
        command, cwd=page, input=json.dumps(given), capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    own = [decide(row, one, decision, labels) for row, one in zip(rows, novelty.tolist(), strict=True)]
    assert {(one.status, bool(one.group), one.listed) for one in own} >= {
        (Status.ANSWERED, True, 0),
        (Status.NOT_SURE, True, 0),
        *((Status.NOT_SURE, False, count) for count in (0, 2, 3, 4)),
        (Status.UNKNOWN, False, 0),
    }
    theirs = json.loads(ran.stdout)
    assert [(one["status"], one["says"]) for one in theirs] == [(one.status.value, says(one)) for one in own]
    assert [one["candidates"] for one in theirs] == [
        [{"label": each.label, "confidence": each.confidence} for each in one.candidates] for one in own
    ]
