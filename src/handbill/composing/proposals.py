"""What the sections of the next letter show → a subject and a preheader to begin with, which an editor then says better."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from handbill.composing.choices import Choice, Chosen
from handbill.hub.hub import Hub
from handbill.outputs.letter_lines import Tidings, letter_lines
from handbill.outputs.words import Words
from handbill.proofing.lengths import COMPUTER, PREHEADER, width


def proposed(choices: Sequence[Choice], hub: Hub, words: Words, name: str, number: int) -> tuple[str, str]:
    """Return subject and preheader from the strongest that a letter shows.

    They are in the words of the letter's language; *name* and *number* stand for
    a letter that shows nothing.
    """
    events = [one for one in _of(choices, "events") if one.when and not one.is_off]
    tidings = Tidings(
        # A series stands at its first date alone.
        events=list({one.source: (one.title, one.when) for one in reversed(events)}.values())[::-1],
        contests=[(title, closes) for closes, title in sorted(_closing(choices, hub))],
        texts=[one.title for one in (*_of(choices, "posts"), *_of(choices, "recaps"))],
    )
    nothing = f"{name}, {words('no. {number}', number=number)}"
    return letter_lines(tidings, words, nothing, (COMPUTER, PREHEADER), width)


def _of(choices: Sequence[Choice], show: str) -> list[Chosen]:
    return [entry for choice in choices if choice.show == show for entry in choice.entries]


def _closing(choices: Sequence[Choice], hub: Hub) -> Iterator[tuple[str, str]]:
    """Yield each contest's last day and its title."""
    by_source = {one.source: one for one in hub.items}
    for entry in _of(choices, "contests"):
        item = by_source.get(entry.source)
        if item is not None and item.deadline:
            yield item.deadline.last.isoformat(), entry.title
