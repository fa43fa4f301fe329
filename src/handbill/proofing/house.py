"""What the community decided about its texts, and what of it is nobody's secret."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class House:
    """What the community decided about its texts.

    ``public`` are mail addresses, telephone numbers and account names that may
    stand in texts; ``avoid`` pairs a term with what is said instead.  ``origin``
    is the hub's own address and ``mail`` holds the senders of its letters, as
    hub.toml has them: what is theirs belongs to the community, not to a person.
    """

    public: tuple[str, ...] = ()
    avoid: tuple[tuple[str, str], ...] = ()
    origin: str = ""
    mail: tuple[str, ...] = ()


#: Who gives addresses to everybody; a hub that lies under one of these domains does not own it.
_PROVIDERS = """
aliceadsl.fr aol.com bbox.fr bluewin.ch cegetel.net club-internet.fr free.fr gandi.net github.com gitlab.com gmail.com gmx.com
gmx.de gmx.fr gmx.net googlemail.com hey.com hotmail.be hotmail.ca hotmail.com hotmail.fr icloud.com infonie.fr ionos.fr la-
poste.net laposte.net libertysurf.fr live.be live.com live.fr mac.com mail.com mail.ru mailbox.org mailo.com me.com msn.com
mailfence.com neuf.fr noos.fr numericable.fr orange.fr outlook.be outlook.com outlook.fr pm.me posteo.de posteo.net proton.me
protonmail.ch protonmail.com riseup.net seznam.cz sfr.fr skynet.be sympatico.ca telenet.be tutanota.com tuta.io videotron.ca
voila.fr wanadoo.fr web.de yahoo.ca yahoo.com yahoo.fr yandex.com yandex.ru ymail.com zaclys.net zoho.com
"""
PROVIDERS = frozenset(_PROVIDERS.split())


def is_own(address: str, house: House) -> bool:
    """Say whether a mail address is the community's: a sender of its letters, or of the hub's own domain."""
    known, host = _own(house)
    domain = address.rpartition("@")[2].lower()
    if address.lower() in known:
        return True
    if not host or domain in PROVIDERS:
        return False
    return f".{domain}".endswith(f".{host}") or (domain.count(".") > 0 and f".{host}".endswith(f".{domain}"))


def is_confirmed(datum: str, house: House) -> bool:
    """Say whether the community listed this datum as one that may be read by everybody."""
    return bool(house.public) and plain(datum) in _confirmed(house)


def plain(datum: str) -> str:
    """Return a datum in the one form in which two writings of it are equal.

    Numbers lose what groups them, and a French one its 0 or +33; addresses and
    accounts lose capitals and a leading @.
    """
    text = datum.strip()
    if "@" not in text.lstrip("@") and re.fullmatch(r"[+(]?[\d\s().+/\-–‑·]{6,}", text):
        digits = re.sub(r"\D", "", text.replace("(0)", ""))
        if digits.startswith("00"):
            return digits[2:]
        return "33" + digits[1:] if len(digits) == 10 and digits.startswith("0") else digits
    if re.fullmatch(r"[A-Za-z]{2}\d{2}[\dA-Za-z\s]{8,}", text):
        return re.sub(r"\s", "", text).lower()
    return text.lstrip("@").lower()


@lru_cache(maxsize=8)
def _confirmed(house: House) -> frozenset[str]:
    return frozenset(plain(one) for one in house.public)


@lru_cache(maxsize=8)
def _own(house: House) -> tuple[frozenset[str], str]:
    senders = [re.search(r"[^\s<>]+@[^\s<>]+", one) for one in house.mail]
    host = (urlsplit(house.origin).hostname or "").lower().removeprefix("www.")
    return frozenset(one[0].lower() for one in senders if one), host if host not in PROVIDERS else ""
