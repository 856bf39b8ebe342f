"""The model's graph on onnxruntime: opened, held against the manifest, and run."""

from __future__ import annotations

import functools
import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np
import onnxruntime
from onnxruntime.capi import onnxruntime_pybind11_state as _state

from whatsit import graph_limits
from whatsit.errors import BundleError, DeviceError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from whatsit.bundle import Bundle
    from whatsit.manifest import Manifest, VariantName

Runner = Literal["cpu", "cuda"]
CORES: Final = "WHATSIT_CORES"  # an environment variable: workers on one machine share its cores
# onnxruntime's errors have no common ancestor of their own.
_ERRORS: Final[tuple[type[Exception], ...]] = (
    _state.Fail, _state.EPFail, _state.EngineError, _state.InvalidArgument, _state.InvalidGraph,
    _state.InvalidProtobuf, _state.NoModel, _state.NoSuchFile, _state.NotImplemented, _state.RuntimeException,
    RuntimeError, ValueError,
)  # fmt: skip
# Every tensor whose values lie in another file has such an entry, in any spelling protobuf allows.
_LOCATION: Final = re.compile(rb"(?:\x0a|\x8a\x80*\x00)(?:\x08|\x88\x80*\x00)location")
_LONGEST_LOCATION: Final = 32
_CUDA: Final = "CUDAExecutionProvider"
_CPU: Final = "CPUExecutionProvider"
_ONLY_FATAL: Final = 4  # what goes wrong is raised and said in our own words
# TF32 rounds every product to 10 bits: the answers would no longer be those the bundle was proven with.
_CUDA_SETTINGS: Final = {"use_tf32": "0", "cudnn_conv_algo_search": "HEURISTIC"}


@dataclass(frozen=True, slots=True)
class Outputs:
    """What a graph says of N photos: `arrays`, float32 [N,…], by the names that the bundle lists."""

    arrays: Mapping[str, NDArray[np.float32]]

    def __len__(self) -> int:
        return len(self.probabilities)

    @property
    def probabilities(self) -> NDArray[np.float32]:
        """How probable each label is, [N,C]."""
        return self.arrays["probabilities"]

    @property
    def features(self) -> NDArray[np.float32] | None:
        """What the network sees before its head, [N,D]; None where the bundle has none."""
        return self.arrays.get("features")

    @property
    def novelty(self) -> NDArray[np.float32] | None:
        """How unlike everything taught, [N]; None where the bundle has none."""
        return self.arrays.get("novelty")

    @property
    def activation_maps(self) -> dict[str, NDArray[np.float32]]:
        """Where each label comes from, [N,h,w,C], one a backbone; empty where the head does not allow it."""
        return {name: values for name, values in self.arrays.items() if name.startswith("activation_maps")}

    def of(self, index: int) -> Outputs:
        """Return the outputs of one photo, N = 1."""
        return Outputs({name: values[index : index + 1] for name, values in self.arrays.items()})


class Graph:
    """One variant of a bundle, loaded: uint8 pixels [N,H,W,3] in, `Outputs` out."""

    def __init__(
        self, bundle: Bundle, variant: VariantName, runner: Runner = "cpu", threads: int | None = None
    ) -> None:
        """Load the variant's file, to run on so many cores at once; without a number on all.

        Raises BundleError when the file is not what the manifest says, DeviceError when CUDA fails.
        """
        self.variant: VariantName = variant
        self.runner: Runner = runner
        self._bundle = bundle
        self._threads = threads or cores()
        self._session = _session(bundle, variant, runner, self._threads)
        _check_names(bundle, self._session)
        self._names = [output.name for output in bundle.manifest.outputs]

    @functools.cached_property
    def on_one_core(self) -> Graph:
        """The same on one core, for several callers at once; loaded when it is first asked for.

        Raises BundleError when the bundle is damaged by now.
        """
        return self if self._threads == 1 else Graph(self._bundle, self.variant, self.runner, threads=1)

    @property
    def facts(self) -> dict[str, str]:
        """What the file says of itself, by key: labels, task, licence."""
        return dict(self._session.get_modelmeta().custom_metadata_map)

    def run(self, pixels: NDArray[np.uint8]) -> Outputs:
        """Return the outputs for pixels, uint8 [N,H,W,3].

        Raises DeviceError when the device cannot run the model, most often for want of memory, or in time.
        """
        _check_pixels(pixels, self._bundle.manifest)
        with graph_limits.bounded_time() as options:
            return self._run(pixels, options)

    def rest(self) -> None:
        """Give back the memory that larger batches took; it would be kept for their like.

        Raises DeviceError as `run` does.
        """
        spec = self._bundle.manifest.input
        with graph_limits.bounded_time() as options:
            graph_limits.give_back_after(options)
            self._run(np.zeros((1, spec.height, spec.width, 3), np.uint8), options)

    def _run(self, pixels: NDArray[np.uint8], options: onnxruntime.RunOptions) -> Outputs:
        try:
            values: Sequence[Any] = self._session.run(self._names, {"image": pixels}, options)
        except _ERRORS as error:
            raise DeviceError(
                f"the model cannot run on this {self.runner} ({_first_line(error)}).",
                hint="Close other programs, or use --device cpu.",
                path=self._bundle.folder,
            ) from error
        return Outputs(dict(zip(self._names, values, strict=True)))


