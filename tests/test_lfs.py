"""Notes that Git LFS leaves in the place of files."""

from handbill.lfs import LONGEST, is_pointer

LINE = b"version https://git-lfs.github.com/spec/v1\n"
POINTER = LINE + b"oid sha256:" + b"4d7a2146" * 8 + b"\nsize 12345\n"


def test_a_pointer_is_known_by_its_first_line():
    """Whoever forgot to fetch would look for a fault in a picture that is none."""
    assert is_pointer(POINTER)


def test_a_file_that_only_speaks_of_it_is_none():
    """A text about Git LFS quotes such a line, and a long file that begins with one is no note."""
    assert not is_pointer(b"---\n" + LINE)
    assert not is_pointer(LINE.ljust(LONGEST, b"x"))
