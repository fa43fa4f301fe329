"""Chance and a vocabulary → a text in Markdown such as people write: headings, lists, links, quotations, code, tables."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from benchmarks.vocabulary import Tongue

#: How a text names another post: each layout puts the address that its program wants in its place.
LINK = "post:"

#: Half of what a part has: parts are whole, so that the average comes out right and not the least.
_OVER = 20


def sentence(chance: Random, tongue: Tongue) -> str:
    """Return one sentence, with its capital and its full stop."""
    one = chance.choice
    said = one(tongue.frames).format(
        *(_thing(chance, tongue) for _ in range(4)), v=one(tongue.doings), w=one(tongue.doings), m=one(tongue.manners), p=one(tongue.places)
    )
    return said[0].upper() + said[1:]


def title(chance: Random, tongue: Tongue, number: int) -> str:
    """Return a title of its own: two things, and the number that keeps it apart from the others."""
    said = tongue.title.format(_thing(chance, tongue), _thing(chance, tongue), number=number)
    return said[0].upper() + said[1:]


def body(chance: Random, tongue: Tongue, words: int, earlier: tuple[str, ...]) -> str:
    """Return a text of about so many words that links to one of the *earlier* posts, by its folder and name."""
    parts: list[str] = []
    counted = 0
    for part in _parts(chance, tongue, earlier):
        if counted >= words - _OVER:
            break
        parts.append(part)
        counted += len(part.split())
    return "\n\n".join(parts) + "\n"


def _parts(chance: Random, tongue: Tongue, earlier: tuple[str, ...]) -> Iterator[str]:
    """Yield part after part, without end; the richer ones come by turns, so that short texts are not all alike."""
    yield _paragraph(chance, tongue, 3)
    link = f" {tongue.onward}[{_thing(chance, tongue)}]({LINK}{chance.choice(earlier)})." if earlier else ""
    turn = chance.randrange(4)
    while True:
        yield f"## {chance.choice(tongue.headings)}\n\n{_stressed(chance, tongue)}{link}"
        link = ""
        yield _one_of(turn, chance, tongue)
        yield _paragraph(chance, tongue, 3)
        turn += 1


def _one_of(turn: int, chance: Random, tongue: Tongue) -> str:
    match turn % 4:
        case 0:
            return "\n".join(f"- **{_thing(chance, tongue)}**: {_clause(chance, tongue)}" for _ in range(5))
        case 1:
            return "\n".join(f"> {line}" for line in (sentence(chance, tongue), sentence(chance, tongue)))
        case 2:
            return "\n".join(f"{n}. {_clause(chance, tongue)}" for n in range(1, 5)) + "\n\n" + _code(chance)
        case _:
            rows = (f"| {_thing(chance, tongue)} | {chance.randrange(1, 90)} € | {chance.choice(tongue.manners)} |" for _ in range(4))
            return "\n".join(("| A | B | C |", "| --- | ---: | --- |", *rows))


def _code(chance: Random) -> str:
    lines = (f"part_{n} = measure(width={chance.randrange(5, 400)}, depth={chance.randrange(2, 90)})" for n in range(3))
    return "```\n" + "\n".join(lines) + "\nassert part_0 <= part_1  # & so on\n```"


def _paragraph(chance: Random, tongue: Tongue, sentences: int) -> str:
    return " ".join(sentence(chance, tongue) for _ in range(sentences))


def _stressed(chance: Random, tongue: Tongue) -> str:
    where = f"https://{chance.choice(('atelier', 'notes', 'museum', 'library'))}.example/{chance.randrange(1000)}/"
    return (
        f"{sentence(chance, tongue)} *{_thing(chance, tongue)}* {chance.choice(tongue.doings)} [{_thing(chance, tongue)}]({where}), "
        f"`{chance.randrange(10, 99)} mm`. {sentence(chance, tongue)}"
    )


def _clause(chance: Random, tongue: Tongue) -> str:
    return f"{chance.choice(tongue.places)} {_thing(chance, tongue)} {chance.choice(tongue.doings)} {_thing(chance, tongue)}"


def _thing(chance: Random, tongue: Tongue) -> str:
    # Few words are said often and many seldom, as in any language; an index of words feels it.
    return tongue.things[int(len(tongue.things) * chance.random() ** 1.7)]
