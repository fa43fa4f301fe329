"""Notes in a picture tell that a place or a name is there, never which; a credit is kept."""

import struct

import pytest
from PIL import Image
from tests.photos import XMP, notes

from handbill.reading.metadata import Credit, Tells, credit_in, exif_of, told_by, turn_of


def block(*entries, order="<"):
    """Return an EXIF block of numbers: a tag and a value of four bytes each."""
    table = b"".join(struct.pack(order + "HHII", tag, 4, 1, value) for tag, value in entries)
    return (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "IH", 8, len(entries)) + table + b"\0\0\0\0"


def test_what_a_telephone_notes_is_told():
    """A member's home can be read off a photo of the cake."""
    assert {Tells.PLACE, Tells.SERIAL, Tells.OWNER, Tells.MAKER} == told_by([notes()[6:]], [])
    assert set() == told_by([notes(place=False, camera=False)[6:]], [])


@pytest.mark.parametrize("order", ["<", ">"])
def test_both_orders_of_bytes_are_read(order):
    """Half of the cameras write the one, half the other."""
    assert {Tells.SERIAL} == told_by([block((0xC62F, 7), order=order)], [])


def test_a_table_of_places_that_names_none_tells_nothing():
    """Telephones with GPS switched off write the version of the table and no more."""
    exif = Image.Exif()
    exif.get_ifd(0x8825)[0] = b"\x02\x03\x00\x00"

    assert set() == told_by([exif.tobytes()[6:]], [])


@pytest.mark.parametrize(("packet", "tells"), [
    (XMP, {Tells.PLACE, Tells.SERIAL}),
    (b"<exif:GPSLongitude>0,34.5W</exif:GPSLongitude>", {Tells.PLACE}),
    (b"<exif:GPSVersionID>2.3.0.0</exif:GPSVersionID>", set()),
    (b'drone-dji:GpsLatitude="+44.8"', {Tells.PLACE}),
    (b'exifEX:BodySerialNumber="1"', {Tells.SERIAL}),
    (b'aux:OwnerName="Marie"', {Tells.OWNER}),
    (b"<mwg-rs:RegionList><rdf:Bag>", {Tells.PEOPLE}),
    (b"<Iptc4xmpExt:PersonInImage><rdf:Bag>", {Tells.PEOPLE}),
    (b"<xmp:Thumbnails><rdf:Alt>", {Tells.COPY}),
    (b'xmp:CreatorTool="GIMP" dc:format="image/jpeg" photoshop:City="Bordeaux"', set()),
    ('exif:GPSLatitude="44"'.encode("utf-16-le"), {Tells.PLACE}),
])  # fmt: skip
def test_what_programs_note_is_told(packet, tells):
    """The same place stands a second time in XMP, and there under many a prefix."""
    assert tells == told_by([], [packet])


def test_xmp_inside_exif_is_looked_at_too():
    """Some programs keep it there."""
    packet = b'x exif:GPSLatitude="44"'
    raw = b"II*\0" + struct.pack("<IHHHII", 8, 1, 0x02BC, 1, len(packet), 26) + b"\0\0\0\0" + packet

    assert {Tells.PLACE} == told_by([raw], [])


def test_a_block_that_cannot_be_read_is_told():
    """What we cannot read, another program can."""
    assert {Tells.UNREAD} == told_by([b"??*\0garbage"], [])


def test_a_table_that_points_at_itself_ends():
    """A loop in a file would be a loop in the build."""
    assert set() == told_by([block((0x8769, 8))], [])


def test_no_change_of_a_byte_makes_the_reader_stumble():
    """An editor cannot mend a crash."""
    raw = notes()[6:]
    for place in range(len(raw)):
        for value in (0, 0xFF):
            changed = raw[:place] + bytes([value]) + raw[place + 1 :]
            told_by([changed], []), credit_in([changed], []), turn_of([changed])
    for length in range(len(raw)):
        told_by([raw[:length]], []), credit_in([raw[:length]], [])


@pytest.mark.parametrize("turn", range(1, 9))
def test_how_a_picture_was_held_is_known(turn):
    """It decides which side is the long one."""
    assert turn == turn_of([notes(turn)[6:]])


@pytest.mark.parametrize("turn", [0, 9, 65535])
def test_a_turn_that_does_not_exist_is_none(turn):
    """Some programs write zero for “not known”."""
    assert 1 == turn_of([block((0x0112, turn))])


def test_the_photographer_is_credited():
    """To take that away is against the law in most countries (directive 2001/29/EC, article 7)."""
    packet = b"<dc:creator><rdf:Seq><rdf:li>Zo\xc3\xa9 &amp; L\xc3\xa9o</rdf:li></rdf:Seq></dc:creator><dc:rights><rdf:Alt><rdf:li xml:lang='x-default'>CC BY</rdf:li></rdf:Alt></dc:rights>"

    assert Credit("Zoé & Léo".encode(), b"CC BY") == credit_in([], [packet])
    assert b"Marie Dupont" == credit_in([notes()[6:]], [packet]).artist


@pytest.mark.parametrize("credit", [Credit(b"Zo\xc3\xa9"), Credit(b"", "© Léo".encode()), Credit(b"A", b"B"), Credit(b"Marie Dupont", b"CC BY-SA 4.0")])
def test_a_block_of_a_credit_holds_the_credit_and_nothing_else(credit):
    """It is what a mended picture keeps."""
    made = exif_of(credit)
    foreign = Image.Exif()
    foreign.load(b"Exif\0\0" + made)

    assert credit == credit_in([made], [])
    assert set() == told_by([made], [])
    assert {tag for tag, text in ((0x013B, credit.artist), (0x8298, credit.rights)) if text} == set(foreign)


def test_no_credit_is_no_block():
    """An empty one would still be a note."""
    assert b"" == exif_of(Credit())
