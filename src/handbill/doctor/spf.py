"""The SPF record of a domain, judged as receivers do (RFC 7208): does it hold, and whom does it let send."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network

from handbill.doctor.answers import Answers, asking, is_name, plain
from handbill.doctor.finding import Finding
from handbill.errors import Said, said

WHAT = "SPF"

#: How often a receiver looks up something more before it gives up (RFC 7208, 4.6.4).
MOST_LOOKUPS = 10

_TERM = re.compile(r"(?P<sign>[+?~-]?)(?P<name>[A-Za-z0-9]+)(?P<rest>[:/].*)?")
_MODIFIER = re.compile(r"(?P<name>[A-Za-z][A-Za-z0-9_.-]*)=(?P<value>.*)")
_HOST = re.compile(r"(?:[A-Za-z0-9_%{}.+/=-]|,)+\.(?:[A-Za-z0-9-]*[A-Za-z0-9]\.?|%\{[^}]+\})")
_SERVERS = re.compile(r"(?::(?P<host>(?:[^/%]|%\{[^}]*\}|%[%_-])+))?(?:/(?P<v4>\d{1,2}))?(?://(?P<v6>\d{1,3}))?")
_ASKING = ("include", "a", "mx", "ptr", "exists")


@dataclass(slots=True)
class _Seen:
    """What following a record showed: how many look-ups, which names nobody asked for, and what breaks it."""

    lookups: int = 0
    unasked: list[str] = field(default_factory=list)
    broken: Said | None = None


def is_spf(text: str) -> bool:
    """Say whether receivers take a text for an SPF record (RFC 7208, 4.5)."""
    return text.lower() == "v=spf1" or text.lower().startswith("v=spf1 ")


def judge_spf(domain: str, answers: Answers) -> Iterator[Finding]:
    """Yield how the SPF record of a domain stands; nothing where nobody asked for it."""
    texts = answers.at(domain)
    if texts is None:
        return
    records = [text for text in texts if is_spf(text)]
    if not records:
        yield _without(domain, texts)
        return
    if len(records) > 1:
        found = said("{n} records at {domain}", n=len(records), domain=domain)
        yield _fault(
            found, said("receivers then read none of them"), said("make one record of them: v=spf1, all their terms, one “all” at the end")
        )
        return
    record = records[0]
    if fault := _syntax(record):
        yield _fault(
            fault, said("receivers then read nothing of the record"), said("correct it, or take the line that your provider shows")
        )
        return
    yield from _followed(domain, record, answers)
    yield from _doubts(record)


def _followed(domain: str, record: str, answers: Answers) -> Iterator[Finding]:
    seen = _Seen()
    _follow(record, answers, seen, (plain(domain),))
    if seen.broken:
        yield _fault(
            seen.broken, said("receivers then read nothing of the record"), said("take that term out, or ask the one whom it names")
        )
    elif seen.lookups > MOST_LOOKUPS:
        found = said("{n} names to look up, directly or through others", n=seen.lookups)
        yield _fault(found, said("receivers give up after {most}", most=MOST_LOOKUPS), said("take out those who no longer send for you"))
    elif seen.unasked:
        found = said("“{record}”, and what it leads to was not looked up", record=record)
        command = asking(dict.fromkeys(seen.unasked))
        yield Finding(WHAT, "unknown", found, said("together there must not be more than {most} look-ups", most=MOST_LOOKUPS), command)
    else:
        found = said("“{record}”, {n} of {most} look-ups", record=record, n=seen.lookups, most=MOST_LOOKUPS)
        yield Finding(WHAT, "ok", found, said("it says whose servers may send for {domain}", domain=domain))


def _doubts(record: str) -> Iterator[Finding]:
    terms = record.split()[1:]
    names = [term.lower().lstrip("+?~-") for term in terms]
    if _lets_everybody(_read(record)):
        found = said("a term that lets everybody send")
        yield _fault(found, said("anybody could then write in your name"), said("end it with ~all, and name those who send for you"))
    elif "all" not in names and not any(name.startswith("redirect=") for name in names):
        found = said("no “all” at the end")
        yield _doubt(found, said("who is not named is then neither allowed nor refused"), said("end it with ~all, later with -all"))
    elif "?all" in [term.lower() for term in terms]:
        yield _doubt(
            said("“?all” at the end"),
            said("who is not named is then neither allowed nor refused"),
            said("end it with ~all, later with -all"),
        )
    if any(name.partition(":")[0] == "ptr" for name in names):
        yield _doubt(
            said("the term “ptr”"),
            said("it must not be used any more, and some receivers pass over it"),
            said("name the servers with ip4, ip6 or include"),
        )
    if "all" in names and (late := [term for term in terms[names.index("all") + 1 :] if "=" not in term]):
        found = said("“{term}” after “all”", term=late[0])
        yield _doubt(found, said("nobody reads what stands there"), said("put “all” at the end"))


def _without(domain: str, texts: tuple[str, ...]) -> Finding:
    near = next((text for text in texts if "spf1" in text.lower()), "")
    found = (
        said("“{record}”, which does not begin with “v=spf1 ”", record=near[:60]) if near else said("no record at {domain}", domain=domain)
    )
    return _fault(
        found,
        said("nobody then knows whose servers may send for {domain}", domain=domain),
        said("ask who sends your mail for the line to put there, such as v=spf1 include:… ~all"),
    )


def _fault(found: Said, why: Said, mend: Said) -> Finding:
    return Finding(WHAT, "missing", found, why, mend)


def _doubt(found: Said, why: Said, mend: Said) -> Finding:
    return Finding(WHAT, "warning", found, why, mend)


def _lets_everybody(terms: list[str]) -> bool:
    return any(re.fullmatch(r"\+?all|\+?ip[46]:\S*/0", term, re.IGNORECASE) for term in terms)


def _syntax(record: str) -> Said | None:
    """Return the term that makes receivers give up on the record (RFC 7208, 4.6.1)."""
    once: set[str] = set()
    for term in record.split(" ")[1:]:
        if not term:
            continue
        wrong = said("“{term}”, which is no term of SPF", term=term[:60])
        if modifier := _MODIFIER.fullmatch(term):
            name = modifier["name"].lower()
            if name in ("redirect", "exp"):
                if name in once or not _HOST.fullmatch(modifier["value"]):
                    return wrong
                once.add(name)
            continue
        found = _TERM.fullmatch(term)
        if found is None or not _stands(found["name"].lower(), found["rest"] or ""):
            return wrong
    return None


def _stands(name: str, rest: str) -> bool:
    if name == "all":
        return not rest
    if name in ("ip4", "ip6"):
        return bool(re.fullmatch(r":[0-9A-Fa-f.:]+(/\d{1,3})?", rest)) and _is_network(name, rest[1:])
    if name in ("include", "exists"):
        return rest.startswith(":") and bool(_HOST.fullmatch(rest[1:]))
    if name in ("a", "mx", "ptr"):
        found = _SERVERS.fullmatch(rest)
        if found is None or (name == "ptr" and "/" in rest):
            return False
        fits = int(found["v4"] or 0) <= 32 and int(found["v6"] or 0) <= 128
        return fits and (found["host"] is None or bool(_HOST.fullmatch(found["host"])))
    return False


def _is_network(name: str, written: str) -> bool:
    try:
        IPv4Network(written, strict=False) if name == "ip4" else IPv6Network(written, strict=False)
    except ValueError:
        return False
    return True


def _read(record: str) -> list[str]:
    """Return the terms that receivers come to: none behind “all”."""
    terms = record.split()[1:]
    ends = [place for place, term in enumerate(terms) if term.lower().lstrip("+?~-") == "all"]
    return terms[: ends[0] + 1] if ends else terms


def _follow(record: str, answers: Answers, seen: _Seen, path: tuple[str, ...]) -> None:
    """Count what a receiver would look up at most; it stops at the first term that fits."""
    terms = [term.lstrip("+?~-") for term in _read(record)]
    has_all = bool(terms) and terms[-1].lower() == "all"
    for term in terms:
        name = re.split("[:/=]", term, maxsplit=1)[0].lower()
        if name not in _ASKING and not (name == "redirect" and not has_all):
            continue
        seen.lookups += 1
        if name not in ("include", "redirect") or seen.broken or seen.lookups > MOST_LOOKUPS:
            continue
        target = plain(re.split("[:=]", term, maxsplit=1)[1])
        if not is_name(target):
            # Each mail makes another one of it, as of “%{d}”.
            continue
        if target in path:
            seen.broken = said("“{term}”, which leads back to itself", term=term)
            continue
        texts = answers.at(target)
        if texts is None:
            seen.unasked.append(target)
            continue
        held = [text for text in texts if is_spf(text)]
        if len(held) != 1 or _syntax(held[0]):
            # RFC 7208, 5.2 and 6.1: naming a domain without a record of its own breaks the whole.
            seen.broken = said("“{term}”, where no good record stands", term=term)
            continue
        _follow(held[0], answers, seen, (*path, target))
