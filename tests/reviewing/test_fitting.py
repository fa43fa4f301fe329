"""Blocks of lines in a given room."""

from tests.cases import for_each

from handbill.reviewing.fitting import Block, fitted

BLOCKS = (
    Block(("first",), tuple(f"- {n} é" for n in range(20))),
    Block(("second",), tuple(f"- {n}" for n in range(20)), ("end",)),
)
FOOT = ("", "foot")


def test_where_there_is_room_nothing_is_left_out():
    """The usual comment has ten lines."""
    text = fitted(BLOCKS, FOOT, 60_000, "en")

    assert ["first", *BLOCKS[0].entries, "second", *BLOCKS[1].entries, "end", *FOOT] == text.splitlines()


def test_what_just_fits_is_not_cut():
    """One byte less, and an entry goes."""
    # The line that tells how many were left out has its place from the beginning.
    room = len(fitted(BLOCKS, FOOT, 60_000, "en").encode("utf-8")) + 2 * len("- … and 20 more, in the pack\n".encode())

    assert "19 é" in fitted(BLOCKS, FOOT, room, "en")
    assert "- 19\nend" in fitted(BLOCKS, FOOT, room, "en")
    assert "- 18\n- … and 1 more, in the pack\nend" in fitted(BLOCKS, FOOT, room - 1, "en")
    assert ["first", "- … and 20 more, in the pack", *FOOT] == fitted(BLOCKS[:1], FOOT, 44, "en").splitlines()


def test_what_was_left_out_from_the_beginning_is_said():
    """Ten problems are shown of a hundred, whatever room there is."""
    assert "> - … and 90 more, in the pack\n" in fitted([Block((), ("x",), lead="> - ", left=90)], FOOT, 1000, "en")


@for_each("most", range(60, 400, 7))
def test_it_is_never_longer_and_says_what_is_left_out(most):
    """A comment that is too long by one is refused, and then nobody reads anything."""
    text = fitted(BLOCKS, FOOT, most, "fr")
    lines = text.splitlines()

    assert most >= len(text.encode("utf-8"))
    assert ["", "foot"] == lines[-2:]
    for block in BLOCKS:
        if block.opening[0] in lines:
            shown = [entry for entry in block.entries if entry in lines]
            left = len(block.entries) - len(shown)
            assert list(block.entries[: len(shown)]) == shown
            assert not left or any(f"et {left} de plus" in line for line in lines)
            assert not block.closing or "end" in lines


def test_the_first_block_has_the_choice():
    """An error is worth more than the fortieth page."""
    lines = fitted(BLOCKS, FOOT, 260, "en").splitlines()
    at = lines.index("second")

    assert list(BLOCKS[0].entries) == lines[1:at]
    assert 6 == sum(line in BLOCKS[1].entries for line in lines[at:])


def test_where_there_is_hardly_room_the_last_blocks_go():
    """The first line is by what the comment is found again."""
    assert ["first", "- … and 20 more, in the pack", *FOOT] == fitted(BLOCKS, FOOT, 45, "en").splitlines()
    assert list(FOOT) == fitted(BLOCKS, FOOT, 6, "en").splitlines()
