"""Packed files: browsers unpack them to the same bytes, and every machine packs them alike."""

import gzip
import random

import pytest

from handbill.outputs import search_pack
from handbill.outputs.search_pack import packed, version

BYTES = {
    "nothing but a letter": b"x",
    "words": "Une lampe, là-bas. ".encode() * 500,
    "chance": random.Random(3).randbytes(5_000),
    "more than one strip of a picture": random.Random(4).randbytes(200_000) + b"a" * 900_000,
}


@pytest.mark.parametrize("raw", BYTES.values(), ids=BYTES)
def test_what_is_packed_is_unpacked_as_it_was(raw):
    """A byte lost would be an index that cannot be read."""
    assert raw == gzip.decompress(packed(raw))


def test_words_are_packed_small():
    """A search on a slow line waits for every byte."""
    assert len(packed(BYTES["words"])) < len(BYTES["words"]) / 20


def test_neither_moment_nor_system_is_in_a_packed_file():
    """Files of the index are named after their content; bytes 4 to 9 of a gzip file tell moment and system (RFC 1952)."""
    assert bytes.fromhex("1f8b08 00 00000000 00 ff") == packed(b"lampe")[:10]


def test_the_packer_has_a_version_of_its_own():
    """Another one packs otherwise, and nothing that the old one packed may stay."""
    from PIL import __version__

    assert __version__ in version()


def test_a_picture_in_more_than_one_piece_is_refused(monkeypatch):
    """Half of the bytes would be missing without a word."""
    tiff = b"II*\0" + (8).to_bytes(4, "little") + (1).to_bytes(2, "little")
    tiff += (273).to_bytes(2, "little") + (4).to_bytes(2, "little") + (2).to_bytes(4, "little") + bytes(4)

    with pytest.raises(ValueError, match="more than one strip"):
        search_pack._strip(tiff)
