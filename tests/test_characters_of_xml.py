"""Every character that XML cannot hold, in every field that reaches a feed: refused by name and place, or carried.

Other generators lose the whole feed to one of them (feedgen raises, without
saying where).  What XML 1.0 forbids stands in its section 2.2; what it
advises against, the older controls and the noncharacters of Unicode, is in
here too.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.parsers import expat

import pytest
from lxml import etree
from tests.hubs import files_of, options, run, text, write

from handbill.hub.clean import decode
from handbill.hub.nodes import Desk
from handbill.pipeline import build

#: What no XML document can hold, but for the surrogates.
FORBIDDEN = (*(code for code in range(0x20) if code not in (0x9, 0xA, 0xD)), 0xFFFE, 0xFFFF)
SURROGATES = range(0xD800, 0xE000)

#: What XML advises against: controls of the time of terminals, and what Unicode keeps for programs.
CONTROLS = (0x7F, *range(0x80, 0xA0))
NONCHARACTERS = (*range(0xFDD0, 0xFDF0), *(plane + low for plane in range(0x10000, 0x110000, 0x10000) for low in (0xFFFE, 0xFFFF)))

#: Characters at the edge of what is allowed, which nobody may lose.
ALLOWED = (0x9, 0x20, 0x7E, 0x85, 0xA0, 0xD7FF, 0xE000, 0xFFFD, 0x10000, 0x1F600, 0x10FFFD)

EVENT = {"starts": "2026-04-11 14:00", "organisers": "[Ada]", "venue": "{name: Salle}"}


@dataclass(frozen=True)
class Place:
    """A field that reaches feeds: the file it stands in, with ``@`` for the character, and the line of that."""

    name: str
    folder: str
    content: str

    @property
    def line(self) -> int:
        return self.content[: self.content.index("@")].count("\n") + 1

    @property
    def column(self) -> int:
        before = self.content[: self.content.index("@")]
        return len(before) - before.rfind("\n")


PLACES = (
    Place("title", "content/posts", text(title='"Un @ titre"')),
    Place("summary", "content/posts", text(summary='"Un @ résumé"')),
    Place("body", "content/posts", text("Un mot,\npuis @ un autre.")),
    Place("tag", "content/posts", text(tags='[a, "b@c NUMBER"]')),
    Place("author", "content/posts", text(authors='["Zoé @ B."]')),
    Place("venue", "events", text(**{**EVENT, "venue": '{name: "Salle @ basse"}'})),
)


def files(codes: tuple[int, ...], written: str) -> Iterator[tuple[str, bytes, Place, int]]:
    """Yield a file for each character and place: path, bytes, place, character; *written* raw, or as YAML or HTML escape it."""
    for place in PLACES:
        for code in codes:
            if (written == "yaml" and place.name == "body") or (written == "html" and place.name != "body"):
                continue
            sign = {"raw": chr(code), "yaml": f"\\U{code:08x}", "html": f"&#x{code:x}; &#{code};"}[written]
            name = f"{place.name}-{code:x}"
            yield (
                f"{place.folder}/{name}.md",
                place.content.replace("@", sign).replace("NUMBER", f"{code:x}").encode("utf-8", "surrogatepass"),
                place,
                code,
            )


def checked(capsys: pytest.CaptureFixture[str], root: Path) -> dict[str, list[dict[str, object]]]:
    """Return what the command ``check`` tells, by file."""
    _, out, _ = run(capsys, "--root", root, "check", "--format", "json", "--as-of", "2026-03-20 12:00")
    found: dict[str, list[dict[str, object]]] = {}
    for one in json.loads(out)["problems"]:
        found.setdefault(one["path"], []).append(one)
    return found


def feeds_of(root: Path) -> dict[str, bytes]:
    """Return the feeds of a hub built by the real command."""
    build(options(root))
    return {path: raw for path, raw in files_of(root / "public").items() if "feeds/" in path and not path.endswith(".html")}


def parse(raw: bytes) -> None:
    """Read a document with each parser of XML that is here."""
    etree.fromstring(raw)
    expat.ParserCreate().Parse(raw, True)
    if program := shutil.which("xmllint"):
        subprocess.run([program, "--noout", "-"], input=raw, capture_output=True, check=True)


def test_what_xml_forbids_is_refused_where_it_stands(tmp_path, capsys):
    """The editor sees nothing on the screen: only line and column find the character."""
    wanted = {
        path: (place.line, place.column, f"U+{code:04X}")
        for path, _, place, code in files((*FORBIDDEN, *(c for c in CONTROLS if c != 0x85)), "raw")
    }
    root = write(tmp_path, {path: raw for path, raw, _, _ in files((*FORBIDDEN, *CONTROLS), "raw")})

    told = checked(capsys, root)

    refused = {
        path: [(one["line"], one["column"], re.findall(r"U\+[0-9A-F]{4}", str(one["found"]))) for one in ones if one["code"] == "HB103"]
        for path, ones in told.items()
    }
    assert {path: [(line, column, [name])] for path, (line, column, name) in wanted.items()} == {
        path: found for path, found in refused.items() if found
    }
    assert 6 * (29 + 2 + 32) == len(wanted)


def test_what_xml_forbids_is_refused_where_an_escape_hides_it(tmp_path, capsys):
    """`"\\x07"` is clean text in the file, and none once it is read."""
    found = list(files((*FORBIDDEN, *(c for c in CONTROLS if c != 0x85)), "yaml"))
    told = checked(capsys, write(tmp_path, {path: raw for path, raw, _, _ in found}))

    assert {path: (place.line, "HB103") for path, _, place, _ in found} == {
        path: (ones[0]["line"], ones[0]["code"]) for path, ones in told.items() if path in {p for p, *_ in found}
    }


@pytest.mark.parametrize("written", ["raw", "yaml"])
def test_half_a_character_is_refused_where_it_stands(tmp_path, capsys, written):
    """A program that cuts a text between two halves of an emoji leaves one."""
    found = list(files((0xD800, 0xDABC, 0xDBFF, 0xDC00, 0xDFFF), written))
    told = checked(capsys, write(tmp_path, {path: raw for path, raw, _, _ in found}))

    assert [(path, place.line) for path, _, place, _ in found] == [(path, told[path][0]["line"]) for path, *_ in found]
    assert {"HB102" if written == "raw" else "HB107"} == {str(told[path][0]["code"]) for path, *_ in found}


def test_no_half_of_a_character_is_ever_read():
    """All 2,048 of them."""
    for code in SURROGATES:
        desk = Desk("a.md", "UTC")
        assert decode(b"\n ab" + chr(code).encode("utf-8", "surrogatepass") + b"c", desk) is None
        assert [("HB102", 2, 4)] == [(one.code, one.line, one.column) for one in desk.problems]


def test_a_hub_with_one_such_file_tells_of_every_other_fault(tmp_path, capsys):
    """Whoever mends a file at a time gives up at the third."""
    told = checked(
        capsys,
        write(
            tmp_path,
            {
                "content/posts/a.md": text(title='"Un \x07 titre"'),
                "content/posts/b.md": text(summary='"\\x1b"'),
                "content/posts/c.md": text(closses="2026-01-01"),
                "content/posts/d.md": text("[lien](nulle-part.md)"),
                "events/e.md": text(**{**EVENT, "starts": "2026-02-30 10:00"}),
            },
        ),
    )

    assert ["content/posts/a.md", "content/posts/b.md", "content/posts/c.md", "content/posts/d.md", "events/e.md"] == sorted(
        path for path, ones in told.items() if any(one["level"] == "error" for one in ones)
    )


@pytest.mark.long
def test_what_is_accepted_is_in_every_feed(tmp_path):
    """All of it: what Unicode keeps for programs too, which XML can hold; and no entry is lost."""
    found = list(files((*ALLOWED, *NONCHARACTERS), "raw"))
    root = write(tmp_path, {"hub.toml": HUB, **{path: raw for path, raw, _, _ in found}})

    feeds = feeds_of(root)

    items = json.loads(feeds["feeds/all.json"])["items"]
    assert len(found) == len(items)
    for path, raw in feeds.items():
        if path.endswith((".xml", ".opml")):
            parse(raw)
    assert len(found) == len(etree.fromstring(feeds["feeds/all.rss.xml"]).findall("channel/item"))
    assert len(found) == len(etree.fromstring(feeds["feeds/all.atom.xml"]).findall("{*}entry"))
    titles = {item["id"].rpartition(":")[2]: item["title"] for item in items}
    for code in (0xFFFD, 0x1F600, 0x10FFFD):
        assert f"Un {chr(code)} titre" == titles[f"title-{code:x}"]


def test_a_reference_to_a_character_makes_no_feed_unreadable(tmp_path):
    """`&#7;` in a text is clean Markdown; what it stands for must not come out of it."""
    found = list(files((*FORBIDDEN, *CONTROLS, *NONCHARACTERS, 0xD800, 0xDFFF), "html"))
    root = write(tmp_path, {"hub.toml": HUB, **{path: raw for path, raw, _, _ in found}})

    feeds = feeds_of(root)

    for path, raw in feeds.items():
        if path.endswith((".xml", ".opml")):
            parse(raw)
    items = json.loads(feeds["feeds/all.json"])["items"]
    assert len(found) == len(items) == len(etree.fromstring(feeds["feeds/all.rss.xml"]).findall("channel/item"))
    assert not [
        item["id"]
        for item in items
        if re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]|&#", item["content_html"] + item["summary"])
    ]


HUB = '[hub]\nname = "Essai"\nbase_url = "https://essai.example/"\nlang = "fr"\n\n[feeds]\nentries = 1000\n'
