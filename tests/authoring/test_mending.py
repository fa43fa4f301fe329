"""One picture becomes the one to publish, and a picture that is right is left alone for ever."""

import io
import json
import subprocess
from shutil import which

import pytest
from PIL import Image
from tests.cases import for_each
from tests.photos import PILLOW, drawing, notes, png, saved, scene, telling

from handbill.authoring.mending import HEAVY, Unmendable, as_it_is, mend
from handbill.reading.forms import FORMATS
from handbill.reading.metadata import Tells
from handbill.reading.pictures import read_picture

OWN = {"JPEG": ".jpg", "PNG": ".png", "WebP": ".webp", "GIF": ".gif", "AVIF": ".avif"}


@for_each("ending", PILLOW)
@for_each("turn", [1, 3, 6])
@for_each("longest", [200, 2000])
def test_what_is_mended_is_right_from_then_on(ending, turn, longest):
    """A picture that changes on each run wears down, and makes a commit each time."""
    first = mend(telling(ending, turn=turn), longest)
    assert first is not None

    assert mend(first.raw, longest) is None
    assert () == read_picture(first.raw, OWN[first.form]).tells
    assert max(first.after) <= longest or ending == ".gif"


@pytest.mark.parametrize("ending", PILLOW)
@pytest.mark.parametrize("make", [scene, drawing])
def test_a_picture_that_is_right_is_left_alone(ending, make):
    """The best program is the one that has nothing to do."""
    assert mend(saved(make(), ending), 2000) is None


def test_everything_that_was_done_is_known():
    """An editor asks what happened to the photo."""
    done = mend(telling(".jpg", turn=6), 160)
    assert done is not None

    assert ("JPEG", (240, 320), (120, 160), True, True, True) == (done.form, done.before, done.after, done.had_notes, done.is_turned, done.has_credit)
    assert {Tells.PLACE, Tells.SERIAL, Tells.OWNER, Tells.MAKER, Tells.COPY, Tells.BEHIND} == set(done.tells)


def test_a_photo_that_only_tells_too_much_keeps_every_pixel():
    """Writing it anew would make it worse for nothing."""
    raw = saved(scene(), quality=75, exif=notes())
    done = mend(raw, 2000)
    assert done is not None

    assert Image.open(io.BytesIO(raw)).tobytes() == Image.open(io.BytesIO(done.raw)).tobytes()


def test_a_heavy_photo_becomes_light():
    """Members read on the train."""
    raw = saved(scene((1500, 1100)), quality=97, subsampling=0)
    done = mend(raw, 2000)
    assert done is not None

    assert len(raw) > HEAVY
    assert len(done.raw) < 0.5 * len(raw)
    assert (1500, 1100) == done.after


def test_a_heavy_photo_that_gains_little_stays():
    """The third copy of a copy shows."""
    raw = saved(scene((1900, 1500)), quality=84)

    assert len(raw) > 200_000
    assert mend(raw, 2000) is None


def test_a_photo_saved_as_png_becomes_a_jpeg():
    """It weighs ten times as much and shows no more."""
    raw = saved(scene((900, 700)), ".png")
    done = mend(raw, 2000)
    assert done is not None

    assert ("JPEG", True) == (done.form, len(done.raw) < 0.2 * len(raw))


def test_a_photo_whose_address_is_published_keeps_its_format():
    """The address ends in .png, and is linked from elsewhere."""
    raw = saved(scene((900, 700)), ".png", exif=notes())
    done = mend(raw, 2000, must_be="PNG")
    assert done is not None

    assert ("PNG", (), True) == (done.form, read_picture(done.raw, ".png").tells, done.had_notes)


def test_what_took_the_place_of_a_published_picture_gets_its_format():
    """A JPEG was copied over the PNG of that name."""
    done = mend(saved(drawing()), 2000, must_be="PNG")
    assert done is not None

    assert "PNG" == done.form
    assert "PNG" == Image.open(io.BytesIO(done.raw)).format


def test_a_page_on_a_screen_stays_a_png():
    """Letters with dirty edges are hard to read."""
    raw = saved(drawing((2400, 1800)), ".png")
    done = mend(raw, 1200)

    assert done is None or done.form == "PNG"


def test_a_picture_that_would_grow_is_left_as_it_is():
    """Made smaller, a drawing of three colours gets hundreds."""
    raw = saved(drawing((1600, 1200)).quantize(8), ".png")

    assert mend(raw, 1500) is None


