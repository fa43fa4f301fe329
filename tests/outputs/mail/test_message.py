"""The MIME message."""

import email
import re
from email import policy

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.outputs.mail.letters import LETTER, letter

from handbill.outputs.mail.headers import Refused
from handbill.outputs.mail.message import Injected, message_of, quoted
from handbill.outputs.mail.record import TOKEN

TEXT = "Bonjour à toutes et à tous !\n\n.\nFrom ici, " + "é" * 100 + "\n" + f"https://essai.example/{TOKEN}\n"
HTML = "<!doctype html><p>Bonjour</p>" + "<p>été</p>" * 200 + f'<a href="https://essai.example/{TOKEN}">adieu</a>\n'


def read(raw):
    return email.message_from_bytes(raw, policy=policy.SMTP)


def test_both_forms_come_back_as_they_went_in_the_text_first():
    """Programs prefer the last form that they can show."""
    parts = list(read(message_of(LETTER, TEXT, HTML)).iter_parts())

    assert ["text/plain", "text/html"] == [part.get_content_type() for part in parts]
    assert [TEXT, HTML] == [part.get_content().replace("\r\n", "\n") for part in parts]


def test_subject_and_people_come_back_as_they_were_written():
    """They are what members see first."""
    mail = read(message_of(letter(sender="L'été <lettre@essai.example>"), TEXT, HTML))

    assert "En mai, on répare dehors" == mail["Subject"]
    assert "L'été" == mail["From"].addresses[0].display_name
    assert "lettre@essai.example" == mail["From"].addresses[0].addr_spec
    assert "2026-05-07T18:00:00+02:00" == mail["Date"].datetime.isoformat()


def test_lines_are_what_every_mail_server_takes():
    """ASCII, ended by CR LF, quoted-printable of at most 76 signs."""
    raw = message_of(LETTER, TEXT, HTML)

    assert raw.isascii()
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert b"\r" not in raw.replace(b"\r\n", b"")
    head, body = raw.split(b"\r\n\r\n", 1)
    assert max(map(len, head.split(b"\r\n"))) <= 998
    assert max(map(len, body.split(b"\r\n"))) <= 76


def test_the_same_letter_is_the_same_bytes_and_another_has_another_name():
    """What was approved is what is sent; the standard library would draw a boundary by lot."""
    raw = message_of(LETTER, TEXT, HTML)

    assert raw == message_of(LETTER, TEXT, HTML)
    assert read(raw)["Message-ID"] != read(message_of(LETTER, TEXT + "x", HTML))["Message-ID"]
    assert read(raw).get_boundary() != read(message_of(LETTER, TEXT, HTML + "x")).get_boundary()


def test_the_token_stands_whole_in_the_bytes():
    """Sending replaces it there, so that nothing else moves."""
    raw = message_of(LETTER, TEXT, HTML)

    assert 3 == raw.count(TOKEN.encode())
    mine = raw.replace(TOKEN.encode(), b"0123456789abcdef0123456789abcdef")
    assert "https://essai.example/0123456789abcdef0123456789abcdef" in read(mine).get_body(("plain",)).get_content()
    assert len(raw) == len(mine)


@given(st.lists(st.one_of(st.text(max_size=90), *map(st.just, (TOKEN, "=", "\n", "\r", "From ", ".")))))
def test_quoting_loses_nothing_and_never_cuts_a_token(pieces):
    """Wherever the token stands in the line."""
    import quopri

    content = "".join(pieces).encode("utf-8", "replace").decode("utf-8")
    made = quoted(content)

    assert content.encode("utf-8") == quopri.decodestring(made.encode("ascii"))
    assert all(len(line) <= 76 for line in made.split("\n"))
    assert made.count(TOKEN) == content.count(TOKEN)
    assert not re.search(r"[ \t]$", made, re.MULTILINE)


def test_no_line_begins_as_the_next_mail_of_a_mailbox_does():
    """Servers that keep mails in one file write “>From” there, and the signature no longer fits; “.” alone ends a mail."""
    assert "=46rom ici\n=2E\n" == quoted("From ici\n.\n")
    assert not re.search(r"^(From |\.$)", quoted("mot " * 19 + "From " * 90 + "\n" + "x" * 73 + "From ici"), re.MULTILINE)


def test_a_lone_carriage_return_is_no_line_end():
    """Some servers take it for one, and what follows for another line."""
    raw = message_of(LETTER, "un\rdeux\n", "<p>un\rdeux</p>\n")

    assert b"un=0Ddeux" in raw
    assert b"\r" not in raw.replace(b"\r\n", b"")


def test_its_name_follows_from_what_is_mailed_alone():
    """What the record is made of may change with the program; a letter that is built anew must keep its name."""
    raw = message_of(LETTER, TEXT, HTML)

    assert raw == message_of(letter(title="Autrement", colours=()), TEXT, HTML)
    assert read(raw)["Message-ID"] != read(message_of(letter(reply_to=""), TEXT, HTML))["Message-ID"]


def test_a_value_that_must_not_stand_in_a_header_makes_no_mail():
    """Refused before a byte is written."""
    with pytest.raises(Refused):
        message_of(letter(subject="x =?UTF-8?Q?=0A?=Bcc: mal@mal.example"), TEXT, HTML)


def test_headers_that_are_not_those_meant_are_found_when_read_again(monkeypatch):
    """The last guard knows nothing of how the injection was done: it reads what a receiver would read."""
    from handbill.outputs.mail import message

    monkeypatch.setattr(
        message, "headers_of", lambda said, _: (("From", "a@b.example"), ("Subject", f"{said.subject}\r\nBcc: mal@mal.example"))
    )
    with pytest.raises(Injected, match="Bcc"):
        message_of(letter(subject="x"), TEXT, HTML)

    monkeypatch.setattr(message, "headers_of", lambda *_: (("From", "a@b.example\r\n\tb"), ("Subject", "x")))
    message_of(letter(subject="x"), TEXT, HTML)
    monkeypatch.setattr(message, "headers_of", lambda *_: (("From", "a@b.example"), ("Subject", "y")))
    with pytest.raises(Injected, match="“y” instead of “x”"):
        message_of(letter(subject="x"), TEXT, HTML)
