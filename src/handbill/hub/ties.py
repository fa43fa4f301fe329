"""What no line may part: a number and its unit, a day and its month, a title and a name, a dash and what it encloses."""

from __future__ import annotations

import re

from handbill.hub.gaps import BREAK, EDGE, GAP, GAPS, LEVEL, NARROW, RAISED, SPACE, SPACES, TAG, TAGS, WIDE, filled, places, wide

_IN_GAP = "".join(sorted(GAPS))


def with_ties(text: str, is_page: bool) -> str:
    """Return a text whose parts that belong together stay on one line, with the missing spaces put in."""
    text = _with_numbers(text, is_page)
    if "." in text:
        text = _REFERENCE.sub(lambda found: wide(found[0]), text)
    if "°" in text:
        text = _NUMERO.sub("°" + WIDE, text)
    if "–" in text or "—" in text:
        text = _with_dashes(text)
    return text


# Numbers and what belongs to them, ordinals, titles

#: Units that nobody takes for something else when they stand close to the number.
_CLOSE = "%|‰|€|h|°C|°F|km/h|km²|km|kg|cm|mm|kWh|[kMGT]o"
_UNIT = (
    rf"{_CLOSE}|min|[dhk]m[²³]?|m[²³23]?|[cd]m[²³23]|mg|[mckdh]?[lL]|[µn]m|ha|g|t|s|ms|[kMG]?bit/s|[kMG]b/s|[kMG]?Hz|[kMG]?W|[kM]?Wh"
    r"|[km]?V|[km]?A|°|[kM]€|Md€|\$|£|CHF|[kh]?Pa|bars?|dB|k?cal|k?J|N|lm|lx|K|px|pt|dpi|m/s"
)
_MONTH = (
    r"janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
    r"|janv\.|févr\.|avr\.|juil\.|sept\.|oct\.|nov\.|déc\."
)
_AGE = r"siècles?|s\.|millénaires?"
_ENDING = "ers?|[èe]?res?|es?|i?[èe]mes?|nde?s?"

_NUMBER = re.compile(
    # Only a number that is written in groups, or followed by something that belongs to it.
    rf"(?P<number>(?:\d{{1,3}}+(?P<groups>(?:{GAP}\d{{3}})+)(?!\d)|\d++)(?:[.,]\d++)?+)(?:"
    rf"(?P<clock>(?P<to_h>{GAP}|{TAGS})h(?P<to_minutes>{GAP}|{TAGS})[0-5]\d(?:(?P<to_min>{GAP}|{TAGS})min)?)(?!\w)"
    rf"|(?P<measure>{GAP}(?:{_UNIT}))(?![\w'’])"
    rf"|(?P<close>{TAGS}(?:{_CLOSE}))(?!\w)"
    rf"|(?P<date>{GAP}(?:{_MONTH}))(?!\w)"
    rf"|(?P<ending>{TAGS}(?:{_ENDING}))(?!\w|-\d)(?P<after>{TAGS}{GAP}(?:{_AGE}|{_MONTH})(?!\w)|)"
    rf"|(?(groups)|(?!)))"
)
_CENTURY = re.compile(rf"(?P<number>[IVX]++)(?P<ending>{TAGS}(?:{_ENDING}))(?!\w)(?P<age>{GAP}(?:{_AGE})(?!\w)|)")
#: What may come after the first letter of a century.
_IN_CENTURIES = "IVXeèir" + TAG
_TITLE = re.compile(rf"(?:MM?\.|M(?:mes?|lles?|gr|e)|[DP]r|Ste?s?){GAP}(?=[A-ZÀ-ÖØ-Þ])")
_ORDINAL = re.compile(r"1(?:ers?|[èe]?res?)|2nde?s?|(?!0|1\D)\d+(?:es?|i?[èe]mes?)|I(?:er|[èe]?re)|(?!I\D)[IVX]+(?:es?|i?[èe]mes?)")


