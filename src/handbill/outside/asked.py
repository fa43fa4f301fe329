"""A hub → what all its links to elsewhere answer today."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from handbill.engine import engine_digest
from handbill.errors import ContentProblems
from handbill.options import Options
from handbill.outside.asking import Asker
from handbill.outside.gathering import links_of
from handbill.outside.manners import Manners
from handbill.outside.record import Answer, Link, Standing
from handbill.outside.remembering import file_of, is_fresh, keep, remembered, standing


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to know: of these ``paths`` (all, without any), within ``minutes``.

    ``again`` asks what answered well a few days ago, too; ``is_local`` lets
    machines of one's own network be asked.
    """

    paths: tuple[str, ...] = ()
    minutes: float = 20.0
    again: bool = False
    is_local: bool = False


def asked(options: Options, wish: Wish, tell: Callable[[int, int], object], manners: Manners | None = None) -> tuple[Standing, ...]:
    """Return how every link stands, in the order of addresses; what is known is kept for the next time.

    Raises:
        ContentProblems: hub.toml cannot be read.
    """
    from handbill.reading.cache import Cache
    from handbill.reading.load import load
    from handbill.settings import settings_or_problems

    settings, told = settings_or_problems(options.root, options.base_url)
    if settings is None:
        raise ContentProblems(told)
    cache = None if options.no_cache else Cache(options.private / "cache" / "drafts", engine_digest())
    hub = load(settings, options.as_of, cache).hub
    whole = links_of(hub, settings, options.root)
    links = [one for one in whole if _is_wanted(one, wish.paths)]
    before = remembered(file_of(options.root), whole)
    fresh = {address for address, one in before.items() if not wish.again and is_fresh(one, options.as_of)}
    questions = [one.address for one in links if one.address not in fresh]
    polite = manners or Manners(Asker(settings.base_url, wish.is_local), wish.minutes)
    answers = polite.answers(questions, lambda n: tell(n, len(questions)))
    found = tuple(_stands(one, options.as_of, before, answers) for one in links)
    keep(file_of(options.root), ({**before, **{one.link.address: one for one in found}}).values())
    return found


def _stands(link: Link, now: datetime, before: dict[str, Standing], answers: dict[str, Answer]) -> Standing:
    answer = answers.get(link.address)
    return before[link.address] if answer is None else standing(link, answer, now, before.get(link.address))


def _is_wanted(link: Link, paths: Collection[str]) -> bool:
    return not paths or any(
        path == "." or place.source == path or place.source.startswith(path + "/") for path in paths for place in link.places
    )
