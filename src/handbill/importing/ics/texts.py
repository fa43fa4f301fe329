"""What a calendar says of an event in words → its title, its text, its tags, and what is left out of them and why."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from handbill.hub.address import slug_of
from handbill.importing.fields import MOST_TAGS, no_tag
from handbill.importing.ics.markdown import from_html, from_plain, is_html
from handbill.importing.ics.mask import Mask
from handbill.importing.ics.online import without_invitation
from handbill.importing.ics.parts import Part
from handbill.importing.report import Note

#: As long as a title may be, and a text that somebody will read.
LONGEST_TITLE, LONGEST_TEXT = 200, 30_000

#: What programs, this one too, write before the title of what was called off.
_MARK = re.compile(
    r"\W*(?:cancell?ed(?: event)?|annul(?:é|ée|és|ées|ation)|(postponed|report(?:é|ée|és|ées)))\s*[\])]?\s*[:\-–—]\s*(?=\S)", re.IGNORECASE
)


class Texts:
    """The words of one event; ``changes`` tell what is written otherwise than the calendar had it."""

    def __init__(self, mask: Mask, origin: str) -> None:
        """*origin* is the hub's own address: a calendar that came from it links back to pages that are made anew."""
        self._mask, self._origin = mask, origin
        self.changes: list[Note] = []

    def masked(self, text: str, number: int = 0) -> str:
        """Return a text without what names a person, and note what was taken out."""
        text, found = self._mask.of(text)
        self._note(found, number)
        return text

    def _note(self, found: Counter[str], number: int) -> None:
        for sort, count in sorted(found.items()):
            self.changes.append(
                Note(f"{sort} was taken out" if not sort.startswith("signs") else f"{sort} were taken out", f"{count} ×", number)
            )

    def title(self, part: Part, is_off: bool) -> tuple[str, bool]:
        """Return the title, "" where there is none, and whether it says that the event waits for another date."""
        line = part.first("SUMMARY")
        if line is None:
            return "", False
        text = " ".join(self.masked(" ".join(line.text.split()), line.number).split())
        mark = _MARK.match(text) if is_off else None
        text = text[mark.end() :] if mark else text
        if len(text) > LONGEST_TITLE:
            text = text[: LONGEST_TITLE - 1].rsplit(" ", 1)[0] + "…"
            self.changes.append(Note("the title was cut", "", line.number))
        return text, bool(mark and mark[1])

    def description(self, part: Part) -> tuple[str, int, bool]:
        """Return what the calendar says of the event, the line on which it begins, and whether it is HTML."""
        plain, rich = part.first("DESCRIPTION"), part.first("X-ALT-DESC")
        line = plain if plain and plain.text.strip() else rich
        if line is None:
            return "", 0, False
        return line.text, line.number, line is rich or line.name == "X-ALT-DESC" or is_html(line.text)

    def body(self, part: Part, meeting: str) -> str:
        """Return the text as Markdown, with the address of the event's own page at the end.

        *meeting* is the address at which members connect, which stands elsewhere.
        """
        text, number, has_tags = self.description(part)
        text = without_invitation(text, meeting, self.changes) if not has_tags else text
        url = part.word("URL")
        text = self._without_own(text)
        text = self.masked(text, number)
        if len(text) > LONGEST_TEXT:
            text = text[:LONGEST_TEXT].rsplit(" ", 1)[0] + "…"
            self.changes.append(Note(f"the text was cut after {LONGEST_TEXT} characters", "", number))
        if has_tags:
            body, lost = from_html(without_invitation(text, meeting, self.changes))
            self.changes.append(Note("the text was HTML and became Markdown", "", number))
            if lost:
                self.changes.append(Note("pictures within the text were left out", str(lost), number))
        else:
            body = from_plain(text)
        is_new = re.fullmatch(r"https?://[^\s<>\"@]+", url) and url not in text and url != meeting
        if url and not url.lower().startswith(("http://", "https://")):
            self.changes.append(Note("an address that is none of the web was left out", "", part.number))
        if is_new and not (self._origin and url.startswith(self._origin)):
            body = "\n\n".join((*([body] if body else []), f"<{self.masked(url)}>"))
        return body

    def _without_own(self, text: str) -> str:
        """Return a text without links to the hub that it comes into, whose page this is going to be."""
        if not self._origin or self._origin not in text:
            return text
        self.changes.append(Note("links to this hub were left out of the text, because its pages are made anew"))
        return re.sub(rf"[ \t]*{re.escape(self._origin)}[^\s<>\"]*", "", text).strip()

    def tags(self, part: Part, known: Mapping[str, str]) -> tuple[str, ...]:
        """Return the categories as tags, in the spelling that the hub has already."""
        found: dict[str, str] = {}
        for line in part.all("CATEGORIES"):
            for text in line.texts:
                name = " ".join(self.masked(text, line.number).split())
                if why := no_tag(name):
                    self.changes.append(Note(f"a category was left out: {why}", name[:60], line.number))
                elif len(found) < MOST_TAGS:
                    found.setdefault(slug_of(name), known.get(slug_of(name), name))
        return tuple(found.values())
