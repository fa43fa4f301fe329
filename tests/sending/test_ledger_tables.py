"""What a ledger file says it is."""

from __future__ import annotations

import sqlite3

from tests.sending.mailings import ledger_in

from handbill.sending.aftermath import STATES
from handbill.sending.ledger import NAME
from handbill.sending.ledger_tables import APPLICATION, STEPS


def test_a_ledger_says_what_it_is(tmp_path):
    """`file` and a person with a hex editor can tell it from any other database."""
    with ledger_in(tmp_path):
        pass

    header = (tmp_path / "ledger" / NAME).read_bytes()[:72]
    assert b"HBsl" == header[68:72] == APPLICATION.to_bytes(4, "big")
    assert len(STEPS) == int.from_bytes(header[60:64], "big")


def test_a_mail_is_in_one_of_the_states_that_are_told(tmp_path):
    """A state that no report knows would make somebody disappear."""
    with ledger_in(tmp_path):
        pass
    with sqlite3.connect(tmp_path / "ledger" / NAME) as file:
        for state in STATES:
            file.execute("INSERT INTO recipient (mailing, member, lang, row, state) VALUES (1, ?, '', 2, ?)", (state.encode(), state))
        try:
            file.execute("INSERT INTO recipient (mailing, member, lang, row, state) VALUES (1, x'00', '', 2, 'lost')")
        except sqlite3.IntegrityError:
            refused = True
    file.close()

    assert refused


def test_no_step_holds_what_would_cut_a_statement_in_two():
    """Steps are split at their semicolons, because a script of SQLite's own ends the transaction it is in."""
    assert not [step for step in STEPS if "'" in step and ";" in "".join(step.split("'")[1::2])]
    assert not [step for step in STEPS if "TRIGGER" in step.upper()]
