from __future__ import annotations

import logging
import warnings
from typing import TYPE_CHECKING

from whatsit import logs

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_errors_and_warnings_go_to_the_file_and_not_to_the_terminal(
    capfd: pytest.CaptureFixture[str],
) -> None:
    with logs.to_file(), warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.getLogger("whatsit.some").error("what went wrong")
        logging.captureWarnings(capture=True)
        warnings.warn("a library is worried", stacklevel=1)
    text = logs.file().read_text(encoding="utf-8")
    assert "what went wrong" in text
    assert "a library is worried" in text
    assert capfd.readouterr() == ("", "")


def test_without_anything_to_say_there_is_no_file() -> None:
    with logs.to_file():
        pass
    assert not logs.file().exists()


def test_the_log_is_closed_and_leaves_the_others_alone() -> None:
    before = list(logging.getLogger().handlers)
    with logs.to_file():
        assert len(logging.getLogger().handlers) == len(before) + 1
    assert logging.getLogger().handlers == before


def test_a_home_that_cannot_be_written_does_no_harm(
    own_home: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    own_home.write_text("a file where the folder should be", encoding="utf-8")
    with logs.to_file():
        logging.getLogger("whatsit.some").error("what went wrong")
    assert capfd.readouterr() == ("", "")
