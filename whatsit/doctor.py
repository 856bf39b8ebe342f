"""The doctor: what works here, how fast, and what to do; nothing private, so it can be passed on."""

from __future__ import annotations

import importlib.util
import platform
import sys
from dataclasses import dataclass
from importlib import metadata
from typing import TYPE_CHECKING, Final

import onnxruntime

import whatsit
from whatsit import cuda, device, golden, home, logs, proofs, shelf
from whatsit.classifier import Classifier
from whatsit.errors import WhatsitError
from whatsit.graph import Graph, cores

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whatsit.bundle import Bundle

_PARTS: Final = ("numpy", "pillow", "pydantic", "typer", "rich", "pyside6-essentials", "tensorflow", "keras")
_EXTRAS: Final = {"train": "keras", "export": "tf2onnx"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the doctor's: `advice` says what to do, where there is something."""

    topic: str
    what: str
    advice: str = ""


def examine() -> Iterator[Finding]:
    """Yield what is found, one by one: measuring takes a moment."""
    yield Finding("Whatsit", whatsit.__version__)
    yield Finding("Python", f"{platform.python_version()} on {platform.system()} {platform.machine()}")
    yield Finding("Processor", f"{device.processor()}, {cores()} cores for Whatsit")
    yield Finding("Parts", ", ".join(_versions()))
    yield Finding("Extras", ", ".join(_extras()))
    yield Finding("Providers", ", ".join(onnxruntime.get_available_providers()))
    yield from _cuda()
    yield from _models()
    for topic, place in (("Models", shelf.own_folder()), ("State", home.state()), ("Cache", home.cache())):
        yield Finding(topic, home.shown(place))
    yield Finding("Settings", home.shown(home.config()))
    yield Finding("Log", home.shown(logs.file()))


def _versions() -> Iterator[str]:
    yield f"onnxruntime {onnxruntime.__version__}"
    for name in _PARTS:
        try:
            yield f"{name} {metadata.version(name)}"
        except metadata.PackageNotFoundError:
            continue


def _extras() -> Iterator[str]:
    for extra, module in _EXTRAS.items():
        there = importlib.util.find_spec(module) is not None
        yield f"{extra} installed" if there else f"{extra} not installed (pip install 'whatsit[{extra}]')"


def _cuda() -> Iterator[Finding]:
    reason = cuda.why_not()
    if reason:
        missing = "no NVIDIA GPU" in reason and sys.platform != "darwin"
        advice = (
            "With an NVIDIA GPU in this machine: install its driver, then CUDA's libraries."
            if missing
            else ""
        )
        yield Finding("CUDA", f"not used: {reason}", advice)
    else:
        yield Finding(
            "CUDA", f"{cuda.gpus()} GPU; below is whether the models give their golden answers there"
        )


def _models() -> Iterator[Finding]:
    names = shelf.names()
    if not names:
        yield Finding("Model", "none found", "Add one: whatsit models add FOLDER")
    for name in names:
        try:
            yield from _model(shelf.find(name))
        except WhatsitError as error:
            yield Finding("Model", f"{name}: {error.what}", error.hint)


def _model(bundle: Bundle) -> Iterator[Finding]:
    name = bundle.manifest.name
    chosen = Classifier.open(bundle)
    reason = f" ({chosen.device.reason})" if chosen.device.reason else ""
    yield Finding("Model", f"{name}: runs as {chosen.variant} on {chosen.device.name}{reason}")
    pictures = golden.read(bundle)
    graphs = [Graph(bundle, variant) for variant in bundle.manifest.variants]
    for graph in graphs if chosen.device.name == "cpu" else [*graphs, chosen.graph]:
        seconds = proofs.seconds_per_photo(graph, pictures)
        speed = f"{1000 * seconds:.2f} ms a photo, {1 / seconds:,.0f} photos per second without decoding"
        yield Finding("Speed", f"{name}: {graph.variant} on {graph.runner} {speed}")
