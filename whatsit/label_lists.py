"""Label lists: a bundle says its labels in four places, for as many readers, and they must agree."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final

from pydantic import BaseModel, TypeAdapter, ValidationError

from whatsit import files
from whatsit.errors import BundleError
from whatsit.manifest import Check

if TYPE_CHECKING:
    from collections.abc import Sequence

    from whatsit.bundle import Bundle
    from whatsit.graph import Graph

LABELS: Final = "labels.txt"
CONFIG: Final = "config.json"
_MOST_BYTES: Final = 32 * 1024**2
_NAMES: Final = TypeAdapter(list[str])


class _Config(BaseModel):
    """What of Hugging Face's config.json concerns labels."""

    id2label: dict[int, str]
    label2id: dict[str, int] | None = None


def check(bundle: Bundle) -> Check:
    """Return whether labels.txt and config.json, where they are there, list the manifest's labels."""
    own = [label.name for label in bundle.manifest.labels]
    there, wrong = ["bundle.json"], []
    for name, read in ((LABELS, _text), (CONFIG, _config)):
        try:
            data = files.read_inside(bundle.folder, name, _MOST_BYTES)
            said = _difference(name, read(data), own)
        except FileNotFoundError:
            continue
        except OSError as error:
            said = f"{name} cannot be read ({error.strerror})"
        except BundleError as error:
            said = error.what.rstrip(".")
        except ValueError as error:  # neither UTF-8 nor what config.json must be
            said = f"{name} is not valid ({str(error).splitlines()[0]})"
        there.append(name)
        wrong += [said] if said else []
    right = f"the same in {len(there)} lists" if len(there) > 1 else "no other list is there"
    return Check(name="labels", passed=not wrong, measured="; ".join(wrong) or right)


def require(bundle: Bundle) -> None:
    """Raise BundleError when labels.txt or config.json list other labels than the manifest."""
    found = check(bundle)
    if not found.passed:
        raise BundleError(
            f"the label lists do not agree: {found.measured}.",
            hint="Answers could be named wrongly: get the bundle again from where it came from.",
            path=bundle.folder,
        )


def check_graph(bundle: Bundle, graph: Graph) -> Check:
    """Return whether the graph's own list, where it has one, is the manifest's."""
    said = graph.facts.get("labels")
    own = [label.name for label in bundle.manifest.labels]
    try:
        wrong = _difference("the file", _NAMES.validate_json(said), own) if said is not None else ""
    except ValidationError:
        wrong = "the file's labels are no JSON list of names"
    right = "the file lists none" if said is None else "as in bundle.json"
    return Check(name="file labels", passed=not wrong, measured=wrong or right, variant=graph.variant)


def _text(data: bytes) -> list[str]:
    return [line.removesuffix("\r") for line in data.decode("utf-8-sig").removesuffix("\n").split("\n")]


def _config(data: bytes) -> list[str]:
    config = _Config.model_validate_json(data)
    names = [name for _, name in sorted(config.id2label.items())]
    ids = {name: number for number, name in enumerate(names)}
    if list(config.id2label) and sorted(config.id2label) != list(range(len(names))):
        raise ValueError("id2label has gaps")
    if config.label2id is not None and config.label2id != ids:
        raise ValueError("label2id is not id2label turned round")
    return names


def _difference(where: str, names: Sequence[str], own: Sequence[str]) -> str:
    """Return the first difference from the manifest's labels, in words."""
    for number, (name, right) in enumerate(itertools.zip_longest(names, own)):
        if name != right:
            stated = "no label" if name is None else f"{files.shown(name)!r}"
            wanted = "nothing" if right is None else f"{files.shown(right)!r}"
            return f"{where} has {stated} at {number}, bundle.json {wanted}"
    return ""
