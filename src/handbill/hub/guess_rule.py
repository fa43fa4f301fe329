"""A repetition in words → the rule of RFC 5545 that it means, for messages.

>>> rule_of("le 2e samedi du mois"), rule_of("every Monday"), rule_of("rrule:freq=weekly;byday=mo")
('FREQ=MONTHLY;BYDAY=2SA', 'FREQ=WEEKLY;BYDAY=MO', 'FREQ=WEEKLY;BYDAY=MO')
"""

from __future__ import annotations

import re
from datetime import date

from handbill.hub.rule import DAYS
from handbill.hub.vocabulary import fold

_NAMES = {
    word: DAYS[number]
    for number, words in enumerate(
        ("lundi monday", "mardi tuesday", "mercredi wednesday", "jeudi thursday", "vendredi friday", "samedi saturday", "dimanche sunday")
    )
    for word in words.split()
}
_ORDINALS = {
    word: number
    for number, words in {
        1: "premier first 1er 1st 1",
        2: "deuxieme second seconde 2e 2eme 2nd 2",
        3: "troisieme third 3e 3eme 3rd 3",
        4: "quatrieme fourth 4e 4eme 4th 4",
        -1: "dernier last",
    }.items()
    for word in words.split()
}
_EVERY_OTHER = r"un_.*sur_deux|deux_semaines|every_other|two_weeks|quinze|fortnight"
_FREQUENCIES = (
    ("DAILY", r"quotidien|daily|jours|every_day|chaque_jour"),
    ("WEEKLY", r"hebdo|weekly|semaine|week"),
    ("MONTHLY", r"mensuel|monthly|mois|month"),
    ("YEARLY", r"annuel|yearly|annual|tous_les_ans|chaque_annee|every_year"),
)


def rule_of(text: str) -> str:
    """Return the rule that was probably meant; "" where there is no guess."""
    plain = re.sub(r"\s", "", text).upper().removeprefix("RRULE:").replace(",BY", ";BY")
    if re.search(r"(^|;)FREQ=", plain):
        return _tidied(re.sub(r"UNTIL=(\d{4})-(\d\d)-(\d\d)(?:T[\d:]+Z?)?", r"UNTIL=\1\2\3", plain))
    words = fold(text).split("_")
    days = [_NAMES[word.removesuffix("s")] for word in words if word.removesuffix("s") in _NAMES]
    ordinals = [_ORDINALS[word] for word in words if word in _ORDINALS]
    if days and ordinals:
        return "FREQ=MONTHLY;BYDAY=" + ",".join(f"{ordinal}{day}" for ordinal in ordinals for day in days)
    if days:
        every_other = ";INTERVAL=2" if re.search(_EVERY_OTHER, "_".join(words)) else ""
        return f"FREQ=WEEKLY{every_other};BYDAY={','.join(days)}"
    return next((f"FREQ={name}" for name, sign in _FREQUENCIES if re.search(sign, "_".join(words))), "")


def _tidied(rule: str) -> str:
    """Return a rule without what is said twice, said elsewhere, or said of a whole year where a month is named."""
    rule = re.sub(r"(UNTIL=\d{8})T\d{6}(?=;|$)", r"\1", rule)
    parts = [part for part in dict.fromkeys(rule.split(";")) if part and not re.match(r"BY(HOUR|MINUTE|SECOND)=|(DTSTART|TZID)[=:;]", part)]
    parts = [_once(part) for part in parts]
    if "FREQ=YEARLY" in parts and any(part.startswith("BYMONTH=") for part in parts) and re.search(r"BYDAY=[+-]?\d|BYSETPOS=", rule):
        # The second Saturday of each September is that of each month which is a September.
        parts = ["FREQ=MONTHLY" if part == "FREQ=YEARLY" else part for part in parts if not part.startswith("INTERVAL=")]
    return ";".join(parts)


def _once(part: str) -> str:
    """Return a part with each of its values once."""
    name, sign, values = part.partition("=")
    return name + sign + ",".join(dict.fromkeys(values.split(",")))


def fitted(rule: str, start: date) -> str:
    """Return a rule with its days of the week changed so that it may fall on *start*.

    >>> fitted("FREQ=MONTHLY;BYDAY=1SU", date(2026, 4, 11))
    'FREQ=MONTHLY;BYDAY=2SA'
    """
    day, week = DAYS[start.weekday()], (start.day - 1) // 7 + 1
    counted = re.search(r"BYDAY=[^;]*\d", rule)
    rule = re.sub(r"BYDAY=[^;]*", f"BYDAY={week if counted else ''}{day}", rule)
    rule = re.sub(r"BYMONTHDAY=[^;]*", f"BYMONTHDAY={start.day}", rule)
    return re.sub(r"BYMONTH=[^;]*", f"BYMONTH={start.month}", rule)
