"""Frozen letters at their public addresses."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest
from tests.frozen import PICTURE, archive, letter
from tests.hubs import load_village, village

from handbill.errors import ContentProblems
from handbill.examining import _plan
from handbill.outputs import frozen, site
from handbill.outputs.cards import Cards
from handbill.outputs.content import Part, content_of
from handbill.outputs.planned import settled
from handbill.reading.manifest import read_manifest


@pytest.fixture
def root(tmp_path):
    """The village with its letter of March frozen by hand, so that it is another one than a build would make."""
    made = village(tmp_path)
    (one,) = archive(made, letter(2, item="issue:2026-03"))
    assert one.files["pictures/puits.png"].size == len(PICTURE)
    return made


def planned(root, as_of="2026-03-20 12:00", **changes):
    loaded, settings = load_village(as_of, root, **changes)
    return loaded.hub, settings, list(frozen.plan(loaded.hub, settings))


def test_the_mails_lie_beside_the_page_and_the_picture_where_they_look_for_it(root):
    """A link in a mail of ten years ago still shows its picture."""
    _, settings, plan = planned(root)

    expected = {"newsletters/2026-03/mail.html", "newsletters/2026-03/mail.txt", "newsletters/2026-03/mail.eml", "media/pictures/puits.png"}
    assert expected == {one.path for one in plan}
    made = {one.path: one.content for one in frozen.make(plan, settings, Path("nowhere"))}
    assert PICTURE == made["media/pictures/puits.png"]
    assert (root / "newsletters/archive/2/mail.eml").read_bytes() == made["newsletters/2026-03/mail.eml"]
    assert {one.path: one.key for one in plan} == {path: hashlib.sha256(raw).hexdigest() for path, raw in made.items()}


def test_a_letter_that_somebody_brought_into_the_archive_with_a_program_is_not_published(root):
    """Its digests may all be right: whoever writes the bytes writes them, too."""
    _, settings, plan = planned(root)
    raw = b"<!DOCTYPE html><title>x</title><p onclick='steal()'>x</p>"
    (root / "newsletters/archive/2/mail.html").write_bytes(raw)
    brought = [settled(one.path, hashlib.sha256(raw).hexdigest(), (), one.work) for one in plan if one.path.endswith("mail.html")]

    with pytest.raises(ContentProblems) as caught:
        list(frozen.make(brought, settings, Path("nowhere")))

    (problem,) = caught.value.problems
    assert ("newsletters/archive/2/mail.html", "the attribute onclick of <p>", "HB441") == (problem.path, problem.found, problem.code)


def test_a_letter_whose_date_has_not_come_is_not_shown(root):
    """It is frozen in the pull request, days before."""
    assert [] == planned(root, "2026-03-11 12:00")[2]


def test_a_picture_that_was_taken_back_stays_away(root):
    """Somebody who does not want to be shown any more has a right to it, mailed or not."""
    assert "media/pictures/puits.png" not in {one.path for one in planned(root, gone=("/media/pictures/puits.png",))[2]}


def test_of_two_who_make_a_picture_the_archive_has_the_say(root):
    """One address, one file; and the address book says what it said before."""
    hub, settings, _ = planned(root)
    plans, problems = _plan((site, frozen), hub, settings)

    assert [] == problems
    (one,) = [one for _, own in plans for one in own if one.path == "media/pictures/puits.png"]
    assert hashlib.sha256(PICTURE).hexdigest() == one.key
    assert "media:content/pictures/puits.png" == one.promise
    assert ("content/pictures/puits.png",) == one.sources


def test_without_frozen_letters_every_plan_stays_as_it_is():
    """Most hubs begin without."""
    plans = ((site, (settled("a", "k", ()),)),)

    assert plans == frozen.settle(plans)


def test_a_mail_at_the_address_of_something_else_is_not_hidden(root):
    """Two who want one address are told; only a picture has a first owner."""
    _, _, own = planned(root)
    other = settled("newsletters/2026-03/mail.html", "k", ("a.md",))

    found = frozen.settle(((site, (other,)), (frozen, tuple(own))))
    assert 2 == sum(one.path == other.path for _, plan in found for one in plan)


def test_what_was_changed_since_it_was_read_is_not_published(root):
    """Between the check and the making a file may be written; what is published is what was frozen, or nothing."""
    _, settings, plan = planned(root)
    (root / "newsletters/archive/2/mail.html").write_bytes(b"<p>Autre</p>")

    with pytest.raises(ContentProblems) as refusal:
        list(frozen.make(plan, settings, Path("nowhere")))
    assert ["HB441"] == [one.code for one in refusal.value.problems]


def test_an_archive_of_a_stranger_never_crashes_a_build(root):
    """Whoever opens a pull request can write both a manifest and its digest; what is odd in it is shown as it is, or told."""
    loaded, settings = load_village("2026-03-20 12:00", root)
    item, whole = loaded.hub.by_id["issue:2026-03"], json.loads((root / "newsletters/archive/2/manifest.json").read_bytes())
    cards = Cards(loaded.hub, settings, "fr")
    shown = 0
    for odd in ({"show": "events"}, {"show": "x", "layout": "<b>", "title": 1}, {"show": "sponsor"}, {"show": "changes", "limit": -1}):
        for number in (0, 1, 99, -1):
            whole["chosen"] = [{"section": number, "query": odd, "entries": whole["chosen"][0]["entries"]}]
            forged = replace(read_manifest(json.dumps(whole).encode(), "2", "d"), item=item.id)
            hub = replace(loaded.hub, frozen={item.id: forged})
            shown += len(content_of(item, hub, cards, settings.local))
            assert list(frozen.plan(hub, settings))
    assert shown


def test_what_is_gone_stands_on_the_page_by_its_name_and_its_date_without_a_link(root):
    """A letter with a hole in it would be another letter, and a link to nowhere would be worse."""
    loaded, settings = load_village("2026-03-20 12:00", root)
    hub = replace(loaded.hub, items=tuple(one for one in loaded.hub.items if one.id != "event:fete"))

    parts = content_of(hub.by_id["issue:2026-03"], hub, Cards(hub, settings, "fr"), settings.local)
    (card,) = [card for part in parts if isinstance(part, Part) for card in part.cards]
    assert ("La fête", "", "2026-04-11T14:00:00+02:00") == (card.title, card.address, card.when.starts)
