"""Single values: what each type takes, what it refuses, and what it offers instead."""

import pytest
from tests.cases import for_each

from handbill.errors import Level
from handbill.hub.nodes import Desk, Listing, Scalar
from handbill.hub.types import Choice, Colour, Degrees, Flag, HubAddress, Integer, Lang, Link, Slug, Text, Zone


def scalar(text, plain=True):
    return Scalar(text, plain, 3, 7)


def read(type_, text, zone="Europe/Paris"):
    """Return what a type makes of a text, and the problems it put down."""
    desk = Desk("a.md", zone)
    return type_.read(scalar(text), "field", desk), desk.problems


@pytest.mark.parametrize(
    ("type_", "text", "value"),
    [
        (Text(), "  deux   mots ", "deux mots"),
        (Text(), "Oui\u00a0! «\u202fNon\u202f»", "Oui\u00a0! «\u202fNon\u202f»"),
        (Flag(), "true", True),
        (Flag(), "False", False),
        (Integer(), "012", 12),
        (Integer(-5, 5), "-5", -5),
        (Degrees(90), "44.85", 44.85),
        (Choice(("a", "b")), "b", "b"),
        (Link(), "https://a.example/x?y=1#z", "https://a.example/x?y=1#z"),
        (Slug(), "un-deux-3", "un-deux-3"),
        (HubAddress(), "/blog/un/", "/blog/un/"),
        (Zone(), "Europe/Lisbon", "Europe/Lisbon"),
    ],
)
def test_a_well_written_value_is_read(type_, text, value):
    """Each type accepts what its message asks for."""
    found, problems = read(type_, text)

    assert value == found
    assert problems == []


@pytest.mark.parametrize(
    ("type_", "text"),
    [
        (Text(), "   "),
        (Text(3), "quatre"),
        (Flag(), "oui"),
        (Flag(), "1"),
        (Integer(), "1.5"),
        (Integer(), "١٢"),
        (Integer(1), "0"),
        (Integer(), "9" * 5000),
        (Degrees(90), "44,85"),
        (Degrees(90), "120.0"),
        (Choice(("a", "b")), "A"),
        (Link(), "javascript:alert(1)"),
        (Link(), "https://user:pw@a.example/"),
        (Link(), "https://a.example/ b"),
        (Link(), "https://[::1"),
        (Slug(), "Été"),
        (Slug(), "a--b"),
        (Slug(), "../a"),
        (HubAddress(), "/../etc/"),
        (HubAddress(), "//a.example/"),
        (HubAddress(), "/.well-known/x"),
        (Zone(), "Paris"),
        (Zone(), "../../etc/passwd"),
    ],
)
def test_a_badly_written_value_is_refused_at_its_place(type_, text):
    """A wrong value is never guessed at, and the editor is led to it."""
    found, problems = read(type_, text)

    assert found is None
    assert [("a.md", 3, 7, "field")] == [(p.path, p.line, p.column, p.field) for p in problems]
    assert problems[0].wanted


@for_each(
    ("type_", "text", "guess"),
    [
        (Flag(), "oui", "true"),
        (Flag(), "Non", "false"),
        (Flag(), "yes", "true"),
        (Flag(), "vrai", "true"),
        (Flag(), "1", "true"),
        (Flag(), "off", "false"),
        (Flag(), "“true”", "true"),
        (Integer(), "20 places", "20"),
        (Integer(), "1 000", "1000"),
        (Integer(), "1\u202f000", "1000"),
        (Integer(), "environ 20", "20"),
        (Integer(), "“12”", "12"),
        (Integer(), "２０", "20"),
        (Degrees(90), "44,85", "44.85"),
        (Degrees(90), "44.8501°", "44.8501"),
        (Degrees(180), "0,57 O", "-0.57"),
        (Degrees(90), "44° 50′ 15″ N", "44.8375"),
        (Degrees(90), "−0.57", "-0.57"),
        (Choice(("confirmed", "cancelled", "postponed")), "annulé", "cancelled"),
        (Choice(("confirmed", "cancelled", "postponed")), "Cancelled", "cancelled"),
        (Choice(("confirmed", "cancelled", "postponed")), "canceled", "cancelled"),
        (Choice(("confirmed", "cancelled", "postponed")), "Reporté", "postponed"),
        (Choice(("onsite", "online", "hybrid")), "en ligne", "online"),
        (Choice(("onsite", "online", "hybrid")), "présentiel", "onsite"),
        (Choice(("draw", "jury", "quiz")), "tirage au sort", "draw"),
        (Choice(("header", "footer", "none")), "pied de page", "footer"),
        (Choice(("posts", "events")), "évènements", "events"),
        (Link(), "www.exemple.org", "https://www.exemple.org"),
        (Link(), "exemple.org/inscription?a=1", "https://exemple.org/inscription?a=1"),
        (Link(), "http:/exemple.org", "https://exemple.org"),
        (Link(), "htps://exemple.org", "https://exemple.org"),
        (Link(), "[Le site](https://exemple.org/a)", "https://exemple.org/a"),
        (Link(), "<https://exemple.org>", "https://exemple.org"),
        (Link(), "https://user:pw@a.example/x", "https://a.example/x"),
        (Slug(), "Été 2026", "ete-2026"),
        (Slug(), "L'été à vélo !", "l-ete-a-velo"),
        (Slug(), "a--b", "a-b"),
        (HubAddress(), "blog/un", "/blog/un/"),
        (HubAddress(), "https://ancien.example/Fête 2025/", "/fete-2025/"),
        (HubAddress(), "/blog/un.html#x y", "/blog/un.html"),
        (Zone(), "Paris", "Europe/Paris"),
        (Zone(), "europe/paris", "Europe/Paris"),
        (Zone(), "Londres", "Europe/London"),
        (Zone(), "CEST", "Europe/Paris"),
        (Zone(), "UTC+1", "Europe/Paris"),
        (Zone(), "Montréal", "America/Toronto"),
        (Zone(), "La Réunion", "Indian/Reunion"),
        (Zone(), "Europe/Pari", "Europe/Paris"),
        (Colour(), "b5451f", "#b5451f"),
        (Colour(), "#FFF", "#ffffff"),
        (Colour(), "rgb(181, 69, 31)", "#b5451f"),
        (Lang(), "Français", "fr"),
        (Lang(), "FR", "fr"),
        (Lang(), "fr_FR", "fr-FR"),
        (Lang(), "anglais", "en"),
    ],
)
def test_what_was_meant_is_offered_and_never_taken(type_, text, guess):
    """The editor mends it from the message alone; a guess that is taken would be published."""
    value, (problem,) = read(type_, text)

    assert value is None
    assert problem.wanted.startswith(f"“{guess}”, perhaps: ")
    assert read(type_, guess)[1] == []


