"""A block is written so that it asks exactly what was meant, and says on comments what that shows."""

from tests.hubs import load_village, write

from handbill.composing.choices import Choice, Chosen
from handbill.composing.sections import NAMED, section_lines
from handbill.errors import said
from handbill.kinds.query import Query


def lines(query, choice=None, pins=(), lang="en", is_first=False):
    return list(section_lines(query, pins, choice, "newsletters", "20 March 2026", lang, is_first))


def choice(*entries, left_out=0):
    return Choice("events", "", "cards", 12, 0, said("contests open on {day}", day="x"), entries, left_out)


def test_what_is_usual_is_not_written():
    """Twelve lines of defaults would hide the one that matters."""
    assert ["```section", "show: events", "```"] == lines(Query("events"))


def test_a_block_reads_back_as_the_query_that_it_was_made_of(hub):
    """A comma in a title must not become a second tag."""
    query = Query("events", "Ce mois-ci : tout", "list", 6, 30, None, ("bois", "outils, à main"), "salle")
    body = "\n".join(lines(query, pins=("../events/2026/fete.md",)))
    write(hub, {"newsletters/3.md": f"---\nnumber: 3\nsubject: X\ndate: 2026-03-19\n---\n\n{body}\n"})
    loaded, _ = load_village(root=hub)
    (found,) = next(one for one in loaded.hub.items if one.source == "newsletters/3.md").facts.placed

    assert ("events", "list", 6, 30, ("bois", "outils, à main"), "salle", 1) == (
        found.show, found.layout, found.limit, found.ahead, found.tags, found.venue, len(found.pins),
    )  # fmt: skip
    assert query.title == found.title.replace("\u00a0", " ")


def test_what_it_shows_stands_on_comments_with_paths_from_the_letter():
    """They can be copied behind pin and except as they are."""
    told = lines(Query("events"), choice(Chosen("La fête", "events/2026/fete.md", "/events/fete/", "2026-04-18T14:00:00+02:00")))

    assert "# - 2026-04-18 14:00 · La fête · ../events/2026/fete.md" in told
    assert all(line.startswith("#") for line in told[2:-1])


def test_a_section_that_finds_nothing_says_so():
    """Its editor waits for a heading that will not come."""
    assert "# As of 20 March 2026, contests open on x: nothing so far, and an empty section does not appear." in lines(
        Query("events"), choice()
    )


def test_of_many_entries_the_first_are_named_and_the_others_counted():
    """A file of a hundred comment lines is no letter."""
    many = choice(*(Chosen(f"Atelier {n}", "", "") for n in range(NAMED + 3)), left_out=2)

    assert lines(Query("events"), many)[-3:] == ["# - and 3 more", "# 2 more are left out, for limit is 12.", "```"]


def test_the_first_block_tells_how_a_choice_is_changed():
    """In French for French editors, and once."""
    assert "En tête" in "\n".join(lines(Query("events"), choice(Chosen("La fête", "", "")), lang="fr", is_first=True))
    assert "En tête" not in "\n".join(lines(Query("events"), choice(Chosen("La fête", "", "")), lang="fr"))
