"""The hub in one language → how to follow it: the page of every way to subscribe, and the page of all feeds and calendars."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from itertools import groupby
from urllib.parse import urlsplit

from handbill.hub.item import Item
from handbill.outputs.calendar_choices import calendars
from handbill.outputs.duties import duty_link
from handbill.outputs.edition import Edition
from handbill.outputs.policy import page_policy
from handbill.outputs.sheet import Sheet
from handbill.outputs.standing_views import FeedGroup, FeedsPage, Form, Offer, SubscribePage
from handbill.outputs.subscriptions import FORMS, Subscription, archive_of, feeds, sort_of
from handbill.outputs.views import Feed, To
from handbill.settings import Settings
from handbill.settings_duties import in_language

#: The one form of a calendar.
CALENDAR = (("iCalendar", "ics"),)


def following(edition: Edition) -> Iterator[Sheet]:
    """Yield the subscribe page, unless the community has a page of its own at that place, and the page of feeds."""
    address = edition.at("subscribe")
    if address not in {item.address for item in edition.hub.of_kind("page", edition.lang)}:
        yield Sheet(address, partial(_subscribe_page, edition), ("hub.toml",), f"list:{edition.lang}:subscribe")
    yield Sheet(f"{edition.home}feeds/", partial(_feeds_page, edition), (), f"list:{edition.lang}:feeds")


def _subscribe_page(edition: Edition) -> SubscribePage:
    settings, lang = edition.settings, edition.lang
    form = _form(settings)
    mailing, is_own = in_language(settings.legal, "mailing", lang)
    given = (edition.hub, settings, lang, edition.say)
    letters = tuple(_offers(edition, form))
    three = edition.say("Three ways to hear from us. Each one you can leave whenever you like, and none needs an account.")
    two = edition.say("Two ways to hear from us. Each one you can leave whenever you like, and none needs an account.")
    page = edition.head("subscribe.html", edition.say("Subscribe"), edition.at("subscribe"), f"{settings.words['subscribe']}/")
    return SubscribePage(
        page=replace(page, description=three if letters else two, policy=page_policy(settings, sends_form=form is not None)),
        letters=letters,
        form=form,
        dates=_feed(edition, next(calendars(*given)), "calendars", CALENDAR),
        news=_feed(edition, next(feeds(*given)), "feeds", FORMS),
        mailing=mailing,
        mailing_lang="" if is_own else other(settings.lang, lang),
        privacy=duty_link("privacy", edition.hub, settings, lang, edition.say),
    )


def _form(settings: Settings) -> Form | None:
    """Return the form that hub.toml describes, with the host that it sends to."""
    one = settings.sign_up
    if not one.action:
        return None
    host = urlsplit(one.action).hostname or ""
    return Form(one.action, host, one.origin != settings.origin, one.field, one.letters, one.hidden, one.confirms)


def _offers(edition: Edition, form: Form | None) -> Iterator[Offer]:
    """Yield each letter that has a way to get it or a number to read; a hub that names none has one, its own."""
    settings, lang = edition.settings, edition.lang
    for key in settings.letters or ("main",):
        letter, latest = settings.letter(key), _latest(edition, key)
        name, is_named = letter.says("name", lang)
        about, is_told = letter.says("description", lang)
        address = letter.mail(settings.mail, lang).subscribe_url
        if address or latest or form:
            yield Offer(
                name=name,
                description=about,
                lang="" if is_named else other(settings.lang, lang),
                about_lang="" if is_told else other(settings.lang, lang),
                subscribe=address,
                choice=letter.says("choice", lang)[0],
                archive=settings.local(archive_of(latest, edition.hub, settings) if latest else edition.at("newsletters")),
                latest=To(latest.title, settings.local(latest.address)) if latest else None,
                latest_lang=other(latest.lang, lang) if latest else "",
                sent=latest.published.isoformat() if latest and latest.published else "",
            )


def _latest(edition: Edition, key: str) -> Item | None:
    """Return the last number of a letter, in this language or else in the hub's own."""
    for lang in (edition.lang, edition.settings.lang):
        for item in edition.hub.of_kind("issue", lang):
            if getattr(item.facts, "letter", "") == key:
                return item
    return None


def _feeds_page(edition: Edition) -> FeedsPage:
    settings = edition.settings
    given = (edition.hub, settings, edition.lang, edition.say)
    return FeedsPage(
        page=edition.head("feeds.html", edition.say("Feeds and calendars"), f"{edition.home}feeds/", "feeds/"),
        feeds=tuple(_groups(edition, feeds(*given), "feeds", FORMS)),
        calendars=tuple(_groups(edition, calendars(*given), "calendars", CALENDAR)),
        opml=settings.absolute(f"{edition.home}feeds/hub.opml"),
        elsewhere=tuple(To(one, settings.local(f"{settings.home(one)}feeds/")) for one in settings.languages if one != edition.lang),
    )


def _groups(edition: Edition, all_: Iterable[Subscription], folder: str, forms: tuple[tuple[str, str], ...]) -> Iterator[FeedGroup]:
    """Yield feeds by what they choose: all, a kind, a tag, a place."""
    for sort, found in groupby(all_, key=lambda one: sort_of(one, edition.settings)):
        yield FeedGroup(sort, tuple(_feed(edition, one, folder, forms) for one in found))


def _feed(edition: Edition, one: Subscription, folder: str, forms: Iterable[tuple[str, str]]) -> Feed:
    """Return a feed under its short name; people copy its addresses into other programs, so they carry the whole origin."""
    settings = edition.settings
    title = edition.say("Everything") if one.name == "all" else one.title.removeprefix(f"{settings.name} – ")
    return Feed(title, tuple(To(name, settings.absolute(one.address(folder, ending, settings))) for name, ending in forms))


def other(lang: str, page_lang: str) -> str:
    """Return the language of a text where it is not the page's, "" where it is."""
    return "" if lang == page_lang else lang
