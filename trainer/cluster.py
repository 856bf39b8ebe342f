"""Several machines: asked for by TF_CONFIG, and refused, since Keras 3 cannot train on them."""

from __future__ import annotations

import json
import os
from typing import Final

from whatsit.errors import UsageError

_VARIABLE: Final = "TF_CONFIG"


def refuse() -> None:
    """Raise UsageError when the environment asks for training on several machines.

    Each would train alone, on all photos, into the same folder. A cluster of one machine is no cluster.
    """
    if _machines(os.environ.get(_VARIABLE, "")) > 1:
        raise UsageError(
            f"{_VARIABLE} asks for several machines, and Keras 3 trains on one alone.",
            hint=f"Unset {_VARIABLE}; several GPUs of one machine are used by themselves.",
        )


def _machines(text: str) -> int:
    """Return how many machines learn by a TF_CONFIG; what is no such thing says nothing, as to TensorFlow."""
    try:
        cluster = json.loads(text)["cluster"]
        return sum(len(cluster.get(kind, ())) for kind in ("chief", "master", "worker"))
    except (ValueError, TypeError, KeyError, AttributeError):
        return 1
