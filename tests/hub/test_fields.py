"""Tables of keys become typed values, or problems: unknown, missing, misplaced, all at once."""

import pytest
from tests.cases import for_each

from handbill.errors import Level
from handbill.hub.fields import (
    Choice,
    Degrees,
    Desk,
    Field,
    Flag,
    Group,
    Integer,
    Listing,
    Many,
    Scalar,
    Table,
    Text,
    Unread,
    When,
    read_table,
)
from handbill.kinds import KINDS


def scalar(text, plain=True):
    return Scalar(text, plain, 3, 7)


def table_of(**values):
    """Return a table in which each key and value has a line of its own."""
    nodes = {key: value if isinstance(value, (Scalar, Listing, Table, Unread)) else scalar(value) for key, value in values.items()}
    return Table(tuple((Scalar(key, True, line, 1, len(key)), node) for line, (key, node) in enumerate(nodes.items(), 2)), 1, 1)


def problems_of(fields, sign=": ", elsewhere=None, **values):
    desk = Desk("a.md", "Europe/Paris", sign=sign)
    read_table(table_of(**values), fields, desk, elsewhere=elsewhere)
    return [(one.field, one.found, one.wanted, one.code) for one in desk.problems]


def test_nothing_written_means_nothing_there_but_quotes_mean_a_text():
    """`title:` with nothing behind it is absent; `""` is an empty text, and is told."""
    fields = [Field("a", Text(), "", default="x"), Field("b", Text(may_be_empty=True), "", default="x")]
    desk = Desk("a.md", "UTC")
    table = Table(((scalar("a"), scalar("~")), (scalar("b"), scalar("", plain=False))), 1, 1)

    assert {"a": "x", "b": ""} == read_table(table, fields, desk)


def test_every_problem_of_a_table_is_told_at_once():
    """An editor who mends one fault and finds the next loses heart."""
    fields = [Field("n", Integer(), ""), Field("title", Text(), "", required=True)]
    desk = Desk("a.md", "UTC")

    read_table(Table(((scalar("xyzzy"), scalar("x")), (scalar("n"), scalar("y"))), 1, 1), fields, desk)

    assert ["HB202", "HB201", "HB203"] == [p.code for p in desk.problems]


def test_a_single_value_stands_for_a_list_of_one():
    """`tags: bois` is what people write first."""
    desk = Desk("a.md", "UTC")

    assert ("bois",) == Many(Text()).read(scalar("bois"), "tags", desk)
    assert ("a", "b") == Many(Text()).read(Listing((scalar("a"), scalar("b")), 1, 1), "tags", desk)


def test_a_fault_inside_a_group_names_the_whole_path():
    """`venue.latitude` says where to look; `latitude` alone may be anywhere."""
    desk = Desk("a.md", "UTC")
    group = Group((Field("latitude", Degrees(90), ""),))

    group.read(Table(((scalar("latitude"), scalar("x")),), 1, 1), "venue", desk)

    assert "venue.latitude" == desk.problems[0].field


EVENT = next(kind for kind in KINDS if kind.name == "event").all_fields
POST = next(kind for kind in KINDS if kind.name == "post").all_fields


@for_each(
    ("fields", "written", "meant"),
    [
        (POST, "titel", "title"),
        (POST, "Title", "title"),
        (POST, "TITRE", "title"),
        (POST, "auteur", "authors"),
        (POST, "Mots-clés", "tags"),
        (POST, "category", "tags"),
        (POST, "étiqettes", "tags"),
        (POST, "image", "picture"),
        (POST, "cover", "picture"),
        (POST, "alt", "picture_alt"),
        (POST, "picture-alt", "picture_alt"),
        (POST, "description", "summary"),
        (POST, "résumé", "summary"),
        (POST, "brouillon", "draft"),
        (POST, "langue", "lang"),
        (POST, "lastmod", "updated"),
        (EVENT, "début", "starts"),
        (EVENT, "start", "starts"),
        (EVENT, "dtstart", "starts"),
        (EVENT, "fin", "ends"),
        (EVENT, "end", "ends"),
        (EVENT, "lieu", "venue"),
        (EVENT, "location", "venue"),
        (EVENT, "organisateur", "organisers"),
        (EVENT, "tarif", "price"),
        (EVENT, "fuseau horaire", "timezone"),
        (EVENT, "inscriptions", "registration"),
    ],
)
def test_an_unknown_field_is_led_to_the_one_that_was_meant(fields, written, meant):
    """By spelling, by meaning and by likeness: nobody learns the names of fields by heart."""
    desk = Desk("a.md", "UTC")

    read_table(Table(((scalar(written), scalar("x")),), 1, 1), fields, desk)

    assert f"“{meant}”, perhaps" == desk.problems[0].wanted


