"""Names under which a person is found on a chat: Discord, Skype, TeamSpeak, Telegram, WhatsApp, Signal."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbill.proofing.galley import Galley, Span
from handbill.proofing.house import House, is_confirmed

#: A name, which a word of a sentence is not: it begins with @, or holds a digit, a point or an underscore within.
_NAME = r"(?:@[\w.-]{2,40}|live:[\w.-]{3,60}|(?=[^\W\d_])[\w.-]{0,40}?[^\W_](?:[._]|(?=\d))[\w.-]{0,40}\w)"
#: What may stand between a chat and the name on it.
_LEAD = (
    r"[\"'`*_)\]]{0,4}(?: (?:tag|id|pseudo|nom|compte|user(?:name)?|account|handle))?[\"'`*_]{0,3}"
    r"(?: ?[:=→] ?| (?:est|is|sous|as) | (?=@))[\"'`*_(\[<]{0,4}"
)
_WRITTEN = {
    "discord": re.compile(rf"discord{_LEAD}(?P<name>[\w.][\w. ]{{0,30}}#\d{{4}}\b|{_NAME})", re.IGNORECASE),
    "skype": re.compile(rf"skype(?:{_LEAD}|:)(?P<name>{_NAME}|[\w.-]{{3,40}}(?=\?(?:call|chat|add)))", re.IGNORECASE),
    "teamspeak": re.compile(rf"team ?speak{_LEAD}(?P<name>[A-Za-z0-9+/]{{27}}=|{_NAME})", re.IGNORECASE),
    "telegram": re.compile(rf"telegram{_LEAD}(?P<name>{_NAME})", re.IGNORECASE),
    "whatsapp": re.compile(rf"whatsapp{_LEAD}(?P<name>@[\w.-]{{2,40}})", re.IGNORECASE),
    "signal": re.compile(rf"signal{_LEAD}(?P<name>@?[^\W\d_]\w{{2,30}}\.\d{{2,6}}\b)", re.IGNORECASE),
    "t.me/": re.compile(
        r"\bt\.me/(?!joinchat\b|addstickers\b|addlist\b|share\b|s/|c/|proxy\b|socks\b|iv\b|bg/)@?(?P<name>[A-Za-z]\w{3,31})/?(?![\w/])",
        re.IGNORECASE,
    ),
    "telegram.me/": re.compile(r"telegram\.me/(?!joinchat\b)(?P<name>[A-Za-z]\w{3,31})/?(?![\w/])", re.IGNORECASE),
    "tg://": re.compile(r"\btg://resolve\?domain=(?P<name>[A-Za-z]\w{3,31})", re.IGNORECASE),
}
#: A link of Telegram leads to a person as often as to a group that everyone may join; these words
#: before it say that it is a person.
SIGNS = tuple(_WRITTEN)
_LINKS = frozenset({"t.me/", "telegram.me/"})
_TO_A_PERSON = re.compile(
    r"(?<!\w)(?:moi|me|mon|ma|mes|lui|elle|nous|his|her|him|my|us|[ée]cri\w+|contact\w*|joign\w+|joindre|appel\w+|message\w*|write|reach|ping|call|dm)(?!\w)[^\n]*$",
    re.IGNORECASE,
)
#: A name of Discord's older form; it looks like a request in a forge, so Discord must be named near it.
_TAG = re.compile(r"(?<![\w/#.&-])(?P<name>[^\W_][\w.-]{1,31}#\d{4})\b(?!-)")
_REQUEST = re.compile(
    r"(?:issue|ticket|bug|pr|pull|mr|merge|rfc|gh|no|num[ée]ro|build|job|run|change|commit|discussion|salon|channel)s?#", re.IGNORECASE
)
_NEAR = 40
#: The chat is named before or after the name, in the same breath.
_BESIDE = re.compile(r"discord[^#\n.;]*$|^[^#\n.;]*?discord")

_NO_NAME = re.compile(
    r"\d|https?|www\.|.*\.(?:gg|com|org|net|fr|io|me|app|chat|html?|md|png|jpe?g|pdf)(?:$|[/:])|v\d|\w+\.example$|ts\d?\.", re.IGNORECASE
)


def names(galley: Galley, house: House) -> Iterator[Span]:
    """Yield where the name of an account on a chat stands.

    An invitation to a server or a group is the community's, not a person's;
    a number on WhatsApp is found as a telephone number.
    """
    found: set[Span] = set()
    for sign, rule in _WRITTEN.items():
        at = galley.plain.find(sign)
        while at >= 0:
            match = rule.match(galley.text, at)
            before = galley.text[max(0, at - 2 * _NEAR) : at]
            if match and (_TO_A_PERSON.search(before) if sign in _LINKS else not _NO_NAME.match(match["name"])):
                found.add(match.span("name"))
            at = galley.plain.find(sign, at + len(sign))
    if "#" in galley.text and "discord" in galley.plain:
        for match in _TAG.finditer(galley.text):
            around = (galley.plain[max(0, match.start() - _NEAR) : match.start()], galley.plain[match.end() : match.end() + _NEAR])
            if any(_BESIDE.search(one) for one in around) and not _REQUEST.match(match[0]):
                found.add(match.span("name"))
    done = -1
    for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
        if start >= done and not is_confirmed(galley.text[start:end], house):
            yield start, end
            done = end
