"""The links of a letter → those whose words do not tell where they lead.

Whoever hears a letter goes from link to link and hears the words of links alone
(WCAG 2.2, 2.4.4 and 2.4.9); and a letter is read where no page is around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from handbill.errors import Level, Problem, said
from handbill.hub.item import Item
from handbill.outputs.mail.record import Letter

_LINK = re.compile(r'<a\b[^>]*?\bhref="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_ALT = re.compile(r'<img\b[^>]*?\balt="([^"]*)"')

#: Words that only say that there is a link.
_NOTHING = frozenset(
    """
    ici|par ici|là|cliquez ici|cliquer ici|clique ici|cliquez|lien|ce lien|le lien|suivez ce lien|lire la suite|la suite|en savoir plus
    plus d'infos|plus d'informations|plus|voir|voir plus|lire|lire plus|détails|page|site|cette page|ce site
    here|click here|click|this link|link|read more|more|learn more|see more|details|this page|more info|this
    """.strip()
    .replace("\n", "|")
    .replace("    ", "")
    .split("|")
)


def check_labels(item: Item, letter: Letter) -> Iterator[Problem]:
    """Yield a warning for each link of a letter's text that has no words, and a note for each whose words say nothing."""
    wanted = said("words that tell where it leads, such as its title")
    for prose in letter.prose:
        for address, inner in dict.fromkeys(_LINK.findall(prose.html)):
            if address.startswith("#"):
                continue
            alts = " ".join(_ALT.findall(inner))
            words = " ".join(unescape(f"{_TAG.sub('', inner)} {alts}").split())
            if not words:
                found = said("a link to {address} without words, which nobody sees or hears", address=unescape(address))
                yield Problem(item.source, 0, 0, "", found, wanted, "HB316", Level.WARNING)
            elif words.casefold().replace("’", "'").strip(" .…:!→>»\u00a0") in _NOTHING:
                found = said("a link to {address} with the words “{words}”", address=unescape(address), words=words)
                yield Problem(item.source, 0, 0, "", found, wanted, "HB316", Level.NOTE)
