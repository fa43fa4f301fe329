"""From a change to the words of a post."""

from dataclasses import replace

import pytest
from tests.outputs.mail.letters import CARD, WHEN
from tests.test_theme import ROOT

from handbill.outputs.notice import Setting, notice_of, plain
from handbill.outputs.theme import Theme
from handbill.outputs.words import words_for

HERE = Setting("../../events/a.md", "Europe/Paris", strikes=True)


def words(lang):
    return words_for(lang, Theme(ROOT).locale(lang))


def told(lang="fr", also=(), setting=HERE, **when):
    card = replace(CARD, when=replace(WHEN, **when), also=also)
    return notice_of(card, setting, words(lang))


@pytest.mark.parametrize(
    ("lang", "title", "summary", "when"),
    [
        ("fr", "Annulé : Samedi réparation", "Le rendez-vous du samedi 9 mai 2026 n’aura pas lieu.", {"status": "cancelled"}),
        (
            "fr",
            "Reporté : Samedi réparation",
            "Le rendez-vous du samedi 9 mai 2026 est reporté ; la nouvelle date n’est pas encore connue.",
            {"status": "postponed"},
        ),
        (
            "fr",
            "Nouvelle date : Samedi réparation",
            "Le rendez-vous du vendredi 1er mai 2026 aura lieu le samedi 9 mai 2026.",
            {"status": "rescheduled", "was": ("2026-05-01T14:00:00+02:00",)},
        ),
        (
            "fr",
            "Nouvelle date : Samedi réparation",
            "Le rendez-vous du samedi 9 mai 2026 commencera à 14 h.",
            {"status": "rescheduled", "was": ("2026-05-09T10:00:00+02:00",)},
        ),
        (
            "fr",
            "En ligne désormais : Samedi réparation",
            "Le rendez-vous du samedi 9 mai 2026 aura lieu en ligne.",
            {"status": "moved_online"},
        ),
        ("en", "Cancelled: Samedi réparation", "The event planned for Saturday 9 May 2026 will not take place.", {"status": "cancelled"}),
        (
            "en",
            "Postponed: Samedi réparation",
            "The event planned for Saturday 9 May 2026 is put off; the new date is not known yet.",
            {"status": "postponed"},
        ),
        (
            "en",
            "New date: Samedi réparation",
            "The event planned for Friday 1 May 2026 takes place on Saturday 9 May 2026 instead.",
            {"status": "rescheduled", "was": ("2026-05-01T14:00:00+02:00",)},
        ),
        (
            "fr",
            "Annulé : Samedi réparation (9 mai 2026)",
            "Le rendez-vous du samedi 9 mai 2026 n’aura pas lieu.",
            {"status": "cancelled", "repeats": True},
        ),
    ],
)
def test_title_and_summary_say_all_that_a_list_of_news_shows(lang, title, summary, when):
    """Most readers see no more of a post."""
    found = told(lang, **when)

    assert (title, summary) == (found.title, found.summary)


@pytest.mark.parametrize(
    ("status", "summary"),
    [
        ("cancelled", "À partir du samedi 9 mai 2026, toutes les dates sont annulées."),
        ("postponed", "À partir du samedi 9 mai 2026, toutes les dates sont reportées ; les nouvelles ne sont pas encore connues."),
        ("moved_online", "À partir du samedi 9 mai 2026, toutes les dates ont lieu en ligne."),
        ("rescheduled", "À partir du samedi 9 mai 2026, toutes les dates sont déplacées ; la prochaine est le samedi 9 mai 2026."),
    ],
)
def test_of_a_whole_series_one_sentence_says_it(status, summary):
    """Nobody reads a list of forty dates."""
    later = tuple(replace(WHEN, starts=f"2026-06-{day:02}T14:00:00+02:00") for day in range(1, 10))
    found = told(also=later, status=status, repeats=True)

    assert summary == found.summary
    assert "De même pour : lundi 1er juin 2026, mardi 2 juin 2026, mercredi 3 juin 2026 et 6 autres dates" in found.text


def test_the_text_compares_the_dates_gives_the_reason_and_leads_to_the_event():
    """It is complete, and is told in the words of the pages."""
    was = "2026-05-01T14:00:00+02:00"
    expected = (
        "Ce qui change pour [Samedi réparation](../../events/a.md) :\n\n"
        "- Ancienne date : ~~vendredi 1er mai 2026 à 14 h~~\n- Nouvelle date : **samedi 9 mai 2026, de 14 h à 18 h**\n- Lieu : Atelier, Bordeaux\n\n"
        "À cause de la fête.\n\nQui est abonné à notre calendrier n’a rien à faire : il se met à jour tout seul.\n"
    )
    card = replace(CARD, place="Atelier, Bordeaux", when=replace(WHEN, status="rescheduled", was=(was,), note="À cause de la fête."))

    assert expected == notice_of(card, HERE, words("fr")).text


def test_nothing_is_struck_out_where_the_dialect_cannot():
    """Tildes in the text would look like a fault."""
    assert (
        "Date announced: Saturday 9 May 2026, 14:00 to 18:00\n" in told("en", setting=replace(HERE, strikes=False), status="cancelled").text
    )


def test_what_is_abroad_is_told_by_both_clocks():
    """Members at home and those who travel both find their hour."""
    here = replace(WHEN, starts="2026-05-09T15:00:00+02:00", ends="2026-05-09T19:00:00+02:00")

    text = told(zone="Europe/Lisbon", here=here, status="moved_online").text
    assert "- Date : samedi 9 mai 2026, de 14 h à 18 h, heure locale (Lisbonne)\n- À Paris : samedi 9 mai 2026, de 15 h à 19 h\n" in text


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (r"\*Non\* \[x\]\(y\) \<b\>".replace(r"\(y\)", "(y)"), "*Non* [x](y) <b>"),
        (r"\# Titre", "# Titre"),
        (r"\- rien", "- rien"),
        (r"a \| b\_c", "a | b_c"),
        (r"\&amp; et & suite", "&amp; et & suite"),
        ("L’été, 3-4 personnes + 1", "L’été, 3-4 personnes + 1"),
    ],
)
def test_what_an_editor_wrote_as_plain_text_stays_it(expected, text):
    """A reason is no Markdown, and must not become a heading or a link."""
    assert expected == plain(text)
