"""A letter → a proof of it for one address, frozen or not: newsletter send --test.

A proof is what members will get, byte for byte, but for the word by which one
leaves the list: that of a proof takes nobody off.  Nothing marks it, because
a subject or a header that says “test” would be another letter.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from handbill.commands.called import Called, moment
from handbill.errors import ContentProblems, Level, Problem, ServiceFailed, WrongUse, said
from handbill.telling import tell

if TYPE_CHECKING:
    from handbill.composing.impression import Impression
    from handbill.hub.item import Item
    from handbill.reading.bundles import Archive
    from handbill.sending.contract import Mailing, Version
    from handbill.sending.private import Private
    from handbill.settings import Settings

#: The forms that a proof needs, as an impression names them.
_FORMS = ("mail.html", "mail.txt", "mail.eml")


class NotTaken(ServiceFailed):
    """The server did not take a proof."""


def send_proofs(called: Called, number: str, written: Sequence[str]) -> int:
    """Send a letter, in all its languages, to the addresses that were typed; none of them is told, kept or counted."""
    from handbill.sending.carriers import OUTBOX
    from handbill.sending.private import read_private
    from handbill.sending.probing import faults_of, probe
    from handbill.sending.services.opening import SERVICES
    from handbill.settings import read_settings

    addresses = [_address(one, place) for place, one in enumerate(written, 1)]
    settings = read_settings(called.root)
    private = read_private(called.root, settings.base_url)
    mailing, is_frozen = _mailing(called, settings, number)
    way = settings.sending.way
    if way in SERVICES and not is_frozen:
        raise WrongUse(said("{way} gets letters that are frozen; to look at this one: {command}", way=way, command=_preview(number)))
    for one in mailing.versions:
        if way not in SERVICES and any(faults_of(one.mail, one.subject)):
            raise NotTaken(
                said("{name} has no mail that could be sent; what it lacks is told by: {command}", name=one.name, command=_send(number))
            )
    probe()
    sent = []
    for one in mailing.versions:
        for place, address in enumerate(addresses, 1):
            if way in SERVICES:
                _by_service(one, address, settings, private, mailing.letter)
            else:
                _by_carrier(one, address, settings, private, mailing, place)
            sent.append({"name": one.name, "lang": one.lang, "place": place, "frozen": is_frozen})
            if called.form != "json":
                click.echo(tell(said("{name}: proof {n} has left", name=one.name, n=place), called.lang))
    if way == "files" and called.form != "json":
        click.echo(tell(said("The mails lie in {folder}", folder=private.folder / OUTBOX), called.lang))
    if called.form == "json":
        click.echo(json.dumps({"proofs": sent}, ensure_ascii=False, indent=2))
    elif not is_frozen:
        click.echo(tell(said("It is not frozen yet: this is how it would be."), called.lang))
    return 0


def _address(written: str, place: int) -> str:
    from handbill.sending.addresses import Unfit, checked

    try:
        return checked(written)
    except Unfit as unfit:
        raise WrongUse(
            said("--test: address {n}: found {found}, wanted {wanted}", n=place, found=unfit.found, wanted=unfit.wanted)
        ) from None


def _mailing(called: Called, settings: Settings, number: str) -> tuple[Mailing, bool]:
    """Return the letter from the archive, or else as it would be frozen; one language of it where that alone is named."""
    from handbill.engine import engine_digest
    from handbill.freezing.naming import meant
    from handbill.hub.frozen import parts_of
    from handbill.reading.bundles import read_archive
    from handbill.reading.cache import Cache
    from handbill.reading.load import load

    archive = read_archive(called.root)
    named = parts_of(number)
    if named and (found := _frozen(called.root, settings, archive, *named)):
        return found, True
    cache = Cache(called.options().private / "cache" / "drafts", engine_digest())
    items = meant(number, "", load(settings, moment(None, called.root), cache).hub, settings)
    if len(items) == 1:
        # The path of a text is a name too, and stands for one language.
        one = items[0]
        if found := _frozen(called.root, settings, archive, one.facts.letter, one.facts.number, one.lang):
            return found, True
    return _unfrozen(called, number, items), False


def _frozen(root: Path, settings: Settings, archive: Archive, letter: str, number: int, lang: str) -> Mailing | None:
    """Return a letter of the archive, in one language where *lang* says so; ``None`` where it is not frozen in that.

    Raises:
        ContentProblems: it is there, and the archive is not as it was frozen.
    """
    from handbill.hub.frozen import name_of, parts_of
    from handbill.sending.mailing import mailing_of

    # Those that were written down, as a damaged one must not be taken for one that was never frozen.
    if not any(one and one[:2] == (letter, number) for one in map(parts_of, archive.chain)):
        return None
    whole = mailing_of(root, settings, name_of(letter, number, "", ""), archive)
    versions = tuple(one for one in whole.versions if lang in ("", one.lang))
    return replace(whole, versions=versions) if versions else None


def _unfrozen(called: Called, number: str, items: Sequence[Item]) -> Mailing:
    from handbill.composing.impression import impression
    from handbill.sending.contract import Mailing

    options = called.options()
    versions: list[Version] = []
    dates: list[datetime] = []
    for item in items:
        assert item.published is not None
        with tempfile.TemporaryDirectory(prefix="handbill-") as scratch, called.screen.progress() as show:
            show(said("Making {name}", name=number))
            seen = impression(options, item.source, item.published, Path(scratch), called.lang)
        if any(not seen.forms.get(form) for form in _FORMS):
            raise ContentProblems(tuple(one for one in seen.problems if one.level is Level.ERROR) or (_no_mail(seen.source),))
        versions.append(_version(seen, item.lang))
        dates.append(item.published)
    return Mailing(items[0].facts.letter, items[0].facts.number, max(dates), tuple(versions))


def _version(seen: Impression, lang: str) -> Version:
    from handbill.sending.contract import Version

    html, text, mail = (seen.forms[form] for form in _FORMS)
    # It has no manifest yet; what stands for it only has to differ where the mail does.
    digest = hashlib.sha256(mail).hexdigest()
    return Version(seen.name, lang, digest, seen.letter.subject, seen.letter.address, html.decode("utf-8"), text.decode("utf-8"), mail)


def _no_mail(source: str) -> Problem:
    found = said("a letter of which no mail can be made: hub.toml names no sender")
    return Problem(source, 0, 0, "", found, said("“sender” in [mail] of hub.toml"), "HB453")


def _by_carrier(one: Version, address: str, settings: Settings, private: Private, mailing: Mailing, place: int) -> None:
    """Hand a proof over.  It has a name of its own, so that among files it never lies where a member's mail belongs.

    Raises:
        NotTaken: the server refused it.
    """
    from handbill.sending.carriers import carrier_of
    from handbill.sending.contract import Outcome
    from handbill.sending.needs import PROOF
    from handbill.sending.posting import post
    from handbill.sending.signing import signer_of

    mail = post(one, PROOF)
    sign = signer_of(settings, private)
    alone = replace(mailing, versions=(replace(one, name=f"proof-{one.name}"),))
    connection = carrier_of(settings.sending.way, private, alone).connect()
    try:
        answer = connection.hand(sign(mail) if sign else mail, _envelope(settings, one.mail), address)
    finally:
        connection.close()
    if answer.outcome is not Outcome.ACCEPTED:
        raise NotTaken(
            said(
                "{name}: proof {n} was not taken: {answer}", name=one.name, n=place, answer=f"{answer.code or '-'} {answer.status}".strip()
            )
        )


def _envelope(settings: Settings, mail: bytes) -> str:
    """Return where a proof comes back to; its word says that it was one."""
    from handbill.sending.needs import PROOF
    from handbill.sending.probing import address_in

    return settings.sending.bounces.replace("{token}", PROOF) or address_in(mail)


def _by_service(one: Version, address: str, settings: Settings, private: Private, letter: str) -> None:
    from handbill.sending.handed import Notes
    from handbill.sending.handing import prove
    from handbill.sending.needs import target_of
    from handbill.sending.services.opening import service_of

    service = service_of(settings.sending.way, private)
    prove(one, service, target_of(settings, letter, one.lang), Notes(private.folder), address, time.sleep)


def _send(number: str) -> str:
    return f"python3 build.py newsletter send {number}"


def _preview(number: str) -> str:
    return f"python3 build.py newsletter preview {number}"
