"""The records of the sender's domain → how they stand, what must stand there, and the one command that asks for them."""

from __future__ import annotations

from collections.abc import Iterator

from handbill.doctor.answers import Answers, asking
from handbill.doctor.dmarc import alignment, first_record, judge_dmarc, mode_of, names_above
from handbill.doctor.finding import Finding
from handbill.doctor.key_record import judge_key, name_of, zone_line
from handbill.doctor.spf import judge_spf
from handbill.errors import said
from handbill.sending.signing import Key, domain_of
from handbill.settings import Settings

_RULES = (
    ("Google", "https://support.google.com/mail/answer/81126"),
    ("Yahoo", "https://senders.yahooinc.com/best-practices/"),
    ("Outlook.com", "https://sendersupport.olc.protection.outlook.com/pm/"),
    ("laposte.net", "https://postmaster.laposte.net/"),
    ("Free", "https://postmaster.free.fr/"),
)


def _envelope(settings: Settings, domain: str) -> str:
    """Return the domain that SPF is asked about: that of the address for returned mails."""
    return domain_of(settings.sending.bounces.replace("{token}", "x")) or domain


def records(settings: Settings, domain: str, key: Key | None, answers: Answers) -> Iterator[Finding]:
    """Yield how the records of a domain stand; for those that nobody looked up, what must be there."""
    envelope = _envelope(settings, domain)
    yield from _aligned(envelope, domain, answers)
    yield from list(judge_spf(envelope, answers)) or [
        Finding(
            "SPF",
            "unknown",
            said("not looked up: {name}", name=envelope),
            said("it says whose servers may send for {domain}", domain=envelope),
            said("ask who sends your mail for the line to put there, such as v=spf1 include:… ~all"),
        )
    ]
    if selector := settings.sending.dkim_selector:
        name = name_of(selector, domain)
        looked_up = list(judge_key(name, answers, key))
        yield from looked_up
        if key is not None and not (looked_up and all(one.state == "ok" for one in looked_up)):
            found = said("the record of {name}", name=name)
            in_panel = said("for the panel of a provider: under the name {name}, as TXT, this text", name=name.removesuffix(f".{domain}"))
            yield Finding("DKIM", "unknown", found, in_panel, key.record)
            yield Finding("DKIM", "unknown", found, said("for a zone file, the same in strings of 255 signs"), zone_line(name, key.record))
    yield from list(judge_dmarc(domain, answers)) or [
        Finding(
            "DMARC",
            "unknown",
            said("not looked up: {name}", name=f"_dmarc.{domain}"),
            said("a record to begin with, if there is none; read the reports, then tighten it"),
            f'_dmarc.{domain}. IN TXT "{first_record(domain)}"',
        )
    ]


def _aligned(envelope: str, domain: str, answers: Answers) -> Iterator[Finding]:
    stands = alignment(envelope, domain, mode_of("aspf", domain, answers), answers)
    if envelope == domain:
        return
    what, found = said("domains"), said("returned mails go to {envelope}, readers see {domain}", envelope=envelope, domain=domain)
    if stands:
        yield Finding(what, "ok", found, said("SPF counts for DMARC, because both are the same owner's"))
    elif stands is None:
        yield Finding(
            what, "unknown", found, said("whether both are one owner's, the DMARC records tell"), said("look up the records of both")
        )
    else:
        why = said("SPF does not count for DMARC then, and DKIM alone has to")
        yield Finding(what, "warning", found, why, said("take an address below {domain} for returned mails", domain=domain))


def rules() -> Iterator[Finding]:
    """Yield where those who receive the letters say what they ask; it changes, so it is not repeated here."""
    why = said("they change, and a letter that breaks them ends as spam")
    for who, address in _RULES:
        yield Finding(said("rules of {who}", who=who), "unknown", said("what it asks of those who send to many"), why, address)


def _unasked(settings: Settings, domains: tuple[str, ...], answers: Answers) -> tuple[str, ...]:
    wanted: list[str] = []
    for domain in domains:
        wanted.append(_envelope(settings, domain))
        wanted += [name_of(settings.sending.dkim_selector, domain)] if settings.sending.dkim_selector else []
        wanted += names_above(domain)
    return tuple(dict.fromkeys(name for name in wanted if answers.at(name) is None))


def left_to_ask(settings: Settings, domains: tuple[str, ...], answers: Answers) -> Iterator[Finding]:
    """Yield the one command that asks for all that nobody looked up yet; on Windows there is no dig."""
    names = _unasked(settings, domains, answers)
    if not names:
        return
    why = said("then: {command}", command="python3 build.py doctor mail --records dns.txt")
    yield Finding("DNS", "unknown", said("{n} names to look up", n=len(names)), why, asking(names, "dns.txt"))
