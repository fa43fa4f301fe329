"""Links whose domain looks like another one: letters of two scripts in one name, or a whole name of look-alikes."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import unquote

from handbill.errors import Level, Said, said
from handbill.proofing.galley import Galley, Mark
from handbill.proofing.signs import SIGNS

_ESCAPE = r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})"
_HOST = re.compile(
    rf"//(?:[^\s/@<>\"'`]*@)?((?:&#\w{{1,8}};|{_ESCAPE}|[^\s/?#<>\"'`()\[\]\\])+)|\bwww\.(?:{_ESCAPE}|[^\s/?#<>\"'`()\[\]\\])+"
)
# Not without regard to capitals as a whole: the dotless i would then count as an i of ASCII.
_STRANGE = re.compile(r"[^\x00-\x7f]|[Xx][Nn]--|%[89A-Fa-f]|&#|&[A-Za-z]\w*;|\\[xuU]")
_ESCAPED = re.compile(_ESCAPE)

#: Scripts that are written together in one word (UTS 39, 5.2: "Highly Restrictive").
_TOGETHER = (
    frozenset({"LATIN", "CJK", "HIRAGANA", "KATAKANA"}),
    frozenset({"LATIN", "CJK", "BOPOMOFO"}),
    frozenset({"LATIN", "CJK", "HANGUL"}),
)
_SCRIPTS = {
    "LATIN": said("Latin"),
    "CYRILLIC": said("Cyrillic"),
    "GREEK": said("Greek"),
    "ARMENIAN": said("Armenian"),
    "HEBREW": said("Hebrew"),
    "ARABIC": said("Arabic"),
    "CHEROKEE": said("Cherokee"),
}

#: Letters that cannot be told from a Latin one in the fonts of browsers, by what they look like.
_ALIKE = {
    letter: latin
    for latin, letters in {
        "a": "аɑα",
        "b": "ЬьƄ",
        "c": "сϲⅽ",
        "d": "ԁɗⅾ",
        "e": "еҽ",
        "g": "ɡց",
        "h": "һհ",
        "i": "іıɩι",
        "j": "јϳȷ",
        "k": "кκ",
        "l": "ӏⅼ",
        "m": "ⅿ",
        "n": "ոпη",
        "o": "оοօ",
        "p": "рρ",
        "q": "ԛզ",
        "r": "гᴦ",
        "s": "ѕ",
        "u": "υսц",
        "v": "ѵν",
        "w": "ԝաω",
        "x": "хχ",
        "y": "уγү",
        "z": "ᴢ",
    }.items()
    for letter in letters
}


def misleading(galley: Galley) -> Iterator[Mark]:
    """Yield a mark for each link whose domain is not the one that readers see.

    In code nothing is followed, so a text about such domains shows them there.
    """
    text = galley.text
    if ("//" not in text and "www." not in text) or (text.isascii() and not _STRANGE.search(text)):
        return
    for match in _hosts(text):
        group = 1 if match[1] is not None else 0
        written = match[group].rstrip(".,;:!?*_")
        if "\\" in written and match.start() >= galley.body:
            # Beyond front matter, where YAML makes a sign of it, a backslash ends the name.
            written = written.partition("\\")[0]
        elif match[group].endswith(";") and "&" in written:
            written += ";"
        if _STRANGE.search(written) and not galley.in_code(match.start()):
            yield from _looked_at(match.start(group), written)


def _hosts(text: str) -> Iterator[re.Match[str]]:
    """Yield each domain; a leap to the next sign of one takes less than a look at every letter."""
    begins: list[int] = []
    for sign in ("//", "www."):
        at = text.find(sign)
        while at >= 0:
            begins.append(at)
            at = text.find(sign, at + 1)
    done = 0
    for at in sorted(begins):
        if at >= done and (match := _HOST.match(text, at)):
            yield match
            done = match.end()


def is_strange(word: str) -> bool:
    """Say whether a word names a domain with letters that need a closer look."""
    return any(_STRANGE.search(match[0]) for match in _hosts(word))


def mixed_scripts(label: str) -> tuple[str, ...]:
    """Return the scripts of a word that no honest word has together (UTS 39, 5.2), nothing where they may be."""
    scripts = {_script(sign) for sign in label if unicodedata.category(sign)[0] == "L"}
    return () if len(scripts) < 2 or any(scripts <= allowed for allowed in _TOGETHER) else tuple(sorted(scripts))


def seen_as(label: str) -> str:
    """Return the Latin word that a whole word of other letters cannot be told from, "" where there is none."""
    seen = "".join(_ALIKE.get(sign, sign) for sign in label)
    return seen if seen != label and seen.isascii() else ""


def unpacked(label: str) -> str:
    """Return a label with the letters that a browser shows in place of punycode."""
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except (UnicodeError, ValueError):
        return label


def _looked_at(at: int, written: str) -> Iterator[Mark]:
    shown = _shown(written)
    labels = shown.split(".")
    ascii_form = ".".join(_ascii(label) for label in labels)
    end = at + len(written)
    what = {"domain": shown, "ascii": ascii_form}
    typed = said("the domain as its owner writes it, typed by hand")
    for label in labels:
        strange = next((sign for sign in label if _is_no_letter(sign)), "")
        if strange:
            name = unicodedata.name(strange, "").lower() or f"U+{ord(strange):04X}"
            yield Mark(
                at, end, said("a link to “{domain}”, with a character that no domain has ({name})", domain=shown, name=name), typed, "HB117"
            )
            return
        if scripts := mixed_scripts(label):
            two: dict[str, Said | str] = {"one": _named(scripts[0]), "other": _named(scripts[1])}
            found = said("a link to “{domain}”, which mixes letters of two scripts, {one} and {other} (in truth {ascii})", **what, **two)
            yield Mark(at, end, found, typed, "HB117", Level.ERROR)
            return
    for label in labels[:-1] or labels:
        seen = seen_as(label)
        if seen and labels[-1].isascii():
            found = said(
                "a link to “{domain}”, which looks like “{seen}” and is not (in truth {ascii})", **what, seen=shown.replace(label, seen)
            )
            yield Mark(at, end, found, typed, "HB117", Level.WARNING)
            return


def _is_no_letter(sign: str) -> bool:
    """Say whether no domain has a sign: neither letter nor digit, one that nobody sees, or a stroke across the one before."""
    is_letter = unicodedata.category(sign)[0] in "LMN" or sign in "-·・_~"
    return not is_letter or "\u0335" <= sign <= "\u0338" or bool(SIGNS.match(sign) and sign not in "\u200c\u200d")


def _shown(written: str) -> str:
    """Return the domain as a browser shows it: small letters, without port, percent signs, entities and punycode."""
    plain = _ESCAPED.sub(lambda one: chr(min(int(one[0][2:], 16), 0x10FFFF)), written)
    host = html.unescape(unquote(plain)).split(":")[0]
    # Browsers fold wide letters and the full stops of Chinese before they look a name up.
    host = unicodedata.normalize("NFKC", host.replace("。", ".").replace("．", ".").replace("｡", ".")).casefold()
    return ".".join(unpacked(label) for label in host.split("."))


def _ascii(label: str) -> str:
    if label.isascii():
        return label
    return "xn--" + label.encode("punycode").decode("ascii")


def _script(sign: str) -> str:
    """Return the script of a letter: the first word of its name, which the standard keeps stable."""
    return unicodedata.name(sign, "UNKNOWN").split(" ")[0].split("-")[0]


def _named(script: str) -> Said | str:
    return _SCRIPTS.get(script) or script.capitalize()
