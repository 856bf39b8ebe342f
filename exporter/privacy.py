"""What a file that is handed out must not tell: where it was made, and by whom."""

from __future__ import annotations

import getpass
import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_PATH: Final = re.compile(
    r"(?<![\w/.])/(?:home|Users|root|tmp|var|mnt|media|private)/[\w.-]+|\b[A-Za-z]:\\+[\w.-]+"
)
_NOBODY: Final = ("root", "user", "admin")
_SHORTEST_NAME: Final = 4
_SAID: Final = ("labels", "title", "licence", "name")  # by its author's own will


def found_in(model: Any, private: Sequence[str]) -> list[str]:
    """Return the paths and user names in the texts of an ONNX model, among them `private` paths."""
    patterns = [_PATH, *(re.compile(re.escape(one) + r"\b") for one in private if one.count("/") > 1)]
    texts = list(_texts(model))
    found = {match.group() for text in texts for pattern in patterns for match in pattern.finditer(text)}
    if user := _user():
        named = re.compile(rf"\b{re.escape(user)}\b")
        found |= {user for text in texts if named.search(text)}
    return sorted(found)


def _texts(model: Any) -> Iterator[str]:
    graph = model.graph
    yield from (model.producer_name, model.domain, model.doc_string, graph.name, graph.doc_string)
    yield from (one.value for one in model.metadata_props if one.key not in _SAID)
    for node in graph.node:
        yield from (node.name, node.doc_string, *node.input, *node.output)
        yield from (one.value for one in node.metadata_props)
    for one in (*graph.initializer, *graph.input, *graph.output, *graph.value_info):
        yield from (one.name, one.doc_string)


def _user() -> str:
    try:
        name = getpass.getuser()
    except (OSError, KeyError):  # a process without a name
        return ""
    return name if len(name) >= _SHORTEST_NAME and name.lower() not in _NOBODY else ""
