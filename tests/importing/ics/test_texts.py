"""Titles, texts and tags of a calendar."""

import pytest

from handbill.importing.ics.mask import Mask
from handbill.importing.ics.parts import parts_of
from handbill.importing.ics.texts import LONGEST_TEXT, Texts
from handbill.proofing.proof import House


def part_of(*lines: str):
    return parts_of(("BEGIN:VEVENT\n" + "\n".join(lines) + "\nEND:VEVENT\n").encode())[0][0]


def texts() -> Texts:
    return Texts(Mask(House()), "https://hub.example/")


@pytest.mark.parametrize(
    ("summary", "is_off", "wanted"),
    [
        ("Foire  aux\\nplants", False, ("Foire aux plants", False)),
        ("Annulé : Balade", True, ("Balade", False)),
        ("[CANCELLED]: Walk", True, ("Walk", False)),
        ("Canceled event: Walk", True, ("Walk", False)),
        ("Reporté : Balade", True, ("Balade", True)),
        ("Annulé : Balade", False, ("Annulé : Balade", False)),
        ("Annulation mode d’emploi", True, ("Annulation mode d’emploi", False)),
    ],
)
def test_a_title_loses_the_mark_that_a_status_says_again(summary, is_off, wanted):
    """The hub puts its own mark before it; two of them read badly."""
    assert wanted == texts().title(part_of(f"SUMMARY:{summary}"), is_off)


def test_a_title_that_is_too_long_is_cut_and_told():
    """A hub's titles have two hundred letters at most."""
    own = texts()

    assert len(own.title(part_of("SUMMARY:" + "mot " * 500), False)[0]) <= 200
    assert ["the title was cut"] == [note.what for note in own.changes]


def test_html_in_the_field_for_plain_text_becomes_markdown():
    """Google writes it so."""
    assert "un  \ndeux" == texts().body(part_of("DESCRIPTION:un<br>deux"), "")


def test_the_alternative_in_html_is_taken_only_where_there_is_no_plain_text():
    """Outlook says everything twice."""
    assert "plain" == texts().body(part_of("DESCRIPTION:plain", "X-ALT-DESC;FMTTYPE=text/html:<p>rich</p>"), "")
    assert "rich" == texts().body(part_of("DESCRIPTION: ", "X-ALT-DESC;FMTTYPE=text/html:<p>rich</p>"), "")


def test_the_events_own_page_stands_at_the_end_of_the_text_once():
    """It may have what the calendar does not."""
    url = "https://jardin.example/a"

    assert f"Venez.\n\n<{url}>" == texts().body(part_of("DESCRIPTION:Venez.", f"URL:{url}"), "")
    assert f"Voir <{url}>" == texts().body(part_of(f"DESCRIPTION:Voir {url}", f"URL:{url}"), "")
    assert "Venez." == texts().body(part_of("DESCRIPTION:Venez.", "URL:javascript:alert(1)"), "")
    assert "Venez." == texts().body(part_of("DESCRIPTION:Venez.", f"URL:{url}"), url), "members connect there"


def test_links_to_the_hub_itself_do_not_come_back():
    """A calendar of the hub links to a page that is made anew, perhaps under another address."""
    part = part_of("DESCRIPTION:Venez.\\n\\nhttps://hub.example/events/foire/", "URL:https://hub.example/events/foire/")
    own = texts()

    assert "Venez." == own.body(part, "")
    assert ["links to this hub were left out of the text, because its pages are made anew"] == [note.what for note in own.changes]


def test_a_text_as_long_as_a_book_is_cut_and_told():
    """Nobody reads it, and every build would."""
    own = texts()

    assert len(own.body(part_of("DESCRIPTION:" + "mot " * 40_000), "")) <= LONGEST_TEXT + 1
    assert [f"the text was cut after {LONGEST_TEXT} characters"] == [note.what for note in own.changes]


def test_what_names_a_person_is_told_with_its_line_and_not_repeated():
    """The report is committed, too."""
    own = texts()
    own.body(part_of("SUMMARY:x", "DESCRIPTION:à jeanne.martin@gmail.com"), "")

    assert ["line 3: a mail address was taken out: 1 ×"] == [str(note) for note in own.changes]


def test_categories_become_tags_in_the_spelling_of_the_hub():
    """“jardin” and “Jardin” would be two pages for one subject."""
    own = texts()

    assert ("Jardinage", "C", "a,b") == own.tags(part_of("CATEGORIES:jardinage,C,C++,\\,", "CATEGORIES:a\\,b"), {"jardinage": "Jardinage"})
    assert ["a category was left out: it has no letter for an address"] == [note.what for note in own.changes]
