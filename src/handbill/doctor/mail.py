"""What decides whether letters arrive, as far as it can be known here: settings, key and records of DNS that somebody looked up.

Nobody is asked over the network; what only others can tell is said, with the
command that asks them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from handbill.doctor.answers import Answers
from handbill.doctor.finding import Finding, listed
from handbill.doctor.records import left_to_ask, records, rules
from handbill.errors import HandbillError, said
from handbill.sending.carriers.smtp import Smtp
from handbill.sending.contract import Unsupported
from handbill.sending.needs import lacking
from handbill.sending.private import Private
from handbill.sending.signing import Key, domain_of, read_key, signer_of
from handbill.settings import Settings
from handbill.settings_letters import Mail

#: Boxes for persons: nobody but their owners can sign for these domains, and most refuse what others send in their name.
_BOXES = """
aliceadsl.fr aol.com bbox.fr club-internet.fr free.fr gmail.com gmx.com gmx.de gmx.fr gmx.net googlemail.com hotmail.com
hotmail.fr icloud.com laposte.net live.com live.fr mac.com me.com msn.com neuf.fr numericable.fr orange.fr outlook.com
outlook.fr proton.me protonmail.com sfr.fr wanadoo.fr yahoo.com yahoo.fr ymail.com
"""
BOXES = frozenset(_BOXES.split())

#: Kept free by RFC 2606 and RFC 6761: no mail ever arrives there.
_INVENTED = ("example", "test", "invalid", "localhost", "example.com", "example.net", "example.org")


def mail_findings(settings: Settings, private: Private, answers: Answers) -> Iterator[Finding]:
    """Yield all that is known of the way of this hub's letters."""
    mails, domains = _mails(settings), domains_of(settings)
    yield from _senders(tuple(dict.fromkeys(one.sender for one in mails if one.sender)), domains)
    yield from _answers_to(settings, tuple(dict.fromkeys(one.reply_to for one in mails if one.reply_to)))
    for address in dict.fromkeys(one.unsubscribe for one in mails):
        yield _leaving(address)
    yield _postal(settings)
    yield from _way(settings, private)
    key = own_key(settings, private)
    yield from _signing(settings, private, key)
    for domain in domains:
        yield from records(settings, domain, key, answers)
    yield from rules()
    yield from left_to_ask(settings, domains, answers)


def domains_of(settings: Settings) -> tuple[str, ...]:
    """Return the domains that readers see as senders, of all letters in all languages."""
    return tuple(dict.fromkeys(domain for one in _mails(settings) if (domain := domain_of(one.sender))))


def _mails(settings: Settings) -> list[Mail]:
    return [letter.mail(settings.mail, lang) for letter in settings.letters.values() for lang in settings.languages] or [settings.mail]


def _senders(senders: tuple[str, ...], domains: tuple[str, ...]) -> Iterator[Finding]:
    why = said("its domain answers for the letter: SPF, DKIM and DMARC are about it")
    if not domains:
        yield Finding(said("sender"), "missing", said("none"), why, 'hub.toml: [mail] sender = "Atelier <lettre@atelier.example>"')
    for one in senders:
        domain = domain_of(one)
        if domain in BOXES:
            found = said("{sender}, a box for persons", sender=one)
            reason = said("nobody can sign for {domain} but its owner, and receivers refuse what others send in its name", domain=domain)
            yield Finding(said("sender"), "missing", found, reason, said("take an address of your own domain"))
        elif any(domain == name or domain.endswith(f".{name}") for name in _INVENTED):
            found = said("{sender}, at an invented domain", sender=one)
            yield Finding(
                said("sender"), "warning", found, said("no letter from there arrives"), said("take an address of your own domain")
            )
        else:
            yield Finding(said("sender"), "ok", said("{sender}", sender=one), why)


def _answers_to(settings: Settings, answers: tuple[str, ...]) -> Iterator[Finding]:
    why = said("members answer letters, and somebody should read it")
    if not answers and settings.mail.sender:
        yield Finding(
            said("answers"), "unknown", said("to the sender"), why, said("see that somebody reads that box, or set mail.reply_to")
        )
    for one in answers:
        yield Finding(said("answers"), "ok", said("to {address}", address=one), why)


def _leaving(address: str) -> Finding:
    why = said("with https and the member's token, mailboxes show a button that leaves with one click (RFC 8058)")
    if not address:
        return Finding(said("unsubscribe"), "missing", said("no address"), why, 'hub.toml: [mail] unsubscribe = "https://…/{token}"')
    if not address.startswith("https://") or "{token}" not in address:
        mend = said("an address that begins with https:// and holds {token}", token="{token}")  # noqa: S106
        return Finding(said("unsubscribe"), "missing", said("{address}", address=address), why, mend)
    trial = address.replace("{token}", "essai")
    return Finding(
        said("unsubscribe"),
        "unknown",
        said("{address}; whether it answers, a trial tells", address=address),
        said("a POST must take the member off the list without a question, and a visit alone must not"),
        f'curl -i -X POST -d "List-Unsubscribe=One-Click" "{trial}"',
    )


