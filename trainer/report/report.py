"""The report of a run: one page that needs nothing else, `report.html`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import jinja2

from trainer.pages import wording
from trainer.report import page as report_page
from whatsit import files

if TYPE_CHECKING:
    from whatsit.run import Run

REPORT_FILE: Final = "report.html"
_TEMPLATES: Final = Path(__file__).parent / "templates"


def write(run: Run, model: Any) -> None:
    """Write `report.html` from what the run's folder holds and the layers of its Keras model.

    It shows the figures of test where that was evaluated, else of tune. Raises RunError when a file of the
    run is damaged.
    """
    surroundings = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    surroundings.filters |= {"percent": wording.percent, "duration": wording.duration, "shown": files.shown}
    page = report_page.gather(run, model)
    text = surroundings.get_template(REPORT_FILE).render(page=page, few=report_page.FEW_CLASSES)
    files.write_text(run.folder / REPORT_FILE, text)
