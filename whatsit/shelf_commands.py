"""The commands for models: list, show, add, remove."""

from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from whatsit import files, shelf
from whatsit.bundle import Bundle
from whatsit.errors import BundleError
from whatsit.manifest import Variant, VariantName

models = typer.Typer(
    add_completion=False, pretty_exceptions_enable=False, help="List, show, add and remove models."
)
_MOST_CARD_BYTES: Final = 1024**2
_Name = Annotated[str, typer.Argument(help="A model's name; see 'whatsit models'.")]


@models.callback(invoke_without_command=True)
def listed(context: typer.Context) -> None:
    """List the models that are found by name; add, remove and show are below."""
    if context.invoked_subcommand is not None:
        return
    table = Table("Name", "Title", "Version", "Labels", "Variants", box=None, pad_edge=False)
    for name in shelf.names():
        try:
            table.add_row(*map(Text, _row(name, shelf.find(name))))
        except BundleError as error:
            table.add_row(Text(name), Text(f"damaged: {error.what}", style="red"))
    out = Console()
    out.print(table if table.row_count else "There are no models. Add one: whatsit models add FOLDER")


def _row(name: str, bundle: Bundle) -> tuple[str, ...]:
    manifest = bundle.manifest
    variants = ", ".join(_size(*one) for one in manifest.variants.items())
    return (
        name,
        files.shown(manifest.title),
        files.shown(manifest.version),
        str(len(manifest.labels)),
        variants,
    )


def _size(name: VariantName, variant: Variant) -> str:
    return f"{name} {variant.bytes / 1e6:.1f} MB"


@models.command()
def show(name: _Name) -> None:
    """Print a model's facts and its card."""
    bundle = shelf.find(name)
    manifest, training = bundle.manifest, bundle.manifest.training
    labels = [label.name for label in manifest.labels]
    facts = {
        "Title": f"{manifest.title} {manifest.version}",
        "Licence": manifest.licence,
        "For": manifest.subject,
        "Labels": ", ".join(labels[:12]) + (f", … ({len(labels)})" if len(labels) > 12 else ""),  # noqa: PLR2004
        "Input": f"{manifest.input.width} × {manifest.input.height} pixels, {manifest.input.resize}",
        "Outputs": ", ".join(output.name for output in manifest.outputs),
        "Variants": ", ".join(_size(*one) for one in manifest.variants.items()),
        "Checks": f"{sum(one.passed for one in manifest.checks)} of {len(manifest.checks)} passed"
        + (f", {len(manifest.measurements)} figures measured only" if manifest.measurements else ""),
        "Recipe": training.recipe,
        "Photos": ", ".join(f"{count:,} {split}" for split, count in training.photos.items()) or "none",
        "SHA-256": bundle.sha256,
    }
    out = Console(soft_wrap=True, highlight=False)
    for fact, value in facts.items():
        out.print(Text.assemble((f"{fact:<9}", "bold"), files.shown(value)))
    _print_card(out, bundle.folder / "README.md")


def _print_card(out: Console, card: Path) -> None:
    from rich.markdown import Markdown  # noqa: PLC0415 - slow to load, and used here alone

    if card.is_file():
        data = files.read_inside(card.parent, card.name, _MOST_CARD_BYTES)
        lines = data.decode("utf-8", "replace").splitlines()
        text = "\n".join(files.shown(line) for line in lines)
        out.print()
        out.print(Markdown(text) if out.is_terminal else Text(text))


@models.command()
def add(folder: Annotated[Path, typer.Argument(help="The folder of a bundle.")]) -> None:
    """Copy a model into your own folder, after checking it."""
    bundle = shelf.add(folder)
    typer.echo(
        f"Added {bundle.manifest.name}. Try it: whatsit classify FOLDER --model {bundle.manifest.name}"
    )


@models.command()
def remove(name: _Name) -> None:
    """Remove a model that you added."""
    shelf.remove(name)
    typer.echo(f"Removed {name}.")