def test_a_misspelt_name_is_not_told_a_second_time_as_missing():
    """Two messages for one slip make people look for a second one."""
    fields = [Field("title", Text(), "", required=True)]

    assert [("titel", "an unknown field", "“title”, perhaps", "HB202")] == problems_of(fields, titel="x")


def test_a_name_nobody_can_guess_is_shown_what_there_is_nearest_first():
    """The list is long, and what was meant is most often near."""
    fields = [Field(name, Text(), "") for name in ("alpha", "beta", "xyz")]

    assert [("xq", "an unknown field", "one of: xyz, alpha, beta", "HB202")] == problems_of(fields, xq="x")


def test_a_second_word_for_a_field_that_is_there_is_to_be_taken_out():
    """`titre` below `title`: renaming it would only make the next error."""
    fields = [Field("title", Text(), "")]

    assert "what it says in “title”, which is there already, or the line taken out" == problems_of(fields, title="x", titre="y")[0][2]


def test_an_invisible_sign_in_a_name_is_told_as_such():
    """“title” is wanted where “title” stands: that is a riddle."""
    desk = Desk("a.md", "UTC")
    read_table(Table(((scalar("title\u00a0"), scalar("x")),), 1, 1), [Field("title", Text(), "")], desk)

    assert ("a field with an invisible sign in its name", "“title”, typed anew") == (desk.problems[0].found, desk.problems[0].wanted)


def test_a_key_that_lost_its_indentation_is_led_back_below_its_group():
    """`venue:` and below it `name:` at the margin is the usual slip."""
    assert [("city", "an unknown field", "it two spaces to the right, below “venue:”", "HB202")] == problems_of(EVENT, venue="", city="Bordeaux", title="x", starts="2026-05-01", organisers="a")


def test_a_field_of_another_kind_says_where_the_file_belongs():
    """An event among the posts: renaming `starts` would not help."""
    (problem,) = problems_of(POST, elsewhere={"starts": "events/"}, title="x", starts="2026-05-01")

    assert "the file in events/, where such a field belongs, or the line taken out" == problem[2]


def test_a_missing_field_is_shown_by_example():
    """“A text of at most 200 characters” does not say what to type."""
    fields = [Field("title", Text(200), "", required=True, example="Foire"), Field("n", Integer(), "", required=True, example="12")]

    assert ["a line such as title: Foire", "a line such as n: 12"] == [one[2] for one in problems_of(fields)]
    assert ['a line such as title = "Foire"', "a line such as n = 12"] == [one[2] for one in problems_of(fields, sign=" = ")]
    assert [("title", "an empty text", "a line such as title: Foire", "HB201")] == problems_of(fields[:1], title=scalar("  ", plain=False))


def test_a_missing_list_of_groups_is_shown_by_its_first_line():
    """Hyphen and indentation are what people get wrong."""
    fields = [Field("prizes", Many(Group((Field("name", Text(), "", example="Coffret"),))), "", required=True)]

    assert "a line “prizes:” and below it, two spaces to the right, “- name: Coffret”" == problems_of(fields)[0][2]


def test_a_text_in_place_of_a_group_is_shown_where_it_goes():
    """`venue: Halle` is what one writes first."""
    group = Field("venue", Group((Field("name", Text(), "", example="Atelier"), Field("city", Text(), ""))), "")

    assert [("venue", "“Halle”", "“venue:” alone and below it, two spaces to the right, “name: Halle”", "HB201")] == problems_of([group], venue="Halle")
    assert "the keys name, city, without hyphens" == problems_of([group], venue=Listing((scalar("a"),), 1, 1))[0][2]


def test_what_could_not_be_taken_apart_is_not_told_again():
    """Its own fault was put down where it stands."""
    assert [] == problems_of([Field("title", Text(), "", required=True)], title=Unread(3, 1))


