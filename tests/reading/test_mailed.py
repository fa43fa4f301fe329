"""What of a letter's text is mailed."""

import pytest

from handbill.reading.mailed import TEXT, mailed_parts, text_digest

LETTER = b"---\nnumber: 1\nsubject: Mai\ndate: 2026-05-07 18:00\nsections: [events]\n---\n\nBonjour.\n"


def changed(old: bytes, new: bytes) -> list[str]:
    assert old in LETTER
    one, other = mailed_parts(LETTER), mailed_parts(LETTER.replace(old, new))
    return sorted(name for name in {*one, *other} if one.get(name) != other.get(name))


@pytest.mark.parametrize(
    ("expected", "old", "new"),
    [
        (["subject"], b"Mai", b"Juin"),
        (["date"], b"18:00", b"19:00"),
        (["sections"], b"[events]", b"[events, posts]"),
        (["preheader"], b"subject:", b"preheader: Un concours\nsubject:"),
        (["number", "subject"], b"number: 1\nsubject: Mai\n", b""),
        ([TEXT], b"Bonjour.", b"Bonsoir."),
        ([TEXT], b"Bonjour.", b"Bonjour.\n\nUn mot encore."),
    ],
)
def test_an_edit_is_told_by_the_name_of_what_was_edited(expected, old, new):
    """Who changed one word looks for that word, not through the whole letter."""
    assert expected == changed(old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"---\n\nBonjour", b"corrections:\n  - date: 2026-05-09\n    text: Pardon.\n---\n\nBonjour"),
        (b"number: 1\n", b"number: 1\naliases: [/lettre/]\ndraft: false\nid: issue:mai\ntags: [jardin]\n"),
        (b"subject: Mai\n", b'subject: "Mai"\n'),
        (b"number: 1\nsubject: Mai\n", b"subject: Mai   # un mot\nnumber: 1\n"),
        (b"[events]", b"\n  - events"),
        (b"Bonjour.\n", b"Bonjour.\n\n\n"),
        (b"subject:", b"preheader:\nsubject:"),
    ],
)
def test_what_no_mail_shows_may_change_for_ever(old, new):
    """A correction, an old address and tidy quotes are no edit of what was mailed."""
    assert [] == changed(old, new)


def test_the_ends_of_lines_say_nothing():
    """A checkout on Windows is no edit."""
    assert mailed_parts(LETTER) == mailed_parts(LETTER.replace(b"\n", b"\r\n"))


def test_the_digest_of_a_text_is_that_of_its_lines():
    """Two people who freeze one letter on two systems get one manifest."""
    assert text_digest(LETTER) == text_digest(LETTER.replace(b"\n", b"\r\n"))
    assert text_digest(LETTER) != text_digest(LETTER + b"\n")


@pytest.mark.parametrize("raw", [b"", b"\xff", b"no fields", b"---\nnumber: [\n---\n"])
def test_a_text_that_cannot_be_read_has_no_parts(raw):
    """The reader says what is wrong with it."""
    assert {} == mailed_parts(raw) or TEXT in mailed_parts(raw)
