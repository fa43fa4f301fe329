"""Where the page of a place is, and which place of the registry answers for a name that was promised before."""

from __future__ import annotations

from collections.abc import Mapping

from handbill.hub.address import slug_of
from handbill.hub.hub import Hub
from handbill.hub.item import Item
from handbill.outputs.subscriptions import promised
from handbill.settings import Settings


def place_address(slug: str, lang: str, settings: Settings) -> str:
    """Return the address of a place's page; "" for a place whose name, without a Latin letter, makes none."""
    return f"{settings.home(lang)}{settings.words['places']}/{slug}/" if slug else ""


def moved_places(hub: Hub, settings: Settings, lang: str) -> Mapping[str, Item]:
    """Return the place of the registry for each slug of a promised page or calendar that is not its own.

    Its file names the old address under ``aliases``, it was there itself before
    its file was renamed, or it has the name that events had written out until
    somebody put the place into the registry.
    """
    registered = hub.of_kind("place", lang)
    by_address: dict[str, Item] = {}
    for item in registered:
        by_address |= dict.fromkeys((alias.rstrip("/") + "/" for alias in item.aliases), item)
    own = {item.id: item for item in registered}
    for one in hub.promises:
        if one.id in own:
            by_address.setdefault(one.address, own[one.id])
    by_title = {slug_of(item.title): item for item in reversed(registered)}
    calendars = {
        name.removesuffix(".ics").removeprefix("places/") for name in promised(hub, "calendars", lang) if name.startswith("places/")
    }
    found = {}
    for slug in sorted((calendars | promised(hub, "place", lang)) - {item.slug for item in registered}):
        now = by_address.get(place_address(slug, lang, settings)) or by_title.get(slug)
        if now is not None:
            found[slug] = now
    return found
