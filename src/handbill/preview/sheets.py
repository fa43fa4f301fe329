"""The frame of a page of the preview's own: head, styles, script, and texts in the language of the editor."""

from __future__ import annotations

from handbill.composing.states import STATES
from handbill.errors import Said, said
from handbill.outputs.words import Words
from handbill.showing.tags import Html, Inside, joined, tag
from handbill.telling import tell

#: Where the pages of letters and what they need lie.
LETTERS = "/__handbill/letters/"
STYLE, SCRIPT = f"{LETTERS}panes.css", f"{LETTERS}panes.js"

#: Nothing from elsewhere, and nothing that stands in a text runs.
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; frame-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


class Sheet:
    """Writes pages for one editor: in the *words* of a language; *home* is where the hub itself is shown."""

    def __init__(self, words: Words, home: str = "/") -> None:
        self.words, self.lang, self.home = words, words.lang, home

    def t(self, text: Said) -> str:
        """Return a text of the program in the editor's language."""
        return tell(text, self.lang)

    def section(self, name: str, title: Said, *inside: Inside) -> Html:
        """Return a part of a page that can be gone to by its *name*."""
        return tag("section", tag("h2", self.t(title)), *inside, id=name)

    def stamp(self, state: str) -> Html:
        """Return how a letter stands."""
        return tag("span", self.t(STATES[state]), class_=f"stamp {state}")

    def kilobytes(self, n: int) -> str:
        """Return bytes as people read them."""
        return self.t(said("{n} KB", n=self.words.number(round(n / 1000))))

    def scrolling(self, label: str, inside: Html) -> Html:
        """Return what may be wider than the screen, and can be scrolled by keys."""
        return tag("div", inside, class_="scroll", tabindex="0", role="region", aria_label=label)

    def heads(self, *titles: Said) -> Html:
        """Return the head of a table."""
        return tag("thead", tag("tr", (tag("th", self.t(one), scope="col") for one in titles)))

    def page(self, title: str, *body: Inside) -> str:
        """Return a whole page."""
        head = tag(
            "head",
            tag("meta", charset="utf-8"),
            tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
            tag("meta", name="color-scheme", content="light dark"),
            tag("title", title),
            tag("link", rel="icon", href="data:,"),
            tag("link", rel="stylesheet", href=STYLE),
            tag("script", src=SCRIPT, defer=True),
        )
        return "<!doctype html>\n" + tag("html", head, "\n", tag("body", joined(*body)), lang=self.lang) + "\n"
