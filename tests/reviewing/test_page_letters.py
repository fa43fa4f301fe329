"""Letters that will be other than they were → each as mail programs show it, with its weight and its words."""

from dataclasses import replace

from tests.reviewing.pages import EMPTY, HOSTILE, asset, html, letter

from handbill.errors import Level, Problem
from handbill.reviewing.page_frame import Frame
from handbill.reviewing.page_letters import letters_part
from handbill.reviewing.page_rooms import Rooms
from handbill.reviewing.record import Detail, Run

FRAME = Frame("en")


def part(**more: object) -> str:
    review = replace(EMPTY, letters=(letter(**more),))
    return str(letters_part(review, Rooms(review, asset, FRAME), FRAME))


def test_without_a_letter_there_is_no_such_part():
    """Most proposals mail nothing."""
    assert letters_part(EMPTY, Rooms(EMPTY, asset, FRAME), FRAME) is None


def test_a_letter_shows_its_subject_its_forms_and_its_weight():
    """Everything that somebody approves who approves a letter."""
    shown = part()

    assert "Avril au village</h3>" in shown
    assert "Le puits et la fête" in shown
    assert 2 == shown.count("<iframe ")
    assert "Avril\n\nplein" in shown
    assert "HTML 12 KB of 102 KB, the whole mail 20 KB" in shown
    assert "to be frozen" in shown


def test_a_new_letter_has_one_state():
    """There is nothing before it to be compared with."""
    assert 1 == part(how="added", former={}).count("<iframe ")


def test_a_letter_that_is_other_than_it_was_frozen_is_told_loudly():
    """Somebody has approved other words than those that would leave."""
    shown = part(since_freeze=(Run("gone", "vendredi"), Run("new", "samedi")), frozen="0123456789abcdef0123")

    assert "This letter was frozen, and is another now." in shown
    assert "vendredi</del>" in shown
    assert "0123456789abcdef</code>" in shown


def test_a_letter_that_would_be_cut_off_is_told():
    """A large mail service hides the end of it, and with it the way to unsubscribe."""
    assert "too heavy: it would be cut off" in part(bytes_html=110_000)
    assert "too heavy" not in part()


def test_problems_and_lines_of_the_head_stand_with_their_letter():
    """A subject that became another is in no text of the letter."""
    problem = Problem("newsletters/3.md", 4, 1, "preheader", "nothing", "a sentence", "HB415", Level.WARNING)
    shown = part(problems=(problem,), headers=(Detail("Subject", "Mars", "Avril"),))

    assert "HB415" in shown
    assert "Mars</del>" in shown


def test_words_from_a_letter_are_text():
    """A subject is written by whoever proposes it."""
    shown = part(subject=HOSTILE, preheader=HOSTILE, forms={"mail.html": html(HOSTILE), "mail.txt": HOSTILE.encode()})

    assert "<script" not in shown
    assert "<img" not in shown
    assert "\u202e" not in shown.replace(html(HOSTILE).decode(), "").split('srcdoc="')[0]
