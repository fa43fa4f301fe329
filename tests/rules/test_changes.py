"""What a text says otherwise than the rules that were announced."""

from __future__ import annotations

import copy
from datetime import UTC, datetime

import pytest
from tests.hubs import load_village
from tests.rules.sample import DRAW, HUB, JURY, a_hub, load

from handbill.hub.record import Record, Step
from handbill.rules.changes import Change, changes, differences, disagreements, shown
from handbill.rules.contract import contract_of


def announced(root):
    item, settings = load(root)
    step = Step("announced", datetime(2026, 5, 14, 8, tzinfo=UTC), {"version": 1, "terms": contract_of(item, settings), "clauses": {}})
    return Record("ete-photo", (step,))


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("closes", "2026-06-29", "closes"),
        ("title", "Autre", "title"),
        ("enter", "Venez.", "enter"),
        ("enter_url", "https://autre.example/", "enter_url"),
        ("entries_per_person", "2", "entries_per_person"),
        ("min_age", "21", "min_age"),
        ("countries", "[France]", "countries[0]"),
        ("eligibility", "Tous", "eligibility"),
        ("excluded", "[staff]", "excluded[0]"),
        ("substitutes", "1", "substitutes"),
        ("organiser", "Autre", "organiser.name"),
        ("image_rights", "Aucun", "image_rights"),
        ("objection_hours", "20", "objection_hours"),
        (
            "privacy",
            "\n  {purpose: Organiser le concours et remettre les lots, basis: Exécution du règlement, retention_days: 30}",
            "privacy.retention_days",
        ),
        ("randomness", "\n  algorithm: rfc3797", "randomness.algorithm"),
    ],
)
def test_a_change_is_told_by_its_field(tmp_path, field, value, told):
    """An editor looks for the line, not for a key of a record."""
    record = announced(a_hub(tmp_path, DRAW))
    item, settings = load(a_hub(tmp_path, DRAW, **{field: value}))

    assert [told] == [one.field for one in changes(record, item, settings)]


def test_prizes_are_compared_one_by_one(tmp_path):
    """“prizes” alone would leave the editor to find the one of ten."""
    record = announced(a_hub(tmp_path, DRAW))
    more = "\n  - {name: Un jeu de ciseaux à bois, quantity: 1, unit_value: 40}\n  - {name: Un vélo, unit_value: 5}\n  - {name: Une vis, unit_value: 1}"
    item, settings = load(a_hub(tmp_path, DRAW, prizes=more, substitutes="4"))

    assert [
        ("prizes[0].unit_value", "“45”", "“40”"),
        ("prizes[1].name", "“Une année d’outilthèque”", "“Un vélo”"),
        ("prizes[1].quantity", "“3”", "“1”"),
        ("prizes[1].unit_value", "“30.50”", "“5”"),
        ("prizes[1].delivery", "“Remis à l’atelier”", "nothing"),
        ("prizes[2]", "nothing", "“Une vis”"),
    ] == [(one.field, shown(one.before, "UTC"), shown(one.after, "UTC")) for one in changes(record, item, settings)]


def test_how_a_text_is_set_is_no_change(tmp_path):
    """A later version of the program may set an apostrophe otherwise; nobody's rules change by that."""
    record = announced(a_hub(tmp_path, DRAW))
    terms = record.steps[0].facts["terms"]
    terms["title"] = terms["title"].replace("’", "'").replace("\xa0", " ")
    terms["prizes"][1]["name"] = "Une  année d'outilthèque "
    item, settings = load(tmp_path)

    assert () == changes(record, item, settings)


def test_what_a_later_program_says_more_is_no_change(tmp_path):
    """A contest of two years is not to fail because its rules have an article more today."""
    record = announced(a_hub(tmp_path, DRAW))
    terms = record.steps[0].facts["terms"]
    del terms["deposit"], terms["entry"]["told"]
    terms["of another version"] = {"a": 1}
    item, settings = load(tmp_path)

    assert () == changes(record, item, settings)


