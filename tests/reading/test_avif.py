"""The boxes of an AVIF say how large it is, how it is shown, and where its notes are."""

import pytest
from tests.photos import XMP, notes, saved, scene

from handbill.reading.avif import HEIF_BRANDS, brands_of, read_avif
from handbill.reading.parts import Damaged


def test_the_size_is_that_of_the_picture():
    """A page that knows it does not jump."""
    boxes = read_avif(saved(scene((300, 200)), ".avif"))

    assert (300, 200, 1, False) == (boxes.width, boxes.height, boxes.frames, boxes.is_turned)


def test_a_picture_held_on_its_side_is_known():
    """The box that says it stands apart from the notes."""
    assert read_avif(saved(scene((300, 200)), ".avif", exif=notes(6))).is_turned


def test_the_notes_are_where_the_tables_say():
    """Whoever looks in the wrong place finds a file silent that is not."""
    raw = saved(scene(), ".avif", exif=notes(), xmp=XMP)
    boxes = read_avif(raw)

    assert [XMP] == [raw[start:end] for start, end in boxes.xmp]
    assert [True] == [b"SN0042" in raw[start:end] for start, end in boxes.exif]


def test_the_frames_of_a_moving_picture_are_counted():
    """Each is drawn on every telephone."""
    raw = saved(scene((64, 48)), ".avif", save_all=True, append_images=[scene((64, 48), n) for n in (2, 3)])

    assert 3 == read_avif(raw).frames


@pytest.mark.parametrize("share", [0.01, 0.3, 0.9])
def test_a_file_that_was_cut_is_refused(share):
    """Half of it would be no picture at all."""
    raw = saved(scene(), ".avif")

    with pytest.raises(Damaged):
        read_avif(raw[: int(len(raw) * share)])


def test_a_file_with_any_of_its_first_bytes_changed_is_read_or_refused():
    """A reader that stumbles over a damaged file takes the whole build with it."""
    raw = saved(scene((32, 24)), ".avif", exif=notes(), xmp=XMP)
    refused = 0
    for place in range(400):
        for value in (0, 1, 0x7F, 0xFF):
            changed = raw[:place] + bytes([value]) + raw[place + 1 :]
            try:
                read_avif(changed)
            except Damaged:
                refused += 1

    assert refused > 100


def test_the_brands_tell_an_avif_from_what_a_telephone_saves():
    """Both are of one family, and browsers show one of them."""
    assert b"avif" in brands_of(saved(scene(), ".avif"))
    assert HEIF_BRANDS & brands_of(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic")
    assert frozenset() == brands_of(b"no such file")
