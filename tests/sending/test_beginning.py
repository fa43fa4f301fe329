"""What keeps a number from being sent, in words that say what to do."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.sending.mailings import NOW, audience, counts, ledger_in, mailing

from handbill.sending.beginning import Behind, begun
from handbill.sending.tally import Tally


def tally(folder: Path, count: int) -> Tally:
    tally = Tally(folder, "main", 11)
    tally.raise_to(count)
    tally.close()
    return tally


def test_what_a_run_finds(tmp_path):
    """The first fixes the audience, the second goes on; what is told to the operator differs."""
    with ledger_in(tmp_path) as ledger:
        first, handed = ledger._file.write(lambda at: begun(at, mailing(), audience(2), NOW, tally(tmp_path, 0)))
        again, handed_again = ledger._file.write(lambda at: begun(at, mailing(), audience(9), NOW, tally(tmp_path, 0)))

        assert (True, 1, 0, 0) == (first.is_first, first.attempt, first.cut_off, handed)
        assert (False, 2, 0, 0) == (again.is_first, again.attempt, again.cut_off, handed_again)
        assert {"queued": 2} == counts(ledger)


def test_one_mail_more_than_the_ledger_knows_is_enough_to_stop(tmp_path):
    """The message is all that the operator has in that minute: what was found, why nothing is sent, what to do."""
    with ledger_in(tmp_path) as ledger, pytest.raises(Behind) as caught:
        ledger._file.write(lambda at: begun(at, mailing(), audience(2), NOW, tally(tmp_path, 1)))

    assert (
        "the ledger knows of 0 mails of main 11, and 1 were handed over; nothing is sent, because it could reach people twice."
        " Put back the newest ledger; if there is none, this number cannot go on (handbook: reference/ledger)"
    ) == str(caught.value)
