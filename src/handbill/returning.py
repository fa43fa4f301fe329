"""Options → an earlier site in the place of the one that stands.  It asks the settings how many are kept; it reads no text."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress

from handbill.errors import ContentProblems
from handbill.options import Options
from handbill.pipeline import limits_of, refuse_a_link_that_chooses
from handbill.publishing.store import EarlierSite, GoneBack, Limits, Store
from handbill.settings import read_settings

Tell = Callable[[str], None]

#: Whoever goes back because hub.toml is wrong must not lose what is kept by what it cannot say.
_ALL = Limits(sys.maxsize, sys.maxsize)


def go_back(options: Options, number: int | None, tell: Tell = lambda _: None) -> GoneBack:
    """Put the earlier site of that *number* in the place of what stands; without one, the last before that.

    Raises:
        HandbillError: there is none, or it is no longer whole, or the machine refuses; what stands is untouched.
    """
    refuse_a_link_that_chooses(options)
    store = Store(options.output)
    with store.alone(tell):
        return store.go_back(number, _limits(options))


def earlier_sites(options: Options, tell: Tell = lambda _: None) -> tuple[EarlierSite, ...]:
    """Return the earlier sites, the newest first, beside what stands."""
    refuse_a_link_that_chooses(options)
    store = Store(options.output)
    with store.alone(tell):
        return store.earlier(_limits(options))


def forget(options: Options, tell: Tell = lambda _: None) -> int:
    """Remove every earlier site; return how many there were."""
    refuse_a_link_that_chooses(options)
    store = Store(options.output)
    with store.alone(tell):
        return store.forget_earlier()


def _limits(options: Options) -> Limits:
    with suppress(ContentProblems):
        return limits_of(read_settings(options.root).budget)
    return _ALL
