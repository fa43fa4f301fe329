"""The site that a proposal's check built → the same site as it may stand among previews: elsewhere, unlisted, and with a banner.

It was built for :data:`PLACEHOLDER`, so that its paths are right already and
only the origin is put in; no link of its own leads out of the preview.
"""

from __future__ import annotations

import html
import re

from handbill.errors import said
from handbill.forge.artifact import Poisoned
from handbill.telling import tell

#: The origin for which a site is built that will stand among previews; nobody can ever own it (RFC 2606).
PLACEHOLDER = "https://preview.invalid/"

#: Texts in which the origin is put in.
_TEXTS = frozenset({"html", "xml", "json", "js", "css", "txt", "svg", "opml", "md", "webmanifest"})
_OTHERS = frozenset({
    "ics", "eml", "csv", "png", "jpg", "jpeg", "webp", "avif", "gif", "ico", "woff2", "pdf",
    "wasm", "pagefind", "pf_fragment", "pf_filter", "pf_meta", "pf_index",
})  # fmt: skip
#: Files by which a host is told what to do; ours stand at the root of all previews.
_ORDERS = frozenset({"_headers", "_redirects", "_worker.js", "cname", "robots.txt", "_config.yml", "sitemap.xml"})

#: Nothing of a preview is sent elsewhere, and nothing from elsewhere is shown in it.  Beside a page's own policy both count.
_POLICY = (
    "default-src 'self' data:; style-src 'self' 'unsafe-inline'; form-action 'self'; frame-src 'none'; object-src 'none'; base-uri 'none'"
)
_HEAD = (
    f'<meta name="robots" content="noindex, nofollow"><meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    '<link rel="stylesheet" href="/preview.css">'
)

#: How the banner looks.  A page's own policy allows a style of its site, a mail's one in the element itself: it has both.
_BAR = "display:block;margin:0;padding:.6em 1em;background:#fff3c4;color:#111;border-bottom:3px solid #111;font:1rem/1.4 sans-serif"

#: A page as our theme begins it; of any other we know nothing but what has to come first.
_BEGUN = re.compile(rb"\A<!doctype html>\s*<html(?:\s[^<>]*)?>\s*<head>", re.IGNORECASE)
_DOCTYPE = re.compile(rb"\A\s*<!doctype[^>]*>", re.IGNORECASE)
_BODY = re.compile(rb"<body(?:\s[^<>]*)?>", re.IGNORECASE)


def is_published(name: str) -> bool:
    """Say whether a file is of a sort that a hub publishes, and none by which a host is told what to do."""
    parts = name.split("/")
    if any(one.startswith((".", "_")) for one in parts) or parts[-1].casefold() in _ORDERS:
        return False
    return parts[-1].rpartition(".")[2].casefold() in _TEXTS | _OTHERS


def hosted(files: dict[str, bytes], number: int, commit: str, origin: str, address: str, lang: str) -> dict[str, bytes]:
    """Return the files of proposal *number* as they are put below ``pr-N/``; *origin* is where, *address* where it is talked about.

    Raises:
        Poisoned: the site was built for another address.
    """
    own = f"{PLACEHOLDER}pr-{number}/"
    front = files.get("index.html", b"")
    if own.encode() not in front:
        raise Poisoned(said("the site was not built for {address}", address=own))
    banner = _banner(number, commit, address, lang).encode()
    found: dict[str, bytes] = {}
    for name, content in files.items():
        ending = name.rpartition(".")[2].casefold()
        if ending in _TEXTS:
            content = _moved(content, origin)
        elif ending == "ics":
            # Lines of calendars are broken after 75 octets, also in the middle of an address.
            content = _folded(_moved(content.replace(b"\r\n ", b""), origin))
        found[f"pr-{number}/{name}"] = _marked(content, banner) if ending == "html" else content
    return dict(sorted(found.items()))


def roots(lang: str) -> dict[str, bytes]:
    """Return what stands at the root of all previews: a page that says so, and that no search engine shall come."""
    title = tell(said("Previews of proposals"), lang)
    text = tell(said("What stands here was proposed, not published; it goes when the proposal is closed."), lang)
    page = (
        f'<!doctype html>\n<html lang="{html.escape(lang)}"><head><meta charset="utf-8">{_HEAD}<title>{html.escape(title)}</title></head>\n'
        f"<body><h1>{html.escape(title)}</h1><p>{html.escape(text)}</p></body></html>\n"
    )
    headers = (
        "X-Robots-Tag: noindex, nofollow",
        f"Content-Security-Policy: {_POLICY}; frame-ancestors 'none'",
        "Referrer-Policy: no-referrer",
        "X-Content-Type-Options: nosniff",
    )
    return {
        ".nojekyll": b"",
        "_headers": ("/*\n" + "".join(f"  {one}\n" for one in headers)).encode(),
        "index.html": page.encode(),
        "preview.css": f".handbill-preview{{{_BAR}}}.handbill-preview a{{color:#111}}\n".encode(),
        "robots.txt": b"User-agent: *\nDisallow: /\n",
    }


def _moved(content: bytes, origin: str) -> bytes:
    """Return a text with the origin put in: plain, in JSON that escapes slashes, in addresses within addresses, for calendars."""
    # With its slash alone: calendars are asked for by webcal, print shows no scheme, and in a UID or a tag it is no address.
    for slash in ("/", "\\/", "%2F"):
        former, new = (one.removeprefix("https://").replace("/", slash).encode() for one in (PLACEHOLDER, origin))
        content = content.replace(former, new)
    return content


def _folded(content: bytes) -> bytes:
    lines: list[bytes] = []
    for line in content.split(b"\r\n"):
        most = 75
        while len(line) > most:
            end = most
            # Never inside a character.
            while line[end] & 0xC0 == 0x80:
                end -= 1
            lines.append(line[:end])
            line = b" " + line[end:]
        lines.append(line)
    return b"\r\n".join(lines)


def _marked(page: bytes, banner: bytes) -> bytes:
    """Return a page with what keeps it out of search engines, and with the banner; both come first, whatever the page is."""
    if begun := _BEGUN.match(page):
        page = page[: begun.end()] + _HEAD.encode() + page[begun.end() :]
    else:
        # In the first place of all a page begins its head by itself.
        doctype = _DOCTYPE.match(page)
        place = doctype.end() if doctype else 0
        page = (page[:place] or b"<!doctype html>") + _HEAD.encode() + page[place:]
    body = _BODY.search(page)
    return page[: body.end()] + banner + page[body.end() :] if body else page + banner


def _banner(number: int, commit: str, address: str, lang: str) -> str:
    told = tell(
        said("Preview of proposal {number}, as it stood at {commit}. This is not published.", number=number, commit=commit[:12]), lang
    )
    link = tell(said("To the proposal"), lang)
    to = f'<a href="{html.escape(address)}" rel="nofollow noopener noreferrer" style="color:#111">{html.escape(link)}</a>'
    words = f"<strong>{html.escape(told)}</strong> {to}"
    return f'<div class="handbill-preview" role="note" lang="{html.escape(lang)}" style="{_BAR}">{words}</div>'
