"""From an event that changed to the posts that tell it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.hubs import load_village, moment, options, text, village, write

from handbill.authoring.notice import notices
from handbill.errors import Level, WrongUse
from handbill.kinds.post import POST
from handbill.pipeline import check

NOW = "2026-03-20 12:00"
EVENT = {"title": "Foire", "starts": "2026-04-24 14:00", "organisers": "[X]", "venue": "{name: Salle, city: Village}", "tags": "[Fête]"}
OFF = {"status": "cancelled", "status_note": '"La salle n\'est pas libre : désolés !"'}


def made(root: Path, name: str = "event:a", day: str = "", as_of: str = NOW):
    loaded, settings = load_village(as_of, root)
    return notices(loaded.hub.by_id[name], loaded.hub, settings, POST, date.fromisoformat(day) if day else None)


def hub(root: Path, **event: str) -> Path:
    return write(root, {"events/a.md": text(**{**EVENT, **event})})


def written(root: Path, **which: str) -> list[str]:
    """Write the posts of an event, and return what a check then says of all the hub's files."""
    for one in made(root, **which).made:
        write(root, {one.path: one.text})
    return [str(one) for one in check(options(root, NOW)) if one.level > Level.NOTE or one.code not in ("HB501", "HB502")]


@pytest.mark.parametrize(
    "event",
    [
        OFF,
        {**OFF, "status": "postponed"},
        {**OFF, "status": "rescheduled", "previous_starts": "[2026-04-17 14:00]"},
        {**OFF, "status": "moved_online", "join_url": "https://visio.example/a"},
        {**OFF, "starts": "2026-04-24", "ends": "2026-04-26"},
        {**OFF, "timezone": "Europe/Lisbon"},
        {**OFF, "title": '"Foire : l’« été » d\'un [autre] *monde* & <nous>"'},
        {**OFF, "status_note": '"# 1. *Voir* [là](x) | & <b>non</b> https://essai.example/ `x`"'},
    ],
)
def test_a_post_passes_every_check_at_once_and_asks_for_no_other(tmp_path, event):
    """Links, proof-reader, typography: nothing is left to mend, and nothing is proposed any more."""
    root = hub(tmp_path, **event)

    assert [] == written(root)


def test_the_post_has_what_lists_need_and_no_more(tmp_path):
    """No explanations to take out, because nothing has to be filled in."""
    (post,) = made(hub(tmp_path, **OFF)).made

    assert "content/posts/2026-03-20-annule-foire.md" == post.path
    expected = (
        '---\ntitle: "Annulé : Foire"\ndate: 2026-03-20\nsummary: Le rendez-vous du vendredi 24 avril 2026 n’aura pas lieu.\ntags: [Fête]\n---\n\n'
        "Ce qui change pour [Foire](../../events/a.md) :\n\n- Date annoncée : ~~vendredi 24 avril 2026, de 14 h à 16 h~~\n\n"
        "La salle n’est pas libre : désolés !\n\nQui est abonné à notre calendrier n’a rien à faire : il se met à jour tout seul.\n"
    )
    assert expected == post.text


def test_each_language_of_the_event_gets_its_post_and_they_are_translations(tmp_path):
    """Readers of English would learn nothing from a French post."""
    root = hub(tmp_path, **OFF)
    write(root, {"events/a.en.md": text(**{**EVENT, **OFF, "title": "Fair", "tags": "[Fair]"})})

    assert [] == written(root)
    loaded, _ = load_village(NOW, root)
    french, english = loaded.hub.of_kind("post")[::-1] if loaded.hub.of_kind("post")[0].lang == "en" else loaded.hub.of_kind("post")
    assert (french, english) == loaded.hub.translations(french)
    assert ("Annulé\u00a0: Foire", "Cancelled: Fair") == (french.title, english.title)
    assert ("/posts/annule-foire/", "/en/posts/cancelled-fair/") == (french.address, english.address)


def test_a_language_that_does_not_tell_the_change_yet_gets_none_and_it_is_said(tmp_path):
    """The same edit was forgotten in the translation."""
    root = hub(tmp_path, **OFF)
    write(root, {"events/a.en.md": text(**{**EVENT, "title": "Fair", "tags": "[Fair]"})})

    found = made(root)
    assert ["content/posts/2026-03-20-annule-foire.md"] == [one.path for one in found.made]
    assert ["events/a.en.md does not tell of this change yet: make the same edit there, then call this again"] == list(found.notices)


def test_a_second_change_of_one_day_gets_a_name_of_its_own(tmp_path):
    """Cancelled, on again, cancelled: nothing is written over."""
    root = hub(tmp_path, **OFF)
    assert [] == written(root)

    assert ["content/posts/2026-03-20-annule-foire-2026.md"] == [one.path for one in made(root).made]


@pytest.mark.parametrize(
    ("expected", "day"),
    [
        ("nouvelle-date-corvee-de-bois-11-avril-2026", ""),
        ("nouvelle-date-corvee-de-bois-11-avril-2026", "2026-04-11"),
        ("nouvelle-date-corvee-de-bois-11-avril-2026", "2026-04-18"),
        ("annule-corvee-de-bois-13-juin-2026", "2026-06-13"),
    ],
)
def test_of_a_series_the_date_is_told_that_changed(tmp_path, expected, day):
    """By the day announced or by the new one; without a day, the one that matters first."""
    (post,) = made(village(tmp_path), "event:corvee", day).made

    assert f"content/posts/2026-03-20-{expected}.md" == post.path


@pytest.mark.parametrize(
    ("message", "name", "day"),
    [
        ("nothing changed on 2026-05-02; --date can be: 2026-04-11, 2026-06-13", "event:corvee", "2026-05-02"),
        ("events/2026/fete.md tells of no change to a date that is still to come", "event:fete", ""),
    ],
)
def test_without_a_change_there_is_nothing_to_tell(tmp_path, message, name, day):
    """The event's own file comes first: everything else follows from it."""
    with pytest.raises(WrongUse, match=message):
        made(village(tmp_path), name, day)


def test_what_nobody_knows_of_needs_no_notice(tmp_path):
    """An event that appears tomorrow can still be changed in silence."""
    loaded, settings = load_village(NOW, hub(tmp_path, **OFF, date="2026-03-21"))
    (hidden,) = loaded.hub.hidden

    with pytest.raises(WrongUse, match="not published yet"):
        notices(hidden, loaded.hub, settings, POST)


def test_a_whole_series_is_told_once(tmp_path):
    """And its later dates are counted."""
    root = hub(tmp_path, **OFF, recurrence="{rule: FREQ=WEEKLY;COUNT=9}")

    (post,) = made(root).made
    assert 'title: "Annulé : Foire"\n' in post.text
    assert "summary: À partir du vendredi 24 avril 2026, toutes les dates sont annulées.\n" in post.text
    assert "et 5 autres dates\n" in post.text
    assert moment("2026-04-24 14:00") == load_village(NOW, root)[0].hub.by_id["event:a"].occurrences[0].starts
