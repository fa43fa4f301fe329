"""A contract and its edition → the rules, article by article, in the language of the contract."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handbill.rules.edition import Edition
from handbill.rules.english import english
from handbill.rules.french import french


def rules_text(terms: Mapping[str, Any], edition: Edition) -> str:
    """Return the Markdown of the rules; everything in it is from the contract and the edition.

    Raises:
        KeyError: rules cannot be written in that language (:func:`handbill.rules.contract.is_written`).
    """
    return {"fr": french, "en": english}[terms["lang"].split("-")[0].lower()](terms, edition)
