"""The runs and bundles that the exporter's tests share: made once, never changed."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.helpers import tiny_run
from whatsit import bundle as bundles
from whatsit import cli
from whatsit import run as runs

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def run(tmp_path_factory: pytest.TempPathFactory) -> runs.Run:
    """A finished run; tests must not change it."""
    return tiny_run.make(tmp_path_factory.mktemp("tiny-run"))


@pytest.fixture
def own_run(run: runs.Run, tmp_path: Path) -> runs.Run:
    """A copy of the run that a test may change; the photos are the same."""
    shutil.copytree(run.folder, tmp_path / "own-run")
    return runs.read(tmp_path / "own-run")


@pytest.fixture(scope="session")
def bundle(run: runs.Run, tmp_path_factory: pytest.TempPathFactory) -> bundles.Bundle:
    """The bundle of that run, exported through the command line with every variant; not to be changed."""
    place = tmp_path_factory.mktemp("exported")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WHATSIT_HOME", str(tmp_path_factory.mktemp("home")))
        assert cli.main(["export", str(run.folder), "--onnx", "--int8", "--out", str(place)]) == 0
    return bundles.read(place / "warm-cold")
