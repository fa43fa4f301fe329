"""A page as it would be published → one document that needs nothing else: with its styles and pictures, and with nothing that runs.

What is rewritten here is for the looks of it.  What keeps a stranger's page
quiet is the policy that stands before its first byte, and the sandbox of the
frame that shows it.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from html import escape, unescape
from posixpath import splitext
from typing import Literal
from urllib.parse import unquote, urljoin, urlsplit

from handbill.reviewing.record import Review

#: Gives the bytes of a published file by its path below the hub's base, ``None`` where there is none.
Ask = Callable[[str], bytes | None]

Which = Literal["before", "after"]

#: Gives the bytes of a published file of either state, by its path below the hub's base.
Asset = Callable[[Which, str], bytes | None]

#: What such a document may do: show what it holds.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'"

#: Files that are shown, by how their names end.
TYPES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".ico": "image/x-icon",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
    ".otf": "font/otf",
    ".ttf": "font/ttf",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
}

#: A picture that weighs more is shown by its description alone.
MOST_OF_ONE = 1_500_000

#: Of the sizes of a picture, the smallest that is at least as wide is shown: sharp on a telephone, fair on a desk.
WIDE_ENOUGH = 700

_NOTHING = "data:,"
_URL = re.compile(r"""url\(\s*("[^"\n]*"|'[^'\n]*'|[^)"'\s]*)\s*\)""", re.IGNORECASE)
_IMPORT = re.compile(r"""@import\s+(?:url\(\s*)?["']?([^"')\s;]+)["']?\s*\)?([^;]*);""", re.IGNORECASE)
_DOCTYPE = "<!doctype html>"
_DEEPEST = 3

#: Attributes that would bring something in, or lead away.
_PLACES = frozenset(
    {"src", "srcdoc", "srcset", "sizes", "data", "poster", "background", "action", "formaction", "ping", "target", "download"}
)


def embedders(review: Review, asset: Asset) -> Mapping[Which, Embedder]:
    """Return what makes documents of the pages of each state; a file that the proposal leaves as it was is asked for once."""
    changed = {one.path for one in review.files}
    known: dict[str, bytes | None] = {}

    def ask(which: Which, path: str) -> bytes | None:
        # Making a picture in another size takes a quarter of a second, and most stand on pages of both states.
        if path in changed or not review.is_whole:
            return asset(which, path)
        if path not in known:
            known[path] = asset("after", path) or asset("before", path)
        return known[path]

    return {
        "before": Embedder(review.base_url, lambda path: ask("before", path)),
        "after": Embedder(review.base_url, lambda path: ask("after", path)),
    }


class Embedder:
    """Makes whole documents of the pages of one state; what several of them show is encoded once."""

    def __init__(self, base_url: str, ask: Ask) -> None:
        self._base, self._ask = base_url if base_url.endswith("/") else f"{base_url}/", ask
        self._styles: dict[str, str] = {}
        self._uris: dict[str, str] = {}

    def document(self, html: bytes, address: str) -> str:
        """Return the page at an *address* below the base, such as ``posts/pot/``, as a document that needs nothing else."""
        written = _Page(self, urljoin(self._base, address.lstrip("/"))).written(html.decode("utf-8", "replace"))
        # Before anything that a stranger wrote; browsers read the rest as what follows in the same head.
        return f'{_DOCTYPE}<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{POLICY}">{written}'

    def path(self, target: str, here: str) -> str:
        """Return the path below the base to which *target* leads from the page *here*; "" where it leads elsewhere."""
        try:
            whole = urlsplit(urljoin(here, target.strip()))._replace(query="", fragment="").geturl()
        except ValueError:
            return ""
        path = unquote(whole[len(self._base) :]) if whole.startswith(self._base) else ""
        return "" if path.startswith("/") or "\\" in path or ".." in path.split("/") else path

    def uri(self, target: str, here: str) -> str:
        """Return the file to which *target* leads as an address that holds it; "" where it is not shown."""
        if target.strip().lower().startswith("data:"):
            return target.strip()
        path = self.path(target, here)
        if path not in self._uris:
            kind = TYPES.get(splitext(path)[1].lower(), "")
            raw = self._ask(path) if kind else None
            fits = raw is not None and len(raw) <= MOST_OF_ONE
            self._uris[path] = f"data:{kind};base64,{b64encode(raw or b'').decode('ascii')}" if fits else ""
        return self._uris[path]

    def style(self, target: str, here: str) -> str:
        """Return the text of a style sheet with all that it names; "" where it is not the hub's own."""
        path = self.path(target, here)
        if path not in self._styles:
            raw = self._ask(path) if path.endswith(".css") else None
            self._styles[path] = self.css((raw or b"").decode("utf-8", "replace"), urljoin(self._base, path))
        return self._styles[path]

    def css(self, text: str, here: str, depth: int = 0) -> str:
        """Return rules that name nothing outside, and cannot end the element in which they stand."""

        def brought(found: re.Match[str]) -> str:
            path = self.path(found[1], here)
            raw = self._ask(path) if path.endswith(".css") and depth < _DEEPEST else None
            rules = self.css(raw.decode("utf-8", "replace"), urljoin(self._base, path), depth + 1) if raw else ""
            return f"@media{found[2]}{{{rules}}}" if rules and found[2].strip() else rules

        def held(found: re.Match[str]) -> str:
            target = found[1].strip("\"'")
            return found[0] if target.startswith("#") else f'url("{self.uri(target, here) or _NOTHING}")'

        return _URL.sub(held, _IMPORT.sub(brought, text)).replace("</", "<\\/")


#: The parts of a page: comments, elements whose text is no text, and tags.  What has no end goes to the end of the page,
#: and nothing is looked at twice, so that no page takes longer than its length.
_PARTS = re.compile(
    r"<!--(?:.*?-->|.*)|<!doctype[^>]*+(?:>|\Z)"
    r"|<(?P<whole>script|style)(?=[\s/>])(?P<about>[^>]*+)(?:>|\Z)(?P<inside>.*?)(?:</(?P=whole)\s*>|\Z)"
    r"|<(?P<name>[a-z][^\s/>\"']*+)(?P<given>(?:[^>\"']|\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z))*+)(?:>|\Z)",
    re.DOTALL | re.IGNORECASE,
)

#: Tags that bring something in or lead away, and what else in a tag may.
_WATCHED = frozenset({
    "a", "area", "audio", "base", "button", "embed", "fencedframe", "feimage", "form", "frame", "iframe", "image", "img", "input", "link",
    "meta", "object", "picture", "portal", "source", "track", "use", "video",
})  # fmt: skip
_ODD = re.compile(r"url\(|\son|background|\Wsrc|\Whref", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([a-z_:][\w:.-]*+)(?:\s*+=\s*+(?:"([^"]*)(?:"|\Z)|'([^']*)(?:'|\Z)|([^\s"'>]++)))?""", re.IGNORECASE)


class _Page:
    """Writes one page again, without what would run or ask."""

    def __init__(self, embedder: Embedder, here: str) -> None:
        self._embedder, self._here = embedder, here
        self._candidates: list[tuple[int, str]] = []

    def written(self, html: str) -> str:
        """Return the whole page."""
        return _PARTS.sub(self._part, html)

    def _part(self, part: re.Match[str]) -> str:
        if part["whole"]:
            is_style = part["whole"].lower() == "style"
            return f"<style{part['about']}>{self._embedder.css(part['inside'], self._here)}</style>" if is_style else ""
        name = (part["name"] or "").lower()
        if name and name not in _WATCHED and not _ODD.search(part["given"]):
            return part[0]
        if not name:
            return ""
        given = _attributes(part["given"])
        if name == "link":
            return self._style(given)
        if name == "source":
            self._candidates += _sized(given.get("srcset", ""))
        if name in ("base", "source") or (name == "meta" and "http-equiv" in given):
            return ""
        if name == "picture":
            self._candidates.clear()
        return self._tag(name, given, "/" if part[0].endswith("/>") else "")

    def _style(self, given: Mapping[str, str]) -> str:
        if "stylesheet" not in given.get("rel", "").lower().split():
            return ""
        rules = self._embedder.style(given.get("href", ""), self._here)
        media = f' media="{escape(given["media"])}"' if "media" in given else ""
        return f"<style{media}>{rules}</style>" if rules else ""

    def _tag(self, tag: str, given: Mapping[str, str], end: str) -> str:
        kept = {name: value for name, value in given.items() if name not in _PLACES and not name.startswith("on")}
        if "style" in kept:
            kept["style"] = self._embedder.css(kept["style"], self._here)
        if tag in ("a", "area") and "href" in kept:
            kept |= self._led(kept)
        elif tag in ("use", "image", "feimage"):
            kept = {name: value for name, value in kept.items() if name not in ("href", "xlink:href")} | dict(self._drawn(kept))
        if tag == "img" and (uri := self._picture(given)):
            kept["src"] = uri
            self._candidates.clear()
        if "background" in given:
            kept["background"] = self._embedder.uri(given["background"], self._here)
        attributes = "".join(f' {name}="{escape(value)}"' for name, value in kept.items())
        return f"<{tag}{attributes}{end}>"

    def _led(self, kept: Mapping[str, str]) -> Mapping[str, str]:
        """Return a link that leads nowhere, and says where it would: a page that is reviewed is not left by accident."""
        target = kept["href"]
        if target.startswith("#"):
            return {"tabindex": "-1"}
        return {
            "href": "#",
            "tabindex": "-1",
            "title": kept.get("title") or urljoin(self._here, target) if _can_be_joined(target) else target,
        }

    def _drawn(self, kept: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        for name in ("href", "xlink:href"):
            target = kept.get(name, "")
            if target.startswith("#"):
                yield name, target
            elif target and (uri := self._embedder.uri(target, self._here)):
                yield name, uri

    def _picture(self, given: Mapping[str, str]) -> str:
        """Return the size of a picture that is shown; the other ones of a ``picture`` come before it."""
        sized = sorted(self._candidates + _sized(given.get("srcset", "")))
        fitting = [target for width, target in sized if width >= WIDE_ENOUGH] + [target for _, target in reversed(sized)]
        for target in [*fitting[:1], given.get("src", ""), *fitting[1:3]]:
            if target and (uri := self._embedder.uri(target, self._here)):
                return uri
        return ""


def _attributes(text: str) -> dict[str, str]:
    """Return the attributes of a tag; of two with one name the first holds, as in browsers."""
    found: dict[str, str] = {}
    for one in _ATTRIBUTE.finditer(text):
        found.setdefault(one[1].lower(), unescape(one[2] or one[3] or one[4] or ""))
    return found


def _sized(srcset: str) -> list[tuple[int, str]]:
    """Return the files of a ``srcset`` with their widths; what is told in densities has none."""
    found = []
    for one in srcset.split(","):
        target, _, size = one.strip().partition(" ")
        if target:
            found.append((int(size[:-1]) if size.endswith("w") and size[:-1].isdecimal() else 0, target))
    return found


def _can_be_joined(target: str) -> bool:
    try:
        urlsplit(target)
    except ValueError:
        return False
    return True
