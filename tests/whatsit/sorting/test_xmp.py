from __future__ import annotations

import json
import shutil
import subprocess
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whatsit.errors import SortError
from whatsit.sorting import xmp

if TYPE_CHECKING:
    from pathlib import Path

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
HEAD = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{RDF}">'
TAIL = "</rdf:RDF></x:xmpmeta>"
DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
# As programs that people have write them: one bag, a short form, several descriptions, another prefix.
SIDECARS = {
    "with keywords": f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
{HEAD}
  <rdf:Description rdf:about="" {DC} xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:Rating="4">
   <dc:subject>
    <rdf:Bag>
     <rdf:li>summer &amp; sea</rdf:li>
     <rdf:li>Amélie</rdf:li>
    </rdf:Bag>
   </dc:subject>
  </rdf:Description>
{TAIL}
<?xpacket end="w"?>""",
    "all in attributes": f"""{HEAD}<rdf:Description rdf:about='' xmlns:x="u:x" x:crop="0.1" />{TAIL}""",
    "several descriptions": f"""{HEAD}<!-- first --><rdf:Description rdf:about=""/>
<rdf:Description rdf:about="" {DC}>
<dc:subject><rdf:Seq><rdf:li>old</rdf:li></rdf:Seq></dc:subject></rdf:Description>
{TAIL}""",
    "an empty bag": f"""{HEAD}<rdf:Description rdf:about="" {DC}>
<dc:subject><rdf:Bag/></dc:subject></rdf:Description>{TAIL}""",
    "an empty property": f"""{HEAD}<rdf:Description rdf:about="" {DC}>
<dc:subject/></rdf:Description>{TAIL}""",
    "no prefix": f"""<RDF xmlns="{RDF}"><Description about="" {DC}>
<dc:subject><Bag><li>old</li></Bag></dc:subject></Description></RDF>""",
    "a mark of its order": f"""\ufeff{HEAD}<rdf:Description rdf:about="" {DC}></rdf:Description>{TAIL}""",
    "lines as in Windows": f"{HEAD}\r\n<rdf:Description rdf:about=''>\r\n</rdf:Description>\r\n{TAIL}\r\n",
}
LI = f"{{{RDF}}}li"


def keywords(data: bytes, name: str) -> list[str]:
    root = ET.fromstring(data)  # noqa: S314 - ours
    return [one.text or "" for found in root.iter(name) for one in found.iter(LI)]


def subject(data: bytes) -> list[str]:
    return keywords(data, "{http://purl.org/dc/elements/1.1/}subject")


def hierarchy(data: bytes) -> list[str]:
    return keywords(data, "{http://ns.adobe.com/lightroom/1.0/}hierarchicalSubject")


def test_a_new_sidecar_holds_the_keywords() -> None:
    data = xmp.made(["dog", "Jack Russell <terrier> & co"])
    assert subject(data) == ["dog", "Jack Russell <terrier> & co"]
    assert hierarchy(data) == ["dog|Jack Russell <terrier> & co"]
    assert xmp.added(data, ["dog", "Jack Russell <terrier> & co"]) == data


@pytest.mark.parametrize("kind", SIDECARS)
def test_keywords_are_added_and_every_other_byte_stays(kind: str) -> None:
    before = SIDECARS[kind].encode()
    after = xmp.added(before, ["dog", "beagle"])
    old = subject(before)
    assert subject(after) == [*old, "dog", "beagle"]
    assert hierarchy(after) == ["dog|beagle"]
    rest = iter(after)
    lost = [byte for byte in before if byte not in rest]
    assert bytes(lost) in {b"", b"/", b" /"}  # an element that was its own end
    assert xmp.added(after, ["dog", "beagle"]) == after
    again = xmp.added(after, ["dog", "pug"])
    assert subject(again) == [*old, "dog", "beagle", "pug"]
    assert hierarchy(again) == ["dog|beagle", "dog|pug"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "no XMP"),
        (b"<x/>", "describes nothing"),
        (b"\xff\xfe<\x00x\x00", "no XMP"),
        (b"<?xml version='1.0' encoding='latin1'?><x/>", "not in UTF-8"),
        (b"<!DOCTYPE x [<!ENTITY a 'ha'>]><x>&a;</x>", "document type"),
        (b"<a>" * 99, "nested"),
        (b" " * (xmp.MOST_BYTES + 1), "larger than 16 MB"),
        (
            SIDECARS["with keywords"].replace("<rdf:Bag>", "").replace("</rdf:Bag>", "").encode()[:-60],
            "no XMP",
        ),
        (
            SIDECARS["an empty property"].replace("<dc:subject/>", "<dc:subject>x</dc:subject>").encode(),
            "dc:subject is no list",
        ),
    ],
)
def test_what_is_no_sidecar_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(SortError, match=reason):
        xmp.added(data, ["dog"])


@given(st.lists(st.text(max_size=30), min_size=1, max_size=3), st.sampled_from(sorted(SIDECARS)))
def test_any_label_becomes_a_keyword_that_xml_holds(way: list[str], kind: str) -> None:
    after = xmp.added(SIDECARS[kind].encode(), way)
    assert hierarchy(after) == [one for one in ["|".join(map(xmp.clean, way))] if one]
    assert xmp.added(after, way) == after


@pytest.mark.skipif(shutil.which("exiftool") is None, reason="exiftool is not here: libimage-exiftool-perl")
@pytest.mark.parametrize("kind", ["a new one", *(kind for kind in SIDECARS if kind != "no prefix")])
def test_exiftool_reads_what_was_written(kind: str, tmp_path: Path) -> None:
    file = tmp_path / "a.xmp"
    before = SIDECARS.get(kind, "").encode()
    file.write_bytes(xmp.added(before, ["dog", "beagle"]) if before else xmp.made(["dog", "beagle"]))
    command = ["exiftool", "-j", "-a", "-validate", "-XMP-dc:Subject", "-XMP-lr:HierarchicalSubject"]
    (found,) = json.loads(subprocess.run([*command, str(file)], check=True, capture_output=True).stdout)
    assert found["Subject"][-2:] == ["dog", "beagle"]
    assert found["HierarchicalSubject"] == "dog|beagle"
    if kind == "a new one":
        assert found["Validate"] == "OK"
