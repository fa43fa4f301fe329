"""A letter's record → its HTML part."""

from __future__ import annotations

import re

from handbill.errors import said
from handbill.outputs.mail.fault import ThemeFault
from handbill.outputs.mail.fragment import sturdy
from handbill.outputs.mail.inline import inlined
from handbill.outputs.mail.mjml import Flawed, rendered
from handbill.outputs.mail.record import Letter
from handbill.outputs.mail.template import Frames
from handbill.outputs.words import Words

#: A tag, with whatever its values hold: what a text says of a tag is none.
_TAG = re.compile(r"""<([a-zA-Z][\w:-]*)((?:[^<>"']|"[^"]*"|'[^']*')*)>""")
_VALUE = re.compile(r"""\s([\w:-]+)="([^"]*)\"""")
#: Whatever a mail program fetches to show a letter.
_FETCHED = frozenset({"src", "srcset", "background", "poster"})
_EMBEDS = frozenset({"link", "object", "embed", "iframe"})
_WHOLE = re.compile(r"\w+:")
_BY_STYLE = re.compile(r"""(?:url\(|@import)\s*["']?([^"')\s;]+)""")


def html_of(letter: Letter, frames: Frames, words: Words) -> str:
    """Return the HTML of a letter; opening it asks no other host than the hub's for anything.

    Raises:
        ThemeFault: the theme's files cannot make a letter, or would make readers call a third party.
    """
    frame = frames.frame(letter, words)
    try:
        framed = rendered(frame.mjml)
    except Flawed as fault:
        first = fault.flaws[0]
        raise ThemeFault(*frames.place_of(first.offset, letter, words), first.found, first.wanted) from fault
    html = plain_values(inlined(frame.complete(framed), frames.inlined(letter)))
    for address in fetched(html):
        if not address.startswith(letter.base):
            found = said("{address}, which readers' programs would fetch", address=address)
            raise ThemeFault(*frames.file_of(address), found, said("only what lies below {base}", base=letter.base))
    return sturdy(html) + "\n"


def plain_values(html: str) -> str:
    """Return the HTML without a sign of a tag in any value: not every mail program reads them as browsers do."""
    return _TAG.sub(_plain_values, html)


def _plain_values(tag: re.Match[str]) -> str:
    inside = tag[2]
    if "<" not in inside and ">" not in inside:
        return tag[0]
    return f"<{tag[1]}{_VALUE.sub(lambda one: one[0].replace('<', '&lt;').replace('>', '&gt;'), inside)}>"


def fetched(html: str) -> list[str]:
    """Return every address that a mail program would fetch in order to show a letter."""
    found: list[str] = []
    for tag in _TAG.finditer(html):
        name = tag[1]
        if name == "style":
            found += _BY_STYLE.findall(html[tag.end() : html.find("</style>", tag.end())])
        for key, value in _VALUE.findall(tag[2]):
            if key in _FETCHED or (name in _EMBEDS and _WHOLE.match(value)):
                found.append(value)
            elif key == "style":
                found += _BY_STYLE.findall(value)
    return found
