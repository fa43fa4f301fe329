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

#: Whatever a mail program fetches to show a letter.
_FETCHED = re.compile(r"""<[^<>]*?\s(?:src|srcset|background|poster)="([^"]*)"|<(?:link|object|embed|iframe)\b[^>]*?="(\w+:[^"]*)\"""")
_BY_STYLE = re.compile(r"""(?:url\(|@import)\s*["']?([^"')\s;]+)""")
_STYLES = re.compile(r"""<style[^>]*>(.*?)</style>|\sstyle="([^"]*)\"""", re.DOTALL)


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
    html = inlined(frame.complete(framed), frames.inlined(letter))
    for address in fetched(html):
        if not address.startswith(letter.base):
            found = said("{address}, which readers' programs would fetch", address=address)
            raise ThemeFault(*frames.file_of(address), found, said("only what lies below {base}", base=letter.base))
    return sturdy(html) + "\n"


def fetched(html: str) -> list[str]:
    """Return every address that a mail program would fetch in order to show a letter."""
    found = [one or other for one, other in _FETCHED.findall(html)]
    for block, attribute in _STYLES.findall(html):
        found += _BY_STYLE.findall(block or attribute)
    return found
