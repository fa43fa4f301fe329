"""The little CBOR that is read and written: what goes in comes out, in every size of number."""

import pytest

from handbill.outputs.search_cbor import as_array, as_head, as_number, as_text, decoded, head

SIZES = [0, 1, 23, 24, 255, 256, 65535, 65536]


@pytest.mark.parametrize("length", SIZES)
def test_a_text_of_any_length_is_read_again(length):
    """The head of an item grows with its length, and a wrong head loses everything behind it."""
    plain = "é" * (length // 2) + "x" * (length % 2)

    assert plain == decoded(as_text(plain))


@pytest.mark.parametrize("count", [0, 1, 24, 300])
def test_an_array_of_arrays_keeps_its_entries_as_they_are(count):
    """Words are carried from one index to another as they are encoded."""
    entries = [as_array([as_text(str(n)), as_array([]), as_number(n)]) for n in range(count)]

    assert [[str(n), [], n] for n in range(count)] == decoded(as_array(entries))


def test_numbers_of_every_size_are_read():
    """Appendix A of RFC 8949 has these; fields are named by negative ones, and hubs of more than 255 pages have the longer ones."""
    raw = bytes.fromhex("89 00 17 1818 190100 1a00010000 1b0000000100000000 20 3863 3903e7")

    assert [0, 23, 24, 256, 65536, 4294967296, -1, -100, -1000] == decoded(raw)


@pytest.mark.parametrize("number", [*SIZES, 2**32])
def test_a_number_is_written_in_the_fewest_bytes(number):
    """Two ways to write one number would be two indexes of the same pages."""
    raw = as_number(number)

    assert (0, number, len(raw)) == head(raw, 0)
    assert len(raw) == 1 + next(size for least, size in ((24, 0), (2**8, 1), (2**16, 2), (2**32, 4), (2**64, 8)) if number < least)


def test_a_head_holds_its_kind():
    """The first three bits say what an item is."""
    assert [0, 1, 3, 4] == [head(as_head(kind, 500), 0)[0] for kind in (0, 1, 3, 4)]


@pytest.mark.parametrize("raw", ["a10102", "c11a514b67b0", "f5", "430102ff", "5f", "9f"])
def test_what_is_no_text_number_or_array_is_refused(raw):
    """Another format must stop the build, not publish a broken index."""
    with pytest.raises(ValueError, match="not written as it used to be"):
        decoded(bytes.fromhex(raw))
