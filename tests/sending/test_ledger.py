"""A mailing from its beginning to its end: who is served, who is not, and what stops everything."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.sending.mailings import (
    ACCEPTED,
    AMBIGUOUS,
    BOUNCED,
    DEFERRED,
    NOW,
    SECRET,
    audience,
    counts,
    key,
    ledger_in,
    mailing,
    serve,
    version,
    word,
)

from handbill.errors import MachineLacks
from handbill.sending.keys import member_key, token_of
from handbill.sending.ledger import NAME, Behind, Changed, Ledger, Overtaken


@pytest.fixture
def ledger(tmp_path):
    with ledger_in(tmp_path) as ledger:
        yield ledger


def test_a_member_is_served_once(ledger):
    """The whole point."""
    run = ledger.begin(mailing(), audience(3), NOW)

    assert [True, False, False] == [serve(ledger, run, 1) for _ in range(3)]
    assert {"queued": 2, "accepted": 1} == counts(ledger)


def test_nobody_is_checked_off_before_the_server_has_answered(ledger):
    """A mail that was only begun may never have left."""
    run = ledger.begin(mailing(), audience(1), NOW)

    assert ledger.take(run, key(0), word(0))
    assert {"sending": 1} == counts(ledger)
    ledger.settle(run, key(0), ACCEPTED, NOW)
    assert {"accepted": 1} == counts(ledger)


@pytest.mark.parametrize(
    ("answer", "state", "is_tried_again"),
    [(ACCEPTED, "accepted", False), (DEFERRED, "deferred", True), (BOUNCED, "bounced", False), (AMBIGUOUS, "ambiguous", False)],
)
def test_only_what_was_surely_not_delivered_is_tried_again(ledger, answer, state, is_tried_again):
    """Of an ambiguous mail nobody knows; a second one would reach some people twice."""
    run = ledger.begin(mailing(), audience(1), NOW)
    serve(ledger, run, 0, answer)

    assert {state: 1} == counts(ledger)
    assert is_tried_again is serve(ledger, run, 0)

    later = ledger.begin(mailing(), (), NOW)
    assert not serve(ledger, later, 0)


def test_what_was_deferred_is_tried_again_by_the_next_run(ledger):
    run = ledger.begin(mailing(), audience(1), NOW)
    serve(ledger, run, 0, DEFERRED)

    run = ledger.begin(mailing(), (), NOW)

    assert {"queued": 1} == counts(ledger)
    assert 1 == ledger.tries(run, key(0))
    assert serve(ledger, run, 0)
    assert ledger.tries(run, key(0)) is None
    assert ledger.tries(run, key(5)) is None


def test_what_was_taken_and_not_handed_over_waits_again(ledger):
    """A connection may break before the first byte."""
    run = ledger.begin(mailing(), audience(1), NOW)
    ledger.take(run, key(0), word(0))

    ledger.release(run, key(0))

    assert {"queued": 1} == counts(ledger)
    assert 0 == ledger.tries(run, key(0))


@pytest.mark.parametrize("answer", [ACCEPTED, DEFERRED, BOUNCED, AMBIGUOUS], ids=lambda one: one.outcome.value)
def test_what_the_server_has_answered_cannot_be_taken_back(ledger, answer):
    """A connection that is closed after the answer must not make it a mail that never left."""
    run = ledger.begin(mailing(), audience(1), NOW)
    serve(ledger, run, 0, answer)

    ledger.release(run, key(0))

    assert {answer.outcome.value: 1} == counts(ledger)


def test_the_audience_stays_as_it_was_when_the_mailing_began(ledger):
    """Who joins while a letter is on its way gets the next one; otherwise two runs would send to two lists."""
    ledger.begin(mailing(), audience(2), NOW)

    run = ledger.begin(mailing(), audience(5), NOW)

    assert not serve(ledger, run, 4)
    assert {"queued": 2} == counts(ledger)
    assert 2 == run.attempt


def test_an_audience_that_breaks_off_begins_nothing(ledger):
    """Half a list would be the audience for ever."""

    def broken():
        yield from audience(3)
        raise ValueError("row 5")

    with pytest.raises(ValueError, match="row 5"):
        ledger.begin(mailing(), broken(), NOW)

    assert ledger.standing("main", 11) is None
    assert 1 == ledger.begin(mailing(), audience(3), NOW).attempt


def test_one_address_twice_on_the_list_is_one_member(ledger):
    """Two spellings of it, at different lines; the first is the one that a person is shown when asked about the mail."""
    run = ledger.begin(mailing(), [*audience(2), (key(0), "en", 9)], NOW)

    assert {"queued": 2} == counts(ledger)
    assert [True, True, False] == [serve(ledger, run, who, AMBIGUOUS) for who in (0, 1, 0)]
    assert [2, 3] == [one.row for one in ledger.unclear("main", 11)]


@pytest.mark.parametrize(
    "versions",
    [
        (version("fr", "b" * 64),),
        (version(), version("en")),
        (version("en", "a" * 64),),
    ],
    ids=["other bytes", "one more language", "another language"],
)
def test_other_bytes_under_a_used_number_are_refused(ledger, versions):
    """Half of the members would have got another letter than the other half."""
    run = ledger.begin(mailing(), audience(2), NOW)

    with pytest.raises(Changed, match="main 11 was begun with other bytes") as caught:
        ledger.begin(mailing(11, *versions), audience(2), NOW)
    with pytest.raises(Changed):
        ledger.check(mailing(11, *versions))

    assert 1 == caught.value.exit_code
    assert serve(ledger, run, 0)
    assert {"fr": "a" * 64} == ledger.standing("main", 11).digests


def test_looking_whether_a_run_could_begin_begins_nothing(ledger):
    """Without --really nothing happens; not even to a run that is under way."""
    ledger.check(mailing())
    assert ledger.standing("main", 11) is None
    run = ledger.begin(mailing(), audience(2), NOW)
    ledger.take(run, key(0), word(0))

    ledger.check(mailing())

    assert {"queued": 1, "sending": 1} == counts(ledger)
    ledger.settle(run, key(0), ACCEPTED, NOW)


def test_numbers_and_letters_do_not_know_each_other(ledger):
    for letter, number in (("main", 11), ("main", 12), ("dates", 11)):
        run = ledger.begin(mailing(number, letter=letter), audience(2), NOW)
        assert serve(ledger, run, 0)

    assert [{"queued": 1, "accepted": 1}] * 3 == [counts(ledger, *one) for one in ((11,), (12,), (11, "dates"))]


def test_who_gets_nothing_any_more_is_passed_over_whatever_the_list_says(ledger):
    """Somebody may leave by mail while the letter is on its way."""
    run = ledger.begin(mailing(), audience(2), NOW)
    ledger.suppress(key(0), "asked", NOW)

    assert not serve(ledger, run, 0)
    assert {"queued": 1, "suppressed": 1} == counts(ledger)


def test_who_has_left_the_list_is_counted_and_waits_should_the_list_have_been_cut_short(ledger):
    """A broken export must not cost anybody the letter; that member is on the list again tomorrow."""
    run = ledger.begin(mailing(), audience(3), NOW)
    serve(ledger, run, 0)
    serve(ledger, run, 1, DEFERRED)

    ledger.finish(run, NOW)

    assert {"accepted": 1, "deferred": 1, "left": 1} == counts(ledger)
    assert ledger.standing("main", 11).ended is None
    run = ledger.begin(mailing(), (), NOW)
    assert serve(ledger, run, 1)
    assert serve(ledger, run, 2)
    ledger.finish(run, NOW)
    assert {"accepted": 3} == counts(ledger)
    assert ledger.standing("main", 11).ended == NOW


def test_a_mailing_has_ended_when_nobody_waits(ledger):
    run = ledger.begin(mailing(), audience(2), NOW)
    serve(ledger, run, 0)
    serve(ledger, run, 1, AMBIGUOUS)
    ledger.finish(run, NOW + timedelta(hours=1))

    again = ledger.begin(mailing(), (), NOW + timedelta(days=1))
    ledger.finish(again, NOW + timedelta(days=1))

    standing = ledger.standing("main", 11)
    assert (NOW, NOW + timedelta(hours=1)) == (standing.began, standing.ended)
    assert 0 == standing.waiting


def test_a_mailing_that_goes_on_has_not_ended(ledger):
    """A report that says “ended” while mails leave would be believed."""
    run = ledger.begin(mailing(), audience(2), NOW)
    serve(ledger, run, 0)
    ledger.finish(run, NOW)
    assert NOW == ledger.standing("main", 11).ended

    run = ledger.begin(mailing(), (), NOW)

    assert ledger.standing("main", 11).ended is None
    assert serve(ledger, run, 1)


def test_a_mail_that_was_cut_off_is_unclear_and_never_sent_again_by_itself(tmp_path):
    """kill -9 between handing over and the answer: only a person can find out."""
    with ledger_in(tmp_path) as ledger:
        run = ledger.begin(mailing(), audience(2), NOW)
        ledger.take(run, key(0), word(0))

    with ledger_in(tmp_path) as ledger:
        run = ledger.begin(mailing(), (), NOW)

        assert 1 == run.cut_off
        assert {"queued": 1, "ambiguous": 1} == counts(ledger)
        assert not serve(ledger, run, 0)
        assert [key(0).hex()[:12]] == [one.key for one in ledger.unclear("main", 11)]
        assert 0 == ledger.begin(mailing(), (), NOW).cut_off


def test_a_run_that_was_overtaken_hands_over_nothing_more(ledger):
    """Even if somebody made the lock file useless, one of two senders sends."""
    old = ledger.begin(mailing(), audience(3), NOW)
    ledger.take(old, key(0), word(0))
    new = ledger.begin(mailing(), (), NOW)

    with pytest.raises(Overtaken, match="another run of main 11 has begun"):
        ledger.take(old, key(1), word(1))
    with pytest.raises(Overtaken):
        ledger.finish(old, NOW)
    ledger.release(old, key(0))
    assert {"queued": 2, "ambiguous": 1} == counts(ledger)

    assert ledger.take(new, key(1), word(1))
    ledger.release(old, key(1))
    assert {"queued": 1, "sending": 1, "ambiguous": 1} == counts(ledger)


def test_an_answer_that_comes_after_another_run_has_begun_still_counts(ledger):
    """It is what the server said; nobody has to be asked then."""
    old = ledger.begin(mailing(), audience(1), NOW)
    ledger.take(old, key(0), word(0))
    ledger.begin(mailing(), (), NOW)

    ledger.settle(old, key(0), ACCEPTED, NOW)

    assert {"accepted": 1} == counts(ledger)


def test_an_answer_to_a_mail_that_nobody_handed_over_is_a_fault(ledger):
    run = ledger.begin(mailing(), audience(2), NOW)
    serve(ledger, run, 0)

    for who in (0, 1, 7):
        with pytest.raises(ValueError, match="not handed over"):
            ledger.settle(run, key(who), BOUNCED, NOW)
    assert {"queued": 1, "accepted": 1} == counts(ledger)


def copy_of(tmp_path: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in (tmp_path / "ledger").iterdir()}


def put_back(tmp_path: Path, copied: dict[Path, bytes]) -> None:
    for path in (tmp_path / "ledger").iterdir():
        path.unlink()
    for path, content in copied.items():
        path.write_bytes(content)
        path.chmod(0o600)


@pytest.mark.parametrize("served", [0, 1, 2])
def test_a_ledger_put_back_from_a_copy_sends_nothing(tmp_path, served):
    """It has forgotten who was served since; they would all get the letter again."""
    with ledger_in(tmp_path) as ledger:
        run = ledger.begin(mailing(), audience(5), NOW)
        for who in range(served):
            serve(ledger, run, who)
    copied = copy_of(tmp_path)
    with ledger_in(tmp_path) as ledger:
        run = ledger.begin(mailing(), (), NOW)
        serve(ledger, run, 3)
    put_back(tmp_path, copied)

    with ledger_in(tmp_path) as ledger:
        with pytest.raises(Behind, match=f"knows of {served} mails of main 11, and {served + 1} were handed over") as caught:
            ledger.begin(mailing(), audience(5), NOW)
        with pytest.raises(Behind):
            ledger.check(mailing())

        assert 3 == caught.value.exit_code
        assert served == counts(ledger).get("accepted", 0)


def test_a_lost_ledger_sends_nothing_of_what_was_begun(tmp_path):
    """Another folder, another machine or an empty disk: all look like a letter that nobody has sent."""
    with ledger_in(tmp_path) as ledger:
        serve(ledger, ledger.begin(mailing(), audience(5), NOW), 0)
    put_back(tmp_path, {})

    with ledger_in(tmp_path) as ledger:
        with pytest.raises(Behind, match="knows of 0 mails of main 11, and 1 were handed over"):
            ledger.begin(mailing(), audience(5), NOW)
        assert ledger.standing("main", 11) is None
        assert 1 == ledger.begin(mailing(12), audience(5), NOW).attempt


def test_a_ledger_from_before_the_answer_is_behind_as_well(tmp_path):
    """The mail had left when the copy was made; the tally counts what was handed over, not what was answered."""
    with ledger_in(tmp_path) as ledger:
        run = ledger.begin(mailing(), audience(5), NOW)
        copied = copy_of(tmp_path)
        ledger.take(run, key(0), word(0))
    put_back(tmp_path, copied)

    with ledger_in(tmp_path) as ledger, pytest.raises(Behind):
        ledger.begin(mailing(), audience(5), NOW)


def test_a_tally_that_was_lost_is_made_again(tmp_path):
    """A fresh clone has none; from the next run on it protects again."""
    with ledger_in(tmp_path) as ledger:
        run = ledger.begin(mailing(), audience(5), NOW)
        serve(ledger, run, 0)
        serve(ledger, run, 1, DEFERRED)
    (tmp_path / "git" / "handbill" / "main.11.tally").unlink()

    with ledger_in(tmp_path) as ledger:
        ledger.begin(mailing(), (), NOW)

    assert 2 == (tmp_path / "git" / "handbill" / "main.11.tally").stat().st_size


def test_a_mail_that_cannot_be_tallied_is_not_handed_over(tmp_path, monkeypatch):
    """Otherwise the next restored ledger would not be noticed.  The member is not unclear, but waits; the run is over."""
    with ledger_in(tmp_path) as ledger:
        run = ledger.begin(mailing(), audience(2), NOW)

        def full(*_):
            raise OSError(28, "No space left on device")

        with monkeypatch.context() as patched:
            patched.setattr("handbill.sending.tally.os.fsync", full)
            with pytest.raises(MachineLacks, match=r"main\.11\.tally: No space left on device"):
                ledger.take(run, key(0), word(0))

        assert {"queued": 2} == counts(ledger)
        with pytest.raises(MachineLacks, match="No space left"):
            ledger.take(run, key(1), word(1))
        assert {"queued": 2} == counts(ledger)

    with ledger_in(tmp_path) as ledger:
        run = ledger.begin(mailing(), (), NOW)
        assert [True, True] == [serve(ledger, run, who) for who in (0, 1)]


@pytest.mark.parametrize("flushed", ["the file", "its folder"])
def test_a_begin_whose_tally_cannot_be_made_begins_nothing(tmp_path, monkeypatch, flushed):
    """The audience would be fixed, and a list that was mended before the next try would not count."""

    def full(*_):
        raise OSError(28, "No space left on device")

    with ledger_in(tmp_path) as ledger:
        with monkeypatch.context() as patched:
            patched.setattr("handbill.sending.tally." + {"the file": "os.fsync", "its folder": "flush_folder"}[flushed], full)
            with pytest.raises(MachineLacks, match=r"main\.11\.tally: No space left"):
                ledger.begin(mailing(), audience(2), NOW)

        assert ledger.standing("main", 11) is None
        assert 1 == ledger.begin(mailing(), audience(3), NOW).attempt
        assert {"queued": 3} == counts(ledger)


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="only there a process sees what it has open")
def test_a_begin_that_fails_lets_go_of_the_tally(tmp_path):
    """On Windows a file that is open can neither be moved nor put back."""

    def broken():
        yield from audience(3)
        raise ValueError("row 5")

    with ledger_in(tmp_path) as ledger, pytest.raises(ValueError, match="row 5"):
        ledger.begin(mailing(), broken(), NOW)

    assert (tmp_path / "git" / "handbill" / "main.11.tally").exists()
    assert not [one for one in Path("/proc/self/fd").iterdir() if str(tmp_path) in os.path.realpath(one)]


def test_after_a_failure_of_the_ledger_nobody_is_taken(tmp_path):
    """A disk that lost one note may lose the next; a mail that nobody noted would leave twice."""
    with ledger_in(tmp_path) as ledger:
        run = ledger.begin(mailing(), audience(1), NOW)
        ledger._file.has_failed = True

        with pytest.raises(MachineLacks, match="could not be written before; nothing more is sent"):
            ledger.take(run, key(0), word(0))
        assert {"queued": 1} == counts(ledger)


@pytest.mark.parametrize("jump", [timedelta(days=-400), timedelta(days=-1), timedelta(days=366), timedelta(days=36500)])
def test_a_clock_that_jumps_sends_nothing_more(tmp_path, jump):
    """Batteries die, and a machine may wake up in 1970."""
    with ledger_in(tmp_path) as ledger:
        run = ledger.begin(mailing(), audience(4), NOW)
        serve(ledger, run, 0)
        serve(ledger, run, 1, AMBIGUOUS, NOW + jump)
        serve(ledger, run, 2, BOUNCED, NOW + jump)
        run = ledger.begin(mailing(), (), NOW + jump)

        assert [False, False, False, True] == [serve(ledger, run, who, now=NOW + jump) for who in range(4)]
        ledger.finish(run, NOW + jump)
        assert {"accepted": 2, "bounced": 1, "ambiguous": 1} == counts(ledger)


def test_another_key_is_refused(tmp_path):
    """All members would look new, and get every letter again."""
    with ledger_in(tmp_path):
        pass

    with pytest.raises(MachineLacks, match="made with another key"):
        Ledger.open(tmp_path / "ledger", b"t" * 32, tmp_path / "git")


def test_threads_that_share_a_ledger_serve_each_member_once(tmp_path):
    """Four connections go through one list."""
    with ledger_in(tmp_path) as ledger:
        run = ledger.begin(mailing(), audience(60), NOW)
        served, failed = [], []

        def connection():
            try:
                served.extend(who for who in range(60) if serve(ledger, run, who))
            except BaseException as error:
                failed.append(error)
                raise

        threads = [threading.Thread(target=connection) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert not failed
        assert list(range(60)) == sorted(served)
        assert {"accepted": 60} == counts(ledger)
    assert 60 == (tmp_path / "git" / "handbill" / "main.11.tally").stat().st_size


def test_what_is_on_the_disk_names_nobody(tmp_path):
    """Whoever finds the file learns no address and no key, and can take nobody off the list."""
    addresses = [f"canary{who}.{name}@{name}.example" for who, name in enumerate(("goldfinch", "siskin", "serin"))]
    with ledger_in(tmp_path) as ledger:
        keys = [member_key(SECRET, address) for address in addresses]
        tokens = [token_of(SECRET, "main", one) for one in keys]
        run = ledger.begin(mailing(), [(one, "fr", row) for row, one in enumerate(keys, 2)], NOW)
        for one, token in zip(keys, tokens, strict=True):
            ledger.take(run, one, token)
            ledger.settle(run, one, BOUNCED, NOW)
        ledger.suppress(keys[1], "refused", NOW)
        bytes_ = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())

    assert all(one in bytes_ for one in keys)
    told = [*addresses, *tokens, "canary", "goldfinch", "siskin", "serin", "example"]
    assert not [one for one in told if one.encode() in bytes_.lower()]
    assert SECRET not in bytes_


MEMORY = """
import json, sys
from pathlib import Path
from tests.memory import peak_kib
from tests.sending.mailings import NOW, audience, key, ledger_in, mailing, word, ACCEPTED