def _postal(settings: Settings) -> Finding:
    why = said("the law of many countries asks who sends, and where")
    if not settings.mail.postal_address:
        return Finding(said("postal address"), "warning", said("none"), why, "hub.toml: [mail] postal_address")
    return Finding(said("postal address"), "ok", said("{address}", address=settings.mail.postal_address), why)


def _way(settings: Settings, private: Private) -> Iterator[Finding]:
    way, what = settings.sending.way, said("way of sending")
    if way == "files":
        why = said("another program sends them, and must let each byte be")
        yield Finding(what, "ok", said("one file for each mail"), why)
    elif way == "smtp":
        yield _server(private)
        yield from _bounces(settings)
    else:
        lacks = lacking(way, private)
        why = said("the service knows the members, sends and signs")
        if lacks:
            yield Finding(what, "missing", said("{way}; not set: {names}", way=way, names=listed(lacks)), why, "hub.local.toml: [sending]")
        else:
            yield Finding(what, "ok", said("{way}", way=way), why)


def _server(private: Private) -> Finding:
    what, why = said("mail server"), said("mails and the password go there")
    if not private.server:
        return Finding(what, "missing", said("none"), why, 'hub.local.toml: [sending] server = "smtp.lettre.example:587"')
    how = {
        "tls": said("encrypted from the first byte"),
        "starttls": said("encrypted from the second line on; a server that cannot is refused"),
        "none": said("not encrypted"),
    }[private.security]
    try:
        Smtp(private.server)
    except Unsupported:
        # Neither here nor below is it told which server that is: that stays in hub.local.toml.
        found = said("something that is not read as a server")
        return Finding(what, "missing", found, why, 'hub.local.toml: [sending] server = "smtp.lettre.example:587"')
    enters = said("signs in") if private.user and private.password else said("does not sign in")
    found = said("the connection: {how}; {enters}", how=how, enters=enters)
    try:
        Smtp(private.server, private.security, private.user, private.password)
    except Unsupported as refused:
        return Finding(what, "missing", found, refused.args[0], 'hub.local.toml: [sending] security = "starttls"')
    if bool(private.user) != bool(private.password):
        return Finding(
            what, "warning", found, said("a name without its password, or the other way round"), "hub.local.toml: user, password"
        )
    return Finding(what, "ok", found, why)


def _bounces(settings: Settings) -> Iterator[Finding]:
    what, address = said("returned mails"), settings.sending.bounces
    why = said("who no longer exists must not be written to again; receivers count it")
    if not address:
        mend = 'hub.toml: [sending] bounces = "retours+{token}@…"'
        yield Finding(what, "warning", said("to the sender, and nobody knows whose they were"), why, mend)
    else:
        yield Finding(what, "ok", said("to {address}", address=address), why)


def _signing(settings: Settings, private: Private, key: Key | None) -> Iterator[Finding]:
    selector = settings.sending.dkim_selector
    try:
        signer_of(settings, private)
    except HandbillError as refused:
        mend = said("a new key is made by: {command}", command="openssl genrsa -out dkim.pem 2048")
        yield Finding("DKIM", "missing", refused.args[0], said("nothing is sent unsigned that should be signed"), mend)
        return
    if key is None or private.dkim_key is None:
        found = said("no key here: whoever sends must sign for your domain, and cover List-Unsubscribe and List-Unsubscribe-Post")
        command = "python3 build.py newsletter send N --test …; python3 build.py doctor mail --received essai.eml"
        yield Finding("DKIM", "unknown", found, said("a test mail tells"), command)
        return
    found = said("each mail is signed with a key of {bits} bits, selector {selector}", bits=key.bits, selector=selector)
    yield Finding("DKIM", "ok", found, said("both headers for leaving the list are signed as well"))
    if os.name != "nt" and private.dkim_key.stat().st_mode & 0o070:
        found = said("others of your group may read the key")
        yield Finding("DKIM", "warning", found, said("whoever has it writes in your name"), f"chmod 600 {private.dkim_key.name}")


def own_key(settings: Settings, private: Private) -> Key | None:
    """Return the key that this hub signs with; ``None`` where it does not, or cannot."""
    try:
        return read_key(private.dkim_key) if settings.sending.dkim_selector and private.dkim_key else None
    except HandbillError:
        return None
