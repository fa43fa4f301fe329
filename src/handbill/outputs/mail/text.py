"""A letter's record → its plain-text part, written to be read, not squeezed out of the HTML."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from handbill.hub.facets import OFF
from handbill.outputs.mail.fragment import links, sturdy
from handbill.outputs.mail.record import Letter, Part, Prose
from handbill.outputs.mail.standing import HEADINGS, STANDINGS, standing
from handbill.outputs.views import Card
from handbill.outputs.words import Words

#: Room for two marks of quotation before programs that break lines at 78.
WIDTH = 74
#: The longest word that is left whole; some languages write without spaces.
MOST = WIDTH - 10

_LINE = re.compile(r"((?:> )*)( *)(- |\d{1,3}\. )?(.*)", re.DOTALL)
_HEADING = re.compile(r"(#{1,6}) (.+)")
_ADDRESS = re.compile(r"⟨([^⟩]*)⟩")


def text_of(letter: Letter, words: Words) -> str:
    """Return the text of a letter: lines of at most 78 characters, except for addresses and code.

    Every address that the HTML part leads to is there.
    """
    blocks = [*_head(letter, words)]
    for one in letter.content:
        blocks += _prose(one, words) if isinstance(one, Prose) else _part(one, words)
    blocks += _foot(letter, words)
    return sturdy("\n\n".join(block for block in blocks if block) + "\n")


def _head(letter: Letter, words: Words) -> Iterator[str]:
    name = f"{letter.name}, {words('no. {number}', number=letter.number)}"
    yield "\n".join((_wrapped(letter.community), _wrapped(name), words.day(letter.published)))
    yield _underlined(letter.title, "=")
    yield _wrapped(letter.preheader)
    yield f"{words('Read in the browser')}{words(': ')}".rstrip() + f"\n{letter.address}"


def _prose(prose: Prose, words: Words) -> Iterator[str]:
    lines: list[str] = []
    for line in prose.text.split("\n"):
        heading = _HEADING.fullmatch(line)
        if not line:
            yield "\n".join(lines)
            lines = []
        elif heading and len(heading[1]) < 4:
            yield "\n".join(lines)
            lines = []
            yield _underlined(heading[2], "-")
        else:
            lines.append(_wrapped(heading[2].upper() if heading else line))
    yield "\n".join(lines)
    # A linked picture without words has nowhere in the text to stand.
    told = set(re.split(r"[\s⟨⟩]+", prose.text))
    missing = [link for link in map(html.unescape, links(prose.html)) if link not in told and link not in prose.text]
    if missing:
        yield "\n".join((words("More links"), *(f"<{_plain(link)}>" for link in missing)))


def _part(part: Part, words: Words) -> Iterator[str]:
    yield _underlined(part.title or words(HEADINGS.get(part.name, part.name)), "-")
    for card in part.cards:
        yield "\n".join(_wrapped(line, "  ") if number else _wrapped(line, "* ", "  ") for number, line in enumerate(_entry(card, words)))


def _entry(card: Card, words: Words) -> Iterator[str]:
    yield card.title
    state = standing(card)
    if state:
        note = card.when.note if card.when else ""
        yield f"[{words(STANDINGS[state][0]).upper()}] {note}".rstrip()
    if card.when:
        # Nothing can be struck out here, so a date on which nobody should come is called what it was.
        yield words("Date announced: {date}", date=words.span(card.when)) if state in OFF else words.span(card.when)
        if card.when.awaited:
            yield words("Announced before for:") + " " + " / ".join(words.moment(one) for one in card.when.awaited)
        if card.also:
            yield words.likewise(card.also)
    if card.place or card.when:
        yield card.place or words("Online")
    if card.left and card.state == "open":
        yield f"{words.left(card.left)} · {words('until')} {words.deadline(card.left.closes)}"
    if card.summary:
        yield card.summary
    if card.address:
        yield card.address


def _foot(letter: Letter, words: Words) -> Iterator[str]:
    yield "-" * 40
    why = words(
        "You receive this letter because you subscribed to “{letter}” of {community}.", letter=letter.name, community=letter.community
    )
    yield _wrapped(why)
    if letter.unsubscribe:
        yield f"{words('Unsubscribe')}{words(': ')}".rstrip() + f"\n{letter.unsubscribe}"
    yield f"{words('All the letters')}{words(': ')}".rstrip() + f"\n{letter.archive}"
    yield "\n".join((_wrapped(letter.community), *([_wrapped(letter.postal_address)] if letter.postal_address else []), letter.home))


def _underlined(title: str, sign: str) -> str:
    lines = _wrapped(title)
    return f"{lines}\n{sign * max(map(len, lines.split(chr(10))))}"


def _wrapped(line: str, first: str = "", rest: str | None = None) -> str:
    """Return a line in lines that fit; quotes, entries and their indentation go on from line to line."""
    quotes, indent, bullet, said = _LINE.fullmatch(line).groups()  # type: ignore[union-attr]
    first, rest = first + quotes + indent + (bullet or ""), (first if rest is None else rest) + quotes + indent + " " * len(bullet or "")
    said = _ADDRESS.sub(lambda found: f"<{_plain(found[1])}>", said)
    if len(first) + len(said) <= WIDTH:
        return first + said
    lines, line, margin = [], first, len(first)
    for word in _words(said):
        if len(line) > margin and len(line) + 1 + len(word) > WIDTH:
            lines.append(line)
            line, margin = rest, len(rest)
        line += f" {word}" if len(line) > margin else word
    return "\n".join((*lines, line))


def _words(said: str) -> Iterator[str]:
    """Yield words that fit into a line; an address is never broken, or it would lead nowhere."""
    for word in said.split(" "):
        if len(word) <= MOST or "://" in word or "@" in word:
            yield word
        else:
            yield from (word[start : start + MOST] for start in range(0, len(word), MOST))


def _plain(address: str) -> str:
    return address.replace(" ", "%20")
