"""Where the files of the hub lie, and where members talk about them: what hub.toml says, and the addresses that follow."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from handbill.errors import said
from handbill.hub.fields import Choice, Desk, Field, Link, Table, Text, place_of, shown

_FORGES = (said("GitHub"), said("GitLab, wherever it runs"), said("Forgejo or Gitea, such as Codeberg"))

#: Of ``[hub]``: where readers propose a correction.
REPOSITORY = (
    Field(
        "repository",
        Link(),
        "the address of the repository; each page then leads to its file, to correct it and to see how it changed",
        default="",
        example="https://github.com/atelier/site",
    ),
    Field("branch", Text(100, use="key"), "the branch that is published", default="main", example="main"),
    Field(
        "forge",
        Choice(("github", "gitlab", "forgejo"), _FORGES),
        "the program at that address, where its name does not tell",
        default="",
        example="forgejo",
    ),
)

DISCUSSION = (
    Field(
        "url",
        Link(),
        "where members talk about a text; {title} and {address} stand for those of the page",
        default="",
        example="https://forum.example/new?title={title}&body={address}",
    ),
    Field(
        "repo",
        Text(140, use="key"),
        "the GitHub repository whose discussions giscus shows on a page, once a reader asks for it",
        default="",
        example="atelier/site",
    ),
    Field("repo_id", Text(60, use="key"), "its id, as giscus.app tells it", default="", example="R_kgDOexample"),
    Field("category", Text(100, use="key"), "the category of the discussions", default="", example="Articles"),
    Field("category_id", Text(60, use="key"), "its id, as giscus.app tells it", default="", example="DIC_kwDOexample"),
)

#: The forges that can be told by the beginning or the whole of their host.
_HOSTS = (
    (re.compile(r"(www\.)?github\.com|github\..+"), "github"),
    (re.compile(r"gitlab\..+"), "gitlab"),
    (re.compile(r"codeberg\.org|(forgejo|gitea)\..+"), "forgejo"),
)

#: Where each forge has a file's form and its changes: below the repository, with branch and path.
_PLACES = {
    "github": ("edit/{branch}/{path}", "commits/{branch}/{path}"),
    "gitlab": ("-/edit/{branch}/{path}", "-/commits/{branch}/{path}"),
    "forgejo": ("_edit/{branch}/{path}", "commits/branch/{branch}/{path}"),
}

GISCUS = "https://giscus.app"

#: Languages in which giscus speaks; in any other it speaks English.
_SPOKEN = frozenset({"ar", "de", "en", "es", "fr", "id", "it", "ja", "ko", "nl", "pl", "pt", "ro", "ru", "tr", "vi"})


@dataclass(frozen=True, slots=True)
class Repository:
    """Where the files of the hub can be seen and changed; "" where nobody says so."""

    url: str = ""
    branch: str = "main"
    forge: str = ""

    def edit(self, source: str) -> str:
        """Return the address at which a file can be corrected, as a proposal for those who may not change it."""
        return self._at(0, source)

    def history(self, source: str) -> str:
        """Return the address of a file's changes."""
        return self._at(1, source)

    def _at(self, which: int, source: str) -> str:
        if not self.forge:
            return ""
        return f"{self.url}/" + _PLACES[self.forge][which].format(branch=quote(self.branch), path=quote(source))


@dataclass(frozen=True, slots=True)
class Discussion:
    """Where members talk about texts: an address, discussions at GitHub, both or neither."""

    url: str = ""
    repo: str = ""
    repo_id: str = ""
    category: str = ""
    category_id: str = ""

    @property
    def frame(self) -> str:
        """Return the one origin whose frames pages may show once a reader asks for it, or ""."""
        return GISCUS if self.repo else ""

    def address(self, title: str, address: str) -> str:
        """Return where a text is talked about, for readers who go there."""
        if self.url:
            return self.url.replace("{title}", quote(title, safe="")).replace("{address}", quote(address, safe=""))
        return f"https://github.com/{self.repo}/discussions" if self.repo else ""

    def widget(self, term: str, lang: str, description: str, address: str) -> str:
        """Return the address of a discussion as giscus frames it, without what only the reader's browser knows.

        *term* is the title of the discussion and never changes, so a text that
        moves keeps it.  Source: giscus, ADVANCED-USAGE.md and client.ts.
        """
        if not self.repo:
            return ""
        given = {
            "repo": self.repo,
            "repoId": self.repo_id,
            "category": self.category,
            "categoryId": self.category_id,
            "term": term,
            "strict": "1",
            "reactionsEnabled": "1",
            "emitMetadata": "0",
            "inputPosition": "bottom",
            "description": description,
            "backLink": address,
        }
        tongue = lang.split("-")[0]
        return f"{GISCUS}/{tongue if tongue in _SPOKEN else 'en'}/widget?{urlencode(given, quote_via=quote)}"


def onward_of(read: dict[str, dict[str, Any]], table: Table, desk: Desk) -> dict[str, Any]:
    """Return ``repository`` and ``discussion`` as the settings hold them; what is missing or contradicts itself is put down."""
    return {"repository": _repository(read["hub"], table, desk), "discussion": _discussion(read["discussion"], table, desk)}


def _repository(hub: dict[str, Any], table: Table, desk: Desk) -> Repository:
    url = hub["repository"].rstrip("/").removesuffix(".git")
    if not url:
        return Repository()
    host = urlsplit(url).hostname or ""
    forge = hub["forge"] or next((name for pattern, name in _HOSTS if pattern.fullmatch(host)), "")
    if not forge:
        found = said("nothing, and {host} does not tell which program runs there", host=host)
        desk.refuse(
            place_of(table, "hub", "repository"), "hub.forge", found, said("a line such as {line}", line='forge = "forgejo"'), "HB203"
        )
    return Repository(url, hub["branch"], forge)


def _discussion(given: dict[str, Any], table: Table, desk: Desk) -> Discussion:
    parts = ("repo", "repo_id", "category", "category_id")
    written = next((name for name in parts if given[name]), "")
    if not written:
        return Discussion(given["url"])
    missing = [name for name in parts if not given[name]]
    for name in missing:
        found = said("nothing, although {other} is there", other=f"discussion.{written}")
        wanted = said("what giscus.app tells for your repository")
        desk.refuse(place_of(table, "discussion", written), f"discussion.{name}", found, wanted, "HB203")
    if given["repo"] and not re.fullmatch(r"[A-Za-z0-9-]+/[A-Za-z0-9._-]+", given["repo"]):
        wanted = said("owner and name, such as {name}", name="atelier/site")
        node = place_of(table, "discussion", "repo")
        desk.refuse(node, "discussion.repo", shown(node), wanted)
        missing.append("repo")
    return Discussion(given["url"]) if missing else Discussion(given["url"], *(given[name] for name in parts))