@pytest.mark.parametrize(
    ("type_", "text"),
    [
        (Flag(), "peut-être"),
        (Integer(), "vingt"),
        (Integer(0, 10), "20 places"),
        (Integer(), "1.5"),
        (Integer(), "20-30"),
        (Degrees(90), "120,5"),
        (Choice(("draw", "jury")), "xyzzy"),
        (Link(), "un lien"),
        (Link(), "ftp://exemple.org"),
        (Slug(), "!!!"),
        (HubAddress(), "/"),
        (Zone(), "Nulle-Part"),
        (Zone(), ""),
        (Colour(), "rouge"),
        (Lang(), "klingon"),
        (Lang(), "fr et en"),
    ],
)
def test_where_there_is_no_guess_none_is_made(type_, text):
    """A wild guess costs more trust than none."""
    assert "perhaps" not in read(type_, text)[1][0].wanted


def test_choices_are_listed_nearest_first():
    """The eye stops at the first ones."""
    assert "“online”, perhaps: one of: online, onsite, hybrid" == read(Choice(("onsite", "hybrid", "online")), "onlin")[1][0].wanted


@pytest.mark.parametrize("text", ["https://camille:sesame@a.example/", "https://camille@a.example/"])
def test_a_password_in_an_address_is_not_repeated(text):
    """Messages end up in public logs."""
    problem = read(Link(), text)[1][0]

    assert "camille" not in f"{problem.found} {problem.wanted}"


@pytest.mark.parametrize("text", ["camille@exemple.org", "mailto:camille@exemple.org"])
def test_a_mail_address_is_no_page_and_is_not_repeated(text):
    """It may be somebody's own."""
    problem = read(Link(), text)[1][0]

    assert ("a mail address", "the address of a page, which begins with https://", "HB207") == (problem.found, problem.wanted, problem.code)


@pytest.mark.parametrize("text", ["“Un titre”", "‘Un titre’"])
def test_word_quotes_around_a_text_are_told(text):
    """Straight quotes belong to YAML; those of a word processor are published."""
    value, (problem,) = read(Text(), text)

    assert text == value
    assert ("HB218", Level.WARNING, "Un titre without them") == (problem.code, problem.level, problem.wanted)


@pytest.mark.parametrize("text", ["« Un titre »", "“Un” et “deux”", "L’été", "“Un titre"])
def test_quotes_that_are_meant_are_left_alone(text):
    """A title may quote."""
    assert [] == read(Text(), text)[1]


def test_straight_quotes_around_word_quotes_say_that_they_are_meant():
    """A warning that cannot be silenced teaches people to ignore warnings."""
    desk = Desk("a.md", "UTC")

    assert "“Un titre”" == Text().read(scalar("“Un titre”", plain=False), "title", desk)
    assert [] == desk.problems


def test_a_list_in_place_of_a_text_is_told_how_to_become_one():
    """`title: [Annulé]` is a list to YAML."""
    desk = Desk("a.md", "UTC")
    Text().read(Listing((scalar("Annulé"),), 3, 8), "title", desk)

    assert ("a list", "a text, between quotes where it begins with “[”") == (desk.problems[0].found, desk.problems[0].wanted)


def test_too_long_a_slug_is_told_its_length():
    """Its letters are right; an editor who is told of letters looks for the fault in vain."""
    problem = read(Slug(), "x" * 101)[1][0]

    assert ("a text of 101 characters", "a text of at most 100 characters", "HB204") == (problem.found, problem.wanted, problem.code)
