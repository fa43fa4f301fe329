"""A letter that a machine of a forge sends: it leaves with the bytes that somebody looked at, and from a machine that remembers."""

from __future__ import annotations

from collections.abc import Mapping

from handbill.errors import WrongUse, said
from handbill.sending.contract import Mailing
from handbill.sending.services.opening import SERVICES


def check_digests(mailing: Mailing, written: str) -> None:
    """Say nothing if *written* names the digest of each version of the letter, in any order, and no other.

    Raises:
        WrongUse: whoever approved the sending looked at other bytes, or at a part of them.
    """
    found = written.lower().replace(",", " ").split()
    standing = mailing.digests
    if sorted(found) == sorted(standing.values()):
        return
    wanted = " ".join(digest for _, digest in sorted(standing.items()))
    if not found:
        raise WrongUse(said("--digests: found nothing, wanted {wanted}", wanted=wanted))
    raise WrongUse(
        said("--digests: found {found}, wanted {wanted}: another letter was approved than lies here", found=" ".join(found), wanted=wanted)
    )


def check_memory(way: str, environ: Mapping[str, str]) -> None:
    """Say nothing where a letter that is broken off can go on.

    GitHub throws its machines away, and with one of them the ledger: whoever
    started again would write to everybody a second time.  A service remembers
    by itself.

    Raises:
        WrongUse: the machine is one of those, and mails would go out one by one.
    """
    is_lent = environ.get("GITHUB_ACTIONS") == "true" and environ.get("RUNNER_ENVIRONMENT") != "self-hosted"
    if is_lent and way not in SERVICES:
        raise WrongUse(
            said(
                "this machine is thrown away when the run is over, and with it the ledger of who got the letter; "
                "send by {services}, or from a machine that stays",
                services=", ".join(SERVICES),
            )
        )
