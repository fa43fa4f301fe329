"""The MJML of a frame → its flaws, before anything renders it.  Knows MJML's grammar; does not know the renderer.

The renderer validates nothing, and is a program without a net: 20,000 nested
tags end the process, in an element or in a comment for Outlook (decision 0037).
Here the source is read by a parser that keeps no stack of its own calls, so
what could do harm is refused before the other one sees it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from html.entities import html5
from xml.parsers import expat

from handbill.errors import Said, said
from handbill.hub.guess import nearest
from handbill.outputs.mail.elements import colours, elements

#: What a frame may weigh, how deep it may nest, and how many tags may stand in its comments, which the
#: renderer reads where they are meant for Outlook.
MOST_BYTES, MOST_DEPTH, MOST_COMMENTED = 256 * 1024, 64, 200

#: How many elements there may be, and how many pictures in carousels, each of which holds a rule for every other:
#: 9,700 of them, in 256 KB, took 28 seconds and 3 GB.
MOST_ELEMENTS, MOST_SLIDES = 2_000, 50

#: How long a number, a colour or a word may be.
MOST_VALUE = 200

#: Flaws told of one frame; after the first few, the rest are often the consequences.
MOST_FLAWS = 10

#: What MJML has and our renderer drops or refuses, with what does the same here.
_NOT_HERE = {
    ("mj-include", ""): said("a file that Jinja includes"),
    ("mj-html-attributes", ""): said("the attribute in mj-text itself"),
    ("mj-style", "inline"): said("the rules in mail.css, which are written onto the elements"),
    ("mj-wrapper", "gap"): said("padding on the sections"),
    ("mj-section", "gap"): said("padding on the sections"),
}
#: Elements without attributes of their own: what stands there is handed on to others.
_HANDED_ON = {"mj-all", "mj-class"}
_EVERYWHERE = {"css-class": "string", "mj-class": "string"}
_ENTITY = re.compile(r"&(\w+;)")
_UNIT = re.compile(r"unit(WithNegative)?\(([^)]*)\)(?:\{([^}]*)\})?")


@dataclass(frozen=True, slots=True)
class Flaw:
    """A fault of a frame: where in its source (signs from its beginning), what was found, what was wanted."""

    offset: int
    found: Said
    wanted: Said


def flaws(source: str) -> tuple[Flaw, ...]:
    """Return what is wrong with a frame, in its order; none means that it is safe to be rendered."""
    try:
        raw = _known_entities(source).encode("utf-8")
    except UnicodeEncodeError as error:
        return (Flaw(error.start, said("half a sign"), said("plain text")),)
    if len(raw) > MOST_BYTES:
        return (Flaw(0, said("{n} bytes of MJML", n=len(raw)), said("at most {n}", n=MOST_BYTES)),)
    reader = _Reader(raw)
    try:
        reader.read()
    except _Enough:
        pass
    except expat.ExpatError as error:
        reader.add(
            said("MJML that ends too soon or closes what is not open: {reason}", reason=str(expat.ErrorString(error.code))),
            said("each element closed, as in XML: <br />"),
        )
    return tuple(reader.found)


def _known_entities(source: str) -> str:
    """Return the source with the names of signs, such as ``&nbsp;``, hidden from a parser of XML; nothing moves."""
    own = {"amp;", "lt;", "gt;", "quot;", "apos;"}
    return _ENTITY.sub(lambda found: "x" * len(found[0]) if found[1] in html5 and found[1] not in own else found[0], source)


class _Enough(Exception):
    """What follows need not be read."""


class _Reader:
    """One reading of a frame, from one tag to the next."""

    def __init__(self, raw: bytes) -> None:
        self.found: list[Flaw] = []
        self._raw, self._open, self._seen, self._commented = raw, list[str](), Counter[str](), 0
        self._parser = parser = expat.ParserCreate("utf-8")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.CommentHandler = self._comment
        # None of them has a use in a letter, and each is a way past what is counted here.
        parser.StartDoctypeDeclHandler = lambda *_: self._refuse("<!DOCTYPE")
        parser.ProcessingInstructionHandler = lambda *_: self._refuse("<?")
        parser.StartCdataSectionHandler = lambda: self._refuse("<![CDATA[")
        parser.XmlDeclHandler = lambda *_: self._refuse("<?")

    def read(self) -> None:
        self._parser.Parse(self._raw, True)

    def add(self, found: Said, wanted: Said) -> None:
        offset = max(0, self._parser.CurrentByteIndex)
        self.found.append(Flaw(len(self._raw[:offset].decode("utf-8", "ignore")), found, wanted))

    def _stop(self, found: Said, wanted: Said) -> None:
        self.add(found, wanted)
        raise _Enough

    def _refuse(self, sign: str) -> None:
        self._stop(said("“{signs}”", signs=sign), said("elements, text and comments only"))

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self.found) >= MOST_FLAWS:
            raise _Enough
        if len(self._open) >= MOST_DEPTH:
            self._stop(said("more than {n} elements, one inside the other", n=MOST_DEPTH), said("a frame, which is shallow"))
        self._seen[name] += 1
        if self._seen.total() > MOST_ELEMENTS:
            self._stop(said("more than {n} elements", n=MOST_ELEMENTS), said("a frame; what the letter says is put into it later"))
        if self._seen["mj-carousel-image"] > MOST_SLIDES:
            self._stop(said("more than {n} pictures in carousels", n=MOST_SLIDES), said("a few"))
        around = self._open[-1] if self._open else ""
        self._open.append(name)
        for found, wanted in _of_place(name, around):
            self.add(found, wanted)
        for found, wanted in _of_attributes(name, attributes):
            self.add(found, wanted)

    def _end(self, _name: str) -> None:
        self._open.pop()

    def _text(self, text: str) -> None:
        inside = elements().get(self._open[-1])
        if text.strip() and inside and not inside.is_text:
            found = said("a text right inside <{element}>, where MJML drops it", element=self._open[-1])
            # It comes in pieces.
            if not self.found or self.found[-1].found != found:
                self.add(found, said("it in mj-text"))

    def _comment(self, text: str) -> None:
        self._commented += text.count("<")
        if self._commented > MOST_COMMENTED:
            self._stop(said("more than {n} tags in comments", n=MOST_COMMENTED), said("a few, for Outlook"))


def _of_place(name: str, around: str) -> Iterator[tuple[Said, Said]]:
    """Yield what is wrong with an element where it stands."""
    known = elements()
    if not around:
        if name != "mjml":
            yield said("<{element}> around everything", element=name), said("<mjml>")
        return
    if (name, "") in _NOT_HERE:
        yield said("<{element}>, which our renderer does not have", element=name), _NOT_HERE[name, ""]
        return
    outer = known.get(around)
    if around == "mj-attributes":
        if name not in known and name not in _HANDED_ON:
            yield _unknown(name)
    elif outer is None or outer.is_text:
        # HTML may hold any HTML, and what is handed on holds nothing.
        if name.startswith("mj-") or around in _HANDED_ON:
            yield said("<{element}> inside <{around}>", element=name, around=around), said("only HTML there")
    elif name not in known:
        yield _unknown(name)
    elif name not in outer.holds:
        places = ", ".join(sorted(one for one, each in known.items() if name in each.holds))
        yield said("<{element}> inside <{around}>", element=name, around=around), said("it only inside: {places}", places=places)


def _unknown(name: str) -> tuple[Said, Said]:
    near = ", ".join(nearest(name, sorted(elements()))[:4])
    return said("<{element}>, which MJML does not have", element=name), said("an element of MJML, such as: {words}", words=near)


def _of_attributes(name: str, attributes: Mapping[str, str]) -> Iterator[tuple[Said, Said]]:
    """Yield what is wrong with the attributes of an element; those of HTML are no matter of MJML."""
    one = elements().get(name)
    if one is None and name not in _HANDED_ON:
        return
    own = _all_attributes() if one is None else one.attributes
    for attribute, value in attributes.items():
        if name == "mj-class" and attribute == "name":
            continue
        if (name, attribute) in _NOT_HERE:
            yield (
                said("{attribute} of <{element}>, which our renderer leaves out", attribute=attribute, element=name),
                _NOT_HERE[name, attribute],
            )
            continue
        kind = own.get(attribute) or _EVERYWHERE.get(attribute)
        if kind is None:
            wanted = said("one of its own, such as: {words}", words=", ".join(nearest(attribute, sorted({*own, *_EVERYWHERE}))[:6]))
            yield said("{attribute}, which <{element}> does not have", attribute=attribute, element=name), wanted
        elif not _fits(value, kind):
            found = said("{attribute}=“{value}” of <{element}>", attribute=attribute, value=value[:60], element=name)
            yield found, said("a value of the type {type}", type=kind)


@cache
def _all_attributes() -> Mapping[str, str]:
    """Return the attributes that any element has; where types differ, whatever is written is taken."""
    found: dict[str, str] = {}
    for one in elements().values():
        for attribute, kind in one.attributes.items():
            found[attribute] = kind if found.get(attribute, kind) == kind else "string"
    return found


def _fits(value: str, kind: str) -> bool:
    """Say whether a value is of one of MJML's types, as its own packages read them."""
    return kind == "string" or (len(value) < MOST_VALUE and _pattern(kind).search(value) is not None)


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    if kind == "color":
        names = "|".join(sorted(colours()))
        # As in MJML's own packages, which look for the first two anywhere.
        return re.compile(
            rf"rgba\(\d{{1,3}},\s?\d{{1,3}},\s?\d{{1,3}},\s?\d(\.\d{{1,3}})?\)|rgb\(\d{{1,3}},\s?\d{{1,3}},\s?\d{{1,3}}\)|^#(?i:[0-9a-f]{{3}}){{1,2}}$|^(?:{names})$"
        )
    if kind.startswith("enum("):
        return re.compile("|".join(f"^{re.escape(one)}$" for one in kind[5:-1].split(",")))
    if unit := _UNIT.fullmatch(kind):
        number = r"[-\d,.]+" if unit[1] else r"[\d,.]+"
        units = unit[2].split(",")
        ends = "|".join(re.escape(one) for one in units if one != "auto")
        auto = "|auto" if "auto" in units else ""
        return re.compile(rf"^(?:(?:{number}(?:{ends})|0{auto}) ?){{{unit[3] or '1'}}}$")
    return re.compile({"integer": r"\d+", "boolean": r"(?i:^(?:true|false)$)"}[kind])
