"""Picture files are taken apart as their specifications say, and what is no whole picture is refused."""

import itertools
import struct

import pytest
from tests.photos import chunk, png, saved, scene, segment

from handbill.errors import said
from handbill.reading.parts import BEHIND, MOST_PARTS, Damaged, gif_parts, jpeg_parts, png_parts, webp_parts

READERS = {".jpg": jpeg_parts, ".png": png_parts, ".webp": webp_parts, ".gif": gif_parts}


@pytest.mark.parametrize("ending", READERS)
def test_the_parts_follow_each_other_without_a_gap(ending):
    """A note in a gap would be seen by nobody and published."""
    raw = saved(scene(), ending)
    parts = list(READERS[ending](raw))

    assert len(raw) == parts[-1][2]
    assert all(before[2] == after[1] for before, after in itertools.pairwise(parts))


def test_every_pass_of_a_progressive_jpeg_is_found():
    """The first end mark that looks like one may stand inside a table."""
    names = [name for name, _, _ in jpeg_parts(saved(scene(), ".jpg", progressive=True))]

    assert names.count(b"\xda") > 5
    assert b"\xd9" == names[-1]


@pytest.mark.parametrize("ending", READERS)
def test_what_lies_behind_the_picture_is_a_part(ending):
    """Telephones leave films there, and cropping programs what was cut off."""
    raw = saved(scene(), ending)

    assert (BEHIND, len(raw), len(raw) + 6) == list(READERS[ending](raw + b"a film"))[-1]


@pytest.mark.parametrize("ending", READERS)
def test_zeros_that_fill_a_file_up_are_nothing(ending):
    """Card readers round a file up; nobody has to mend that."""
    assert BEHIND not in [name for name, _, _ in READERS[ending](saved(scene(), ending) + b"\0" * 100)]


@pytest.mark.parametrize("ending", READERS)
@pytest.mark.parametrize("share", [0.05, 0.5, 0.99])
def test_a_picture_that_was_not_uploaded_whole_is_refused(ending, share):
    """Half of it would be grey on every page."""
    raw = saved(scene(), ending)

    with pytest.raises(Damaged) as refusal:
        list(READERS[ending](raw[: int(len(raw) * share)]))
    assert "stops before its end" in refusal.value.found


def test_a_gif_without_its_last_byte_is_taken():
    """Some programs never write it, and browsers do not mind."""
    raw = saved(scene(), ".gif")

    assert len(list(gif_parts(raw))) == len(list(gif_parts(raw[:-1])))


def test_stray_bytes_between_two_segments_are_passed_over():
    """Cameras leave them; what follows must be found all the same."""
    raw = saved(scene())

    assert b"\xfe" in [name for name, _, _ in jpeg_parts(raw[:2] + b"stray" + segment(0xFE, b"words") + raw[2:])]


def test_a_chunk_that_was_changed_on_the_way_is_told():
    """A browser would show half of the picture, or none."""
    raw = bytearray(png())
    raw[20] ^= 1

    with pytest.raises(Damaged, match="a damaged PNG picture"):
        list(png_parts(bytes(raw)))


@pytest.mark.parametrize(("parts", "raw"), [
    (png_parts, png(chunk(b"tEXt", b"") * (MOST_PARTS + 1))),
    (jpeg_parts, b"\xff\xd8" + segment(0xFE, b"") * (MOST_PARTS + 2) + b"\xff\xd9"),
    (jpeg_parts, b"\xff\xd8" + b"\xff\xd0" * (MOST_PARTS + 2) + b"\xff\xd9"),
    (gif_parts, b"GIF89a\x01\0\x01\0\0\0\0" + b"!\xfe\0" * (MOST_PARTS + 2) + b";"),
    (gif_parts, b"GIF89a\x01\0\x01\0\0\0\0!\xfe" + b"\x01x" * 200_001 + b"\0;"),
    (webp_parts, b"RIFF" + struct.pack("<I", 4 + 8 * (MOST_PARTS + 2)) + b"WEBP" + b"XXXX\0\0\0\0" * (MOST_PARTS + 2)),
])  # fmt: skip
def test_a_file_of_countless_parts_is_refused_before_they_are_counted(parts, raw):
    """Counting them is the harm that was meant."""
    with pytest.raises(Damaged, match="more than 20000 parts"):
        list(parts(raw))


def test_the_reason_can_be_told_in_another_language():
    """Most editors do not read English."""
    with pytest.raises(Damaged) as refusal:
        list(png_parts(b"\x89PNG\r\n\x1a\n"))
    assert said("a {form} picture that stops before its end", form="PNG").pattern == refusal.value.found.pattern
