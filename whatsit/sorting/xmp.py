"""Keywords in XMP sidecars: added where they are missing, every other byte left as it was."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from xml.parsers import expat
from xml.sax.saxutils import escape

import whatsit
from whatsit.errors import SortError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MOST_BYTES: Final = 16 * 1024**2
_DEEPEST: Final = 64
_CONTAINER, _ITEM = 2, 3  # how deep they stand, from their property's element on
_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_ROOT: Final = f"{_RDF} RDF"
_DESCRIPTION: Final = f"{_RDF} Description"
_CONTAINERS: Final = frozenset(f"{_RDF} {name}" for name in ("Bag", "Seq", "Alt"))
# Flat keywords, and those with what they are kinds of: "dog|beagle".
_SUBJECT: Final = ("dc:subject", "http://purl.org/dc/elements/1.1/")
_HIERARCHY: Final = ("lr:hierarchicalSubject", "http://ns.adobe.com/lightroom/1.0/")
_NOT_XML: Final = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_EMPTY: Final = f"""\
<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="Whatsit {whatsit.__version__}">
 <rdf:RDF xmlns:rdf="{_RDF}">
  <rdf:Description rdf:about="">
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>
""".encode()


def made(way: Sequence[str]) -> bytes:
    """Return a new sidecar with the keywords of `way`, from the widest to the narrowest: dog, beagle."""
    return added(_EMPTY, way)


def added(data: bytes, way: Sequence[str]) -> bytes:
    """Return a sidecar with those keywords; the same bytes where it has them already.

    Raises SortError when it is no XMP that can be added to.
    """
    words = [clean(word) for word in way]
    for (name, space), wanted in ((_SUBJECT, words), (_HIERARCHY, ["|".join(words)])):
        found = _read(data).properties.get(f"{space} {name.partition(':')[2]}")
        data = _with(data, found, name, space, wanted)
    return data


def clean(word: str) -> str:
    """Return a keyword that XML can hold and that is one step of a hierarchy."""
    return " ".join(_NOT_XML.sub(" ", word).replace("|", "-").split())


@dataclass(slots=True)
class _End:
    """Where an element ends: before its end tag, or at the slash of one that is its own end."""

    place: int
    tag: str
    own: bool

    def insert(self, data: bytes, text: str) -> bytes:
        """Return the data with text as the last in the element."""
        before = data[: self.place]
        if self.own:
            return before[:-2] + f">\n{text}</{self.tag}>".encode() + data[self.place :]
        indent = before[before.rfind(b"\n") + 1 :].decode()
        indent = indent if not indent.strip() else ""
        lines = "".join(f" {line}\n{indent}" for line in text.splitlines())
        return before + lines.encode() + data[self.place :]


@dataclass(slots=True)
class _Property:
    """A property as it stands there: its values and where another one goes."""

    values: list[str] = field(default_factory=list)
    container: _End | None = None
    text: str = ""
    end: _End | None = None


def _with(data: bytes, found: _Property | None, name: str, space: str, wanted: Iterable[str]) -> bytes:
    missing = [word for word in wanted if word and (found is None or word not in found.values)]
    if not missing:
        return data
    if found is not None and found.container is not None:
        prefix = found.container.tag.rpartition(":")[0]
        return found.container.insert(data, _items(missing, f"{prefix}:li" if prefix else "li"))
    bag = f'<rdf:Bag xmlns:rdf="{_RDF}">\n{_items(missing, "rdf:li")}</rdf:Bag>\n'
    if found is not None and found.end is not None:
        if found.text.strip():
            raise SortError(f"its {name} is no list of keywords.")
        return found.end.insert(data, bag)
    end = _read(data).end
    if end is None:
        raise SortError("it is no XMP: it describes nothing.")
    return end.insert(data, f'<{name} xmlns:{name.partition(":")[0]}="{space}">\n{bag}</{name}>\n')


def _items(words: Iterable[str], tag: str) -> str:
    return "".join(f"<{tag}>{escape(word)}</{tag}>\n" for word in words)


def _read(data: bytes) -> _Reader:
    if len(data) > MOST_BYTES:
        raise SortError(f"it is larger than {MOST_BYTES // 1024**2} MB.")
    reader = _Reader(data)
    try:
        data.decode()
        reader.parser.Parse(data, True)  # noqa: FBT003 - expat's own way
    except (expat.ExpatError, UnicodeDecodeError) as error:
        raise SortError(f"it is no XMP ({error}).") from None
    return reader


class _Reader:
    """Finds the properties of the photo, and where its description ends."""

    def __init__(self, data: bytes) -> None:
        self.properties: dict[str, _Property] = {}
        self.end: _End | None = None
        self._data = data
        self._begun = False  # an element whose end is the next to come
        self._open: list[tuple[str, str]] = []  # name with namespace, tag as written
        self.parser = expat.ParserCreate("utf-8", " ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._ended
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.XmlDeclHandler = self._declared

    def _refuse(self, *_: object) -> None:
        raise SortError("it has a document type, which no XMP has.")

    def _declared(self, _version: str, encoding: str | None, _alone: int) -> None:
        if encoding and encoding.lower() not in {"utf-8", "utf8", "us-ascii", "ascii"}:
            raise SortError(f"it is written in {encoding}, not in UTF-8.")

    def _start(self, name: str, _attributes: dict[str, str]) -> None:
        at = self.parser.CurrentByteIndex
        tag = re.match(rb"<([^\s/>]+)", self._data[at : at + 200])
        self._open.append((name, tag[1].decode() if tag else ""))
        if len(self._open) > _DEEPEST:
            raise SortError(f"it is nested more than {_DEEPEST} deep.")
        self._begun = True
        self._property()

    def _ended(self, name: str) -> None:
        place = self.parser.CurrentByteIndex
        end = _End(place, self._open[-1][1], own=self._begun and self._data[place - 2 : place] == b"/>")
        found, below = self._property(), len(self._open) - self._depth()
        if found is not None and below == 1:
            found.end = end
        elif found is not None and below == _CONTAINER and name in _CONTAINERS:
            found.container = end
        elif self._names()[-2:] == [_ROOT, _DESCRIPTION] and self.end is None:
            self.end = end
        self._begun = False
        self._open.pop()

    def _text(self, text: str) -> None:
        self._begun = False
        found, below = self._property(), len(self._open) - self._depth()
        if found is None:
            return
        if below == _ITEM:
            found.values.append(text.strip())
        else:
            found.text += text

    def _names(self) -> list[str]:
        return [name for name, _ in self._open]

    def _depth(self) -> int:
        """Return how many elements are open down to the photo's description; 0 outside."""
        names = self._names()
        at = names.index(_ROOT) + 1 if _ROOT in names else len(names)
        return at + 1 if names[at : at + 1] == [_DESCRIPTION] else 0

    def _property(self) -> _Property | None:
        """Return the property that is being read."""
        depth = self._depth()
        if not depth or len(self._open) <= depth:
            return None
        return self.properties.setdefault(self._open[depth][0], _Property())
