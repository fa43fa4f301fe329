"""Notes go out of a picture and not a pixel changes; another program finds nothing either."""

import io
import json
import subprocess
from shutil import which

import pytest
from PIL import Image
from tests.photos import PILLOW, XMP, chunk, notes, png, saved, scene, segment, telling

from handbill.reading.containers import read_container
from handbill.reading.forms import FORMATS
from handbill.reading.pictures import tells_of
from handbill.reading.stripping import stripped


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
    """There is nothing to do."""
    raw = saved(scene(), ending)

    assert raw == without(raw, ending)


@pytest.mark.parametrize("ending", [".gif", ".webp", ".png"])
def test_a_moving_picture_goes_on_moving(ending):
    """All its pictures, their times and how often it runs."""
    raw = saved(scene((40, 30)), ending, save_all=True, append_images=[scene((40, 30), n) for n in (2, 3)], duration=[100, 200, 300], loop=2)
    raw = raw[:-1] + b"!\xfe\x05hello\0;" if ending == ".gif" else raw
    new = without(raw, ending)

    assert pixels(raw) == pixels(new)
    with Image.open(io.BytesIO(raw)) as old, Image.open(io.BytesIO(new)) as fresh:
        assert (old.info.get("loop"), old.info.get("duration")) == (fresh.info.get("loop"), fresh.info.get("duration"))


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
    done = subprocess.run(["exiftool", "-json", "-a", "-u", "-G1", *map(str, sorted(tmp_path.iterdir()))], capture_output=True, text=True, check=False)
    tags = {key for one in json.loads(done.stdout) for key in one}

    assert 2 * len(PILLOW) == len(json.loads(done.stdout))
    assert set() == {tag for tag in tags if any(word in tag.lower() for word in ("gps", "serial", "maker", "thumbnail", "owner", "xmp", "warning", "trailer", "exififd", "ifd1", "photoshop"))}
    assert "IFD0:Artist" in tags


def test_what_the_telephone_says_about_how_it_was_held_goes_too():
    """Whoever calls this has turned the picture already, or leaves it as it lies."""
    assert 1 == Image.open(io.BytesIO(without(saved(scene(), exif=notes(6)), ".jpg"))).getexif().get(0x0112, 1)
