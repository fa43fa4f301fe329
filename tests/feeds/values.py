"""Values in feeds: is this a date, an address, a language?  Each answer is why not, or ""."""

from __future__ import annotations

import re
from datetime import datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_RFC_822 = re.compile(
    r"(?:(?P<day>Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (?:\d{2}|\d{4})"
    r" \d\d:\d\d(?::\d\d)? (?P<zone>[+-]\d{4}|UT|GMT|[A-Z]{3})"
)
_RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?:[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})+")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|\d{3}))?(-[A-Za-z0-9]{5,8})*")
_MEDIA_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]+/[a-z0-9!#$&^_.+-]+", re.I)
_TAG = re.compile(r"tag:[a-z0-9]([a-z0-9.-]*[a-z0-9])?,\d{4}(-\d\d(-\d\d)?)?:([0-9A-Za-z;/?:@&=+$.\-_!~*'(),]|%[0-9A-Fa-f]{2})*")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")

#: What IANA knows and a text of a community may point to.
SCHEMES = {
    "http",
    "https",
    "mailto",
    "tel",
    "ftp",
    "geo",
    "sms",
    "xmpp",
    "sip",
    "irc",
    "ircs",
    "matrix",
    "webcal",
    "tag",
    "urn",
    "data",
    "news",
}


def rfc_822(text: str) -> datetime | None:
    """Return the moment, or nothing where it is not written as RFC 822 and its successors ask."""
    if not _RFC_822.fullmatch(text):
        return None
    try:
        return parsedate_to_datetime(text)
    except ValueError:
        return None


def is_of_its_weekday(text: str) -> bool:
    """Say whether a date names the weekday that it falls on."""
    moment, day = rfc_822(text), _RFC_822.fullmatch(text)
    return not moment or not day or day["day"] in (None, _DAYS[moment.weekday()])


def is_plain_822(text: str) -> bool:
    """Say whether a date has what all programs read: a weekday, two digits, four of the year, seconds, an offset or GMT."""
    return bool(re.fullmatch(r"[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d ([+-]\d{4}|GMT)", text))


def rfc_3339(text: str) -> datetime | None:
    """Return the moment, or nothing where it is not written as RFC 3339 asks."""
    if not _RFC_3339.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def is_whole(address: str) -> bool:
    """Say whether an address has a scheme and, where that asks for one, a host."""
    scheme, _, rest = address.partition(":")
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*", scheme) or not rest:
        return False
    return scheme.lower() not in ("http", "https", "ftp") or bool(urlsplit(address).hostname)


def is_uri(address: str) -> bool:
    """Say whether an address is one of RFC 3986: no letter with an accent, no space, no half escape."""
    return bool(_URI.fullmatch(address)) and address.count("#") <= 1


def is_iri(address: str) -> bool:
    """Say whether an address is one as HTML has it: letters of all scripts, but no space, quote or bracket in it."""
    return is_uri("".join(sign if sign.isascii() else f"%{ord(sign) % 256:02X}" for sign in address)) and not re.search(
        r"[\s\x80-\x9f]", address
    )


def is_canonical(address: str) -> bool:
    """Say whether nobody could write the address another way: RFC 3986, section 6."""
    parts = urlsplit(address)
    scheme = address.partition(":")[0]
    if scheme != scheme.lower() or parts.netloc != parts.netloc.lower() or parts.netloc.endswith((":80", ":443", ":")):
        return False
    if scheme in ("http", "https") and not parts.path:
        return False
    if re.search(r"/\.\.?(/|$)", parts.path) or re.search(r"%[0-9A-F]?[a-f]|%[a-f]", address):
        return False
    return not re.search(r"%(4[1-9A-F]|5[0-9A]|6[1-9A-F]|7[0-9A]|3[0-9]|2D|2E|5F|7E)", address)


def is_known_scheme(address: str) -> bool:
    """Say whether programs know what to do with such an address."""
    return address.partition(":")[0].lower() in SCHEMES


def is_language(text: str) -> bool:
    """Say whether a text is a language tag of BCP 47, without its rare forms."""
    return bool(_LANGUAGE.fullmatch(text))


def is_media_type(text: str) -> bool:
    """Say whether a text names a media type."""
    return bool(_MEDIA_TYPE.fullmatch(text))


def is_tag_uri(text: str) -> bool:
    """Say whether a text is a tag URI: RFC 4151."""
    return bool(_TAG.fullmatch(text))


def has_mail(text: str) -> bool:
    """Say whether a text holds a mail address."""
    return bool(_MAIL.search(text))