def test_a_list_written_as_one_text_is_told():
    """`tags: bois, outils` makes one tag of that name, with a page nobody asked for."""
    desk = Desk("a.md", "UTC")

    assert ("bois, outils",) == Many(Text()).read(scalar("bois, outils"), "tags", desk)
    (problem,) = desk.problems
    assert ("HB217", Level.WARNING, "brackets around them: [bois, outils]") == (problem.code, problem.level, problem.wanted)


def test_quotes_say_that_a_comma_is_meant():
    """“Ciseaux, limes et râpes” may well be one tag."""
    desk = Desk("a.md", "UTC")
    Many(Text()).read(scalar("Ciseaux, limes", plain=False), "tags", desk)

    assert [] == desk.problems


def test_a_list_of_other_values_written_as_one_is_refused_with_its_brackets():
    """Two dates in one text are no date."""
    desk = Desk("a.md", "UTC")

    assert Many(When()).read(scalar("2026-05-01, 2026-05-08"), "except", desk) is None
    assert ["brackets around them: [2026-05-01, 2026-05-08]"] == [one.wanted for one in desk.problems]
    assert Many(Choice(("a", "b"))).read(scalar("a; b"), "sections", desk) is None
    assert "brackets around them: [a, b]" == desk.problems[1].wanted


def test_a_list_says_which_of_its_entries_is_wrong():
    """The third of five, not “the list”."""
    desk = Desk("a.md", "UTC")
    Many(Flag()).read(Listing((scalar("true"), scalar("maybe")), 1, 1), "flags", desk)

    assert ["flags[2]"] == [one.field for one in desk.problems]


def test_an_hour_alone_is_completed_from_the_field_it_comes_after():
    """`ends: 18:30` means the day on which it starts."""
    fields = [Field("starts", When(), ""), Field("ends", When(), "", after="starts")]

    assert [("ends", "“18h30”")] == [one[:2] for one in problems_of(fields, starts="2026-05-01 14:00", ends="18h30")]
    assert problems_of(fields, starts="2026-05-01 14:00", ends="18h30")[0][2].startswith("“2026-05-01 18:30”, perhaps")
    assert problems_of(fields, ends="18h30")[0][2] == When().wanted


def test_a_word_of_another_kind_that_is_one_slip_from_a_field_means_the_field():
    """Contests have an organiser and events have organisers: nobody moves an event to the contests for an s."""
    fields = [Field("organisers", Many(Text()), "", required=True)]

    (problem,) = problems_of(fields, elsewhere={"organiser": "content/contests/"}, organiser="Les amis")

    assert ("organiser", "“organisers”, perhaps") == (problem[0], problem[2])


@pytest.mark.parametrize(("said_there", "said_here"), [("false", "draft: true"), ("true", "draft: false")])
def test_published_is_turned_into_draft(said_there, said_here):
    """Other tools say the opposite word; renaming the field alone would publish what should wait."""
    fields = [Field("date", When(), ""), Field("draft", Flag(), "")]

    assert f"“{said_here}”, perhaps" == problems_of(fields, date="2026-05-01", published=said_there)[0][2]


def test_an_entry_of_a_list_is_shown_as_it_stands_in_brackets_and_behind_a_hyphen():
    """Nobody can write a line “prizes[1]:”."""
    fields = [Field("prizes", Many(Group((Field("name", Text(), "", example="Un livre"),))), "")]
    entries = Listing((scalar("Un livre"), scalar("Un stylo, bleu", plain=False)), 3, 7)

    assert ["“{name: Un livre}” in its place", '“{name: "Un stylo, bleu"}” in its place'] == [
        one[2] for one in problems_of(fields, prizes=entries)
    ]


def test_a_group_whose_colons_have_no_space_is_not_quoted_into_itself():
    """“name: name:Place” was once offered for `name:Place`."""
    fields = [Field("venue", Group((Field("name", Text(), "", example="Quai"), Field("city", Text(), ""))), "")]

    (problem,) = problems_of(fields, venue="name:Place du marché city:Bordeaux")

    assert "a space after each colon, such as name: Place du marché" == problem[2]


def test_days_of_a_list_are_written_one_by_one():
    """A list of dates has no field for its end."""
    fields = [Field("except", Many(When()), "")]

    (problem,) = problems_of(fields, **{"except": "2026-07-01 au 2026-08-31"})

    assert "each date by itself, between brackets: [2026-05-02, 2026-05-09]" == problem[2]
