"""Personal data in a text: whoever wrote it down, everybody would read it, and version history keeps it.

Postal addresses are not looked for: a place where something happens looks the
same as a home, and a proof-reader who marks every event is not read.
"""

from __future__ import annotations

from collections.abc import Iterator

from handbill.errors import Said, said
from handbill.proofing import accounts, mails, numbers, phones
from handbill.proofing.galley import ACCOUNT, MAILBOX, NUMBER, Claims, Galley, Mark, Span
from handbill.proofing.house import House


def personal(galley: Galley, house: House) -> Iterator[Mark]:
    """Yield a mark for each personal datum; its place and sort, never what it says."""
    if not galley.hints & (ACCOUNT | MAILBOX | NUMBER):
        return
    agreed = said("a way to reach the community instead; or, if the person agrees, a line in [proofing] public of hub.toml")
    never = said("nothing of it, here or anywhere in the repository")
    chains = numbers.chains(galley) if galley.hints & NUMBER else []
    claims = Claims()
    finders: tuple[tuple[Iterator[Span], Said, Said, str], ...] = (
        (mails.addresses(galley, house) if galley.hints & MAILBOX else iter(()), said("a mail address"), agreed, "HB601"),
        (
            numbers.accounts(galley, house, chains),
            said("the number of a bank account (IBAN)"),
            said("no account of a person; if it is the community’s own, a line in [proofing] public of hub.toml"),
            "HB603",
        ),
        (numbers.cards(galley, house, chains), said("the number of a payment card"), never, "HB604"),
        (numbers.insured(galley, house, chains), said("a French social security number"), never, "HB605"),
        (phones.numbers(galley, house, chains), said("a telephone number"), agreed, "HB602"),
        (accounts.names(galley, house) if galley.hints & ACCOUNT else iter(()), said("the name of somebody on a chat"), agreed, "HB606"),
    )
    for spans, found, wanted, code in finders:
        for start, end in spans:
            # The digits of an IBAN are no telephone number as well.
            if claims.take(start, end):
                yield Mark(start, end, found, wanted, code)
