"""Settings, their private part and the frozen letter → a problem for each thing that sending needs and that is not there.

What the law or receivers ask of a letter is looked for in the frozen bytes:
hub.toml may have been changed since they were made.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbill.errors import Problem, Said, said
from handbill.layout import ARCHIVE, HUB
from handbill.outputs.mail.headers import Refused, mailbox
from handbill.outputs.mail.record import TOKEN
from handbill.reading.bundles import MAIL
from handbill.sending.contract import Mailing, Version
from handbill.sending.posting import Unpostable, post
from handbill.sending.private import LOCAL, PREFIX, Private
from handbill.sending.probing import address_in, faults_of, header
from handbill.sending.services.opening import SERVICES
from handbill.settings import Settings
from handbill.settings_letters import Mail

#: Whose word stands in mails that are only proofs: it has the form of a member's token, and takes nobody off any list.
PROOF = "proof".ljust(len(TOKEN), "0")

_SPACE = re.compile(r"\s+")

#: What each way needs of what Git never sees.
_PRIVATE = {
    "files": ("members",),
    "smtp": ("members", "server"),
    "listmonk": ("service", "token"),
    "buttondown": ("token",),
}
_WANTED = {
    "members": said("the list of members, a CSV file outside Git"),
    "server": said("the mail server with its port, such as smtp.lettre.example:587"),
    "service": said("the address of the service’s interface"),
    "user": said("the name to sign in with"),
    "token": said("what opens the service’s interface"),
}


def needs(settings: Settings, private: Private, mailing: Mailing) -> Iterator[Problem]:
    """Yield what is missing for sending a letter the way that hub.toml names."""
    yield from _secrets(settings.sending.way, private)
    for one in mailing.versions:
        mail = settings.letter(mailing.letter).mail(settings.mail, one.lang)
        yield from _said_of(mail, one is mailing.versions[0])
        yield from (_frozen(one, text) for text in _wrong(one, mail, is_mail=settings.sending.way not in SERVICES))
    if settings.sending.way in SERVICES:
        yield from _targets(settings, mailing)


def target_of(settings: Settings, letter: str, lang: str) -> str:
    """Return what the service calls the list of a letter in a language; "" where that language has none of its own."""
    named, is_own = settings.letter(letter).says("list", lang)
    return named if is_own or lang == settings.lang else ""


def lacking(way: str, private: Private) -> tuple[str, ...]:
    """Return the keys of hub.local.toml that a way of sending needs and that are not there."""
    # listmonk's word may hold the name of who signs in.
    names = (*_PRIVATE[way], *(("user",) if way == "listmonk" and ":" not in private.token else ()))
    return tuple(name for name in names if not getattr(private, name))


def _secrets(way: str, private: Private) -> Iterator[Problem]:
    for name in lacking(way, private):
        wanted = said("{what}; or {name} in the environment", what=_WANTED[name], name=f"{PREFIX}{name.upper()}")
        yield Problem(LOCAL, 0, 0, f"sending.{name}", said("nothing"), wanted, "HB453")
    if private.members is not None and "members" in _PRIVATE[way] and not private.members.is_file():
        yield Problem(LOCAL, 0, 0, "sending.members", said("a place where no file is"), _WANTED["members"], "HB453")


def _said_of(mail: Mail, is_first: bool) -> Iterator[Problem]:
    """Yield what hub.toml must say of every letter; told once, and not for each language."""
    if not is_first:
        return
    wanted = {
        "sender": (mail.sender, said("who the letter comes from, such as Atelier <lettre@atelier.example>")),
        "postal_address": (mail.postal_address, said("the postal address of who sends it, as many laws ask")),
        "unsubscribe": (mail.unsubscribe or mail.unsubscribe_mail, said("the address by which a member leaves the list")),
    }
    for name, (value, what) in wanted.items():
        if not value:
            yield Problem(HUB, 0, 0, f"mail.{name}", said("nothing"), what, "HB453")


def _wrong(one: Version, mail: Mail, *, is_mail: bool) -> Iterator[Said]:
    """Yield what the frozen letter lacks."""
    if is_mail and not one.mail:
        yield said("no mail: hub.toml named no sender when it was frozen")
        return
    if is_mail:
        yield from faults_of(one.mail, one.subject)
        try:
            post(one, PROOF)
        except Unpostable as refusal:
            yield refusal.args[0]
        if (sender := _address(mail.sender)) and address_in(one.mail).lower() != sender.lower():
            yield said("a mail from another address than the sender in hub.toml")
        if (mail.unsubscribe or mail.unsubscribe_mail) and not header(one.mail, "List-Unsubscribe"):
            yield said("no header List-Unsubscribe, which receivers ask for")
    if mail.unsubscribe and (TOKEN not in one.html or TOKEN not in one.text):
        yield said("no way for a member to leave the list")
    if mail.postal_address and _plain(mail.postal_address) not in _plain(one.text):
        yield said("another postal address than that of hub.toml, or none")


def _targets(settings: Settings, mailing: Mailing) -> Iterator[Problem]:
    """Yield a problem for each language without a list of its own at the service; where two share one, its members would get two."""
    if settings.sending.way == "buttondown" and len(mailing.versions) == 1:
        # It has one list; what is named here is a tag, and without one everybody is meant.
        return
    known: dict[str, str] = {}
    for one in mailing.versions:
        target = target_of(settings, mailing.letter, one.lang)
        place = f"letters.{mailing.letter}" + ("" if one.lang == settings.lang else f".{one.lang}") + ".list"
        wanted = said("what the service calls the list of those who read this letter in “{lang}”", lang=one.lang)
        if not target:
            yield Problem(HUB, 0, 0, place, said("nothing"), wanted, "HB453")
        elif target in known:
            found = said("the list of those who read it in “{lang}”, who would get it twice", lang=known[target])
            yield Problem(HUB, 0, 0, place, found, wanted, "HB453")
        known.setdefault(target, one.lang)


def _frozen(one: Version, found: Said) -> Problem:
    wanted = said("a letter that holds what sending needs: mend hub.toml, take the frozen letter back, freeze it anew and have it approved")
    return Problem(f"{ARCHIVE}/{one.name}/{MAIL}", 0, 0, "", found, wanted, "HB455")


def _address(sender: str) -> str:
    try:
        return mailbox(sender).address
    except Refused:
        return ""


def _plain(text: str) -> str:
    return _SPACE.sub("", text)
