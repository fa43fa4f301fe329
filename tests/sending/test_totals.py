"""What became of a mailing, as the file beside its bundle tells it."""

from datetime import UTC, datetime

import pytest
from tests.frozen import archive, letter
from tests.hubs import files_of, moment

from handbill.errors import ContentProblems, MachineLacks
from handbill.reading.bundles import read_archive
from handbill.sending.aftermath import STATES, Standing
from handbill.sending.contract import Mailing, Version
from handbill.sending.totals import read_totals, totals_from, totals_of, write_totals

COUNTS = {"asked": 40, "accepted": 30, "bounced": 2, "deferred": 1}
BEGAN, ENDED = moment("2026-03-12 18:00").replace(second=59), moment("2026-03-12 18:10")


@pytest.fixture
def hub(tmp_path):
    """A hub with a frozen letter."""
    archive(tmp_path, letter(1))
    return tmp_path


def mailing(root):
    version = Version("1", "fr", read_archive(root).bundles[0].digest, "Numéro 1", "https://essai.example/newsletters/1/", "", "", b"")
    return Mailing("main", 1, moment("2026-03-12 18:00"), (version,))


def test_counts_that_are_written_are_read_again_and_fit_the_archive(hub):
    """A machine whose ledger knows nothing must see that the letter was sent."""
    totals = totals_of(mailing(hub), "smtp", BEGAN, ENDED, COUNTS)

    assert write_totals(hub, totals)
    assert totals == read_totals(hub, "1")
    assert ((), {"1": totals}) == (read_archive(hub).problems, read_archive(hub).totals)
    assert (7, True) == (totals.waiting, totals.has_left)


def test_moments_are_told_to_the_minute_in_one_zone(hub):
    """Two machines in two zones write the same bytes."""
    here = totals_of(mailing(hub), "smtp", BEGAN, None, COUNTS)
    there = totals_of(mailing(hub), "smtp", BEGAN.astimezone(UTC), None, COUNTS)

    assert datetime(2026, 3, 12, 17, 0, tzinfo=UTC) == here.began
    assert here == there


def test_the_same_counts_leave_the_file_alone(hub):
    """Reading the same returned mails again must give the editor nothing to commit."""
    totals = totals_of(mailing(hub), "smtp", BEGAN, ENDED, COUNTS)
    write_totals(hub, totals)
    before = (hub / "newsletters/archive/1.totals.json").stat().st_mtime_ns

    assert not write_totals(hub, totals)
    assert before == (hub / "newsletters/archive/1.totals.json").stat().st_mtime_ns


def test_a_clock_that_was_put_back_meanwhile_makes_no_nonsense(hub):
    """A summer hour taken by hand would make counts that every build refuses."""
    totals = totals_of(mailing(hub), "smtp", ENDED, BEGAN, COUNTS)

    assert totals.began == totals.ended
    assert write_totals(hub, totals)


def test_what_was_under_way_when_a_run_stopped_is_unclear(hub):
    """It may have arrived, and must not be told as if it still waited."""
    states = dict.fromkeys(STATES, 0) | {"accepted": 5, "queued": 3, "sending": 2, "ambiguous": 1, "left": 1}
    standing = Standing("main", 1, states, mailing(hub).digests, BEGAN, None)

    totals = totals_from(mailing(hub), "smtp", standing)

    assert (12, 3, 3, True) == (totals.asked, totals.counts["ambiguous"], totals.waiting, totals.has_left)
    assert write_totals(hub, totals)
    assert totals == read_totals(hub, "1")


def test_nothing_is_left_beside_the_counts(hub):
    """What else lies in the archive is a problem."""
    before = set(files_of(hub))

    write_totals(hub, totals_of(mailing(hub), "smtp", BEGAN, ENDED, COUNTS))

    assert {"newsletters/archive/1.totals.json"} == set(files_of(hub)) - before


def test_a_letter_of_which_nobody_wrote_counts_has_none(hub):
    """Nothing is known, which is another thing than nobody."""
    assert None is read_totals(hub, "1")


@pytest.mark.parametrize("raw", [b"", b"{}", b"<<<<<<< ours\n"])
def test_counts_that_cannot_be_read_stop_whoever_asks(hub, raw):
    """To take a damaged file for none would send the letter a second time."""
    (hub / "newsletters/archive/1.totals.json").write_bytes(raw)

    with pytest.raises(ContentProblems) as refusal:
        read_totals(hub, "1")

    assert ["HB456"] == [one.code for one in refusal.value.problems]


@pytest.mark.parametrize("counts", [{"asked": 1, "accepted": 2}, {"asked": 1, "accepted": -1}])
def test_counts_that_do_not_add_up_are_never_written(hub, counts):
    """The next build would refuse them, on another machine and without their reason."""
    with pytest.raises(ValueError, match=r"TypeError|contradict"):
        write_totals(hub, totals_of(mailing(hub), "smtp", BEGAN, ENDED, counts))

    assert None is read_totals(hub, "1")


def test_a_folder_in_the_way_is_told(hub):
    """The counts are still in the ledger; the editor has to know that they are not in the repository."""
    (hub / "newsletters/archive/1.totals.json").mkdir()

    with pytest.raises(MachineLacks, match=r"1\.totals\.json: cannot be written"):
        write_totals(hub, totals_of(mailing(hub), "smtp", BEGAN, ENDED, COUNTS))

    assert {} == files_of(hub / ".handbill")
