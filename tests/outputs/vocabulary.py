"""What linked data must and may say, by type: schema.org's domains, and what Google asks of results with dates, paths and people.

Sources: schema.org (properties of each type), and Google Search Central's pages
“Article”, “Event”, “Breadcrumb”, “Organization”, “Profile page” (required ones).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

_THING = {"@type", "@id", "name", "url", "description", "image", "sameAs", "mainEntityOfPage"}
_WORK = _THING | {
    "headline", "inLanguage", "datePublished", "dateModified", "author", "publisher", "wordCount", "keywords", "isPartOf",
    "isAccessibleForFree", "mainEntity", "about", "correction", "text",
}  # fmt: skip
_EVENT = _THING | {
    "startDate", "endDate", "previousStartDate", "eventStatus", "eventAttendanceMode", "location", "organizer", "performer", "offers",
    "maximumAttendeeCapacity", "remainingAttendeeCapacity", "isAccessibleForFree", "inLanguage", "keywords", "subEvent", "sponsor", "audience",
}  # fmt: skip

MAY: dict[str, set[str]] = {
    "Article": _WORK,
    "BlogPosting": _WORK,
    "WebPage": _WORK | {"primaryImageOfPage"},
    "CollectionPage": _WORK,
    "ProfilePage": _WORK,
    "WebSite": _WORK,
    "Event": _EVENT,
    "EventSeries": _EVENT,
    "Organization": _THING | {"logo", "slogan", "foundingDate"},
    "Person": _THING | {"memberOf"},
    "Audience": _THING | {"audienceType"},
    "Place": _THING | {"address", "geo", "amenityFeature"},
    "LocationFeatureSpecification": _THING | {"value", "propertyID"},
    "VirtualLocation": _THING,
    "PostalAddress": {"@type", "streetAddress", "postalCode", "addressLocality", "addressCountry"},
    "GeoCoordinates": {"@type", "latitude", "longitude"},
    "Offer": _THING | {"price", "priceCurrency", "availability", "validFrom", "validThrough"},
    "ImageObject": _THING | {"width", "height", "caption"},
    "ItemList": _THING | {"numberOfItems", "itemListElement"},
    "BreadcrumbList": _THING | {"itemListElement"},
    "ListItem": _THING | {"position", "item"},
    "PublicationIssue": _WORK | {"issueNumber"},
    "Periodical": _WORK,
    "CorrectionComment": _WORK,
}

MUST: dict[str, set[str]] = {
    "Article": {"headline", "datePublished", "author", "publisher"},
    "BlogPosting": {"headline", "datePublished", "author", "publisher"},
    "WebPage": {"name", "url"},
    "CollectionPage": {"name", "url", "mainEntity"},
    "ProfilePage": {"mainEntity"},
    "WebSite": {"name", "url"},
    "Event": {"name", "startDate", "location", "eventStatus"},
    "EventSeries": {"name", "startDate", "location", "eventStatus", "subEvent"},
    "Organization": {"name"},
    "Person": {"name"},
    "Audience": {"audienceType"},
    "Place": {"name", "address"},
    "VirtualLocation": {"url"},
    "GeoCoordinates": {"latitude", "longitude"},
    "Offer": {"url"},
    "ImageObject": {"url"},
    "ItemList": {"itemListElement"},
    "BreadcrumbList": {"itemListElement"},
    "ListItem": {"position", "name"},
    "PublicationIssue": {"issueNumber"},
    "Periodical": {"name"},
    "CorrectionComment": {"text", "datePublished"},
}

_DATES = {"startDate", "endDate", "previousStartDate", "datePublished", "dateModified", "validFrom", "validThrough"}
_LINKS = {"url", "item", "image", "logo", "mainEntityOfPage", "sameAs"}
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d|\d{4}-\d\d-\d\d")
_STATUS = {"EventScheduled", "EventCancelled", "EventPostponed", "EventRescheduled", "EventMovedOnline"}
_MODES = {"OfflineEventAttendanceMode", "OnlineEventAttendanceMode", "MixedEventAttendanceMode"}


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every node in it that has a type."""
    if isinstance(value, dict):
        if "@type" in value:
            yield value
        for one in value.values():
            yield from nodes(one)
    elif isinstance(value, list):
        for one in value:
            yield from nodes(one)


def faults(value: Any) -> list[str]:
    """Return what is wrong with linked data, in words."""
    return [fault for one in nodes(value) for fault in _of_node(one)]


def _of_node(one: dict[str, Any]) -> Iterator[str]:
    type_ = one["@type"]
    if type_ not in MAY:
        yield f"{type_}: unknown type"
        return
    yield from (f"{type_}.{name}: no such property" for name in sorted(one.keys() - MAY[type_]))
    yield from (f"{type_}.{name}: missing" for name in sorted(MUST.get(type_, set()) - one.keys()))
    yield from (f"{type_}.{name}: empty" for name, value in one.items() if value in ("", None, [], {}))
    for name in sorted(_DATES & one.keys()):
        for text in one[name] if isinstance(one[name], list) else [one[name]]:
            if not _MOMENT.fullmatch(text):
                yield f"{type_}.{name}: {text}"
    for name in sorted(_LINKS & one.keys()):
        for text in one[name] if isinstance(one[name], list) else [one[name]]:
            address = text["url"] if isinstance(text, dict) else text
            if not re.match(r"https://[^\s]+$", address):
                yield f"{type_}.{name}: {text}"
    if type_ == "Organization" and "@id" in one and "url" not in one:
        yield f"{type_}: the community has an address"
    if type_ in ("Event", "EventSeries"):
        yield from _of_event(one)
    if type_ in ("BreadcrumbList", "ItemList") and [n + 1 for n in range(len(one["itemListElement"]))] != [
        entry["position"] for entry in one["itemListElement"]
    ]:
        yield f"{type_}: positions"
    if type_ == "BreadcrumbList" and (len(one["itemListElement"]) < 2 or any("item" not in entry for entry in one["itemListElement"])):
        yield "BreadcrumbList: fewer than two steps, or one that leads nowhere"
    if type_ == "Offer" and one.get("price", "0") != "0" and not re.fullmatch(r"[A-Z]{3}", one.get("priceCurrency", "")):
        yield "Offer: a price without its currency"


def _of_event(one: dict[str, Any]) -> Iterator[str]:
    status = one["eventStatus"].removeprefix("https://schema.org/")
    if status not in _STATUS:
        yield f"eventStatus: {status}"
    if "eventAttendanceMode" in one and one["eventAttendanceMode"].removeprefix("https://schema.org/") not in _MODES:
        yield f"eventAttendanceMode: {one['eventAttendanceMode']}"
    if "previousStartDate" in one and status != "EventRescheduled":
        yield "previousStartDate of an event that was not moved"
    starts, ends = _read(one["startDate"]), _read(one.get("endDate", one["startDate"]))
    if type(starts) is not type(ends) or ends < starts:
        yield f"endDate: {one['endDate']} before or unlike {one['startDate']}"


def _read(text: str) -> date:
    return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
