"""What is known of a letter that is to be sent, or was → lines for the person who sends it.  Counts, digests and rows; never a member."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from handbill.errors import said
from handbill.reading.totals import totals_path
from handbill.sending.aftermath import STATES, Unclear
from handbill.sending.contract import Service
from handbill.sending.departing import Done
from handbill.sending.handing import HandedOver
from handbill.sending.means import End
from handbill.sending.plain import seconds, waiting
from handbill.sending.readiness import Readiness, named
from handbill.sending.services.opening import SERVICES
from handbill.settings_sending import Sending
from handbill.telling import tell, tell_count

_STATES = {
    "": said("nothing there yet; the draft would be made, compared and let go"),
    "draft": said("a draft is there, and it is what was approved"),
    "scheduled": said("it is to leave from there"),
    "sending": said("it is leaving from there"),
    "sent": said("it has left from there"),
    "stopped": said("it was stopped there"),
}

#: So much of a digest is shown, as in the name by which services know a letter.
_SHOWN = 12

_COMMAND = "python3 build.py newsletter"


def ready_lines(found: Readiness, sending: Sending, lang: str) -> Iterator[str]:
    """Yield what would leave, to how many, how, and how long that takes."""
    mailing = found.mailing
    subject = mailing.versions[0].subject
    yield tell(said("{name}: “{subject}”, dated {date}", name=named(mailing), subject=subject, date=f"{mailing.sent:%Y-%m-%d %H:%M}"), lang)
    approvals = {one.name: one for one in found.approvals}
    width = max(len(one.name) for one in mailing.versions)
    for one in mailing.versions:
        by = approvals.get(one.name)
        how = said("not approved")
        if by:
            how = said("approved by {commit} of {day} on {branch}", commit=by.commit[:_SHOWN], day=f"{by.when:%Y-%m-%d}", branch=by.branch)
        other = f"  “{one.subject}”" if one.subject != subject else ""
        yield f"  {one.name:<{width}}  {one.lang}  {one.digest[:_SHOWN]}  {tell(how, lang)}{other}"
    yield "  " + tell(said("way: {way}", way=_pace(sending, lang)), lang)
    yield from _members(found, lang)
    if found.standing is not None and any(found.standing.counts.values()):
        began = f"{found.standing.began.astimezone(mailing.sent.tzinfo):%Y-%m-%d %H:%M}"
        yield "  " + tell(said("begun on {date}: {counts}", date=began, counts=_counts(found.standing.counts, lang)), lang)
        begun = sum(found.standing.counts.values())
        if found.audience is not None and found.audience.whole > begun:
            # Whom a number goes to is settled when it begins; else nobody could say when it has ended.
            yield "  " + tell_count(
                "it was begun for {n} member; who is not the one gets the next number",
                "it was begun for {n} members; who is not among them gets the next number",
                begun,
                lang,
            )
    if found.audience is not None and (mails := waiting(found)):
        yield "  " + tell(said("still to be sent: {mails}, {time}", mails=_mails(mails, lang), time=_lasting(found, sending, lang)), lang)
    if found.unclear:
        yield from unclear_lines(named(mailing), found.unclear, lang)


def done_lines(done: Done, lang: str) -> Iterator[str]:
    """Yield what a run did, what remains, and how to go on."""
    assert done.report is not None
    name = named(done.found.mailing)
    yield tell(said("{name}: {counts}", name=name, counts=_counts(done.report.counts, lang) or tell(said("nothing was sent"), lang)), lang)
    if done.standing is not None:
        yield tell(said("In all: {counts}", counts=_counts(done.standing.counts, lang)), lang)
    if done.report.end is not End.WHOLE:
        yield tell(said("It ended before its time: {why}", why=tell(done.report.why, lang)), lang)
    if done.standing is not None and done.standing.waiting:
        yield tell(said("To go on: {command}", command=f"{_COMMAND} send {name} --really"), lang)
    if done.unclear:
        yield from unclear_lines(name, done.unclear, lang)
    if done.is_counted:
        file = totals_path(done.found.mailing.letter, done.found.mailing.number)
        yield tell(said("Written: {file}. Commit it; it holds counts alone.", file=file), lang)


def service_lines(service: Service, handed: Iterable[HandedOver], lang: str) -> Iterator[str]:
    """Yield how a letter stands at the service that sends it, and what the service cannot keep of it."""
    for one in handed:
        state = _STATES[one.state]
        if one.was_let_go:
            state = said("let go; {state}", state=state)
        elif one.was_drafted:
            state = said("made; {state}", state=state)
        yield tell(said("{name} at {service}: {state}", name=one.version.name, service=service.name, state=state), lang)
    for loss in service.loses:
        yield "  " + tell(said("not kept there: {what}", what=loss), lang)


def unclear_lines(name: str, unclear: Iterable[Unclear], lang: str) -> Iterator[str]:
    """Yield the mails of which nobody knows whether they arrived, and how to say so."""
    rows = tuple(unclear)
    if not rows:
        yield tell(said("{name}: nothing is unclear", name=name), lang)
        return
    yield tell_count(
        "{n} mail of which nobody knows whether it arrived:", "{n} mails of which nobody knows whether they arrived:", len(rows), lang
    )
    for one in rows:
        yield "  " + tell(
            said("{key}  row {row} of the list, since {date}", key=one.key, row=one.row, date=f"{one.since:%Y-%m-%d %H:%M} UTC"), lang
        )
    yield tell(said("When you know: {command}", command=f"{_COMMAND} settle {name} {rows[0].key} --arrived | --again"), lang)


def _members(found: Readiness, lang: str) -> Iterator[str]:
    audience = found.audience
    if audience is None:
        return
    of_langs = ", ".join(f"{tag} {n}" for tag, n in audience.by_lang.items())
    many = tell_count("{n} member on the list", "{n} members on the list", audience.whole, lang)
    yield "  " + tell(said("{members}: {languages}", members=many, languages=of_langs), lang)
    first = found.mailing.versions[0].lang
    if audience.other and len(found.mailing.versions) > 1:
        others = tell_count(
            "{n} of them reads another language, or says none", "{n} of them read another language, or say none", audience.other, lang
        )
        yield "  " + tell(said("{members}: {languages}", members=others, languages=first), lang)
    if audience.suppressed:
        yield "  " + tell_count("{n} of them wants nothing any more", "{n} of them want nothing any more", audience.suppressed, lang)


def _pace(sending: Sending, lang: str) -> str:
    if sending.way in SERVICES:
        return sending.way
    words = [sending.way, tell_count("{n} mail a second", "{n} mails a second", sending.rate, lang)]
    if sending.per_day:
        words.append(tell_count("{n} mail in 24 hours", "{n} mails in 24 hours", sending.per_day, lang))
    return ", ".join(words)


def _lasting(found: Readiness, sending: Sending, lang: str) -> str:
    lasts = seconds(found, sending)
    if sending.per_day and waiting(found) > sending.per_day:
        days = -(-waiting(found) // sending.per_day)
        return tell_count("on {n} day", "on {n} days, with one run a day", days, lang)
    if lasts <= 120:
        return tell_count("about {n} second", "about {n} seconds", lasts, lang)
    if lasts <= 7200:
        return tell_count("about {n} minute", "about {n} minutes", round(lasts / 60), lang)
    return tell_count("about {n} hour", "about {n} hours", round(lasts / 3600), lang)


def _counts(counts: Mapping[str, int], lang: str) -> str:
    return ", ".join(_counted(one, counts[one], lang) for one in STATES if counts.get(one))


def _counted(state: str, n: int, lang: str) -> str:
    """Return how many mails stand so, as people say it."""
    words = {
        "queued": tell_count("{n} waiting", "{n} waiting", n, lang),
        "sending": tell_count("{n} under way", "{n} under way", n, lang),
        "accepted": tell_count("{n} accepted", "{n} accepted", n, lang),
        "deferred": tell_count("{n} put off", "{n} put off", n, lang),
        "bounced": tell_count("{n} refused for good", "{n} refused for good", n, lang),
        "ambiguous": tell_count("{n} unclear", "{n} unclear", n, lang),
        "suppressed": tell_count("{n} not wanted any more", "{n} not wanted any more", n, lang),
        "left": tell_count("{n} no longer on the list", "{n} no longer on the list", n, lang),
    }
    return words[state]


def _mails(n: int, lang: str) -> str:
    return tell_count("{n} mail", "{n} mails", n, lang)
