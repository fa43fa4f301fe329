"""What keeps a number from being sent, in words that say what to do."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from tests.sending.mailings import NOW, audience, counts, ledger_in, mailing, serve, version

from handbill.sending.beginning import Behind, Known, Run, begun, known
from handbill.sending.tally import Tally


def tally(folder: Path, count: int) -> Tally:
    tally = Tally(folder, "main", 11)
    tally.raise_to(count)
    tally.close()
    return tally


def test_what_a_run_finds(tmp_path):
    """The first fixes the audience, the second goes on with it."""
    with ledger_in(tmp_path) as ledger, closing(tally(tmp_path, 0)) as counting:
        first = ledger._file.write(lambda at: begun(at, mailing(), audience(2), NOW, counting))
        again = ledger._file.write(lambda at: begun(at, mailing(), audience(9), NOW, counting))

        assert [Run(1, "main", 11, 1, 0), Run(1, "main", 11, 2, 0)] == [first, again]
        assert {"queued": 2} == counts(ledger)


def test_a_run_that_has_begun_has_its_tally_open_and_whole(tmp_path):
    """One that is opened after the ledger was written may fail when the audience is already fixed."""
    with ledger_in(tmp_path) as ledger:
        serve(ledger, ledger.begin(mailing(), audience(2), NOW), 0)
        with closing(tally(tmp_path, 0)) as counting:
            ledger._file.write(lambda at: begun(at, mailing(), audience(2), NOW, counting))
            assert 1 == counting.count
            counting.add()

            assert 2 == counting.count


def test_looking_and_beginning_know_the_same(tmp_path):
    """A rehearsal that reads another state of things than the run promises what the run does not keep."""
    with ledger_in(tmp_path) as ledger:
        assert Known(0, 0, {"fr": "a" * 64}) == known(ledger._file.rows, mailing())
        serve(ledger, ledger.begin(mailing(), audience(2), NOW), 0)

        # What the ledger has, and not what is asked about.
        assert Known(1, 1, {"fr": "a" * 64}) == known(ledger._file.rows, mailing(11, version("en", "b" * 64)))
        assert Known(0, 0, {"fr": "a" * 64}) == known(ledger._file.rows, mailing(12))


def test_one_mail_more_than_the_ledger_knows_is_enough_to_stop(tmp_path):
    """The message is all that the operator has in that minute: what was found, why nothing is sent, what to do."""
    with ledger_in(tmp_path) as ledger, pytest.raises(Behind) as caught:
        ledger._file.write(lambda at: begun(at, mailing(), audience(2), NOW, tally(tmp_path, 1)))

    assert (
        "the ledger knows of 0 mails of main 11, and 1 were handed over; nothing is sent, because it could reach people twice."
        " Put back the newest ledger; if there is none, this number cannot go on (handbook: reference/ledger)"
    ) == str(caught.value)
