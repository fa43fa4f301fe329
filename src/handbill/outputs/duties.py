"""hub.toml in one language → the pages that the community owes its members: legal notice, privacy, accessibility.

A page that the community wrote takes the place of each, by ``role`` in its
front matter or by standing at the address; the facts are then shown on it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from handbill.hub.hub import Hub
from handbill.hub.item import Item
from handbill.hub.reach import link_to
from handbill.outputs.sheet import Say, Sheet, head
from handbill.outputs.standing_views import AccessibilityPage, DutyPage, Fact, FactGroup, Listed
from handbill.outputs.views import Page, PlainPage, To
from handbill.settings import Settings
from handbill.settings_duties import in_language

#: The sorts of pages that a community owes, by the word of their address and the role of a page of its own.
ROLES = ("legal", "privacy", "accessibility")


def duties(hub: Hub, settings: Settings, lang: str, say: Say) -> Iterator[Sheet]:
    """Yield each page that nobody wrote, and what leads on to those that somebody did."""
    taken = {item.address for item in hub.of_kind("page", lang)}
    for role in ROLES:
        address = _usual(role, settings, lang)
        promise = f"list:{lang}:{role}"
        own = own_page(role, hub, settings, lang)
        if address in taken:
            continue
        if own is not None:
            page = head(settings, "moved.html", lang, own.title, own.address, is_indexed=False)
            yield Sheet(address, partial(PlainPage, page, settings.local(own.address)), (own.source,), promise)
        elif _is_there(role, hub, settings, lang):
            view = _accessibility_page if role == "accessibility" else partial(_duty_page, role=role)
            yield Sheet(address, partial(view, hub=hub, settings=settings, lang=lang, say=say), ("hub.toml",), promise)


def own_page(role: str, hub: Hub, settings: Settings, lang: str) -> Item | None:
    """Return the page by which the community itself does what the role asks, in that language."""
    pages = hub.of_kind("page", lang)
    named = [item for item in pages if getattr(item.facts, "role", "") == role]
    there = [item for item in pages if item.address == _usual(role, settings, lang)]
    return next(iter([*sorted(named, key=lambda item: item.id), *there]), None)


def role_of(item: Item, settings: Settings) -> str:
    """Return what the community does by this page, "" for any other page."""
    role = str(getattr(item.facts, "role", ""))
    return role or next((one for one in ROLES if item.kind == "page" and item.address == _usual(one, settings, item.lang)), "")


def duty_address(role: str, hub: Hub, settings: Settings, lang: str) -> str:
    """Return the address of the page for a role in that language, "" where there is none."""
    if own := own_page(role, hub, settings, lang):
        return own.address
    return _usual(role, settings, lang) if _is_there(role, hub, settings, lang) else ""


def duty_link(role: str, hub: Hub, settings: Settings, lang: str, say: Say) -> To:
    """Return the link to the page for a role, with the words of the law for what is declared."""
    own = own_page(role, hub, settings, lang)
    title = own.title if own else _title(role, say)
    if role == "accessibility" and settings.accessibility.is_declared:
        title = say("Accessibility: {level}").format(level=_level(settings, say))
    address = duty_address(role, hub, settings, lang)
    return To(title, settings.local(address) if address else "")


def duty_links(hub: Hub, settings: Settings, lang: str, say: Say) -> tuple[To, ...]:
    """Return the links that every page must offer, without those that a menu has already."""
    found = []
    for role in ROLES:
        own = own_page(role, hub, settings, lang)
        if own is not None and own.facts.menu != "none" and not (role == "accessibility" and settings.accessibility.is_declared):
            continue
        link = duty_link(role, hub, settings, lang, say)
        found += [link] if link.address else []
    return tuple(found)


def alternates(role: str, hub: Hub, settings: Settings) -> tuple[To, ...]:
    """Return the page for a role in every language that has it, with its language."""
    there = ((lang, duty_address(role, hub, settings, lang)) for lang in settings.languages)
    found = tuple(To(lang, settings.absolute(address)) for lang, address in there if address)
    return found if len(found) > 1 else ()


def facts_for(role: str, settings: Settings, lang: str, say: Say) -> tuple[FactGroup, ...]:
    """Return what must stand on the page for a role, as far as hub.toml says it; groups without a fact are left out."""
    groups = {"legal": _legal, "privacy": _privacy, "accessibility": _accessibility}[role](settings, lang, say)
    return tuple(FactGroup(heading, facts) for heading, facts in groups if facts)


def _usual(role: str, settings: Settings, lang: str) -> str:
    return f"{settings.home(lang)}{settings.words[role]}/"


def _is_there(role: str, hub: Hub, settings: Settings, lang: str) -> bool:
    """Say whether the build makes the page: a legal notice without a fact would say nothing."""
    return role != "legal" or bool(facts_for("legal", settings, lang, str)) or settings.legal.anonymous


class _Told:
    """Facts of one table, each in the page's language as far as there is one."""

    def __init__(self, record: Any, settings: Settings, lang: str) -> None:
        self._record, self._own, self._lang = record, settings.lang, lang

    def __call__(self, label: str, key: str) -> tuple[Fact, ...]:
        """Return the fact under that key as a tuple, empty where nobody said it."""
        value, is_own = in_language(self._record, key, self._lang)
        if not value:
            return ()
        if key in ("contact", "rights"):
            return (_reach(label, value),)
        if key.endswith("phone"):
            return (Fact(label, value.replace(" ", "\u00a0"), f"tel:{''.join(value.split())}" if value[:1] in "+0" else ""),)
        # Names are names in any language; only what could have been said otherwise is marked.
        is_foreign = not is_own and self._lang != self._own and key in _SENTENCES
        return (Fact(label, value, lang=self._own if is_foreign else ""),)


