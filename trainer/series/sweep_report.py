"""What each change of a sweep did: one table and one plot."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from whatsit import files

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from matplotlib.axes import Axes

    from trainer.results.metrics import Metrics
    from whatsit.paired import Paired

CSV_FILE: Final = "sweep.csv"
TABLE_FILE: Final = "sweep.md"
PLOT_FILE: Final = "sweep.svg"
_COLUMNS: Final = (
    "key", "value", "accuracy", "low95", "high95", "difference", "difference_low95", "difference_high95",
    "balanced_accuracy", "log_loss", "run", "failed",
)  # fmt: skip
_BASE_COLOUR: Final = "#6b7280"
_COLOUR: Final = "#2563eb"
_WIDEST: Final = 44  # letters of a value beside the plot
_STYLE: Final[dict[Any, Any]] = {
    "font.size": 10,
    "svg.fonttype": "none",
    "svg.hashsalt": "sweep",
    "text.parse_math": False,
}


@dataclass(frozen=True, slots=True)
class Result:
    """What one variation reached on calibrate, in the run folder called `run`; or why there are no figures.

    `against` is the difference to the base, photo by photo. The first result of a sweep is the base, which
    has no key.
    """

    name: str
    key: str
    value: str
    run: str = ""
    figures: Metrics | None = None
    against: Paired | None = None
    failed: str = ""


def write(folder: Path, recipe: str, results: Sequence[Result]) -> None:
    """Write the table, as CSV and to read, and the plot of the results so far into `folder`."""
    rows = [_COLUMNS, *(_row(result) for result in results)]
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    files.write_text(folder / CSV_FILE, out.getvalue())
    files.write_text(folder / TABLE_FILE, _table(recipe, results))
    if any(result.figures for result in results):
        files.write_text(folder / PLOT_FILE, _plot(recipe, [result for result in results if result.figures]))


def _row(result: Result) -> tuple[str, ...]:
    found, against = result.figures, result.against
    if found is None:
        return result.key, result.value, *([""] * 8), result.run, result.failed
    apart = (against.difference, *against.interval95) if against else ()
    shown = [f"{figure:.6g}" for figure in (found.accuracy, *found.intervals95.accuracy)]
    shown += [f"{figure:.6g}" for figure in apart] or [""] * 3
    shown += [f"{figure:.6g}" for figure in (found.balanced_accuracy, found.log_loss)]
    return result.key, result.value, *shown, result.run, ""


def _table(recipe: str, results: Sequence[Result]) -> str:
    photos = next((f"{result.figures.photos:,} photos of " for result in results if result.figures), "")
    lines = [
        f"# {recipe}: one factor at a time",
        "",
        f"Figures are on {photos}calibrate, on which no epoch and no setting was chosen: only the",
        "temperature, which changes no answer. Each change stands alone: all else is as in the base. The",
        "difference to the base, in points of accuracy, is photo by photo; where its interval spans zero,",
        "chance may have made it.",
        "",
        "| what is changed | to | accuracy (95 %) | against the base (95 %) | balanced | log loss | run |",
        "|---|---|---|---|---|---|---|",
        *(_line(result) for result in results),
        "",
    ]
    return "\n".join(lines)


def _line(result: Result) -> str:
    name, value = result.key or "nothing (base)", result.value or "–"
    found = result.figures
    if found is None:
        cells = [name, value, f"failed: {result.failed}", "–", "–", "–", result.run or "–"]
    else:
        low, high = found.intervals95.accuracy
        cells = [
            name, value, f"{found.accuracy:.1%} ({low:.1%} to {high:.1%})", _apart(result.against),
            f"{found.balanced_accuracy:.1%}", f"{found.log_loss:.4f}", result.run,
        ]  # fmt: skip
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _apart(against: Paired | None) -> str:
    if against is None:
        return "–"
    low, high = (100 * end for end in against.interval95)
    return f"{100 * against.difference:+.1f} ({low:+.1f} to {high:+.1f})"


def _plot(recipe: str, results: Sequence[Result]) -> str:
    """Return an SVG: a point and its interval for each value, the values of one factor together."""
    with mpl.rc_context(_STYLE):
        figure = Figure(figsize=(8, 1.4 + 0.34 * len(_places(results))), layout="constrained")
        axes = figure.subplots()
        _draw(axes, results)
        axes.set_xlabel("accuracy on calibrate, with its 95 % interval")
        axes.set_title(f"{recipe}: what each change did", loc="left")
        out = io.StringIO()
        figure.savefig(out, format="svg", metadata={"Date": None})
        return out.getvalue()


def _places(results: Sequence[Result]) -> list[float]:
    """Return each result's height: a step each, and half a step more between factors."""
    places, place = [], 0.0
    for before, result in zip([None, *results[:-1]], results, strict=True):
        if before is not None:
            place += 1.0 if before.key == result.key else 1.5
        places.append(place)
    return places


def _draw(axes: Axes, results: Sequence[Result]) -> None:
    places = _places(results)
    for place, result in zip(places, results, strict=True):
        if result.figures is None:
            continue
        low, high = result.figures.intervals95.accuracy
        colour = _COLOUR if result.key else _BASE_COLOUR
        axes.hlines(place, low, high, color=colour, linewidth=2)
        axes.plot([result.figures.accuracy], [place], "o", color=colour)
        if not result.key:
            axes.axvline(result.figures.accuracy, color=_BASE_COLOUR, linestyle=":", linewidth=1)
    axes.set_yticks(places, [_label(result) for result in results])
    axes.invert_yaxis()
    axes.xaxis.set_major_locator(MaxNLocator(6))
    axes.xaxis.set_major_formatter("{x:.1%}")
    axes.spines[["top", "right"]].set_visible(False)


def _label(result: Result) -> str:
    value = result.value if len(result.value) <= _WIDEST else f"{result.value[: _WIDEST - 1]}…"
    return f"{result.key.rpartition('.')[2]}  {value}" if result.key else "as it stands"
