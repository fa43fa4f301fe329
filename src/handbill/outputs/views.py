"""The view records: all that a template can see of a page (decision 0007).

A record holds plain values only: text, numbers, ISO 8601 dates with their
offset, and records.  Equal record and equal template give an equal page.
Addresses in records are complete from the host on (``/base/posts/x/``).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar


@dataclass(frozen=True, slots=True)
class To:
    """A link: what it says and where it leads ("" where there is no page)."""

    title: str
    address: str


@dataclass(frozen=True, slots=True)
class Image:
    """A picture as a page places it; sizes in pixels, ``alt`` "" for decoration.

    ``srcset`` offers browsers the same picture in other widths, in WebP; "" where there are none.
    """

    address: str
    alt: str
    width: int
    height: int
    srcset: str = ""


@dataclass(frozen=True, slots=True)
class When:
    """One time at which something takes place.

    ``starts`` and ``ends`` are ISO moments, or ISO days when ``all_day`` (the
    last day itself).  ``zone`` is named only where it is not the hub's, and
    ``here`` is the same time by the clocks of the hub then.
    ``status`` is one of confirmed, tentative, cancelled, postponed,
    rescheduled, moved_online; ``was`` lists the starts announced before, and
    ``awaited`` those of them whose day is not over: lists show these alone.
    """

    starts: str
    ends: str
    all_day: bool
    zone: str
    status: str
    note: str
    was: tuple[str, ...]
    is_past: bool
    is_on: bool
    repeats: bool
    here: When | None = None
    awaited: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Left:
    """The time left on a deadline; ``days`` counts midnights and is 0 on the last day."""

    opens: str
    closes: str
    days: int


@dataclass(frozen=True, slots=True)
class Byline:
    """Someone with a part in an item; ``role`` is author, organiser or speaker.

    ``is_unlisted``: the name stands under texts and nowhere else, as the person wishes.
    """

    name: str
    address: str
    role: str
    picture: Image | None
    is_unlisted: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """An item as lists show it.

    ``state``: for events upcoming, ongoing, past, cancelled, postponed; for
    contests one of :data:`handbill.hub.record.STATES`; "" otherwise.
    ``also`` are further times in the month that a list shows; ``roles`` what a person does.
    ``signup`` is waitlist, full, closing (soon), closed or "".  ``discloses`` says who wrote it, for whom, and if that ``is_paid``.
    Letters alone fill ``takes`` (its state in full), ``access``, ``calendar`` and ``came``.
    """

    IS_SHARED: ClassVar = True  # It stands in a dozen lists, and is written down once to digest them all.
    kind: str
    title: str
    address: str
    lang: str
    summary: str
    published: str
    updated: str
    picture: Image | None
    tags: tuple[To, ...]
    people: tuple[Byline, ...]
    state: str
    when: When | None
    place: str
    left: Left | None
    number: int | None
    minutes: int
    also: tuple[When, ...] = ()
    roles: tuple[str, ...] = ()
    signup: str = ""
    takes: str = ""
    access: tuple[tuple[str, str], ...] = ()
    calendar: str = ""
    came: int = 0
    discloses: tuple[str, ...] = ()
    is_paid: bool = False


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed or calendar that members can subscribe to, in its forms (name of the form, address)."""

    title: str
    forms: tuple[To, ...]


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language of the hub: what it calls itself, where its front page is, its tag, and ``ltr`` or ``rtl``.

    ``missing`` says in that language that a page is not in it yet, ``way`` that a link leads to its front page.
    """

    title: str
    address: str
    lang: str
    direction: str
    missing: str
    way: str


@dataclass(frozen=True, slots=True)
class Shell:
    """What surrounds every page of one language.

    ``sections`` pairs the beginning of addresses with the list that what lies there belongs to.
    """

    lang: str
    name: str
    tagline: str
    description: str
    home: str
    base: str
    languages: tuple[Tongue, ...]
    menu: tuple[To, ...]
    footer: tuple[To, ...]
    feed: str
    feeds_page: str
    agenda: str
    search: str
    handbook: str
    subscribe: str
    style: str
    logo: str
    ground: str
    ground_dark: str
    since: int
    zone: str
    sections: tuple[tuple[str, To], ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """What every page has.

    ``alternates`` are the same page in each language that has it: (language,
    address); ``untranslated`` the languages that lack an item's page.
    ``policy`` says what a browser may do for the page (outputs/policy.py).
    The last fields follow from the whole record and are filled in when the page
    is rendered (``outputs/told.py``): ``trail`` the pages above it, ``linked``
    its facts as JSON-LD, ``qr`` its address as the path of a drawing that is
    ``qr_size`` squares wide.
    """

    template: str
    lang: str
    title: str
    description: str
    address: str
    canonical: str
    alternates: tuple[To, ...]
    feeds: tuple[To, ...]
    is_indexed: bool
    picture: Image | None
    policy: str = ""
    untranslated: tuple[str, ...] = ()
    trail: tuple[To, ...] = ()
    linked: str = ""
    qr: str = ""
    qr_size: int = 0


@dataclass(frozen=True, slots=True)
class ItemPage:
    """The page of one item.  ``facts`` is what only its kind shows, documented at the kind's ``view``.

    ``words`` counts those of the text.  ``edit`` and ``history`` lead to the
    item's file where the repository lies, ``discuss`` to where it is talked
    about; ``talk`` is the address of a discussion to show on the page itself.
    """

    page: Page
    card: Card
    body: str
    headings: tuple[dict[str, Any], ...]
    previous: To | None
    next: To | None
    related: tuple[Card, ...]
    facts: dict[str, Any] = field(default_factory=dict)
    words: int = 0
    edit: str = ""
    history: str = ""
    discuss: str = ""
    talk: str = ""


@dataclass(frozen=True, slots=True)
class Pager:
    """Where a list in several pages stands."""

    number: int
    count: int
    newer: str
    older: str


@dataclass(frozen=True, slots=True)
class Group:
    """Some cards under a heading; ``heading`` may be "" and ``more`` may lead further."""

    heading: str
    cards: tuple[Card, ...]
    more: To | None = None


@dataclass(frozen=True, slots=True)
class ListPage:
    """A list of items: posts, contests, letters, people, a tag, a year, the events of a year.

    ``calendar`` is the address of the calendar that holds its events.
    """

    page: Page
    kind: str
    groups: tuple[Group, ...]
    pager: Pager | None
    years: tuple[To, ...]
    calendar: str = ""


@dataclass(frozen=True, slots=True)
class HomePage:
    """What is on, what is new, what a member can do.

    ``upcoming`` leaves out what is called off, which is ``off``; ``come`` is the next date to which one can come without signing up;
    ``others`` fill the room that is left, and are in other languages alone.
    """

    page: Page
    upcoming: tuple[Card, ...]
    open: tuple[Card, ...]
    posts: tuple[Card, ...]
    letter: Card | None
    tags: tuple[To, ...]
    off: tuple[Card, ...] = ()
    come: Card | None = None
    others: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True)
class TagsPage:
    """All subjects with the number of items; ``letters`` has the same under the letter that they begin with."""

    page: Page
    tags: tuple[tuple[To, int], ...]
    letters: tuple[tuple[str, tuple[tuple[To, int], ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class PlainPage:
    """A page that its template fills alone: search, 404, an address that moved (``target``) or is gone."""

    page: Page
    target: str = ""
