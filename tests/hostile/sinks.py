"""A hub in which payloads stand wherever a text or a field can, and everything that members would get of it.

Each payload is a post: its title, its summary, a tag, somebody's name, the
series it belongs to, who paid for it, and its text.  Events, pages, people and
places have it in their fields in turn.  So it reaches pages, cards, lists,
feeds, calendars, mails, the search index, social tags and linked data.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from html import escape
from io import BytesIO
from pathlib import Path
from typing import Any

from lxml import etree
from tests.hostile.inert import active_nodes
from tests.hostile.payloads import Payload, payloads
from tests.hubs import options, write

from handbill.errors import Level
from handbill.pipeline import build, check

ORIGIN = "https://essai.example"
THEN = "2026-03-20 12:00"

#: So many posts are new in each letter: more of them would make it too heavy to be mailed.
_IN_A_LETTER = 12
_FIRST = date(2025, 1, 1)

#: What a page says of what browsers may do for it.
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')

#: The text of what is there for its fields.
_BODY = "Words."

HUB = """[hub]
name = "Essai"
base_url = "https://essai.example/"
lang = "fr"
languages = ["fr", "en"]

[look]
cards = false

[mail]
sender = "Essai <lettre@essai.example>"
reply_to = "bonjour@essai.example"
postal_address = "1 rue des Essais, 00000 Essai"
unsubscribe = "https://lettre.essai.example/desinscription/{token}"

