"""The rules of a contest in English: who organises, when, who may enter and how, and what is won."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from handbill.rules.edition import Edition, total_by_currency
from handbill.rules.english_duties import duties
from handbill.rules.english_lots import choosing
from handbill.rules.markdown import Article, code, document, plain, points, table
from handbill.rules.wording import GAP, counted, listed, local, moment, money, number, until

_LANG = "en"
_EXCLUDED = {
    "staff": "anyone who works for the organiser, employed or as a volunteer of its team",
    "family": "members of their families, and those who live under the same roof",
    "partners": "the partners of the contest and anyone who works for them",
}
_SHOWN = {
    "pseudonym": "The public sees winners by their ticket alone, never by name.",
    "first_name_initial": "The public sees the tickets of winners and, only where they agree, their first name and the initial of "
    "their name.",
    "opt_in": "The public sees the tickets of winners and, only where they agree, the name that they chose to show.",
}


def english(terms: Mapping[str, Any], edition: Edition) -> str:
    """Return the whole text."""
    articles = (
        _organiser(terms),
        _acceptance(terms),
        _duration(terms),
        _eligibility(terms),
        _entry(terms),
        Article("How winners are found", choosing(terms, edition)),
        _prizes(terms),
        _claims(terms),
        *duties(terms, edition),
    )
    notice = (
        "**Made from a model.** These rules were put together from what the organiser stated. A model does not replace a lawyer, who "
        "should read them; texts of law are cited in them as “to be checked”."
    )
    lead = (
        f"Version {edition.version}, announced on {moment(local(edition.announced, terms['zone']), _LANG)}. "
        f"The contest’s identifier: {code(terms['contest'])}."
    )
    end = f"Digest of the announcement, for programs:\n`announced-step: {edition.digest}`"
    return document(f"Rules of the contest “{plain(terms['title'])}”", notice, lead, articles, end, _LANG)


def _at(terms: Mapping[str, Any], name: str) -> str:
    return moment(local(terms[name], terms["zone"]), _LANG)


def _until(terms: Mapping[str, Any], name: str) -> str:
    return until(local(terms[name], terms["zone"]), _LANG)


def _organiser(terms: Mapping[str, Any]) -> Article:
    own = terms["organiser"]
    labels = {
        "name": "Name", "form": "Legal form", "capital": "Capital", "registration": "Registration", "address": "Seat", "contact": "Contact",
    }  # fmt: skip
    return Article(
        "Organiser",
        (
            f"The contest “{plain(terms['title'])}” (“the contest”) is organised by (“the organiser”):",
            points(f"{label}: {plain(own[key])}" for key, label in labels.items() if own[key]),
        ),
    )


def _acceptance(terms: Mapping[str, Any]) -> Article:
    law = (
        " Under French law a contest for the public is lawful only if it is fair (Code de la consommation, article L. 121-20, to be "
        "checked), and asking for a sacrifice of money in return for a part of chance, even one that is paid back later, is a "
        "forbidden lottery (Code de la sécurité intérieure, article L. 320-1, to be checked)."
        if terms["law"] == "FR"
        else ""
    )
    return Article(
        "Acceptance of the rules",
        (
            "To enter the contest is to accept these rules. They are the contract between the organiser and the entrants, and bind "
            "them both.",
            f"Entering is free: it asks for no purchase, no payment and nothing else that is worth money.{law}",
        ),
    )


def _duration(terms: Mapping[str, Any]) -> Article:
    dates = [
        f"Entries open: {_at(terms, 'opens')}",
        f"Entries close: {_until(terms, 'closes')}",
        f"The list of entries is frozen, and its digest published, at the latest: {_until(terms, 'freeze')}",
    ]
    if terms["draw"]:
        dates.append(f"Lots are drawn: {_at(terms, 'draw')}")
    dates += [f"The results are published from: {_at(terms, 'results')}", f"Prizes can be claimed until: {_until(terms, 'claim')}"]
    return Article(
        "Duration and dates",
        (
            points(dates),
            f"All times are those of the zone {plain(terms['zone'])}.",
            "An entry counts as of the moment at which it is handed in, not of that at which it is read or published. One that is "
            "handed in before the opening, at the moment of closing or after it is not accepted.",
        ),
    )


def _eligibility(terms: Mapping[str, Any]) -> Article:
    own = terms["eligibility"]
    age = f"of at least {own['min_age']}{GAP}years when entering" if own["min_age"] else "of any age"
    if own["countries"]:
        where = f"who lives in one of these countries or territories: {listed((plain(one) for one in own['countries']), _LANG, 'or')}"
    else:
        where = "wherever they live"
    blocks = [f"The contest is open to any natural person {age}, {where}."]
    if own["members_only"]:
        blocks.append("It is for members of the organiser alone.")
    if own["parental_consent"]:
        blocks.append(f"Consent of parents, for entrants who are minors: {plain(own['parental_consent'])}")
    excluded = [_EXCLUDED[one] for one in own["excluded"]]
    if terms["mechanism"].startswith("jury"):
        excluded.append("the members of the jury")
    if excluded:
        blocks += ["These cannot enter:", points(f"{one}{'.' if one == excluded[-1] else ';'}" for one in excluded)]
    if own["told"]:
        blocks.append(f"The organiser adds: {plain(own['told'])}")
    return Article("Who may enter", tuple(blocks))


def _entry(terms: Mapping[str, Any]) -> Article:
    own = terms["entry"]
    url = f"<{own['url']}>" if own["url"] else ""
    how = {
        "form": f"One enters by filling in the form at the address {url}.",
        "pull_request": f"One enters by a pull request in the public repository of the contest{f', {url},' if url else ''} under the "
        "public name of one’s account. In it the entrant ticks the box by which they agree that this account name is published in the list "
        "of entries; without that tick the entry is not accepted.",
        "issue_form": f"One enters by filling in the form of the contest’s public repository, at the address {url}.",
        "post": f"One enters by publishing a post on {plain(terms['platform']['name'])}{f' ({url})' if url else ''}.",
        "paper": "One enters by handing in a slip on the spot." + (f" More about it is at the address {url}." if url else ""),
    }[own["how"]]
    if own["limit"] == 1:
        limit = "Each person enters once."
    else:
        limit = f"Each person can enter up to {own['limit']}{GAP}times, and wins once only."
    if own["how"] == "pull_request":
        ticket = "In public lists the public name of the account serves as the entrant’s ticket."
    else:
        ticket = (
            "In public lists each entrant is represented by a ticket: a row of characters made from their identity by a secret key, "
            "which says nothing about them. The organiser tells it to the entrant, and nobody else knows whose it is."
        )
    blocks = [how]
    if own["told"]:
        blocks.append(f"In the organiser’s words: {plain(own['told'])}")
    blocks += [
        f"{limit} An entry that is incomplete, doubled, made by a machine or against these rules is taken out before the list is frozen.",
        ticket,
    ]
    return Article("How to enter", tuple(blocks))


def _prizes(terms: Mapping[str, Any]) -> Article:
    rows = []
    for n, one in enumerate(terms["prizes"], 1):
        value = Decimal(one["unit_value"])
        shared = f" (each shared by {one['shared_by']}{GAP}people)" if one["shared_by"] > 1 else ""
        rows.append((
            str(n), plain(one["name"]) + shared, number(one["quantity"], _LANG), number(one["quantity"] * one["shared_by"], _LANG),
            money(value, one["currency"], _LANG), money(value * one["quantity"], one["currency"], _LANG),
        ))  # fmt: skip
    totals = [money(total, currency, _LANG) for currency, total in total_by_currency(terms)]
    notes = [f"{plain(one['name'])} – handing over: {plain(one['delivery'])}" for one in terms["prizes"] if one["delivery"]]
    notes += [f"{plain(one['name'])} – to be known: {plain(one['restrictions'])}" for one in terms["prizes"] if one["restrictions"]]
    blocks = [
        table(("Rank", "Prize", "Number", "Winners", "Value each", "Total value"), rows, (2, 3, 4, 5)),
        f"Value of all prizes: {listed(totals, _LANG)}, for {counted(terms['winners'], 'winner', 'winners', _LANG)}. Prizes are given "
        "in the order of this table.",
    ]
    if notes:
        blocks.append(points(notes))
    blocks.append(
        "A prize is neither exchanged nor paid out in money. If it becomes impossible to hand it over, the organiser replaces it by "
        "one of at least the same value. A prize that nobody can receive is not given."
    )
    return Article("Prizes", tuple(blocks))


def _claims(terms: Mapping[str, Any]) -> Article:
    few = terms["substitutes"]
    if few:
        after = (
            f"After the winners, {counted(few, 'substitute is', 'substitutes are', _LANG)} found in the same way. A prize that is "
            "declined, that is not claimed in time, or whose winner does not meet these rules goes to the first substitute, and "
            "then to the next."
        )
    else:
        after = "There are no substitutes: a prize that is declined or not claimed in time is not given."
    return Article(
        "Results, claims and substitutes",
        (
            f"The results are published from {_at(terms, 'results')} on, on the page of the contest. The organiser writes to each "
            "winner in the way that they gave when entering.",
            f"A winner can claim a prize until {_until(terms, 'claim')}.",
            after,
            _SHOWN[terms["publish_winners"]],
        ),
    )
