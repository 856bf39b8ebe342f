"""The commands that put photos where they belong, or keywords beside them, and back: sort, tag, undo."""

from pathlib import Path
from typing import Annotated, Final

import typer

from whatsit import limits, progress, sortables, sorting
from whatsit.device import DeviceName, VariantChoice
from whatsit.errors import SOME_FAILED, UsageError
from whatsit.sorting import Mode, Order, Outcome, Plan, tagging, words
from whatsit.sorting.tagging import TagPlan

FAILED: Final = 1
_Move = Annotated[bool, typer.Option("--move", help="Move the photos instead of copying them.")]
_Link = Annotated[bool, typer.Option("--link", help="Make hard links.")]
_Symlink = Annotated[bool, typer.Option("--symlink", help="Make symbolic links.")]
_KeepFolders = Annotated[
    bool, typer.Option("--keep-folders", help="Keep sub-folders below each label's folder.")
]
_DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would be done, and do nothing.")]
_Answers = Annotated[
    Path | None, typer.Option(help="Sort by this file of 'classify --out', and a person's labels in it.")
]
_Model = Annotated[str, typer.Option(help="A model's name, or a bundle's folder.")]
_Then = Annotated[
    list[str] | None,
    typer.Option(metavar="ANSWER=MODEL", help="Ask MODEL next about what has that answer: dog=breeds."),
]
_Device = Annotated[DeviceName, typer.Option(help="What computes.")]
_Variant = Annotated[VariantChoice, typer.Option(help="Which file of the model.")]
_Limit = Annotated[
    list[str] | None,
    typer.Option(
        "--limit",
        metavar="NAME=VALUE",
        help="The most that one picture may have or take: megapixels, seconds, megabytes of memory.",
    ),
]
_List = Annotated[bool, typer.Option("--list", help="List the runs there are, and undo none.")]
_Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress.")]


def sort(  # noqa: PLR0913, PLR0917 - one parameter for each option of the command line
    folder: Annotated[Path, typer.Argument(help="The folder of photos.")],
    into: Annotated[Path, typer.Option(help="Where the folders of the labels are made.")],
    move: _Move = False,  # noqa: FBT002 - typer's way to say an option
    link: _Link = False,  # noqa: FBT002 - as above
    symlink: _Symlink = False,  # noqa: FBT002 - as above
    keep_folders: _KeepFolders = False,  # noqa: FBT002 - as above
    dry_run: _DryRun = False,  # noqa: FBT002 - as above
    answers: _Answers = None,
    model: _Model = "cats-dogs",
    then: _Then = None,
    device: _Device = "auto",
    variant: _Variant = "auto",
    limit: _Limit = None,
    quiet: _Quiet = False,  # noqa: FBT002 - as above
) -> None:
    """Sort photos into a folder for each label; what was done can be undone.

    Photos are copied unless --move, --link or --symlink is given. What a person said of a photo goes before
    the model's answer. Failed and skipped files are not touched. Sidecars, live videos and raw files
    travel with their photo.
    """
    mode = _mode(move=move, link=link, symlink=symlink)
    if not dry_run:
        sorting.recover()
    if answers is None:
        items, model = sortables.by_model(
            folder, model, then or [], device, variant, limits.of_user(limit or ()), quiet=quiet
        )
    else:
        items, model = sortables.by_file(folder, answers)
    order = Order((folder.absolute(),), into.absolute(), mode, keep_folders, model)
    with progress.shown("Planning", len(items), "files", quiet=quiet) as advance:
        plan = sorting.plan(items, order, advance)
    for line in words.preview(plan):
        typer.echo(line)
    failed = sortables.any_failed(items)
    if not dry_run:
        failed |= _acted(plan, quiet=quiet)
    elif plan.problems:
        raise typer.Exit(FAILED)
    if failed:
        raise typer.Exit(SOME_FAILED)


