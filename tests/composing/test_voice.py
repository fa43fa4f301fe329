"""How a letter begins, goes on and ends is seen in those before it."""

import pytest
from tests.composing.letters import FEBRUARY, MARCH, hub_with, read, section

from handbill.composing.naming import issues
from handbill.composing.voice import markdown_of, pieces_of, voice_of
from handbill.hub.fields import Desk
from handbill.kinds.query import BLOCKS, Query
from handbill.reading.blocks import take_out

EVENTS = section("events")


def sorts(markdown, *queries):
    return [one.sort for one in pieces_of(markdown, queries)]


def test_a_letter_is_taken_apart_at_its_empty_lines():
    """Greeting, rubrics, sections, signature: each goes on in its own way."""
    assert ["greeting", "prose", "section", "heading", "prose", "section", "heading", "prose", "signature"] == sorts(
        MARCH, Query("events"), Query("posts")
    )


@pytest.mark.parametrize("greeting", ["Bonsoir,", "Chers voisins, chères voisines,", "Hello all!", "*Bonjour,*"])
def test_a_short_first_line_that_ends_like_a_greeting_is_one(greeting):
    """It is the same each month."""
    assert ["greeting", "prose"] == sorts(f"{greeting}\n\nIl a plu tout le mois.")


@pytest.mark.parametrize("sentence", ["Il a plu.", "Bonsoir, il a plu tout le mois, et nous avons réparé des parapluies, des bottes,"])
def test_a_sentence_is_no_greeting(sentence):
    """It was about one month, and would be wrong in the next."""
    assert ["prose", "prose"] == sorts(f"{sentence}\n\nIl a plu tout le mois.")


@pytest.mark.parametrize("signature", ["Théo", "À jeudi,\nThéo", "L'équipe de l'atelier"])
def test_a_short_last_line_is_the_signature(signature):
    """Somebody signs each letter with the same name."""
    assert "signature" == sorts(f"Bonsoir,\n\nIl a plu.\n\n{signature}")[-1]


@pytest.mark.parametrize(
    "end",
    [
        "Rallumez quelque chose.",
        "- un point",
        "[Un lien](../a.md)",
        "**[Un bouton](../a.md)**",
        "```\nde la toile\n```",
        "~~~\ndu fil\n~~~",
    ],
)
def test_a_sentence_a_list_a_button_and_code_are_no_signature(end):
    """They belong to one letter."""
    assert "prose" == sorts(f"Bonsoir,\n\n{end}")[-1]


def test_code_in_fences_is_no_section_and_is_not_torn_apart():
    """A letter may show a piece of Markdown."""
    assert ["prose"] == sorts("~~~text\n\n```section\nshow: events\n```\n\n~~~")


@pytest.mark.parametrize(
    ("expected", "markdown"),
    [
        (["section", "prose"], f"{EVENTS}\nIl a plu."),
        (["prose", "section", "prose"], f"Il a plu.\n{EVENTS}\nIl a plu."),
        (["prose", "section"], f"``` un `mot` entre accents.\n\n{EVENTS}"),
        (["prose", "section"], f"```text\nde travers\n    ```\n\n```\n\n{EVENTS}"),
        (["prose"], f"~~~~text\n{EVENTS}\n~~~\n\n~~~~"),
        (["prose"], "```Section\nshow: events\n```"),
        (["section"], "   ~~~ section et la suite\nshow: events\n   ~~~~"),
    ],
)
def test_sections_are_those_that_the_letter_was_read_with(expected, markdown):
    """One more or less, and each after it would be asked what another one was."""
    values = take_out(markdown, 1, BLOCKS, Desk("newsletters/a.md", "UTC")).values

    assert expected == sorts(markdown, *(one.query for one in values), Query("posts"))
    assert len(values) == expected.count("section")


def test_an_empty_line_within_a_section_does_not_end_it():
    """An editor leaves room to breathe."""
    assert ["section", "signature"] == sorts(section("events", "", "limit: 3") + "\n\nThéo", Query("events"))


def test_only_what_comes_again_comes_again(tmp_path):
    """A heading of both letters, and of the sections what they ask without what they were called once."""
    root = hub_with(tmp_path)
    hub, _ = read(root)
    voice = voice_of([(one, markdown_of((root / one.source).read_bytes())) for one in issues(hub)])

    assert ["Bonsoir,", "", "## Le tour de main", "", "Théo", ""] == [one.text for one in voice.pieces]
    assert [("events", "", "list", 60, 3), ("posts", "", "cards", 45, 12), ("changes", "", "cards", 45, 12)] == [
        (one.show, one.title, one.layout, one.ahead, one.limit) for one in voice.sections
    ]


def test_the_text_below_the_front_matter_is_all_that_counts():
    """Comments of the front matter are no headings."""
    assert "Bonjour." == markdown_of(b"---\n# a comment\nnumber: 1\n---\n\nBonjour.\n")
    assert "" == markdown_of(b"\xff")
    assert FEBRUARY.startswith("Bonsoir")
