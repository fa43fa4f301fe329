"""An event's record → the event as linked data: when it is, how it stands, where, who, and what it costs.

Terms are those of schema.org; what is required and recommended is told in
Google's documentation of event results.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from handbill.outputs.access import LABELS
from handbill.outputs.linked_node import Node, Site, node
from handbill.outputs.views import Card, ItemPage, When

_VOCABULARY = "https://schema.org/"

#: How an event stands; what is not certain yet is scheduled until it is said to be off.
_STATUS = {
    "cancelled": "EventCancelled",
    "postponed": "EventPostponed",
    "rescheduled": "EventRescheduled",
    "moved_online": "EventMovedOnline",
}
_ATTENDANCE = {"online": "OnlineEventAttendanceMode", "hybrid": "MixedEventAttendanceMode"}

#: As many dates of a series as its page lists.
MOST_DATES = 8

_CURRENCIES = {"€": "EUR", "eur": "EUR", "euro": "EUR", "euros": "EUR", "£": "GBP", "gbp": "GBP", "chf": "CHF", "$": "", "usd": "USD"}
_SIGN = r"€|£|\$|EUR|euros?|GBP|CHF|USD"
_AMOUNT = re.compile(rf"(?:(?P<before>{_SIGN})\s*)?(?P<amount>\d{{1,6}}(?:[.,]\d{{1,2}})?)(?:\s*(?P<after>{_SIGN})(?!\w))?", re.IGNORECASE)


def event(view: ItemPage, when: When, site: Site) -> Node:
    """Return the event of a page, or the series with its next dates."""
    card, facts, page = view.card, view.facts, view.page
    dates = tuple(facts["dates"])[:MOST_DATES] if when.repeats else ()
    many = len(dates) > 1
    signup = facts["registration"]
    left = signup["left"] if signup and not _is_over(card) else None
    found = node(
        "EventSeries" if many else "Event", f"{page.canonical}#event", name=card.title, url=page.canonical, description=card.summary,
        inLanguage=_one_or_all(facts["languages"]) or card.lang, **(_time(when) | (_stretch(dates) if many else {})),
        location=_location(view, when, site), image=site.pictures(view), organizer=site.people(card, "organiser"),
        performer=site.people(card, "speaker"), sponsor=site.partners(card),
        audience=[node("Audience", audienceType=one) for one in facts["audience"]],
        maximumAttendeeCapacity=facts["capacity"], remainingAttendeeCapacity=left,
        isAccessibleForFree=True if not facts["price"] else None, offers=_offer(view, site), keywords=[one.title for one in card.tags],
    )  # fmt: skip
    found |= {"eventAttendanceMode": _attendance(facts["mode"], when)}
    if many:
        found["subEvent"] = [
            node("Event", name=card.title, url=page.canonical, **_time(one), location=_location(view, one, site))
            | {"eventAttendanceMode": _attendance(facts["mode"], one)}
            for one in dates
        ]
    return found


def _time(when: When) -> dict[str, Any]:
    """Return when it is and how it stands; what was announced before is said of a date that was moved."""
    was = when.was if when.status == "rescheduled" else ()
    return {
        "startDate": when.starts,
        "endDate": when.ends,
        "previousStartDate": _one_or_all(was),
        "eventStatus": _VOCABULARY + _STATUS.get(when.status, "EventScheduled"),
    }


def _one_or_all(values: Sequence[str]) -> str | list[str]:
    return values[0] if len(values) == 1 else list(values)


def _stretch(dates: tuple[When, ...]) -> dict[str, Any]:
    return {"startDate": dates[0].starts, "endDate": dates[-1].ends}


def _attendance(mode: str, when: When) -> str:
    return _VOCABULARY + _ATTENDANCE.get("online" if when.status == "moved_online" else mode, "OfflineEventAttendanceMode")


def _location(view: ItemPage, when: When, site: Site) -> Node | list[Node]:
    """Return the place, the way to connect, or both; the address to connect only as long as the page shows it."""
    facts = view.facts
    is_online = facts["mode"] in ("online", "hybrid") or when.status == "moved_online" or bool(facts["join_url"])
    shows_way = facts["join_url"] and not _is_over(view.card)
    online = node("VirtualLocation", url=facts["join_url"] if shows_way else view.page.canonical) if is_online else None
    somewhere = place(facts["venue"]) if facts["venue"] and facts["mode"] != "online" and when.status != "moved_online" else None
    found = [one for one in (somewhere, online) if one]
    return found[0] if len(found) == 1 else found


def _is_over(card: Card) -> bool:
    return card.state in ("past", "cancelled", "postponed")


def place(venue: dict[str, Any]) -> Node:
    """Return a place as the facts of an event have it; of its features those that are there or not, for a part of one is neither."""
    address = node(
        "PostalAddress", streetAddress=venue["street"], postalCode=venue["postcode"], addressLocality=venue["city"],
        addressCountry=venue["country"],
    )  # fmt: skip
    geo = None
    if venue["latitude"] is not None and venue["longitude"] is not None:
        geo = node("GeoCoordinates", latitude=venue["latitude"], longitude=venue["longitude"])
    features = [
        node("LocationFeatureSpecification", name=LABELS[name], propertyID=name, value=given == "yes")
        for name, given in venue["accessibility"].items()
        if given in ("yes", "no")
    ]
    # Who searches needs something to go to; the name is all that some places have.
    where = address if len(address) > 1 else venue["name"]
    return node("Place", name=venue["name"], address=where, geo=geo, amenityFeature=features, sameAs=venue["acceslibre"])


def _offer(view: ItemPage, site: Site) -> Node | None:
    """Return what it costs and whether there is room, while one can still come."""
    facts, card = view.facts, view.card
    if _is_over(card):
        return None
    signup = facts["registration"] or {"state": "", "url": "", "opens": "", "closes": ""}
    is_open = signup["state"] in ("", "open", "waitlist")
    # No word of the vocabulary says that signing up is closed; until when it was open says so.
    room = {"not_yet": "PreOrder", "full": "SoldOut", "waitlist": "SoldOut", "open": "InStock", "": "InStock"}.get(signup["state"])
    amount, currency = price(facts["price"])
    return node(
        "Offer", url=signup["url"] if is_open and signup["url"] else view.page.canonical, price=amount, priceCurrency=currency,
        description=facts["price"], availability=_VOCABULARY + room if room else None, validFrom=signup["opens"],
        validThrough=signup["closes"],
    )  # fmt: skip


def price(text: str) -> tuple[str | None, str | None]:
    """Return amount and currency (ISO 4217) of a price as people write it, where it is one and no other.

    ``5 € (matériel)`` is 5 EUR; ``5 € ou 8 €``, ``prix libre`` and a sum that
    comes after something else (``gratuit, caution 20 €``) are told in words only.

    >>> price("5,50 €"), price(""), price("prix libre")
    (('5.50', 'EUR'), ('0', None), (None, None))
    """
    if not text:
        return "0", None
    first = _AMOUNT.match(text.strip())
    sign = (first["before"] or first["after"] or "").lower() if first else ""
    if not first or not sign or not _CURRENCIES[sign] or re.search(r"\d", text.strip()[first.end() :]):
        return None, None
    return first["amount"].replace(",", "."), _CURRENCIES[sign]
