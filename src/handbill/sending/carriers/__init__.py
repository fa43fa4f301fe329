"""Ways that take one mail after the other, each in one module, all held to one tested contract."""

from __future__ import annotations

from handbill.errors import said
from handbill.sending.carriers.files import Files
from handbill.sending.carriers.smtp import Smtp
from handbill.sending.contract import Carrier, Mailing, Unsupported
from handbill.sending.private import Private

#: Beside the ledger: a folder for each mailing whose mails become files.
OUTBOX = "outbox"


def carrier_of(way: str, private: Private, mailing: Mailing) -> Carrier:
    """Return the carrier that hub.toml asks for.

    Raises:
        Unsupported: what hub.local.toml says cannot work, or *way* gets the whole letter at once.
    """
    if way == "files":
        return Files(private.folder / OUTBOX / mailing.versions[0].campaign)
    if way == "smtp":
        return Smtp(private.server, private.security, private.user, private.password)
    raise Unsupported(said("sending.way: {way} takes no single mails; it gets the letter as a draft", way=way))
