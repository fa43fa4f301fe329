"""What sending is made of: the letter that is handed over, whom it goes to, and what a way of delivering it promises.

There are two sorts of ways.  A *carrier* (files, SMTP) takes one mail after the
other, and the ledger remembers who was served.  A *service* (listmonk,
Buttondown) knows the members itself: it gets the letter once, as a draft that
is read back and compared, and in a second step is told when to send it.

What a way cannot do it says by raising :class:`Unsupported`; it leaves nothing
out in silence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Protocol

from handbill.errors import Said, WrongUse


@dataclass(frozen=True, slots=True)
class Version:
    """A frozen letter in one language, as the archive holds it.

    ``name`` is that of its folder, ``digest`` that of its manifest, ``page`` its
    whole address on the hub.  ``mail`` is the MIME message with CR LF; it, ``html``
    and ``text`` hold :data:`handbill.outputs.mail.record.TOKEN` where a member's token belongs.
    """

    name: str
    lang: str
    digest: str
    subject: str
    page: str
    html: str
    text: str
    mail: bytes

    @property
    def campaign(self) -> str:
        """Return what services and servers know it by: the same for the same bytes, and for no others."""
        return f"handbill-{self.name}-{self.digest[:12]}"


@dataclass(frozen=True, slots=True)
class Mailing:
    """One number of a letter in all languages that it was frozen in, the hub's own first; a member gets one of them."""

    letter: str
    number: int
    sent: datetime
    versions: tuple[Version, ...]

    @property
    def digests(self) -> dict[str, str]:
        """Return the digest of each version by its language."""
        return {one.lang: one.digest for one in self.versions}

    def version(self, lang: str) -> Version:
        """Return what a member who reads *lang* gets: that, or what the hub's own language has."""
        return next((one for one in self.versions if one.lang == lang), self.versions[0])


@dataclass(frozen=True, slots=True)
class Member:
    """Who gets a letter.  ``row`` is the line of the list; all that may be told or kept of a member is that, ``key`` and ``token``.

    ``key`` is the keyed digest under which the ledger knows the member, ``token``
    the opaque word by which a member leaves the list; it is as long as
    :data:`handbill.outputs.mail.record.TOKEN`.  ``lang`` is "" where the list does not say.
    """

    row: int
    address: str
    key: bytes
    token: str
    lang: str = ""

    def __repr__(self) -> str:
        """Return a text without the address: this may end in a log."""
        return f"Member(row={self.row}, key={self.key.hex()[:12]})"


class Outcome(Enum):
    """What became of one mail."""

    #: The server said that it has taken it on.
    ACCEPTED = "accepted"
    #: Not taken, and nothing was delivered; it may be tried again.
    DEFERRED = "deferred"
    #: Refused for good; it is never tried again.
    BOUNCED = "bounced"
    #: It was handed over, and no answer came: nobody here knows, so nobody tries again without being told to.
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said to one mail; ``code`` as in RFC 5321, 4.2, ``status`` as in RFC 3463, "" where it gave none.

    ``blames`` is ``"member"`` where the refusal is about this address, ``"sender"``
    where it would meet everybody: then the run ends and nobody has bounced;
    ``"either"`` where the answer does not tell: whether others are accepted does.
    ``closes`` says that the connection is of no further use.
    """

    outcome: Outcome
    code: int = 0
    status: str = ""
    blames: str = "member"
    closes: bool = False


class Unsupported(WrongUse):
    """A way of sending cannot do what this letter or these settings need."""


class Connection(Protocol):
    """An open way to a server, for one thread."""

    def hand(self, mail: bytes, sender: str, recipient: str) -> Answer:
        """Hand over one mail with this envelope, and return what was said; raises nothing that a server can cause."""

    def close(self) -> None:
        """Say goodbye; raises nothing."""


class Carrier(Protocol):
    """A way that takes one mail after the other.  ``name`` is the word for it in hub.toml."""

    name: str

    def connect(self) -> Connection:
        """Return a connection.

        Raises:
            handbill.door.Unreachable: nobody answers, or we are not let in.
        """


@dataclass(frozen=True, slots=True)
class Draft:
    """What a service holds of a letter: its own word for it, how it stands there, and the content, to be compared.

    ``state`` is ``draft``, ``scheduled``, ``sending``, ``sent`` or ``stopped``; ``at`` the moment for
    which it is scheduled.  ``content`` has each part of it by name, as far as the service gives it back.
    """

    id: str
    campaign: str
    state: str
    content: Mapping[str, str]
    at: datetime | None = None


class Service(Protocol):
    """A way that gets the whole letter once.  ``name`` is the word for it in hub.toml, ``label`` what people call it.

    ``loses`` says what of a letter it cannot keep, for whoever decides whether to use it.
    A *target* is what the service calls the list, as ``[letters.x] list`` has it.
    """

    name: str
    label: str
    loses: tuple[Said, ...]

    def content(self, version: Version, target: str) -> Mapping[str, str]:
        """Return what the service is to hold of the letter, by the names that :attr:`Draft.content` has.

        Raises:
            Unsupported: the letter would reach members without something that it must have.
        """

    def find(self, version: Version) -> tuple[Draft, ...]:
        """Return all that the service knows of this letter in this language, also of earlier bytes; most often one or none."""

    def read(self, held: Draft) -> Draft:
        """Return the same as it stands there now, with its whole content."""

    def create(self, version: Version, target: str) -> None:
        """Make a draft; nothing is sent.  Whoever asks twice at the same moment gets one."""

    def schedule(self, version: Version, target: str, held: Draft, at: datetime | None) -> None:
        """Let it be sent at that moment, or at once; asking twice sends once."""

    def prove(self, version: Version, target: str, held: Draft, address: str) -> None:
        """Send the draft to one address, for looking at it."""

    def totals(self, held: Draft) -> dict[str, int]:
        """Return counts only: ``asked``, ``accepted``, ``bounced`` and what else it knows by the words of ``hub/totals.py``."""
