"""Mails as their words and headers are compared."""

from __future__ import annotations

from handbill.outputs.mail.wrapping import wrapped
from handbill.reviewing.letter_text import headers_of, lines_of
from handbill.reviewing.record import Detail

LONG = "Vous en avez un, vous aussi. Prenez-le en photo et racontez-le en trois phrases, et le premier prix est sa réparation, avec vous."


def test_a_line_that_was_broken_to_fit_is_whole_again():
    """One word more in the first line must not make all lines after it look changed."""
    assert len(wrapped(LONG).split("\n")) > 1
    assert lines_of(f"Bonjour,\n\n{wrapped(LONG)}\n\nÀ bientôt") == ("Bonjour,", LONG, "À bientôt")


def test_entries_and_quotes_are_whole_as_well():
    """They go on with an indentation or a mark of quotation on each line."""
    assert lines_of(wrapped(f"- {LONG}")) == (f"- {LONG}",)
    assert lines_of(wrapped(f"> {LONG}")) == (f"> {LONG}",)


def test_lines_that_end_where_they_end_stay_apart():
    """A title, a date and a place are three things."""
    assert lines_of("Samedi 28 novembre\n  Atelier affûtage\n  https://a.example/x/") == (
        "Samedi 28 novembre", "Atelier affûtage", "https://a.example/x/",
    )  # fmt: skip


def test_the_rule_below_a_heading_is_no_word():
    """It is as long as the heading, and would be told as another change."""
    assert lines_of("Un titre\n========\n\nUn autre\n--------\n") == ("Un titre", "Un autre")


def test_nothing_has_no_lines():
    """A letter that could not be made has no text."""
    assert lines_of("") == lines_of("\n\n") == ()


def test_headers_are_told_as_a_program_shows_them():
    """A subject in quoted-printable says nothing to a reviewer."""
    mail = (
        b"From: Essai <a@essai.example>\r\nSubject: =?utf-8?q?L=E2=80=99=C3=A9t=C3=A9?=\r\nMessage-ID: <1@x>\r\n\r\nSubject: no header\r\n"
    )

    assert headers_of(None, mail) == (Detail("From", "", "Essai <a@essai.example>"), Detail("Subject", "", "L’été"))


def test_headers_that_stay_are_told_too():
    """Whoever approves a letter sees from whom it comes, also when that did not change."""
    assert headers_of(b"From: a@x\r\nReply-To: b@x\r\n\r\n", b"From: a@x\r\nSubject: S\r\n\r\n") == (
        Detail("From", "a@x", "a@x"), Detail("Subject", "", "S"), Detail("Reply-To", "b@x", ""),
    )  # fmt: skip


def test_a_header_that_no_program_can_read_is_shown_as_it_stands():
    """A frozen mail that somebody changed by hand must be seen, not stop the review."""
    assert headers_of(None, b"Subject: =?klingon?q?x?=\r\n\r\n") == (Detail("Subject", "", "=?klingon?q?x?="),)
    assert headers_of(None, b"Subject: =?utf-8?b?a?=\r\n\r\n")[0].after
