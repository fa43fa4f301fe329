"""What a site owes by law is asked for at its place, once somebody has begun, and never of those whom it does not concern."""

from __future__ import annotations

import pytest
from tests.hubs import load_village, text, write

from handbill.checking.legal import ASKED, check_legal, is_public
from handbill.errors import Level

HUB = '[hub]\nname = "Essai"\nbase_url = "{address}"\nlang = "{lang}"\n'
WHOLE = "".join(f'{key} = "x"\n' for key in ASKED)


def problems(tmp_path, tables="", address="https://hub.example.org/", lang="fr", files=None):
    """Return what is told of a hub, each as code, level, line and field."""
    root = write(tmp_path, {"hub.toml": HUB.format(address=address, lang=lang) + tables, **(files or {})})
    loaded, settings = load_village(root=root)
    return [(one.code, one.level, one.line, one.field) for one in check_legal(loaded.hub, settings)]


def test_a_newcomer_is_told_one_thing_and_not_ten(tmp_path):
    """A first check full of warnings about the law is a last check."""
    assert [("HB812", Level.NOTE, 0, "legal")] == problems(tmp_path)


@pytest.mark.parametrize("address", ["https://essai.example/", "http://localhost:8000/", "http://192.168.1.7/", "http://[::1]/", "https://a.test/", "https://hub.invalid/"])
def test_a_hub_that_nobody_can_reach_owes_nothing_yet(tmp_path, address):
    """Those who try the program out are not publishers."""
    assert [] == problems(tmp_path, address=address)


@pytest.mark.parametrize("address", ["https://atelier.fr/", "https://hub.example.org/x/", "https://example.fr/", "https://atelier.github.io/site/"])
def test_an_address_that_anyone_can_reach_is_public(address):
    """The law asks about what is published."""
    assert is_public(address)


def test_the_law_of_another_country_is_not_ours_to_check(tmp_path):
    """A community in Liège, and one that writes English, would learn what concerns somebody else."""
    assert [] == problems(tmp_path / "be", '[legal]\ncountry = "other"\n')
    assert [] == problems(tmp_path / "en", lang="en")


def test_who_writes_english_and_publishes_in_france_can_say_so(tmp_path):
    """The language says little about the law."""
    assert 7 == len(problems(tmp_path, '[legal]\ncountry = "FR"\n', lang="en"))


def test_a_page_of_ones_own_is_as_good_as_the_table(tmp_path):
    """Many communities have such a page already, read by somebody who knows the law."""
    assert [] == problems(tmp_path, files={"content/pages/mentions.md": text(menu="footer", role="legal")})


def test_each_missing_fact_is_told_at_the_table(tmp_path):
    """One at a time would take seven builds."""
    found = problems(tmp_path, '[legal]\npublisher = "Essai"\nhost = "Hôte"\n')

    assert [("HB811", Level.WARNING, 5, f"legal.{key}") for key in ("address", "phone", "director", "host_address", "host_phone")] == found


def test_all_facts_are_enough(tmp_path):
    """What was asked for and given must not be asked for again."""
    assert [] == problems(tmp_path, f"[legal]\n{WHOLE}")


def test_a_private_person_may_stay_unnamed_if_the_host_is_named(tmp_path):
    """The law protects those who publish on their own; a telephone number at home is nobody's business."""
    assert ["legal.host", "legal.host_address"] == [field for _, _, _, field in problems(tmp_path / "a", "[legal]\nanonymous = true\n")]
    assert [] == problems(tmp_path / "b", '[legal]\nanonymous = true\nhost = "x"\nhost_address = "y"\n')


@pytest.mark.parametrize("way", ['[mail]\nsubscribe_url = "https://l.example/"\n', '[subscribe]\naction = "https://l.example/"\n', '[letters.main]\nname = "L"\nsubscribe_url = "https://l.example/"\n'])
def test_who_asks_for_addresses_says_what_becomes_of_them(tmp_path, way):
    """Whatever the way by which members give them."""
    owed = [("HB813", field) for field in ("legal.contact", "legal.retention", "legal.mailing")]

    assert owed == [(code, field) for code, _, _, field in problems(tmp_path / "a", f"[legal]\n{WHOLE}{way}")]
    told = 'rights = "a@b.example"\nretention = "huit jours"\nmailing = "nous"\n'
    assert [] == problems(tmp_path / "b", f"[legal]\n{WHOLE}{told}{way}")


def test_a_role_in_two_languages_is_no_role_twice(tmp_path):
    """The English notice is the same page."""
    pages = {"content/pages/m.md": text(menu="footer", role="legal"), "content/pages/m.en.md": text(menu="footer", role="legal")}
    write(tmp_path, {"hub.toml": HUB.format(address="https://essai.example/", lang="fr") + 'languages = ["fr", "en"]\n', **pages})
    loaded, settings = load_village(root=tmp_path)

    assert [] == list(check_legal(loaded.hub, settings))


def test_a_role_twice_in_a_language_is_told_at_the_second_page(tmp_path):
    """The foot of the page can lead to one only."""
    pages = {f"content/pages/{name}.md": text(menu="footer", role="legal") for name in "ab"}

    assert [("HB815", Level.WARNING, 5, "role")] == problems(tmp_path, files=pages)


def test_a_contact_for_security_is_found_at_the_root_of_a_host_only(tmp_path):
    """A file that no program looks for would be a promise to nobody."""
    table = '[legal]\nsecurity = "s@b.example"\ncountry = "other"\n'

    assert [] == problems(tmp_path / "a", table)
    assert [("HB817", Level.NOTE, 6, "legal.security")] == problems(tmp_path / "b", table, "https://hub.example.org/atelier/")
