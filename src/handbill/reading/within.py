"""What can be said of the links and pictures of a text without looking at any other file."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import unquote

from handbill.errors import Level, Said, said
from handbill.hub.address import slug_of
from handbill.hub.fields import Desk
from handbill.hub.likeness import Names
from handbill.hub.nodes import Spot
from handbill.reading.places import Place, Written

if TYPE_CHECKING:
    from handbill.reading.body import Rough

#: Words that a camera, a word processor or a hurry puts where a description belongs.
_NOTHING_SAID = re.compile(
    r"(?:une? |the |an? |l[’'])?"
    r"(?:image|photo|photographie|photograph|picture|illustration|dessin|img|dsc[fn]?|pxl|screenshot|capture|capture d[’']écran|"
    r"sans titre|untitled)"
    r"[ _.-]*(?:\d[\d _.()-]*)?",
    re.IGNORECASE,
)
_FILE = re.compile(r"\S+\.(?:jpe?g|png|gif|webp|avif|hei[cf]|tiff?|bmp|svg)", re.IGNORECASE)
#: A link or picture whose path has spaces in it, and no < before it.
_SPACED = re.compile(r"\]\(((?!<)[^()<>\n\"' ]+(?: [^()<>\n\"' ]+)+\.(?:md|jpe?g|png|gif|webp|avif))(?: \"[^\"\n]*\")?\)", re.IGNORECASE)
#: How one begins: to look for this alone takes a tenth of the time.
_SPACE_WITHIN = re.compile(r"\]\([^()<>\n\"' ]+ ")
#: Where a path is only written about.
_CODE = re.compile(r"^ {0,3}(`{3,}|~{3,}).*?(?:^ {0,3}\1|\Z)|(?<!`)(`++).{1,500}?(?<!`)\2(?!`)|<!--.*?(?:-->|\Z)", re.DOTALL | re.MULTILINE)
#: How many headings a message names.
_SOME = 5
#: A mail address as far as a link needs it: something, an at sign, a host with a dot.
_MAIL = re.compile(r"[^\s@,]+@[^\s@,]+\.[^\s@,.]{2,}")


def check_within(rough: Rough, text: str, first_line: int, desk: Desk) -> None:
    """Put down at the desk each picture that says nothing, and each link within the text that leads nowhere.

    *text* is the Markdown that *rough* was made of; it begins on *first_line*.
    """
    _check_spaces(rough, text, first_line, desk)
    times: Counter[str] = Counter()
    written = Written(text, first_line)
    for target, title in rough.bare:
        place = written.place_of_picture(target, times[target])
        _refuse(desk, place, said("a picture without a description"), _described(title), "HB308")
        times[target] += 1
    for target, words in dict.fromkeys(rough.pictures):
        if says_nothing(words, target):
            place = written.place_of_words(words)
            found = said("the description “{words}”, which tells nobody what the picture shows", words=words[:80])
            _refuse(desk, place, found, said("what it shows, in a few words"), "HB316", Level.WARNING)
    names = Names(sorted(rough.anchors)) if rough.inner else Names(())
    for link in rough.inner:
        if leads_somewhere(link, rough.anchors):
            continue
        if link.startswith("#"):
            anchor = unquote(link[1:])
            found = said("a link to “#{anchor}”, which is no heading of this text", anchor=anchor[:80])
            _refuse(desk, written.place_of(link), found, near_anchor(anchor, rough.anchors, names), "HB303")
        else:
            _refuse(desk, written.place_of(link), *_nobody(link), "HB318")


def _check_spaces(rough: Rough, text: str, first_line: int, desk: Desk) -> None:
    """Put down each path with spaces: for most readers of Markdown that is no link, and members see the brackets."""
    if not _SPACE_WITHIN.search(text) or not _SPACED.search(text):
        return
    led = {unquote(link) for link in rough.body.links}
    for match in _SPACED.finditer(_CODE.sub(lambda code: re.sub(r"[^\n]", " ", code[0]), text)):
        if match[1] not in led:
            line = first_line + text.count("\n", 0, match.start(1))
            place = line, match.start(1) - text.rfind("\n", 0, match.start(1)), len(match[1])
            found = said("a path with spaces, so that members see brackets and no link")
            _refuse(desk, place, found, said("the path between < and >: {example}", example=f"(<{match[1]}>)"), "HB318")


def says_nothing(words: str, target: str) -> bool:
    """Say whether a description is only the name of the file, or a word for any picture at all.

    A single word that the file is named for as well, such as “établi”, is a
    description; a name that only a camera or a disk would give is none.
    """
    words = words.strip()
    stem = posixpath.splitext(posixpath.basename(unquote(target)))[0]
    if _NOTHING_SAID.fullmatch(words) or _FILE.fullmatch(words):
        return True
    return words == stem and " " not in words and bool(re.search(r"[_\d]", words))


def _described(title: str) -> Said:
    if title:
        return said("what it shows, between the brackets, where “{title}” may belong", title=title[:80])
    return said('what it shows, between the brackets; or "decorative" after its path, if it only decorates')


def near_anchor(anchor: str, anchors: frozenset[str], names: Names) -> Said:
    """Return which heading a wrong anchor may have meant: the one of that name, or the one most like it, or some that there are.

    The *names* are the anchors once more, in their order, as whoever asks often
    keeps them: a text with thousands may have thousands of wrong links to them.
    """
    meant = slug_of(anchor)
    near = meant if meant in anchors else names.near(anchor)
    if near:
        return said("{near}, perhaps", near=f"#{near}")
    if not anchors:
        return said("a link without “#”, because that text has no headings")
    some = ", ".join(f"#{one}" for one in names.first(_SOME)) + ", …" * (len(anchors) > _SOME)
    return said("one of its headings: {anchors}", anchors=some)


def leads_somewhere(link: str, anchors: frozenset[str]) -> bool:
    """Say whether a link names a place of its own text, somebody's mail address, or a telephone number."""
    if link.startswith("#"):
        anchor = unquote(link[1:])
        # Both names lead to the begin of every page (HTML, 7.4.6.4).
        return anchor in anchors or anchor.casefold() in ("", "top")
    scheme, _, rest = link.partition(":")
    if scheme == "tel":
        return sum(sign.isdigit() for sign in unquote(rest)) >= 2
    addresses, has_more, _ = unquote(rest).partition("?")
    # "mailto:?subject=…" opens an empty mail on purpose (RFC 6068, 2).
    if not addresses.strip():
        return bool(has_more)
    return all(_MAIL.fullmatch(one.strip()) for one in addresses.split(","))


def _nobody(link: str) -> tuple[Said, Said]:
    """Return what was found and wanted for a link that reaches nobody; half an address is somebody's, and not repeated."""
    if link.startswith("tel:"):
        return said("a link to a telephone number that is none"), said("tel: and a number, such as tel:+33123456789")
    return said("a link to a mail address that is none"), said("mailto: and a whole address")


def _refuse(desk: Desk, place: Place, found: Said, wanted: Said, code: str, level: Level = Level.ERROR) -> None:
    line, column, width = place
    desk.refuse(Spot(line, column, width), "", found, wanted, code, level)
