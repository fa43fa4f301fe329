"""Who leaves is left in peace: with a token from any mail, once and again, in any spelling."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from handbill.errors import MachineLacks
from handbill.sending.contract import Answer, Mailing, Outcome, Version
from handbill.sending.keys import member_key, token_of
from handbill.sending.leaving import Done, forget, leave, tokens_of
from handbill.sending.ledger import Ledger
from handbill.sending.members import members_of

SECRET = bytes(range(32))
NOW = datetime(2026, 5, 8, 9, tzinfo=UTC)


@pytest.fixture
def ledger(tmp_path):
    with Ledger.open(tmp_path / "etat", SECRET, tmp_path / "tallies") as opened:
        yield opened


@pytest.fixture
def served(ledger):
    """Return a ledger in which Ada got number 12."""
    version = Version("12", "fr", "d" * 64, "Objet", "https://essai.example/", "", "", b"")
    key = member_key(SECRET, "ada@lettre.example")
    run = ledger.begin(Mailing("main", 12, NOW, (version,)), [(key, "fr", 2)], NOW)
    assert ledger.take(run, key, token=token("ada"))
    ledger.settle(run, key, Answer(Outcome.ACCEPTED, 250), NOW)
    return ledger


@pytest.fixture
def lists(tmp_path):
    """Return what reads a list of Ada and Eve."""
    file = tmp_path / "membres.csv"
    file.write_text("email\nada@lettre.example\neve@lettre.example\n", encoding="utf-8")
    return lambda: members_of(file, SECRET, "main", ("fr",))


def token(name, letter="main", secret=SECRET):
    return token_of(secret, letter, member_key(secret, f"{name}@lettre.example"))


def test_whoever_leaves_gets_nothing_any_more(ledger, lists):
    """Also somebody to whom no letter has gone yet: the page of the community knows their token."""
    assert Done(1, 0, ()) == leave([token("ada")], ledger, lists, NOW)
    assert member_key(SECRET, "ada@lettre.example") in ledger.suppressed()
    assert member_key(SECRET, "eve@lettre.example") not in ledger.suppressed()


def test_to_leave_twice_changes_nothing(ledger, lists):
    """Mail programs repeat the request (RFC 8058), and the file of tokens grows and is read again."""
    leave([token("ada")], ledger, lists, NOW)

    assert Done(0, 1, ()) == leave([token("ada"), token("ada")], ledger, lists, NOW)
    assert member_key(SECRET, "ada@lettre.example") in ledger.suppressed()


def test_what_is_nobodys_token_is_told_by_its_place(ledger, lists):
    """Somebody wanted to leave, and still gets letters."""
    given = [token("ada"), "x", token("ida"), token("eve", secret=bytes(32)), "", token("eve")]

    assert Done(2, 0, (2, 3, 4, 5)) == leave(given, ledger, lists, NOW)


def test_a_list_that_cannot_be_read_keeps_nobody_from_leaving(served):
    """Whom the ledger knows leaves at once, whatever has become of the list."""

    def broken():
        raise MachineLacks("membres.csv: cannot be read")
        yield

    with pytest.raises(MachineLacks):
        leave([token("ida"), token("ada")], served, broken, NOW)
    assert member_key(SECRET, "ada@lettre.example") in served.suppressed()


def test_the_list_is_not_read_for_whom_the_ledger_knows(served):
    """Who left by a button of a mail has been sent one, so a list of a million is seldom read."""
    assert Done(1, 0, (2,)) == leave([token("ada"), "x"], served, lambda: pytest.fail("the list was read"), NOW)


def test_whoever_asks_is_forgotten_and_the_counts_stay(served, lists):
    """A person may ask for it (GDPR, article 17); how many got the letter is nobody's secret."""
    assert Done(1, 0, (2,)) == forget([token("ada"), token("ida")], served, lists)
    assert served.find(token("ada")) is None
    assert 1 == served.standing("main", 12).counts["accepted"]
    assert Done(0, 1, ()) == forget([token("ada")], served, lists)


def test_whoever_left_and_is_forgotten_still_gets_nothing(served, lists):
    """The next export of the list would otherwise write to them again."""
    leave([token("ada")], served, lists, NOW)
    forget([token("ada")], served, lists)

    assert member_key(SECRET, "ada@lettre.example") in served.suppressed()


def test_a_file_of_tokens_is_read_as_pages_write_it():
    """One appends a day, another puts quotes, a spreadsheet a mark before the text."""
    one, two = token("ada"), token("eve")
    text = f'\ufeff{one}\n\n# du 3 mai\n{two.upper()} 2026-05-03\n"{one}",main\n{two};x\r\n'

    assert [one, two, one, two] == list(tokens_of(text.splitlines(keepends=True)))
