"""Notes go out of a picture and not a pixel changes; another program finds nothing either."""

import io
import json
import subprocess
from shutil import which

import pytest
from PIL import Image
from tests.photos import PILLOW, XMP, chunk, notes, png, saved, scene, segment, telling

from handbill.reading.avif import Avif
from handbill.reading.containers import Container, read_container
from handbill.reading.forms import FORMATS
from handbill.reading.metadata import Credit, exif_of
from handbill.reading.parts import webp_parts
from handbill.reading.pictures import tells_of
from handbill.reading.stripping import silent_pieces, stripped


def found_in(raw, ending):
    return read_container(raw, FORMATS[ending])


def without(raw, ending):
    return stripped(raw, found_in(raw, ending))


def pixels(raw):
    with Image.open(io.BytesIO(raw)) as picture:
        return [picture.seek(n) or picture.convert("RGBA").tobytes() for n in range(getattr(picture, "n_frames", 1))]


@pytest.mark.parametrize("ending", PILLOW)
def test_the_notes_go_and_every_pixel_stays(ending):
    """Writing a photo anew wears it down; taking notes out does not."""
    raw = telling(ending)
    new = without(raw, ending)

    assert pixels(raw) == pixels(new)
    assert (False, ()) == (found_in(new, ending).has_notes, tells_of(found_in(new, ending)))
    assert not any(secret in new for secret in (b"SN0042", b"LENS7", b"44,50", b"MAKER"))


@pytest.mark.parametrize("ending", PILLOW)
def test_doing_it_twice_does_nothing_more(ending):
    """A picture that changes on each run makes a commit on each run."""
    new = without(telling(ending), ending)

    assert new == without(new, ending)


@pytest.mark.parametrize("ending", [".jpg", ".png", ".webp", ".avif"])
def test_the_photographer_stays(ending):
    """To take a credit away is against the law in most countries."""
    assert b"Marie Dupont" == found_in(without(telling(ending), ending), ending).credit.artist


@pytest.mark.parametrize("ending", PILLOW)
def test_a_picture_without_notes_stays_byte_for_byte(ending):
    """There is nothing to do, and where it is one piece it is copied as one."""
    raw = saved(scene(), ending)

    assert raw == without(raw, ending)
    assert ending in (".jpg", ".webp") or ((0, len(raw)),) == silent_pieces(raw, found_in(raw, ending))


@pytest.mark.parametrize("ending", [".gif", ".webp", ".png"])
def test_a_moving_picture_goes_on_moving(ending):
    """All its pictures, their times and how often it runs."""
    raw = saved(
        scene((40, 30)), ending, save_all=True, append_images=[scene((40, 30), n) for n in (2, 3)], duration=[100, 200, 300], loop=2
    )
    raw = raw[:-1] + b"!\xfe\x05hello\0;" if ending == ".gif" else raw
    new = without(raw, ending)

    assert pixels(raw) == pixels(new)
    with Image.open(io.BytesIO(raw)) as old, Image.open(io.BytesIO(new)) as fresh:
        assert (old.info.get("loop"), old.info.get("duration")) == (fresh.info.get("loop"), fresh.info.get("duration"))


@pytest.mark.parametrize("ending", [".jpg", ".png", ".webp", ".gif"])
def test_what_lies_behind_the_picture_goes(ending):
    """Telephones leave films there, and cropping programs what was cut off."""
    raw = saved(scene(), ending)

    assert raw == without(raw + b"canary", ending)


@pytest.mark.parametrize(
    "note",
    [
        segment(0xE0, b"JFXX\0\x10canary"),
        segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\x20\x20canary"),
        segment(0xE1, b"Adobe canary"),
        segment(0xE2, b"MPF\0canary"),
        segment(0xEE, b"canary"),
        segment(0xEF, b"canary"),
        segment(0xFE, b"canary"),
        segment(0xE0, b"JF") + segment(0xFE, b"IFcanary"),
    ],
)
def test_no_segment_of_programs_stays_but_what_says_how_colours_are_meant(note):
    """A second header of a JPEG holds a small copy of what it was before it was cropped."""
    raw = saved(scene())

    assert raw == without(raw[:20] + note + raw[20:], ".jpg")


def test_the_credit_stands_where_readers_look_for_it():
    """Behind the header that says how large a point is, where there is one; some look no further."""
    new, headless = without(telling(), ".jpg"), saved(scene(), exif=notes())
    headless = without(headless[:2] + headless[headless.index(b"\xff\xe1") :], ".jpg")

    assert [b"\xff\xe0", b"\xff\xe1", b"\xff\xe1"] == [new[2:4], new[20:22], headless[2:4]]
    assert (b"Exif\0\0", b"Exif\0\0") == (new[24:30], headless[6:12])


def test_a_gif_without_its_last_byte_gets_it():
    """Some programs leave it out, and some readers mind."""
    raw = saved(scene(), ".gif")

    assert raw == without(raw[:-1], ".gif")