def test_a_house_that_is_left_changes_the_rules_while_they_can_be_amended_alone(tmp_path):
    """Each old contest would fail the day on which the community moves."""
    record = announced(a_hub(tmp_path, DRAW))
    (tmp_path / "hub.toml").write_text(
        HUB.replace("1 rue de l’Essai", "9 rue Neuve").replace("Europe/Paris", "Europe/Brussels"), encoding="utf-8"
    )
    item, settings = load(tmp_path)

    assert ["organiser.address", "hub.timezone"] == [one.field for one in changes(record, item, settings)]
    assert () == changes(record, item, settings, is_over=True)


def test_what_the_text_itself_says_is_compared_for_ever(tmp_path):
    """Whoever won last year must find the same rules."""
    address = "\n  {name: Association d’essai, address: 1 rue A}"
    record = announced(a_hub(tmp_path, DRAW, organiser=address))
    item, settings = load(a_hub(tmp_path, DRAW, organiser=address.replace("rue A", "rue B")))

    assert [Change("organiser.address", "1 rue A", "1 rue B")] == list(changes(record, item, settings, is_over=True))


def test_a_contest_that_was_never_announced_has_no_changes(tmp_path):
    """Nothing was promised."""
    item, settings = load(a_hub(tmp_path, DRAW))

    assert () == changes(Record("ete-photo", ()), item, settings)


@pytest.mark.parametrize("clauses", [None, [], "en", {"en": []}, {"en": "x"}, {}])
def test_a_record_of_a_stranger_breaks_no_check(tmp_path, clauses):
    """It comes by a pull request, and whoever reviews it wants a message and not a crash."""
    record = announced(a_hub(tmp_path, DRAW, english=True))
    record.steps[0].facts["clauses"] = clauses
    loaded, settings = load_village("2026-05-14 10:00", tmp_path)

    assert [(), ()] == [changes(record, one, settings) for one in loaded.hub.items]


def test_languages_may_differ_in_words_and_in_nothing_else(tmp_path):
    """An English text that closes a day later cheats one half of the members."""
    item, settings = load(a_hub(tmp_path, JURY))
    french = contract_of(item, settings)
    english = copy.deepcopy(french)
    english |= {"lang": "en", "title": "Photo", "image_rights": "Yours."}
    english["prizes"][0] |= {"name": "Chisels", "delivery": "By hand"}
    english["entry"] |= {"told": "Send it.", "url": "https://form.example/en"}
    english["judging"]["criteria"][0]["name"] = "The story"

    assert () == disagreements(french, english)

    english["closes"] = "2026-07-01T22:00:00Z"
    english["prizes"][0]["quantity"] = 2
    english["judging"]["criteria"][0]["weight"] = "0.4"
    english["eligibility"]["min_age"] = 16

    assert ["closes", "prizes[0].quantity", "min_age", "judging.criteria[0].weight"] == [
        one.field for one in disagreements(french, english)
    ]


def test_a_moment_is_shown_as_clocks_show_it_there():
    """An editor wrote 18:00 and not 16:00."""
    assert "2026-07-03 18:00" == shown("2026-07-03T16:00:00Z", "Europe/Paris")
    assert ("true", "nothing", "“3”") == (shown(True, "UTC"), shown("", "UTC"), shown(3, "UTC"))
    assert [] == list(differences({"a": [1, {"b": "c"}]}, {"a": [1, {"b": "c", "d": "e"}]}))


def test_the_same_sum_with_other_zeros_is_no_change():
    """Once entries are closed, “45.00” for 45 would stop every build for nothing."""
    before = {"prizes": [{"unit_value": "45"}], "judging": {"criteria": [{"weight": "0.5"}]}}

    assert [] == list(differences(before, {"prizes": [{"unit_value": "45.00"}], "judging": {"criteria": [{"weight": "0.50"}]}}))
    assert ["prizes[0].unit_value"] == [one.field for one in differences(before, {"prizes": [{"unit_value": "45.01"}]})]
