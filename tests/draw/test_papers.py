"""The public files of a contest, read as far as they can be."""

import pytest
from tests.draw.samples import archive

from handbill.draw.committed import moment_in
from handbill.draw.papers import Papers, Unchecked, Wrong, papers_of, plain, told
from handbill.errors import said

WHOLE = archive()


def test_whole_files_are_read():
    """The record and the draw are what all else is compared with."""
    papers = papers_of(WHOLE)

    assert "2026-ete-photo" == papers.record.contest == papers.draw.contest
    assert "draw" == papers.terms["mechanism"]


@pytest.mark.parametrize("raw", [b"", b"garbage", b"\x00" * 1_000, WHOLE["pool.txt"]])
@pytest.mark.parametrize("name", ["record.json", "draw.json"])
def test_what_cannot_be_read_is_said_and_nothing_is_compared_with_it(name, raw):
    """One broken download must not hide what the other files still tell."""
    papers = papers_of({**WHOLE, name: raw})

    with pytest.raises(Unchecked, match=f"{name} cannot be read"):
        papers.record if name == "record.json" else papers.draw  # noqa: B018


def test_nothing_at_all_is_read_as_nothing():
    """Somebody points at an empty folder."""
    with pytest.raises(Unchecked):
        papers_of({}).terms  # noqa: B018


def test_before_its_draw_a_contest_has_none():
    """A file called draw.json that no record knows is nobody's draw."""
    papers = papers_of({**archive(until="frozen"), "draw.json": WHOLE["draw.json"]})

    with pytest.raises(Unchecked, match="nothing is drawn yet"):
        papers.draw  # noqa: B018


def test_a_digest_is_compared_in_full_and_told_in_full():
    """A person compares what is printed with what stands in a letter."""
    papers: Papers = papers_of(WHOLE)

    papers.digest("pool.txt", papers.digests["pool.txt"], said("that of the pool"))
    with pytest.raises(Wrong, match=f"{papers.digests['pool.txt']}, wanted {'0' * 64}"):
        papers.digest("pool.txt", "0" * 64, said("that of the pool"))
    with pytest.raises(Wrong, match=r"pool\.csv is not there"):
        papers.digest("pool.csv", "0" * 64, said("that of the pool"))


def test_what_strangers_wrote_is_told_short_and_printable():
    """A file from elsewhere must not paint over the reader's terminal."""
    sentence = plain(said("{file}: found {found}", file="\x1b[2Jdraw.json", found=said("{n} of {word}", n=3, word="x" * 1_000)))

    assert "\x1b" not in sentence
    assert 300 > len(sentence)
    assert 3 == sentence.values["found"].values["n"]


def test_moments_are_told_with_their_zone():
    """Whoever reads it sits in another."""
    assert "2026-07-03 16:00:00 UTC" == told(moment_in("2026-07-03T16:00:00Z"))
