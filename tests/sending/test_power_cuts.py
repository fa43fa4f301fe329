"""The power goes, the disk is full, the disk fails: at every moment of a small mailing.

The larger figure: ``python -m tests.sending.test_power_cuts`` cuts the power at
2,000 moments of a mailing to 300 members.
"""

from __future__ import annotations

import random
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.sending.mailings import ACCEPTED, NOW, audience, counts, key, ledger_in, mailing, word
from tests.sending.watched_disk import FLUSH_FAILED, FULL, MISSING, WRITE_FAILED, Disk, Event, Watched, watched_disk

from handbill.errors import MachineLacks
from handbill.sending.ledger import Behind, Ledger

pytestmark = pytest.mark.skipif(bool(MISSING), reason=MISSING)


def send(folder: Path, members: int, delivered: list[int], watched: Watched, prepare: Callable[[Ledger], None] = lambda _: None) -> None:
    """Send to everybody who waits, with a server that takes everything at once; a mail that it took is in *delivered*."""
    with ledger_in(folder) as ledger:
        prepare(ledger)
        run = ledger.begin(mailing(), audience(members), NOW)
        for who in range(members):
            if ledger.take(run, key(who), word(who)):
                delivered.append(who)
                watched.note("delivered", who)
                ledger.settle(run, key(who), ACCEPTED, NOW)
                watched.note("settled", who)


def often_put_away(ledger: Ledger) -> None:
    """Let what is beside the file be put into it every few mails, which else happens after hundreds."""
    ledger._file.rows("PRAGMA wal_autocheckpoint=25")


def careless(ledger: Ledger) -> None:
    often_put_away(ledger)
    ledger._file.rows("PRAGMA synchronous=NORMAL")


def recorded(folder: Path, members: int, prepare: Callable[[Ledger], None]) -> list[Event]:
    with watched_disk() as watched:
        send(folder, members, [], watched, prepare)
    return watched.events


def cuts(events: list[Event], moments: set[int], chance: random.Random, old: Path) -> Iterator[tuple[Path, set[int], set[int]]]:
    """Yield what is found on the disk after a power cut at each of the moments, who had been delivered, and who settled."""
    disk, delivered, settled = Disk(), set(), set()
    for moment, event in enumerate(events):
        if moment in moments:
            new = Path(tempfile.mkdtemp(prefix="cut", dir=old.parent))
            disk.after_power_cut(chance, old, new)
            yield new, set(delivered), set(settled)
            shutil.rmtree(new)
        disk.happen(event)
        {"delivered": delivered, "settled": settled}.get(event.act, set()).add(event.place)


def broken_promises(found: Path, members: int, delivered: set[int], settled: set[int]) -> list[str]:
    """Return what a resumed run would do wrong."""
    with ledger_in(found) as ledger:
        was_begun = ledger.standing("main", 11) is not None
        try:
            run = ledger.begin(mailing(), audience(members), NOW)
        except Behind:
            return ["the ledger has forgotten somebody"]
        again = [who for who in range(members) if ledger.take(run, key(who), word(who))]
        told = counts(ledger)
    wrong = [f"{who} is sent again" for who in again if who in delivered]
    if told.get("accepted", 0) < len(settled):
        wrong.append(f"{len(settled)} were settled, the ledger knows {told.get('accepted', 0)}")
    if run.cut_off > 1:
        wrong.append(f"{run.cut_off} are unclear")
    if set(range(members)) - set(again) - delivered and run.cut_off == 0:
        wrong.append("somebody gets nothing, and is not told")
    if delivered and not was_begun:
        wrong.append("the beginning is lost")
    return wrong


def promises_broken(folder: Path, members: int, most: int, prepare: Callable[[Ledger], None], seed: int) -> tuple[int, list[str]]:
    """Return how often the power was cut, and what went wrong."""
    chance = random.Random(seed)
    events = recorded(folder, members, prepare)
    first = next(place for place, event in enumerate(events) if event.act == "sync" and event.path.endswith(".tally"))
    moments = set(chance.sample(range(len(events)), min(most, len(events)))) | {first, first + 1}
    wrong = []
    for found, delivered, settled in cuts(events, moments, chance, folder):
        wrong += broken_promises(found, members, delivered, settled)
    return len(moments), wrong