@pytest.mark.parametrize(("form", "form_now"), [("TIFF", "JPEG"), ("BMP", "JPEG")])
def test_a_scan_becomes_a_picture_that_browsers_show(form, form_now):
    """Scanners write formats of the eighties."""
    buffer = io.BytesIO()
    scene().save(buffer, form)
    done = mend(buffer.getvalue(), 2000)
    assert done is not None

    assert (form_now, (320, 240)) == (done.form, done.after)
    assert done.had_notes == (form == "TIFF")


def test_a_drawing_from_a_scanner_becomes_a_png():
    """Hard edges again."""
    buffer = io.BytesIO()
    drawing().save(buffer, "BMP")
    done = mend(buffer.getvalue(), 2000)

    assert done is not None
    assert "PNG" == done.form


def test_the_notes_of_a_tiff_are_told_and_the_credit_stays():
    """A camera writes them there as it does elsewhere."""
    buffer = io.BytesIO()
    exif = Image.Exif()
    exif[0x013B] = "Marie Dupont"
    exif.get_ifd(0x8825).update({1: "N", 2: (44.0, 50.0, 15.0)})
    scene().save(buffer, "TIFF", exif=exif.tobytes())
    done = mend(buffer.getvalue(), 2000)
    assert done is not None

    assert ((Tells.PLACE,), True) == (done.tells, done.has_credit)
    assert b"Marie Dupont" in done.raw


def test_a_moving_picture_loses_its_notes_and_goes_on_moving():
    """Its pictures are not written anew: that is an art of its own."""
    frames = [scene((400, 300), n) for n in (2, 3)]
    raw = saved(scene((400, 300)), ".webp", save_all=True, append_images=frames, exif=notes())
    done = mend(raw, 100)
    assert done is not None

    assert (3, (400, 300)) == (Image.open(io.BytesIO(done.raw)).n_frames, done.after)
    assert mend(done.raw, 100) is None


@pytest.mark.parametrize(("raw", "found"), [
    (b"words", "no picture that this program can open"),
    (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "no picture that this program can open"),
    (saved(scene())[:2000], "a JPEG picture that stops before its end"),
    (png(), None),
    (png(width=20_000, height=20_000), "a PNG picture whose pixels cannot be read"),
], ids=["text", "heic", "cut", "sound", "bomb"])  # fmt: skip
def test_what_cannot_be_mended_is_told(raw, found):
    """Silence would be taken for success."""
    if found is None:
        assert mend(raw, 2000) is None
        return
    with pytest.raises(Unmendable) as refusal:
        mend(raw, 2000)
    assert found == refusal.value.found
    assert refusal.value.wanted


def test_an_animation_that_no_telephone_plays_is_told():
    """It is refused by the check, so it cannot be “as it should be” here."""
    with pytest.raises(Unmendable, match="an animation"):
        mend(saved(scene((8, 8)), ".gif")[:-1] + (b",\0\0\0\0\x08\0\x08\0\0\2\1\0\0") * 1001 + b";", 2000)


def test_a_picture_of_another_name_is_as_it_is():
    """Only the name is wrong."""
    raw = saved(scene(), exif=notes(6))

    assert (raw, (240, 320), (240, 320)) == (as_it_is(raw, "JPEG").raw, as_it_is(raw, "JPEG").before, as_it_is(raw, "JPEG").after)


@pytest.mark.long
@pytest.mark.skipif(not which("exiftool"), reason="exiftool is not installed")
def test_another_program_finds_no_place_number_or_copy_in_any_picture(tmp_path):
    """A hundred pictures in, nothing of a member out: of every format, turned every way, large and small."""
    many = 0
    for ending in PILLOW:
        for turn in range(1, 9):
            for longest in (150, 2000):
                done = mend(telling(ending, turn=turn), longest)
                assert done is not None
                (tmp_path / f"{turn}-{longest}-{ending[1:]}{OWN[done.form]}").write_bytes(done.raw)
                many += 1
    found = subprocess.run(["exiftool", "-json", "-a", "-u", "-G1", "-r", str(tmp_path)], capture_output=True, text=True, check=False)
    told = json.loads(found.stdout)
    words = ("gps", "serial", "maker", "thumbnail", "owner", "xmp", "trailer", "exififd", "ifd1", "photoshop", "jfxx", "warning")

    assert (80, 80) == (many, len(told))
    assert [] == [(one["SourceFile"], tag) for one in told for tag in one if any(word in tag.lower() for word in words)]
    assert FORMATS.keys() >= {"." + one["SourceFile"].rpartition(".")[2] for one in told}
