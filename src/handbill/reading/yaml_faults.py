"""What is wrong with a front matter that is no YAML, said so that the line can be mended.

libyaml's own words are for programmers ("mapping values are not allowed in this
context") and its places are where it noticed.  So the line itself is looked at,
in the order of what editors get wrong most often; libyaml only says where to look.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from handbill.errors import said
from handbill.hub.vocabulary import FIELDS, fold
from handbill.reading.yaml_place import KEY, Place, Refused, quoted

_GLUED = re.compile(r"[ ]*(?:- +)*(?P<key>[A-Za-z_][\w-]*):(?P<space>[\u00a0\u202f\u2009]?)(?P<value>(?!//)\S.*)")
_OTHER_SIGN = re.compile(r"[ ]*(?P<key>[A-Za-z_][\w-]*)\s*(?P<sign>=|：|;|->)\s*(?P<value>\S.*)")
#: What fields are called, here or elsewhere.
_NAMES = FIELDS.keys() | {name for names in FIELDS.values() for name in names}
_SPECIAL = "@`%&*!|>,]}[{#-?:"
#: What libyaml notices only behind the place where it has to be mended.
_LATE = ("could not find expected ':'", "unexpected end of stream", "unexpected document indicator", "while scanning a quoted scalar")


def fault_of(lines: list[str], problem: str, mark: tuple[int, int], began: tuple[int, int] | None) -> Refused:
    """Return what is wrong, from the front matter's lines and from what libyaml said and where (counted from 0)."""
    late = any(problem.startswith(sign) or sign in problem for sign in _LATE)
    row, column = began if late and began else mark
    row = min(row, len(lines) - 1)
    if not _says_something(lines[row]):
        row, column = next(((above, 0) for above in range(row, 0, -1) if _says_something(lines[above])), (row, column))
    for place in _places(lines, row, column):
        for look in _LOOKS:
            if found := look(place, problem):
                return found
    place = Place(lines, row, column)
    return place.refused(
        min(column, len(place.line)), said("a line that is no “field: value”"), said("a field, a colon, a space and a value")
    )


