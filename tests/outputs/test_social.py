"""The social cards of a hub: which there are, what stands on them, and when they change."""

from __future__ import annotations

import io
import pickle
import re
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from tests.hubs import load_village, options, text, village, write

from handbill.outputs import site, social
from handbill.outputs.bill.bill import Bill, Leaf, Mark
from handbill.outputs.planned import Planned
from handbill.pipeline import build

EVENT = {"organisers": "[Une personne]", "venue": "{name: Salle, city: Bordeaux}", "starts": "2026-04-11 14:00", "ends": "2026-04-11 18:00"}
CONTEST = {
    "mechanism": "jury", "opens": "2026-03-01", "closes": "2026-04-06", "prizes": "[{name: Un rabot}]", "enter": "Écrivez.", "organiser": "Le village",
}  # fmt: skip


def planned(root: Path | None = None, as_of: str = "2026-03-20 12:00", **changes: object) -> dict[str, Planned]:
    loaded, settings = load_village(as_of, root, **changes)
    assert not [one for one in loaded.problems if one.level.name == "ERROR"], loaded.problems
    return {one.path: one for one in social.plan(loaded.hub, settings)}


def bills(root: Path | None = None, **more: Any) -> dict[str, Bill]:
    """Return what stands on every card, by its path."""
    return {path: one.work[0] for path, one in planned(root, **more).items()}


def event_bill(folder: Path, **front: str) -> Bill:
    """Return the card of the one event of a small hub."""
    return bills(write(folder, {"events/a.md": text(**{**EVENT, **front})}))["events/a/card.png"]


def test_every_page_of_an_item_has_a_card_and_every_language_one_of_the_hub():
    """A link without a picture is the one that nobody opens."""
    loaded, settings = load_village()
    pages = {one.path for one in site.plan(loaded.hub, settings)}
    items = {f"{item.address}card.png".lstrip("/") for item in loaded.hub.items if item.is_listed}

    assert {"card.png", "en/card.png", *items} == planned().keys()
    assert all(path.replace("card.png", "index.html") in pages for path in planned())


def test_two_items_of_one_address_are_told_of_once(tmp_path: Path):
    """Their pages are refused already, with what to do; the same of their cards came first and hid it."""
    root = write(tmp_path, {"content/posts/2025-01-01-a.md": text(), "content/posts/2026-01-01-a.md": text()})
    loaded, settings = load_village(root=root)

    assert 1 == [one.path for one in social.plan(loaded.hub, settings)].count("posts/a/card.png")


def test_the_card_of_the_hub_says_its_name_and_what_it_is():
    """It stands beside links to the front page, to lists and to subjects."""
    front = bills()["en/card.png"]

    assert ("Le village", ("A hamlet for tests",), True) == (front.title, front.lines, front.is_front)


def test_a_post_names_who_wrote_it_and_when(tmp_path: Path):
    """Both stay true."""
    root = write(tmp_path, {"content/posts/a.md": text(authors="[Odile, Yanis, Inès]")})

    assert (
        Bill("Article", "Un titre", ("Odile, Yanis et Inès · 2 janvier 2026",), "Essai", "essai.example") == bills(root)["posts/a/card.png"]
    )


def test_an_event_shows_its_day_on_a_leaf(tmp_path: Path):
    """The date is what people look for."""
    found = event_bill(tmp_path)

    assert Leaf("avr.", "11", "sam.") == found.leaf
    assert ("Samedi 11 avril 2026, de 14\u00a0h à 18\u00a0h", "Salle, Bordeaux") == found.lines
    assert found.mark is None


def test_an_event_of_several_days_names_days_and_no_hours(tmp_path: Path):
    """« du vendredi 10 avril à 18 h au dimanche 12 avril à 16 h » fills a card alone."""
    found = event_bill(tmp_path, starts="2026-04-10 18:00", ends="2026-04-12 16:00")

    assert Leaf("avr.", "10–12", "ven. – dim.") == found.leaf
    assert "Du 10 au 12 avril 2026" == found.lines[0]


def test_an_event_elsewhere_says_whose_hours_it_tells(tmp_path: Path):
    """Somebody would connect an hour late."""
    found = event_bill(tmp_path, timezone="Europe/Lisbon")

    assert found.lines[0].endswith("heure de Lisbonne") or "Lisbonne" in found.lines[0]


