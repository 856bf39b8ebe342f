"""The command line: finds the command, imports only what it needs, turns errors into lines and exit codes."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Final, NamedTuple

import whatsit
from whatsit.errors import STOPPED, MissingExtraError, UsageError, WhatsitError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import typer

_QUIET: Final = ("-q", "--quiet")


class Command(NamedTuple):
    """Where a command is, and what it does in a few words."""

    module: str
    name: str
    help: str


COMMANDS: Final = {
    "app": Command("desktop.commands", "app", "Open the window, with FOLDER when one is given."),
    "classify": Command("whatsit.commands", "classify", "Say what is on the photos in folders and files."),
    "sort": Command(
        "whatsit.sort_commands", "sort", "Sort photos into a folder for each label; it can be undone."
    ),
    "tag": Command(
        "whatsit.sort_commands", "tag", "Write answers as keywords beside photos; it can be undone."
    ),
    "undo": Command("whatsit.sort_commands", "undo", "Undo a sort or tag run, the latest or any other."),
    "train": Command("trainer.commands", "train", "Train a model from labelled photos by a recipe."),
    "recipes": Command("trainer.commands", "recipes", "List the recipes there are."),
    "runs": Command("trainer.results.commands", "runs", "List training runs, or compare some of them."),
    "data": Command(
        "trainer.data.commands", "data", "Show labelled photos, or link them into class folders."
    ),
    "predict": Command(
        "trainer.trained.commands",
        "predict",
        "Write a run's answers to unlabelled photos as a Kaggle table.",
    ),
    "evaluate": Command("whatsit.commands", "evaluate", "Say how right a model is on labelled photos."),
    "export": Command(
        "exporter.commands", "export", "Turn a training run into a bundle that any runtime takes."
    ),
    "keras-outputs": Command(
        "exporter.commands", "keras_outputs", "Save a run's Keras outputs, to compare a bundle with."
    ),
    "check": Command(
        "whatsit.proof_commands", "check", "Prove a bundle on this machine, and say whether to trust it here."
    ),
    "models": Command("whatsit.shelf_commands", "models", "List, show, add and remove models."),
    "doctor": Command("whatsit.proof_commands", "doctor", "Say what works on this machine, and what to do."),
}
# What an optional part brings: a module that is missing names the part to install.
_EXTRAS: Final = {
    "train": ("filelock", "jinja2", "keras", "matplotlib", "scipy", "sklearn", "tensorboardX", "tensorflow"),
    "export": ("onnx", "tf2onnx"),
    "distributed": ("fsspec", "pyarrow", "ray"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    first = next((one for one in given if one not in (*_QUIET, "--debug")), "")
    if first == "--version":
        sys.stdout.write(f"whatsit {whatsit.__version__}\n")
        return 0
    if first in ("--help", "-h", "help"):
        sys.stdout.write(usage())
        return 0
    from whatsit import logs  # noqa: PLC0415 - the version and the help write no log

    with logs.to_file():
        return _guarded([one for one in given if one != "--debug"], debug="--debug" in given)


def _guarded(given: list[str], *, debug: bool) -> int:
    try:
        return _run(given)
    except WhatsitError as error:
        _say(f"whatsit: {error}")
        return error.exit_code
    except KeyboardInterrupt:
        _say("Stopped.")
        return STOPPED
    except BrokenPipeError:  # whoever read the output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:  # noqa: BLE001 - the program's edge: logged, and said in a line
        return _unforeseen(error, debug=debug)


def _run(given: list[str]) -> int:
    name, rest = _chosen(given)
    try:
        return _call(name, rest)
    except ModuleNotFoundError as error:
        raise _missing_extra(error, name) or error from None


def _chosen(given: list[str]) -> tuple[str, list[str]]:
    """Return the command and its arguments; -q may stand before it, as in `whatsit -q classify`."""
    quiet = [one for one in given[:1] if one in _QUIET]
    words = given[len(quiet) :]
    if not words:
        return "app", []
    if words[0] in COMMANDS:
        return words[0], [*quiet, *words[1:]]
    if os.path.isdir(words[0]):  # noqa: PTH112 - pathlib is not loaded for the version and the help
        return "app", words
    raise _unknown(words[0])


def _call(name: str, arguments: list[str]) -> int:
    found = _loaded(COMMANDS[name])
    import inspect  # noqa: PLC0415 - as below

    from typer import Typer  # noqa: PLC0415 - as below

    if arguments[:1] in ([one] for one in _QUIET) and "quiet" not in inspect.signature(found).parameters:
        arguments = arguments[1:]  # a command without progress says no less
    app = found if isinstance(found, Typer) else Typer(add_completion=False, pretty_exceptions_enable=False)
    if app is not found:
        app.command(help=found.__doc__)(found)
    return _exit_code(app, name, arguments)


def _loaded(command: Command) -> Callable[..., object]:
    import gc  # noqa: PLC0415 - the version and the help are there without these
    import importlib  # noqa: PLC0415 - as above

    # Pydantic would look through every package that is installed for plugins: none is for us.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    gc.disable()  # all that is loaded stays: to look it through for garbage takes a tenth of the start
    try:
        found: Callable[..., object] = getattr(importlib.import_module(command.module), command.name)
    finally:
        gc.enable()
    gc.freeze()
    return found


def _exit_code(app: typer.Typer, name: str, arguments: list[str]) -> int:
    try:
        app(args=arguments, prog_name=f"whatsit {name}")
    except SystemExit as ended:
        made_of = ended.__context__.__cause__ if ended.__context__ else None
        if isinstance(made_of, KeyboardInterrupt):  # typer ends without a word
            raise made_of from None
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    return 0


def _unknown(word: str) -> UsageError:
    shown = word.encode("utf-8", "backslashreplace").decode()
    if word.startswith("-"):
        return UsageError(f"there is no option {shown}.", hint="See: whatsit --help")
    import difflib  # noqa: PLC0415 - only for what is mistyped

    near = difflib.get_close_matches(word, COMMANDS, n=1)
    hint = f"Did you mean: whatsit {near[0]}" if near else "See: whatsit --help"
    return UsageError(f"there is no command or folder {shown!r}.", hint=hint)


def _missing_extra(error: ModuleNotFoundError, name: str) -> MissingExtraError | None:
    missing = (error.name or "").partition(".")[0]
    extra = next((extra for extra, modules in _EXTRAS.items() if missing in modules), None)
    if extra is None:
        return None
    if COMMANDS[name].module.startswith("exporter."):  # its extra has all that it needs of the trainer's
        extra = "export"
    return MissingExtraError(
        f"'whatsit {name}' needs {missing}, which is not installed.",
        hint=f"Install it with: pip install 'whatsit[{extra}]'",
    )


def usage() -> str:
    """Return the help of the whole program."""
    width = max(map(len, COMMANDS))
    lines = [f"  {name:<{width}} {command.help}" for name, command in COMMANDS.items()]
    return "\n".join(
        [
            "Usage: whatsit [COMMAND] [ARGUMENTS]    or: whatsit [FOLDER]",
            "",
            "What is it? Answered for every photo in a folder, without a photo leaving the machine.",
            "Without a command the window opens, on FOLDER when one is given.",
            "",
            "Commands:",
            *lines,
            "",
            "Options:",
            "  --version  Print the version.",
            "  --debug    Print the whole traceback of an error that nobody foresaw.",
            "  -q         Show no progress.",
            "  --help     Print this help; 'whatsit COMMAND --help' that of a command.",
            "",
            "Exit codes: 0 done, 1 failed, 2 usage, 3 done but some photos failed, 130 stopped.",
            "",
        ]
    )


def _unforeseen(error: Exception, *, debug: bool) -> int:
    import logging  # noqa: PLC0415 - only when something went wrong
    import traceback  # noqa: PLC0415 - as above

    from whatsit import logs  # noqa: PLC0415 - as above

    logging.getLogger(__name__).error("unforeseen", exc_info=error)
    if debug:
        traceback.print_exception(error)
    if isinstance(error, OSError):  # a file that cannot be written, a full disk: for the person to put right
        _say(f"whatsit: {_what_failed(error)}")
    else:
        _say(f"whatsit: something went wrong that nobody foresaw ({type(error).__name__}: {error}).")
        _say(f"The details are in {logs.shown_file()}; 'whatsit --debug …' prints them.")
    return 1


def _what_failed(error: OSError) -> str:
    from whatsit import files  # noqa: PLC0415 - as above

    where = f"{files.shown(error.filename)}: " if error.filename else ""
    return f"{where}{error.strerror or error}."


def _say(line: str) -> None:
    sys.stderr.write(line.encode("utf-8", "backslashreplace").decode() + "\n")


if __name__ == "__main__":
    sys.exit(main())
