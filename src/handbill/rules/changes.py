"""What was announced and what a text says now → every term that differs, by the field in which an editor finds it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from handbill.errors import Said, said
from handbill.hub.item import Item
from handbill.hub.record import Record, Step
from handbill.hub.when import told
from handbill.kinds.contest_terms import terms_of
from handbill.rules.contract import FROM_SETTINGS, contract_of
from handbill.rules.wording import local
from handbill.settings import Settings

#: Where a term stands in front matter, if not under its own name.
_FIELDS = {
    "entry.how": "entry",
    "entry.url": "enter_url",
    "entry.limit": "entries_per_person",
    "entry.told": "enter",
    "eligibility.min_age": "min_age",
    "eligibility.parental_consent": "parental_consent",
    "eligibility.countries": "countries",
    "eligibility.members_only": "members_only",
    "eligibility.excluded": "excluded",
    "eligibility.told": "eligibility",
    "algorithm": "randomness.algorithm",
    "sources": "randomness.sources",
    "retention_days": "privacy.retention_days",
    "publish_winners": "privacy.publish_winners",
    "platform.name": "platform",
    "platform.disclaimer": "platform_disclaimer",
    "law": "legal.country",
    "zone": "hub.timezone",
}

#: Follows from the prizes, which are compared themselves.
_DERIVED = frozenset({"winners"})

#: What every language says in words of its own.
_WORDS = frozenset({
    "lang", "title", "entry.url", "entry.told", "eligibility.parental_consent", "eligibility.countries", "eligibility.told",
    "organiser.name", "organiser.form", "organiser.registration", "organiser.address", "organiser.contact", "organiser.capital",
    "prizes.name", "prizes.delivery", "prizes.restrictions", "judging.jurors", "judging.criteria.name", "judging.conflicts",
    "quiz.tiebreak", "sources.name", "privacy.controller", "privacy.purpose", "privacy.basis", "privacy.contact",
    "image_rights", "platform.name", "deposit.officer", "deposit.reference",
})  # fmt: skip

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)
_NUMBER = re.compile(r"(?:0|[1-9][0-9]{0,8})(?:\.[0-9]{1,4})?", re.ASCII)
_QUOTES = str.maketrans({"’": "'", "‘": "'", "«": '"', "»": '"', "“": '"', "”": '"', "…": "..."})


@dataclass(frozen=True, slots=True)
class Change:
    """One term that is another now: its field, such as ``prizes[1].quantity``, and both values; ``None`` where there is none."""

    field: str
    before: Any
    after: Any

    @property
    def top(self) -> str:
        """Return the field in whose line it is written."""
        return re.split(r"[.\[]", self.field)[0]


def announced_terms(step: Step, lang: str) -> Mapping[str, Any] | None:
    """Return what the rules of a language said when they were announced; ``None`` where there are none in it."""
    terms: Mapping[str, Any] = step.facts["terms"]
    if terms.get("lang", lang) == lang:
        return terms
    # A record comes by a pull request like any other file; what its proof does not look at may be anything.
    others = step.facts.get("clauses")
    found = others.get(lang) if isinstance(others, Mapping) else None
    return found if isinstance(found, Mapping) else None


def changes(record: Record, item: Item, settings: Settings, is_over: bool = False) -> tuple[Change, ...]:
    """Return what a text of a contest says otherwise than its announced rules; nothing where its language has none.

    Once entries are closed (*is_over*) what comes from hub.toml is not
    compared: the community may move house, and the rules go on to say what was.
    """
    step = record.last("announced")
    before = announced_terms(step, item.lang) if step else None
    if before is None:
        return ()
    if not is_over:
        return tuple(differences(before, contract_of(item, settings)))
    # Where the text itself is silent, hub.toml spoke for it.
    own = terms_of(item)
    silent = {f"{table}.{key}" if key else table for table, key in FROM_SETTINGS if not key or not own[table][key]}
    return tuple(one for one in differences(before, own) if one.field not in silent)


def disagreements(original: Mapping[str, Any], translation: Mapping[str, Any]) -> tuple[Change, ...]:
    """Return what two languages of one contest may not say differently: moments, numbers, and how winners are found."""
    found = (one for one in _walked(original, translation, "") if re.sub(r"\[\d+\]", "", one.field) not in _WORDS)
    return tuple(replace(one, field=_shown(one.field)) for one in found)


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    """Yield each value that differs.

    What only one of them knows is left out: a later version of the program may
    say more in its rules, and what was announced does not change by that.
    """
    yield from (replace(one, field=_shown(one.field)) for one in _walked(before, after, ""))


def _shown(name: str) -> str:
    """Return a term by the name under which an editor wrote it."""
    head, bracket, rest = name.partition("[")
    return _FIELDS.get(head, head) + bracket + rest


def _walked(before: Any, after: Any, name: str) -> Iterator[Change]:
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in before:
            if key in after and key not in _DERIVED:
                yield from _walked(before[key], after[key], f"{name}.{key}" if name else key)
    elif isinstance(before, (list, tuple)) and isinstance(after, (list, tuple)):
        for number in range(max(len(before), len(after))):
            ours = before[number] if number < len(before) else None
            theirs = after[number] if number < len(after) else None
            yield from _walked(ours, theirs, f"{name}[{number}]")
    elif _plain(before) != _plain(after):
        yield Change(name, before, after)


def _plain(value: Any) -> Any:
    """Return a value as it is compared: how a text is set, its spaces and quotation marks, is none of its words; 45 is 45.00."""
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        return Decimal(value)
    return " ".join(value.translate(_QUOTES).split()).replace('" ', '"').replace(' "', '"') if isinstance(value, str) else value


def shown(value: Any, zone: str) -> Said | str:
    """Return a term as a message shows it: a moment by the clocks of *zone*, of a whole prize or criterion its name."""
    if value is None or value == "":
        return said("nothing")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return shown(value.get("name"), zone)
    if isinstance(value, str) and _MOMENT.fullmatch(value):
        return told(local(value, zone))
    return said("“{value}”", value=value)
