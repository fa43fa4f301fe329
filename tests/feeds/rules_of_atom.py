"""Rules of Atom (RFC 4287), and of the lists of feeds (OPML 2.0, http://opml.org/spec2.opml)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tests.feeds.judging import ATOM, LANG, Xml, cut, rule
from tests.feeds.rules import twice
from tests.feeds.values import is_whole, rfc_3339

_OF_FEED = {
    f"{ATOM}{name}"
    for name in (
        "author",
        "category",
        "contributor",
        "generator",
        "icon",
        "id",
        "link",
        "logo",
        "rights",
        "subtitle",
        "title",
        "updated",
        "entry",
    )
}
_OF_ENTRY = {
    f"{ATOM}{name}"
    for name in (
        "author",
        "category",
        "content",
        "contributor",
        "id",
        "link",
        "published",
        "rights",
        "source",
        "summary",
        "title",
        "updated",
    )
}
_OF_PERSON = {f"{ATOM}name", f"{ATOM}uri", f"{ATOM}email"}
_MANY = {f"{ATOM}{name}" for name in ("author", "category", "contributor", "link", "entry")}
_TEXTS = tuple(f"{ATOM}{name}" for name in ("title", "subtitle", "summary", "rights", "content"))
_ATTRIBUTES = {
    **{one: {"type"} for one in _TEXTS}, f"{ATOM}content": {"type", "src"}, f"{ATOM}link": {"href", "rel", "type", "hreflang", "title", "length"},
    f"{ATOM}category": {"term", "scheme", "label"}, f"{ATOM}generator": {"uri", "version"},
}  # fmt: skip
_DATES = (f"{ATOM}updated", f"{ATOM}published")


@rule("UndefinedRoot", "error", "atom")
def is_atom(feed: Xml) -> Iterator[str]:
    if feed.tree.tag != f"{ATOM}feed":
        yield feed.tree.tag


@rule("UndefinedElement", "error", "atom")
def has_known_elements(feed: Xml) -> Iterator[str]:
    yield from (feed.name(one) for one in feed.channel if one.tag not in _OF_FEED)
    yield from (feed.name(one) for entry in feed.entries for one in entry if one.tag not in _OF_ENTRY)
    yield from (
        feed.name(one) for person in feed.tree.iter(f"{ATOM}author", f"{ATOM}contributor") for one in person if one.tag not in _OF_PERSON
    )


@rule("UnexpectedAttribute", "error", "atom")
def has_known_attributes(feed: Xml) -> Iterator[str]:
    yield from (
        f"{feed.name(one)} {name}"
        for one in feed.elements
        for name in one.attrib
        if name != LANG and name not in _ATTRIBUTES.get(one.tag, set())
    )


@rule("MissingAttribute", "error", "atom")
def has_the_attributes_that_are_asked_for(feed: Xml) -> Iterator[str]:
    wanted = {f"{ATOM}link": "href", f"{ATOM}category": "term"}
    yield from (feed.name(one) for one in feed.elements if one.tag in wanted and one.get(wanted[one.tag]) is None)


@rule("MissingRecommendedAttribute", "warning", "atom")
def says_what_a_file_is(feed: Xml) -> Iterator[str]:
    yield from (
        f"{cut(one.get('href'))} {name}"
        for one, rel in feed.links
        if rel == "enclosure"
        for name in ("type", "length")
        if one.get(name) is None
    )


@rule("MissingTypeAttr", "warning", "atom")
def says_what_a_link_leads_to(feed: Xml) -> Iterator[str]:
    yield from (cut(one.get("href")) for one, rel in feed.links if rel in ("alternate", "self") and one.get("type") is None)


@rule("DuplicateElement", "error", "atom")
def has_each_element_once(feed: Xml) -> Iterator[str]:
    people = list(feed.tree.iter(f"{ATOM}author", f"{ATOM}contributor"))
    yield from twice(feed, [feed.channel, *feed.entries, *people], (_OF_FEED | _OF_ENTRY | _OF_PERSON) - _MANY)


def _missing(feed: Xml, name: str) -> Iterator[str]:
    yield from (feed.name(one) for one in (feed.channel, *feed.entries) if one.find(f"{ATOM}{name}") is None)


@rule("MissingId", "error", "atom")
def has_ids(feed: Xml) -> Iterator[str]:
    yield from _missing(feed, "id")


@rule("MissingTitle", "error", "atom")
def has_titles(feed: Xml) -> Iterator[str]:
    yield from _missing(feed, "title")


@rule("MissingUpdated", "error", "atom")
def says_when_it_changed(feed: Xml) -> Iterator[str]:
    yield from _missing(feed, "updated")


@rule("MissingAuthor", "error", "atom")
def says_who_wrote_it(feed: Xml) -> Iterator[str]:
    if feed.channel.find(f"{ATOM}author") is None:
        yield from (feed.name(one) for one in (feed.channel, *feed.entries) if one.find(f"{ATOM}author") is None)


@rule("MissingName", "error", "atom")
def names_people(feed: Xml) -> Iterator[str]:
    yield from (
        feed.name(one) for one in feed.tree.iter(f"{ATOM}author", f"{ATOM}contributor") if not (one.findtext(f"{ATOM}name") or "").strip()
    )


@rule("MissingContentOrAlternate", "error", "atom")
def leads_to_a_text_or_has_it(feed: Xml) -> Iterator[str]:
    for one in feed.entries:
        if one.find(f"{ATOM}content") is None and not any(link.get("rel", "alternate") == "alternate" for link in one.iter(f"{ATOM}link")):
            yield feed.name(one)


@rule("OwnMissingAlternate", "warning", "atom")
def leads_to_pages(feed: Xml) -> Iterator[str]:
    for one in (feed.channel, *feed.entries):
        if not any(link.get("rel", "alternate") == "alternate" for link in one.findall(f"{ATOM}link")):
            yield feed.name(one)


@rule("MissingTextualContent", "warning", "atom")
def says_something_in_each_entry(feed: Xml) -> Iterator[str]:
    for one in feed.entries:
        content = one.find(f"{ATOM}content")
        if content is not None and content.get("src") is not None and one.find(f"{ATOM}summary") is None:
            yield feed.name(one)


@rule("DuplicateAtomLink", "error", "atom")
def leads_to_each_page_once(feed: Xml) -> Iterator[str]:
    for one in (feed.channel, *feed.entries):
        links = [link for link in one.findall(f"{ATOM}link") if link.get("rel", "alternate") == "alternate"]
        kinds = Counter((link.get("type"), link.get("hreflang")) for link in links)
        yield from (feed.name(one) for count in kinds.values() if count > 1)


@rule("InvalidRFC3339Date", "error", "atom")
def has_dates(feed: Xml) -> Iterator[str]:
    yield from (cut(one.text) for one in feed.tree.iter(*_DATES) if rfc_3339(one.text or "") is None)


@rule("ImplausibleDate", "warning", "atom")
def has_dates_of_our_time(feed: Xml) -> Iterator[str]:
    for one in feed.tree.iter(*_DATES):
        moment = rfc_3339(one.text or "")
        # A fraction of the second tells entries apart and nothing else.
        if moment and not (moment.year >= 1990 and moment.replace(microsecond=0) <= feed.document.as_of):
            yield cut(one.text)


@rule("OwnUpdatedBeforePublished", "warning", "atom")
def changes_after_it_appears(feed: Xml) -> Iterator[str]:
    for one in feed.entries:
        first, last = rfc_3339(one.findtext(f"{ATOM}published") or ""), rfc_3339(one.findtext(f"{ATOM}updated") or "")
        if first and last and last < first:
            yield feed.name(one)


@rule("OwnStaleFeed", "warning", "atom")
def is_as_new_as_its_newest_entry(feed: Xml) -> Iterator[str]:
    whole = rfc_3339(feed.channel.findtext(f"{ATOM}updated") or "")
    found = [rfc_3339(one.findtext(f"{ATOM}updated") or "") for one in feed.entries]
    if whole and any(one and one.replace(microsecond=0) > whole for one in found):
        yield str(whole)


@rule("DuplicateIds", "error", "atom")
def has_each_id_once(feed: Xml) -> Iterator[str]:
    ids = Counter(one.findtext(f"{ATOM}id") for one in (feed.channel, *feed.entries))
    yield from (str(one) for one, count in ids.items() if one and count > 1)


@rule("DuplicateUpdated", "warning", "atom")
def has_each_moment_once(feed: Xml) -> Iterator[str]:
    moments = Counter(rfc_3339(one.findtext(f"{ATOM}updated") or "") for one in feed.entries)
    yield from (str(one) for one, count in moments.items() if one and count > 1)


@rule("NotSufficientlyUnique", "warning", "atom")
def has_ids_that_are_its_own(feed: Xml) -> Iterator[str]:
    yield from (cut(one.text) for one in feed.tree.iter(f"{ATOM}id") if one.text and not is_whole(one.text))


@rule("InvalidTextType", "error", "atom")
def names_the_form_of_texts(feed: Xml) -> Iterator[str]:
    yield from (
        f"{feed.name(one)}: {one.get('type')}"
        for one in feed.tree.iter(*_TEXTS)
        if one.get("type", "text") not in ("text", "html", "xhtml")
    )


@rule("OwnMissingLanguage", "warning", "atom")
def has_a_language(feed: Xml) -> Iterator[str]:
    if feed.tree.get(LANG) is None:
        yield "no xml:lang"


@rule("UndefinedRoot", "error", "opml")
def is_opml(feed: Xml) -> Iterator[str]:
    if feed.tree.tag != "opml" or [one.tag for one in feed.tree] != ["head", "body"]:
        yield feed.tree.tag


@rule("InvalidOPMLVersion", "error", "opml")
def is_of_version_2(feed: Xml) -> Iterator[str]:
    if feed.tree.get("version") != "2.0":
        yield cut(feed.tree.get("version"))


@rule("MissingTitleAttr", "warning", "opml")
def names_each_feed(feed: Xml) -> Iterator[str]:
    yield from (cut(one.get("xmlUrl")) for one in feed.tree.iter("outline") if one.get("type") and not one.get("title"))


@rule("MissingAttribute", "error", "opml")
def has_words_in_each_line(feed: Xml) -> Iterator[str]:
    yield from ("no text" for one in feed.tree.iter("outline") if not one.get("text"))


@rule("MissingXmlURL", "warning", "opml")
def leads_to_each_feed(feed: Xml) -> Iterator[str]:
    yield from (cut(one.get("text")) for one in feed.tree.iter("outline") if one.get("type") == "rss" and not one.get("xmlUrl"))


@rule("MissingUrlAttr", "warning", "opml")
def leads_to_the_page_of_each_feed(feed: Xml) -> Iterator[str]:
    yield from (cut(one.get("text")) for one in feed.tree.iter("outline") if one.get("type") == "rss" and not one.get("htmlUrl"))


@rule("InvalidOutlineType", "warning", "opml")
def names_known_types(feed: Xml) -> Iterator[str]:
    yield from (cut(one.get("type")) for one in feed.tree.iter("outline") if one.get("type", "rss") not in ("rss", "link", "include"))


@rule("MissingOutlineType", "warning", "opml")
def says_what_a_feed_is(feed: Xml) -> Iterator[str]:
    yield from (cut(one.get("xmlUrl")) for one in feed.tree.iter("outline") if one.get("xmlUrl") and not one.get("type"))


@rule("OwnDuplicateFeed", "warning", "opml")
def names_each_feed_once(feed: Xml) -> Iterator[str]:
    found = Counter(one.get("xmlUrl") for one in feed.tree.iter("outline") if one.get("xmlUrl"))
    yield from (str(one) for one, count in found.items() if count > 1)


@rule("MissingTitle", "error", "opml")
def has_a_title(feed: Xml) -> Iterator[str]:
    if not (feed.tree.findtext("head/title") or "").strip():
        yield "no title"


@rule("OwnEmptyFolder", "warning", "opml")
def has_something_in_each_folder(feed: Xml) -> Iterator[str]:
    yield from (cut(one.get("text")) for one in feed.tree.iter("outline") if not one.get("type") and not one.get("xmlUrl") and not len(one))
