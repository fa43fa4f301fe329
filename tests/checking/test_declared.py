"""What is declared is taken at its word, so a word that cannot be true is told."""

from __future__ import annotations

import pytest
from tests.hubs import load_village, write

from handbill.checking.declared import check_declared

HUB = '[hub]\nname = "Essai"\nbase_url = "https://essai.example/"\n'
AUDIT = 'checked = "2026-03-02"\n'


def told(tmp_path, tables, as_of="2026-03-20 12:00"):
    loaded, settings = load_village(as_of, write(tmp_path, {"hub.toml": HUB + tables}))
    return [f"{one.code} {one.line} {one.field}: {one.found}, wanted {one.wanted}" for one in check_declared(loaded.hub, settings)]


@pytest.mark.parametrize("tables", ["", '[accessibility]\nlevel = "unaudited"\ngaps = ["le film"]\n', f'[accessibility]\nlevel = "partial"\n{AUDIT}score = 72\ngaps = ["le film"]\n', f'[accessibility]\nlevel = "full"\n{AUDIT}'])
def test_what_holds_together_is_left_alone(tmp_path, tables):
    """Most communities have no audit, and say so; that is no fault."""
    assert [] == told(tmp_path, tables)


@pytest.mark.parametrize("level", ["none", "partial", "full"])
def test_no_level_is_known_without_an_audit(tmp_path, level):
    """“Not conforming” is a finding as well; who has not looked does not know."""
    wanted = 'a line checked with the day of the audit, or level = "unaudited"'

    assert [f"HB814 5 accessibility.level: “{level}”, without a day on which it was found, wanted {wanted}"] == told(tmp_path, f'[accessibility]\nlevel = "{level}"\n')


@pytest.mark.parametrize(("as_of", "counts"), [("2029-03-02 12:00", True), ("2029-03-03 12:00", False)])
def test_an_audit_counts_for_three_years(tmp_path, as_of, counts):
    """A site of which everything has changed since is another site."""
    found = told(tmp_path, f'[accessibility]\nlevel = "partial"\n{AUDIT}', as_of)

    assert counts == (found == [])
    assert counts or ["HB814 6 accessibility.checked: an audit of 2026-03-02, which counts for three years, wanted a newer audit, or level = \"unaudited\""] == found


def test_an_audit_of_a_leap_day_ends_too(tmp_path):
    """There is no 29 February three years later."""
    assert 1 == len(told(tmp_path, '[accessibility]\nlevel = "partial"\nchecked = "2024-02-29"\n', "2027-03-01 12:00"))


@pytest.mark.parametrize(("level", "score", "right"), [("none", 50, "partial"), ("partial", 49, "none"), ("partial", 100, "full"), ("full", 99, "partial")])
def test_a_share_of_criteria_belongs_to_one_level(tmp_path, level, score, right):
    """The French rules draw the lines at one half and at all."""
    found = told(tmp_path, f'[accessibility]\nlevel = "{level}"\n{AUDIT}score = {score}\n')

    assert [f'HB814 5 accessibility.level: “{level}” with {score} of 100 criteria met, wanted level = "{right}"'] == found


def test_nothing_is_missing_from_a_site_that_conforms_fully(tmp_path):
    """One of the two lines is wrong, and a reader meets the gap."""
    found = told(tmp_path, f'[accessibility]\nlevel = "full"\n{AUDIT}gaps = ["le film"]\n')

    assert ['HB814 7 accessibility.gaps: something that is not accessible, in a site that is declared to be fully so, wanted level = "partial"'] == found


def test_addresses_do_not_travel_in_the_clear(tmp_path):
    """Everybody on the same wireless network could read them."""
    found = told(tmp_path / "a", '[subscribe]\naction = "http://lettre.example/form"\n')

    assert ["HB816 5 subscribe.action: an address to which members' own would travel unencrypted, wanted an address that begins with https://"] == found
    assert [] == told(tmp_path / "b", '[subscribe]\naction = "http://localhost:9000/form"\n')


def test_a_letter_that_the_form_cannot_name_is_told_at_its_table(tmp_path):
    """Members would tick it and never get it."""
    tables = '[subscribe]\naction = "https://l.example/form"\nletters = "l"\n[letters.a]\nname = "A"\nchoice = "1"\n[letters.b]\nname = "B"\n'

    assert ['HB816 10 letters.b.choice: nothing that the form could send for this letter, wanted a line such as choice = "c8f7a0de"'] == told(tmp_path / "a", tables)
    assert [] == told(tmp_path / "b", tables.replace('letters = "l"\n', ""))
