"""A letter's record → its plain-text part, written to be read, not squeezed out of the HTML (decision 0038)."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import pairwise

from handbill.hub.facets import OFF
from handbill.outputs.access import LABELS
from handbill.outputs.mail.fragment import links, sturdy
from handbill.outputs.mail.record import Letter, Part, Prose
from handbill.outputs.mail.standing import STANDINGS, heading_of, says_itself, standing
from handbill.outputs.mail.wrapping import underlined, wrapped
from handbill.outputs.views import Card
from handbill.outputs.words import Words

_HEADING = re.compile(r"(#{1,6}) (.+)")
_LINK = re.compile(r" ?⟨((?:https?|mailto|tel|geo|xmpp|ircs?|matrix|webcal):[^⟩]*)⟩")

#: What would end an address early where it stands between other signs (RFC 3986, appendix C).  Line ends are no part of it.
_NUMBERED = str.maketrans({"\n": "", " ": "%20", "<": "%3C", ">": "%3E", "⟨": "%E2%9F%A8", "⟩": "%E2%9F%A9"})

#: The one question whose answer is told also where it is no.
STEP_FREE = "step_free_entrance"

#: How many digits at its end make a telephone number the same, however its beginning is dialled.
_DIGITS = 8


def text_of(letter: Letter, words: Words) -> str:
    """Return the text of a letter: lines of at most 78 characters, except for addresses.

    Every address that the HTML part leads to is there, and no other.
    """
    blocks = [*_head(letter, words)]
    for one in letter.content:
        blocks += _prose(one, words) if isinstance(one, Prose) else _part(one, letter, words)
    blocks += _foot(letter, words)
    return sturdy("\n\n".join(block for block in blocks if block) + "\n")


def _head(letter: Letter, words: Words) -> Iterator[str]:
    name = f"{letter.name}, {words('no. {number}', number=letter.number)}"
    yield "\n".join((wrapped(letter.community), wrapped(name), words.day(letter.published)))
    yield underlined(letter.title, "=")
    yield wrapped(letter.preheader)
    yield _led(words("Read in the browser"), letter.address, words)
    for other in letter.others:
        yield _led(words.language(other.title), other.address, words)


def _prose(prose: Prose, words: Words) -> Iterator[str]:
    lines: list[str] = []
    for line, following in pairwise((*prose.text.split("\n"), "")):
        heading = _HEADING.fullmatch(line)
        if not line and lines and lines[-1][0] == ">" == following[:1]:
            # Paragraphs of one quotation stay together.
            lines.append(">")
        elif not line:
            yield "\n".join(lines)
            lines = []
        elif heading:
            yield "\n".join(lines)
            lines = []
            yield underlined(_written(heading[2]), "-" if heading[1] == "##" else "~")
        else:
            lines.append(wrapped(_written(line)))
    yield "\n".join(lines)
    missing = [link for link in map(html.unescape, links(prose.html)) if not _is_told(_plain(link), prose.text)]
    if missing:
        # A linked picture without words has nowhere in the text to stand.
        yield "\n".join((words("More links"), *(f"<{_plain(link)}>" for link in missing)))


def _written(line: str) -> str:
    """Return a line with its addresses as mail programs know them; one that its words already are is not said again."""
    return _LINK.sub(lambda found: _address(found, line), line)


def _address(found: re.Match[str], line: str) -> str:
    link = found[1]
    if link.startswith("tel:") and _dialled(line[: found.start()]).endswith(_dialled(link)[-_DIGITS:]):
        return ""
    if link.startswith("mailto:") and "?" not in link:
        link = link.removeprefix("mailto:")
    space = " " if found[0][0] == " " else ""
    return f"{space}<{_plain(link)}>"


def _is_told(link: str, text: str) -> bool:
    if link.startswith("tel:"):
        return _dialled(link)[-_DIGITS:] in _dialled(text)
    # Not where only a longer one that begins the same stands.
    return re.search(re.escape(link.removeprefix("mailto:")) + r"(?=[])⟩.,;:!?»”\"'…]*(?:\s|$))", text) is not None


def _dialled(text: str) -> str:
    return re.sub(r"[^0-9]", "", text)


def _part(part: Part, letter: Letter, words: Words) -> Iterator[str]:
    yield underlined(heading_of(part.name, part.title, words), "-")
    if part.layout == "list":
        yield "\n".join(wrapped(_line(card, words), "- ", "  ") for card in part.cards)
        return
    for card in part.cards:
        first, *others = _entry(card, letter.lang, words, is_large=part.layout == "headline")
        yield "\n".join((wrapped(first), *(wrapped(line, "  ") for line in others)))


def _line(card: Card, words: Words) -> str:
    """Return an entry in one line: what became of it, its date, what it is, where, and its address."""
    note = card.when.note if card.when and standing(card) else ""
    correction = card.summary if says_itself(card) else ""
    date = _date(card, words)
    what = (date, card.title) if date else (card.title,)
    said = (*what, note, _place(card, words), " · ".join(card.roles), _came(card, words))
    told = _state(card, words) + " · ".join(part for part in (*said, correction, " ".join(card.discloses)) if part)
    return f"{told} <{card.address}>" if card.address else told


def _entry(card: Card, lang: str, words: Words, is_large: bool) -> Iterator[str]:
    """Yield the lines of an entry: its date stands first, where all others are set in."""
    state, date = _state(card, words), _date(card, words)
    if date:
        yield f"{state}{date}"
    yield card.title if date else f"{state}{card.title}"
    yield from (line for line in _facts(card, lang, words, is_large) if line)
    if is_large and card.picture and card.picture.alt:
        yield f"[{card.picture.alt}]"
    if card.summary:
        yield card.summary
    if card.address:
        yield card.address
    if is_large and card.address and card.calendar and standing(card) not in OFF:
        yield f"{words('Add to my calendar')}{words(': ')}<{card.calendar}>"


def _facts(card: Card, lang: str, words: Words, is_large: bool) -> Iterator[str]:
    """Yield what is to be known of an entry besides its date, a line each; some are empty."""
    if card.when:
        yield card.when.note if standing(card) else ""
        if card.when.awaited:
            yield words("Announced before for:") + " " + " / ".join(words.moment(one) for one in card.when.awaited)
        if card.also:
            yield words.likewise(card.also)
    yield " · ".join(part for part in (_place(card, words), *_access(card, words, is_large)) if part)
    yield _came(card, words)
    if card.kind == "issue" and card.number is not None:
        yield f"{words('no. {number}', number=card.number)} · {words.day(card.published)}"
    yield " · ".join(card.roles)
    yield words.language(card.lang) if card.lang != lang else ""


def _access(card: Card, words: Words, is_large: bool) -> Iterator[str]:
    """Yield how one gets in: whether without a step, and in a large entry all that has a good answer."""
    if not card.when or standing(card) in OFF:
        return
    for name, given in card.access:
        if given == "yes" and (is_large or name == STEP_FREE):
            yield words(LABELS[name])
        elif name == STEP_FREE:
            yield f"{words(LABELS[name])}{words(': ')}{words('in part') if given == 'partial' else words('no')}"


def _state(card: Card, words: Words) -> str:
    state = standing(card)
    return f"[{words(STANDINGS[state][0]).upper()}] " if state else ""


def _date(card: Card, words: Words) -> str:
    """Return when something is, or until when it can be entered, as the beginning of a line."""
    if card.when:
        date = words.span(card.when)
        # Nothing can be struck out here, so a date on which nobody should come is called what it was.
        return words("Date announced: {date}", date=date) if standing(card) in OFF else _begun(date)
    if card.left and card.state == "open":
        return _begun(f"{words.left(card.left)} · {words('until')} {words.deadline(card.left.closes)}")
    return _begun(words.opening(card.left.opens)) if card.left and card.state == "announced" else ""


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]


def _place(card: Card, words: Words) -> str:
    if card.when:
        return "" if standing(card) in OFF else card.place or words("Online")
    return card.place


def _came(card: Card, words: Words) -> str:
    return words.count("One person came", "{n} people came", card.came) if card.came else ""


def _foot(letter: Letter, words: Words) -> Iterator[str]:
    yield "-" * 40
    why = words(
        "You receive this letter because you subscribed to “{letter}” of {community}.", letter=letter.name, community=letter.community
    )
    yield wrapped(f"{why} {words('An answer to this mail reaches people.')}" if letter.reply_to else why)
    if letter.unsubscribe:
        yield _led(words("Unsubscribe"), letter.unsubscribe, words)
    yield _led(words("All the letters"), letter.archive, words)
    # Most postal addresses begin with the name.
    names = () if letter.postal_address.startswith(letter.community) else (letter.community,)
    yield "\n".join((*(wrapped(one) for one in (*names, letter.postal_address) if one), letter.home))


def _led(what: str, address: str, words: Words) -> str:
    return f"{what}{words(': ')}".rstrip() + f"\n{address}"


def _plain(address: str) -> str:
    return address.translate(_NUMBERED)