def _says_something(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _places(lines: list[str], row: int, column: int) -> Iterator[Place]:
    """Yield the line that was named, then those above it that may have led there, nearest first."""
    yield Place(lines, row, column)
    for above in range(row - 1, 0, -1):
        if _says_something(lines[above]):
            yield Place(lines, above, 0)
            if not lines[above].startswith((" ", "\t")):
                return


def sign_of(lines: list[str], row: int, column: int) -> Refused:
    """Return what is wrong where an anchor, an alias or a tag stands: most often a text begins with that sign."""
    place = Place(lines, row, column)
    match = KEY.fullmatch(place.line)
    if match and match["value"][:1] in ("&", "*", "!"):
        value = match["value"].rstrip()
        wanted = said("quotes around it: {example}", example=f"{match['key']}: {quoted(value)}")
        return place.refused(match.start("value"), said("a text that begins with “{sign}”", sign=value[0]), wanted, "HB108")
    found = said("a value that begins with &, * or !, which have a meaning of their own")
    return place.refused(column, found, said("the value itself, or quotes around a text"), "HB108")


def _outset(place: Place, problem: str) -> Refused | None:
    """Find a first field that has spaces before it while the others have none."""
    if "document start" not in problem:
        return None
    for row, line in enumerate(place.lines[1:], 1):
        if line.strip():
            width = len(line) - len(line.lstrip())
            first = Place(place.lines, row, 0)
            return (
                first.refused(0, said("spaces before the first field"), said("{line}, without them", line=line.strip()), width=width)
                if width
                else None
            )
    return None


def _tab(place: Place, _problem: str) -> Refused | None:
    match = re.match(r" *(\t+)", place.line)
    if match is None:
        return None
    return place.refused(match.start(1), said("a tab at the beginning of the line"), said("two spaces for each level"), width=len(match[1]))


def _swallowed(place: Place, _problem: str) -> Refused | None:
    """Find the quote, on this line or above, that was never closed and swallowed the lines below it."""
    for row in range(1, place.row + 1):
        match = KEY.fullmatch(place.lines[row])
        if match is None or match["value"][:1] not in ("'", '"') or not match["value"]:
            continue
        sign, value = match["value"][0], match["value"].rstrip()
        inside = value[1:].replace(f"\\{sign}", "") if sign == '"' else value[1:].replace("''", "")
        below = next((line for line in place.lines[row + 1 :] if line.strip()), "")
        if sign not in inside and (not below or not below.startswith(" ")):
            wanted = said("{example}", example=f"{match['key']}: {value.rstrip('”’»').rstrip()}{sign}")
            return Place(place.lines, row, 0).refused(match.start("value"), said("a quote that is never closed"), wanted)
    return None


def _beyond_quotes(place: Place, _problem: str) -> Refused | None:
    """Find a text that goes on behind its quotes, or holds such quotes itself."""
    match = KEY.fullmatch(place.line)
    if match is None or match["value"][:1] not in ("'", '"') or not match["value"]:
        return None
    sign, value = match["value"][0], match["value"].rstrip().rstrip(",;")
    end = re.match(r'"(?:[^"\\]|\\.)*"|\'(?:[^\']|\'\')*\'', value)
    if end is None or (end.end() == len(value) == len(match["value"].rstrip())) or value[end.end() :].lstrip().startswith("#"):
        return None
    inner = value[1:-1] if value.endswith(sign) and len(value) > 1 else value
    found = said("a quote ({sign}) within the text that it surrounds", sign=sign)
    if end.end() == len(value):
        inner, found = value[1:-1], said("a sign behind the closing quote")
    return place.refused(match.start("value"), found, said("{example}", example=f"{match['key']}: {quoted(inner)}"))


def _bracket(place: Place, _problem: str) -> Refused | None:
    """Find a list in brackets that is not closed, lacks a comma, or is no list but a text."""
    match = KEY.fullmatch(place.line)
    if match is None or match["value"][:1] not in ("[", "{") or not match["value"]:
        return None
    value, opening = match["value"].rstrip(), match["value"][0]
    closing = {"[": "]", "{": "}"}[opening]
    start = match.start("value")
    if (clean := re.sub(r"(?<=[\[{,\s])#+[ ]*", "", value)) != value and clean.endswith(closing):
        found = said("a “#”, behind which nothing of the line is read")
        return place.refused(start + value.index("#"), found, said("{example}", example=f"{match['key']}: {clean}"))
    if closing not in value:
        return place.refused(
            start,
            said("“{sign}” that is never closed", sign=opening),
            said("{example}", example=f"{match['key']}: {value.rstrip(',)]}')}{closing}"),
        )
    if not value.endswith(closing):
        found = said("a text that begins with “{sign}”", sign=opening)
        return place.refused(start, found, said("quotes around it: {example}", example=f"{match['key']}: {quoted(value)}"))
    return place.refused(
        start,
        said("{value}, which is no list", value=value[:60]),
        said("a comma between the entries, and quotes around those with a colon"),
    )


def _glued(place: Place, _problem: str) -> Refused | None:
    """Find a key without a space after its colon; to YAML it is no key at all."""
    match = _GLUED.fullmatch(place.line)
    if match is None:
        return None
    name = match["key"]
    found = (
        said("“{name}:” with a no-break space behind it", name=name)
        if match["space"]
        else said("“{name}:” without a space behind it", name=name)
    )
    return place.refused(match.start("key"), found, said("{example}", example=f"{name}: {match['value'].strip()}"))


def _escape(place: Place, problem: str) -> Refused | None:
    match = KEY.fullmatch(place.line)
    if "\\" not in place.line or not re.search("escape|hexa?decimal", problem):
        return None
    bad = re.search(
        r"\\(?![0abtnvfre \"/\\N_LP\t]|x[0-9A-Fa-f]{2}|u(?!D[89A-Fa-f])[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}).?.?", place.line, re.IGNORECASE
    )
    start = bad.start() if bad else place.column
    inner = match["value"].strip().strip('"') if match else ""
    example = f"{match['key'] if match else 'title'}: '" + inner.replace("'", "''") + "'"
    wanted = said("single quotes, where a backslash is only a backslash: {example}", example=example)
    return place.refused(start, said("a backslash within double quotes, which begins no sign"), wanted, width=2)


def _special(place: Place, _problem: str) -> Refused | None:
    """Find a text that begins with a sign which has a meaning of its own."""
    match = KEY.fullmatch(place.line)
    if match is None or not match["value"] or match["value"][0] not in _SPECIAL or place.column < match.start("value") - 1:
        return None
    if match["value"][0] == "#" or (match["value"][0] in "-?:" and match["value"][1:2] not in (" ", "")):
        return None
    value = match["value"].rstrip()
    wanted = said("quotes around it: {example}", example=f"{match['key']}: {quoted(value)}")
    if picture := re.fullmatch(r"!\[[^\]]*\]\(\s*([^()\s]+)[^()]*\)", value):
        wanted = said("its path alone: {example}", example=f"{match['key']}: {picture[1]}")
    return place.refused(match.start("value"), said("a text that begins with “{sign}”", sign=value[0]), wanted)


def _second_colon(place: Place, problem: str) -> Refused | None:
    match = KEY.fullmatch(place.line)
    if match is None or "mapping values" not in problem or not re.search(r":(?: |$)", match["value"]) or match["value"][0] in "'\"":
        return None
    value = match["value"].rstrip()
    example = f"{match['key']}: {quoted(value)}"
    return place.refused(
        match.start("value"), said("a second colon and space on the line"), said("quotes around the text: {example}", example=example)
    )


def _indented(place: Place, problem: str) -> Refused | None:
    """Find a key that does not stand straight below its neighbours."""
    match = KEY.fullmatch(place.line)
    if match is None or not ("mapping values" in problem or "expected" in problem):
        return None
    above = next((one for row in range(place.row - 1, 0, -1) if (one := KEY.fullmatch(place.lines[row]))), None)
    if above is None or len(above["indent"]) == len(match["indent"]):
        first = next((line for line in place.lines[1:] if line.strip()), "")
        if len(first) - len(first.lstrip(" ")) == len(match["indent"]):
            return None
    width = len(match["indent"])
    if above is not None and width > len(above["indent"]) and above["value"]:
        wanted = said("it straight below “{above}:”, with as many spaces before it", above=above["key"])
    else:
        wanted = said("as many spaces as before the fields that belong together with it")
    return place.refused(width, said("“{name}:” further to the right or left than its neighbours", name=match["key"]), wanted)


def _other_sign(place: Place, _problem: str) -> Refused | None:
    match = _OTHER_SIGN.fullmatch(place.line)
    if match is None or KEY.fullmatch(place.line):
        return None
    found = said("“{sign}” in place of the colon behind “{name}”", sign=match["sign"], name=match["key"])
    return place.refused(match.start("key"), found, said("{example}", example=f"{match['key']}: {match['value'].strip()}"))


def _body(place: Place, _problem: str) -> Refused | None:
    """Find the text of the page behind an empty line: the front matter was never ended."""
    if place.row < 2 or place.lines[place.row - 1].strip() or KEY.fullmatch(place.line) or place.line.lstrip().startswith("-"):
        return None
    return place.refused(0, said("a text within the front matter"), said("three hyphens (---) on a line of their own above it"), "HB105")


def _no_colon(place: Place, _problem: str) -> Refused | None:
    text = place.line.strip()
    if not text or ": " in text or text.endswith(":"):
        return None
    start = len(place.line) - len(place.line.lstrip())
    name, _, value = text.partition(" ")
    found = said("“{line}” without a colon", line=text[:60])
    if fold(name) not in _NAMES:
        above = place.lines[place.row - 1]
        if above == "#":
            # The line above was told already: it went on there.
            return place.refused(start, found, said("it behind the text above, on the same line; or this line taken out"))
        match = KEY.fullmatch(above)
        if match and match["value"] and match["value"][0] not in "'\"[{|>":
            whole = f"{match['key']}: {match['value'].rstrip()} {text}"
            return place.refused(start, found, said("the whole text on one line: {example}; or this line taken out", example=whole))
    if re.fullmatch(r"[A-Za-z_][\w-]*", name):
        example = f"{name}: {value.strip() or '…'}"
        return place.refused(start, found, said("{example}, or the line taken out", example=example))
    return place.refused(start, found, said("a field, a colon, a space and a value; or the line taken out"))


def _hyphen(place: Place, _problem: str) -> Refused | None:
    """Find an entry of a list that stands below no field."""
    match = re.match(r" *- ", place.line)
    if match is None:
        return None
    key = KEY.fullmatch(place.line[match.end() :])
    if match.end() == 2 and key and fold(key["key"]) in _NAMES and not re.match(r"\S+: *$", place.lines[place.row - 1]):
        return place.refused(0, said("a hyphen before “{name}:”", name=key["key"]), said("{example}", example=key[0].rstrip()))
    return place.refused(
        match.end() - 2,
        said("an entry of a list that belongs to no field"),
        said("it below its field, as far to the right as the other entries"),
    )


#: In the order of how often editors meet them, those first that spoil the lines below them.
_LOOKS: tuple[Callable[[Place, str], Refused | None], ...] = (
    *(_tab, _outset, _escape, _swallowed, _glued, _beyond_quotes, _bracket),
    *(_special, _second_colon, _other_sign, _indented, _body, _hyphen, _no_colon),
)
