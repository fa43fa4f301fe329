"""Where the hub leads: two states → sites elsewhere that are new, that are left, or that need a second look.

Knows how a browser takes an address apart, because that is where it leads,
whatever it looks like.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote

from handbill.hub.hub import Hub
from handbill.hub.item import Item
from handbill.hub.likeness import is_slip
from handbill.layout import HUB
from handbill.options import Options
from handbill.proofing.domains import mixed_scripts, seen_as, unpacked
from handbill.reviewing.coming import seen_or_awaited
from handbill.reviewing.record import DomainChange
from handbill.reviewing.walking import texts_in
from handbill.settings import Settings

#: A state as it leads elsewhere: domain → address → the files that lead there.
Places = Mapping[str, Mapping[str, tuple[str, ...]]]

#: Names under which anybody can hide another address.
SHORTENERS = frozenset({
    "bit.ly", "bitly.com", "buff.ly", "cutt.ly", "dlvr.it", "fb.me", "goo.gl", "hubs.la", "hubs.ly", "is.gd", "j.mp", "lc.cx", "lnkd.in",
    "miniurl.be", "ow.ly", "qrco.de", "rb.gy", "rebrand.ly", "s.id", "short.io", "shorturl.at", "shorturl.gg", "surl.li", "t.co", "t.ly",
    "t2m.io", "tiny.cc", "tiny.one", "tinyurl.com", "tr.ee", "trib.al", "urlr.me", "urlz.fr", "v.gd", "vu.fr", "wp.me", "yep.it",
})  # fmt: skip

#: The reasons to look twice at a domain, in the order in which they are told.
#: ``alike``: it can be taken for another one; ``name``: a name before an @ hides where it leads; ``number``: no name but
#: the number of a machine; ``shortener``: what is behind it can be changed at any time; ``plain``: on the way anybody can
#: read and change it.
MARKS = ("alike", "name", "number", "shortener", "plain")

_HREF = re.compile(r'href="((?i:https?|webcal|mailto|xmpp|matrix|ircs?):[^"]*)"')
_LINK = re.compile(r"(?:https?|webcal|mailto|xmpp|matrix|ircs?):", re.IGNORECASE)
_MAIL = re.compile(r"[\w.+{}-]+@[\w-]+(?:\.[\w-]+)+")
#: Of an address of the web: its scheme, any slashes, and whom it asks.  Browsers take a backslash for a slash, and need none.
_WEB = re.compile(r"(https?|webcal|ircs?):[/\\]*([^/\\?#]*)", re.IGNORECASE)
#: Nearly all are written so; the host stands there as it is asked for.
_USUAL = re.compile(r"https?://([a-z][a-z0-9.-]*[a-z0-9])(?:[/?#]|$)")
_WRITTEN_TO = re.compile(r"(?:mailto|xmpp|matrix):[^?#]*?@([^?#,/]+)|matrix:[^?#]*?:([^?#,/]+)", re.IGNORECASE)
#: What browsers leave out of an address before they look at it.
_DROPPED = re.compile("[\t\n\r]")
_NUMBER = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)(?:\.(?:0x[0-9a-f]*|[0-9]+)){0,3}|\[.*\]")


def facts(hub: Hub, settings: Settings, _options: Options, _scratch: Path) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return every address elsewhere that items and settings lead to, by its domain.

    The hub's own is there without an address: nobody is led elsewhere by it,
    and another one may look like it.
    """
    own = domain_of(settings.base_url)
    found: dict[str, dict[str, dict[str, None]]] = {}
    domains: dict[str, str] = {}
    for source, link in _all_links(hub, settings):
        domain = domains.get(link)
        if domain is None:
            domain = domains[link] = domain_of(link)
        if domain and domain != own:
            found.setdefault(domain, {}).setdefault(link, {})[source] = None
    found[own] = {}
    return {domain: {link: tuple(where) for link, where in sorted(links.items())} for domain, links in sorted(found.items())}


def changes(before: Places, after: Places) -> tuple[DomainChange, ...]:
    """Return the domains that are new or left, and those with a new address behind which anything may be."""
    told: list[DomainChange] = []
    for domain, links in after.items():
        if not links:
            continue
        old = before.get(domain, {})
        fresh = {link: where for link, where in links.items() if link not in old}
        is_new = domain not in before
        like = _alike(domain, before) if is_new else ""
        marks = _marks(domain, fresh, like)
        if is_new or (fresh and set(marks) & {"name", "number", "shortener", "plain"}):
            told.append(_change(domain, "added" if is_new else "changed", fresh, marks, like))
    told += [_change(domain, "removed", links, (), "") for domain, links in before.items() if links and domain not in after]
    return tuple(sorted(told, key=lambda one: (one.domain, one.how)))


