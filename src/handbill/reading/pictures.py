"""A picture file → its size as shown and what it tells, or why it is refused; nothing is decoded."""

from __future__ import annotations

from dataclasses import dataclass

from handbill.errors import Said, said
from handbill.reading.containers import Container, read_container
from handbill.reading.forms import FORMATS, form_of
from handbill.reading.metadata import Tells, told_by, turn_of
from handbill.reading.parts import Damaged
from handbill.reading.stripping import Piece, silent_pieces

#: Larger pictures are refused before a browser decodes them; 40 million pixels is a good camera.
MOST_PIXELS = 40_000_000

#: Browsers draw nothing that is longer.
MOST_EDGE = 30_000

#: An animation is drawn picture by picture; these are an hour of a phone's patience.
MOST_FRAMES = 1000
MOST_MOVING_PIXELS = 400_000_000


class Refused(ValueError):
    """Why a file is not shown: the two halves of a message.

    ``is_mendable`` says that ``fix images`` makes it smaller.
    """

    def __init__(self, found: Said, wanted: Said, is_mendable: bool = False) -> None:
        super().__init__(found)
        self.found, self.wanted, self.is_mendable = found, wanted, is_mendable


@dataclass(frozen=True, slots=True)
class Seen:
    """Width and height in pixels, as the picture is shown, and what its file tells besides, in a fixed order.

    ``pieces`` is the picture without what is noted in it; empty where nothing is.
    """

    width: int
    height: int
    tells: tuple[Tells, ...] = ()
    is_moving: bool = False
    pieces: tuple[Piece, ...] = ()


def read_picture(raw: bytes, ending: str) -> Seen:
    """Return what the bytes of a file with that ending show and tell.

    Raises:
        Refused: they are no picture of that format, a damaged one, or too large a one.
    """
    form = FORMATS[ending]
    if form_of(raw) != form:
        raise Refused(said("no readable {form} picture", form=form), said("a picture that opens on your computer, uploaded again"))
    try:
        found = read_container(raw, form)
    except Damaged as error:
        raise Refused(error.found, said("a picture that opens on your computer, uploaded again")) from error
    refuse_bombs(found)
    width, height = found.width, found.height
    # A browser turns what a camera held on its side; AVIF says it in a box of its own.
    if found.is_turned or (form != "AVIF" and turn_of(found.exif) >= 5):
        width, height = height, width
    return Seen(width, height, tells_of(found), found.frames > 1, silent_pieces(raw, found) if found.has_notes else ())


def refuse_bombs(found: Container, most_pixels: int = MOST_PIXELS) -> None:
    """Refuse what would unfold to more than a member's telephone can hold.

    Raises:
        Refused: it would.
    """
    if found.area > most_pixels or max(found.width, found.height) > MOST_EDGE:
        size = said("a picture of {width} × {height} pixels", width=found.width, height=found.height)
        raise Refused(size, said("at most {most} million pixels", most=most_pixels // 1_000_000), is_mendable=found.frames == 1)
    if found.frames > MOST_FRAMES or found.frames * found.area > MOST_MOVING_PIXELS:
        frames = said("an animation of {n} frames of {width} × {height} pixels", n=found.frames, width=found.width, height=found.height)
        raise Refused(frames, said("a shorter or smaller animation"))


def tells_of(found: Container) -> tuple[Tells, ...]:
    """Return what a file tells, in a fixed order."""
    told = found.tells | told_by(found.exif, found.xmp)
    return tuple(one for one in Tells if one in told)
