"""French as it was typed → French as a printer would set it; decision 0016 names the rules and where they come from.

Pure: text → text, whatever the text.  Letters and digits stay as they are, in
their order; only spaces, apostrophes, quotation marks and dots change.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from handbill.hub.address import slug_of
from handbill.hub.gaps import (
    ADDRESS,
    BREAK,
    EDGE,
    ENTITY,
    GAPS,
    HOST,
    MAILBOX,
    MARKS,
    NARROW,
    SIGNAL,
    TAG,
    TAGS,
    THING,
    WIDE,
    filled,
    places,
    woven,
)
from handbill.hub.ties import with_ties


class Manner(NamedTuple):
    """How a country sets French: the spaces before ``; ! ?``, before a colon and within « », and whether missing ones are put in."""

    high: str = NARROW
    colon: str = WIDE
    quote: str = WIDE
    adds: bool = True


#: Switzerland narrows them all; Canada writes no space before ; ! ? and keeps the one that a writer typed.
_MANNERS = {"": Manner(), "ch": Manner(colon=NARROW, quote=NARROW), "ca": Manner(adds=False)}


def manner_of(lang: str) -> Manner | None:
    """Return how French is set under that language tag; ``None`` where the language is another."""
    language, _, country = lang.lower().partition("-")
    return _MANNERS.get(country, _MANNERS[""]) if language == "fr" else None


def typeset(text: str, lang: str) -> str:
    """Return a text on one line as a printer would set it; a text that is not French comes back as it is."""
    manner = manner_of(lang)
    if manner is None or any(mark in text for mark in MARKS):
        return text
    return set_marked(text, manner)


@lru_cache(maxsize=8192)  # a hub has the same few tags and names thousands of times
def typeset_name(name: str, lang: str) -> str:
    """Return the name of a tag, a place or somebody set as far as the address made from it stays the same."""
    done = typeset(name, lang)
    if slug_of(done) == slug_of(name):
        return done
    return _APOSTROPHE.sub("’", name)


def set_marked(text: str, manner: Manner, is_page: bool = False) -> str:
    """Return a text set, in which marks stand for markup; the marks stay, in their order.

    On a page the ends of ordinals are put between :data:`RAISED` and :data:`LEVEL`.
    """
    kept = []
    for mark, pattern, sign, hint in _KEPT:
        if sign in text and hint in text and (found := pattern.findall(text)):
            kept.append((mark, found))
            text = pattern.sub(mark, text)
    if '"' in text:
        text = EDGE.join(map(_quoted, text.split(EDGE)))
    if "'" in text:
        text = (_APOSTROPHE_NO_MAIL if MAILBOX in text else _APOSTROPHE).sub("’", text)
    if "..." in text:
        text = _DOTS.sub("…", text)
    text = with_ties(_with_signs(text, manner), is_page)
    for mark, found in reversed(kept):
        text = woven(text.split(mark), found)
    return text


# What stays as it is: addresses, mailboxes, :signals:

#: To where an address goes on; the signs after it belong to the sentence.
_TO_ITS_END = rf"(?:[^\s«»\"{TAG}{EDGE}{BREAK}]*[^\s«»\"{TAG}{EDGE}{BREAK}.,;:!?…)\]'’])?"
#: The mark of each, how it looks, a sign that is in it, and what surely is: looking for the sign is fast.
_KEPT = (
    # The letters before :// or @ need no mark: no rule touches them.
    (ENTITY, re.compile("&[a-z]+;"), "&", "&"),
    (ADDRESS, re.compile(f"://{_TO_ITS_END}"), "/", "://"),
    (HOST, re.compile(rf"www\.{_TO_ITS_END}"), "w", "www."),
    (MAILBOX, re.compile(r"@[\w-]+(?:\.[\w-]+)*"), "@", "@"),
    (SIGNAL, re.compile(rf":(?<!\w:)(?<!\w{TAG}:)[\w+-]{{2,40}}:(?![\w:])"), ":", ":"),
)

# Apostrophes and dots

_LETTER = r"[^\W\d_]"
_AFTER_LETTER = rf"'(?:(?<={_LETTER}')|(?<={_LETTER}{TAG}'))(?={TAGS}[\w«“\"{THING}{ADDRESS}{HOST}])"
#: Years without their century, as in « les années ’80 ».
_BEFORE_YEAR = rf"'(?<![^\s(«{EDGE}{BREAK}]')(?=\d\d(?![\d']))"
_APOSTROPHE = re.compile(f"{_AFTER_LETTER}|{_BEFORE_YEAR}")
#: The same, but not in the name of a mailbox, which is looked for only where there is one.
_APOSTROPHE_NO_MAIL = re.compile(rf"{_AFTER_LETTER}(?![\w.+-]*{MAILBOX})|{_BEFORE_YEAR}")
#: Three dots and no more; not in paths, nor in ranges of numbers.
_DOTS = re.compile(r"\.\.\.(?<![./\\]\.\.\.)(?![./\\])(?!(?<=\d\.\.\.)\d)")

# Straight quotation marks

_QUOTE = re.compile('["«»]')
_OPENERS = frozenset("([{“‘’'/–—-")


def _quoted(block: str) -> str:
    """Return a block with its straight quotation marks made French, or as it is where they do not pair.

    A mark after a digit with none open stands for inches or seconds.
    """
    opened: list[int] = []
    pairs: dict[int, bool] = {}
    for found in _QUOTE.finditer(block):
        if found[0] != '"':
            continue
        at = found.start()
        before, after = _beside(block, at)
        if '"' in (before, after):
            return block
        stands_first, stands_last = before in "«" or before.isspace() or before == BREAK, after in "»" or not _begins(after)
        if stands_first and stands_last:
            opens = not opened
        elif stands_last and before not in _OPENERS:
            opens = False
        elif stands_first or before in _OPENERS:
            opens = True
        else:
            continue
        if opens:
            opened.append(at)
        elif opened:
            pairs[opened.pop()], pairs[at] = True, False
        elif not before.isdigit():
            return block
    return block if opened else _with_quotes(block, pairs)


def _with_quotes(block: str, pairs: Mapping[int, bool]) -> str:
    """Return a block with the marks at these places made French: True where one opens; within « » they are “ ”."""
    signs, depth = [], 0
    for found in _QUOTE.finditer(block):
        sign, opens = found[0], pairs.get(found.start())
        depth += sign == "«" or opens is True
        if opens is not None:
            sign = ("«" if opens else "»") if depth < 2 else "“" if opens else "”"
        depth -= depth > 0 and (found[0] == "»" or opens is False)
        signs.append(sign)
    return woven(_QUOTE.split(block), signs)


def _beside(text: str, at: int) -> tuple[str, str]:
    """Return the signs before and after a place, past tags; "" at either end."""
    left, right = at - 1, at + 1
    while left >= 0 and text[left] == TAG:
        left -= 1
    while right < len(text) and text[right] == TAG:
        right += 1
    return text[left : left + 1] if left >= 0 else "", text[right : right + 1]


def _begins(sign: str) -> bool:
    """Say whether something begins with that sign, rather than ends before it."""
    return bool(sign) and not sign.isspace() and sign not in ")]}»”.,;:!?…–—-/'’" + BREAK


# Signs that stand apart

#: After these no sign stands apart: something begins there, or it is no sentence.
_NO_END = frozenset("([{«“‘¿¡<=>|~^_+-–—:;!?,\\&#@/" + EDGE + BREAK)
_NO_QUOTE = frozenset("([{«“‘" + EDGE + BREAK)
#: Before these a sign ends something; a colon or semicolon before other signs may be a time, a smiley or code.
_AFTER_HIGH = frozenset(" \t\n\r\u00a0\u2009\u202f)]}»”\"'’,…;:–—" + EDGE + BREAK)
_AFTER_LOW = frozenset(" \t\n\r\u00a0\u2009\u202f«“»" + EDGE + BREAK)


def _with_signs(text: str, manner: Manner) -> str:
    out: list[str] = []
    done = 0
    for at in places(text, "!?:;«»"):
        begin, end = _gap_after(text, at + 1) if text[at] == "«" else _gap_before(text, at, done)
        space = _space(text, at, begin, end, manner)
        if space:
            out += (text[done:begin], filled(text[begin:end], space, is_before=text[at] != "«"))
            done = end
    out.append(text[done:])
    return "".join(out)


def _gap_after(text: str, begin: int) -> tuple[int, int]:
    end = begin
    while end < len(text) and text[end] in GAPS:
        end += 1
    return begin, end


def _gap_before(text: str, end: int, done: int) -> tuple[int, int]:
    begin = end
    while begin > done and text[begin - 1] in GAPS:
        begin -= 1
    return begin, end


def _space(text: str, at: int, begin: int, end: int, manner: Manner) -> str:
    """Return the space that a sign wants in the gap beside it; "" where it wants none."""
    sign = text[at]
    if sign == "«":
        follows = text[end : end + 1]
        return manner.quote if follows and follows not in (EDGE, BREAK) and not _closes_abroad(text, at) else ""
    last = text[begin - 1] if begin else EDGE
    if last in GAPS or last in (_NO_QUOTE if sign == "»" else _NO_END):
        return ""
    has_space = begin < end and text[begin:end].strip(TAG) != ""
    if sign == "»":
        # A » with a space before it and none after opens, as in German or Danish.
        return "" if has_space and text[at + 1 : at + 2].isalnum() else manner.quote
    after = at + 1
    while sign in "!?" and text[after : after + 1] in ("!", "?"):
        after += 1
    is_tagged = text[after : after + 1] == TAG
    while text[after : after + 1] == TAG:
        after += 1
    follows = text[after : after + 1] or EDGE
    if sign in "!?":
        good = is_tagged or follows in _AFTER_HIGH
        return manner.high if good and (has_space or manner.adds) else ""
    if follows not in _AFTER_LOW:
        return ""
    return manner.colon if sign == ":" else manner.high if has_space or manner.adds else ""


def _closes_abroad(text: str, at: int) -> bool:
    """Say whether a « closes, as in German or Danish: a word before it, none after."""
    before, after = _beside(text, at)
    return before.isalnum() and not after.isalnum()
