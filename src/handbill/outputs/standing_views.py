"""The view records of pages that stand in every hub: subscribe, feeds, legal notice, privacy, accessibility, and the lost page.

The same rules as for the other records (``views.py``): plain values, frozen,
addresses complete.  ``lang`` is "" where a text is in the language of its page.
"""

from __future__ import annotations

from dataclasses import dataclass

from handbill.outputs.views import Feed, Page, To


@dataclass(frozen=True, slots=True)
class Offer:
    """A letter that members can get by mail; ``subscribe`` is where to, ``choice`` what the form sends for it, "" without.

    ``lang`` is that of its name, ``about_lang`` that of its description.
    """

    name: str
    description: str
    lang: str
    subscribe: str
    choice: str
    archive: str
    latest: To | None
    latest_lang: str
    sent: str
    about_lang: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A form that sends a mail address to ``host``; ``letters`` is what it calls the letters chosen."""

    action: str
    host: str
    is_elsewhere: bool
    field: str
    letters: str
    hidden: tuple[tuple[str, str], ...]
    confirms: bool


@dataclass(frozen=True, slots=True)
class SubscribePage:
    """Every way to keep in touch: letters, ``dates`` for a calendar, ``news`` for a reading program.

    ``mailing`` says who gets the addresses; ``privacy`` leads to the whole story.
    """

    page: Page
    letters: tuple[Offer, ...]
    form: Form | None
    dates: Feed
    news: Feed
    mailing: str
    mailing_lang: str
    privacy: To


@dataclass(frozen=True, slots=True)
class FeedGroup:
    """Some feeds or calendars of one sort: all, kinds, tags, places."""

    sort: str
    feeds: tuple[Feed, ...]


@dataclass(frozen=True, slots=True)
class FeedsPage:
    """What can be subscribed to, and how; ``elsewhere`` is the same page in the other languages."""

    page: Page
    feeds: tuple[FeedGroup, ...]
    calendars: tuple[FeedGroup, ...]
    opml: str
    elsewhere: tuple[To, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact under its name, with where to write if that is what it is."""

    name: str
    value: str
    link: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class FactGroup:
    """Some facts under a heading."""

    heading: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class DutyPage:
    """The legal notice or the privacy page.

    ``law`` names the country whose law is meant, "" where none is; ``letters``
    says that there are letters to subscribe to, ``talks`` that a discussion can be
    fetched from elsewhere; ``host`` is who sees requests.
    """

    page: Page
    role: str
    duty: tuple[FactGroup, ...]
    law: str
    is_anonymous: bool
    letters: bool
    talks: bool
    host: str
    reach: Fact | None


@dataclass(frozen=True, slots=True)
class Listed:
    """Some sentences of the community, and their language where it is not the page's."""

    texts: tuple[str, ...]
    lang: str = ""


@dataclass(frozen=True, slots=True)
class AccessibilityPage:
    """What is declared of the accessibility of the site; days are ISO days or "", ``score`` is in hundredths or ``None``."""

    page: Page
    law: str
    publisher: str
    standard: str
    level: str
    declared: str
    checked: str
    by: str
    by_lang: str
    score: int | None
    pages: Listed
    environment: Listed
    tools: Listed
    gaps: Listed
    burden: Listed
    exempt: Listed
    reach: Fact | None


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What the lost page says in one language, and where it leads there; ``ask`` leads nowhere in a hub without search."""

    lang: str
    title: str
    text: str
    front: To
    ask: To
    button: str


@dataclass(frozen=True, slots=True)
class LostPage:
    """What an unknown address answers: the same in every language, the hub's own first."""

    page: Page
    others: tuple[Elsewhere, ...]
