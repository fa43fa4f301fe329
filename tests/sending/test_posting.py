"""One member's mail: the frozen bytes with the token in its places, and not a byte else."""

from __future__ import annotations

import email
from dataclasses import replace
from email import policy

import pytest
from tests.cases import for_each
from tests.outputs.mail.letters import letter

from handbill.outputs.mail.message import message_of
from handbill.outputs.mail.record import TOKEN
from handbill.sending.contract import Version
from handbill.sending.keys import member_key, token_of
from handbill.sending.posting import Unpostable, post

MEMBER = token_of(bytes(32), "main", member_key(bytes(32), "ada@lettre.example"))
LEAVE = f"https://lettre.essai.example/adieu/{TOKEN}"
TEXT = f"Bonjour à toutes et à tous !\n\nFrom ici, {'é' * 100}\n⟨{LEAVE}⟩\n"
HTML = f'<!doctype html><p>Été</p>{"<p>été</p>" * 200}<a href="{LEAVE}">adieu</a>{"x" * 60}<a href="{LEAVE}">adieu</a>\n'


def version(text=TEXT, html=HTML, mail=None, **changes):
    """Return a letter with its mail; *changes* are made to its record."""
    mail = message_of(letter(unsubscribe=LEAVE, **changes), text, html) if mail is None else mail
    return Version("12", "fr", "d" * 64, "En mai, on répare dehors", "https://essai.example/newsletters/mai/", html, text, mail)


def read(raw):
    return email.message_from_bytes(raw, policy=policy.SMTP)


def test_a_member_gets_the_frozen_bytes_with_the_token_in_its_places():
    """What was approved is what is sent, byte for byte."""
    frozen = version()
    mail = post(frozen, MEMBER)

    assert frozen.mail == mail.replace(MEMBER.encode(), TOKEN.encode())
    assert 4 == mail.count(MEMBER.encode())
    assert TOKEN.encode() not in mail


def test_only_the_headers_for_leaving_differ():
    """Read as a receiver does, by a parser that is not ours."""
    frozen = version(unsubscribe_mail="adieu@lettre.essai.example")
    before, after = read(frozen.mail), read(post(frozen, MEMBER))

    assert before.keys() == after.keys()
    assert {"List-Unsubscribe"} == {name for name in before.keys() if before[name] != after[name]}  # noqa: SIM118
    assert (
        f"<https://lettre.essai.example/adieu/{MEMBER}>, <mailto:adieu@lettre.essai.example?subject=unsubscribe%20{MEMBER}>"
        == after["List-Unsubscribe"]
    )


def test_both_texts_are_those_of_the_letter():
    """The link at the foot must be this member's own."""
    parts = [part.get_content().replace("\r\n", "\n") for part in read(post(version(), MEMBER)).iter_parts()]

    assert [TEXT.replace(TOKEN, MEMBER), HTML.replace(TOKEN, MEMBER)] == parts


@for_each("before", range(40, 80))
def test_a_token_at_any_place_of_a_line_is_found(before):
    """A line break in the midst of one would leave the placeholder in the member's mail."""
    text = "x" * before + LEAVE + "\n"

    assert text.replace(TOKEN, MEMBER) == read(post(version(text=text), MEMBER)).get_body(("plain",)).get_content().replace("\r\n", "\n")


@pytest.mark.parametrize(
    "token", ["", MEMBER[:-1], MEMBER + "a", MEMBER.upper(), MEMBER[:-2] + "\r\n", MEMBER[:-1] + "\n", TOKEN, "é" * 32, MEMBER[:-1] + "="]
)
def test_what_is_no_token_is_not_put_in(token):
    """In a header it could end the line and begin another."""
    with pytest.raises(Unpostable):
        post(version(), token)


def test_a_mail_that_cuts_the_token_is_refused():
    """Its reader could not leave, and would be told so by their mail program."""
    frozen = version()
    cut = frozen.mail[::-1].replace(TOKEN.encode()[::-1], (TOKEN[:9] + "=\r\n" + TOKEN[9:]).encode()[::-1], 1)[::-1]

    with pytest.raises(Unpostable, match="found 2 places"):
        post(replace(frozen, mail=cut), MEMBER)


def test_a_mail_that_lost_its_token_is_refused():
    """An address for leaving was promised; a mail without it is one that nobody can leave."""
    frozen = version()
    lost = frozen.mail.replace(TOKEN.encode(), b"x" * 32, 1)

    with pytest.raises(Unpostable, match="does not say who leaves"):
        post(replace(frozen, mail=lost), MEMBER)


def test_a_letter_that_holds_a_members_own_token_is_refused():
    """A draft that was copied from a mail one got has it; everybody would be handed that member's way to leave."""
    with pytest.raises(Unpostable, match="differ from the frozen one in more than the token"):
        post(version(text=f"{TEXT}https://lettre.essai.example/adieu/{MEMBER}\n"), MEMBER)


def test_a_token_in_another_spelling_is_refused():
    """A theme that writes addresses in capitals would mail the placeholder to everybody."""
    html = HTML + TOKEN.upper()

    with pytest.raises(Unpostable, match="another spelling"):
        post(version(html=html), MEMBER)


def test_a_letter_that_is_left_by_writing_a_mail_needs_no_token():
    """Whoever writes to `mailto:` is who leaves."""
    plain = message_of(letter(unsubscribe="mailto:adieu@lettre.essai.example"), "Bonjour", "<p>Bonjour</p>")

    assert plain == post(version(text="Bonjour", html="<p>Bonjour</p>", mail=plain), MEMBER)