def _with_numbers(text: str, is_page: bool) -> str:
    out: list[str] = []
    done = 0
    text += " "  # so that there is a sign after each
    for at in places(text, "0123456789IVXMDPS"):
        if at < done or (at and (text[at - 1].isalnum() or text[at - 1] == "_")):
            continue
        sign, following = text[at], text[at + 1]
        if sign in "MDPS":
            if following in ".Megelmrt" and (found := _TITLE.match(text, at)):
                out += (text[done:at], wide(found[0]))
                done = found.end()
        elif sign in "IVX":
            if following in _IN_CENTURIES and (found := _CENTURY.match(text, at)):
                out += (text[done:at], _century(found, is_page))
                done = found.end()
        elif found := _NUMBER.match(text, at):
            out += (text[done:at], _number(found, is_page))
            done = found.end()
    out.append(text[done:-1])
    return "".join(out)


def _number(found: re.Match[str], is_page: bool) -> str:
    """Return a number with what belongs to it."""
    kind, number = found.lastgroup or "", SPACES.sub(NARROW, found["number"])
    if kind == "number":
        return number
    if kind == "after":
        return number + _raised(number, found["ending"], is_page) + wide(found["after"])
    rest = found[kind]
    if kind == "close":
        unit = rest.lstrip(TAG)
        return number + TAG * (len(rest) - len(unit)) + WIDE + unit
    if kind == "clock" and number.isdigit() and int(number) <= 24:
        to_h, to_minutes, to_min = found["to_h"], found["to_minutes"], found["to_min"]
        minutes = rest[len(to_h) + 1 + len(to_minutes) :][:2]
        whole = f"{number}{filled(to_h, WIDE, is_before=True)}h{filled(to_minutes, WIDE, is_before=True)}{minutes}"
        return whole if to_min is None else f"{whole}{filled(to_min, WIDE, is_before=True)}min"
    return number + wide(rest)


def _century(found: re.Match[str], is_page: bool) -> str:
    """Return a Roman ordinal, tied to its century."""
    number, ending, age = found["number"], found["ending"], found["age"]
    if len(number) == 1 and not age and ending != "er":
        # A letter alone may be an initial, and Ire is anger, unless a name follows.
        following = found.string[found.end() : found.end() + 2]
        if not following[:1].isspace() or not (ending != "re" or following[1:].isupper()):
            return found[0]
    return number + _raised(number, ending, is_page) + wide(age)


def _raised(number: str, ending: str, is_page: bool) -> str:
    """Return the end of an ordinal; on a page it is raised, and short as it should be (2ème → 2e)."""
    if not is_page or not _ORDINAL.fullmatch(number + ending):
        return ending
    short = re.sub("i?[èe]me", "e", ending) if "me" in ending else re.sub("^[èe]re", "re", ending)
    return RAISED + short + LEVEL


# References: p. 12, n° 5

_NAMED = "|".join(rf"(?<=\b{one}\.)" for one in ("p", "pp", "t", "n", "no", "art", "chap", "ch", "fig", "vol", "tél"))
_REFERENCE = re.compile(rf"\.(?={GAP}[\dIVXLC])(?:{_NAMED}){GAP}")
_NUMERO = re.compile(rf"°(?<=\b[nN]°)(?:{SPACE}+(?={TAGS}\w)|(?=\d))")

# Dashes

_DASH = re.compile(rf"(?:(?<![{_IN_GAP}])(?P<before>{GAP}))?(?P<dash>[–—])(?P<after>{GAP})|[.!?…](?=[\s»”)\]{TAG}]|$)|[{EDGE}]")


def _with_dashes(text: str) -> str:
    """Return a text in which dashes cling to what they enclose, and no line begins with one that stands alone."""
    ties: list[tuple[int, int]] = []
    waiting: re.Match[str] | None = None
    for found in _DASH.finditer(text):
        if not found["dash"]:
            ties += [waiting.span("before")] if waiting else []
            waiting = None
        elif found["before"] is None:
            # At the beginning of a block somebody speaks.
            begin = found.start()
            while begin and text[begin - 1] == TAG:
                begin -= 1
            if not begin or text[begin - 1] in EDGE + BREAK:
                ties.append(found.span("after"))
        elif waiting is None:
            waiting = found
        else:
            ties += [waiting.span("after"), found.span("before")]
            waiting = None
    ties += [waiting.span("before")] if waiting else []
    out: list[str] = []
    done = 0
    for start, end in ties:
        out += (text[done:start], wide(text[start:end]))
        done = end
    return "".join(out) + text[done:]
