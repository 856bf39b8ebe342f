"""The windows of tests/helpers/windows.py, for the tests of the window's parts."""

from tests.helpers.windows import nothing_left, open_window, strangers

__all__ = ["nothing_left", "open_window", "strangers"]
