"""Letters that say that they belong to one which the hub does not have."""

from __future__ import annotations

from collections.abc import Iterator

from handbill.checking.pointing import at
from handbill.errors import Problem, said
from handbill.hub.guess import nearest
from handbill.hub.hub import Hub
from handbill.hub.likeness import Names
from handbill.settings import Settings


def check_letters(hub: Hub, settings: Settings) -> Iterator[Problem]:
    """Yield a problem for each number of a letter that hub.toml does not name; a hub that names none has only ``main``."""
    known = sorted(settings.letters) or ["main"]
    for item in (*hub.items, *hub.hidden):
        letter = getattr(item.facts, "letter", "")
        if letter and letter not in known and "letter" in item.places:
            wanted = said("one of: {words}", words=", ".join(nearest(letter, known)))
            if near := Names(known).near(letter):
                wanted = said("“{guess}”, perhaps: {wanted}", guess=near, wanted=wanted)
            found = said("“{letter}”, which is no letter of this hub", letter=letter)
            yield at(item, "letter", found, wanted, "HB201")
