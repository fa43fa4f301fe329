"""What an item discloses of who wrote it and for whom → plain sentences for members, the same on pages, in feeds and in letters."""

from __future__ import annotations

from handbill.hub.facets import Disclosure
from handbill.outputs.words import Words


def sentences(one: Disclosure | None, say: Words) -> tuple[str, ...]:
    """Return what readers are told, a sentence each; nothing where nothing is disclosed."""
    if one is None:
        return ()
    machine = {
        "translation": say("A machine translated this text."),
        "part": say("A machine wrote a part of this text."),
        "whole": say("A machine wrote this text."),
    }
    return tuple(
        sentence
        for sentence in (
            say("Sponsored by {name}.", name=one.payer) if one.payer else "",
            say("Whoever wrote this has a part in what it is about.") if one.is_own else "",
            machine.get(one.machine, ""),
        )
        if sentence
    )
