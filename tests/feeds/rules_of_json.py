"""Rules of JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/): each field by presence, type and meaning."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from tests.feeds.judging import Json, cut, rule
from tests.feeds.values import has_mail, is_language, is_media_type, is_tag_uri, is_uri, is_whole, rfc_3339

_OF_FEED = {
    "version": str, "title": str, "home_page_url": str, "feed_url": str, "description": str, "user_comment": str, "next_url": str,
    "icon": str, "favicon": str, "author": dict, "authors": list, "language": str, "expired": bool, "hubs": list, "items": list,
}  # fmt: skip
_OF_ITEM = {
    "id": str, "url": str, "external_url": str, "title": str, "content_html": str, "content_text": str, "summary": str, "image": str,
    "banner_image": str, "date_published": str, "date_modified": str, "author": dict, "authors": list, "tags": list, "language": str,
    "attachments": list,
}  # fmt: skip
_OF_AUTHOR = {"name": str, "url": str, "avatar": str}
_OF_ATTACHMENT = {"url": str, "mime_type": str, "title": str, "size_in_bytes": int, "duration_in_seconds": int}
_OF_HUB = {"type": str, "url": str}
_ADDRESSES = ("home_page_url", "feed_url", "next_url", "icon", "favicon", "url", "external_url", "image", "banner_image", "avatar")

_Part = tuple[str, dict[str, Any], dict[str, type]]


def _listed(owner: dict[str, Any], name: str) -> list[dict[str, Any]]:
    found = owner.get(name)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _parts(feed: Json) -> Iterator[_Part]:
    """Yield every object of the feed that has a form, with its name and its fields."""
    yield "feed", feed.feed, _OF_FEED
    for owner, name in [(feed.feed, "feed"), *((one, str(one.get("id"))) for one in feed.items)]:
        if owner is not feed.feed:
            yield name, owner, _OF_ITEM
        yield from ((f"author of {name}", one, _OF_AUTHOR) for one in _listed(owner, "authors"))
        yield from ((f"attachment of {name}", one, _OF_ATTACHMENT) for one in _listed(owner, "attachments"))
        yield from ((f"hub of {name}", one, _OF_HUB) for one in _listed(owner, "hubs"))


@rule("JsonVersion", "error", "json")
def is_of_version_1_1(feed: Json) -> Iterator[str]:
    if feed.feed.get("version") != "https://jsonfeed.org/version/1.1":
        yield cut(feed.feed.get("version"))


@rule("JsonMissing", "error", "json")
def has_the_fields_that_are_asked_for(feed: Json) -> Iterator[str]:
    wanted = [(feed.feed, "feed", ("version", "title", "items"))]
    wanted += [(one, str(one.get("url")), ("id",)) for one in feed.items]
    for name, part, fields in _parts(feed):
        if fields is _OF_ATTACHMENT:
            wanted.append((part, name, ("url", "mime_type")))
        elif fields is _OF_HUB:
            wanted.append((part, name, ("type", "url")))
    yield from (f"{name}: {field}" for part, name, fields in wanted for field in fields if field not in part)


@rule("JsonRecommended", "warning", "json")
def has_the_fields_that_are_advised(feed: Json) -> Iterator[str]:
    wanted = [(feed.feed, "feed", ("home_page_url", "feed_url", "language"))]
    wanted += [(one, str(one.get("id")), ("url", "title", "date_published", "language")) for one in feed.items]
    yield from (f"{name}: {field}" for part, name, fields in wanted for field in fields if field not in part)


@rule("JsonType", "error", "json")
def has_fields_of_their_types(feed: Json) -> Iterator[str]:
    for name, part, fields in _parts(feed):
        for field, value in part.items():
            wanted = fields.get(field)
            if wanted and (not isinstance(value, wanted) or (wanted is int and isinstance(value, bool))):
                yield f"{name}: {field} {cut(value)}"


@rule("JsonListOfOthers", "error", "json")
def has_lists_of_one_kind(feed: Json) -> Iterator[str]:
    kinds = {"items": dict, "authors": dict, "hubs": dict, "attachments": dict, "tags": str}
    for name, part, _ in _parts(feed):
        for field, kind in kinds.items():
            if isinstance(part.get(field), list) and not all(isinstance(one, kind) for one in part[field]):
                yield f"{name}: {field}"


@rule("JsonUnknownField", "error", "json")
def has_known_fields(feed: Json) -> Iterator[str]:
    yield from (
        f"{name}: {field}" for name, part, fields in _parts(feed) for field in part if field not in fields and not field.startswith("_")
    )


@rule("JsonExtension", "error", "json")
def has_extensions_as_the_form_asks(feed: Json) -> Iterator[str]:
    for name, part, _ in _parts(feed):
        for field, value in part.items():
            if field.startswith("_") and (len(field) == 1 or "." in field or not isinstance(value, dict)):
                yield f"{name}: {field}"


@rule("JsonDeprecated", "warning", "json")
def has_no_field_of_version_1(feed: Json) -> Iterator[str]:
    yield from (name for name, part, fields in _parts(feed) if "author" in part and "author" in fields)


@rule("JsonDuplicateKey", "error", "json")
def has_each_field_once(feed: Json) -> Iterator[str]:
    yield from sorted(set(feed.twice))


@rule("JsonDuplicateId", "error", "json")
def has_each_id_once(feed: Json) -> Iterator[str]:
    yield from (str(one) for one, count in Counter(str(item.get("id")) for item in feed.items).items() if count > 1)


@rule("InvalidTAG", "error", "json")
def has_valid_tag_addresses(feed: Json) -> Iterator[str]:
    yield from (cut(one.get("id")) for one in feed.items if str(one.get("id")).startswith("tag:") and not is_tag_uri(str(one.get("id"))))


@rule("JsonId", "warning", "json")
def has_ids_that_are_its_own(feed: Json) -> Iterator[str]:
    yield from (cut(one.get("id")) for one in feed.items if isinstance(one.get("id"), str) and not is_whole(one["id"]))


@rule("JsonAddress", "error", "json")
def has_whole_addresses(feed: Json) -> Iterator[str]:
    for name, part, _ in _parts(feed):
        yield from (
            f"{name}: {field} {cut(part[field])}" for field in _ADDRESSES if isinstance(part.get(field), str) and not is_whole(part[field])
        )


@rule("InvalidIRI", "error", "json")
def has_addresses_in_ascii(feed: Json) -> Iterator[str]:
    for name, part, _ in _parts(feed):
        for field in _ADDRESSES:
            if isinstance(part.get(field), str) and is_whole(part[field]) and not is_uri(part[field]):
                yield f"{name}: {field} {cut(part[field])}"


@rule("JsonSelf", "error", "json")
def names_its_own_address(feed: Json) -> Iterator[str]:
    if feed.feed.get("feed_url", feed.document.address) != feed.document.address:
        yield cut(feed.feed.get("feed_url"))


@rule("JsonDate", "error", "json")
def has_dates(feed: Json) -> Iterator[str]:
    for item in feed.items:
        for field in ("date_published", "date_modified"):
            if isinstance(item.get(field), str) and rfc_3339(item[field]) is None:
                yield f"{item.get('id')}: {field} {cut(item[field])}"


def _moments(item: dict[str, Any]) -> list[datetime]:
    found = (rfc_3339(item[field]) for field in ("date_published", "date_modified") if isinstance(item.get(field), str))
    return [one for one in found if one]


@rule("ImplausibleDate", "warning", "json")
def has_dates_of_our_time(feed: Json) -> Iterator[str]:
    for item in feed.items:
        yield from (f"{item.get('id')}: {one}" for one in _moments(item) if one.year < 1990 or one > feed.document.as_of)


@rule("OwnUpdatedBeforePublished", "warning", "json")
def changes_after_it_appears(feed: Json) -> Iterator[str]:
    yield from (str(one.get("id")) for one in feed.items if len(_moments(one)) == 2 and _moments(one)[1] < _moments(one)[0])


@rule("InvalidLanguage", "error", "json")
def names_languages(feed: Json) -> Iterator[str]:
    for name, part, _ in _parts(feed):
        if isinstance(part.get("language"), str) and not is_language(part["language"]):
            yield f"{name}: {part['language']}"


@rule("JsonContent", "error", "json")
def says_something_in_each_item(feed: Json) -> Iterator[str]:
    yield from (str(one.get("id")) for one in feed.items if "content_html" not in one and "content_text" not in one)


@rule("JsonAuthor", "error", "json")
def says_something_of_each_author(feed: Json) -> Iterator[str]:
    yield from (name for name, part, fields in _parts(feed) if fields is _OF_AUTHOR and not set(part) & set(_OF_AUTHOR))


@rule("ContainsEmail", "warning", "json")
def has_no_mail_address(feed: Json) -> Iterator[str]:
    yield from (
        name for name, part, fields in _parts(feed) if fields is _OF_AUTHOR and any(has_mail(str(value)) for value in part.values())
    )


@rule("InvalidMIMEType", "error", "json")
def names_media_types(feed: Json) -> Iterator[str]:
    for name, part, fields in _parts(feed):
        if fields is _OF_ATTACHMENT and not is_media_type(str(part.get("mime_type"))):
            yield f"{name}: {part.get('mime_type')}"


@rule("JsonEmpty", "warning", "json")
def has_no_empty_list_or_name(feed: Json) -> Iterator[str]:
    """Fields that must be there may be empty; those that may be left out are."""
    for name, part, _ in _parts(feed):
        for field, value in part.items():
            if field in (
                "authors",
                "tags",
                "attachments",
                "hubs",
                "image",
                "icon",
                "favicon",
                "url",
                "id",
                "title",
                "language",
            ) and value in ("", []):
                yield f"{name}: {field}"
