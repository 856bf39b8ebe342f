"""A Keras model that was not trained here: loaded without its code, its input held against the contract."""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING, Any, Final

import keras

from exporter import keras_model
from whatsit.errors import RunError, UsageError
from whatsit.manifest import InputSpec

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Literal

_CODE: Final = re.compile(r"(?:locate \w+|deserialize(?: \w+)?|instance of) '([^']+)'")
_ONLY_KERAS: Final = (
    "Only Keras' own layers are taken, for code out of a file is never run: build the model of them, copy "
    "its weights, save it again."
)
_FLOAT32: Final = "Save it in float32: keras.config.set_dtype_policy('float32'), build it, copy the weights."
_OTHER_FLOATS: Final = ("float16", "bfloat16", "float64")
_SIDES: Final = re.compile(r"(\d{1,4})(?:[x×](\d{1,4}))?")
_CHANNELS: Final = 3
_RANK: Final = 4  # N, H, W, channels
_ARITHMETIC: Final = ("Add", "Subtract", "Multiply", "TrueDivide", "Divide")


def load(file: Path) -> Any:
    """Return the Keras model in a file: one input, one output, all in float32.

    Raises RunError when it cannot be loaded without running code, or is of another form.
    """
    if not zipfile.is_zipfile(file):
        raise RunError(
            "this is no Keras file, whatever its name.", hint="Save the model: model.save(...).", path=file
        )
    keras_model.on_processor()
    try:
        model = keras.saving.load_model(file, compile=False, safe_mode=True)
    except (
        ValueError, TypeError, OSError, KeyError, AttributeError, ImportError, NotImplementedError,
        zipfile.BadZipFile,
    ) as error:  # fmt: skip
        raise _not_loaded(str(error), file) from error
    _check_form(model, file)
    return model


def _check_form(model: Any, file: Path) -> None:
    for what, there in (("inputs", model.inputs), ("outputs", model.outputs)):
        if there is None or len(there) != 1:
            said = (
                f"the model has {len(there)} {what}, not one." if there else f"the model's {what} are open."
            )
            hint = "Give it one input of pictures and one output of labels, as keras.Model(input, output)."
            raise RunError(said, hint=hint, path=file)
    others = sorted({one.compute_dtype for one in layers_of(model)} & set(_OTHER_FLOATS))
    if others:
        raise RunError(f"the model computes in {others[0]}, not float32.", hint=_FLOAT32, path=file)


def spec_of(model: Any, size: str | None, resize: Literal["squash", "crop"], file: Path) -> InputSpec:
    """Return what photos become for a model; `size`, as "HxW" or one number, is for one that takes any.

    Raises RunError when it does not take [N,H,W,3], UsageError when its size is not told, or told wrongly.
    """
    shape = tuple(model.inputs[0].shape)
    said = f"the model takes {_shown(shape)}, not [N, H, W, 3]"
    if len(shape) == _RANK and shape[1] == _CHANNELS != shape[3]:
        hint = "Its channels come first: build it with data_format='channels_last', copy the weights."
        raise RunError(f"{said}.", hint=hint, path=file)
    if len(shape) != _RANK or shape[3] != _CHANNELS:
        raise RunError(f"{said}.", hint="Photos come as RGB, three channels, last.", path=file)
    if shape[0] is not None:
        hint = "Build it with a free number of photos: no batch_size in its input."
        raise RunError(
            f"the model takes {shape[0]} photos at a time, neither more nor less.", hint=hint, path=file
        )
    height, width = _sides(size, file) if size else shape[1:3]
    if height is None or width is None:
        raise UsageError(
            f"the model takes any size ({_shown(shape)}).", hint="Say which: --size 224", path=file
        )
    if any(own not in (None, told) for own, told in zip(shape[1:3], (height, width), strict=True)):
        raise UsageError(
            f"--size {size}: the model takes {_shown(shape)} only.", hint="Leave it out.", path=file
        )
    return InputSpec(height=height, width=width, resize=resize)


def scales_itself(model: Any) -> bool:
    """Return whether the model brings pixels to its own scale before its first layer with weights."""
    for layer in operations_of(model):
        if isinstance(layer, keras.layers.Rescaling | keras.layers.Normalization):
            return True
        if type(layer).__name__ in _ARITHMETIC:
            return True
        if getattr(layer, "weights", None):
            return False
    return False


def operations_of(model: Any) -> Iterator[Any]:
    """Yield a model's operations, layers among them, in their order, with those of the models in it."""
    for one in model.operations if hasattr(model, "operations") else model.layers:
        if isinstance(one, keras.Model):
            yield from operations_of(one)
        else:
            yield one


def layers_of(model: Any) -> Iterator[Any]:
    """Yield a model's layers in their order, with those of the models in it."""
    return (one for one in operations_of(model) if isinstance(one, keras.Layer))


def _not_loaded(said: str, file: Path) -> RunError:
    if "lambda" in said.lower():
        return RunError("the model has a Lambda layer, which is code.", hint=_ONLY_KERAS, path=file)
    if own := _CODE.search(said):
        what = f"the model has a layer or function of its own kind, {own[1]!r}."
        return RunError(what, hint=_ONLY_KERAS, path=file)
    first = (said.strip().splitlines() or ["no reason given"])[0][:200]
    hint = "Save it again with this version of Keras: model.save('model.keras')."
    return RunError(f"Keras cannot load the model ({first}).", hint=hint, path=file)


def _sides(size: str, file: Path) -> tuple[int, int]:
    told = _SIDES.fullmatch(size.strip().lower())
    if not told or not int(told[1]) or not int(told[2] or 1):
        raise UsageError(
            f"--size {size}: this is no size.", hint="HxW, as 224x320, or one number.", path=file
        )
    return int(told[1]), int(told[2] or told[1])


def _shown(shape: tuple[int | None, ...]) -> str:
    return f"[{', '.join('any' if side is None else str(side) for side in ('N', *shape[1:]))}]"
