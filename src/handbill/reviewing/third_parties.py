"""By what a page would ask another server, or hand a reader over to one: two states → what is new or gone.

Bodies are not looked at: cleaning leaves nothing in them that asks anybody
(``reading/body.py``), and a picture from elsewhere has become a link, which
``reviewing/outside.py`` tells.  What is left are settings, and the files of the
hub's own theme and handbook, where everything can be written, and letters that
were frozen and have not left: they are mailed as their bytes are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path

from handbill.errors import Said, said
from handbill.hub.hub import Hub
from handbill.layout import ARCHIVE, HANDBOOK, HUB, THEME
from handbill.listing import below
from handbill.options import Options
from handbill.reviewing.record import ThirdParty
from handbill.settings import Settings

#: What asks or hands over → target → the files in which it stands.
Parties = Mapping[tuple[str, str], tuple[str, ...]]

#: What asks or hands over, as it is told.
NAMES: Mapping[str, Said] = {
    "form": said("a form that sends what readers type to another server"),
    "frame": said("a frame in which another server shows its own page"),
    "script": said("a script from another server"),
    "style": said("a style sheet from another server"),
    "font": said("a font or picture of a style sheet from another server"),
    "media": said("a picture, sound or film from another server"),
    "request": said("a script that asks another server"),
    "hint": said("a connection to another server before anybody clicks"),
    "refresh": said("a page that sends readers on to another server"),
    "policy": said("what browsers may do for a page (Content-Security-Policy)"),
    "inline": said("a script within a page, which the policy of pages forbids"),
    "feed hub": said("a service that tells programs that read feeds"),
    "carrier": said("a service that gets the letters to send"),
}

_WHOLE = r"(?:https?:|wss?:)?//[^`\s\"'<>)\\]+"
_TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9:-]*)\b((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>")
_ATTRIBUTE = re.compile(r"([a-zA-Z-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_ELSEWHERE = re.compile(_WHOLE, re.IGNORECASE)
_STYLE_ASKS = re.compile(rf"(?:url\(\s*|@import\s+(?:url\(\s*)?)[\"']?({_WHOLE})", re.IGNORECASE)
_QUOTED = re.compile(rf"[\"'`]({_WHOLE})", re.IGNORECASE)
_REFRESH = re.compile(rf"url\s*=\s*[\"']?({_WHOLE})", re.IGNORECASE)
#: Attributes that run something, as browsers know them; names of a template's own may begin alike.
_EVENT = re.compile(
    r"on(?:abort|animation\w+|aux\w+|before\w+|blur|can\w+|change|click|close|context\w+|copy|cut|dbl\w+|drag\w*|drop|ended|error|focus\w*|"
    r"form\w+|hash\w+|input|invalid|key\w+|load\w*|message\w*|mouse\w+|o(?:n|ff)line|page\w+|paste|play\w*|pointer\w+|popstate|reset|"
    r"resize|scroll\w*|search|seek\w+|select\w*|storage|submit|toggle|touch\w+|transition\w+|unload|volume\w+|wheel)"
)
_COMMENT = re.compile(r"\{#.*?#\}|<!--.*?-->|/\*.*?\*/", re.DOTALL)
#: Names of formats look like addresses, and nothing is asked of them.
_FORMATS = ("http://www.w3.org/", "https://www.w3.org/")

#: Which attribute of which element makes a browser ask, and what that is called.
_ASKS: Mapping[tuple[str, str], str] = {
    ("script", "src"): "script",
    ("iframe", "src"): "frame",
    ("frame", "src"): "frame",
    ("embed", "src"): "frame",
    ("object", "data"): "frame",
    ("form", "action"): "form",
    ("button", "formaction"): "form",
    ("input", "formaction"): "form",
    ("img", "src"): "media",
    ("img", "srcset"): "media",
    ("input", "src"): "media",
    ("source", "src"): "media",
    ("source", "srcset"): "media",
    ("video", "src"): "media",
    ("video", "poster"): "media",
    ("audio", "src"): "media",
    ("track", "src"): "media",
    ("image", "href"): "media",
    ("use", "href"): "media",
    ("a", "ping"): "request",
    ("mj-image", "src"): "media",
    ("mj-font", "href"): "style",
    ("mj-include", "path"): "style",
    ("v:fill", "src"): "media",
    ("v:image", "src"): "media",
}
_LINKS = {
    "stylesheet": "style",
    "preconnect": "hint",
    "dns-prefetch": "hint",
    "prefetch": "hint",
    "preload": "hint",
    "modulepreload": "hint",
}

#: Files that say nothing by their text.  Every other may be a part of a page, whatever it is called: a template can include it.
_BLANK = (".png", ".jpg", ".jpeg", ".webp", ".avif", ".gif", ".ico", ".woff", ".woff2", ".ttf", ".otf")
_STYLES, _SCRIPTS = (".css",), (".js", ".mjs")


def facts(hub: Hub, settings: Settings, _options: Options, _scratch: Path) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return all by which pages ask elsewhere, and in which files that stands."""
    found: dict[tuple[str, str], dict[str, None]] = {}
    for what, target, source in (*_of_settings(settings), *_of_files(settings.root), *_of_letters(hub, settings)):
        found.setdefault((what, target), {})[source] = None
    return {key: tuple(sorted(where)) for key, where in sorted(found.items())}


