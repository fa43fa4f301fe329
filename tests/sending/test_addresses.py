"""Addresses as people and forms write them: what is taken is one mailbox and nothing more, and what is refused is never shown.

The addresses stand in ``tests/hostile/addresses/``; email-validator, asked in full, is the judge of what may be taken.
"""

from __future__ import annotations

import re

import email_validator
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.cases import for_each
from tests.sending.hostile import injecting, lines

from handbill.sending.addresses import Unfit, checked, normal

REAL = lines("real")
ODD = lines("odd")

#: What the standards allow and a list of members had better not: signs of shells and routes, letters that look Latin.
STRICTER = 8


def judged(address):
    """Return the address as email-validator writes it, or None where it refuses it; nothing is looked up."""
    try:
        return email_validator.validate_email(address.strip(" \xa0"), check_deliverability=False).ascii_email
    except email_validator.EmailNotValidError:
        return None


def taken(address):
    try:
        return checked(address)
    except Unfit:
        return None


@for_each(("code", "address"), injecting(), ids=ascii)
def test_what_carries_more_than_an_address_is_refused(code, address):
    """A line end makes a header, a backquote a command, a Cyrillic “а” another person's mail."""
    with pytest.raises(Unfit) as refusal:
        checked(address)

    assert code == refusal.value.code


@pytest.mark.parametrize(("told", "address"), [line.split("\t", 1) for line in lines("told")], ids=ascii)
def test_whoever_is_refused_is_told_what_was_found_and_what_was_wanted(told, address):
    """Members mend their address in a form, and see nothing but this line."""
    with pytest.raises(Unfit) as refusal:
        checked(address)

    assert told == f"{refusal.value} [{refusal.value.code}]"


@for_each("address", REAL, ids=ascii)
def test_an_address_that_somebody_has_is_taken_as_the_judge_takes_it(address):
    """Whoever is refused here gets no letter, and has done nothing wrong: none of a hundred may be."""
    assert judged(address) == checked(address)


@for_each("address", ODD, ids=ascii)
def test_an_oddity_is_never_taken_where_the_judge_refuses_it(address):
    """A way that is quicker must not be wider."""
    assert taken(address) in (None, judged(address))


def test_there_are_three_hundred_addresses_and_few_are_refused_that_the_judge_takes():
    """The figures that we promise: 300 addresses, at most 1 % of the real ones refused."""
    refused = [address for address in ODD if judged(address) and not taken(address)]

    assert 300 <= len(injecting()) + len(REAL) + len(ODD)
    assert STRICTER >= len(refused)
    assert [] == [address for address in REAL if not taken(address)]


@given(st.text(max_size=40) | st.from_regex(r"[A-Za-z0-9.+'_-]{1,12}@([A-Za-z0-9-]{1,9}\.){1,3}[a-zA-Z0-9-]{1,9}", fullmatch=True))
@example("ada@lettre.example1")
@example("a@" + "b" * 64 + ".example")
def test_whatever_is_taken_is_one_plain_address(text):
    """Nobody can list what strangers will write into a form."""
    address = taken(text)

    if address is not None:
        assert judged(text) == address
        assert re.fullmatch(r"[!-~]+", address)
        assert 1 == address.count("@")


def test_a_refusal_does_not_repeat_the_address():
    """It ends in a log that people pass around: it may hold a number, or the number of one sign, and nothing that was written."""
    for address in [*(one for _, one in injecting()), *ODD, "a" * 65 + "@lettre.example", f"ada@{'b' * 63}." * 5]:
        try:
            checked(address)
        except Unfit as refusal:
            for said in (refusal.found, refusal.wanted):
                assert "{address}" not in said.pattern
                assert all(isinstance(one, int) or re.fullmatch(r"U\+[0-9A-F]{4,6}|! % \| ` \$", str(one)) for one in said.values.values())


def test_an_address_has_the_length_that_servers_take():
    """A longer one is cut by some of them, and then belongs to somebody else."""
    domain = ".".join(["b" * 60] * 3) + ".example"
    local = "a" * (254 - 1 - len(domain))

    assert f"{local}@{domain}" == checked(f"{local}@{domain}")
    assert f"#{'a' * 63}@lettre.example" == checked(f"#{'a' * 63}@lettre.example")
    for long in (f"a{local}@{domain}", f"{'a' * 65}@lettre.example", f"a@{'é' * 60}.example"):
        with pytest.raises(Unfit) as refusal:
            checked(long)
        assert "HB615" == refusal.value.code


def test_a_whole_book_in_a_cell_is_not_looked_at_sign_by_sign():
    """One line of a list may hold a megabyte."""
    for signs, code in ((1000, "HB616"), (1001, "HB615")):
        with pytest.raises(Unfit) as refusal:
            checked("\u200b" * signs)
        assert code == refusal.value.code
    assert "found an address of 1001 signs, wanted at most 254 signs" == str(refusal.value)


def test_two_texts_that_are_no_addresses_are_not_taken_for_one():
    """Whoever left by a misspelt address must not take others along."""
    assert normal("É b@lettre.example") == normal("é B@lettre.example")
    assert normal("É b@lettre.example") != normal("À b@lettre.example")


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("Ada@Lettre.Example", "ada@lettre.example"),
        ("ada@été.example", "ada@xn--t-9fab.example"),
        (" ada@lettre.example\xa0", "ada@lettre.example"),
    ],
)
def test_two_spellings_of_one_address_are_one(written, same):
    """Otherwise somebody gets two letters, or one after having left."""
    assert same == normal(written) == normal(same)
