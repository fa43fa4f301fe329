"""The DMARC record of a domain, judged as receivers do (RFC 9989; RFC 7489 before it), and which domains stand for each other."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbill.doctor.answers import Answers, asking, plain
from handbill.doctor.finding import Finding
from handbill.doctor.tags import tags_of
from handbill.errors import Said, said
from handbill.sending.signing import related

WHAT = "DMARC"

#: How many names a receiver looks at on its way up (RFC 9989, 4.10).
MOST_STEPS = 8

_RECORD = re.compile(r"v\s*=\s*DMARC1\s*(?:;|\Z)")
_NEAR = re.compile(r"v\s*=\s*dmarc1", re.IGNORECASE)
_MAILTO = re.compile(r"mailto:[^@\s!]+@(?P<domain>[A-Za-z0-9.-]+)(?:![0-9]+[kmgt]?)?", re.IGNORECASE)
_POLICIES = ("none", "quarantine", "reject")


def names_above(domain: str) -> tuple[str, ...]:
    """Return where receivers look for the record of a domain: at it, then above it, down to two labels."""
    labels = plain(domain).split(".")
    steps = [".".join(labels[start:]) for start in range(len(labels) - 1)] or [plain(domain)]
    return tuple(f"_dmarc.{name}" for name in (steps[:1] + steps[1:][-(MOST_STEPS - 2) :]))


def record_of(domain: str, answers: Answers) -> str:
    """Return the record that holds for a domain; "" where none is known."""
    for name in names_above(domain):
        records = [text for text in answers.at(name) or () if _RECORD.match(text)]
        if len(records) == 1:
            return records[0]
    return ""


def judge_dmarc(domain: str, answers: Answers) -> Iterator[Finding]:
    """Yield how the DMARC record stands that holds for a domain; nothing where nobody asked for it."""
    for name in names_above(domain):
        texts = answers.at(name)
        if texts is None:
            return
        records = [text for text in texts if _RECORD.match(text)]
        if len(records) > 1:
            found = said("{n} records at {name}", n=len(records), name=name)
            yield _fault(found, said("receivers then read none of them"), said("leave one of them"))
            return
        if records:
            yield from _judged(domain, name, records[0], answers)
            return
        if near := next((text for text in texts if _NEAR.match(text)), ""):
            found = said("“{record}”, which does not begin with “v=DMARC1;”", record=near[:60])
            yield _fault(found, said("receivers pass over it"), said("write the beginning exactly so"))
            return
    found = said("no record at {name}", name=f"_dmarc.{plain(domain)}")
    mend = f'_dmarc.{plain(domain)}. IN TXT "{first_record(domain)}"'
    yield _fault(found, said("Google, Yahoo and Microsoft ask it of those who send to many"), mend)


def first_record(domain: str) -> str:
    """Return the record to begin with: it asks for reports and changes nothing else."""
    return f"v=DMARC1; p=none; rua=mailto:dmarc@{plain(domain)}"


def _judged(domain: str, name: str, record: str, answers: Answers) -> Iterator[Finding]:
    tags, wrong = tags_of(record)
    if wrong:
        yield _fault(said("{what}, in “{record}”", what=wrong, record=record[:60]), said("receivers pass over it"), said("correct it"))
        return
    is_above = name != f"_dmarc.{plain(domain)}"
    policy = tags.get("sp", tags.get("p", "")) if is_above else tags.get("p", "")
    has_reports = bool([one for one in tags.get("rua", "").split(",") if _MAILTO.fullmatch(one.strip())])
    why = said("it says what receivers do with mails that only seem to come from {domain}", domain=domain)
    if policy.lower() not in _POLICIES:
        found = said("no policy p=none, p=quarantine or p=reject at {name}", name=name)
        if has_reports:
            yield _doubt(found, said("receivers take it for p=none"), said("write p=none"))
        else:
            yield _fault(found, said("receivers pass over it"), said("write p=none, and rua= for reports"))
            return
    else:
        found = said("“{record}” at {name}", record=record, name=name)
        yield Finding(WHAT, "ok", found, why)
    yield from _reports(name, tags, has_reports, answers)
    if tags.get("t", "").lower() == "y":
        yield _doubt(
            said("t=y at {name}", name=name),
            said("receivers then do less than the policy says"),
            said("take it out when the reports are clean"),
        )
    if old := [one for one in ("pct", "rf", "ri") if one in tags]:
        yield _doubt(
            said("the tag “{tag}” at {name}", tag=old[0], name=name),
            said("RFC 9989 has taken it out; some receivers still read it, others do not"),
            said("take it out"),
        )
    for tag in ("adkim", "aspf"):
        if tags.get(tag, "r").lower() not in ("r", "s"):
            yield _doubt(
                said("{tag}={value} at {name}", tag=tag, value=tags[tag][:20], name=name),
                said("receivers take it for “r”"),
                said("write r or s"),
            )


def _reports(name: str, tags: dict[str, str], has_reports: bool, answers: Answers) -> Iterator[Finding]:
    if not has_reports:
        found = said("no address for reports (rua=mailto:…) at {name}", name=name)
        yield _doubt(
            found,
            said("without reports nobody sees who writes in your name, or which of your own mails fail"),
            said("add rua=mailto: and an address that somebody reads"),
        )
        return
    home = name.removeprefix("_dmarc.")
    for one in tags["rua"].split(","):
        if not (address := _MAILTO.fullmatch(one.strip())):
            yield _doubt(
                said("“{text}” in rua=", text=one.strip()[:60]), said("receivers pass over it"), said("write mailto: and an address")
            )
        elif not related(plain(address["domain"]), home):
            # RFC 9990, 4: another domain must say that it wants these reports.
            wanted = f"{home}._report._dmarc.{plain(address['domain'])}"
            texts = answers.at(wanted)
            if texts is None:
                why = said("the other domain must say that it takes these reports, or none are sent")
                yield Finding(
                    WHAT,
                    "unknown",
                    said("reports go to {domain}", domain=plain(address["domain"])),
                    why,
                    asking([wanted]),
                )
            elif not any(_RECORD.match(text) for text in texts):
                why = said("the other domain must say that it takes these reports, or none are sent")
                yield _doubt(said("no record at {name}", name=wanted), why, f'{wanted}. IN TXT "v=DMARC1;"')


def alignment(one: str, author: str, mode: str, answers: Answers) -> bool | None:
    """Say whether a domain stands for the author's (RFC 9989, 4.4); ``None`` where only DNS knows whether both have the same owner.

    *mode* is ``s`` where they must be equal, else ``r``.
    """
    one, author = plain(one), plain(author)
    if one == author:
        return bool(one)
    if mode == "s":
        return False
    owners = [organisation(name, answers) for name in (one, author)]
    if all(owners):
        return owners[0] == owners[1]
    if related(one, author):
        return True
    return None if ".".join(one.split(".")[-2:]) == ".".join(author.split(".")[-2:]) else False


def organisation(domain: str, answers: Answers) -> str:
    """Return the domain of the owner, as the records on the way up say (RFC 9989, 4.10.2); "" where they say nothing."""
    owner = ""
    for name in names_above(domain):
        texts = answers.at(name)
        if texts is None:
            return ""
        records = [text for text in texts if _RECORD.match(text)]
        if len(records) != 1:
            continue
        place = name.removeprefix("_dmarc.")
        says = tags_of(records[0])[0].get("psd", "u").lower()
        if says == "n":
            return place
        if says == "y" and place != plain(domain):
            labels = plain(domain).split(".")
            return ".".join(labels[-(place.count(".") + 2) :])
        owner = place
    return owner


def mode_of(tag: str, domain: str, answers: Answers) -> str:
    """Return how strictly domains must stand for each other, as the record says: ``adkim`` or ``aspf``."""
    tags, _ = tags_of(record_of(domain, answers))
    return "s" if tags.get(tag, "r").lower() == "s" else "r"


def _fault(found: Said, why: Said, mend: str) -> Finding:
    return Finding(WHAT, "missing", found, why, mend)


def _doubt(found: Said, why: Said, mend: str) -> Finding:
    return Finding(WHAT, "warning", found, why, mend)