with ledger_in(Path(sys.argv[1])) as ledger:
    run = ledger.begin(mailing(), audience(int(sys.argv[2])), NOW)
    for who in range(int(sys.argv[2])):
        if ledger.tries(run, key(who)) == 0 and who % 5000 == 0 and ledger.take(run, key(who), word(who)):
            ledger.settle(run, key(who), ACCEPTED, NOW)
    waiting = ledger.standing("main", 11).waiting
print(json.dumps([waiting, peak_kib() / 1024]))
"""


def memory_mib(folder: Path, members: int) -> tuple[int, float]:
    """Return how many wait, and how much memory a process took that went through a mailing to so many members."""
    done = subprocess.run(
        [sys.executable, "-c", MEMORY, str(folder), str(members)], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2]
    )
    return tuple(json.loads(done.stdout))


@pytest.mark.long
@pytest.mark.skipif(sys.platform != "linux", reason="counts memory in KiB as Linux does")
def test_a_long_list_takes_hardly_more_memory_than_a_short_one(tmp_path):
    """A small server has 512 MB for everything.  A million: HANDBILL_MANY_MEMBERS=1000000."""
    members = int(os.environ.get("HANDBILL_MANY_MEMBERS", "100000"))
    _, short = memory_mib(tmp_path / "short", 1_000)

    waiting, long = memory_mib(tmp_path / "long", members)

    assert members - (members + 4999) // 5000 == waiting
    assert long <= 120
    assert long - short <= 80


def test_the_place_of_the_ledger_is_for_its_owner_alone(tmp_path):
    with ledger_in(tmp_path):
        found = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "ledger").iterdir()}

        assert found[NAME] == found[f"{NAME}-wal"] == found[f"{NAME}-shm"] == 0o600 or os.name != "posix"
        assert (tmp_path / "ledger").stat().st_mode & 0o777 == 0o700 or os.name != "posix"


def test_moments_are_told_in_one_zone(ledger):
    """A ledger is moved to machines of other zones."""
    ledger.begin(mailing(), audience(1), datetime.fromisoformat("2026-11-05T19:00:00+01:00"))

    assert datetime(2026, 11, 5, 18, tzinfo=UTC) == ledger.standing("main", 11).began
