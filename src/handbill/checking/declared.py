"""What hub.toml declares → what of it cannot be: conformity that nobody found, a form that sends in the clear or for no letter."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

from handbill.checking.pointing import in_settings
from handbill.errors import Level, Problem, Said, said
from handbill.hub.hub import Hub
from handbill.settings import Settings
from handbill.settings_duties import Accessibility

#: For how many years an audit counts (French rules for declarations, in force since 2019).
YEARS = 3

#: The least and the most of the criteria, in hundredths, with which each level can be declared.
SHARES = {"none": (0, 49), "partial": (50, 99), "full": (100, 100)}

#: Where a form may send without encryption: nothing leaves the machine.
_HERE = frozenset({"localhost", "127.0.0.1", "::1"})


def check_declared(hub: Hub, settings: Settings) -> Iterator[Problem]:
    """Yield a warning for each claim of accessibility without ground, and for a form that cannot do its work."""
    for key, found, wanted in _claims(settings.accessibility, hub.as_of.date()):
        yield in_settings(settings, ("accessibility", key), found, wanted, "HB814", Level.WARNING, f"accessibility.{key}")
    yield from _form(settings)


def _claims(one: Accessibility, today: date) -> Iterator[tuple[str, Said, Said]]:
    if one.level == "unaudited":
        return
    if one.checked is None:
        found = said("“{level}”, without a day on which it was found", level=one.level)
        yield "level", found, said('a line checked with the day of the audit, or level = "unaudited"')
    elif (one.checked.year + YEARS, one.checked.month, one.checked.day) < (today.year, today.month, today.day):
        found = said("an audit of {day}, which counts for three years", day=one.checked.isoformat())
        yield "checked", found, said('a newer audit, or level = "unaudited"')
    least, most = SHARES[one.level]
    if one.score is not None and not least <= one.score <= most:
        found = said("“{level}” with {score} of 100 criteria met", level=one.level, score=one.score)
        yield "level", found, said('level = "{level}"', level=_level_of(one.score))
    if one.level == "full" and one.gaps:
        yield (
            "gaps",
            said("something that is not accessible, in a site that is declared to be fully so"),
            said('level = "{level}"', level="partial"),
        )


def _level_of(score: int) -> str:
    return next(level for level, (least, most) in SHARES.items() if least <= score <= most)


def _form(settings: Settings) -> Iterator[Problem]:
    """Yield a warning for a form that would show addresses to everyone on the way, or not say which letter is meant."""
    form = settings.sign_up
    if not form.action:
        return
    parts = urlsplit(form.action)
    if parts.scheme == "http" and parts.hostname not in _HERE:
        found = said("an address to which members' own would travel unencrypted")
        wanted = said("an address that begins with https://")
        yield in_settings(settings, ("subscribe", "action"), found, wanted, "HB816", Level.WARNING)
    for key, letter in settings.letters.items():
        if form.letters and not letter.choice:
            found = said("nothing that the form could send for this letter")
            wanted = said('a line such as {name}{sign}"{example}"', name="choice", sign=" = ", example="c8f7a0de")
            yield in_settings(settings, ("letters", key), found, wanted, "HB816", Level.WARNING, f"letters.{key}.choice")
