"""What feeds and letters tell of a contest's list, its draw and its winners."""

from functools import partial

import pytest
from tests.contests.lives import ORDER
from tests.draw import samples
from tests.hubs import moment, text
from tests.kinds.committed import contest_in, hub_of
from tests.kinds.test_contest_view import NAMES, VOID

from handbill.outputs.cards import Cards
from handbill.outputs.contest_told import told_of
from handbill.outputs.feed_entries import Entries
from handbill.outputs.feeds import make, plan
from handbill.settings import read_settings

DIGEST = samples.digest_of(samples.archive()["pool.txt"])


def told(tmp_path, at, lang="fr", **more):
    """Return what is told at a moment, with plain spaces."""
    hub = hub_of(tmp_path, **more)
    cards = Cards(hub, read_settings(tmp_path), lang)
    return told_of(contest_in(hub), hub, moment(at), cards.words).replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2023-08-10 12:00", ""),
        ("2023-08-21 12:00", f"La liste est close : 10 tickets. Son empreinte (SHA-256) : {DIGEST}. C’est le tour 1000 de la balise publique drand qui décide, le mercredi 23 août 2023 à 17 h 59."),
        ("2023-08-24 12:00", "Le tirage est fait : 3 tickets ont gagné. Leurs propriétaires sont contactés ; les résultats viennent une fois que tous ont répondu."),
        ("2023-09-10 12:00", "Les gagnants sont confirmés ; les résultats suivent."),
    ],
)  # fmt: skip
def test_each_step_is_told_in_sentences(tmp_path, at, expected):
    """The digest stands there in full: members compare it with the page, letter by letter."""
    assert expected == told(tmp_path, at)


def test_winners_are_told_by_the_name_that_they_agreed_to_or_by_their_ticket(tmp_path):
    """As on the page of the contest, and never more."""
    found = told(tmp_path, "2023-09-12 12:00", winners=NAMES, prizes="\n  - name: Une caisse à outils\n  - name: Un atelier à deux\n    shared_by: 2")

    assert found.startswith("Ont gagné : Gwen Le Bihan (Une caisse à outils), ticket ")
    assert ORDER[0] not in found


def test_a_contest_that_nobody_won_is_told_in_a_whole_sentence(tmp_path, monkeypatch):
    """All winners declined: “Won: .” told nobody anything."""
    ticket = samples.TICKETS[0]
    nobody = partial(samples.archive, lines=(ticket,), skips={ticket: "declined"})
    monkeypatch.setattr(samples, "archive", nobody)

    assert "Aucun lot n’a été gagné." == told(tmp_path, "2023-09-12 12:00")


def test_it_is_told_in_english_as_well(tmp_path):
    """A hub of two languages has two letters."""
    assert told(tmp_path, "2023-08-21 12:00", "en").startswith(f"The list is closed: 10 tickets. Its digest (SHA-256): {DIGEST}. Round 1000 of the public beacon drand decides, on ")


def test_what_is_void_says_why(tmp_path):
    """In the organiser's own words."""
    assert "La liste était fausse." == told(tmp_path, "2023-08-23 12:00", end=VOID)


def test_an_entry_in_feeds_changes_with_its_contest(tmp_path):
    """Its moment is that of the step, not of the build: that is how a feed becomes a witness."""
    hub = hub_of(tmp_path, "2023-08-22 12:00")
    entry = Entries(hub, read_settings(tmp_path)).entry(contest_in(hub))[1]

    assert moment("2023-08-21 10:00") == entry.updated
    assert DIGEST in entry.content
    assert entry.title.startswith("Liste figée")


def test_a_frozen_list_comes_back_into_the_feeds(tmp_path):
    """The contest was announced long ago, and twenty posts came since."""
    posts = {f"content/posts/{n:02}.md": text(title=f"Billet {n}", date=f"2023-08-{n % 18 + 1:02}") for n in range(30)}
    hub = hub_of(tmp_path, "2023-08-22 12:00", posts)
    settings = read_settings(tmp_path)
    atom = next(one for one in plan(hub, settings) if one.path == "feeds/all.atom.xml")

    assert DIGEST in next(iter(make([atom], settings, tmp_path))).content.decode()