@pytest.mark.parametrize("artist", ["A", "Al", "Ada", "Adam", "Adama"])
def test_a_webp_is_whole_whatever_the_length_of_its_credit(artist):
    """Each part begins at an even place, and the first bytes say how long the file is."""
    exif = Image.Exif()
    exif[0x013B], exif[0x0110] = artist, "Modèle 3"
    raw = saved(scene(), ".webp", exif=exif.tobytes())
    new = without(raw[:20] + bytes([raw[20] | 1]) + raw[21:], ".webp")

    assert len(new) == 8 + int.from_bytes(new[4:8], "little")
    assert [b"EXIF"] == [name for name, start, _ in webp_parts(new) if not start % 2][-1:]
    assert raw[20] | 1 == new[20], "what else the flags say is left alone"
    assert artist.encode() == found_in(new, ".webp").credit.artist


def painted(monkeypatch, credit=b"", **where):
    """Return a hundred bytes of a picture whose tables say that notes lie there, without them."""
    boxes = Avif(1, 1, 1, **{"exif": (), "xmp": (), "beside": (), **where}, thumbs=0, is_turned=False, sizes=())
    monkeypatch.setattr("handbill.reading.stripping.read_avif", lambda _: boxes)
    return stripped(b"x" * 100, Container("AVIF", named=Credit(credit)))


def test_places_of_notes_that_lie_in_each_other_are_painted_over_once(monkeypatch):
    """A file keeps its length, or all that its tables point at would move."""
    new = painted(monkeypatch, beside=((20, 40), (10, 30), (22, 25), (90, 100), (50, 50)))

    assert b"x" * 10 + bytes(30) + b"x" * 50 + bytes(10) == new


def test_a_credit_stays_where_there_is_room_for_it(monkeypatch):
    """Half a credit is none, and a reader takes a block that is cut off for damage."""
    block = exif_of(Credit(b"Ada"))
    fits, short = 10 + 4 + len(block), 10 + 4 + len(block) - 1
    none = b"\0\0\0\0MM\0*\0\0\0\x08"

    assert b"x" * 10 + b"\0\0\0\0" + block + b"x" * (100 - fits) == painted(monkeypatch, b"Ada", exif=((10, fits),))
    assert b"x" * 10 + none.ljust(short - 10, b"\0") + b"x" * (100 - short) == painted(monkeypatch, b"Ada", exif=((10, short),))
    assert b"x" * 10 + none[:8] + b"x" * 12 + bytes(20) + b"x" * 50 == painted(monkeypatch, b"Ada", exif=((10, 18), (30, 50)))


def test_notes_of_programs_give_way_to_an_empty_packet_where_there_is_room_for_one(monkeypatch):
    """A reader that finds nothing where a table promises XMP takes the file for damaged."""
    packet = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"/>'

    for room in (len(packet), len(packet) + 1):
        assert b"x" * 10 + packet.ljust(room) + b"x" * (90 - room) == painted(monkeypatch, xmp=((10, 10 + room),))
    assert b"x" * 10 + b" " * 36 + b"x" * 54 == painted(monkeypatch, xmp=((10, 46),))


def test_colours_stay_as_they_are():
    """What says how red is meant is no note."""
    profile = segment(0xE2, b"ICC_PROFILE\0\1\1profile") + segment(0xEE, b"Adobe\0d\0\0\0\0\0")
    raw = saved(scene())
    new = without(raw[:2] + segment(0xFE, b"made by me") + profile + raw[2:], ".jpg")

    assert profile in new
    assert b"made by me" not in new
    assert b"gAMA" in without(png(chunk(b"gAMA", b"\0\0\xb1\x8f"), chunk(b"tIME", b"\x07\xea\1\1\1\1\1")), ".png")


def test_the_flags_of_a_webp_say_what_is_left():
    """A reader that looks for notes where none are takes the file for damaged."""
    new = without(telling(".webp"), ".webp")
    place = new.index(b"VP8X") + 8

    assert (0x08, 0) == (new[place] & 0x08, new[place] & 0x04)
    assert 0 == without(saved(scene(), ".webp", xmp=XMP), ".webp")[place] & 0x0C


@pytest.mark.skipif(not which("exiftool"), reason="exiftool is not installed")
def test_another_program_finds_nothing_in_any_format(tmp_path):
    """We read with our own eyes; this one has looked at more cameras than anybody."""
    for ending in PILLOW:
        (tmp_path / f"p{ending}").write_bytes(without(telling(ending), ending))
        (tmp_path / f"turned{ending}").write_bytes(without(telling(ending, turn=6), ending))
    done = subprocess.run(
        ["exiftool", "-json", "-a", "-u", "-G1", *map(str, sorted(tmp_path.iterdir()))], capture_output=True, text=True, check=False
    )
    tags = {key for one in json.loads(done.stdout) for key in one}

    assert 2 * len(PILLOW) == len(json.loads(done.stdout))
    assert set() == {
        tag
        for tag in tags
        if any(
            word in tag.lower()
            for word in ("gps", "serial", "maker", "thumbnail", "owner", "xmp", "warning", "trailer", "exififd", "ifd1", "photoshop")
        )
    }
    assert "IFD0:Artist" in tags


def test_what_the_telephone_says_about_how_it_was_held_goes_too():
    """Whoever calls this has turned the picture already, or leaves it as it lies."""
    assert 1 == Image.open(io.BytesIO(without(saved(scene(), exif=notes(6)), ".jpg"))).getexif().get(0x0112, 1)
