"""Questions to GitHub about one repository.  Knows how it pages, how it hands out files, and how it makes a commit; decides nothing.

Sources: https://docs.github.com/en/rest/using-the-rest-api/using-pagination-in-the-rest-api,
…/rest/using-the-rest-api/rate-limits-for-the-rest-api, …/rest/actions/artifacts#download-an-artifact,
…/graphql/reference/mutations#createcommitonbranch.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from handbill.door import Door, Refused, Unreachable, moment_of
from handbill.errors import Said, ServiceFailed, WrongUse, said
from handbill.exchange import NoAnswer, exchange, is_here
from handbill.forge.answers import Told

#: Where the public one is asked.
API = "https://api.github.com"
#: What each answer looks like depends on this.
VERSION = "2022-11-28"

_REPOSITORY = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})/(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}", re.ASCII)
_PAGE = 100
#: Beyond, a list is no list of one proposal.
_PAGES = 100

_LOOK = said("look at the run, then start it again")
_MEND = said("was the repository renamed?")


class GitHub:
    """The interface for ``repository``, such as ``atelier/hub``; *token* may be "" for what everybody may read."""

    def __init__(
        self, repository: str, token: str, base: str = API, sleep: Callable[[float], None] = time.sleep, timeout_s: float = 30.0
    ) -> None:
        if not _REPOSITORY.fullmatch(repository):
            raise WrongUse(said("found no name of a repository, wanted one such as {name}", name="atelier/hub"))
        self.repository = repository
        headers = {"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": VERSION}
        if token:
            headers["Authorization"] = f"Bearer {_plain(token)}"
        self._door = Door("GitHub", base, headers, sleep, timeout_s, look_there=_LOOK, mend=_MEND, says_why=True)

    def wrong(self, found: Said) -> ServiceFailed:
        """Return the error for an answer that nobody foresaw."""
        return self._door.not_understood(found)

    def look(self, path: str, **asked: object) -> Told:
        """Return the object at a path below the repository's own.

        Raises:
            ServiceFailed: it does not answer, refuses, or tells something else.
        """
        return Told.of(self._door.look(self._below(path, asked)), self.wrong)

    def look_for(self, path: str, **asked: object) -> Told | None:
        """Return the object at a path, ``None`` where there is none."""
        try:
            return self.look(path, **asked)
        except Refused as refused:
            if refused.status in (404, 409):
                return None
            raise

    def every(self, path: str, key: str = "", **asked: object) -> Iterator[Told]:
        """Yield the objects of a list over all its pages; *key* is the field that holds them, "" where the answer is the list."""
        for page in range(1, _PAGES + 1):
            # The next page is asked for by its number: its address could lead to another host, and the token with it.
            answer = self._door.look(self._below(path, {**asked, "per_page": _PAGE, "page": page}))
            own = Told({"list": answer}, self.wrong).several("list") if not key else Told.of(answer, self.wrong).several(key)
            yield from own
            if len(own) < _PAGE:
                return
        raise ServiceFailed(said("{service} lists without end", service="GitHub"))

    def ask(self, method: str, path: str, body: Mapping[str, object] | None = None) -> Any:
        """Have something done, and return what is said of it; ``None`` where nothing is.

        Raises:
            Refused: it was not done.
            Unanswered: whether it was done is not known.
        """
        return self._door.ask(method, self._below(path, {}), body, is_quiet=True)

    def moment(self) -> str:
        """Return the moment as GitHub's own clock has it, to be compared with the moments that it tells; in its own writing."""
        found = moment_of(self._door.look_at(self._below("", {})))
        if found is None:
            raise self.wrong(said("without saying when"))
        return found.strftime("%Y-%m-%dT%H:%M:%SZ")

    def file(self, path: str, most: int) -> bytes:
        """Return a file that GitHub hands out by sending us on to another host; that one never gets the token.

        Raises:
            ServiceFailed: it is not handed out, or is larger than *most* bytes.
        """
        answer = self._door.look_at(self._below(path, {}))
        if answer.status == 302:
            address = answer.headers.get("location", "")
            if not _is_safe(address):
                raise self.wrong(said("with an address that is not safe"))
            try:
                answer = exchange("GET", address, {"User-Agent": "Handbill"}, timeout_s=self._door.timeout_s, largest=most)
            except NoAnswer as trouble:
                raise Unreachable(said("GitHub does not hand the file out ({reason})", reason=trouble.reason)) from trouble
        if answer.status != 200:
            raise Refused(said("GitHub does not hand the file out ({reason})", reason=answer.status), answer.status)
        if len(answer.body) > most:
            raise ServiceFailed(said("GitHub hands out {n} bytes, wanted at most {most}", n=len(answer.body), most=most))
        return answer.body

    def graph(self, question: str, values: Mapping[str, object]) -> Told:
        """Return what the interface of graphs says to something that is to be done.

        Raises:
            Refused: it was not done; the words say why.
        """
        answer = Told.of(self._graph_door().ask("POST", "/graphql", {"query": question, "variables": dict(values)}), self.wrong)
        if answer.fields.get("errors"):
            first = answer.several("errors")[0]
            words = self._door.safe(first.text("message", "–"))[:200]
            kind = first.text("type", "")
            raise Refused(
                said("{service} says {status}: {words}", service="GitHub", status=kind or 422, words=words),
                409 if kind == "STALE_DATA" else 422,
            )
        return answer.inside("data")

    def _graph_door(self) -> Door:
        # A GitHub of one's own has its two interfaces beside each other: /api/v3 and /api/graphql.
        base = self._door.base.rstrip("/").removesuffix("/v3")
        return Door("GitHub", base, self._door.headers, self._door.sleep, self._door.timeout_s, look_there=_LOOK, mend=_MEND, says_why=True)

    def _below(self, path: str, asked: Mapping[str, object]) -> str:
        words = {name: value for name, value in asked.items() if value not in (None, "")}
        return f"/repos/{self.repository}{path}" + (f"?{urlencode(words)}" if words else "")


def part(name: str) -> str:
    """Return a name as it may stand in a path."""
    return quote(name, safe="")


def _is_safe(address: str) -> bool:
    """Say whether a file may be asked for at an address."""
    try:
        parts = urlsplit(address)
        # Reading the port is what finds out whether it is one.
        has_port = parts.port is None or parts.port > 0
    except ValueError:
        return False
    is_hidden = parts.scheme == "https" or (parts.scheme == "http" and is_here(parts.hostname))
    return bool(
        is_hidden
        and has_port
        and parts.hostname
        and address.isprintable()
        and " " not in address
        and not (parts.username or parts.password)
    )


def _plain(token: str) -> str:
    """Return the token, which stands in a header; it is often pasted with the end of its line."""
    token = token.strip()
    if not token.isascii() or not token.isprintable() or " " in token:
        raise WrongUse(said("token: found signs that no token has"))
    return token
