"""Rules are made of the contract alone, in two languages that say the same."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from typing import Any

import pytest
from tests.rules.sample import DRAW, ENGLISH, MECHANISMS, a_hub, an_edition, load

from handbill.rules.contract import contract_of
from handbill.rules.text import rules_text

#: Everything that a text can say besides, so that no term is empty.
MORE = {
    "min_age": "16",
    "parental_consent": "Un parent signe le bulletin.",
    "countries": "[France, Belgique]",
    "members_only": "true",
    "excluded": "[staff, family]",
    "entries_per_person": "3",
    "objection_hours": "30",
    "substitutes": "2",
    "image_rights": "Vous restez l’auteur.",
    "platform": "Mastodon",
    "platform_disclaimer": "true",
    "deposit": "\n  {officer: Étude d’essai, reference: 2026-118, date: 2026-05-20}",
    "organiser": "\n  {name: Association d’essai, form: association, registration: W1, address: 1 rue, contact: a@essai.example, capital: 1 000 €}",
    "prizes": "\n  - {name: Un jeu, quantity: 2, shared_by: 2, unit_value: 45, delivery: Sur place, restrictions: Avant juin}",
}


@pytest.fixture(scope="module")
def contracts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """Return a contract for each way to find winners, with all that it can say."""
    found = {}
    for name, front in MECHANISMS.items():
        root = tmp_path_factory.mktemp("hub")
        more = dict(MORE)
        if "judging" in front:
            more["judging"] = front["judging"] + "\n  blind: true\n  conflicts: Il se retire."
        item, settings = load(a_hub(root, {**front, **more, "freeze": "2026-07-01 09:00"}))
        found[name] = contract_of(item, settings)
    return found


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, dict):
        for key, one in value.items():
            yield from leaves(one, (*path, key))
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from leaves(one, (*path, number))
    else:
        yield path


def with_another(terms: dict[str, Any], path: tuple[Any, ...]) -> dict[str, Any]:
    """Return a contract that says something else in one place."""
    changed = copy.deepcopy(terms)
    holder = changed
    for key in path[:-1]:
        holder = holder[key]
    before = holder[path[-1]]
    name = path[-1]
    if isinstance(before, bool):
        holder[name] = not before
    elif isinstance(before, int):
        holder[name] = before + 1
    elif name in ("draw", "date") and not before:
        return terms
    elif re.fullmatch(r"\d{4}-.*Z", before):
        holder[name] = before.replace("2026", "2027")
    elif re.fullmatch(r"\d{4}-\d\d-\d\d", before):
        holder[name] = "2025-05-20"
    elif re.fullmatch(r"[0-9.]+", before):
        holder[name] = "0.25"
    else:
        holder[name] = {"how": "paper", "publish_winners": "pseudonym", "law": "", "zone": "Europe/Athens"}.get(
            str(name), f"{before} autrement"
        )
    return changed


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_term_is_said_by_the_rules(contracts, lang):
    """What is in the contract and not in the text could be changed without anybody having been told of it."""
    said, silent = set(), set()
    for terms in contracts.values():
        terms = {**terms, "lang": lang}
        edition = an_edition(round_=0 if terms["algorithm"] == "rfc3797" else 30097012)
        before = rules_text(terms, edition)
        for path in leaves(terms):
            # These decide which text is made at all, and are tried with each of their values.
            if path[0] in ("lang", "mechanism", "algorithm") or "excluded" in path:
                continue
            shape = tuple("" if isinstance(one, int) else one for one in path)
            (said if rules_text(with_another(terms, path), edition) != before else silent).add(shape)

    assert set() == silent - said
    assert 45 < len(said)


@pytest.mark.parametrize("name", MECHANISMS)
def test_both_languages_have_the_same_articles_facts_and_numbers(contracts, name):
    """A right that only the French text gives is a dispute with whoever read the English one."""
    terms = contracts[name]
    edition = an_edition(round_=0 if name == "rfc3797" else 30097012)
    french, english = (rules_text({**terms, "lang": lang}, edition) for lang in ("fr", "en"))

    assert [f"Article {n}" for n in range(1, 14)] == re.findall(r"^## (Article \d+)", french, re.MULTILINE)
    for pattern in (r"^(#+ Article \d+|#+)", r"^(?:- |\d+\. |\| )", r"`[^`]*`", r"<[^>]*>"):
        found = [re.findall(pattern, text, re.MULTILINE) for text in (french, english)]
        assert found[0] == found[1], pattern
    numbers = [sorted(re.findall(r"\d+", text.replace(".", "").replace(",", ""))) for text in (french, english)]
    # French says 9 h where English says 09:00, and 1er where English says 1.
    assert {*numbers[0]} - {*numbers[1]} <= {"9", "18"}
    assert {*numbers[1]} - {*numbers[0]} <= {"09", "00", "18"}


def test_what_an_editor_writes_is_shown_and_never_obeyed(tmp_path):
    """A title with a bracket must not become a link, and a prize with a bar no column more."""
    title, prize = "Un [lien](https://mauvais.example) *ici* <b>", "Un | lot `a` _b_"
    front = {**DRAW, "title": f'"{title}"', "prizes": f'\n  - {{name: "{prize}", unit_value: 5}}'}
    item, settings = load(a_hub(tmp_path, front))
    rules = rules_text(contract_of(item, settings), an_edition())

    assert "Un \\[lien\\](https://mauvais.example) \\*ici\\* \\<b>" in rules
    assert "| 1 | Un \\| lot \\`a\\` \\_b\\_ | 1 | 1 |" in rules


def test_french_spaces_are_those_of_a_printer(contracts):
    """A colon alone at the beginning of a line is what a community notices first."""
    for terms in contracts.values():
        prose = re.sub(r"`[^`]*`|<[^>]*>|^\|.*$", "", rules_text(terms, an_edition()), flags=re.MULTILINE)

        assert [] == re.findall(r".{20}[ \w][;:!?»]", prose.replace("announced-step:", ""))
        assert [] == re.findall(r"« .{20}|«\w.{20}", prose)


def test_the_same_contract_makes_the_same_bytes(contracts):
    """The digest of the rules is told to members: nothing of the machine may be in it."""
    assert all(rules_text(one, an_edition()) == rules_text(copy.deepcopy(one), an_edition()) for one in contracts.values())


def test_another_language_has_no_rules(contracts):
    """Rules half in another language would bind nobody."""
    with pytest.raises(KeyError):
        rules_text({**contracts["draw"], "lang": "de"}, an_edition())


def test_english_is_made_of_the_english_text(tmp_path):
    """A member who reads no French enters for the prize that is named in English."""
    from tests.hubs import load_village

    loaded, settings = load_village("2026-05-14 10:00", a_hub(tmp_path, DRAW, english=True))
    text = next(one for one in loaded.hub.items if one.lang == "en")
    rules = rules_text(contract_of(text, settings), an_edition())

    assert "A set of wood chisels" in rules
    assert f"# Rules of the contest “{ENGLISH['title']}”" == rules.split("\n")[0]
    assert "jeu de ciseaux" not in rules
    assert "non-profit association under French law" in rules
