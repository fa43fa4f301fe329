"""The rules of a contest in English: what the organiser owes: data, rights, liability, access to the rules, and the law."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from handbill.rules.edition import Edition
from handbill.rules.markdown import Article, plain, points
from handbill.rules.wording import counted, day

_LANG = "en"

#: What public files say of a ticket.
_BESIDE = {
    "draw": "",
    "jury": " and the marks of the jury",
    "jury+vote": ", the marks of the jury and the numbers of votes",
    "quiz": " and the answers given",
    "quiz+draw": " and the answers given",
}


def duties(terms: Mapping[str, Any], edition: Edition) -> tuple[Article, ...]:
    """Return the last five articles."""
    return _privacy(terms), _rights(terms), _liability(terms), _access(terms, edition), _law(terms)


def _privacy(terms: Mapping[str, Any]) -> Article:
    own = terms["privacy"]
    days = counted(terms["retention_days"], "day", "days", _LANG)
    authority = "the French authority, CNIL" if terms["law"] == "FR" else "the data protection authority of their country"
    return Article(
        "Personal data",
        (
            points((
                f"Who answers for the data: {plain(own['controller'])}",
                f"What they are for: {plain(own['purpose'])}",
                f"Legal basis: {plain(own['basis'])}",
                f"Kept for: {days} after the results; then the data and the key to the tickets are destroyed",
            )),
            "Anyone can ask to see, correct or erase what is kept of them, to have its use limited, to object to it or to receive it, by "
            f"writing to {plain(own['contact'])}, and can complain to {authority}.",
            f"The lists and the draw stay public. They hold nothing but tickets{_BESIDE[terms['mechanism']]}; once the key is destroyed, "
            "nobody can tell any more whose they were."
            if terms["entry"]["how"] != "pull_request"
            else "The lists and the draw stay public, with the account names that entrants agreed to see in them.",
        ),
    )  # fmt: skip


def _rights(terms: Mapping[str, Any]) -> Article:
    own = plain(terms["image_rights"]) if terms["image_rights"] else "The contest asks nobody to give up rights to a work or a picture."
    return Article(
        "Rights to works and pictures",
        (
            own,
            "The organiser shows neither the name nor the picture of an entrant without their consent, which can be taken back at "
            "any time.",
        ),
    )


def _liability(terms: Mapping[str, Any]) -> Article:
    blocks = [
        "Until entries close, the organiser can change these rules: each version is published with its number and date, and earlier ones "
        "stay readable. Those who entered before can withdraw. After closing nothing is changed.",
        "While the list of entries is not frozen, the organiser can cancel the contest for a serious reason, which is published. Once the "
        "list is frozen, and until the winners are found, the contest can only be declared void, with the reason published, if the list "
        "or what is to decide is found to be wrong or is missing; it can then be announced anew under another identifier.",
        "The organiser does not answer for what is beyond its control: a network that fails, a message that is lost, force majeure. "
        "Nothing in these rules limits the rights that the law gives to entrants.",
    ]
    if terms["platform"]["disclaimer"]:
        name = plain(terms["platform"]["name"]) or "the social network on which it is told of"
        blocks.append(
            f"The contest is not organised, run or sponsored by {name}, which is in no way responsible for it. What entrants tell in "
            "order to enter goes to the organiser, and not to that network."
        )
    elif terms["platform"]["name"]:
        blocks.append(f"The contest is also told of on {plain(terms['platform']['name'])}.")
    return Article("Liability, changes and cancellation", tuple(blocks))


def _access(terms: Mapping[str, Any], edition: Edition) -> Article:
    blocks = [
        f"These rules can be read and printed freely and free of charge at the address <{edition.page}rules/>, with all their versions. "
        f"Their SHA-256 digests are in <{edition.files}record.json>.",
        "Anyone who asks the organiser receives a copy free of charge.",
    ]
    own = terms["deposit"]
    if own["officer"]:
        named = [f"with {plain(own['officer'])}"]
        if own["reference"]:
            named.append(f"under the reference {plain(own['reference'])}")
        if own["date"]:
            named.append(f"on {day(date.fromisoformat(own['date']), _LANG)}")
        blocks.append(
            f"The rules are filed {', '.join(named)}."
            + (" This has not been mandatory since the French law of 20 December 2014 (to be checked)." if terms["law"] == "FR" else "")
        )
    return Article("Free access to the rules", tuple(blocks))


def _law(terms: Mapping[str, Any]) -> Article:
    law = "French law" if terms["law"] == "FR" else "the law of the country in which the organiser has its seat"
    return Article(
        "Law and disputes",
        (
            f"These rules are subject to {law}, without taking from entrants the protection of the law of their own country.",
            f"Any question or complaint goes first to the organiser ({plain(terms['organiser']['contact'])}), and both look for an "
            "agreement. Failing that, the dispute goes to the courts that the law names.",
        ),
    )
