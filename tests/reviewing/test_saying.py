"""Problems in the words of one language, fit for everybody's eyes."""

from tests.hubs import write

from handbill.errors import Level, Problem, said
from handbill.reviewing.saying import NOTHING, in_words

WHERE = "content/posts/a.md"


def test_problems_are_told_in_the_language_of_the_review(tmp_path):
    """Who approves need not know the language of the program."""
    found = in_words([Problem(WHERE, 1, 0, "", said("a symbolic link"), said("the file itself"), "HB122")], "fr", tmp_path)

    assert ("un lien symbolique", "le fichier lui-même") == (found[0].found, found[0].wanted)
    assert str is type(found[0].found)


def test_what_is_private_is_quoted_by_no_message(tmp_path):
    """The message about the next line must not tell it either."""
    write(tmp_path, {WHERE: "Appelez le 06 12 34 56 78.\n"})
    private = Problem(WHERE, 1, 12, "", "“06 12 34 56 78”", "no number", "HB601", Level.ERROR, 14)
    other = Problem("content/posts/b.md", 1, 0, "", "the words 06 12 34 56 78 again", "", "HB999", Level.NOTE)

    assert not any("34 56" in one.found for one in in_words([private, other], "en", tmp_path))


def test_signs_that_nobody_sees_are_made_visible(tmp_path):
    """A name that turns the line around would say the opposite."""
    assert "\u202e" not in in_words([Problem(WHERE, 1, 0, "", "a\u202eb", "", "HB999")], "en", tmp_path)[0].found


def test_nothing_stays_a_word_of_its_own(tmp_path):
    """Every language has its own sentence for what is missing, and knows it by this."""
    assert NOTHING == in_words([Problem(WHERE, 1, 0, "date", said("nothing"), "", "HB201")], "fr", tmp_path)[0].found
