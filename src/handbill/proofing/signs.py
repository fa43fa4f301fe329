"""Signs that nobody sees: those that turn the direction of writing, those of no width, and empty boxes."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator

from handbill.errors import Level, Said, said
from handbill.proofing.galley import Galley, Mark

#: The names of what is met most, so that they can be told in another language; the others keep Unicode's.
_NAMES = {
    0x00AD: said("soft hyphen"),
    0x200B: said("zero width space"),
    0x200C: said("zero width non-joiner"),
    0x200D: said("zero width joiner"),
    0x200E: said("left-to-right mark"),
    0x200F: said("right-to-left mark"),
    0x061C: said("Arabic letter mark"),
    0x2028: said("line separator"),
    0x2029: said("paragraph separator"),
    0x0085: said("next line"),
    0x202A: said("left-to-right embedding"),
    0x202B: said("right-to-left embedding"),
    0x202C: said("end of an embedding"),
    0x202D: said("left-to-right override"),
    0x202E: said("right-to-left override"),
    0x2060: said("word joiner"),
    0x2066: said("left-to-right isolate"),
    0x2067: said("right-to-left isolate"),
    0x2068: said("first strong isolate"),
    0x2069: said("end of an isolate"),
    0xFFFC: said("place of a lost object"),
    0xFFFD: said("lost character"),
}

_TURNS = frozenset(map(chr, [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]))
_HINTS = frozenset("\u200e\u200f\u061c")
_JOINERS = frozenset("\u200c\u200d")
_BOXES = frozenset("\ufffc\ufffd")

#: Everything that is looked at; most of it may stand in its own place.  Told by what it is not, so that the
#: first range answers for most letters: three times as fast on a text of Europe.
SIGNS = re.compile(
    "[^\x00-\x84\x86-\u00ac\u00ae-\u034e\u0350-\u061b\u061d-\u115e\u1161-\u17b3\u17b6-\u180a\u1810-\u200a\u2010-\u2027"
    "\u202f-\u205f\u2070-\u27ff\u2801-\u3163\u3165-\udfff\uf900-\ufdcf\ufdf0-\ufdff\ufe10-\uff9f\uffa1-\uffef\U00010000-\U0001342f"
    "\U00013456-\U00016fe3\U00016fe5-\U0001bc9f\U0001bca4-\U0001d172\U0001d17b-\U0001fffd\U00020000-\U0002fffd\U00030000-\U0003fffd"
    "\U00040000-\U0004fffd\U00050000-\U0005fffd\U00060000-\U0006fffd\U00070000-\U0007fffd\U00080000-\U0008fffd\U00090000-\U0009fffd"
    "\U000a0000-\U000afffd\U000b0000-\U000bfffd\U000c0000-\U000cfffd\U000d0000-\U000dfffd]"
)
#: The same where they are written by their number.
_WRITTEN = re.compile(
    r"&#(?:0{0,20}[0-9]{1,7}|[xX]0{0,20}[0-9A-Fa-f]{1,6});?|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}|"
    "&(?:ZeroWidthSpace|Negative(?:VeryThin|Thin|Medium|Thick)Space|NoBreak|zwj|zwnj|lrm|rlm|"
    "ic|it|af|InvisibleComma|InvisibleTimes|ApplyFunction);"
)
#: What a text has in which a sign may be written so.
IS_WRITTEN = re.compile(r"&[#ZNzlriaI]|\\[uU]")
_FLAG = re.compile("\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f")
_TAGS = re.compile("[\U000e0000-\U000e007f]+")

#: Right-to-left letters: Hebrew to Arabic Extended-A, their presentation forms, and the scripts from U+10800 on.
_LEFTWARD = re.compile("[\u0590-\u061b\u061e-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
#: Letters whose forms depend on joiners: Arabic and its kin, the scripts of India, Sinhala, Tibetan, Burmese, Khmer, Mongolian.
_JOINED = re.compile(
    "[\u0600-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u18af\ua840-\ua877\ua8e0-\ua8ff\ufb50-\ufdff\ufe70-\ufefc\U00011000-\U00011fff]"
)
#: Scripts without spaces between words, in which one of no width tells where a line may break.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1950-\u19df\ua9e0-\ua9ff\uaa60-\uaadf]")
_CHINESE = re.compile("[\u2e80-\u2fdf\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")

#: Signs that belong to others of their own script: the gap between words of Braille, what joins hieroglyphs, the filler of Khitan.
_AMONG = (
    re.compile("[\u2800-\u28ff]"),
    re.compile("[\U00013000-\U00013455]"),
    re.compile("[\U00018b00-\U00018cff]"),
)
_GAPS = {"\u2800": 0, **dict.fromkeys(map(chr, range(0x13430, 0x13456)), 1), "\U00016fe4": 2}

#: A file full of such signs is told of often enough; the rest shows itself once these are mended.
MOST = 100


def unseen(galley: Galley) -> Iterator[Mark]:
    """Yield a mark for each line and sign that a reader does not see, or sees as an empty box.

    Joiners stay in emoji and in scripts that need them, marks of direction next
    to right-to-left letters, tags in the flags of regions, variation selectors
    after what has variants, and a lost character in code, where it is talked about.
    """
    text = galley.text
    if text.isascii() and "&" not in text and "\\" not in text:
        return
    found: dict[tuple[int, str], list[int]] = {}
    flags = {at for match in _FLAG.finditer(text) for at in range(*match.span())} if "\U0001f3f4" in text else frozenset[int]()
    for match in SIGNS.finditer(text):
        at, sign = match.start(), match[0]
        if at not in flags and not _belongs(text, at, sign) and not (_is_box(sign) and galley.in_code(at)):
            found.setdefault((galley.place(at)[0], _sort_of(sign)), []).append(at)
    marks = [_mark(text, places[0], len(places)) for places in found.values()]
    if "&" in text or "\\" in text:
        marks += [mark for match in _WRITTEN.finditer(text) if (mark := _written(galley, match))]
    marks.sort(key=lambda mark: mark.start)
    yield from marks[:MOST]
    if len(marks) > MOST:
        more = said("{n} more invisible characters from here on", n=len(marks) - MOST)
        yield Mark(
            marks[MOST].start,
            marks[MOST].end,
            more,
            said("a text typed anew, or pasted without its formatting"),
            "HB116",
            marks[MOST].level,
        )


def _mark(text: str, at: int, times: int) -> Mark:
    sign = text[at]
    what = {"name": _name(sign), "code": _code(sign)}
    again = said("the same words without it: type them again instead of pasting them")
    if tags := _TAGS.match(text, at):
        one = said("an invisible character that can hide a text (a tag, {code})", code=what["code"])
        many = said("{n} invisible characters that can hide a text (tags, the first is {code})", n=times, code=what["code"])
        return Mark(
            at,
            tags.end(),
            one if times == 1 else many,
            said("the text without them: type again what stands around them"),
            "HB116",
            Level.ERROR,
        )
    if sign in _TURNS or sign in _HINTS:
        found = said("an invisible character that turns the direction of writing around ({name}, {code})", **what)
        return Mark(at, at + 1, _often(found, times), again, "HB116", Level.ERROR)
    if sign == "\u00ad":
        found = said("a hyphen that shows only at the end of a line ({name}, {code}), left by a word processor", **what)
        return Mark(at, at + 1, _often(found, times), said("the word without it"), "HB116", Level.NOTE)
    if _is_box(sign):
        found = said("a character that members see as an empty box ({name}, {code})", **what)
        return Mark(at, at + 1, _often(found, times), said("the character that was meant, typed by hand"), "HB116", Level.WARNING)
    return Mark(at, at + 1, _often(said("an invisible character ({name}, {code})", **what), times), again, "HB116", Level.WARNING)


def _written(galley: Galley, match: re.Match[str]) -> Mark | None:
    """Return a mark for a sign that is written by its number; in front matter YAML reads it, in a text HTML does."""
    sign = _meant(match[0])
    is_read = match.start() < galley.body if match[0][0] == "\\" else match.start() >= galley.body and not galley.in_code(match.start())
    if not is_read or sign == "\u00ad" or not SIGNS.fullmatch(sign) or _is_box(sign):
        return None
    before, after = galley.text[max(0, match.start() - 200) : match.start()], galley.text[match.end() : match.end() + 200]
    if _belongs(before + sign + after, len(before), sign):
        return None
    level = Level.ERROR if sign in _TURNS or sign in _HINTS or _TAGS.match(sign) else Level.WARNING
    found = said(
        "“{written}”, which stands for an invisible character ({name}, {code})", written=match[0], name=_name(sign), code=_code(sign)
    )
    return Mark(*match.span(), found, said("the text without it"), "HB116", level)


def _often(found: Said, times: int) -> Said:
    return said("{what}, {n} times on this line", what=found, n=times) if times > 1 else found


def _belongs(text: str, at: int, sign: str) -> bool:
    """Say whether a sign stands where its script, or the picture that it makes, needs it."""
    before = text[at - 1] if at else ""
    after = text[at + 1 : at + 2]
    if sign in _JOINERS:
        if _JOINED.match(before) and sign in _JOINERS:
            return True
        return sign == "\u200d" and _is_picture(before) and _is_picture(after)
    if sign in _HINTS:
        begin, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
        return bool(_LEFTWARD.search(text, max(begin, at - 200), min(end if end >= 0 else len(text), at + 200)))
    if sign == "\u200b":
        return bool(_UNSPACED.match(before) and _UNSPACED.match(after))
    if "\ufe00" <= sign <= "\ufe0f":
        if not before:
            return False
        return (
            before in "#*0123456789ℹ‼⁉〰"
            or (_is_picture(before) and before != "\ufe0f")
            or bool(_CHINESE.match(before) or _JOINED.match(before))
        )
    if "\U000e0100" <= sign <= "\U000e01ef":
        return bool(_CHINESE.match(before))
    if "\u180b" <= sign <= "\u180f":
        return "\u1820" <= before <= "\u18aa"
    if sign in _GAPS:
        among = _AMONG[_GAPS[sign]]
        return bool(before and among.match(before) and before != "\u2800") or bool(after and among.match(after) and after != "\u2800")
    return False


def _is_picture(sign: str) -> bool:
    # The block of pictures is named, because an older Python does not know the newest of them.
    return bool(sign) and (sign == "\ufe0f" or unicodedata.category(sign) in ("So", "Sm") or "\U0001f000" <= sign <= "\U0001faff")


def _is_box(sign: str) -> bool:
    return sign in _BOXES or unicodedata.category(sign) in ("Co", "Cn")


def _sort_of(sign: str) -> str:
    """Return the sign itself; all tags count as one sort, because they hide one text together."""
    return "\U000e0000" if "\U000e0000" <= sign <= "\U000e007f" else sign


def _meant(written: str) -> str:
    """Return the sign that an entity of HTML or an escape of YAML stands for; a space for what is none."""
    if written.startswith("\\"):
        number = int(written[2:], 16)
        return chr(number) if number < 0x110000 else " "
    sign = html.unescape(written)
    return sign if len(sign) == 1 else " "


def _name(sign: str) -> Said | str:
    return _NAMES.get(ord(sign)) or unicodedata.name(sign, "").lower() or said("without a name")


def _code(sign: str) -> str:
    return f"U+{ord(sign):04X}"
