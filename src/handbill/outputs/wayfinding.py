"""What machines that visit the hub look for: sitemap and robots.txt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from handbill.hub.hub import Hub
from handbill.outputs.planned import Artifact, Finished, Planned, digest, settled
from handbill.settings import Settings

name = "wayfinding"


def plan(planned: Sequence[Planned], digests: Mapping[str, str], hub: Hub, settings: Settings) -> Iterator[Planned]:
    """Yield the sitemap of every page that search engines may list, and robots.txt."""
    changed = {item.address: (item.updated or item.published) for item in hub.items}
    hidden = {one.path for one in planned if isinstance(one.work, Finished) and not one.work.givens["page"].is_indexed}
    lines = []
    for path in sorted(digests):
        address = "/" + path.removesuffix("index.html")
        if not path.endswith("index.html") or path in hidden:
            continue
        when = changed.get(address)
        stamp = f"<lastmod>{when.date().isoformat()}</lastmod>" if when else ""
        lines.append(f"<url><loc>{escape(settings.absolute(address))}</loc>{stamp}</url>")
    sitemap = "\n".join([
        '<?xml version="1.0" encoding="UTF-8"?>', '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">', *lines, "</urlset>", "",
    ])  # fmt: skip
    robots = f"User-agent: *\nAllow: /\n\nSitemap: {settings.absolute('/sitemap.xml')}\n"
    yield settled("sitemap.xml", digest(sitemap), (), sitemap)
    yield settled("robots.txt", digest(robots), (), robots)


def make(planned: Sequence[Planned], settings: Settings, scratch: Path, made: Path) -> Iterator[Artifact]:
    """Hand over the texts."""
    for one in planned:
        yield Artifact(one.path, one.work.encode("utf-8"))
