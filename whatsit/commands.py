"""The commands that look at photos: classify, evaluate."""

import contextlib
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, Literal, get_args

import typer
from rich.cells import cell_len
from rich.console import Console

from whatsit import batch, files, limits, photos, printed, results, reviews, shelf, writers
from whatsit import chain as chains
from whatsit.chain import Ask, Chain
from whatsit.classifier import Classifier
from whatsit.device import DeviceName, VariantChoice
from whatsit.errors import SOME_FAILED, STOPPED, UsageError
from whatsit.photos import Photo
from whatsit.progress import Progress
from whatsit.results import CountsRecord, Summary
from whatsit.resuming import Resumed
from whatsit.writers import Format

_Device = Annotated[DeviceName, typer.Option(help="What computes; auto takes CUDA where it is proven.")]
_Variant = Annotated[VariantChoice, typer.Option(help="Which file; auto takes the fastest that is proven.")]
_Limit = Annotated[
    list[str] | None,
    typer.Option(
        "--limit",
        metavar="NAME=VALUE",
        help="The most that one picture may have or take: megapixels, seconds, megabytes of memory.",
    ),
]
_Anew = Annotated[
    bool, typer.Option("--anew", help="Answer every photo, also what --out was asked for before.")
]
_Engine = Annotated[
    Literal["here", "ray"],
    typer.Option(help="What does the work: this process, or many workers on Ray, on many machines too."),
]
_Address = Annotated[str | None, typer.Option(help="The Ray cluster to use, such as auto; else an own one.")]
_Workers = Annotated[int | None, typer.Option(min=1, help="How many workers on Ray; else as many as fit.")]
_Cores = Annotated[int | None, typer.Option(min=1, help="Processor cores for each worker on Ray; else 1.")]
_Gpus = Annotated[
    float | None, typer.Option(min=0, help="GPUs for each worker on Ray (0.5: two on one); else 0.")
]
_Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress.")]


def classify(  # noqa: PLR0913, PLR0917 - one parameter for each option of the command line
    paths: Annotated[list[str], typer.Argument(help="Folders and photos; with --engine ray a URL too.")],
    model: Annotated[str, typer.Option(help="A model's name, or a bundle's folder.")] = "cats-dogs",
    then: Annotated[
        list[str] | None,
        typer.Option(metavar="ANSWER=MODEL", help="Ask MODEL next about what has that answer: dog=breeds."),
    ] = None,
    kind: Annotated[Format | None, typer.Option("--format", help="How to write the answers.")] = None,
    out: Annotated[str | None, typer.Option(metavar="FILE", help="Write the answers to this file.")] = None,
    anew: _Anew = False,  # noqa: FBT002 - typer's way to say an option
    device: _Device = "auto",
    variant: _Variant = "auto",
    limit: _Limit = None,
    engine: _Engine = "here",
    address: _Address = None,
    workers: _Workers = None,
    cores: _Cores = None,
    gpus: _Gpus = None,
    quiet: _Quiet = False,  # noqa: FBT002 - as above
) -> None:
    """Say what is on the photos in folders and files.

    With --out, a run that was stopped or killed goes on where it was, by the same command.
    """
    bounds = limits.of_user(limit or ())
    if engine == "ray":
        from whatsit.distributed import command  # noqa: PLC0415 - it needs what most people do not install

        asked = command.asked(paths, (model, *(then or ())), (device, variant), bounds, out, anew=anew)
        command.classify(asked, command.means(address, workers, cores, gpus), kind, quiet=quiet)
        return
    _require_here(paths, (address, workers, cores, gpus))
    file = Path(out) if out else None
    kind = _format(kind, file)
    if file:
        writers.check_out(kind, file)
    classifier = Classifier.open(shelf.find(model), device, variant, bounds)
    chain = Chain.open(classifier, then or (), device, variant)
    resumed = Resumed()
    ask = batch.classify if anew or file is None else resumed.classify
    found = _Found(tuple(map(Path, paths)), file)
    counts = _classified(found, chain, ask, (kind, file), _progress(quiet=quiet))
    # Where the answers go to standard output for a program to read, nothing else may.
    console = Console(stderr=kind != "table" and file is None, soft_wrap=True, highlight=False)
    run = results.run_record(chain.first, chain.then)
    console.print(printed.summary(counts, run, resumed.recalled), markup=False)
    if counts.failed:
        raise typer.Exit(SOME_FAILED)


