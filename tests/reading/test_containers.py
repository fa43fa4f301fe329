"""What a picture file carries is found in every format, and a picture without notes is left in peace."""

import subprocess
from shutil import which

import pytest
from tests.photos import PILLOW, XMP, chunk, drawing, notes, png, saved, scene, segment, telling

from handbill.reading.containers import MOST_SCANS, read_container
from handbill.reading.forms import FORMATS
from handbill.reading.metadata import Tells
from handbill.reading.parts import Damaged
from handbill.reading.pictures import tells_of


@pytest.mark.parametrize("ending", PILLOW)
@pytest.mark.parametrize("make", [scene, drawing])
def test_a_picture_without_notes_has_none(ending, make):
    """A check that cries at a clean picture is switched off."""
    found = read_container(saved(make(), ending), FORMATS[ending])

    assert (320, 240, 320 * 240, 1) == (found.width, found.height, found.area, found.frames)
    assert (False, ()) == (found.has_notes, tells_of(found))


@pytest.mark.parametrize("ending", PILLOW)
def test_a_place_is_found_in_every_format(ending):
    """A photo tells where a member lives, whatever it is saved as."""
    found = read_container(telling(ending), FORMATS[ending])

    assert found.has_notes
    assert {Tells.PLACE, Tells.SERIAL} <= set(tells_of(found))


@pytest.mark.parametrize("ending", [".jpg", ".png", ".webp", ".avif"])
def test_a_credit_is_no_note(ending):
    """A photographer's name is there on purpose."""
    found = read_container(saved(scene(), ending, exif=b"Exif\0\0" + credited()), FORMATS[ending])

    assert b"Marie Dupont" == found.credit.artist
    assert (False, ()) == (found.has_notes, tells_of(found))


def credited():
    from handbill.reading.metadata import Credit, exif_of

    return exif_of(Credit(b"Marie Dupont"))


@pytest.mark.parametrize(("inside", "tells"), [
    (segment(0xE0, b"JFXX\0\x10small"), {Tells.COPY}),
    (segment(0xE1, b"http://ns.adobe.com/xmp/extension/\0" + b"G" * 32 + b"\0" * 8 + XMP), {Tells.PLACE, Tells.SERIAL}),
    (segment(0xE6, b"GoPro\0GPS5"), {Tells.MAKER}),
    (segment(0xE4, b"maker"), {Tells.MAKER}),
    (segment(0xEC, b"PictureInfo serial"), {Tells.MAKER}),
    (segment(0xED, b"Photoshop 3.0\x008BIM\x04\x0c\0\0\0\0\0\x04abcd"), {Tells.COPY}),
    (segment(0xED, b"Photoshop 3.0\x008BIM\x04\x22\0\0" + len(notes()[6:]).to_bytes(4, "big") + notes()[6:]), {Tells.PLACE, Tells.SERIAL, Tells.OWNER, Tells.MAKER}),
    (segment(0xED, b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x04capt"), set()),
    (segment(0xEC, b"Ducky\0quality"), set()),
    (segment(0xEE, b"Adobe\0d\0\0\0\0\0"), set()),
    (segment(0xFE, b"made with care"), set()),
    (segment(0xE2, b"ICC_PROFILE\0\1\1profile"), set()),
], ids=range(12))  # fmt: skip
def test_every_corner_of_a_jpeg_is_looked_into(inside, tells):
    """Each of these was invented by somebody to keep something in."""
    raw = saved(scene())

    assert tells == set(tells_of(read_container(raw[:2] + inside + raw[2:], "JPEG")))


def test_a_small_copy_in_the_first_segment_is_found():
    """The oldest place of all for a thumbnail."""
    raw = saved(scene())
    place = raw.index(b"JFIF\0") + 12

    assert {Tells.COPY} == set(tells_of(read_container(raw[:place] + b"\1\1" + raw[place + 2 :], "JPEG")))


def test_the_pieces_of_a_colour_profile_are_put_together_in_their_order():
    """Half a profile gives wrong colours."""
    raw = saved(scene())
    pieces = segment(0xE2, b"ICC_PROFILE\0\2\2second") + segment(0xE2, b"ICC_PROFILE\0\1\2first")

    assert b"firstsecond" == read_container(raw[:2] + pieces + raw[2:], "JPEG").icc


@pytest.mark.parametrize("sof", [0xC3, 0xC9])
def test_a_jpeg_that_no_browser_draws_is_refused(sof):
    """Lossless and arithmetic JPEG are for hospitals; a page would show a broken picture."""
    raw = saved(scene())
    place = raw.index(b"\xff\xc0")

    with pytest.raises(Damaged, match="of a sort that browsers do not draw"):
        read_container(raw[: place + 1] + bytes([sof]) + raw[place + 2 :], "JPEG")


def test_a_jpeg_of_countless_passes_is_refused():
    """Each pass costs a telephone a whole decoding."""
    raw = saved(scene((8, 8)))[:-2] + b"\xff\xda\0\x08\1\1\0\0\x3f\0" * MOST_SCANS + b"\xff\xd9"

    with pytest.raises(Damaged, match=f"in {MOST_SCANS + 1} passes"):
        read_container(raw, "JPEG")


def test_a_small_canvas_does_not_hide_a_large_frame():
    """The limit is that of what is decoded."""
    frame = png(chunk(b"acTL", b"\0\0\0\2\0\0\0\0"), chunk(b"fcTL", b"\0\0\0\0" + (9000).to_bytes(4, "big") * 2 + b"\0" * 14))

    assert (9000 * 9000, 2) == (read_container(frame, "PNG").area, read_container(frame, "PNG").frames)


def test_the_pictures_of_an_animation_are_counted():
    """Each is drawn."""
    frames = [scene((40, 30), seed) for seed in (2, 3, 4)]
    counts = {end: read_container(saved(scene((40, 30)), end, save_all=True, append_images=frames), FORMATS[end]).frames for end in (".gif", ".webp", ".png", ".avif")}

    assert dict.fromkeys(counts, 4) == counts


@pytest.mark.parametrize("ending", PILLOW)
def test_no_change_of_a_byte_makes_the_reader_stumble(ending):
    """A damaged file is a message, never a crash."""
    raw = telling(ending, (24, 18))
    for place in [*range(min(len(raw), 700)), *range(700, len(raw), 97)]:
        for value in (0, 0xFF):
            changed = raw[:place] + bytes([value]) + raw[place + 1 :]
            try:
                tells_of(read_container(changed, FORMATS[ending]))
            except Damaged:
                continue


@pytest.mark.skipif(not which("exiftool"), reason="exiftool is not installed")
@pytest.mark.parametrize("ending", PILLOW)
def test_another_program_finds_what_the_tests_put_in(ending, tmp_path):
    """Otherwise the tests would prove that nothing is found where nothing is."""
    file = tmp_path / f"p{ending}"
    file.write_bytes(telling(ending))
    done = subprocess.run(["exiftool", "-a", "-s", str(file)], capture_output=True, text=True, check=False)

    assert "GPSLatitude" in done.stdout
    assert "SerialNumber" in done.stdout
