"""What stands on a social card: plain words, set in the language of what it is for."""

from __future__ import annotations

from dataclasses import dataclass

#: The size that networks and chat programs show whole, in pixels.
WIDTH, HEIGHT = 1200, 630

#: The colours of a card, by their names in tokens.toml.
COLOURS = ("paper", "sheet", "ink", "soft", "accent", "wait", "stop")


@dataclass(frozen=True, slots=True)
class Leaf:
    """What stands on its calendar leaf, from above to below, and how the leaf looks.

    ``look`` is "" for what takes place, ``off`` for what does not, ``waits``
    for what is not certain, ``number`` for a number that is no date.
    """

    band: str
    day: str
    foot: str
    look: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A state in a word; ``tone`` is ``stop`` or ``wait``."""

    text: str
    tone: str


@dataclass(frozen=True, slots=True)
class Bill:
    """One card.  ``label`` says what it is about, ``lines`` when and where, ``name`` and ``host`` whose it is.

    ``is_off`` strikes the title out.  ``is_front`` is the card of the hub
    itself, whose title is its name.
    """

    label: str
    title: str
    lines: tuple[str, ...]
    name: str
    host: str
    leaf: Leaf | None = None
    mark: Mark | None = None
    is_off: bool = False
    is_front: bool = False
