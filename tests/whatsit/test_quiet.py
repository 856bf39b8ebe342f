from __future__ import annotations

import os

import pytest

from whatsit import quiet

GREETING = (
    b"WARNING: All log messages before absl::InitializeLog() is called are written to STDERR\n"
    b"I0000 00:00:1795333443.982563    5737 port.cc:153] oneDNN custom operations are on.\n"
    b"I0000 00:00:1795333443.982967    5737 cudart_stub.cc:31] Could not find cuda drivers.\n"
)


def test_the_greeting_is_dropped_and_all_else_is_written(capfd: pytest.CaptureFixture[str]) -> None:
    with quiet.native_noise():
        os.write(2, GREETING + b"libcuda.so: wrong version\nE0000 00:00:1795.5  1 other.cc:1] broken\n")
        assert not capfd.readouterr().err
    os.write(2, b"after\n")
    said = capfd.readouterr().err.splitlines()
    assert said == ["libcuda.so: wrong version", "E0000 00:00:1795.5  1 other.cc:1] broken", "after"]


def test_what_goes_wrong_in_between_is_raised_and_its_text_kept(capfd: pytest.CaptureFixture[str]) -> None:
    def load() -> None:
        with quiet.native_noise():
            os.write(2, GREETING + b"the linker says why\n")
            __import__("nothing_of_that_name")

    with pytest.raises(ModuleNotFoundError, match="nothing_of_that_name"):
        load()
    assert capfd.readouterr().err == "the linker says why\n"