def tag(  # noqa: PLR0913, PLR0917 - one parameter for each option of the command line
    folder: Annotated[Path, typer.Argument(help="The folder of photos.")],
    dry_run: _DryRun = False,  # noqa: FBT002 - typer's way to say an option
    answers: _Answers = None,
    model: _Model = "cats-dogs",
    then: _Then = None,
    device: _Device = "auto",
    variant: _Variant = "auto",
    limit: _Limit = None,
    quiet: _Quiet = False,  # noqa: FBT002 - as above
) -> None:
    """Write the answers as keywords into XMP sidecars; no photo is touched or moved, and it can be undone.

    A sidecar that is there gets the keywords added and keeps all else, those of an earlier run too. What a
    person said of a photo goes before the model's answer; what is not sure, unknown, failed or
    skipped gets no keyword.
    """
    if not dry_run:
        sorting.recover()
    if answers is None:
        items, model = sortables.by_model(
            folder, model, then or [], device, variant, limits.of_user(limit or ()), quiet=quiet
        )
    else:
        items, model = sortables.by_file(folder, answers)
    plan = tagging.plan(items, folder.absolute(), model)
    for line in words.tag_preview(plan):
        typer.echo(line)
    failed = sortables.any_failed(items)
    if not dry_run:
        failed |= _tagged(plan, quiet=quiet)
    if failed:
        raise typer.Exit(SOME_FAILED)


def undo(
    run: Annotated[
        str, typer.Argument(help="A run of sort or tag; without one, the latest that is not undone.")
    ] = "",
    listed: _List = False,  # noqa: FBT002 - typer's way to say an option
    quiet: _Quiet = False,  # noqa: FBT002 - as above
) -> None:
    """Undo a run of sort or tag.

    What it moved goes back, what it made is removed, sidecars are as they were. What changed since is left,
    and named.
    """
    sorting.recover()
    if listed:
        for line in words.runs(sorting.runs()):
            typer.echo(line)
        return
    chosen = sorting.find(run) if run else sorting.latest()
    with progress.shown("Undoing", chosen.files, "files", quiet=quiet) as advance:
        left = sortables.acted(sorting.undo(chosen.id), advance, f"Go on: whatsit undo {chosen.id}").left
    typer.echo(words.undone(chosen, len(left)))
    if _told(left):
        raise typer.Exit(SOME_FAILED)


def _mode(*, move: bool, link: bool, symlink: bool) -> Mode:
    asked = {Mode.MOVE: move, Mode.LINK: link, Mode.SYMLINK: symlink}
    chosen = [mode for mode, wanted in asked.items() if wanted]
    if len(chosen) > 1:
        raise UsageError(
            "--move, --link and --symlink exclude each other.", hint="Give one, or none to copy."
        )
    return chosen[0] if chosen else Mode.COPY


def _acted(plan: Plan, *, quiet: bool) -> bool:
    """Do what was planned; return whether something could not be done."""
    if not plan.steps:
        typer.echo("There is nothing to sort.")
        return False
    hint = "Go on by the same command, or take it back: whatsit undo"
    with progress.shown("Sorting", len(plan.steps), "files", quiet=quiet) as advance:
        acted = sortables.acted(sorting.act(plan), advance, hint)
    typer.echo(words.acted(plan, len(acted.left), acted.run))
    return _told(acted.left)


def _tagged(plan: TagPlan, *, quiet: bool) -> bool:
    """Write what was planned; return whether something could not be written."""
    if not plan.tags:
        typer.echo("There is nothing to tag.")
        return False
    with progress.shown("Tagging", len(plan.tags), "files", quiet=quiet) as advance:
        acted = sortables.acted(tagging.act(plan), advance, "Go on by the same command, or: whatsit undo")
    typer.echo(words.tagged(plan, len(acted.left), acted.run))
    return _told(acted.left)


def _told(left: list[Outcome]) -> bool:
    """Name what was left; return whether there was any."""
    for one in left:
        typer.echo(words.left(one), err=True)
    return bool(left)
