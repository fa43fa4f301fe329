"""A text of a contest and hub.toml → the contract that the rules are: everything that they say, in values of JSON."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from handbill.hub.item import Item
from handbill.kinds.contest_terms import terms_of
from handbill.settings import Settings
from handbill.settings_duties import in_language

#: In these languages rules can be written.
LANGUAGES = ("fr", "en")

#: What hub.toml says where the text of a contest is silent, by table and key of the contract.
FROM_SETTINGS = (
    ("organiser", "form"), ("organiser", "registration"), ("organiser", "address"), ("organiser", "contact"),
    ("privacy", "controller"), ("privacy", "contact"), ("law", ""), ("zone", ""),
)  # fmt: skip


def is_written(lang: str) -> bool:
    """Say whether rules can be written in a language, such as ``fr-CA``."""
    return lang.split("-")[0].lower() in LANGUAGES


def contract_of(item: Item, settings: Settings) -> dict[str, Any]:
    """Return what the rules of one text say: its own terms, and those of hub.toml where it has none.

    The rules are made of this alone, so that two equal contracts have the same rules.
    """
    terms, legal = terms_of(item), settings.legal
    own = {
        "form": in_language(legal, "form", item.lang)[0],
        "registration": legal.registration,
        "address": legal.address,
        "contact": legal.contact,
    }
    organiser = {key: value or own.get(key, "") for key, value in terms["organiser"].items()}
    answers = {"controller": legal.controller or legal.publisher or organiser["name"], "contact": legal.reach or organiser["contact"]}
    privacy = {key: value or answers.get(key, "") for key, value in terms["privacy"].items()}
    law = "FR" if legal.is_french(settings.lang) else ""
    return terms | {"organiser": organiser, "privacy": privacy, "law": law, "zone": settings.zone}


def digest_of(announced: Mapping[str, Any]) -> str:
    """Return the SHA-256 by which rules are bound to what the record says of their announcement.

    *announced* is that step with its moment ``at``, without its name and the digests of the rules.
    """
    text = json.dumps(dict(announced), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
