"""Translated messages as gettext's ``.po`` files hold them → phrases by their English text.

Babel reads the same files for translators' tools and for the theme, but takes a
tenth of a second to start, which is too much for a command that says one line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

# A whole entry's key and its quoted lines at once: line by line, our own French took 30 ms at every start.
_KEYED = re.compile(r'^[ \t]*(msg[a-z_]+(?:\[\d+\])?) *((?:".*"\s*)+)', re.MULTILINE)
_BETWEEN = re.compile(r'"\s*\n\s*"')
_ESCAPED = re.compile(r"\\(.)")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r"}


@dataclass(frozen=True, slots=True)
class Phrases:
    """The phrases of one language, and for each that counts something its forms: one, several."""

    single: dict[str, str]
    counted: dict[str, tuple[str, ...]]

    def of(self, text: str) -> str:
        """Return the phrase for an English text, or that text itself where it is not translated."""
        return self.single.get(text) or text

    def count(self, one: str, many: str, n: int) -> str:
        """Return the form for *n* things; in French 0 and 1 are one, in English only 1 is."""
        forms = self.counted.get(one)
        if forms is None:
            return one if n == 1 else many
        return forms[0] if n < 2 else forms[-1]


def phrases(files: Iterable[str]) -> Phrases:
    """Return the phrases of these ``.po`` texts; where two translate one text, the first one's words are taken."""
    single: dict[str, str] = {}
    counted: dict[str, tuple[str, ...]] = {}
    for text in files:
        for entry in _entries(text):
            if "msgid_plural" in entry:
                forms = tuple(form for key, form in sorted(entry.items()) if key.startswith("msgstr["))
                if all(forms):
                    counted.setdefault(entry["msgid"], forms)
            elif entry["msgid"] and entry.get("msgstr"):
                single.setdefault(entry["msgid"], entry["msgstr"])
    return Phrases(single, counted)


def _entries(text: str) -> Iterator[dict[str, str]]:
    """Yield the keys and texts of each entry; comments are passed over."""
    entry: dict[str, str] = {}
    for key, quoted in _KEYED.findall(text):
        if key == "msgid" and entry:
            yield entry
            entry = {}
        entry[key] = _unquoted(quoted)
    if "msgid" in entry:
        yield entry


def _unquoted(quoted: str) -> str:
    text = _BETWEEN.sub("", quoted.strip()[1:-1])
    return _ESCAPED.sub(lambda sign: _ESCAPES.get(sign[1], sign[1]), text) if "\\" in text else text
