"""The HTML of a letter → every link in it: its words, and where it leads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

from handbill.errors import Said, said
from handbill.outputs.mail.record import TOKEN


@dataclass(frozen=True, slots=True)
class Leading:
    """A link: the words of the first place that leads there, its address, where it leads, how many places lead there.

    ``sort`` is ``hub``, ``elsewhere``, ``mail``, ``member`` (completed for each
    when it is sent) or ``lost``.
    """

    words: str
    address: str
    where: Said
    sort: str
    times: int


def leadings(html: str, answers: Mapping[str, str], base: str) -> tuple[Leading, ...]:
    """Return the links of a letter in their order, each address once.

    *answers* has what answers each address of the hub, whose root is *base*.
    """
    reader = _Links()
    reader.feed(html)
    reader.close()
    words: dict[str, str] = {}
    times: dict[str, int] = {}
    for address, said_there in reader.found:
        times[address] = times.get(address, 0) + 1
        words[address] = words.get(address) or " ".join(said_there.split())
    return tuple(Leading(words[one], one, *_where(one, answers, base), times[one]) for one in words)


def _where(address: str, answers: Mapping[str, str], base: str) -> tuple[Said, str]:
    if TOKEN in address:
        return said("out of the list; completed for each member when it is sent"), "member"
    if address.startswith("mailto:"):
        return said("a mail to {address}", address=address.removeprefix("mailto:").partition("?")[0]), "mail"
    if not address.startswith(base):
        return said("elsewhere: {host}", host=urlsplit(address).hostname or address), "elsewhere"
    path = "/" + unquote(address.removeprefix(base)).partition("#")[0].partition("?")[0]
    if path not in answers:
        return said("nowhere: no page of the hub has this address"), "lost"
    title = answers[path]
    return said("“{title}”", title=title) if title else said("a page of the hub"), "hub"


class _Links(HTMLParser):
    """Collects addresses with the words, or the descriptions of pictures, that lead there."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, str]] = []
        self._open: list[str] | None = None
        self._address = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a" and given.get("href"):
            self._address, self._open = given["href"] or "", []
        elif tag == "img" and self._open is not None:
            self._open.append(given.get("alt") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._open is not None:
            self.found.append((self._address, " ".join(self._open)))
            self._open = None

    def handle_data(self, data: str) -> None:
        if self._open is not None:
            self._open.append(data)