@pytest.mark.parametrize(
    ("front", "mark", "look", "is_off"),
    [
        ({"status": "cancelled", "status_note": "Trop de vent."}, Mark("Annulé", "stop"), "off", True),
        ({"status": "postponed", "status_note": "Trop de vent."}, Mark("Reporté", "wait"), "waits", False),
        ({"status": "tentative"}, Mark("À confirmer", "wait"), "waits", False),
        ({"status": "rescheduled", "status_note": "Salle prise.", "previous_starts": "[2026-04-04 14:00]"}, Mark("Nouvelle date", "wait"), "", False),
        ({"status": "moved_online", "status_note": "Grève.", "join_url": "https://visio.example/a"}, Mark("En ligne désormais", "wait"), "", False),
    ],
)  # fmt: skip
def test_the_state_of_an_event_is_on_its_card(tmp_path: Path, front: dict[str, str], mark: Mark, look: str, is_off: bool):
    """Cards are shared in chats where nobody opens the page."""
    found = event_bill(tmp_path, **front)

    assert (mark, is_off) == (found.mark, found.is_off)
    assert found.leaf is not None
    assert look == found.leaf.look


def test_an_event_that_moved_online_names_no_place(tmp_path: Path):
    """Members travelled to a closed door."""
    found = event_bill(tmp_path, status="moved_online", status_note="Grève.", join_url="https://visio.example/a")

    assert not [line for line in found.lines if "Salle" in line]


def test_an_event_without_a_place_is_online(tmp_path: Path):
    """It says where one goes: nowhere."""
    root = write(
        tmp_path,
        {"events/a.md": text(organisers="[Une personne]", starts="2026-04-11 14:00", mode="online", join_url="https://visio.example/a")},
    )

    assert "En ligne" == bills(root)["events/a/card.png"].lines[1]


def test_a_repeated_event_shows_what_its_dates_share(tmp_path: Path):
    """The next date would be another one each month."""
    found = event_bill(tmp_path, recurrence="{rule: FREQ=MONTHLY;BYDAY=2SA}")

    assert Leaf("se répète", "sam.", "14\u00a0h") == found.leaf
    assert "Samedi, de 14\u00a0h à 18\u00a0h" == found.lines[0]


def test_one_cancelled_date_cancels_no_series(tmp_path: Path):
    """The others take place."""
    found = event_bill(tmp_path, recurrence="{rule: FREQ=MONTHLY;BYDAY=2SA, changes: [{on: 2026-05-09, status: cancelled, note: Férié.}]}")

    assert (None, False) == (found.mark, found.is_off)


def test_a_moved_date_does_not_change_the_weekday_of_a_series(tmp_path: Path):
    """One Friday does not make « Samedi réparation » a series of no day."""
    rule = "{rule: FREQ=MONTHLY;BYDAY=2SA, changes: [{on: 2026-04-11 14:00, status: rescheduled, starts: 2026-04-10 20:00, note: Match.}]}"
    found = event_bill(tmp_path, recurrence=rule)

    assert Leaf("se répète", "sam.", "14\u00a0h") == found.leaf


def test_dates_of_a_series_on_several_weekdays_name_none(tmp_path: Path):
    """It would be wrong for half of them."""
    found = event_bill(tmp_path, recurrence='{rule: "FREQ=WEEKLY;BYDAY=TU,SA;COUNT=6"}')

    assert Leaf("se répète", "14\u00a0h", "") == found.leaf
    assert "14\u00a0h – 18\u00a0h" == found.lines[0]


def test_a_contest_shows_its_last_day(tmp_path: Path):
    """« encore 3 jours » would be wrong tomorrow; the day stays."""
    found = bills(write(tmp_path, {"content/contests/a.md": text(**CONTEST)}))["contests/a/card.png"]

    assert Leaf("avr.", "6", "lun.") == found.leaf
    assert "6 avril 2026" in found.lines[0]


def test_a_cancelled_contest_says_so(tmp_path: Path):
    """Nobody should write for nothing."""
    found = bills(write(tmp_path, {"content/contests/a.md": text(**CONTEST, cancelled="Trop peu de place.")}))["contests/a/card.png"]

    assert (Mark("Annulé", "stop"), True) == (found.mark, found.is_off)


