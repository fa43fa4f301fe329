"""Picture files of the content → media with addresses and sizes, and a problem for each that may not be published.

What is read from a picture's headers is kept by the digest of its bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from handbill.errors import Problem, Said, said
from handbill.hub.address import slug_of
from handbill.hub.hub import Media
from handbill.hub.item import Item
from handbill.lfs import is_pointer
from handbill.plain import begin_of_plain
from handbill.reading.cache import Cache
from handbill.reading.forms import FOREIGN, FORMATS, ending_of, form_of
from handbill.reading.metadata import Tells
from handbill.reading.pictures import Refused, Seen, read_picture

#: As many bytes tell what a file is that is not read whole.
_BEGIN = 64

#: What ``fix images`` can turn into a picture that browsers show.
CONVERTIBLE = frozenset({"TIFF", "BMP"})


def what_is_told(one: Tells) -> Said:
    """Return in words what a picture tells, never the thing itself."""
    return {
        Tells.PLACE: said("the place where it was taken (GPS)"),
        Tells.SERIAL: said("the serial number of the camera"),
        Tells.OWNER: said("the name of the camera’s owner"),
        Tells.PEOPLE: said("names of the people shown"),
        Tells.MAKER: said("notes of the camera’s maker"),
        Tells.COPY: said("a small copy of the picture as it was before"),
        Tells.BEHIND: said("something hidden behind the picture, such as a film or what was cut off"),
        Tells.UNREAD: said("notes that cannot be read"),
    }[one]


def listed(words: Iterable[Said]) -> Said:
    """Return several things as one sentence."""
    first, *others = words
    for one in others:
        first = said("{first}, {other}", first=first, other=one)
    return first


def fix_command(source: str) -> str:
    """Return what to type to mend a picture."""
    return "python3 build.py fix images " + (f'"{source}"' if set(source) & set(" ()&';") else source)


def begin_of(file: Path) -> bytes:
    """Return the first bytes of a picture that no page can show; nothing where it cannot be opened."""
    try:
        return begin_of_plain(file, _BEGIN)
    except OSError:
        return b""


def read_media(sources: Iterable[str], raws: Mapping[str, bytes], cache: Cache | None, problems: list[Problem]) -> dict[str, Media]:
    """Return the pictures by their paths, and put down what keeps one from being published."""
    found: dict[str, Media] = {}
    for source in sources:
        raw = raws.get(source)
        if raw is None:
            continue
        refusal = refusal_of(source, raw)
        if refusal is not None:
            problems.append(refusal)
            continue
        digest = hashlib.sha256(raw).hexdigest()
        key = f"seen {ending_of(source)} {digest}"
        seen: Seen | None = cache.get(key) if cache else None
        if seen is None:
            try:
                seen = read_picture(raw, ending_of(source))
            except Refused as error:
                wanted = (
                    said("{wanted}: {command}", wanted=error.wanted, command=fix_command(source)) if error.is_mendable else error.wanted
                )
                problems.append(Problem(source, 0, 0, "", error.found, wanted, "HB131"))
                continue
            if cache:
                cache.put(key, seen)
        problems += _told(source, seen.tells)
        found[source] = Media(source, media_address(source), digest, seen.width, seen.height, seen.is_moving, len(raw), seen.pieces)
    return found


def public_media(media: Iterable[Media], visible: Iterable[Item], waiting: Iterable[Item]) -> tuple[Media, ...]:
    """Return the pictures that may be published: without those that only somebody who is not listed shows, or a text that waits."""
    shown, kept_back = set[str](), set[str]()
    for item in visible:
        (shown if item.is_listed else kept_back).update(_shown_by(item))
    for item in waiting:
        kept_back.update(_shown_by(item))
    return tuple(one for one in media if one.address not in kept_back - shown)


def _shown_by(item: Item) -> Iterator[str]:
    """Yield the addresses of all pictures that an item may show."""
    yield from item.body.links
    yield from (one.path for one in (item.picture, item.place.map if item.place else None) if one)


def refusal_of(source: str, raw: bytes) -> Problem | None:
    """Return why a file cannot be shown whatever is in it: a pointer, a format that browsers lack, a name of another format."""
    ending, form = ending_of(source), form_of(raw)
    wanted_form = FORMATS.get(ending)
    if is_pointer(raw):
        found, wanted = (
            said("a note of Git LFS in place of the picture"),
            said("the picture itself: run “git lfs pull”, or add the file again without LFS"),
        )
        return Problem(source, 0, 0, "", found, wanted, "HB115")
    if "SVG" in (form, FOREIGN.get(ending)):
        return Problem(source, 0, 0, "", said("an SVG drawing, which can carry programs"), said("the drawing exported as PNG"), "HB135")
    if form in FORMATS.values():
        if form == wanted_form:
            return None
        found = said("a {form} picture in a file that ends in {ending}", form=form, ending=ending)
        own = next(one for one in FORMATS if FORMATS[one] == form)
        return Problem(source, 0, 0, "", found, said("the ending {own}: {command}", own=own, command=fix_command(source)), "HB136")
    # Raw photos are TIFF inside, with a stamp-sized copy where other TIFFs have the picture.
    foreign = "RAW" if FOREIGN.get(ending) == "RAW" else form or FOREIGN.get(ending)
    if foreign is None:
        return None
    found = said("a photo that browsers cannot show ({form})", form=foreign)
    if foreign in CONVERTIBLE:
        return Problem(source, 0, 0, "", found, said("one that they show: {command}", command=fix_command(source)), "HB134")
    return Problem(source, 0, 0, "", found, said("the photo exported as JPEG, by the telephone or the computer"), "HB134")


def _told(source: str, tells: tuple[Tells, ...]) -> Iterator[Problem]:
    """Yield what a picture tells that nobody meant to publish: the place apart, because it is the worst."""
    if Tells.PLACE in tells:
        found = said("{thing}, written in the file", thing=what_is_told(Tells.PLACE))
        yield Problem(source, 0, 0, "", found, said("the picture without it: {command}", command=fix_command(source)), "HB132")
    others = [what_is_told(one) for one in tells if one is not Tells.PLACE]
    if others:
        found = said("{thing}, written in the file", thing=listed(others))
        yield Problem(source, 0, 0, "", found, said("the picture without it: {command}", command=fix_command(source)), "HB133")


def media_address(source: str) -> str:
    """Return the address that serves a picture file."""
    *folders, name = source.split("/")
    stem, _, ending = name.rpartition(".")
    return "/".join(
        ["/media", *(slug_of(part) or "x" for part in folders if part != "content"), f"{slug_of(stem) or 'x'}.{ending.lower()}"]
    )
