"""Where a calendar says that something takes place → the venue of an event, split up only where that is certain."""

from __future__ import annotations

import re
from collections.abc import Mapping

from handbill.hub.address import slug_of
from handbill.hub.written import Value
from handbill.importing.ics.parts import Part
from handbill.importing.report import Note

#: As long as a place's name and its other parts may be.
LONGEST = 120

_FRENCH = re.compile(r"(?:F-?)?(\d{5})\s+([^\W\d_][\w\s'’().-]{1,79})", re.IGNORECASE)
_STREET = re.compile(
    r"(?:\d{1,4}(?:\s?(?:bis|ter|quater|[a-d]))?,?\s+\S|(?:rue|avenue|av\.|boulevard|bd|place|quai|allée|allee|impasse|chemin|cours|route|square"
    r"|passage|esplanade|ruelle|sentier|rond-point|promenade)\b)",
    re.IGNORECASE,
)
#: What stands for no place, in whole words.
_ONLINE = re.compile(
    r"(?:en ligne|online|en visio(?:conf[ée]rence)?|visio(?:conf[ée]rence)?|[àa] distance|remote|virtual|virtuel|internet"
    r"|zoom(?: meeting)?|jitsi(?: meet)?|google meet|skype|r[ée]union (?:microsoft )?teams|(?:microsoft )?teams(?: meeting)?"
    r"|webex|discord|twitch|youtube|webinaire|webinar)",
    re.IGNORECASE,
)
_WEB = re.compile(r"https?://\S+", re.IGNORECASE)
_GEO = re.compile(r"(?:geo:)?\s*([+-]?\d{1,3}(?:\.\d+)?)\s*[;,]\s*([+-]?\d{1,3}(?:\.\d+)?)(?:[;,].*)?")


def is_online(location: str) -> bool:
    """Say whether the words for the place say that there is none."""
    return bool(_ONLINE.fullmatch(location.strip(" .()[]")))


def without_online(location: str) -> str:
    """Return the words for the place without those that say that one can connect, too."""
    pieces = [one.strip() for one in re.split(r"[;,\n]", location)]
    return location if not any(map(is_online, pieces)) else ", ".join(one for one in pieces if one and not is_online(one))


def without_addresses(location: str) -> str:
    """Return the words for the place without addresses of the web."""
    return " ".join(re.sub(r"[;,|(–-]\s*$", "", _WEB.sub(" ", location)).split()).strip(" ;,|-–")


def venue_of(location: str, part: Part, known: Mapping[str, str], notes: list[Note]) -> Mapping[str, Value] | str:
    """Return the venue that a location describes: the name of a registered place's file, or what is known of it.

    *known* has the file names of registered places by the slugs of their names.
    """
    line = part.first("LOCATION") or part.first("GEO")
    number = line.number if line else 0
    pieces = [one for piece in re.split(r"\n|,|;", location) if (one := " ".join(piece.split()))]
    whole = ", ".join(pieces)
    for name in (whole, pieces[0] if pieces else ""):
        if name and (key := known.get(slug_of(name))):
            notes.append(Note("the place is one that the hub knows", f"{name[:80]} → {key}", number))
            return key
    found: dict[str, Value] = _split(pieces) or {"name": whole}
    name = str(found["name"])
    if len(name) > LONGEST:
        found["name"] = name[: LONGEST - 1].rsplit(" ", 1)[0] + "…"
        notes.append(Note("the name of the place was cut", "", number))
    return found | _position(part, notes)


def _split(pieces: list[str]) -> dict[str, Value] | None:
    """Return an address in its parts, ``None`` unless a French postcode with its town stands behind a street."""
    for number, piece in enumerate(pieces):
        town = _FRENCH.fullmatch(piece)
        if town is None or number == 0 or len(pieces) - number > 2:
            continue
        before, after = pieces[:number], pieces[number + 1 :]
        first = next((place for place, one in enumerate(before) if place and _STREET.match(one)), None)
        if first is None and not (len(before) == 1 and not _STREET.match(before[0])):
            return None
        name, street = (before, []) if first is None else (before[:first], before[first:])
        parts = {
            "name": ", ".join(name),
            "street": ", ".join(street),
            "postcode": town[1],
            "city": town[2].strip(),
            "country": "".join(after),
        }
        if len(parts["street"]) > LONGEST or len(parts["country"]) > 60 or re.search(r"\d", parts["country"]):
            return None
        return {key: value for key, value in parts.items() if value}
    return None


def _position(part: Part, notes: list[Note]) -> dict[str, Value]:
    line = part.first("GEO") or part.first("X-APPLE-STRUCTURED-LOCATION")
    if line is None:
        return {}
    match = _GEO.fullmatch(line.value.strip())
    if match is None or abs(float(match[1])) > 90 or abs(float(match[2])) > 180:
        notes.append(Note("the position is not understood and was left out", line.value[:40], line.number))
        return {}
    if float(match[1]) == float(match[2]) == 0:
        notes.append(Note("a position in the sea (0, 0) was left out", "", line.number))
        return {}
    return {"latitude": _degrees(match[1]), "longitude": _degrees(match[2])}


def _degrees(text: str) -> str:
    return f"{float(text):.6f}".rstrip("0").rstrip(".")
