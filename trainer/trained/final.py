"""The last word on a run: its test photos, evaluated once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import keras
import numpy as np
from rich.console import Console

from trainer.learning import batches
from trainer.report import report
from trainer.results import metrics, predicted
from whatsit import run as runs
from whatsit.errors import DataError, RunError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from trainer.results.metrics import Metrics
    from whatsit.run import Run


def evaluate(run: Run, seed: int = 1) -> Run:
    """Evaluate a finished run on its test photos, write what they give, show it, and return the run.

    Test rows join `predictions.csv`, the figures `metrics.json` and `run.json`, and the report is written
    anew. Where that was done nothing is computed again: the figures are shown. Raises RunError when the run
    is not finished or cannot be loaded, DataError when it has no test photos.
    """
    console = Console(soft_wrap=True, highlight=False)
    known = metrics.read(run.folder)
    if "test" in known:
        console.print("Test was evaluated already, which is done once.", markup=False)
        _show(console, known["test"])
        return run
    model = load(run)
    if "test" not in predicted.read(run):  # else it was stopped between its predictions and its figures
        photos = run.photos("test")
        if not photos:
            raise DataError("this run has no test photos.", path=run.folder)
        predicted.append(run, photos, _probabilities(model, run))
    test = predicted.metrics_of_run(run, seed)["test"]
    run = _recorded(run, test)
    metrics.write(run.folder, (known or predicted.metrics_of_run(run, seed)) | {"test": test})
    report.write(run, model)
    _show(console, test)
    return run


def load(run: Run) -> Any:
    """Return the run's Keras model.

    Raises RunError when the run is not finished or its model cannot be loaded.
    """
    try:
        return keras.saving.load_model(run.model_file, compile=False, safe_mode=True)
    except (ValueError, TypeError, OSError, KeyError) as error:
        raise RunError(
            f"the Keras model cannot be loaded ({str(error).strip().splitlines()[0]}).",
            hint="Train it again with this version.",
            path=run.model_file,
        ) from error


def _probabilities(model: Any, run: Run) -> NDArray[np.float32]:
    paths = [run.file_of(photo) for photo in run.photos("test")]
    only = keras.Model(model.input, model.output["probabilities"])  # maps of all photos would fill the memory
    return np.asarray(batches.predict(only, paths, run.info.input), dtype=np.float32)


def _recorded(run: Run, test: Metrics) -> Run:
    training = run.info.training
    if training is None:
        return run
    figures = training.metrics | test.plain("test")
    return runs.write(
        run.folder,
        run.info.model_copy(update={"training": training.model_copy(update={"metrics": figures})}),
    )


def _show(console: Console, test: Metrics) -> None:
    ends = test.intervals95
    console.print(
        f"test: {test.photos:,} photos, accuracy {test.accuracy:.2%} "
        f"({ends.accuracy[0]:.2%} – {ends.accuracy[1]:.2%}), balanced {test.balanced_accuracy:.2%}, "
        f"log loss {test.log_loss:.4f} ({ends.log_loss[0]:.4f} – {ends.log_loss[1]:.4f})",
        markup=False,
    )
