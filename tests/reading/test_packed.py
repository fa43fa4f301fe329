"""Notes in the texts of a PNG are found however they are packed, and a bomb among them is not unpacked."""

import zlib

import pytest
from tests.photos import XMP, chunk, notes, png

from handbill.reading.containers import read_container
from handbill.reading.packed import MOST_PACKED
from handbill.reading.parts import Damaged
from handbill.reading.pictures import read_picture, tells_of


def tells(*chunks):
    return set(tells_of(read_container(png(*chunks), "PNG")))


PLAIN = XMP
RAW = b"\nexif\n%8d\n" % len(notes()) + notes().hex().encode()


@pytest.mark.parametrize("text", [
    chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + PLAIN),
    chunk(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + zlib.compress(PLAIN)),
    chunk(b"tEXt", b"Raw profile type exif\0" + RAW),
    chunk(b"zTXt", b"Raw profile type exif\0\0" + zlib.compress(RAW)),
    chunk(b"zTXt", b"Raw profile type APP1\0\0" + zlib.compress(RAW)),
    chunk(b"tEXt", b"exif:GPSLatitude\x0044/1"),
], ids=["xmp", "packed xmp", "raw exif", "packed exif", "segment", "one tag"])  # fmt: skip
def test_a_place_is_found_in_every_sort_of_text(text):
    """Six programs, six ways; one is enough to publish an address."""
    assert {"place"} <= tells(text)


def test_digits_that_are_none_are_told():
    """Another program may read what we cannot."""
    assert {"unread"} == tells(chunk(b"tEXt", b"Raw profile type exif\0\nexif\n4\nno hex"))


def test_a_credit_tells_nothing():
    """Author and rights are meant to be read."""
    found = read_container(png(chunk(b"tEXt", b"Author\0Marie"), chunk(b"tEXt", b"Copyright\0CC BY")), "PNG")

    assert () == tells_of(found)
    assert not found.has_notes
    assert (b"Marie", b"CC BY") == (found.credit.artist, found.credit.rights)


@pytest.mark.parametrize("key", [b"Title", b"Description", b"Software", b"Comment"])
def test_a_caption_tells_nothing_and_is_no_credit(key):
    """It does no harm in the repository, and is not published."""
    found = read_container(png(chunk(b"tEXt", key + b"\0The lamp")), "PNG")

    assert () == tells_of(found)
    assert found.has_notes


@pytest.mark.parametrize(("name", "head"), [(b"zTXt", b"Comment\0\0"), (b"iTXt", b"Comment\0\1\0\0\0"), (b"iCCP", b"profile\0\0")])
def test_a_packed_bomb_is_refused_and_not_unpacked(name, head):
    """Four kilobytes can hold four megabytes, in each of a thousand texts."""
    bomb = chunk(name, head + zlib.compress(b"\0" * (MOST_PACKED + 1), 9))

    with pytest.raises(Damaged, match="more than 4 MB of packed text"):
        read_container(png(bomb), "PNG")


def test_many_small_bombs_are_one():
    """The limit is that of the file, not of each text."""
    bomb = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"\0" * (MOST_PACKED // 4), 9))

    with pytest.raises(Damaged):
        read_container(png(bomb * 5), "PNG")


def test_what_does_not_unpack_is_a_damaged_picture():
    """A browser may still show it, but nobody can say what is in it."""
    with pytest.raises(ValueError, match="a damaged PNG picture"):
        read_picture(png(chunk(b"zTXt", b"Comment\0\0garbage")), ".png")
