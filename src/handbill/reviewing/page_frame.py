"""The frame of the page of a review: policy, style, texts in the language of the reader, and the parts that stand everywhere on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from html import escape
from importlib.resources import files

from handbill.engine import engine_theme
from handbill.errors import Said, said
from handbill.outputs.words import Words, words_for
from handbill.reviewing.details import told
from handbill.reviewing.record import Detail, How, Run
from handbill.showing.cells import safe
from handbill.showing.tags import Html, Inside, joined, tag
from handbill.telling import tell, tell_count

#: There is no script at all, so none is allowed; what stands in frames is held to the same.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'"

#: How something that members get became other than it was, and the same of what went.
HOWS: dict[How, Said] = {"added": said("new"), "changed": said("changed"), "removed": said("gone")}

#: Most signs of what was compared that are shown of one thing; nobody reads on.
MOST_SIGNS = 30_000

#: Most bytes of all comparisons of a page together, as they stand in it; the last one may go a little beyond.
MOST_OF_ALL = 2_000_000

#: Most signs of a name, a title or an address.
LONGEST = 400

#: So long a text gets a room of its own that can be scrolled.
_LONG = 1_600


class Frame:
    """Writes the page in one language."""

    def __init__(self, lang: str) -> None:
        self.lang, self._left = lang, MOST_OF_ALL
        catalogue = engine_theme() / "locale" / f"{lang}.po"
        self.words: Words = words_for(lang, [catalogue] if catalogue.is_file() else [])

    def t(self, text: str) -> str:
        """Return a text of the program in the reader's language."""
        return tell(text, self.lang)

    def mark(self, how: How) -> Html:
        """Return the mark of what was added, changed or removed."""
        return tag("span", self.t(HOWS[how]), class_=f"mark {how}")

    def stamp(self, text: Said, sort: str = "plain") -> Html:
        """Return a mark of another kind."""
        return tag("span", self.t(text), class_=f"mark {sort}")

    def section(self, name: str, title: Said, *inside: Inside) -> Html:
        """Return a part of the page that can be gone to by its *name*."""
        return tag("section", tag("h2", self.t(title), id=f"{name}-title"), *inside, id=name, aria_labelledby=f"{name}-title")

    def since(self, iso: str) -> Html | None:
        """Return from when members see something that waits for its moment."""
        if not iso:
            return None
        return tag("span", self.t(said("from {moment}", moment=self.moment(iso))), class_="mark wait")

    def moment(self, iso: str) -> str:
        """Return a moment or a day as people say it; a text that is neither as it stands."""
        try:
            return self.words.moment(iso)
        except ValueError:
            return short(iso)

    def kilobytes(self, size: int) -> str:
        """Return bytes as people read them."""
        return self.t(said("{n} KB", n=self.words.number(max(1, round(size / 1000)) if size else 0)))

    def compared(self, runs: Sequence[Run], lang: str = "") -> Html | None:
        """Return two texts in one: what went struck through, what came underlined, each said to those who hear it."""
        parts: list[Html] = []
        room, last = max(1, min(MOST_SIGNS, self._left)), "\n"
        for run in runs:
            text = lines(run.text[:room])
            room -= len(run.text)
            self._left -= len(escape(text).encode())
            # Runs are made of whole words, so the space between two of them stands in neither.
            parts.append(joined("" if not text or last.isspace() or text[0].isspace() else " ", self._run(run, text)))
            last = text[-1:] or last
            if room <= 0:
                parts.append(joined(" ", tag("em", self.t(said("… and more")), lang=self.lang)))
                break
        if not parts:
            return None
        is_long = sum(len(run.text) for run in runs) > _LONG
        # What can be scrolled must be reached by keys.
        scrolled = {"tabindex": "0", "role": "group", "aria_label": self.t(said("The words compared"))} if is_long else {}
        return tag("div", joined(*parts), class_="words long" if is_long else "words", lang=lang or None, **scrolled)

    def _run(self, run: Run, text: str) -> Html:
        body = text.strip("\n")
        if run.how == "same" or not body:
            return joined(text)
        name, word = ("del", said("gone:")) if run.how == "gone" else ("ins", said("new:"))
        heard = tag("span", self.t(word), " ", class_="unseen", lang=self.lang)
        # Line ends between two blocks are no part of what came or went.
        before, _, after = text.partition(body)
        return joined(before, tag(name, heard, body), after)

    def details(self, details: Iterable[Detail]) -> Html | None:
        """Return facts of which each became another."""
        colon = " : " if self.lang == "fr" else ": "
        each = (told(one, self.lang) for one in details)
        rows = [tag("li", tag("span", short(one.name), colon, class_="quiet"), *self._became(one)) for one in each]
        return tag("ul", rows) if rows else None

    def _became(self, one: Detail) -> Iterable[Inside]:
        if one.before == one.after:
            return [short(one.after)]
        gone = [tag("del", tag("span", self.t(said("gone:")), " ", class_="unseen"), short(one.before)), " "] if one.before else []
        new = [tag("ins", tag("span", self.t(said("new:")), " ", class_="unseen"), short(one.after))] if one.after else []
        return [*gone, *new]

    def some(self, rows: Sequence[Html], most: int, class_: str = "") -> list[Html]:
        """Return a list of which the first *most* are shown, and the others when they are asked for, up to ten times as many."""
        shown = [tag("ul", rows[:most], class_=class_)]
        more = rows[most : most * 10]
        if more:
            summary = tag("summary", tell_count("{n} more", "{n} more of them", len(rows) - most, self.lang))
            left = len(rows) - most * 10
            rest = [tag("p", tell_count("… and {n} more", "… and {n} more of them", left, self.lang), class_="quiet")] if left > 0 else []
            shown.append(tag("details", summary, tag("ul", more, class_=class_), rest))
        return shown

    def page(self, title: str, *body: Inside) -> str:
        """Return a whole page."""
        head = tag(
            "head",
            tag("meta", charset="utf-8"),
            tag("meta", http_equiv="Content-Security-Policy", content=POLICY),
            tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
            tag("meta", name="color-scheme", content="light dark"),
            tag("meta", name="referrer", content="no-referrer"),
            tag("meta", name="robots", content="noindex"),
            tag("title", title),
            tag("link", rel="icon", href="data:,"),
            Html(f"<style>\n{_style()}</style>"),
        )
        return "<!doctype html>\n" + tag("html", head, "\n", tag("body", joined(*body)), lang=self.lang) + "\n"


def short(text: str) -> str:
    """Return a name as it is shown: nothing in it is invisible, and no name is a novel."""
    return safe(text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…")


def lines(text: str) -> str:
    """Return a text of several lines in which nothing is invisible."""
    return "\n".join(map(safe, text.split("\n")))


@cache
def _style() -> str:
    return (files("handbill") / "reviewing" / "page" / "review.css").read_text(encoding="utf-8")
