"""One letter, taken from the press for trial on the day on which it is sent → its forms, its weight, and all that one wants to know before.

Nothing is written.  What it shows is what a build would publish and a sender mail.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from handbill.checking.addresses import address_of
from handbill.composing.choices import Choice, choices_of
from handbill.composing.leading import Leading, leadings
from handbill.composing.naming import named
from handbill.composing.states import problems_of, state_of
from handbill.errors import HandbillError, Level, Problem, WrongUse, said
from handbill.examining import Examined, examine
from handbill.hub.hub import Hub
from handbill.hub.item import Item
from handbill.layout import ARCHIVE
from handbill.options import Options
from handbill.outputs.cards import Cards
from handbill.outputs.letters import HTML, MAIL, TEXT, letter_of, make, maker
from handbill.outputs.mail.record import Letter
from handbill.outputs.mail.weight import Block, Weight, bill, weight_of
from handbill.outputs.planned import settled
from handbill.outputs.theme import Theme
from handbill.outputs.words import words_for
from handbill.settings import Settings


@dataclass(frozen=True, slots=True)
class Impression:
    """A letter as members will get it.

    ``forms`` are its bytes by the names of the files that a build writes; one
    that cannot be made is not there, and ``problems`` say why.  ``elsewhere``
    counts the errors of other files, which stop the whole build.  ``pictures``
    are the files of the hub's pictures by their addresses on that day, ``base``
    is the root of the hub in the letter: of a frozen one, the root of then.
    """

    name: str
    source: str
    state: str
    letter: Letter
    sent: datetime
    forms: dict[str, bytes]
    weight: Weight
    blocks: tuple[Block, ...]
    choices: tuple[Choice, ...]
    leadings: tuple[Leading, ...]
    problems: tuple[Problem, ...]
    elsewhere: int
    pictures: dict[str, str]
    base: str
    settings: Settings


def impression(options: Options, source: str, sent: datetime, scratch: Path, lang: str) -> Impression:
    """Return the letter of that file as it goes out at *sent*; what is said of its choices is in the words of *lang*.

    Other drafts than itself are no part of it.

    Raises:
        WrongUse: there is no such letter any more.
        ContentProblems: hub.toml cannot be read.
    """
    then = replace(options, as_of=max(options.as_of, sent), drafts=False, finished=frozenset({source}))
    found = examine(then, nullcontext)
    item = next((one for one in found.hub.items if one.source == source), None)
    if item is None or item.published is None:
        raise WrongUse(said("{source} is no letter that can be read; `check` says why", source=source))
    hub, settings = found.hub, found.settings
    letter = letter_of(item, hub, settings, Cards(hub, settings, item.lang, settings.absolute))
    forms, problems = _forms(item, letter, hub, settings, scratch)
    name = named(item, settings)
    own = (*problems_of(found.problems, source, name, item.facts.letter), *problems)
    html = forms.get(HTML, b"").decode("utf-8")
    base = hub.frozen[item.id].base if item.id in hub.frozen else settings.base_url
    errors = [one for one in found.problems if one.level is Level.ERROR and one not in own]
    return Impression(
        name=name,
        source=source,
        state=state_of(item, name, replace(hub, as_of=options.as_of), found.problems),
        letter=letter,
        sent=item.published,
        forms=forms,
        weight=weight_of(html),
        blocks=_bill(letter, settings) if html and item.id not in hub.frozen else (),
        choices=choices_of(item, hub, words_for(lang, Theme(settings.root).locale(lang))),
        leadings=leadings(html, _answers(found), base),
        problems=tuple(sorted(set(own), key=lambda one: (-one.level, *one.order))),
        elsewhere=len(errors),
        pictures={one.address: one.source for one in hub.media},
        base=base,
        settings=settings,
    )


def _forms(item: Item, letter: Letter, hub: Hub, settings: Settings, scratch: Path) -> tuple[dict[str, bytes], Sequence[Problem]]:
    """Return the bytes of a letter by the names of its files: those of the archive if it is frozen, else made as a build makes them."""
    frozen = hub.frozen.get(item.id)
    if frozen:
        folder = settings.root / ARCHIVE / frozen.name
        return {form: (folder / form).read_bytes() for form in (HTML, TEXT, MAIL) if form in frozen.files}, ()
    made: dict[str, bytes] = {}
    for form in (HTML, TEXT, *((MAIL,) if letter.sender else ())):
        try:
            for one in make([settled(form, "", (item.source,), letter)], settings, scratch):
                made[form] = one.content if isinstance(one.content, bytes) else one.content.read_bytes()
        except (HandbillError, ValueError) as fault:
            # Whatever keeps one form from being made, the others can still be looked at.
            found = said("{form}, which cannot be made: {reason}", form=form, reason=fault.args[0] if fault.args else fault)
            return made, [Problem(item.source, 0, 0, "", found, "", "HB901")]
    return made, ()


def _bill(letter: Letter, settings: Settings) -> tuple[Block, ...]:
    return bill(letter, maker(settings))


def _answers(found: Examined) -> dict[str, str]:
    """Return what answers each public address: the title of an item, or "" for another page."""
    answers = {address_of(one.path): "" for one in found.planned}
    return answers | {one.address: one.title for one in found.hub.items}
