"""The settings → ``_headers``, which tells a host what to send with each file: what browsers may do, what it is, how long it stays fresh.

Netlify, Cloudflare Pages and others read that file; the handbook has the same
rules for servers that do not.  Also ``.nojekyll``, without which GitHub Pages
may leave out files.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from handbill.hub.hub import Hub
from handbill.outputs.planned import NOTHING, Artifact, Before, Planned, digest, settled
from handbill.outputs.policy import letter_policy, site_policy
from handbill.settings import Settings

name = "headers"

FILE = "_headers"
NOT_JEKYLL = ".nojekyll"

POLICY = "Content-Security-Policy"

#: Nothing in a page uses these, and no script that slips in shall.  Names that a browser does not know would be complained of.
_UNUSED = ("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer", "microphone", "midi", "payment", "usb")

#: What programs come for again and again, by ending; hosts guess the type differently or without the alphabet.
_FEEDS = {
    "ics": "text/calendar; charset=utf-8",
    "rss.xml": "application/rss+xml; charset=utf-8",
    "atom.xml": "application/atom+xml; charset=utf-8",
    "opml": "text/x-opml; charset=utf-8",
}

#: For how long a copy may be used without asking again, in seconds.
_FEED_S, _THEME_S, _MEDIA_S = 600, 300, 3600

#: Folders of the search index in which every file is named after its content.
_NAMED_BY_CONTENT = ("fragment", "index", "filter")


@dataclass(frozen=True, slots=True)
class Rule:
    """What is sent with the files whose path matches; ``*`` stands for anything.

    All rules that match count.  ``instead`` names headers of the rules before
    that are not sent any more.
    """

    path: str
    headers: Mapping[str, str]
    instead: tuple[str, ...] = ()


def rules(settings: Settings) -> tuple[Rule, ...]:
    """Return the rules of a hub, general ones first.

    No two set the same header for one path, unless the later one says
    *instead*: hosts disagree about which of two counts, or join them.
    """
    base = settings.base
    everywhere = {
        POLICY: site_policy(settings),
        "X-Content-Type-Options": "nosniff",
        # Maps and other sites learn from which hub a reader comes, never from which page.
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _UNUSED),
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    found = [Rule(f"{base}*", everywhere), Rule(f"{base}*/mail.html", {POLICY: letter_policy(settings)}, (POLICY,))]
    # Public already, and programs that run in other pages may want to show them.
    fed = {"Cache-Control": f"public, max-age={_FEED_S}", "Access-Control-Allow-Origin": "*"}
    found += [Rule(f"{base}*.{ending}", {"Content-Type": kind, **fed}) for ending, kind in _FEEDS.items()]
    found += [Rule(f"{settings.local(settings.home(lang))}feeds/*.json", fed) for lang in settings.languages]
    # What was committed of a contest is to be read, not to be taken for something to install or to open in a spreadsheet.
    found += [Rule(f"{base}*.{ending}", {"Content-Type": "text/plain; charset=utf-8"}) for ending in ("txt", "md", "csv")]
    found.append(Rule(f"{base}*.json", {"Content-Type": "application/json"}))
    found.append(Rule(f"{base}theme/*", {"Cache-Control": f"public, max-age={_THEME_S}"}))
    found.append(Rule(f"{base}media/*", {"Cache-Control": f"public, max-age={_MEDIA_S}"}))
    for folder in _NAMED_BY_CONTENT:
        found.append(Rule(f"{base}pagefind/{folder}/*", {"Cache-Control": "public, max-age=31536000, immutable"}))
    return tuple(found)


def written(all_rules: Iterable[Rule]) -> str:
    """Return rules as a host reads them."""
    lines = ["# Made by the build, for hosts that read it; pages carry their policy themselves as well."]
    for rule in all_rules:
        lines += ["", rule.path, *(f"  ! {one}" for one in rule.instead), *(f"  {one}: {text}" for one, text in rule.headers.items())]
    return "\n".join([*lines, ""])


def read_rules(text: str) -> tuple[Rule, ...]:
    """Return the rules of a ``_headers`` file; what a host would not understand is left out."""
    found: list[tuple[str, dict[str, str], list[str]]] = []
    for line in text.splitlines():
        said = line.strip()
        if said.startswith("/") and line == line.lstrip():
            found.append((said, {}, []))
        elif said.startswith("!") and found:
            found[-1][2].append(said[1:].strip())
        elif found and not said.startswith("#") and ":" in said:
            label, _, value = said.partition(":")
            found[-1][1][label.strip()] = value.strip()
    return tuple(Rule(path, headers, tuple(instead)) for path, headers, instead in found)


def sent(all_rules: Iterable[Rule], path: str) -> dict[str, str]:
    """Return what is sent with the file at an address, such as ``/posts/x/``; two values of one header are joined."""
    found: dict[str, str] = {}
    for rule in all_rules:
        if re.fullmatch(".*".join(map(re.escape, rule.path.split("*"))), path):
            for label in rule.instead:
                found.pop(label, None)
            for label, value in rule.headers.items():
                found[label] = f"{found[label]}, {value}" if label in found else value
    return found


def plan(_planned: Sequence[Planned], _digests: Mapping[str, str], _hub: Hub, settings: Settings) -> Iterator[Planned]:
    """Yield the file of headers, and the empty one that GitHub Pages looks for."""
    text = written(rules(settings))
    yield settled(FILE, digest(text), (), text)
    yield settled(NOT_JEKYLL, digest(""), (), "")


def make(planned: Sequence[Planned], _settings: Settings, _scratch: Path, _made: Path, _before: Before = NOTHING) -> Iterator[Artifact]:
    """Hand over the texts."""
    for one in planned:
        yield Artifact(one.path, one.work.encode("utf-8"))