def test_a_letter_shows_its_name_and_number():
    """Readers keep them in order."""
    found = bills()["newsletters/2026-03/card.png"]

    assert ("La lettre du village", Leaf("n°", "2", "2026", "number")) == (found.label, found.leaf)


def test_a_person_is_a_name_and_what_they_do():
    """No label could be kinder than the name alone."""
    found = bills()["people/ada/card.png"]

    assert ("", "Ada Puits", ("Fontaine, lettre",)) == (found.label, found.title, found.lines)


def test_no_card_changes_because_time_passes():
    """A hub of 5,000 items would draw them all every night, and chats would show what was true yesterday."""
    before, after = planned(as_of="2026-04-12 12:00"), planned(as_of="2031-01-01 12:00")

    assert {path: one.key for path, one in before.items()} == {path: one.key for path, one in after.items() if path in before}


def test_a_card_is_drawn_again_only_when_what_it_shows_changes(hub: Path):
    """The text of a post is not on it."""
    post = hub / "content/posts/2026-03-01-le-puits.md"
    before = planned(hub)
    post.write_text(post.read_text(encoding="utf-8") + "\nUne phrase de plus.\n", encoding="utf-8")
    assert before["posts/le-puits/card.png"].key == planned(hub)["posts/le-puits/card.png"].key

    other = planned(hub, accent="#1f4fb5")
    assert not [path for path, one in before.items() if one.key == other[path].key]


def test_what_is_made_is_what_was_planned_with_one_process_or_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Which process draws a card must not show in it."""
    monkeypatch.setattr(social, "PARTS_FROM", 4)
    made = {}
    for jobs in (1, 2):
        loaded, settings = load_village(jobs=jobs)
        scratch = tmp_path / str(jobs)
        scratch.mkdir()
        plans = list(social.plan(loaded.hub, settings))
        artifacts = {one.path: one.content for one in social.make(plans, settings, scratch)}
        made[jobs] = {path: raw if isinstance(raw, bytes) else raw.read_bytes() for path, raw in artifacts.items()}

    assert {one.path for one in plans} == made[1].keys()
    assert made[1] == made[2]
    assert all(Image.open(io.BytesIO(raw)).size == (1200, 630) for raw in made[1].values())


def test_pages_name_their_cards(hub: Path):
    """A card that no page names is drawn for nobody."""
    build(options(hub))
    home, post, lost = (
        (hub / "public" / path).read_text(encoding="utf-8") for path in ("index.html", "posts/le-puits/index.html", "404.html")
    )

    assert 'property="og:image" content="https://village.example/hub/card.png"' in home
    assert 'property="og:image" content="https://village.example/hub/posts/le-puits/card.png"' in post
    assert "card.png" not in lost


def test_every_card_that_a_page_names_is_there_and_none_is_for_nobody(hub: Path):
    """A card that is missing shows as a grey box in every chat."""
    build(options(hub))
    public = hub / "public"
    pages = "".join(page.read_text(encoding="utf-8") for page in public.rglob("*.html"))
    named = set(re.findall(r'property="og:image" content="https://village\.example/hub/([^"]+)"', pages))

    assert {file.relative_to(public).as_posix() for file in public.rglob("card.png")} == named


def test_what_is_drawn_can_be_sent_to_another_process():
    """Where processes are not forked, on macOS and Windows, tasks travel."""
    works = [one.work for one in planned().values()]

    assert works == pickle.loads(pickle.dumps(works))  # noqa: S301  # written in this very line


def test_a_hub_that_wants_no_cards_gets_none_and_shows_its_pictures(tmp_path: Path):
    """A community may have pictures that say more."""
    root = village(tmp_path)
    hub_toml = root / "hub.toml"
    hub_toml.write_text(hub_toml.read_text(encoding="utf-8").replace("[look]", "[look]\ncards = false", 1), encoding="utf-8")
    assert "cards = false" in hub_toml.read_text(encoding="utf-8")

    build(options(root))
    post = (root / "public/posts/le-puits/index.html").read_text(encoding="utf-8")
    assert not list((root / "public").rglob("card.png"))
    assert 'property="og:image" content="https://village.example/hub/media/' in post
