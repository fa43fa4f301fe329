"""The address of a page elsewhere → the same without what tells who sent its readers, and the form by which two are one page."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit, urlunsplit

#: Parameters that name a campaign, a click or a reader and change nothing of the page.
_NAMES = frozenset(
    re.split(
        " ",
        "dclid fbclid gbraid gclid gclsrc igsh igshid li_fat_id mc_cid mc_eid mkt_tok msclkid oly_anon_id oly_enc_id "
        "rb_clickid s_cid srsltid ttclid twclid vero_conv vero_id wbraid wickedid yclid _hsenc _hsmi __hssc __hstc __hsfp "
        "hsctatracking ml_subscriber ml_subscriber_hash sc_cid xtor at_medium at_campaign at_custom1 at_custom2 at_custom3 "
        "at_custom4 ss_email_id bsft_clkid bsft_uid",
    )
)
_BEGINNINGS = ("utm_", "pk_", "mtm_", "matomo_", "piwik_", "hsa_", "stm_")
#: An address as most are written, in which nothing has to be looked at.
_SIMPLE = re.compile(r"https?://(?:www\.)?+((?:[a-z0-9-]+\.)+[a-z]{2,}(?:/[A-Za-z0-9._~-]+)*)/?")
_PORTS = {"http": ":80", "https": ":443"}


def is_tracker(name: str) -> bool:
    """Say whether a parameter of that name serves to follow readers.

    >>> is_tracker("utm_source"), is_tracker("FBCLID"), is_tracker("page")
    (True, True, False)
    """
    name = name.lower()
    return name in _NAMES or name.startswith(_BEGINNINGS)


def trackers_in(address: str) -> tuple[str, ...]:
    """Return the names of such parameters in an address, as they are written there."""
    _, _, query = address.partition("#")[0].partition("?")
    names = (unquote(part.partition("=")[0]) for part in re.split("[&;]", query)) if query else ()
    return tuple(dict.fromkeys(name for name in names if is_tracker(name)))


def without_trackers(address: str) -> str:
    """Return an address without such parameters, the rest of it letter for letter.

    >>> without_trackers("https://x.example/a?utm_source=lettre&page=2#bas")
    'https://x.example/a?page=2#bas'
    """
    if not trackers_in(address):
        return address
    before, hash_, fragment = address.partition("#")
    path, _, query = before.partition("?")
    # Which sign parts them is kept, for an address in HTML has “&amp;” in its place.
    kept = [one for one in re.findall(r"[^&;]+", query) if not is_tracker(unquote(one.partition("=")[0]))]
    return path + ("?" + ("&" if "&" in query or ";" not in query else ";").join(kept) if kept else "") + hash_ + fragment


def page_of(address: str) -> str:
    """Return the form in which two addresses of one page are equal; "" for what is no page of the web.

    The scheme does not count, nor “www.”, a final slash, the order of the
    parameters, a place within the page or what follows readers.

    >>> page_of("http://www.X.example/a/?utm_medium=mail") == page_of("https://x.example/a")
    True
    """
    if simple := _SIMPLE.fullmatch(address):
        return f"//{simple[1]}"
    try:
        parts = urlsplit(without_trackers(address.strip()))
        host = (parts.hostname or "").removeprefix("www.")
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not host:
        return ""
    port = "" if port == _PORTS[parts.scheme] else port
    query = "&".join(sorted(part for part in parts.query.split("&") if part))
    return urlunsplit(("", host + port, parts.path.rstrip("/"), query, ""))


__all__ = ["is_tracker", "page_of", "trackers_in", "without_trackers"]
