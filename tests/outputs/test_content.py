"""From what a letter chooses to what it says."""

from dataclasses import replace

from tests.hubs import load_village, text, write
from tests.photos import png

from handbill.kinds.choosing import Entry, Section
from handbill.kinds.query import Query
from handbill.outputs.cards import Cards
from handbill.outputs.content import Part, Prose, _cards, content_of


def shown(name, *entries):
    """Return the cards of a section of the village's March letter."""
    loaded, settings = load_village()
    letter, cards = loaded.hub.by_id["issue:2026-03"], Cards(loaded.hub, settings, "fr", settings.absolute)
    return tuple(_cards(Section(Query(name), entries), letter, loaded.hub, cards, settings.absolute))


def test_later_dates_of_the_same_fate_stand_with_the_first():
    """One entry says all, whether on the page of the letter or in the mail."""
    item = load_village()[0].hub.by_id["event:corvee"]
    first, second, *_ = item.occurrences

    (card,) = shown("changes", Entry(item, first, (second,)))
    assert first.starts.isoformat() == card.when.starts
    assert [second.starts.isoformat()] == [one.starts for one in card.also]


def test_other_sections_have_no_such_dates():
    """What comes is listed date by date."""
    item = load_village()[0].hub.by_id["event:fete"]

    (card,) = shown("events", Entry(item, item.occurrences[0]))
    assert () == card.also


def test_among_the_changes_an_event_is_not_described_again():
    """What became of it is the news."""
    item = load_village()[0].hub.by_id["event:fete"]

    for name, expected in (("changes", ""), ("events", item.summary)):
        (card,) = shown(name, Entry(item, item.occurrences[0]))
        assert expected == card.summary


def test_what_stands_several_times_is_described_once():
    """Four dates of a workshop are four lines, not four times the same sentence."""
    item = load_village()[0].hub.by_id["event:corvee"]

    assert [item.summary, ""] == [one.summary for one in shown("events", *(Entry(item, when) for when in item.occurrences[:2]))]


def test_a_correction_says_what_is_right_instead_of_what_the_letter_was_about():
    """Whoever read the wrong date needs the right one."""
    item = load_village()[0].hub.by_id["issue:2026-02"]

    (card,) = shown("corrections", Entry(item, note="Le 24, pas le 25."))
    assert "Le 24, pas le 25." == card.summary


def test_a_letter_tells_what_a_page_tells_beside_its_entry(tmp_path):
    """No page is at hand: whether a wheelchair gets in, whether one can sign up, and how many came."""
    place = "{name: Grange, accessibility: {step_free_entrance: yes, adapted_toilet: no}}"
    signup = "{url: https://inscription.example/x, closes: 2026-04-20 12:00, full: true, waitlist: true}"
    files = {
        "events/a.md": text(title="A", date="2026-03-01", starts="2026-04-24 14:00", organisers="[X]", venue=place, registration=signup),
        "events/b.md": text(
            title="B", date="2026-03-01", starts="2026-04-04 14:00", organisers="[X]", venue=place, recap="../content/posts/b.md",
            attendance="{attended: 31}",
        ),
        "content/posts/b.md": text(title="Bilan", date="2026-04-05"),
        "newsletters/2.md": text(number="2", subject="Avril", date="2026-04-15 18:00", sections="[events, recaps]"),
    }  # fmt: skip
    loaded, settings = load_village("2026-06-01 12:00", write(tmp_path, files))
    (item,) = loaded.hub.of_kind("issue")
    _, events, recaps = content_of(item, loaded.hub, Cards(loaded.hub, settings, "fr", settings.absolute), settings.absolute)

    (event,), (report,) = events.cards, recaps.cards
    assert "waitlist" == event.takes
    assert (("step_free_entrance", "yes"), ("adapted_toilet", "no")) == event.access
    assert "https://essai.example/events/a/event.ics" == event.calendar
    assert (0, 31) == (event.came, report.came)


BODY = """Avant.

```section
show: events
title: Ce mois-ci
layout: list
```

Après.

```section
show: sponsor
name: Menuiserie du Quai
link: https://quai.example/
text: Des chutes le vendredi.
picture: quai.png
picture_alt: Un rabot
```
"""


def content(folder, complete=str):
    """Return what a letter with two sections in its text says."""
    files = {
        "events/fair.md": text(title="Foire", date="2026-03-01", starts="2026-04-24 14:00", organisers="[X]", venue="{name: Place}"),
        "newsletters/2.md": text(BODY, number="2", subject="Avril", date="2026-04-15 18:00", sections="[posts]"),
        "newsletters/quai.png": png(width=3, height=2),
        "content/posts/a.md": text(title="Outil", date="2026-04-05"),
    }
    loaded, settings = load_village("2026-06-01 12:00", write(folder, files))
    (item,) = loaded.hub.of_kind("issue")
    assert () == tuple(one for one in loaded.problems if one.level.name == "ERROR")
    return content_of(item, loaded.hub, Cards(loaded.hub, settings, "fr", settings.absolute), settings.absolute)


def test_texts_and_sections_stand_in_the_order_in_which_they_were_written(tmp_path):
    """Regenerating never moves a hand-written line; what is named in the front matter follows the text."""
    first, events, second, sponsor, posts = content(tmp_path)

    assert (Prose("<p>Avant.</p>", "Avant."), Prose("<p>Après.</p>", "Après.")) == (first, second)
    assert ("events", "Ce mois-ci", "list", ["Foire"]) == (events.name, events.title, events.layout, [one.title for one in events.cards])
    assert Part("posts", posts.cards) == replace(posts, cards=posts.cards)
    assert ["Outil"] == [one.title for one in posts.cards]
    assert "sponsor" == sponsor.name


def test_a_sponsor_is_shown_with_name_words_address_and_mark(tmp_path):
    """Whoever pays is named, and what they say is told from what the community says."""
    (card,) = content(tmp_path)[3].cards

    assert ("Menuiserie du Quai", "https://quai.example/", "Des chutes le vendredi.") == (card.title, card.address, card.summary)
    assert ("Un rabot", 3, 2) == (card.picture.alt, card.picture.width, card.picture.height)
    assert card.picture.address.startswith("https://")


def test_why_a_date_was_changed_is_told_once(tmp_path):
    """Two sections in a row gave the same bad news twice."""
    moved = {"status": "rescheduled", "status_note": "Une raison.", "updated": "2026-04-10 10:00", "previous_starts": "[2026-04-23 14:00]"}
    files = {
        "events/moved.md": text(title="Foire", date="2026-03-01", starts="2026-04-24 14:00", organisers="[X]", venue="{name: Place}", **moved),
        "newsletters/1.md": text("Mars.", number="1", subject="Mars", date="2026-03-15 18:00", sections="[events]"),
        "newsletters/2.md": text("Avril.", number="2", subject="Avril", date="2026-04-15 18:00", sections="[changes, events]"),
    }
    loaded, settings = load_village("2026-06-01 12:00", write(tmp_path, files))
    item = next(one for one in loaded.hub.of_kind("issue") if one.facts.number == 2)

    _, changes, events = content_of(item, loaded.hub, Cards(loaded.hub, settings, "fr"), settings.local)
    assert ["Une raison."] == [one.when.note for one in changes.cards]
    assert [("", "rescheduled", ())] == [(one.when.note, one.when.status, one.when.awaited) for one in events.cards]
