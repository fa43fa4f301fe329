"""What the preview answers below its own address of letters: the page of each, its panes, its files, and pictures not yet published.

A letter is looked at when somebody asks for it, as of its own day, and again
only after something changed.
"""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from handbill.composing.impression import Impression, impression
from handbill.composing.standings import Overview, standings
from handbill.errors import ContentProblems, HandbillError, said
from handbill.options import Options
from handbill.outputs.letters import HTML
from handbill.outputs.theme import Theme
from handbill.outputs.words import words_for
from handbill.preview.found import content_type
from handbill.preview.panes import index_page, letter_page
from handbill.preview.schemes import SCHEMES, in_pane, without_pictures
from handbill.preview.sheets import LETTERS, POLICY, Sheet
from handbill.showing.tags import tag
from handbill.telling import line_of

_HERE = Path(__file__).parent
_OWN = ("panes.css", "panes.js")

#: So many problems say why nothing can be shown; `check` tells them all.
_TOLD = 20

#: A letter runs nothing and asks nobody but the preview.
_PANE_POLICY = "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; frame-ancestors 'self'"


class Answer(NamedTuple):
    """What is sent: content type, bytes, policy; ``is_page`` for one that is to hear of changes."""

    content_type: str
    content: bytes
    policy: str = POLICY
    is_page: bool = False


@dataclass(slots=True)
class Desk:
    """The letters of one hub as the preview shows them.

    *options* gives how the hub is built at the moment of asking, *version* what
    is shown now, *base* the path under which the hub lies.
    """

    options: Callable[[], Options]
    version: Callable[[], str]
    lang: str
    base: str = "/"
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _seen: dict[str, tuple[str, Impression]] = field(default_factory=dict)
    _overview: tuple[str, Overview] | None = None

    def answer(self, path: str) -> Answer | None:
        """Return what lies at a path of the preview; ``None`` for nothing."""
        name = unquote(path.removeprefix(LETTERS))
        if name in _OWN:
            return Answer(content_type(name), (_HERE / name).read_bytes())
        with self._lock:
            try:
                if name == "":
                    return self._page(index_page(self._all(), self._sheet()))
                folder, slash, form = name.partition("/")
                return self._of_letter(folder, form) if slash else None
            except ContentProblems as refusal:
                return self._refused(*(line_of(one, self.lang) for one in refusal.problems[:_TOLD]))
            except HandbillError as fault:
                return self._refused(self._sheet().t(fault.args[0]))

    def picture(self, path: str) -> Answer | None:
        """Return a picture that a letter shows before it is published with the rest; ``None`` for another path."""
        address = "/" + unquote(path).removeprefix(self.base)
        for _, seen in tuple(self._seen.values()):
            if address in seen.pictures:
                return Answer(content_type(address), (seen.settings.root / seen.pictures[address]).read_bytes())
        return None

    def address_of(self, name: str = "") -> str:
        """Return the path of the page of a letter, or of the list of all."""
        return f"{LETTERS}{name}/" if name else LETTERS

    def _of_letter(self, name: str, form: str) -> Answer | None:
        source = next(((one.source, one.sent) for one in self._all().standings if one.name == name), None)
        if source is None:
            return None
        seen = self._impression(*source)
        if form == "":
            return self._page(letter_page(seen, self._all().standings, self._sheet()))
        stem, _, ending = form.partition(".")
        bare = stem.endswith("-bare")
        scheme = SCHEMES.get(stem.removesuffix("-bare"))
        if scheme and ending == "html" and HTML in seen.forms:
            # The same host for every name of this machine, so that the policy holds.
            html = scheme(seen.forms[HTML].decode("utf-8")).replace(seen.base, self.base)
            return Answer("text/html; charset=utf-8", in_pane(without_pictures(html) if bare else html).encode(), _PANE_POLICY)
        if form in seen.forms:
            # As it is, and as text: what is looked at here is the source.
            return Answer("text/plain; charset=utf-8", seen.forms[form], _PANE_POLICY)
        return None

    def _refused(self, *told: str) -> Answer:
        """Return a page that says why there is no letter to be seen."""
        sheet = self._sheet()
        title = sheet.t(said("No letter can be shown"))
        lines = tag("ul", (tag("li", one, class_="bad") for one in told), class_="problems")
        return self._page(sheet.page(title, tag("main", tag("h1", title), lines)))

    def _page(self, html: str) -> Answer:
        return Answer("text/html; charset=utf-8", html.encode("utf-8"), is_page=True)

    def _sheet(self) -> Sheet:
        return Sheet(words_for(self.lang, Theme(self.options().root).locale(self.lang)), self.base)

    def _all(self) -> Overview:
        if self._overview is None or self._overview[0] != self.version():
            self._overview = (self.version(), standings(self.options()))
        return self._overview[1]

    def _impression(self, source: str, sent: datetime) -> Impression:
        kept = self._seen.get(source)
        if kept is None or kept[0] != self.version():
            version = self.version()
            with tempfile.TemporaryDirectory(prefix="handbill-") as scratch:
                kept = (version, impression(self.options(), source, sent, Path(scratch), self.lang))
            self._seen[source] = kept
        return kept[1]
