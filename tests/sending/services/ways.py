"""Each service with a fake of it behind, and letters that are hard to hand over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from typing import Any

from tests.outputs.mail.letters import LETTER
from tests.sending.services.fake import PATIENCE_S, SHORT_S, Fake, Fault
from tests.sending.services.fake_buttondown import LEAVING as BUTTONDOWN_LEAVING
from tests.sending.services.fake_buttondown import TOKEN as BUTTONDOWN_TOKEN
from tests.sending.services.fake_buttondown import FakeButtondown
from tests.sending.services.fake_buttondown import rendered as buttondown_rendered
from tests.sending.services.fake_listmonk import LEAVING as LISTMONK_LEAVING
from tests.sending.services.fake_listmonk import TOKEN as LISTMONK_TOKEN
from tests.sending.services.fake_listmonk import FakeListmonk
from tests.sending.services.fake_listmonk import rendered as listmonk_rendered

from handbill.door import Door
from handbill.outputs.mail.message import message_of
from handbill.outputs.mail.record import TOKEN
from handbill.sending.contract import Mailing, Service, Version
from handbill.sending.services.buttondown import API_VERSION, Buttondown
from handbill.sending.services.listmonk import Listmonk

#: The address by which a member of the sample letters leaves.
WAY = LETTER.unsubscribe
AT = datetime(2126, 11, 5, 18, tzinfo=UTC)

#: All that a template language could take for an order, or tidy away.
HTML = f"""<!doctype html><html><head><!--[if mso]><xml>{{{{ x }}}}</xml><![endif]-->
<style>/* a < b */ a{{color:#fff}} @media(x){{a{{b:c}}}} // no</style></head>
<body style='margin:0'><p title="a \\ b">{{{{ .Subscriber.Email }}}} {{% if x %}} {{# c #}} {{{{{{ 5 < 6 &amp; « été » 🎉</p>
<a href="https://a.example/@TrackLink">x</a> <a href='https://b.example/'>y</a> <a href="{WAY}">Partir</a></body></html>
"""
TEXT = f"Bonjour {{{{ x }}}} {{% y %}} <https://a.example/> & « été » \\n\n\tPartir : {WAY} \n-- \nFin }}}}\n"
SUBJECT = "En mai, {{ on }} répare {% dehors %}"


@cache
def version(lang: str = "fr", digest: str = "a" * 64, name: str = "") -> Version:
    letter = replace(LETTER, subject=SUBJECT)
    name = name or ("12" if lang == "fr" else f"12.{lang}")
    return Version(name, lang, digest, SUBJECT, LETTER.address, HTML, TEXT, message_of(letter, TEXT, HTML))


def mailing(*versions: Version) -> Mailing:
    return Mailing("main", 12, AT, versions or (version(),))


class Killed(BaseException):
    """The process ended here; nothing of it may go on."""


@dataclass(frozen=True, slots=True)
class MortalDoor(Door):
    """A door whose owner dies with the last of its ``lives``, before the question is asked or after it was answered."""

    lives: list[str] = field(default_factory=list)

    def _once(self, *words: Any) -> Any:
        end = self.lives.pop(0) if self.lives else ""
        if end == "before":
            raise Killed
        answer = Door._once(self, *words)
        if end == "after":
            raise Killed
        return answer


@dataclass(frozen=True)
class Way:
    """A service, the fake behind it, and what the fake makes of a body."""

    fake: Any
    target: str
    make: Callable[..., Service]
    rendered: Callable[[str], str]
    leaving: str

    def service(self, **door: Any) -> Service:
        """Return a new service, as a new run of the command has it; *door* changes its door."""
        return self.make(**door)

    def drafts(self, one: Version) -> list[dict[str, Any]]:
        return self.fake.drafts(one.campaign)

    def departures(self) -> int:
        return sum(self.fake.departures.values())


def listmonk(*faults: Fault, **more: Any) -> Way:
    fake = FakeListmonk(*faults, **more)
    headers = {"Authorization": f"token {LISTMONK_TOKEN}"}
    return Way(
        fake,
        "3",
        lambda **door: Listmonk(_door("listmonk", f"{fake.address}/api", headers, fake, **door)),
        listmonk_rendered,
        LISTMONK_LEAVING,
    )


def buttondown(*faults: Fault, **more: Any) -> Way:
    fake = FakeButtondown(*faults, **more)
    headers = {"Authorization": f"Token {BUTTONDOWN_TOKEN}", "X-API-Version": API_VERSION}
    make = lambda **door: Buttondown(_door("Buttondown", f"{fake.address}/v1", headers, fake, **door))  # noqa: E731
    return Way(fake, "", make, buttondown_rendered, BUTTONDOWN_LEAVING)


WAYS = {"listmonk": listmonk, "buttondown": buttondown}


def _door(name: str, base: str, headers: dict[str, str], fake: Fake, kind: type[Door] = Door, **more: Any) -> Door:
    # A true answer takes long on a busy machine; only where one is slow on purpose nobody waits for it.
    patience = SHORT_S if any(one.how == "slow" for one in fake.faults) else PATIENCE_S
    return kind(name, base, headers, sleep=more.pop("sleep", lambda _: None), timeout_s=patience, **more)


def expected(text: str, way: Way) -> str:
    """Return what a member is to get of the letter."""
    return way.leaving.join(text.split(WAY))


__all__ = [
    "AT",
    "HTML",
    "SUBJECT",
    "TEXT",
    "TOKEN",
    "WAYS",
    "Fake",
    "Fault",
    "Killed",
    "MortalDoor",
    "Way",
    "expected",
    "mailing",
    "version",
]
