"""The exporter's commands: `export` and `keras-outputs`."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal

import typer
from rich.console import Console

import whatsit
from exporter import source as sources
from exporter.checks import Checks
from exporter.source import Scaling, Told
from whatsit import files, quiet, shelf
from whatsit import run as runs
from whatsit.errors import UsageError
from whatsit.manifest import Manifest
from whatsit.progress import Progress

if TYPE_CHECKING:
    from exporter.transformers_layout import Layout
    from whatsit.bundle import Bundle
    from whatsit.manifest import VariantName
    from whatsit.run import Run

_SAMPLES: Final = Path(whatsit.__file__).parent.parent / "samples"
_NOT_ALL: Final = 3
_KERAS: Final = "For a .keras file that was not trained here"


@dataclass(frozen=True, slots=True)
class _Asked:
    """What to write, and where."""

    variants: tuple[VariantName, ...]
    layout: Layout
    out: Path | None
    name: str | None
    version: str
    limit: int | None
    samples: Path | None


def export(  # noqa: PLR0913 - one parameter an option
    source: Annotated[
        Path, typer.Argument(help="A run's folder, or a .keras file that was not trained here.")
    ],
    *,
    onnx: Annotated[bool, typer.Option("--onnx", help="Write ONNX files, the one format there is.")] = False,
    int8: Annotated[bool, typer.Option("--int8", help="Also write a smaller, faster 8-bit file.")] = False,
    fp16: Annotated[
        bool, typer.Option("--fp16", help="Also write a file in half precision for CUDA.")
    ] = False,
    layout: Annotated[
        Literal["whatsit", "transformers"],
        typer.Option(
            help="transformers: also write the graphs as Transformers, its .js and Optimum read them."
        ),
    ] = "whatsit",
    out: Annotated[Path | None, typer.Option(help="Where bundles lie; default: your own models.")] = None,
    name: Annotated[str | None, typer.Option(help="The bundle's name; default: the source's own.")] = None,
    version: Annotated[str, typer.Option(help="The model's version, written into the bundle.")] = "1",
    limit: Annotated[
        int | None, typer.Option(min=2, help="Prove and set limits with so many photos only.")
    ] = None,
    samples: Annotated[
        Path | None,
        typer.Option(help="Public-domain pictures for the golden set; default: the checkout's own samples."),
    ] = None,
    labels: Annotated[
        Path | None, typer.Option(help="For a .keras file: its labels, one a line.", rich_help_panel=_KERAS)
    ] = None,
    size: Annotated[
        str | None,
        typer.Option(help="HxW or one number, where the model takes any size.", rich_help_panel=_KERAS),
    ] = None,
    scaling: Annotated[
        Scaling | None,
        typer.Option(
            help="Pixels as it was taught: none (0 to 255, the default), unit (0 to 1), signed (-1 to 1), "
            "normalised (ImageNet's mean and deviation), caffe (BGR, its mean).",
            rich_help_panel=_KERAS,
        ),
    ] = None,
    resize: Annotated[
        Literal["squash", "crop"] | None,
        typer.Option(help="How photos become its size; default: squash.", rich_help_panel=_KERAS),
    ] = None,
    data: Annotated[
        Path | None,
        typer.Option(
            help="Labelled photos that it never learned: they set thresholds, prove it, and int8 needs them.",
            rich_help_panel=_KERAS,
        ),
    ] = None,
    title: Annotated[
        str | None, typer.Option(help="What people read; default: the file's name.", rich_help_panel=_KERAS)
    ] = None,
    licence: Annotated[
        str | None, typer.Option(help="The model's licence; default: not stated.", rich_help_panel=_KERAS)
    ] = None,
) -> None:
    """Make a bundle: ONNX files that are proven to answer as the Keras model does."""
    if not onnx:
        raise UsageError(
            "--onnx is missing, the one format there is;", hint=f"whatsit export {source} --onnx [--int8]"
        )
    if out is not None and out.exists() and not out.is_dir():
        raise UsageError("--out: this is a file;", hint="give the folder that bundles lie in.", path=out)
    wanted: dict[VariantName, bool] = {"fp32": True, "int8": int8, "fp16": fp16}
    variants = tuple(variant for variant, is_wanted in wanted.items() if is_wanted)
    if not version.strip():
        raise UsageError("--version: it is empty;", hint="say one, as 1 or 2026-11.")
    called = None if name is None else _checked_name(name)
    asked = _Asked(variants, layout, out, called, version, limit, samples)
    told = Told(labels, size, scaling, resize, data, title, licence)
    sources.check(source, told, int8=int8, limit=limit)
    console = Console()
    with sources.opened(source, told, partial(_say, console)) as run:
        bundle = _exported(run, asked, console)
    if missing := [one for one in variants if one not in bundle.manifest.variants]:
        typer.echo(f"{', '.join(missing)} is not written: see 'not written' above.", err=True)
        raise typer.Exit(_NOT_ALL)


def _exported(run: Run, asked: _Asked, console: Console) -> Bundle:
    """Return the bundle of a run after telling its checks, its decisions and what comes next."""
    chosen = asked.name or _checked_name(run.info.name)
    folder = (asked.out or shelf.own_folder()) / chosen
    pictures = _samples(asked.samples, console)
    with quiet.native_noise():
        from exporter import report  # noqa: PLC0415 - TensorFlow takes seconds: not for a mistyped option
        from exporter.export import Request  # noqa: PLC0415
        from exporter.export import export as make  # noqa: PLC0415

    checks = Checks()
    request = Request(run, chosen, asked.version, folder, asked.variants, asked.limit, pictures, asked.layout)
    try:
        bundle = make(request, checks)
    finally:
        report.show_checks(console, checks.done)
    report.show_decisions(console, bundle.manifest)
    report.show_next(console, bundle, chosen if asked.out is None else folder)
    return bundle


def keras_outputs(
    run: Annotated[Path, typer.Argument(help="The run's folder.")],
    data: Annotated[Path, typer.Option(help="Labelled photos: class folders, or a folder with split.csv.")],
    save: Annotated[Path, typer.Option(help="The file to write, .npz.")],
    split: Annotated[str, typer.Option(help="train, tune, calibrate, test or all.")] = "test",
) -> None:
    """Save what the Keras model of a run gives, to hold an exported bundle against it."""
    source = runs.read(run)
    with quiet.native_noise():
        from exporter import keras_outputs as keras  # noqa: PLC0415 - TensorFlow takes seconds

    photos = keras.labelled_photos(source, data, split)
    with Progress("Keras", len(photos)) as progress:
        predictions, failed = keras.predict(source, photos, progress)
    predictions.save(save)
    right = int(predictions.right.sum())
    console = Console()
    console.print(f"{right:,} of {len(photos):,} right ({100 * right / len(photos):.2f} %)", highlight=False)
    told = f"--data {shlex.quote(str(data))} --split {split} --against {shlex.quote(str(save))}"
    console.print(f"Next: whatsit evaluate BUNDLE {told}", markup=False, highlight=False, soft_wrap=True)
    for one in failed:
        typer.echo(f"failed: {files.shown(one.path)}: {one.reason}", err=True)
    if failed:
        raise typer.Exit(_NOT_ALL)


def _say(console: Console, line: str) -> None:
    console.print(line, markup=False, highlight=False, soft_wrap=True)


def _samples(asked: Path | None, console: Console) -> Path | None:
    """Return the folder of pictures for the golden set; None, and a line that says so, when there is none."""
    if asked is not None and not asked.is_dir():
        raise UsageError("--samples: there is no such folder.", path=asked)
    if asked is None and not _SAMPLES.is_dir():
        _say(
            console,
            "No samples here: the golden pictures are generated ones. Give a folder of photos: --samples",
        )
        return None
    return asked or _SAMPLES


def _checked_name(name: str) -> str:
    field = Manifest.model_fields["name"]
    pattern = next(str(rule.pattern) for rule in field.metadata if getattr(rule, "pattern", None))
    if not re.fullmatch(pattern, name):
        raise UsageError(
            f"{name!r} cannot be a bundle's name:",
            hint="a to z, 0 to 9 and -; give another with --name.",
        )
    return name
