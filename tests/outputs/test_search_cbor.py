"""The little CBOR that is read and written: what goes in comes out, in every size of number."""

import pytest

from handbill.outputs.search_cbor import as_array, as_text, items, numbers, text


@pytest.mark.parametrize("length", [0, 1, 23, 24, 255, 256, 65536])
def test_a_text_of_any_length_is_read_again(length):
    """The head of an item grows with its length, and a wrong head loses everything behind it."""
    plain = "é" * (length // 2) + "x" * (length % 2)

    assert plain == text(as_text(plain))


@pytest.mark.parametrize("count", [0, 1, 24, 300])
def test_an_array_of_arrays_keeps_its_entries_as_they_are(count):
    """Entries are sorted without being understood."""
    entries = [as_array([as_text(str(n)), as_array([])]) for n in range(count)]

    assert entries == items(as_array(entries))


def test_numbers_of_every_size_are_read():
    """Appendix A of RFC 8949 has these; hubs of more than 255 pages have the longer ones."""
    raw = bytes.fromhex("86 00 17 1818 190100 1a00010000 1b0000000100000000")

    assert [0, 23, 24, 256, 65536, 4294967296] == numbers(raw)


def test_maps_and_tags_are_stepped_over():
    """Later versions of pagefind may put them beside what is sorted."""
    assert [bytes.fromhex("a10102"), bytes.fromhex("c11a514b67b0"), b"\xf5"] == items(bytes.fromhex("83 a10102 c11a514b67b0 f5"))


def test_what_is_no_array_is_refused():
    """Another format must stop the build, not publish a broken index."""
    with pytest.raises(ValueError, match="no array"):
        items(as_text("x"))
