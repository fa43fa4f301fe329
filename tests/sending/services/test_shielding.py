"""A letter goes through a service's template language and comes out as it was; the real engines were tried as decision 0045 tells."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from tests.sending.services.fake_buttondown import LEAVING as DJANGO_WAY
from tests.sending.services.fake_buttondown import rendered as django
from tests.sending.services.fake_listmonk import LEAVING as GO_WAY
from tests.sending.services.fake_listmonk import rendered as go
from tests.sending.services.ways import HTML, TOKEN, WAY, version

from handbill.sending.contract import Unsupported
from handbill.sending.services.buttondown import LEAVING as DJANGO_LEAVING
from handbill.sending.services.listmonk import LEAVING as GO_LEAVING
from handbill.sending.services.shielding import django_line, for_django, for_go, go_line, headers_of, kept_headers, parted, sender_of

BITS = [
    "{{", "}}", "{", "}", "{%", "%}", "{#", "#}", "<!-- c -->", "<", ">", "&", '"', "'", "\\", "\n", "\r\n", "\t", "`", "@TrackLink",
    "https://a.example/x@TrackLink", '<a href="https://a.example/">', "<a href='https://a.example/'>", "é", "🎉", "\x00", "\ufeff",
    "{{ UnsubscribeURL }}", '{{ TrackLink "https://x" }}', "{{ subscriber.email }}", "{% if x %}", "\\x7b", "\\u0041",
]  # fmt: skip


def test_whatever_a_letter_holds_comes_out_as_it_was():
    """Two braces in a letter about programming must not stop it, nor tell it the members' addresses."""
    chance = random.Random(45)
    for _ in range(1500):
        pieces = ["".join(chance.choices(BITS, k=chance.randrange(20))) + " " for _ in range(2)]
        assert GO_WAY.join(pieces) == go(for_go(pieces, GO_LEAVING))
        assert DJANGO_WAY.join(pieces) == django(for_django(pieces, DJANGO_LEAVING))
        line = pieces[0].replace("\n", " ")
        assert line == (go(go_line(line)) if "{{" in line or "@TrackLink" in line else go_line(line))
        assert line == django(django_line(line))


def test_nothing_that_listmonk_looks_for_stands_in_what_it_gets():
    """It changes the source of a template before Go reads it: short forms of orders, and on request every link."""
    written = for_go(parted(version(), HTML), GO_LEAVING)

    assert GO_LEAVING in written
    for sign in ("@TrackLink", '<a href="', "<a href='", "{{ .Subscriber"):
        assert sign not in written


def test_a_letter_is_cut_where_a_member_leaves():
    """There, and nowhere else, each member gets an address of their own."""
    assert ["<a href='", "'>x"] == parted(version(), f"<a href='{WAY}'>x")
    assert ["", " or ", ""] == parted(version(), f"{WAY} or {WAY}")


def test_an_address_with_an_ampersand_is_found_as_html_writes_it():
    """In the header it is written otherwise than in the page."""
    mail = f"From: a@b.example\r\nList-Unsubscribe: <https://x.example/?a=1&t={TOKEN}>\r\n\r\n".encode()
    one = replace(version(), mail=mail)

    assert ["<", ">"] == parted(one, f"<https://x.example/?a=1&amp;t={TOKEN}>")
    assert ["(", ")"] == parted(one, f"(https://x.example/?a=1&t={TOKEN})")


@pytest.mark.parametrize("content", ["", "Bonjour", f"{WAY} et {TOKEN}", f"{TOKEN}"])
def test_a_part_without_a_way_to_leave_is_refused(content):
    """Also the text part needs it: some read nothing else."""
    with pytest.raises(Unsupported):
        parted(version(), content)


def test_a_mail_address_alone_is_no_way_to_leave():
    """A service cannot receive it."""
    mail = f"From: a@b.example\r\nList-Unsubscribe: <mailto:adieu@b.example?subject=unsubscribe%20{TOKEN}>\r\n\r\n".encode()
    with pytest.raises(Unsupported):
        parted(replace(version(), mail=mail), f"<a href='mailto:adieu@b.example?subject=unsubscribe%20{TOKEN}'>")


def test_headers_are_read_from_the_frozen_mail():
    """What was approved stands there, and not in today's settings."""
    headers = headers_of(version())
    kept = dict(kept_headers(version()))

    assert headers["List-Id"] == kept["List-Id"]
    assert not any("\n" in value or "\r" in value for value in headers.values())
    assert not any(TOKEN in value for value in kept.values())
    assert "Le village <lettre@essai.example>" == sender_of(version())
