"""Whether CUDA can work on this machine, asked without an error line on the terminal."""

from __future__ import annotations

import contextlib
import ctypes
import functools
import io
import logging
import sys

import onnxruntime

_log = logging.getLogger(__name__)


@functools.cache
def why_not() -> str:
    """Return why CUDA cannot work on this machine, in plain words, or nothing when it may."""
    if sys.platform == "darwin":
        return "CUDA is not for macOS"
    if "CUDAExecutionProvider" not in onnxruntime.get_available_providers():
        return "this onnxruntime is built without CUDA"
    if not any(one.ep_name == "CUDAExecutionProvider" for one in onnxruntime.get_ep_devices()) and not gpus():
        return "no NVIDIA GPU with a working driver was found"
    return ""


def fix() -> str:
    """Return what to do so that CUDA works here."""
    if why_not():
        return "Use --device auto or cpu."
    return "Install CUDA's libraries with: pip install 'whatsit[cuda]'; or use --device cpu."


@functools.cache
def load_libraries() -> None:
    """Load CUDA's libraries from their Python packages where they are installed; failures go to the log."""
    with contextlib.redirect_stdout(io.StringIO()) as said:
        onnxruntime.preload_dlls()
    if said.getvalue():
        _log.warning("%s", said.getvalue().rstrip())


def gpus() -> int:
    """Return how many GPUs NVIDIA's driver has."""
    # Asked of the driver: onnxruntime lists them only where CUDA is one of its plug-ins.
    name = "nvcuda.dll" if sys.platform == "win32" else "libcuda.so.1"
    try:
        driver = ctypes.CDLL(name)
        count = ctypes.c_int(0)
        works = driver.cuInit(0) == 0 and driver.cuDeviceGetCount(ctypes.byref(count)) == 0
    except (OSError, AttributeError):
        return 0
    return count.value if works else 0