@pytest.mark.long
def test_a_power_cut_sends_nobody_a_letter_twice_and_loses_nobody(tmp_path):
    """What was not flushed may be there or not, in parts and out of order; the promises hold whichever it is."""
    moments, wrong = promises_broken(tmp_path / "old", 10, 160, often_put_away, seed=7)

    assert [] == wrong
    assert moments >= 150


def test_a_ledger_that_does_not_wait_for_the_disk_would_break_its_promises(tmp_path):
    """Otherwise the test above would pass whatever the ledger does."""
    _, wrong = promises_broken(tmp_path / "old", 10, 60, careless, seed=7)

    assert "the ledger has forgotten somebody" in wrong


def changes_of(folder: Path, members: int) -> int:
    return sum(1 for event in recorded(folder, members, often_put_away) if event.act in ("write", "sync", "truncate", "delete"))


@pytest.mark.long
@pytest.mark.parametrize(("code", "stays"), [(FULL, True), (WRITE_FAILED, False), (FLUSH_FAILED, False)])
def test_a_disk_that_fails_at_any_step_sends_nobody_a_letter_twice(tmp_path, code, stays):
    """The disk is full, or fails, once or from then on: the run stops, and goes on when it is mended."""
    steps = changes_of(tmp_path / "whole", 2)
    stopped = unclear = 0
    for step in range(steps):
        folder, delivered, seen = tmp_path / f"{step}", [], 0

        def fault(event: Event, step: int = step) -> int:
            nonlocal seen
            seen += 1
            is_meant = event.act == "sync" if code == FLUSH_FAILED else True
            return code if is_meant and (seen > step if stays else seen == step + 1) else 0

        with watched_disk() as watched:
            watched.fault = fault
            try:
                send(folder, 2, delivered, watched, often_put_away)
            except MachineLacks:
                stopped += 1
            watched.fault = lambda _: 0
            with ledger_in(folder) as ledger:
                run = ledger.begin(mailing(), audience(2), NOW)
                unclear += run.cut_off
                assert run.cut_off <= 1, f"step {step}"
                for who in range(2):
                    if ledger.take(run, key(who), word(who)):
                        delivered.append(who)
                        ledger.settle(run, key(who), ACCEPTED, NOW)
                told = counts(ledger)

        assert len(delivered) == len(set(delivered)), f"step {step}: somebody twice"
        assert 2 == told["accepted"] + told.get("ambiguous", 0), f"step {step}: somebody is lost"
        assert set(range(2)) - set(delivered) == set() or told["ambiguous"] == 1, f"step {step}"

    assert stopped > 0
    assert unclear > 0


def test_after_a_failure_to_write_nothing_more_is_handed_over(tmp_path):
    """The other connections of the same run must stop as well."""
    with watched_disk() as watched, ledger_in(tmp_path) as ledger:
        run = ledger.begin(mailing(), audience(3), NOW)
        ledger.take(run, key(0), word(0))
        watched.fault = lambda event: FULL if event.act == "write" else 0
        with pytest.raises(MachineLacks, match="the disk is full; make room and call the same command again"):
            ledger.settle(run, key(0), ACCEPTED, NOW)
        watched.fault = lambda _: 0

        with pytest.raises(MachineLacks, match="could not be written before; nothing more is sent"):
            ledger.take(run, key(1), word(1))
        # What a server said to mails already handed over is worth trying to keep.
        ledger.settle(run, key(0), ACCEPTED, NOW)
        assert {"queued": 2, "accepted": 1} == counts(ledger)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        cut, faults = promises_broken(Path(place) / "old", 300, 2000, often_put_away, seed=int(sys.argv[1]) if sys.argv[1:] else 1)
    sys.stdout.write("\n".join([f"{cut} power cuts: {len(faults)} promises broken", *faults, ""]))
    sys.exit(bool(faults))
