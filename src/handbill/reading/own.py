"""The hub's own addresses as people write them: whole, as a browser or the preview shows them, or of a page that every hub has."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from handbill.settings import Settings

#: Where a preview answers; members' machines answer nothing there.
_HERE = frozenset({"localhost", "127.0.0.1", "0.0.0.0", "[::1]", "::1"})  # noqa: S104 - looked for, not listened on

#: What is made of everything else, and so is in no plan of pages.
LATE = frozenset({"/sitemap.xml", "/robots.txt", "/build.json"})

#: What lies beside the page of an event or a letter.
BESIDE = frozenset({"event.ics", "mail.html", "mail.txt", "mail.eml"})

#: What lies below the page of a contest: its rules, its draw, and what was committed of it.
_BESIDE_A_CONTEST = re.compile(r"(?:rules(?:/[1-9][0-9]*)?|draw)/?|(?:ballots/)?[\w.-]+\.(?:json|txt|csv|md)", re.ASCII)


class Own:
    """What belongs to the hub of these settings."""

    def __init__(self, settings: Settings) -> None:
        parts = urlsplit(settings.base_url)
        self._host = _plain(parts.netloc)
        self._base = settings.base
        self._signs = tuple(f"//{start}{self._host}" for start in ("", "www."))
        self._signs += tuple(f"//{host}" for host in sorted(_HERE))
        homes = [settings.home(lang) for lang in settings.languages]
        words = [f"{home}{word}/" for home in homes for word in settings.words.values()]
        lists = {*homes, *words, *(f"{home}{name}/" for home in homes for name in ("feeds", "search"))}
        self._pages = lists | LATE | ({"/handbook/"} if settings.has_handbook else set())
        made = ("feeds", "calendars", *(settings.words[name] for name in ("tags", "archives", "places")))
        below = [f"{home}{name}/" for home in homes for name in made]
        self._agendas = tuple(f"{home}{settings.words['events']}/" for home in homes)
        self._contests = tuple(f"{home}{settings.words['contests']}/" for home in homes)
        self._below = (*below, *(f"{word}page/" for word in words), "/theme/", *(["/handbook/"] if settings.has_handbook else []))

    def is_hinted(self, html: str) -> bool:
        """Say whether a text may hold a whole address of the hub; most hold none, and need no closer look."""
        return any(sign in html for sign in self._signs)

    def path_of(self, address: str) -> str | None:
        """Return the path from the hub's root of a whole address of it, ``None`` for any other address."""
        try:
            parts = urlsplit(address)
        except ValueError:
            return None
        if parts.scheme not in ("http", "https") or _plain(parts.netloc) != self._host:
            return None
        return self.below_base(parts.path or "/", parts.fragment)

    def below_base(self, path: str, fragment: str = "") -> str | None:
        """Return a path of the hub's host as one from the hub's root, ``None`` where another site begins."""
        if path + "/" == self._base:
            path += "/"
        if not path.startswith(self._base):
            return None
        return "/" + path[len(self._base) :] + (f"#{fragment}" if fragment else "")

    def preview_path_of(self, address: str) -> str | None:
        """Return the path in an address of a preview, ``None`` for any other address."""
        try:
            parts = urlsplit(address)
            is_here = parts.scheme in ("http", "https") and (parts.hostname or "") in _HERE
        except ValueError:
            return None
        return (parts.path or "/") + (f"#{parts.fragment}" if parts.fragment else "") if is_here else None

    def common(self, path: str) -> str:
        """Return the address of a page or file that hubs have besides their items, "" for any other path.

        Whether this hub really has it is known when everything is planned.
        """
        for address in (path, path + "/"):
            if address in self._pages:
                return address
        if path.startswith(self._below):
            is_file = "." in path.rsplit("/", 1)[1]
            return path if is_file or path.endswith("/") else path + "/"
        if below := next((path.removeprefix(one) for one in self._contests if path.startswith(one)), ""):
            slug, _, rest = below.partition("/")
            if slug and _BESIDE_A_CONTEST.fullmatch(rest):
                return path if "." in rest or path.endswith("/") else path + "/"
        year = path.rstrip("/").rsplit("/", 1)[-1]
        if path.startswith(self._agendas) and len(year) == len("2026") and year.isdigit():
            return path.rstrip("/") + "/"
        return ""


def _plain(host: str) -> str:
    return host.casefold().removeprefix("www.")