def cores() -> int:
    """Return how many processor cores this process may use: those it is given, or fewer by `CORES`."""
    given = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    asked = os.environ.get(CORES, "")
    return min(int(asked), given) if asked.isdecimal() and int(asked) > 0 else given


def _check_self_contained(model: bytes, file: Path) -> None:
    """Refuse a model whose weights lie in other files: no hash vouches for those."""
    place = model.find(b"location")
    while place >= 0:
        if _LOCATION.search(model, max(place - _LONGEST_LOCATION, 0), place + 8):
            raise BundleError("the model keeps weights in other files, which nobody has proven.", path=file)
        place = model.find(b"location", place + 8)


def _session(
    bundle: Bundle, variant: VariantName, runner: Runner, threads: int
) -> onnxruntime.InferenceSession:
    # CUDA libraries that are missing are said by another logger than the session's own.
    onnxruntime.set_default_logger_severity(_ONLY_FATAL)
    options = onnxruntime.SessionOptions()
    options.log_severity_level = _ONLY_FATAL
    graph_limits.bound_memory(options)
    options.intra_op_num_threads = threads
    # Waiting threads sleep instead of spinning: the cores are decoding the next photos meanwhile.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    providers: list[Any] = [_CPU] if runner == "cpu" else [(_CUDA, _CUDA_SETTINGS), _CPU]
    model = bundle.model_bytes(variant)
    file = bundle.folder / bundle.manifest.variants[variant].file
    _check_self_contained(model, file)
    try:
        session = onnxruntime.InferenceSession(model, options, providers, enable_fallback=0)
    except _ERRORS as error:
        if runner == "cuda":
            raise DeviceError(f"CUDA does not take the model ({_first_line(error)}).", path=file) from error
        raise BundleError(f"the model cannot be loaded ({_first_line(error)}).", path=file) from error
    session._model_bytes = b""  # noqa: SLF001 - it would keep the whole file in memory beside the loaded model
    if runner == "cuda" and _CUDA not in session.get_providers():
        raise DeviceError("onnxruntime cannot start CUDA: its CUDA or cuDNN libraries do not load.")
    return session


def _check_names(bundle: Bundle, session: onnxruntime.InferenceSession) -> None:
    manifest = bundle.manifest
    size = (manifest.input.height, manifest.input.width, 3)
    takes = {value.name: (value.type, value.shape) for value in session.get_inputs()}
    if list(takes) != ["image"] or takes["image"][0] != "tensor(uint8)" or not _fits(takes["image"][1], size):
        raise BundleError(
            f"the model takes {takes}, not image uint8 [N, {size[0]}, {size[1]}, 3].", path=bundle.folder
        )
    gives = {value.name: value for value in session.get_outputs()}
    for output in manifest.outputs:
        if output.name not in gives:
            raise BundleError(
                f"the model does not give {output.name!r}, only {list(gives)}.", path=bundle.folder
            )
        value = gives[output.name]
        if value.type != "tensor(float)" or not _fits(value.shape, output.shape[1:]):
            shape = f"{value.type} {value.shape}"
            raise BundleError(f"{output.name!r} is {shape}, not float32 {output.shape}.", path=bundle.folder)
    _check_answer(bundle)


def _check_answer(bundle: Bundle) -> None:
    """Refuse a manifest without what an answer is made of: probabilities and, where listed, novelty."""
    stated = {output.name: output.shape for output in bundle.manifest.outputs}
    if "probabilities" not in stated:
        raise BundleError("the output probabilities is missing.", path=bundle.folder)
    count = len(bundle.manifest.labels)
    if stated["probabilities"][1:] != (count,):
        raise BundleError(
            f"{count} labels do not fit {stated['probabilities']} probabilities.", path=bundle.folder
        )
    if len(stated.get("novelty", (-1,))) != 1:
        raise BundleError(f"novelty is {stated['novelty']}, not one number a photo.", path=bundle.folder)


def _fits(shape: Sequence[int | str | None], expected: Sequence[int]) -> bool:
    """Compare a graph's shape, its free first place left out, where both sides say a number."""
    places = zip(shape[1:], expected, strict=False)
    equal = all(not isinstance(here, int) or there in (-1, here) for here, there in places)
    return len(shape) == len(expected) + 1 and equal


def _check_pixels(pixels: NDArray[np.uint8], manifest: Manifest) -> None:
    expected = (manifest.input.height, manifest.input.width, 3)
    if pixels.dtype != np.uint8 or pixels.ndim != 4 or pixels.shape[1:] != expected:  # noqa: PLR2004 - N, H, W, 3
        raise ValueError(f"the model takes uint8 [N, {expected}], not {pixels.dtype} {pixels.shape}")


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0][:300] if str(error).strip() else type(error).__name__
