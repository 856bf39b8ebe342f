from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import onnxruntime
import pytest

from whatsit import cuda, logs
from whatsit.errors import DeviceError
from whatsit.graph import Graph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whatsit.bundle import Bundle


@pytest.fixture(autouse=True)
def ask_anew() -> Iterator[None]:
    cuda.why_not.cache_clear()
    yield
    cuda.why_not.cache_clear()


def test_an_onnxruntime_without_cuda_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(onnxruntime, "get_available_providers", lambda: ["CPUExecutionProvider"])
    assert cuda.why_not() == "this onnxruntime is built without CUDA"
    assert "auto or cpu" in cuda.fix()


@pytest.mark.skipif(
    "CUDAExecutionProvider" not in onnxruntime.get_available_providers(), reason="an onnxruntime without CUDA"
)
@pytest.mark.parametrize(("gpus", "reason"), [(0, "no NVIDIA GPU with a working driver was found"), (1, "")])
def test_the_driver_says_whether_there_is_a_gpu(
    monkeypatch: pytest.MonkeyPatch, gpus: int, reason: str
) -> None:
    monkeypatch.setattr(onnxruntime, "get_ep_devices", list)
    monkeypatch.setattr(cuda, "gpus", lambda: gpus)
    assert cuda.why_not() == reason


def test_a_driver_that_is_missing_has_no_gpus(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_name: str) -> object:
        raise OSError("no such library")

    monkeypatch.setattr("ctypes.CDLL", missing)
    assert cuda.gpus() == 0


@pytest.mark.skipif(sys.platform != "linux" or cuda.gpus() > 0, reason="CUDA may work here")
def test_cuda_that_does_not_start_is_an_error_and_prints_nothing(
    tiny: Bundle, capfd: pytest.CaptureFixture[str]
) -> None:
    cuda.load_libraries.cache_clear()
    cuda.load_libraries()
    with pytest.raises(DeviceError, match="CUDA"):
        Graph(tiny, "fp32", "cuda")
    assert capfd.readouterr() == ("", "")


def test_libraries_that_do_not_load_are_in_the_log(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(onnxruntime, "preload_dlls", lambda: sys.stdout.write("Failed to load libcudnn\n"))
    cuda.load_libraries.cache_clear()
    with logs.to_file():
        cuda.load_libraries()
    cuda.load_libraries.cache_clear()
    assert "Failed to load libcudnn" in logs.file().read_text(encoding="utf-8")
