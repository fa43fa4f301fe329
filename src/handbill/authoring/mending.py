"""The bytes of one picture → the bytes to publish, and what was done on the way.  Knows neither disk nor hub."""

from __future__ import annotations

from dataclasses import dataclass

from handbill.apart import apart
from handbill.authoring.photos import Photo
from handbill.errors import Said, said
from handbill.pixels import Unreadable, is_of_the_web
from handbill.reading.containers import Container, read_container
from handbill.reading.forms import FORMATS, form_of
from handbill.reading.media import CONVERTIBLE
from handbill.reading.metadata import Tells, credit_in, exif_of, told_by, turn_of
from handbill.reading.parts import Damaged
from handbill.reading.pictures import Refused, refuse_bombs, tells_of
from handbill.reading.stripping import stripped

#: A lighter picture is not written anew for its weight alone.
HEAVY = 300 * 1024

#: Writing anew for weight must save this share; below it, each run would wear a picture down for nothing.
_WORTH = 0.8

#: A picture becomes a JPEG instead of a PNG where it is a photograph and weighs this share at most.
_JPEG_WORTH = 0.5


class Unmendable(Exception):
    """Why a picture cannot be mended: the two halves of a message."""

    def __init__(self, found: Said, wanted: Said) -> None:
        super().__init__(found)
        self.found, self.wanted = found, wanted


@dataclass(frozen=True, slots=True)
class Mended:
    """A picture as it is to be published, and what it was before; sizes in pixels as shown.

    ``form`` is its format now.  ``had_notes`` says that something was taken
    out, ``tells`` what of it nobody meant to publish.
    """

    raw: bytes
    form: str
    before: tuple[int, int]
    after: tuple[int, int]
    tells: tuple[Tells, ...] = ()
    had_notes: bool = False
    is_turned: bool = False
    has_credit: bool = False


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A picture whose pixels were written anew, with what :class:`~handbill.authoring.photos.Photo` knew of it."""

    raw: bytes
    form: str
    former_size: tuple[int, int]
    size: tuple[int, int]
    must_change: bool
    is_shortened: bool
    is_too_fine: bool


@dataclass(frozen=True, slots=True)
class _Wish:
    """A picture to be written anew: as which format, or as which fits it best; ``may_be_jpeg`` where that makes it half as heavy."""

    raw: bytes
    form: str
    longest: int
    exif: bytes
    wanted: str = ""
    may_be_jpeg: bool = False


def mend(raw: bytes, longest: int, must_be: str = "") -> Mended | None:
    """Return the picture to publish in place of *raw*, ``None`` where it is right as it is.

    *longest* is how long its longer side may be, *must_be* the format that it
    must have because its address is published.

    Raises:
        Unmendable: it cannot be opened, or only by the program that made it.
    """
    form = form_of(raw)
    if form in CONVERTIBLE:
        return _converted(raw, form, longest)
    if form not in FORMATS.values():
        found_none = said("no picture that this program can open")
        raise Unmendable(found_none, said("the photo exported as JPEG, by the telephone or the computer"))
    try:
        found = read_container(raw, form)
    except Damaged as error:
        raise Unmendable(error.found, said("a picture that opens on your computer, uploaded again")) from error
    if found.frames > 1:
        try:
            refuse_bombs(found)
        except Refused as error:
            raise Unmendable(error.found, error.wanted) from error
        return _silenced(raw, found) if found.has_notes else None
    return _mended(raw, found, longest, must_be or form, is_free=not must_be)


def as_it_is(raw: bytes, form: str) -> Mended:
    """Return a picture that is right but for its name."""
    found = read_container(raw, form)
    is_turned = found.is_turned or (form != "AVIF" and turn_of(found.exif) >= 5)
    size = (found.height, found.width) if is_turned else (found.width, found.height)
    return Mended(raw, form, size, size)


def _mended(raw: bytes, found: Container, longest: int, wanted: str, is_free: bool) -> Mended | None:
    turn = 1 if found.form == "AVIF" else turn_of(found.exif)
    before = (found.height, found.width) if turn >= 5 or found.is_turned else (found.width, found.height)
    plain = stripped(raw, found) if found.has_notes else raw
    best, form, size = plain, found.form, before
    if (
        turn != 1
        or not is_of_the_web(found.icc)
        or max(before) > longest
        or wanted != found.form
        or (len(plain) > HEAVY and found.form != "AVIF")
    ):
        wish = _Wish(raw, found.form, longest, exif_of(found.credit), wanted, may_be_jpeg=is_free and found.form == "PNG")
        drawn = _drawn_apart(wish)
        if drawn.must_change or drawn.form != found.form or _is_worth(drawn, plain, found):
            best, form, size = drawn.raw, drawn.form, drawn.size
    if best == raw:
        return None
    return Mended(best, form, before, size, tells_of(found), found.has_notes, turn != 1, _has_credit(found))


def _is_worth(drawn: _Drawn, plain: bytes, found: Container) -> bool:
    """Say whether a picture that need not change shall: it becomes lighter, and so much that it shows."""
    if drawn.is_shortened:
        return len(drawn.raw) < len(plain)
    return (found.form != "JPEG" or drawn.is_too_fine) and len(drawn.raw) <= _WORTH * len(plain)


def _silenced(raw: bytes, found: Container) -> Mended:
    """Return an animation without its notes; its pictures stay as they are."""
    size = (found.width, found.height)
    return Mended(stripped(raw, found), found.form, size, size, tells_of(found), True, False, _has_credit(found))


def _converted(raw: bytes, form: str, longest: int) -> Mended:
    """Return a picture that browsers cannot show in a format that they can."""
    # A TIFF is itself what the notes of other formats are made like.
    notes = [raw] if form == "TIFF" else []
    credit = exif_of(credit_in(notes, ()))
    tells = told_by(notes, ())
    drawn = _drawn_apart(_Wish(raw, form, longest, credit))
    return Mended(
        drawn.raw,
        drawn.form,
        drawn.former_size,
        drawn.size,
        tuple(one for one in Tells if one in tells),
        bool(notes),
        turn_of(notes) != 1,
        bool(credit),
    )


def _drawn_apart(wish: _Wish) -> _Drawn:
    """Return the picture written anew by a process of its own, as pixels are unpacked by a library in C.

    Raises:
        Unmendable: the pixels are damaged, or that process died of them.
    """
    ((_, drawn),) = apart(_drawn, [wish], 1)
    if not drawn:
        found = said("a {form} picture whose pixels cannot be read", form=wish.form)
        raise Unmendable(found, said("the picture saved anew, and smaller, by the program that made it"))
    return drawn


def _drawn(wish: _Wish) -> _Drawn | None:
    try:
        photo = Photo(wish.raw, wish.form, wish.longest)
    except Unreadable:
        return None
    form = wish.wanted or ("JPEG" if photo.is_photograph and not photo.is_seen_through else "PNG")
    new = photo.written(form, wish.exif)
    if wish.may_be_jpeg and len(new) > HEAVY and not photo.is_seen_through and photo.is_photograph:
        jpeg = photo.written("JPEG", wish.exif)
        if len(jpeg) <= _JPEG_WORTH * len(new):
            new, form = jpeg, "JPEG"
    return _Drawn(new, form, photo.former_size, photo.size, photo.must_change, photo.is_shortened, photo.is_too_fine)


def _has_credit(found: Container) -> bool:
    # A GIF has no place for it that other programs read.
    return bool(exif_of(found.credit)) and found.form != "GIF"
