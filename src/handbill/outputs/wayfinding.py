"""What machines that visit the hub look for: sitemap and robots.txt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from handbill.hub.hub import Hub
from handbill.outputs.planned import NOTHING, Artifact, Before, Finished, Planned, digest, settled
from handbill.outputs.recognised import Listing, Recognised, listing_of
from handbill.outputs.xml_text import attribute, escape
from handbill.settings import Settings

name = "wayfinding"

_NAMES = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_NAMES_OF_LINKS = 'xmlns:xhtml="http://www.w3.org/1999/xhtml"'

#: A sitemap may name 50,000 addresses and weigh 50 MB; with pages in five languages, half as many weigh half of that.
#: Source: sitemaps.org/protocol.html.
_MOST = 25_000

#: What a page's address leads to.
_PAGE = "index.html"

#: A letter as it was mailed says what its page says.
_TWICE = ("mail.html", "mail.txt", "mail.eml")


def plan(planned: Sequence[Planned], digests: Mapping[str, str], hub: Hub, settings: Settings) -> Iterator[Planned]:
    """Yield the sitemap of every page that search engines may list, and robots.txt."""
    changed = {item.address: (item.updated or item.published) for item in hub.items}
    # Only of these: to say that a card or a feed is no page it would have to be drawn once more.
    pages = {one.path: listing for one in planned if one.path.endswith(_PAGE) and (listing := _listing(one))}
    lines = []
    for path in sorted(digests):
        page = pages.get(path)
        if not path.endswith(_PAGE) or (page is not None and not page.is_indexed):
            continue
        address = "/" + path.removesuffix(_PAGE)
        when = changed.get(address)
        stamp = f"<lastmod>{when.date().isoformat()}</lastmod>" if when else ""
        lines.append(f"<url><loc>{escape(settings.absolute(address))}</loc>{stamp}{''.join(_alternates(page))}</url>")
    closed = "".join(f"Disallow: {settings.base}*/{file}\n" for file in _TWICE)
    robots = f"User-agent: *\nAllow: /\n{closed}\nSitemap: {settings.absolute('/sitemap.xml')}\n"
    for path, text in (*_sitemaps(lines, settings), ("robots.txt", robots)):
        yield settled(path, digest(text), (), text)


def _sitemaps(lines: Sequence[str], settings: Settings) -> Iterator[tuple[str, str]]:
    """Yield the sitemap, or where one cannot hold all pages, several, and under its name the list of them."""
    parts = [lines[at : at + _MOST] for at in range(0, len(lines), _MOST)] or [lines]
    if len(parts) == 1:
        yield "sitemap.xml", _sitemap(lines)
        return
    paths = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    yield from zip(paths, map(_sitemap, parts), strict=True)
    named = [f"<sitemap><loc>{escape(settings.absolute('/' + path))}</loc></sitemap>" for path in paths]
    yield "sitemap.xml", "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', f"<sitemapindex {_NAMES}>", *named, "</sitemapindex>", ""])


def _sitemap(lines: Sequence[str]) -> str:
    # In a hub of one language nothing is said of others, and nothing is named that is not used.
    names = f"{_NAMES} {_NAMES_OF_LINKS}" if any("xhtml:" in line for line in lines) else _NAMES
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', f"<urlset {names}>", *lines, "</urlset>", ""])


def _listing(planned: Planned) -> Listing | None:
    """Return what is said of a page; of one that is recognised it is known without its record."""
    if isinstance(planned, Recognised):
        return planned.listing
    return listing_of(planned.work) if isinstance(planned.work, Finished) else None


def _alternates(page: Listing | None) -> Iterator[str]:
    """Yield the page in each of its languages, itself too, and the one for readers of any other."""
    if page is not None and page.alternates:
        for lang, address in (*page.alternates, ("x-default", page.alternates[0][1])):
            yield f'<xhtml:link rel="alternate" hreflang={attribute(lang)} href={attribute(address)}/>'


def make(planned: Sequence[Planned], settings: Settings, scratch: Path, made: Path, before: Before = NOTHING) -> Iterator[Artifact]:
    """Hand over the texts."""
    for one in planned:
        yield Artifact(one.path, one.work.encode("utf-8"))
