"""Headers of mails before they leave, on the Python that runs these tests."""

from dataclasses import replace

import pytest
from tests.sending.frozen import frozen_hub, mailing

from handbill.errors import MachineLacks
from handbill.outputs.mail import message
from handbill.sending import probing
from handbill.sending.probing import address_in, faults_of, header, probe

PLAIN = b"From: A <a@b.example>\r\nTo: L <a@b.example>\r\nSubject: Bonjour\r\nDate: x\r\nMessage-ID: <x>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nX-Body: 1\r\n"


def test_this_python_writes_what_it_is_given():
    """If this fails, no letter is sent from here, and that is right."""
    probe()


def test_a_python_that_writes_a_header_too_many_is_found(monkeypatch):
    """CVE-2024-6923 was in every version for years, and a new one may come."""
    real = message.message_of

    def careless(letter, text, html):
        if "\n" in letter.subject:
            return real(probing._PROBE, text, html).replace(b"\r\nTo:", b"\r\nX-Trap: 1\r\nTo:", 1)
        return real(letter, text, html)

    monkeypatch.setattr(probing, "message_of", careless)
    with pytest.raises(MachineLacks, match="nobody asked for"):
        probe()


def test_a_python_that_changes_words_is_found(monkeypatch):
    """A subject folded wrongly loses a space or a sign."""
    real = message.message_of
    monkeypatch.setattr(probing, "message_of", lambda letter, text, html: real(replace(letter, subject="Autre"), text, html))
    with pytest.raises(MachineLacks):
        probe()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (b"To:", b"Bcc: x@y.example\r\nTo:", "the header bcc, which no letter has"),
        (b"To:", b"X-Trap: 1\r\nTo:", "the header x-trap, which no letter has"),
        (b"Subject:", b"SUBJECT: Bonjour\r\nSubject:", "the header subject twice"),
        (b"Subject: Bonjour", b"Subject: Bonsoir", "another subject than that of the letter"),
        (b"Subject: Bonjour", b"Subject: =?utf-8?q?Bonjour=0AX:_1?=", "a control sign within the header Subject"),
        (b"Subject: Bonjour", b"Subject: =?utf-8?b?%%%?=", ""),
        (b"From: A <", b"From: =?utf-8?q?A=0D=0A?= <", "a control sign within the header From"),
        (b"From: A <a@b.example>\r\n", b"", "no header From"),
        (b"Date: x\r\n", b"Date: x\n", "headers that do not end as mail servers want it"),
        (b"Date: x\r\n", b"Date: x\ry\r\n", "headers that do not end as mail servers want it"),
        (b"Date: x", b"Date: \xe9", "headers that do not end as mail servers want it"),
        (b"\r\n\r\nX-Body", b"\r\nX-Body", "headers that do not end as mail servers want it"),
        (b"Date: x\r\n", b"Date: x\r\nno colon here\r\n", "the header no colon here, which no letter has"),
    ],
)
def test_each_fault_of_headers_is_told(old, new, told):
    """A frozen mail may come from another machine, and from another Python."""
    assert [] == list(faults_of(PLAIN, "Bonjour"))
    assert old in PLAIN

    found = list(faults_of(PLAIN.replace(old, new, 1), "Bonjour"))

    assert found
    assert told in found[0]


def test_a_frozen_letter_has_no_fault(tmp_path):
    """Otherwise nobody could send anything."""
    for one in mailing(frozen_hub(tmp_path)).versions:
        assert [] == list(faults_of(one.mail, one.subject))
        assert "lettre@essai.example" == address_in(one.mail)
        assert "List-Unsubscribe=One-Click" == header(one.mail, "list-unsubscribe-post")
        assert header(one.mail, "List-Unsubscribe").startswith("<https://essai.example/sous/adieu/")
        assert "" == header(one.mail, "Bcc")


def test_the_address_is_found_with_a_name_and_without_one():
    """What comes after it is no part of it."""
    assert ("a@b.example", "c@d.example") == (address_in(PLAIN), address_in(b"From: c@d.example\r\n\r\n"))
    assert "a@b.example" == address_in(b"From: =?utf-8?q?=C3=A9?=\r\n <a@b.example>\r\nTo: x\r\n\r\n")
