"""Rules of RSS 2.0 (https://www.rssboard.org/rss-specification and its profile)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from email.utils import parseaddr

from tests.feeds.judging import ATOM, CONTENT, DC, Xml, cut, rule
from tests.feeds.rules import twice
from tests.feeds.values import is_of_its_weekday, is_plain_822, is_whole, rfc_822

_OF_CHANNEL = {
    "title", "link", "description", "language", "copyright", "managingEditor", "webMaster", "pubDate", "lastBuildDate", "category",
    "generator", "docs", "cloud", "ttl", "image", "rating", "textInput", "skipHours", "skipDays", "item", f"{ATOM}link",
    f"{DC}language", f"{DC}creator", f"{DC}date",
}  # fmt: skip
_OF_ITEM = {
    "title", "link", "description", "author", "category", "comments", "enclosure", "guid", "pubDate", "source", CONTENT,
    f"{DC}creator", f"{DC}date", f"{DC}subject", f"{ATOM}link",
}  # fmt: skip
_MANY = {"category", "item", f"{ATOM}link", f"{DC}creator", f"{DC}subject"}
_ATTRIBUTES = {
    "rss": {"version"}, "guid": {"isPermaLink"}, "enclosure": {"url", "length", "type"}, "category": {"domain"}, "source": {"url"},
    "cloud": {"domain", "port", "path", "registerProcedure", "protocol"}, f"{ATOM}link": {"href", "rel", "type", "hreflang", "title", "length"},
}  # fmt: skip
_DATES = ("pubDate", "lastBuildDate")
_DAYS = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"}


@rule("ObsoleteVersion", "warning", "rss")
def is_of_version_2(feed: Xml) -> Iterator[str]:
    if feed.tree.tag == "rss" and feed.tree.get("version") != "2.0":
        yield cut(feed.tree.get("version"))


@rule("UndefinedRoot", "error", "rss")
def is_rss(feed: Xml) -> Iterator[str]:
    if feed.tree.tag != "rss":
        yield feed.tree.tag


@rule("MissingChannel", "error", "rss")
def has_one_channel(feed: Xml) -> Iterator[str]:
    if len(feed.tree.findall("channel")) != 1:
        yield "not one channel"


def _missing(feed: Xml, name: str) -> Iterator[str]:
    if feed.tree.find("channel") is not None and feed.channel.find(name) is None:
        yield f"no {name} of the channel"


@rule("MissingTitle", "error", "rss")
def has_a_title(feed: Xml) -> Iterator[str]:
    yield from _missing(feed, "title")


@rule("MissingLink", "error", "rss")
def has_a_link(feed: Xml) -> Iterator[str]:
    yield from _missing(feed, "link")


@rule("MissingDescription", "error", "rss")
def has_a_description(feed: Xml) -> Iterator[str]:
    yield from _missing(feed, "description")


@rule("OwnMissingLanguage", "warning", "rss")
def has_a_language(feed: Xml) -> Iterator[str]:
    yield from _missing(feed, "language")


@rule("UndefinedElement", "error", "rss")
def has_known_elements(feed: Xml) -> Iterator[str]:
    yield from (feed.name(one) for one in feed.channel if one.tag not in _OF_CHANNEL)
    yield from (feed.name(one) for item in feed.entries for one in item if one.tag not in _OF_ITEM)


@rule("UnexpectedAttribute", "error", "rss")
def has_known_attributes(feed: Xml) -> Iterator[str]:
    yield from (f"{feed.name(one)} {name}" for one in feed.elements for name in one.attrib if name not in _ATTRIBUTES.get(one.tag, set()))


@rule("MissingAttribute", "error", "rss")
def has_the_attributes_that_are_asked_for(feed: Xml) -> Iterator[str]:
    wanted = {"enclosure": ("url", "length", "type"), "cloud": tuple(_ATTRIBUTES["cloud"]), "source": ("url",), f"{ATOM}link": ("href",)}
    yield from (f"{feed.name(one)} {name}" for one in feed.elements for name in wanted.get(one.tag, ()) if one.get(name) is None)


@rule("DuplicateElement", "error", "rss")
def has_each_element_once(feed: Xml) -> Iterator[str]:
    yield from twice(feed, [feed.channel, *feed.entries], (_OF_CHANNEL | _OF_ITEM) - _MANY)


@rule("DuplicateSemantics", "warning", "rss")
def says_things_of_the_channel_once(feed: Xml) -> Iterator[str]:
    tags = {one.tag for one in feed.channel}
    for ours, theirs in (("language", f"{DC}language"), ("managingEditor", f"{DC}creator"), ("pubDate", f"{DC}date")):
        if {ours, theirs} <= tags:
            yield f"{ours} twice"


@rule("DuplicateItemSemantics", "warning", "rss")
def says_things_of_an_item_once(feed: Xml) -> Iterator[str]:
    for item in feed.entries:
        tags = {one.tag for one in item}
        for ours, theirs in (("author", f"{DC}creator"), ("pubDate", f"{DC}date"), ("category", f"{DC}subject")):
            if {ours, theirs} <= tags:
                yield f"{ours} of {feed.name(item)} twice"


@rule("MissingTitleOrDescription", "error", "rss")
def says_something_in_each_item(feed: Xml) -> Iterator[str]:
    yield from (feed.name(item) for item in feed.entries if item.find("title") is None and item.find("description") is None)


@rule("OwnMissingItemTitle", "warning", "rss")
def has_a_title_of_each_item(feed: Xml) -> Iterator[str]:
    yield from (feed.name(item) for item in feed.entries if item.find("title") is None)


@rule("OwnMissingItemLink", "warning", "rss")
def has_a_page_of_each_item(feed: Xml) -> Iterator[str]:
    yield from (feed.name(item) for item in feed.entries if item.find("link") is None)


@rule("OwnMissingItemDate", "warning", "rss")
def has_a_date_of_each_item(feed: Xml) -> Iterator[str]:
    yield from (feed.name(item) for item in feed.entries if item.find("pubDate") is None)


@rule("MissingGuid", "warning", "rss")
def has_an_id_of_each_item(feed: Xml) -> Iterator[str]:
    yield from (cut(item.findtext("link")) for item in feed.entries if item.find("guid") is None)


@rule("DuplicateValue", "error", "rss")
def has_each_id_once(feed: Xml) -> Iterator[str]:
    ids = Counter(item.findtext("guid") for item in feed.entries if item.find("guid") is not None)
    yield from (str(one) for one, count in ids.items() if count > 1)


@rule("InvalidBooleanAttribute", "error", "rss")
def says_yes_or_no(feed: Xml) -> Iterator[str]:
    yield from (cut(one.get("isPermaLink")) for one in feed.tree.iter("guid") if one.get("isPermaLink", "true") not in ("true", "false"))


@rule("InvalidHttpGUID", "error", "rss")
def says_where_an_id_leads_nowhere(feed: Xml) -> Iterator[str]:
    for one in feed.tree.iter("guid"):
        if one.get("isPermaLink", "true") == "true" and not (one.text or "").startswith(("http://", "https://")):
            yield cut(one.text)


@rule("NotSufficientlyUnique", "warning", "rss")
def has_ids_that_are_its_own(feed: Xml) -> Iterator[str]:
    yield from (cut(one.text) for one in feed.tree.iter("guid") if one.text and not is_whole(one.text))


@rule("InvalidRFC2822Date", "error", "rss")
def has_dates(feed: Xml) -> Iterator[str]:
    yield from (cut(one.text) for one in feed.tree.iter(*_DATES) if rfc_822(one.text or "") is None)


@rule("IncorrectDOW", "error", "rss")
def has_true_weekdays(feed: Xml) -> Iterator[str]:
    yield from (cut(one.text) for one in feed.tree.iter(*_DATES) if not is_of_its_weekday(one.text or ""))


@rule("ProblematicalRFC822Date", "warning", "rss")
def has_dates_that_all_read(feed: Xml) -> Iterator[str]:
    yield from (cut(one.text) for one in feed.tree.iter(*_DATES) if rfc_822(one.text or "") and not is_plain_822(one.text or ""))


@rule("ImplausibleDate", "warning", "rss")
def has_dates_of_our_time(feed: Xml) -> Iterator[str]:
    for one in feed.tree.iter(*_DATES):
        moment = rfc_822(one.text or "")
        if moment and moment.tzinfo and not (moment.year >= 1990 and moment <= feed.document.as_of):
            yield cut(one.text)


@rule("OwnStaleBuildDate", "warning", "rss")
def is_as_new_as_its_newest_item(feed: Xml) -> Iterator[str]:
    built = rfc_822(feed.channel.findtext("lastBuildDate") or "")
    found = [rfc_822(item.findtext("pubDate") or "") for item in feed.entries]
    if built and any(one and one - built >= timedelta(seconds=1) for one in found):
        yield str(built)


@rule("NeedDescriptionBeforeContent", "warning", "rss")
def has_the_summary_before_the_text(feed: Xml) -> Iterator[str]:
    for item in feed.entries:
        tags = [one.tag for one in item]
        if CONTENT in tags and "description" in tags and tags.index(CONTENT) < tags.index("description"):
            yield feed.name(item)


@rule("MisplacedItem", "warning", "rss")
def has_items_last(feed: Xml) -> Iterator[str]:
    tags = [one.tag for one in feed.channel]
    if "item" in tags and set(tags[tags.index("item") :]) != {"item"}:
        yield "an element after the items"


@rule("DuplicateEnclosure", "warning", "rss")
def has_one_file_for_each_item(feed: Xml) -> Iterator[str]:
    yield from (feed.name(item) for item in feed.entries if len(item.findall("enclosure")) > 1)


@rule("UseOfExtensionAttr", "warning", "rss")
def has_no_attribute_of_another_space(feed: Xml) -> Iterator[str]:
    yield from (f"{feed.name(one)} {name}" for one in feed.elements for name in one.attrib if name.startswith("{"))


@rule("InvalidContact", "error", "rss")
def names_people_as_rss_asks(feed: Xml) -> Iterator[str]:
    yield from (cut(one.text) for one in feed.tree.iter("author", "managingEditor", "webMaster") if "@" not in parseaddr(one.text or "")[1])


@rule("MissingRealName", "warning", "rss")
def names_people_by_name(feed: Xml) -> Iterator[str]:
    for one in feed.tree.iter("author", "managingEditor", "webMaster"):
        if "@" in (one.text or "") and not re.search(r"\(.+\)", one.text or ""):
            yield cut(one.text)


@rule("InvalidPositiveInteger", "error", "rss")
def says_for_how_long_it_holds(feed: Xml) -> Iterator[str]:
    yield from (cut(one.text) for one in feed.tree.iter("ttl") if not re.fullmatch(r"[1-9]\d*", one.text or ""))


@rule("AvoidTextInput", "warning", "rss")
def asks_for_nothing(feed: Xml) -> Iterator[str]:
    yield from ("textInput" for _ in feed.tree.iter("textInput"))


@rule("InvalidHour", "error", "rss")
def names_hours(feed: Xml) -> Iterator[str]:
    yield from (cut(one.text) for one in feed.tree.iter("hour") if not re.fullmatch(r"[0-9]|1\d|2[0-4]", one.text or ""))


@rule("UseZeroForMidnight", "warning", "rss")
def begins_the_day_at_zero(feed: Xml) -> Iterator[str]:
    yield from ("24" for one in feed.tree.iter("hour") if one.text == "24")


@rule("InvalidDay", "error", "rss")
def names_days(feed: Xml) -> Iterator[str]:
    yield from (cut(one.text) for one in feed.tree.iter("day") if one.text not in _DAYS)


@rule("MissingImageElement", "error", "rss")
def has_a_whole_picture(feed: Xml) -> Iterator[str]:
    yield from (name for one in feed.tree.iter("image") for name in ("url", "title", "link") if one.find(name) is None)


@rule("ImageUrlFormat", "warning", "rss")
def has_a_picture_that_all_show(feed: Xml) -> Iterator[str]:
    for one in feed.tree.iter("image"):
        if not (one.findtext("url") or "").lower().endswith((".gif", ".jpg", ".jpeg", ".png")):
            yield cut(one.findtext("url"))


@rule("ImageTitleDoesntMatch", "warning", "rss")
def has_a_picture_of_its_name(feed: Xml) -> Iterator[str]:
    for one in feed.tree.iter("image"):
        if one.findtext("title") != feed.channel.findtext("title"):
            yield cut(one.findtext("title"))


@rule("ImageLinkDoesntMatch", "warning", "rss")
def has_a_picture_of_its_page(feed: Xml) -> Iterator[str]:
    for one in feed.tree.iter("image"):
        if one.findtext("link") != feed.channel.findtext("link"):
            yield cut(one.findtext("link"))


@rule("InvalidWidth", "error", "rss")
def has_a_picture_that_fits(feed: Xml) -> Iterator[str]:
    for one in feed.tree.iter("width"):
        if not (one.text or "").isdigit() or not 0 < int(one.text) <= 144:
            yield cut(one.text)


@rule("InvalidHeight", "error", "rss")
def has_a_picture_that_is_not_too_high(feed: Xml) -> Iterator[str]:
    for one in feed.tree.iter("height"):
        if not (one.text or "").isdigit() or not 0 < int(one.text) <= 400:
            yield cut(one.text)