_SENTENCES = ("form", "retention", "mailing", "mailing_country")


def _legal(settings: Settings, lang: str, say: Say) -> Iterator[tuple[str, tuple[Fact, ...]]]:
    told = _Told(settings.legal, settings, lang)
    if not settings.legal.anonymous:
        yield (
            say("Publisher"),
            (
                *told(say("Name"), "publisher"),
                *told(say("Form"), "form"),
                *told(say("Registered as"), "registration"),
                *told(say("Address"), "address"),
                *told(say("Telephone"), "phone"),
                *told(say("To write to"), "contact"),
            ),
        )
        yield (
            say("Direction"),
            (
                *told(say("Answers for what is published"), "director"),
                *told(say("In charge of the texts"), "editor"),
            ),
        )
    else:
        yield say("Publisher"), told(say("To write to"), "contact")
    yield (
        say("Host"),
        (
            *told(say("Name"), "host"),
            *told(say("Address"), "host_address"),
            *told(say("Telephone"), "host_phone"),
        ),
    )


def _privacy(settings: Settings, lang: str, say: Say) -> Iterator[tuple[str, tuple[Fact, ...]]]:
    told = _Told(settings.legal, settings, lang)
    name = () if settings.legal.anonymous else told(say("Who answers for them"), "publisher")
    yield (
        say("Your data"),
        (
            *(told(say("Who answers for them"), "controller") or name),
            *(told(say("To see or erase them"), "rights") or told(say("To see or erase them"), "contact")),
            *told(say("Letters are sent by"), "mailing"),
            *told(say("The addresses lie in"), "mailing_country"),
            *told(say("They are kept there"), "retention"),
        ),
    )


def _accessibility(settings: Settings, lang: str, say: Say) -> Iterator[tuple[str, tuple[Fact, ...]]]:
    one = settings.accessibility
    yield (
        say("Declared"),
        (
            Fact(say("Standard"), one.standard),
            Fact(say("State"), _level(settings, say) if one.is_declared else say("not audited")),
            *((Fact(say("Criteria met"), f"{one.score}\u00a0%"),) if one.score is not None else ()),
            *((barrier,) if (barrier := _barrier(settings, say)) else ()),
        ),
    )


def _barrier(settings: Settings, say: Say) -> Fact | None:
    """Return whom to tell of a barrier, if anybody is named."""
    reach = settings.accessibility.contact or settings.legal.contact
    return _reach(say("To report a barrier"), reach) if reach else None


def _reach(label: str, reach: str) -> Fact:
    """Return how somebody is reached, a mail address or a page, as a link that is read without its protocol."""
    return Fact(label, reach.removeprefix("https://"), link_to(reach))


def _title(role: str, say: Say) -> str:
    return {"legal": say("Legal notice"), "privacy": say("Privacy"), "accessibility": say("Accessibility")}[role]


def _level(settings: Settings, say: Say) -> str:
    """Return how far the site conforms, in the words of the French rules: without an audit it does not."""
    levels = {"partial": say("partly conforming"), "full": say("fully conforming")}
    return levels.get(settings.accessibility.level, say("not conforming"))


def _law(settings: Settings) -> str:
    return "FR" if settings.legal.is_french(settings.lang) else ""


def _page(role: str, hub: Hub, settings: Settings, lang: str, say: Say) -> Page:
    title = say("Statement of accessibility") if role == "accessibility" else _title(role, say)
    address = _usual(role, settings, lang)
    return head(settings, f"{role}.html", lang, title, address, alternates=alternates(role, hub, settings))


def _duty_page(role: str, hub: Hub, settings: Settings, lang: str, say: Say) -> DutyPage:
    legal = settings.legal
    reach = legal.reach if role == "privacy" else legal.contact
    return DutyPage(
        page=_page(role, hub, settings, lang, say),
        role=role,
        duty=facts_for(role, settings, lang, say),
        law=_law(settings),
        is_anonymous=legal.anonymous,
        letters=settings.takes_addresses,
        talks=bool(settings.discussion.frame),
        host=legal.host,
        reach=_reach("", reach) if reach else None,
    )


def _accessibility_page(hub: Hub, settings: Settings, lang: str, say: Say) -> AccessibilityPage:
    one = settings.accessibility

    def listed(key: str) -> Listed:
        texts, is_own = in_language(one, key, lang) if key != "tools" else (one.tools, True)
        return Listed(texts, "" if is_own or lang == settings.lang else settings.lang)

    by, is_own = in_language(one, "by", lang)
    return AccessibilityPage(
        page=_page("accessibility", hub, settings, lang, say),
        law=_law(settings),
        publisher=(settings.legal.publisher if not settings.legal.anonymous else "") or settings.name,
        standard=one.standard,
        level=one.level,
        declared=one.declared.isoformat() if one.declared else "",
        checked=one.checked.isoformat() if one.checked else "",
        by=by,
        by_lang="" if is_own or lang == settings.lang else settings.lang,
        score=one.score,
        pages=listed("pages"),
        environment=listed("environment"),
        tools=listed("tools"),
        gaps=listed("gaps"),
        burden=listed("burden"),
        exempt=listed("exempt"),
        reach=_barrier(settings, say),
    )
