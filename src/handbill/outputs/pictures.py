"""The pictures of the content → the same in smaller sizes and in WebP, beside the originals (decision 0020).

Which sizes there are follows from width and format alone, so that pages can
name them before one is made.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import groupby
from pathlib import Path

from handbill.apart import apart
from handbill.errors import ContentProblems, Problem, said
from handbill.hub.address import output_path
from handbill.hub.hub import Hub, Media
from handbill.outputs.planned import Artifact, Planned, digest
from handbill.plain import read_plain
from handbill.settings import Settings

name = "pictures"

#: Pixels across: a portrait, a card on a good screen, a text on a telephone, and a text on a good screen.
STEPS = (200, 400, 800, 1400)

#: A narrower picture is light enough as it is.
LEAST = 400

#: A width must be smaller than the picture's own by this much, or it is not worth a file.  A drawing (PNG)
#: has soft edges once it is made smaller: down to the half it would weigh more than whole.
_WORTH, _WORTH_DRAWN = 1.25, 2

#: WebP knows no larger ones.
_MOST_EDGE = 16_383

_FORMS = {"jpg": "JPEG", "jpeg": "JPEG", "png": "PNG", "webp": "WebP"}


@dataclass(frozen=True, slots=True)
class _Twin:
    """A picture to make smaller: its source and format, the width wanted, and where it goes."""

    source: str
    form: str
    width: int
    path: str


def widths(media: Media) -> tuple[int, ...]:
    """Return in which widths a picture is made, the narrowest first; none where it would lose or weigh more."""
    form = _form(media)
    if not form or media.is_moving or media.width < LEAST:
        return ()
    worth = _WORTH_DRAWN if form == "PNG" else _WORTH
    found = [step for step in STEPS if step * worth <= media.width]
    if form == "PNG" or (form == "JPEG" and media.width < STEPS[-1] * _WORTH):
        found.append(media.width)
    return tuple(width for width in found if max(width, width * media.height / media.width) <= _MOST_EDGE)


def srcset(media: Media, complete: Callable[[str], str]) -> str:
    """Return the choice of widths as a page offers it to a browser, "" where there is none."""
    offered = [(_address(media, width), width) for width in widths(media)]
    if offered and _form(media) == "WebP":
        # What is WebP already is its own widest.
        offered.append((media.address, media.width))
    return ", ".join(f"{complete(address)} {width}w" for address, width in offered)


def plan(hub: Hub, settings: Settings) -> Iterator[Planned]:
    """Yield every smaller picture; nobody links to one, so no address is promised."""
    for media in hub.media:
        for width in widths(media):
            path = output_path(_address(media, width))
            yield Planned(path, (media.source,), "", partial(_finish, media, width, path))


def make(planned: Sequence[Planned], settings: Settings, scratch: Path) -> Iterator[Artifact]:
    """Make the smaller pictures, all those of one picture at once.

    Raises:
        ContentProblems: a picture is damaged; its headers were sound.
    """
    twins: list[_Twin] = [one.work for one in planned]
    for folder in {(scratch / one.path).parent for one in twins}:
        folder.mkdir(parents=True, exist_ok=True)
    groups = [tuple(group) for _, group in groupby(twins, key=lambda one: one.source)]
    read: dict[str, str] = {}
    problems = []
    # Pixels are unpacked by a library in C, and whoever proposes a picture chooses what it is given.
    for group, found in apart(partial(_write, root=settings.root, scratch=scratch), groups, settings.jobs):
        read[group[0].source] = found or ""
        if not found:
            lacks = said("no readable {form} picture", form=group[0].form)
            wanted = said("a picture that opens on your computer, uploaded again")
            problems.append(Problem(group[0].source, 0, 0, "", lacks, wanted, "HB131"))
    if problems:
        raise ContentProblems(tuple(sorted(problems, key=lambda one: one.order)))
    for one, twin in zip(planned, twins, strict=True):
        # A picture edited since it was planned, and changed back, must not stand for what it was.
        one.finished_elsewhere(_key(read[twin.source], twin.width))
        yield Artifact(twin.path, scratch / twin.path)


def _write(group: Sequence[_Twin], root: Path, scratch: Path) -> str:
    """Write the smaller pictures of one picture; return the digest of what was read, "" where its pixels cannot be."""
    from handbill.outputs.twins import twins_of
    from handbill.pixels import Unreadable

    paths = {one.width: one.path for one in group}
    whole = read_plain(root / group[0].source)
    try:
        for width, raw in twins_of(whole, group[0].form, tuple(paths)):
            (scratch / paths[width]).write_bytes(raw)
    except Unreadable:
        return ""
    return hashlib.sha256(whole).hexdigest()


def _finish(media: Media, width: int, path: str) -> tuple[str, _Twin]:
    return _key(media.digest, width), _Twin(media.source, _form(media), width, path)


def _key(picture: str, width: int) -> str:
    return digest(picture, width, *_maker())


@cache
def _maker() -> tuple[object, ...]:
    """Return what decides the bytes besides the picture: who encodes it, and how it is told to."""
    here = Path(__file__)
    # Where there is no picture, nobody asks; to import it takes longer than all else here.
    from importlib.metadata import version

    return version("pillow"), here.with_name("twins.py").read_bytes(), (here.parents[1] / "pixels.py").read_bytes()


def _form(media: Media) -> str:
    return _FORMS.get(media.address.rpartition(".")[2], "")


def _address(media: Media, width: int) -> str:
    # With the ending of the original in it, because x.jpg and x.png may lie side by side; a name that an
    # editor chose has no other dot (reading/media.py), so none is taken.
    return f"{media.address}.{width}.webp"
