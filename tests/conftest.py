"""What every test may ask for: a home of its own, a tiny bundle, the photos that lie beside the checkout."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.helpers import tiny_bundle
from whatsit import bundle as bundles

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
SHARED_PHOTOS = ROOT.parent / "shared" / "photos"
MEMORY = Path("/dev/shm")  # noqa: S108 - another disk, and each test has a folder of its own there
SHIPPED = ROOT / "models" / "cats-dogs"


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep every test away from the user's own models, logs and settings, and these from its `tmp_path`."""
    home = tmp_path_factory.mktemp("home") / "whatsit-home"
    monkeypatch.setenv("WHATSIT_HOME", str(home))
    return home


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> bundles.Bundle:
    """A small bundle that tells red from blue; tests must not change it."""
    return tiny_bundle.make(tmp_path_factory.mktemp("bundles") / "tiny")


@pytest.fixture(scope="session")
def cat_and_dog_photos() -> Path:
    """Two hundred photos of cats and dogs at full size, in a folder for each."""
    folder = SHARED_PHOTOS / "cats-dogs"
    if not folder.is_dir():
        pytest.skip(f"the photos are not at {folder}")
    return folder


@pytest.fixture(scope="session")
def cats_dogs() -> bundles.Bundle:
    """The shipped bundle."""
    return bundles.read(SHIPPED)


@pytest.fixture
def other_disk(tmp_path: Path) -> Iterator[Path]:
    """Return a folder on another disk than `tmp_path`."""
    if not MEMORY.is_dir() or MEMORY.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip(f"{MEMORY} is no other disk")
    folder = Path(tempfile.mkdtemp(dir=MEMORY))
    yield folder
    shutil.rmtree(folder)
