"""The contract: what a text says, and what hub.toml says for it."""

from __future__ import annotations

import json

from tests.rules.sample import DRAW, HUB, a_hub, load

from handbill.kinds.contest_terms import terms_of
from handbill.rules.contract import FROM_SETTINGS, contract_of, digest_of, is_written


def test_what_the_text_does_not_say_comes_from_the_settings(tmp_path):
    """A community says its address once, and not in each contest."""
    item, settings = load(a_hub(tmp_path, DRAW))
    contract = contract_of(item, settings)

    assert "1 rue de l’Essai, 33000 Bordeaux" == contract["organiser"]["address"]
    assert ("Association d’essai", "donnees@essai.example") == (contract["privacy"]["controller"], contract["privacy"]["contact"])
    assert ("FR", "Europe/Paris") == (contract["law"], contract["zone"])


def test_what_the_text_says_goes_before_the_settings(tmp_path):
    """A contest of two associations is not that of the one whose site it is on."""
    item, settings = load(a_hub(tmp_path, DRAW, organiser="\n  {name: Une autre, address: 2 rue de là-bas}"))

    assert "2 rue de là-bas" == contract_of(item, settings)["organiser"]["address"]


def test_only_what_is_named_comes_from_the_settings(tmp_path):
    """What is compared after entries closed is the rest, and a gap there could be filled in silence."""
    item, settings = load(a_hub(tmp_path, DRAW))
    own, contract = terms_of(item), contract_of(item, settings)
    named = {table for table, _ in FROM_SETTINGS}

    assert {"law", "zone"} == contract.keys() - own.keys()
    assert {"organiser", "privacy"} == {key for key in own if own[key] != contract[key]} <= named


def test_a_contract_is_plain_json(tmp_path):
    """It is written into a public record, and must come back the same."""
    item, settings = load(a_hub(tmp_path, DRAW))
    contract = contract_of(item, settings)

    assert contract == json.loads(json.dumps(contract))


def test_without_a_law_none_is_cited(tmp_path):
    """A community in Liège is not bound by the code of France."""
    root = a_hub(tmp_path, DRAW)
    (root / "hub.toml").write_text(HUB.replace('country = "FR"', 'country = "other"'), encoding="utf-8")
    item, settings = load(root)

    assert "" == contract_of(item, settings)["law"]


def test_the_digest_is_of_the_values_and_not_of_their_order():
    """Anybody can make it again from record.json with any language's JSON."""
    assert digest_of({"b": 1, "a": "é"}) == digest_of({"a": "é", "b": 1}) != digest_of({"a": "e", "b": 1})
    assert "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a" == digest_of({})


def test_french_of_any_country_is_french():
    """Montréal reads the same rules as Bordeaux."""
    assert [True, True, True, False] == [is_written(one) for one in ("fr", "fr-CA", "en-GB", "de")]
