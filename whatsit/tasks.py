"""What the pipeline's threads do: decode a photo, run the model on a group; what goes wrong is given back."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import numpy as np

from whatsit.decisions import Answer, Status
from whatsit.errors import DeviceError, PictureError, WhatsitError
from whatsit.graph import Outputs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from whatsit.classifier import Classifier
    from whatsit.decisions import Evidence
    from whatsit.photos import Photo

    Pixels = NDArray[np.uint8] | Answer
    Told = tuple[Outputs, list[Evidence]] | Exception

_log = logging.getLogger(__name__)


def pixels(photo: Photo, classifier: Classifier) -> Pixels:
    """Return the model's pixels, uint8 [H,W,3], or why there are none."""
    try:
        return classifier.pixels_of(photo.path)
    except PictureError as error:
        return Answer(Status.FAILED, reason=error.what)
    except Exception as error:  # noqa: BLE001 - the thread's edge: one file must not end the run for the rest
        _log.exception("decoding %s", photo.name)
        return Answer(Status.FAILED, reason=f"the picture cannot be read ({type(error).__name__})")


def told(taken: Sequence[NDArray[np.uint8]], classifier: Classifier) -> Told:
    """Return outputs and evidence for photos, uint8 [H,W,3] each; in halves where all are too many."""
    try:
        outputs = classifier.predict(np.stack(taken))
        return outputs, classifier.evidence(outputs)
    except DeviceError as error:
        if len(taken) == 1:
            return error
        _log.warning("%d photos at a time are too many: %s", len(taken), error.what)
        return _in_halves(taken, classifier)
    except WhatsitError as error:
        return error
    except Exception as error:  # noqa: BLE001 - the thread's edge: it is raised again on the caller's
        _log.exception("running the model")
        return error


def _in_halves(taken: Sequence[NDArray[np.uint8]], classifier: Classifier) -> Told:
    middle = len(taken) // 2
    first = told(taken[:middle], classifier)
    # One photo was too many: each of the rest could take minutes to fail as well.
    if isinstance(first, Exception):
        return first
    second = told(taken[middle:], classifier)
    if isinstance(second, Exception):
        return second
    (outputs, evidence), (others, more) = first, second
    arrays = {name: np.concatenate([values, others.arrays[name]]) for name, values in outputs.arrays.items()}
    return Outputs(arrays), [*evidence, *more]