def changes(before: Parties, after: Parties) -> tuple[ThirdParty, ...]:
    """Return what is new and what is gone; the same thing in other files is no news."""
    new = [ThirdParty(what, "added", target, where) for (what, target), where in after.items() if (what, target) not in before]
    gone = [ThirdParty(what, "removed", target, where) for (what, target), where in before.items() if (what, target) not in after]
    return tuple(sorted((*new, *gone), key=lambda one: (one.what, one.target, one.how)))


def _of_settings(settings: Settings) -> Iterator[tuple[str, str, str]]:
    origin = settings.sign_up.origin
    if origin and origin != settings.origin:
        yield "form", origin, HUB
    if settings.discussion.frame:
        # Whose discussions are shown is handed over with each page, so another repository is another party.
        yield "frame", f"{settings.discussion.frame} ({settings.discussion.repo})", HUB
    if settings.feed_hub:
        yield "feed hub", settings.feed_hub, HUB
    if settings.sending.way not in ("files", "smtp"):
        yield "carrier", settings.sending.way, HUB


def _of_files(root: Path) -> Iterator[tuple[str, str, str]]:
    """Yield what files of the theme and of the handbook ask for."""
    own = root / THEME
    for file in sorted(below(own)):
        ending = file.suffix.lower()
        if ending in _BLANK or file.is_symlink() or not file.is_file():
            continue
        text = file.read_bytes().decode("utf-8", "replace")
        name = file.relative_to(root).as_posix()
        for what, target in asks(text, ending):
            yield what, target, name
        if _lacks_policy(text, name):
            yield "policy", "", name
    config = root / HANDBOOK[0]
    if config.is_file() and not config.is_symlink():
        for what, target in _of_handbook(config.read_bytes().decode("utf-8", "replace")):
            yield what, target, HANDBOOK[0]


def _of_letters(hub: Hub, settings: Settings) -> Iterator[tuple[str, str, str]]:
    """Yield what letters ask for that may still be mailed; a picture at the hub's own address is the hub's."""
    late = timedelta(hours=settings.sending.late_hours)
    for one in hub.frozen.values():
        name = f"{ARCHIVE}/{one.name}/mail.html"
        file = settings.root / name
        if one.sent + late < hub.as_of or file.is_symlink() or not file.is_file():
            continue
        # Outlook reads what stands in comments.
        text = file.read_bytes().decode("utf-8", "replace").replace("<!--", " ").replace("-->", " ")
        for what, target in asks(text, ".html"):
            if what != "inline" and not target.startswith((settings.base_url, one.base)):
                yield what, target, name


def asks(text: str, ending: str) -> Iterator[tuple[str, str]]:
    """Yield what a file of that ending asks for elsewhere, and from where; links that readers may follow are none."""
    bare = _COMMENT.sub("", text)
    if ending not in (*_STYLES, *_SCRIPTS):
        yield from _of_markup(bare)
    if ending not in _SCRIPTS:
        yield from (("font", target) for target in _STYLE_ASKS.findall(bare))
    if ending in _SCRIPTS:
        # A script can make an address in any way; one that stands in it whole can at least be seen.
        yield from (("request", target) for target in _QUOTED.findall(bare) if not target.startswith(_FORMATS))


def _of_markup(text: str) -> Iterator[tuple[str, str]]:
    for tag in _TAG.finditer(text):
        name = tag[1].lower()
        given = {one[1].lower(): one[2] or one[3] or one[4] or "" for one in _ATTRIBUTE.finditer(tag[2])}
        for key, value in given.items():
            what = _ASKS.get((name, key.removeprefix("xlink:")))
            if what and (target := _ELSEWHERE.search(value)):
                yield what, target[0]
        if name == "link" and (target := _ELSEWHERE.match(given.get("href", ""))):
            yield from ((_LINKS[rel], target[0]) for rel in given.get("rel", "").lower().split() if rel in _LINKS)
        if name == "meta" and given.get("http-equiv", "").lower() == "refresh" and (to := _REFRESH.search(given.get("content", ""))):
            yield "refresh", to[1]
        if name == "meta" and given.get("http-equiv", "").lower() == "content-security-policy":
            yield "policy", given.get("content", "")
        if (name == "script" and "src" not in given and "json" not in given.get("type", "")) or any(_EVENT.fullmatch(key) for key in given):
            yield "inline", f"<{name}>"


def _lacks_policy(text: str, name: str) -> bool:
    """Say whether a template of the hub's own writes the head of pages, and no policy in it."""
    bare = _COMMENT.sub("", text).lower()
    is_head = name.endswith("templates/parts/head.html") or ("<html" in bare and "head.html" not in bare)
    return name.startswith(f"{THEME}/templates/") and is_head and "content-security-policy" not in bare


def _of_handbook(text: str) -> Iterator[tuple[str, str]]:
    """Yield the styles and scripts that the handbook's settings take from elsewhere."""
    key = ""
    for line in text.splitlines():
        if line[:1].strip():
            key = line.partition(":")[0]
        if key in ("extra_css", "extra_javascript") and (target := _ELSEWHERE.search(line.partition("#")[0])):
            yield ("style" if key == "extra_css" else "script"), target[0]
