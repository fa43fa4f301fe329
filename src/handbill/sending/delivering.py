"""A frozen letter → one mail after the other to those who still wait for it, each noted in the ledger before and after.

Knows no server and no disk: a carrier takes the mails, the ledger remembers.
Nothing is tried again that may have arrived (handbook: decisions/0043).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from datetime import datetime

from handbill.errors import Problem, said
from handbill.sending.contract import Carrier, Mailing, Member
from handbill.sending.course import Course
from handbill.sending.ledger import Ledger, Run
from handbill.sending.means import End, Means, Progress, Report
from handbill.sending.pace import DayCap, Pace
from handbill.sending.stopping import Stop
from handbill.sending.wire import Wire
from handbill.settings_sending import Sending

#: How long a run waits before it tries again those that were put off, in seconds.
WAITS_S = (60.0, 300.0, 900.0, 1800.0)


def means_of(
    sending: Sending,
    ledger: Ledger,
    stop: Stop,
    now: Callable[[], datetime],
    jitter: Callable[[], float],
    tell: Callable[[Progress], object],
    sign: Callable[[bytes], bytes] | None = None,
) -> Means:
    """Return what hub.toml asks for, at the pace of this machine's own clock."""
    return Means(
        pace=Pace(sending.rate, time.monotonic, stop.sleep),
        day=DayCap(sending.per_day, ledger.sent_since, now),
        now=now,
        sleep=stop.sleep,
        jitter=jitter,
        is_asked_to_stop=lambda: stop.is_asked,
        tell=tell,
        connections=sending.connections,
        bounces=sending.bounces,
        sign=sign,
    )


def deliver(
    mailing: Mailing, members: Callable[[], Iterable[Member | Problem]], carrier: Carrier, ledger: Ledger, run: Run, means: Means
) -> Report:
    """Send the letter to each of *members* who waits for it in *run*; *members* is called for each time that the list is gone through.

    Raises:
        ContentProblems: a row of the list cannot be read.
        HandbillError: the ledger, the disk or the letter fails; what was handed over until then is noted.
    """
    course = Course(mailing, carrier, ledger, run, means)
    waits = iter(WAITS_S)
    while not course.is_over:
        _go_through(course, members())
        if course.is_over:
            break
        # Others were accepted since: the refusals were about these members, and this time they are told so.
        is_about_members = bool(course.doubted)
        course.doubted.clear()
        if course.put_off and (wait_s := next(waits, 0.0)):
            course.pause(
                wait_s * (0.8 + 0.4 * means.jitter()), said("mails that the server put off and that are tried again: {n}", n=course.put_off)
            )
        elif not is_about_members:
            ledger.finish(run, means.now())
            break
    return Report(dict(course.counts), *(course.end or (End.WHOLE, said("everybody on the list was tried"))))


def _go_through(course: Course, members: Iterable[Member | Problem]) -> None:
    course.begin(members)
    threads = [threading.Thread(target=_work, args=(course,), daemon=True) for _ in range(course.means.connections)]
    for one in threads:
        one.start()
    for one in threads:
        # On Windows, a join without a limit does not hear Ctrl-C.
        while one.is_alive():
            one.join(0.5)
    course.conclude()


def _work(course: Course) -> None:
    wire = Wire(course)
    try:
        while not course.is_over and (member := course.next_member()) and wire.serve(member):
            pass
    except BaseException as reason:
        course.fail(reason)
    finally:
        wire.hang_up()


__all__ = ["End", "Means", "Progress", "Report", "deliver", "means_of"]
