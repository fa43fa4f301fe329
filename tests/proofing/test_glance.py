"""A glance at the words of a text rules out nothing that a proof-reader would find."""

from __future__ import annotations

from tests.cases import for_each

from handbill.proofing import accounts, glance, mails, secrets
from handbill.proofing.galley import ACCOUNT, DOMAIN, DOOR, FORM, KEY, MAILBOX, NUMBER, OPENED, PASSWORD, SIGN, TRACKER
from handbill.proofing.glance import hints_of

DULL = "---\ntitle: Le 1er bal\ndate: 2026-05-01\n---\n\nIl y a [du vin](b.md) (12,50 €), à 18 h. https://a.example/b/ : « ça » !\n"


def test_nothing_is_looked_for_in_most_texts():
    """Hundreds of rules for each of thousands of texts took a quarter of the time of reading them."""
    assert 0 == hints_of(DULL)
    assert 0 == hints_of(DULL)


@for_each(
    ("words", "hint"),
    [
        ("ghp_0123456789abcdefghijklmnopqrstuvwxyz", FORM), ("-----BEGIN RSA PRIVATE KEY-----", FORM),
        ("https://moi:secret1@a.example/", OPENED), ("https://a.example/?utm_source=x", TRACKER), ("https://аpple.com/", DOMAIN),
        ("le mot de passe : x", PASSWORD), ("Mot\u00a0de\u00a0passe", PASSWORD), ("DB_PASSWORD=x", PASSWORD), ("clé du wifi", PASSWORD),
        ("la clé d’API", KEY), ("api_key", KEY), ("access key", KEY), ("le digicode", DOOR), ("code d’entrée", DOOR), ("door code", DOOR),
        ("moi@a.example", MAILBOX), ("moi (at) a.example", MAILBOX), ("moi ( at ) a", MAILBOX), ("moi AT a", MAILBOX), ("a arobase b", MAILBOX),
        ("moi at a dot example", MAILBOX), ("moi＠a", MAILBOX), ("sur Discord", ACCOUNT), ("t.me/moi", ACCOUNT),
        ("06 12 34 56 78", NUMBER), ("0\u202f6.1-2 (3) 45678", NUMBER), ("٠٦١٢٣٤٥٦٧٨", NUMBER), ("1234567\n2026-05-01 12345678", NUMBER),
        ("dop_v1_" + "a1" * 32, FORM), ("https://a.example/%40b", MAILBOX), ("a&#64;b", MAILBOX), ("https://%c3%a9%99.example/", DOMAIN),
        ("deux\u00a0digicodes", DOOR), ("moi\u202fAT\u202fa", MAILBOX), ("xn--80ak6aa92e.example", 0), ("http://xn--80ak6aa92e.example", DOMAIN),
        ("a\u200bb", SIGN), ("a\u2028b", SIGN), ("a\x85b", SIGN), ("&#8203;", SIGN), ("\\u200b", SIGN),
    ],
)  # fmt: skip
def test_what_may_be_found_is_hinted_at(words, hint):
    """A hint too many costs time; one too few would let somebody's number stand on the page."""
    assert hint == hints_of(f"{DULL}\n{words}\n") & hint
    assert hint == hints_of(f"{DULL}\n({words})\n") & hint


@for_each("sign", [*secrets.SIGNS, *mails.HINTS, *accounts.SIGNS])
def test_signs_are_met_whatever_digits_are_in_them(sign):
    """Words that differ in their digits alone count as one, so that a text full of numbers is no text of new words."""
    hint = FORM if sign in secrets.SIGNS else MAILBOX if sign in mails.HINTS else ACCOUNT

    assert hint == hints_of(f"{DULL}\nx{sign}{'x' * 20}\n") & hint


def test_numbers_are_not_remembered_one_by_one():
    """A hub of 5,000 texts has five times as many numbers and addresses with numbers as words."""
    hints_of("https://a.example/1/ le 1 mai, à 12 €")
    before = len(glance._dull)

    assert 0 == hints_of("https://a.example/7/ le 9 mai, à 35 €")
    assert before == len(glance._dull)


def test_words_are_forgotten_before_they_are_too_many(monkeypatch):
    """Numbers and addresses never end, and a server reads for weeks."""
    monkeypatch.setattr(glance, "_MOST", 10)

    found = [hints_of(f"mot{'a' * number} autre{'a' * number} moi@a.example") for number in range(30)]

    assert [MAILBOX] * 30 == found
    assert len(glance._dull) + len(glance._telling) < 20
