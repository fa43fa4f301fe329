"""The letters of the hub in this repository: what a newcomer sees first, and copies.

Made from their sources, also those that are frozen: what is frozen shows how
letters looked then, these how they look now.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from tests.hubs import moment

from handbill.kinds.choosing import sections
from handbill.kinds.query import LAYOUTS, SORTS
from handbill.layout import ARCHIVE
from handbill.outputs import letters
from handbill.outputs.mail.fragment import links
from handbill.outputs.mail.record import Letter
from handbill.outputs.mail.weight import MOST, MOST_SENT, MOST_STYLE, weight_of
from handbill.reading.bundles import read_archive
from handbill.reading.load import load
from handbill.settings import read_settings

REPOSITORY = Path(__file__).parent.parent

#: When the last of them is sent.
THEN = "2026-12-31 12:00"

#: The day on which the demo stands: what was sent before is frozen.
SENT = "2026-11-21 12:00"

#: How many there are, by letter and language.
ALL = {("main", "fr"): 12, ("main", "en"): 2, ("agenda", "fr"): 6}


@cache
def kept():
    """Return the hub as it is, with its settings."""
    settings = read_settings(REPOSITORY)
    return load(settings, moment(THEN), None).hub, settings


@cache
def demo():
    """Return the hub with all its letters, none of them frozen, and its settings."""
    hub, settings = kept()
    return replace(hub, frozen={}), settings


@cache
def records() -> dict[str, Letter]:
    """Return the record of each letter, by its address."""
    return {one.work.address: one.work for one in letters.plan(*demo())}


@cache
def made() -> dict[str, str]:
    """Return each form of each letter but the mails, by its path."""
    plan = [one for one in letters.plan(*demo()) if not one.path.endswith(".eml")]
    return {one.path: one.content.decode() for one in letters.make(plan, demo()[1], Path("nowhere"))}


def forms(ending: str) -> dict[str, str]:
    return {path: content for path, content in made().items() if path.endswith(ending)}


def test_there_are_letters_of_every_sort():
    """The tests below would hold for no letter at all."""
    assert ALL == Counter((item.facts.letter, item.lang) for lang in ("fr", "en") for item in demo()[0].of_kind("issue", lang))
    assert sum(ALL.values()) == len(forms("mail.html")) == len(forms("mail.txt"))


def test_every_sort_of_section_and_every_layout_is_shown_somewhere():
    """What the demo does not show, a newcomer does not find."""
    parts = [part for letter in records().values() for part in letter.parts]

    assert set(SORTS) == {part.name for part in parts}
    assert set(LAYOUTS) == {part.layout for part in parts}


def test_every_section_that_an_editor_placed_shows_something():
    """A heading that was typed for nothing would vanish without a word, and the sentence after it would hang in the air."""
    hub, _ = demo()
    for lang in ("fr", "en"):
        for item in hub.of_kind("issue", lang):
            shown = {section.query.place for section in sections(item, hub)}

            assert {query.place for query in item.facts.placed} <= shown, item.source


def test_no_date_of_an_event_is_told_twice_by_one_letter():
    """Somebody would look for the difference.  What became of an earlier announcement may stand beside what comes."""
    for address, letter in records().items():
        cards = [card for part in letter.parts if part.name != "changes" for card in part.cards]
        told = Counter((card.address, card.when.starts) for card in cards if card.when)

        assert [] == [one for one, times in told.items() if times > 1], address


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_letter_is_written_by_hand_in_the_first_place(lang):
    """A list of links is no letter.  Between what is gathered stand sentences, and somebody signs."""
    for item in demo()[0].of_kind("issue", lang):
        letter = records()[demo()[1].absolute(item.address)]

        assert letter.prose
        # The last sentence is a name, or two.
        assert re.search(r"(?:^|\n)(?:Théo|Camille|Théo et Yanis)\s*$", letter.prose[-1].text), item.source


def test_every_letter_is_light_enough_for_every_mailbox():
    """Gmail cuts a longer one, and the way out of the list is at its end."""
    for path, content in forms("mail.html").items():
        weight = weight_of(content)

        assert weight.own <= MOST, path
        assert weight.sent <= MOST_SENT, path
        assert MOST_STYLE >= sum(len(style.encode()) for style in re.findall(r"<style[^>]*>(.*?)</style>", content, re.DOTALL)), path


def test_the_text_of_every_letter_leads_wherever_its_html_does():
    """Who reads text misses nothing."""
    for path, content in forms("mail.html").items():
        text = made()[path.replace("mail.html", "mail.txt")]

        assert set(map(html.unescape, links(content))) <= set(re.findall(r"https?://[^\s<>]+", text)), path


def test_the_text_of_every_letter_fits_a_terminal():
    """Only an address may be longer, alone on its line: broken, it would lead nowhere."""
    for path, content in forms("mail.txt").items():
        for line in content.splitlines():
            assert len(line) <= 78 or re.fullmatch(r"\s*<?https?://\S+>?", line), (path, line)
        assert "\n\n\n" not in content, path


def test_nothing_is_fetched_from_elsewhere_by_any_letter():
    """A picture from elsewhere would tell somebody that the letter was opened."""
    base = demo()[1].base_url
    for path, content in forms("mail.html").items():
        fetched = re.findall(r"""(?:src|background|poster)=["']([^"']+)|url\(["']?([^)"']+)""", content)

        assert [] == [one for one in ("".join(found) for found in fetched) if not one.startswith((base, "data:"))], path


def test_a_sponsor_is_always_named_as_one():
    """Readers have the right to know; the editor's words need not say it."""
    sponsored = [address for address, letter in records().items() if any(part.name == "sponsor" for part in letter.parts)]

    assert sponsored
    for address in sponsored:
        for form in ("mail.html", "mail.txt"):
            path = address.removeprefix(demo()[1].base_url) + form
            assert "Avec le soutien de" in made()[path]


def test_the_next_letter_tells_what_was_corrected():
    """Who does not go back to an old letter hears of it all the same."""
    [note] = [one.text for item in demo()[0].of_kind("issue", "fr") for one in item.facts.corrections]
    told = [address for address, letter in records().items() for part in letter.parts if note in {card.summary for card in part.cards}]

    assert [f"{demo()[1].base_url}newsletters/2026-10/"] == told


def test_every_letter_that_was_sent_is_kept_as_it_was_mailed():
    """A newcomer who finds a sent letter without its bundle learns that there need not be one."""
    archive = read_archive(REPOSITORY)
    sent = {item.id for lang in ("fr", "en") for item in demo()[0].of_kind("issue", lang) if item.published <= moment(SENT)}

    assert () == tuple(archive.problems)
    assert sent == {one.item for one in archive.bundles}


def test_what_was_mailed_in_november_does_not_know_of_december():
    """That is what a frozen letter is for: members have read of the walk, and the next letter takes it back."""
    november = (REPOSITORY / ARCHIVE / "11" / "mail.txt").read_text(encoding="utf-8")
    december = next(one.work for one in letters.plan(*kept()) if one.path.startswith("newsletters/2026-12/"))
    changes = {card.title: card.state for part in december.parts if part.name == "changes" for card in part.cards}

    assert ["cancelled", "postponed"] == [changes["Balade de nuit à vélo"], changes["Soirée ravaudage"]]
    assert "Fabriquer un tabouret à trois pieds" in changes
    for title in ("Balade de nuit à vélo", "Soirée ravaudage"):
        assert title in november.replace("\n  ", " ")
    assert "[ANNULÉ]" not in november
