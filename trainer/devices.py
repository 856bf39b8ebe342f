"""What learning runs on: seeds, precision, compilation, and the copies of a network on several devices.

The only module that knows which backend Keras has.
"""

from __future__ import annotations

import contextlib
import functools
import logging
import os
from typing import TYPE_CHECKING, Any

import keras
import numpy as np
from rich.console import Console

from whatsit import quiet
from whatsit.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from trainer.sections import Fit

_TENSORFLOW = keras.backend.backend() == "tensorflow"
if _TENSORFLOW:  # to the terminal it warns of each further network that it traces; what is wrong is raised
    logging.getLogger("tensorflow").setLevel(logging.ERROR)


@contextlib.contextmanager
def ready(seed: int, fit: Fit | None) -> Iterator[None]:
    """Set seeds and determinism as the recipe says, on as many devices as there are, in float32.

    Raises UsageError when the recipe wants steps compiled on several devices.
    """
    if fit and fit.compiled and several():
        raise UsageError(
            "fit.compiled is for one device: XLA takes no variables that lie on several.",
            hint="Leave it out, or show one alone with CUDA_VISIBLE_DEVICES=0.",
        )
    with quiet.native_noise():  # where TensorFlow is installed, any backend loads it here
        keras.utils.set_random_seed(seed)
    if fit and fit.deterministic:
        _be_deterministic()
    with _policy("float32"), _strategy():
        yield


def gpus() -> int:
    """Return how many GPUs the backend sees."""
    if _TENSORFLOW:
        import tensorflow as tf  # noqa: PLC0415 - this module alone knows it

        return len(tf.config.list_logical_devices("GPU"))
    if keras.backend.backend() == "torch":
        import torch  # noqa: PLC0415

        return int(torch.cuda.device_count())
    return 0


def several() -> tuple[str, ...]:
    """Return the names of the devices that each hold a copy of the network, none where one does it all.

    Keras copies networks under TensorFlow alone; CPUs are several only when TensorFlow was told so.
    """
    if not _TENSORFLOW:
        return ()
    import tensorflow as tf  # noqa: PLC0415

    devices = tf.config.list_logical_devices("GPU") or tf.config.list_logical_devices("CPU")
    return tuple(device.name for device in devices) if len(devices) > 1 else ()


@contextlib.contextmanager
def _policy(name: str) -> Iterator[None]:
    before = keras.mixed_precision.dtype_policy()
    keras.mixed_precision.set_dtype_policy(name)
    try:
        yield
    finally:
        keras.mixed_precision.set_dtype_policy(before)


def in_precision(fit: Fit) -> contextlib.AbstractContextManager[None]:
    """Return the scope in which what is built learns in the recipe's precision."""
    return _policy(precision(fit))


def precision(fit: Fit) -> str:
    """Return the precision that learning has: as the recipe says, else mixed on a GPU."""
    return fit.precision or ("mixed_float16" if gpus() else "float32")


def compiled(fit: Fit) -> bool:
    """Return whether steps are compiled by XLA: as the recipe says, else on one GPU under TensorFlow."""
    return fit.compiled if fit.compiled is not None else bool(_TENSORFLOW and gpus() == 1)


def parted(model: Any, batch: NDArray[Any]) -> Any:
    """Return a batch as `model.predict_on_batch` wants it: a part for each device that has a copy.

    Given the batch as it is, Keras has every copy do the whole of it.
    """
    strategy = getattr(model, "distribute_strategy", None)  # of TensorFlow's models alone
    if strategy is None or strategy.num_replicas_in_sync == 1:
        return batch
    parts = np.array_split(batch, strategy.num_replicas_in_sync)
    return strategy.experimental_distribute_values_from_function(
        lambda device: keras.ops.convert_to_tensor(parts[device.replica_id_in_sync_group])
    )


def _be_deterministic() -> None:
    if _TENSORFLOW:
        import tensorflow as tf  # noqa: PLC0415

        tf.config.experimental.enable_op_determinism()
    elif keras.backend.backend() == "torch":
        import torch  # noqa: PLC0415

        os.environ.setdefault("CUBLAS_WORKSPACE_CONFIG", ":4096:8")  # CUDA's matrix products ask for it
        torch.use_deterministic_algorithms(mode=True)


def _strategy() -> contextlib.AbstractContextManager[Any]:
    """Return the scope in which a network is built and learns: a copy on each of several devices."""
    names = several()
    if not names:
        return contextlib.nullcontext()
    scope: contextlib.AbstractContextManager[Any] = _mirrored(names).scope()
    return scope


# One a process: a second one numbers its sums as the first did, from 100 on, and TensorFlow mixes them up.
@functools.cache
def _mirrored(names: tuple[str, ...]) -> Any:
    import tensorflow as tf  # noqa: PLC0415

    kind = names[0].split(":")[-2]  # of /device:GPU:0
    Console(stderr=True).print(f"{len(names)} {kind}s: each batch is split among them.", highlight=False)
    return tf.distribute.MirroredStrategy(list(names))