def evaluate(  # noqa: PLR0913, PLR0917 - one parameter for each option of the command line
    bundle: Annotated[str, typer.Argument(help="A model's name, or a bundle's folder.")],
    data: Annotated[Path, typer.Option(help="A folder with split.csv, or with one folder a class.")],
    split: Annotated[str, typer.Option(help="Which photos of split.csv; 'all' takes every one.")] = "test",
    json: Annotated[Path | None, typer.Option(help="Write the figures to this file too.")] = None,
    save: Annotated[Path | None, typer.Option(help="Write every output to this npz file.")] = None,
    against: Annotated[Path | None, typer.Option(help="Compare with such a file, photo by photo.")] = None,
    device: _Device = "auto",
    variant: _Variant = "auto",
    limit: _Limit = None,
    quiet: _Quiet = False,  # noqa: FBT002 - typer's way to say an option
) -> None:
    """Say how right a model is on labelled photos."""
    from whatsit import evaluation as evaluations  # noqa: PLC0415 - classify starts sooner without these
    from whatsit import labelled, paired, verdict  # noqa: PLC0415 - as above
    from whatsit.predictions import Predictions  # noqa: PLC0415 - as above

    for target in filter(None, (json, save)):
        files.check_target(target)
    other = Predictions.load(against) if against else None
    classifier = Classifier.open(shelf.find(bundle), device, variant, limits.of_user(limit or ()))
    names = [label.name for label in classifier.bundle.manifest.labels]
    chosen = labelled.read(data, split, names)
    if other:
        other.order_for([one.photo.name for one in chosen], [one.label for one in chosen], len(names))
    with _progress(quiet=quiet)("Evaluating", len(chosen)) as advance:
        found = evaluations.evaluate(classifier, chosen, advance)
    if save:
        found.predictions.save(save)
    pair = paired.compare(found.predictions, other) if other else None
    if json:
        files.write_text(
            json, verdict.report(found, pair, classifier, split).model_dump_json(indent=1) + "\n"
        )
    _print_facts(verdict.facts(found, pair, classifier))
    for one in found.failed:
        typer.echo(f"failed: {one.path}: {one.reason}", err=True)
    if found.failed:
        raise typer.Exit(SOME_FAILED)


def _require_here(paths: Sequence[str], means: Sequence[object]) -> None:
    """Raise UsageError where something is asked for that this process alone does not do."""
    if any(one is not None for one in means):
        raise UsageError("--address, --workers, --cores and --gpus are for --engine ray.")
    if url := next((one for one in paths if "://" in one and not Path(one).exists()), None):
        raise UsageError(
            f"{files.shown(url)}: this is no path of this machine.", hint="URLs need --engine ray."
        )


_Progress = Callable[[str, int], contextlib.AbstractContextManager[Callable[[], None]]]


def _progress(*, quiet: bool) -> _Progress:
    return _silent if quiet else _shown


@contextlib.contextmanager
def _silent(_title: str, _total: int) -> Iterator[Callable[[], None]]:
    yield lambda: None


@contextlib.contextmanager
def _shown(title: str, total: int) -> Iterator[Callable[[], None]]:
    with Progress(title, total) as progress:
        yield progress.advance


def _format(kind: Format | None, out: Path | None) -> Format:
    if kind is None and out is not None:
        kind = next((one for one in get_args(Format) if out.suffix.lower() == f".{one}"), None)
    if out is not None and kind in (None, "table"):
        raise UsageError("--out needs a --format: csv, json, jsonl or xlsx.", path=out)
    return kind or "table"


class _Found:
    """Every entry of what was asked for, counted first, then found again one by one: memory stays small."""

    def __init__(self, paths: Sequence[Path], out: Path | None) -> None:
        self._paths = paths
        self._out = out
        self._was_there = out is not None and out.exists()
        self.total = sum(1 for _ in photos.scan(paths))

    def photos(self) -> Iterator[Photo]:
        """Yield the entries, but for what this run itself is writing among them."""
        for photo in photos.scan(self._paths):
            if photo.settled is None or not self._is_own(photo.path):  # no answers have a picture's name
                yield photo

    def _is_own(self, path: Path) -> bool:
        if self._out is None:
            return False
        if path.name == self._out.name:
            return not self._was_there and files.is_beside(path, self._out)
        return files.is_temporary(path, self._out)


def _classified(
    found: _Found, chain: Chain, ask: Ask, way: tuple[Format, Path | None], progress: _Progress
) -> CountsRecord:
    kind, out = way
    run, summary = results.run_record(chain.first, chain.then), Summary()
    started = time.perf_counter()
    try:
        with (
            writers.opened(kind, out, run, chain.manifests) as writer,
            progress("Classifying", found.total) as advance,
            contextlib.closing(chains.classify(found.photos(), chain, ask)) as answered,
            reviews.known(run.model) as person_label,
        ):
            for result in answered:
                summary.add(result)
                writer.write(results.photo_record(result, run.model, person_label(result.photo)))
                advance()
            counts = summary.record(time.perf_counter() - started)
            writer.finish(counts)
    except KeyboardInterrupt:
        lost = f"; nothing was written to {files.shown(out)}" if out and kind != "jsonl" else ""
        hint = " The same command goes on." if out else ""
        typer.echo(f"Stopped: {summary.found:,} of {found.total:,} photos done{lost}.{hint}", err=True)
        raise typer.Exit(STOPPED) from None
    return counts


def _print_facts(facts: dict[str, str]) -> None:
    width = max(map(cell_len, facts))
    for fact, value in facts.items():
        typer.echo(f"{fact}{' ' * (width - cell_len(fact))}  {value}")
