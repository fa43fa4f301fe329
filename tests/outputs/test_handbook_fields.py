"""The tables of fields as pages of the handbook, in English and in French."""

from __future__ import annotations

import pytest

from handbill.kinds import KINDS
from handbill.outputs.handbook_fields import fields_page
from handbill.telling import LANGUAGES


def section(page: str, heading: str) -> str:
    return page.split(f"\n## {heading}\n")[1].split("\n## ")[0]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_field_of_every_kind_is_on_the_page_with_its_parts(lang):
    """A part such as venue.access is as much a field as its whole."""
    page = fields_page(KINDS, lang)

    for kind in KINDS:
        assert f"`{kind.folder}/`" in page
        for one in kind.fields:
            assert f"| `{one.name}`{' ★' if one.required else ''} |" in page
    assert "| `venue.access` |" in page
    assert "| `recurrence.changes[].on` ★ |" in page


def test_a_field_is_told_with_its_default_its_words_and_its_form():
    """Without the default, an editor writes it out each time."""
    line = next(line for line in fields_page(KINDS, "en").splitlines() if line.startswith("| `mode`"))

    assert "; default: `onsite`<br>`onsite`: members come to the place<br>`online`: members connect" in line
    assert line.endswith("<br><small>one of: onsite, online, hybrid: `hybrid`</small> |")


def test_a_group_shows_how_its_keys_are_written():
    """That a venue is no text is the first thing to know of it."""
    assert "<small>keys, below: `{name: Quay workshop}`</small>" in section(fields_page(KINDS, "en"), "An event")
    assert "<small>a list of keys, below: `[{name: A set of wood chisels}]`</small>" in section(fields_page(KINDS, "en"), "A contest")


def test_the_french_page_is_french():
    """It is the page that editors of this community look things up in."""
    event = section(fields_page(KINDS, "fr"), "Un évènement")

    assert "| `price` | le prix\u00a0; sans cette ligne, c’est gratuit<br>" in event
    assert "`postponed`\u00a0: il attend une nouvelle date" in event
    assert "`De plain-pied, boucle magnétique`" in event
    assert fields_page(KINDS, "fr").startswith("---\ntitle: Les champs\n")


def test_a_replaced_common_field_is_told_in_its_own_kind_alone():
    """A letter's title may be left out, a post's may not; that of a person or a place is a name."""
    page = fields_page(KINDS, "en")

    assert "What is said here of `title`, `date` replaces what is said above." in section(page, "A letter")
    assert "What is said here of `title` replaces what is said above." in section(page, "A person")
    assert "What is said here of `title` replaces what is said above." in section(page, "A place")
    assert 3 == page.count("replaces what is said above")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_stands_in_the_text_of_a_letter_is_told_with_its_fields(lang):
    """A section is asked for there, and nothing else says what it can be told."""
    page = section(fields_page(KINDS, lang), "A letter" if lang == "en" else "Une lettre")
    fields = next(kind.blocks.fields for kind in KINDS if kind.blocks)

    assert [] == [one.name for one in fields if f"| `{one.name}`{' ★' if one.required else ''} |" not in page.split("\n### ")[1]]
