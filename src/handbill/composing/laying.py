"""What is decided of the next letter → the text of its file."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from handbill.composing.choices import Choice
from handbill.composing.sections import section_lines
from handbill.composing.voice import Piece, Voice
from handbill.errors import Said, said
from handbill.hub.written import block
from handbill.kinds.query import Query
from handbill.telling import tell


@dataclass(frozen=True, slots=True)
class Frame:
    """What is decided of the next letter before anything is chosen."""

    path: str
    number: int
    date: str
    letter: str
    lang: str
    zone: str
    authors: tuple[str, ...]
    voice: Voice


def laid(frame: Frame, choices: Sequence[Choice], lines: tuple[str, str], day: str, lang: str) -> str:
    """Return the text of the file.

    *lines* are subject and preheader, *choices* what its sections show as of
    *day*; without them nothing is said of it.  Comments are in the language *lang*.
    """

    def note(text: Said) -> str:
        return tell(text, lang)

    subject, preheader = lines
    head = ["---", f"number: {frame.number}"]
    head += [f"letter: {frame.letter}"] if frame.letter != "main" else []
    head += [
        f"# {note(said('Proposed from what the letter shows: say it in your own words.'))}",
        *block("subject", subject, is_text=True),
    ]
    head += block("preheader", preheader, is_text=True) if preheader else []
    head += [f"date: {frame.date}", *([f"timezone: {frame.zone}"] if frame.zone else [])]
    head += block("authors", frame.authors) if frame.authors else []
    head += [f"# {note(said('Once the letter is finished, take out this line and the next.'))}", "draft: true", "---"]
    hint = f"<!-- {note(said('Your words here. The blocks below fill themselves; move them, or write between them.'))} -->"
    body: list[str] = []
    sections, hinted = 0, False
    for piece in frame.voice.pieces:
        if not hinted and piece.sort != "greeting":
            body.append(hint)
            hinted = True
        if piece.query:
            choice = choices[sections] if sections < len(choices) else None
            body.append("\n".join(section_lines(piece.query, piece.pins, choice, posixpath.dirname(frame.path), day, lang, sections == 0)))
            sections += 1
        else:
            body.append(piece.text)
    return "\n".join([*head, "", "\n\n".join(body if hinted else [*body, hint]), ""])


def with_news(voice: Voice) -> Voice:
    """Return the parts of a letter with what is told only if there is any: changes first, reports before posts, corrections last."""
    pieces = [one for one in voice.pieces if one.query is None or one.query.show != "sponsor"]
    have = {one.query.show for one in pieces if one.query}
    sections = [n for n, one in enumerate(pieces) if one.query]
    end = sections[-1] + 1 if sections else len(pieces)
    places = {"corrections": end, "recaps": next((n for n in sections if pieces[n].query and pieces[n].query.show == "posts"), end)}  # type: ignore[union-attr]
    places["changes"] = sections[0] if sections else end
    for show in ("corrections", "recaps", "changes"):
        if show not in have:
            pieces.insert(places[show], Piece("section", query=Query(show)))
    return Voice(tuple(pieces))


def without(pieces: Sequence[Piece], kept: Sequence[int]) -> Iterator[Piece]:
    """Yield the parts of a letter, of its sections those of these numbers alone."""
    number = 0
    for one in pieces:
        if one.query is None:
            yield one
            continue
        if number in kept:
            yield one
        number += 1
