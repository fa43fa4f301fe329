"""Whether the hub has to be published now: something was merged since, or what was planned has come due.

Where nobody can tell, it is published: once too often costs a minute, once too
seldom an announcement.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from handbill.errors import HandbillError, Said, said
from handbill.forge.answers import Told
from handbill.forge.github import GitHub
from handbill.forge.keeping import is_kept_alone
from handbill.forge.room import Room

#: How long before it was put up a site may have been made, where its run cannot be asked.
_LONGEST_RUN = timedelta(hours=6)
#: So many older ones are looked through for the last that went well.
_DEPLOYMENTS = 20

_RUN = re.compile(r"/actions/runs/([0-9]{1,18})(?:/|$)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Due:
    """Whether to publish, why, and the moment at which what stands there now is not right any more, where that is known."""

    is_due: bool
    why: Said
    until: datetime | None = None


def due_of(room: Room, github: GitHub, environment: str, now: datetime, until_of: Callable[[datetime], datetime]) -> Due:
    """Return whether the commit that was checked out has to be published; *until_of* says how long what was made at a moment stays right.

    The work of a run may last: what came due while it made the site is not in
    it for sure, so the moment that counts is that at which the run began.
    """
    if room.name == "workflow_dispatch":
        return Due(True, said("somebody asked for it"))
    try:
        last = _last(github, environment)
        if last is None:
            return Due(True, said("nothing was published yet, as far as GitHub knows"))
        # The books that the last run wrote down are those of the site that it put up.
        if last.text("sha") != room.commit and not is_kept_alone(github, room.commit, last.text("sha")):
            return Due(True, said("{commit} is not published yet", commit=room.commit[:12]))
        made = _made(github, last)
        until = until_of(made.astimezone(now.tzinfo))
    except HandbillError as trouble:
        return Due(True, said("nobody can tell ({reason})", reason=trouble.args[0] if trouble.args else type(trouble).__name__))
    if until <= now:
        return Due(True, said("something came due at {moment}", moment=f"{until:%Y-%m-%d %H:%M}"), until)
    return Due(False, said("what is published stays right until {moment}", moment=f"{until:%Y-%m-%d %H:%M}"), until)


def _last(github: GitHub, environment: str) -> Told | None:
    """Return the newest deployment that went well, with the page of its run."""
    # GitHub tells the newest first.
    for one in islice(github.every("/deployments", environment=environment), _DEPLOYMENTS):
        statuses = sorted(github.every(f"/deployments/{one.number('id')}/statuses"), key=lambda told: told.number("id"))
        if statuses and statuses[-1].text("state") == "success":
            about = statuses[-1].text("log_url", "") or statuses[-1].text("target_url", "")
            return Told({**one.fields, "run": about}, one.wrong)
    return None


def _made(github: GitHub, deployment: Told) -> datetime:
    """Return a moment at which the site that was deployed was not made yet."""
    put_up = deployment.moment("created_at")
    if found := _RUN.search(deployment.text("run")):
        told = github.look_for(f"/actions/runs/{found[1]}")
        if told is not None and told.moment("run_started_at") <= put_up:
            return told.moment("run_started_at")
    return put_up - _LONGEST_RUN
