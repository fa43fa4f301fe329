"""What a mail shows before it is opened, and what stands at its foot."""

from dataclasses import replace

import pytest
from tests.hubs import text, write

from handbill.checking.envelopes import check_envelopes
from handbill.checking.mails import mailings_of
from handbill.errors import Level
from handbill.hub.hub import Hub
from handbill.outputs import letters

HUB = '[hub]\nname = "Essai"\nbase_url = "https://essai.example/"\nlang = "fr"\n'
MAIL = (
    '[mail]\nsender = "Essai <lettre@essai.example>"\npostal_address = "1 place du Puits"\nunsubscribe = "https://essai.example/{token}"\n'
)


def told(root, mail=MAIL, **front):
    """Return what is told of a hub with one letter: field, code and level, and the words."""
    from tests.hubs import load_village

    issue = text("Bonjour.", **{"number": "1", "subject": "En mai", "preheader": "Trois ateliers", "date": "2026-03-12 18:00", **front})
    issue = issue.replace("preheader: \n", "")
    loaded, settings = load_village(root=write(root, {"hub.toml": HUB + mail, "newsletters/a.md": issue}))
    mailings = list(mailings_of(list(letters.plan(loaded.hub, settings)), loaded.hub, settings))
    return [(one.field, one.code, one.level, one.found) for one in check_envelopes([(one.item, one.letter) for one in mailings], settings)]


def test_a_plain_letter_is_right(tmp_path):
    """Advice on every letter is read on none."""
    assert [] == told(tmp_path)


@pytest.mark.parametrize(
    ("words", "subject"),
    [
        ("begins with “Re", '"Re: la fête"'),
        ("begins with “RE", '"RE : la fête"'),
        ("begins with “Tr", '"Tr : la fête"'),
        ("begins with “Fwd", '"Fwd: the fair"'),
        ("capitals", "LA FÊTE DU VILLAGE"),
        ("capitals", "VENEZ NOMBREUX SAMEDI 14"),
        ("“!!!”", "Venez !!!"),
        ("“?!”", "Vous venez ?!"),
    ],
)
def test_a_subject_that_looks_like_spam_is_told(tmp_path, words, subject):
    """Filters and people judge a letter by it; an answer that is none is against the law of some countries."""
    ((field, code, level, found),) = told(tmp_path, subject=subject)

    assert ("subject", "HB427", Level.WARNING) == (field, code, level)
    assert words in found


@pytest.mark.parametrize(
    "subject",
    ["En mai : on répare !", "SNCF : le point", "14 h 30, OSM et RGPD", "Recette du mois", "Réparer : mode d’emploi", "I : le retour ?"],
)
def test_a_subject_of_every_day_is_left_alone(tmp_path, subject):
    """Abbreviations are capitals, and one exclamation mark is joy."""
    assert [] == told(tmp_path, subject=f'"{subject}"')


def test_a_preheader_says_something_of_its_own(tmp_path):
    """It is the second line of two."""
    assert [("preheader", "HB427", Level.WARNING)] == [one[:3] for one in told(tmp_path, preheader="en mai !")]
    assert [("preheader", "HB427", Level.NOTE)] == [one[:3] for one in told(tmp_path, preheader="")]


@pytest.mark.parametrize(
    ("expected", "mail"),
    [
        (["mail.postal_address"], MAIL.replace("postal_address", "#")),
        (["mail.unsubscribe"], MAIL.replace("unsubscribe", "#")),
        ([], MAIL.replace("unsubscribe", "#") + 'unsubscribe_mail = "adieu@essai.example"\n'),
        ([], '[mail]\nreply_to = "a@essai.example"\n'),
        (["mail.postal_address"], MAIL.replace("postal_address", "#") + '[letters.main]\nname = "Une"\n'),
        ([], MAIL.replace("unsubscribe", "#") + '[letters.main]\nname = "Une"\nunsubscribe = "https://essai.example/{token}"\n'),
    ],
)
def test_who_mails_says_where_he_lives_and_how_to_leave(tmp_path, expected, mail):
    """The law of many countries wants both; a hub that only shows its letters needs neither."""
    found = told(tmp_path, mail)

    assert expected == [field for field, *_ in found]
    assert {("HB428", Level.WARNING)} >= {(code, level) for _, code, level, _ in found}


def test_a_hub_without_letters_is_left_alone(tmp_path):
    """Its settings are perhaps just being written."""
    from tests.hubs import load_village

    loaded, settings = load_village(root=write(tmp_path, {"hub.toml": HUB + MAIL.replace("unsubscribe", "#")}))
    assert isinstance(loaded.hub, Hub)
    assert [] == list(check_envelopes([], replace(settings)))