def domain_of(link: str) -> str:
    """Return whom an address asks, as the name is asked for over the network; "" for one that asks nobody.

    >>> domain_of("https://atelier.example\\\\@ailleurs.example/"), domain_of("mailto:bonjour@Café.example?subject=Oui")
    ('atelier.example', 'xn--caf-dma.example')
    """
    if usual := _USUAL.match(link):
        return usual[1]
    link = _DROPPED.sub("", link.strip())
    if web := _WEB.match(link):
        host = web[2].rpartition("@")[2]
    elif written := _WRITTEN_TO.match(link):
        host = written[1] or written[2]
    else:
        return ""
    if not host.startswith("["):
        host = host.partition(":")[0]
    return ".".join(_asked(label) for label in _folded(host).split("."))


def shown_as(domain: str) -> str:
    """Return a domain with the letters that a reader sees in place of punycode."""
    return ".".join(unpacked(label) for label in domain.split("."))


def _all_links(hub: Hub, settings: Settings) -> Iterator[tuple[str, str]]:
    """Yield each address with the file that it stands in."""
    for item in seen_or_awaited(hub):
        for link in _links(item):
            yield item.source, link
    for text in texts_in(settings):
        if _LINK.match(text):
            yield HUB, text
        elif "@" in text:
            for address in _MAIL.findall(text):
                yield HUB, f"mailto:{address}"


def _links(item: Item) -> Iterator[str]:
    text = item.body.html
    # The hub's own addresses stand there as marks; in most texts there are no others.
    if 'href="' in text:
        for link in _HREF.findall(text):
            # Cleaning leaves few other entities in an address, and looking for all of them takes long.
            plain = link.replace("&amp;", "&")
            yield html.unescape(link) if link.count("&amp;") != plain.count("&") else plain
    for part in (item.facts, item.online, item.place):
        if part is not None:
            for text in texts_in(part):
                if _LINK.match(text):
                    yield text


def _marks(domain: str, links: Iterable[str], like: str) -> tuple[str, ...]:
    webs = [web for link in links if (web := _WEB.match(_DROPPED.sub("", link.strip())))]
    found = {
        "alike": bool(like) or _is_misleading(domain),
        "name": any("@" in web[2] for web in webs),
        "number": bool(_NUMBER.fullmatch(domain)),
        "shortener": domain.removeprefix("www.") in SHORTENERS,
        "plain": any(web[1].lower() in ("http", "irc") for web in webs),
    }
    return tuple(mark for mark in MARKS if found[mark])


def _is_misleading(domain: str) -> bool:
    return any(mixed_scripts(label) or seen_as(label) for label in shown_as(domain).split("."))


def _alike(domain: str, known: Iterable[str]) -> str:
    """Return a domain that a new one can be taken for: the one that its letters look like, or a known one by a slip of the finger."""
    shown = shown_as(domain)
    seen = ".".join(seen_as(label) or label for label in shown.split("."))
    if seen != shown:
        return seen
    # Two short names differ by a letter because they are short.
    name = domain.removeprefix("www.")
    near = [one for one in known if len(one) > _SHORT and is_slip(one.removeprefix("www."), name)] if len(name) > _SHORT else []
    return min(near, default="")


_SHORT = 8


def _change(domain: str, how: str, links: Mapping[str, tuple[str, ...]], marks: tuple[str, ...], like: str) -> DomainChange:
    where = dict.fromkeys(source for sources in links.values() for source in sources)
    shown = shown_as(domain)
    return DomainChange(domain, how, tuple(links), tuple(sorted(where)), "" if shown == domain else shown, marks, like)  # type: ignore[arg-type]


def _folded(host: str) -> str:
    """Return a host as browsers fold it before they ask: percent signs, wide letters, the full stops of Chinese, capitals."""
    return unicodedata.normalize("NFKC", unquote(host).replace("。", ".").replace("｡", ".")).casefold().rstrip(".")


def _asked(label: str) -> str:
    return label if label.isascii() else "xn--" + label.encode("punycode").decode("ascii")
