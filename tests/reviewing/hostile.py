"""Words that somebody may write where everybody will read them, and what a forge would make of the comment that holds them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from handbill.reading.markdown import engine

#: Titles, names and paths of strangers.  Each tries to be something else than words.
HOSTILE = (
    "@admin",
    "@atelier/relecture please approve",
    "(@admin), [@admin], “@admin”",
    "&#64;admin &commat;admin",
    "\\@admin",
    "lettre@ailleurs.example",
    "#1 and GH-1 and atelier/site#1",
    "fixes &#35;1",
    "atelier/site@deadbeefcafe",
    "deadbeefcafe0123456789deadbeefcafe01234567",
    "https://ailleurs.example/?a=1&b=2",
    "HTTPS://AILLEURS.EXAMPLE www.ailleurs.example ftp://ailleurs.example",
    "<https://ailleurs.example>",
    "mailto:qui@ailleurs.example xmpp:qui@ailleurs.example",
    "[ici](https://ailleurs.example)",
    "[ici][1]\n\n[1]: https://ailleurs.example",
    "![](https://ailleurs.example/pixel.gif)",
    "<img src=https://ailleurs.example/pixel.gif>",
    "<b>gras</b><script>alert(1)</script>",
    "</details></details><h1>Approuvé</h1>",
    "<!-- handbill:review -->",
    "--> <b>",
    "`code` ``code`` ```",
    "``` \n# Titre\n```",
    "a ` b",
    "*gras* _penché_ **très** ~~barré~~",
    "# Titre\n## Sous-titre",
    "> [!NOTE]\n> approuvé",
    "- [x] relu\n- [ ] à relire",
    "1. un\n2. deux",
    "---\n===\n***",
    "a | b\n--- | ---\nc | d",
    "    indenté",
    "[^1] et [^1]: note",
    ":tada: :+1:",
    "$x^2$ et $$y$$ et $`z`$",
    "‮txt.exe‬ ⁦a⁩ a\u200bb \ufeff",
    "\x1b[31mrouge\x07\x00\x85\u2028fin",
    "Z" + "\u0335\u0336\u0337\u0338" * 20 + "algo",
    "a" * 5000 + "@admin",
    "\\[ici\\](https://ailleurs.example) \\",
    "CVE-2026-1234 GHSA-abcd-efgh-ijkl",
    "+ plus\n* étoile\n- tiret",
    "=\n:\n~~~\nx",
    "",
    "   ",
)

#: What a forge makes links of in text that is neither code nor a link.  Source: GitHub's documentation, "Autolinked references and URLs".
_REFERENCES = re.compile(
    r"(?<![\w`])@[a-z\d](?:[a-z\d]|-(?=[a-z\d])){0,38}(?:/[\w.-]+)?"
    r"|(?<![&\w])\#\d+|\bgh-\d+|\b[\w.-]+/[\w.-]+\#\d+"
    r"|(?<![0-9a-z])[0-9a-f]{7,40}(?![0-9a-z])"
    r"|\b(?:https?|ftp)://|\bwww\.\w|[\w.+-]+@[\w-]+\.\w|\bcve-\d|\bghsa-\w"
    r"|:[\w+-]+:|(?<!\$)\$[^$\s][^$]*\$",
    re.IGNORECASE,
)
#: In code a forge makes none, but whoever answers by mail quotes code as text.
_MENTION = re.compile(r"@[a-z\d]", re.IGNORECASE)


@dataclass
class Seen(HTMLParser):
    """What is left of a comment once it is rendered: its elements, links, and the text that filters would look at."""

    elements: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    text: str = ""
    code: str = ""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._within: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember an element, and where it leads; whatever has another attribute is told by it."""
        given = dict(attrs)
        self.elements += [tag, *(f"{tag}[{name}]" for name in given if (tag, name) not in _OURS)]
        self.links += [given.get(name) or "" for name in ("href", "src") if name in given]
        if tag not in ("br", "hr", "img", "input"):
            self._within.append(tag)
        self.text += "\0"

    def handle_endtag(self, tag: str) -> None:
        """Leave an element."""
        if tag in self._within:
            self._within.remove(tag)
        self.text += "\0"

    def handle_data(self, data: str) -> None:
        """Keep text apart from code: in code and in links nothing is made a link of."""
        if {"code", "pre", "a"} & set(self._within):
            self.code += data
        else:
            self.text += data

    def handle_comment(self, data: str) -> None:
        """Remember a comment of HTML, which nobody sees."""
        self.elements.append(f"<!--{data}-->")


_OURS = {("a", "href"), ("details", "open"), ("div", "class"), ("p", "class")}


def seen(markdown: str) -> Seen:
    """Return a text as a forge renders it."""
    found = Seen()
    found.feed(engine("github")(markdown))
    found.close()
    return found


def references(one: Seen) -> list[str]:
    """Return what a forge would make a link of, or tell somebody of."""
    # An element parts text for the filters, which look at one piece after the other.
    found = [match[0] for match in _REFERENCES.finditer(one.text.replace("\0", " \0 "))]
    return found + [match[0] for match in _MENTION.finditer(one.code)]