[calendars]
all = ["events", "contests"]
letters = true
"""


def lay(root: Path, some: Sequence[Payload], dialect: str = "github", is_mailed: bool = True) -> Path:
    """Write the hub; a letter follows each dozen of posts."""
    files: dict[str, str | bytes] = {"hub.toml": HUB.replace("lang =", f'dialect = "{dialect}"\nlang =', 1)}
    # What payloads lead to and show, beside them.
    files |= {"content/posts/a.md": _front(_BODY, title="A", date=_FIRST), "content/posts/a.png": _picture()}
    for number, one in enumerate(some):
        for path, text in _files(number, one.text):
            files[path] = text
        if is_mailed and number % _IN_A_LETTER == _IN_A_LETTER - 1:
            files[f"newsletters/{number:04}.md"] = _letter(number, one.text)
    return write(root, files)


def _files(number: int, text: str) -> Iterator[tuple[str, str]]:
    day = _FIRST + timedelta(days=number // _IN_A_LETTER)
    yield f"content/posts/t{number:04}.md", _front(text, title=f"T {number}", date=day)
    yield f"content/posts/p{number:04}.md", _front(_BODY, title=text, date=day, summary=text, tags=[text[:60]], authors=[text[:120]], series=text[:120],
        disclosure={"paid": True, "paid_by": text[:160]})  # fmt: skip
    yield from (
        (f"events/e{number:04}.md", _front(_BODY, title=f"E {text}", date=day, starts=f"{day} 18:00", organisers=[text[:120]], price=text[:80],
            status="rescheduled", previous_starts=[f"{day} 17:00"], status_note=text, audience=[text[:80]], venue={"name": text[:120], "room": text[:80], "street": text[:120],
            "city": text[:80], "access": text, "transport": text[:200], "contact": text[:200]}, summary=text)),
        (f"content/pages/g{number:04}.md", _front(_BODY, title=f"G {text}", summary=text)),
        (f"content/people/h{number:04}.md", _front(_BODY, title=f"H {text}", roles=[text[:60]], links=[{"label": text[:60], "url": "https://elsewhere.example/"}])),
        (f"content/places/l{number:04}.md", _front(_BODY, title=f"L {text}", summary=text, street=text[:120], city=text[:80], access=text)),
        (f"content/contests/c{number:04}.md", _front(_BODY, title=f"C {text}", date=day, mechanism="draw", opens=day, closes=day + timedelta(days=9),
            draw=f"{day + timedelta(days=10)} 18:00",
            prizes=[{"name": text[:80], "value": text[:40]}], enter=text, organiser=text[:120], summary=text)),
    ) if number % 5 == 0 else ()  # fmt: skip


def _picture() -> bytes:
    from PIL import Image

    drawn = BytesIO()
    Image.new("RGB", (40, 30), "white").save(drawn, "PNG")
    return drawn.getvalue()


def _letter(number: int, text: str) -> str:
    day = _FIRST + timedelta(days=number // _IN_A_LETTER)
    sponsor = f"```section\nshow: sponsor\nname: {json.dumps(text[:60], ensure_ascii=False)}\nlink: https://elsewhere.example/\ntext: {json.dumps(text[:160], ensure_ascii=False)}\n```"
    return _front(f"{_BODY}\n\n{sponsor}", number=number, subject=text, preheader=text, date=f"{day} 20:00", sections=["posts", "events"])


def _front(body: str, **fields: Any) -> str:
    lines = "".join(f"{key}: {_written(value)}\n" for key, value in fields.items())
    return f"---\n{lines}---\n\n{body}\n"


def _written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (str, list, dict, bool)) else str(value)


def published(root: Path) -> tuple[Path, int, int]:
    """Build the hub without the files that the program refuses; return the public folder, how many stayed and how many went.

    Each refusal names its file: nothing vanishes in silence.
    """
    before = sum(1 for _ in _texts(root))
    for _ in range(4):
        refused = {one.path for one in check(options(root, THEN)) if one.level is Level.ERROR}
        if not refused:
            break
        for path in refused:
            (root / path).unlink(missing_ok=True)
    build(options(root, THEN))
    left = sum(1 for _ in _texts(root))
    return root / "public", left, before - left


def _texts(root: Path) -> Iterator[Path]:
    return (file for name in ("content", "events", "newsletters") for file in (root / name).rglob("*.md"))


def acting(public: Path) -> list[str]:
    """Return what could act in any file that members, feed readers, calendars and mail programs get, each after its path."""
    return [f"{file.relative_to(public)}: {told}" for file in sorted(public.rglob("*")) if file.is_file() for told in _acting_in(file)]


def _acting_in(file: Path) -> Iterator[str]:
    if file.suffix == ".html":
        yield from active_nodes(file.read_text(encoding="utf-8"), ORIGIN, is_mail=file.name == "mail.html")
    elif file.suffix == ".xml" and "sitemap" not in file.name:
        yield from _in_feed(etree.fromstring(file.read_bytes()))
    elif file.suffix == ".json" and "feeds" in file.parts:
        yield from _in_values(json.loads(file.read_bytes()))
    elif file.suffix == ".ics":
        yield from _in_calendar(file.read_bytes())


def _in_feed(tree: etree._Element) -> Iterator[str]:
    for node in tree.iter(etree.Element):
        name = etree.QName(node).localname
        text = node.text or ""
        if name in ("encoded", "description") or node.get("type") == "html":
            yield from active_nodes(f"<body>{text}</body>", ORIGIN)
        for address in (text, *node.attrib.values()) if name in ("link", "url", "enclosure", "uri") else ():
            yield from active_nodes(f'<body><a href="{escape(address)}">x</a></body>', ORIGIN)
        if etree.QName(node).namespace == "http://www.w3.org/1999/xhtml":
            yield f"<{name}> in a feed"
    if tree.xpath("//processing-instruction()"):
        yield "an instruction in a feed"


def _in_values(value: Any, key: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _in_values(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from _in_values(inner, key)
    elif key == "content_html":
        yield from active_nodes(f"<body>{value}</body>", ORIGIN)
    elif key.endswith("url"):
        yield from active_nodes(f'<body><a href="{escape(value)}">x</a></body>', ORIGIN)


#: What our calendars are made of; anything else would come out of a text.
_PROPERTIES = frozenset(
    [
        "BEGIN",
        "END",
        "VERSION",
        "PRODID",
        "METHOD",
        "CALSCALE",
        "NAME",
        "X-WR-CALNAME",
        "DESCRIPTION",
        "X-WR-CALDESC",
        "SOURCE",
        "URL",
        "REFRESH-INTERVAL",
        "X-PUBLISHED-TTL",
        "COLOR",
        "X-WR-TIMEZONE",
        "TZID",
        "TZOFFSETFROM",
        "TZOFFSETTO",
        "TZNAME",
        "DTSTART",
        "DTEND",
        "DURATION",
        "RRULE",
        "RDATE",
        "EXDATE",
        "RECURRENCE-ID",
        "UID",
        "DTSTAMP",
        "CREATED",
        "LAST-MODIFIED",
        "SEQUENCE",
        "STATUS",
        "TRANSP",
        "CLASS",
        "SUMMARY",
        "LOCATION",
        "GEO",
        "CATEGORIES",
        "ORGANIZER",
        "CONTACT",
        "CONFERENCE",
        "IMAGE",
        "COMMENT",
        "X-ALT-DESC",
        "X-APPLE-STRUCTURED-LOCATION",
        "X-MICROSOFT-CDO-BUSYSTATUS",
        "X-MICROSOFT-CDO-ALLDAYEVENT",
        "X-LIC-LOCATION",
        "TZUNTIL",
        "X-APPLE-CALENDAR-COLOR",
    ]
)


def _in_calendar(raw: bytes) -> Iterator[str]:
    for line in raw.decode("utf-8").replace("\r\n ", "").split("\r\n"):
        name = line.replace(";", ":").partition(":")[0]
        if line and name not in _PROPERTIES:
            yield line[:80]
        elif name in ("BEGIN", "END") and line.partition(":")[2] not in ("VCALENDAR", "VEVENT", "VTIMEZONE", "STANDARD", "DAYLIGHT"):
            yield line
        elif (
            name in ("URL", "IMAGE", "CONFERENCE", "SOURCE") and not line.partition(":")[2].startswith("https://") and "https:" not in line
        ):
            yield line[:80]


def main(root: str, dialect: str, first: str, step: str) -> None:
    """Lay and publish a hub for those who cannot build in their own process, as pages that no policy protects."""
    public, published_, refused = published(lay(Path(root), payloads()[int(first) :: int(step)], dialect))
    (public / "_headers").unlink()
    for page in public.rglob("*.html"):
        page.write_text(_POLICY.sub("", page.read_text(encoding="utf-8")), encoding="utf-8")
    print(published_, refused)  # noqa: T201


if __name__ == "__main__":
    import sys

    main(*sys.argv[1:])
