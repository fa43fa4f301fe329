"""Where a reader goes on from an item: before and after, the other parts of a series, and what resembles it."""

from __future__ import annotations

from tests.hubs import load_village, text, write

from handbill.outputs.cards import Cards
from handbill.outputs.onward import COMMON, RARE, RELATED, Onward

EVENT = {"organisers": "[X]", "venue": "{name: Salle}"}
CONTEST = {"mechanism": "jury", "enter": "x", "organiser": "y", "prizes": "[{name: z}]"}


class Ways:
    """The ways on from the items of a hub, asked for by id and told by title."""

    def __init__(self, root=None, lang="fr"):
        loaded, settings = load_village(root=root)
        self.hub = loaded.hub
        self.onward = Onward(self.hub, settings, lang, Cards(self.hub, settings, lang))

    def beside(self, identity):
        return tuple(one and one.title for one in self.onward.neighbours(self.hub.by_id[identity]))

    def related(self, identity):
        return [card.title for card in self.onward.related(self.hub.by_id[identity])]

    def series(self, identity):
        return self.onward.series(self.hub.by_id[identity])


def posts(folder, **fronts):
    """Return a hub of posts with this front matter, the first the newest."""
    return write(
        folder,
        {
            f"content/posts/{slug}.md": text(**{"title": slug, "date": f"2026-01-{28 - n:02}", **front})
            for n, (slug, front) in enumerate(fronts.items())
        },
    )


def test_before_and_after_are_the_older_and_the_newer_of_the_same_kind(tmp_path):
    """Reading on goes back in time; at both ends it stops."""
    ways = Ways(posts(tmp_path, c={}, b={}, a={}))

    assert [(None, "b"), ("a", "c"), ("b", None)] == [ways.beside(f"post:{slug}") for slug in "abc"]
    before, _ = ways.onward.neighbours(ways.hub.by_id["post:b"])
    assert "/posts/a/" == before.address


def test_a_letter_leads_to_the_numbers_of_the_same_letter(tmp_path):
    """Who reads the monthly letter backwards would meet every second week's list of dates in between."""
    letters = '[letters.main]\nname = "M"\n[letters.agenda]\nname = "A"\n'
    hub = f'[hub]\nname = "Essai"\nbase_url = "https://essai.example/"\nlang = "fr"\n{letters}'
    files = {
        f"newsletters/{name}.md": text(title=name, number=str(day), subject=name, date=f"2026-01-0{day} 10:00", letter=letter)
        for day, (name, letter) in enumerate((("a", "main"), ("b", "agenda"), ("c", "main"), ("d", "agenda")), 1)
    }
    ways = Ways(write(tmp_path, {"hub.toml": hub, **files}))

    assert [(None, "c"), (None, "d"), ("a", None), ("b", None)] == [ways.beside(f"issue:{name}") for name in "abcd"]


def test_dates_follow_each_other_as_they_take_place_not_as_they_were_written(tmp_path):
    """Beside the concert in May stands the feast in June, whenever somebody typed it."""
    files = {
        "events/may.md": text(title="Mai", date="2026-01-03", starts="2026-05-10 10:00", **EVENT),
        "events/june.md": text(title="Juin", date="2026-01-01", starts="2026-06-10 10:00", **EVENT),
        "events/weekly.md": text(
            title="Avril", date="2026-01-02", starts="2026-01-04 10:00", recurrence="{rule: FREQ=MONTHLY;COUNT=4}", **EVENT
        ),
    }

    assert ("Avril", "Juin") == Ways(write(tmp_path, files)).beside("event:may")


def test_pages_and_people_have_no_neighbours():
    """They stand in no order of time."""
    ways = Ways()

    assert {(None, None)} == {ways.beside("person:ada"), ways.beside("page:a-propos")}


def test_the_parts_of_a_series_lead_to_each_other_first(tmp_path):
    """Who has read the second part wants the third, not the note about the keys that came between."""
    part = {"series": "Le four à pain"}
    ways = Ways(posts(tmp_path, third=part, between={}, second=part, first={"series": "le four a pain"}))

    assert ("second", None) == ways.beside("post:third")
    assert ("first", "third") == ways.beside("post:second")
    found = ways.series("post:second")
    assert ("le four a pain", 2, ["first", "second", "third"]) == (found["name"], found["number"], [one.title for one in found["parts"]])


def test_a_series_of_one_part_is_none(tmp_path):
    """The box would say "part 1 of 1" until the next one is written."""
    ways = Ways(posts(tmp_path, b={}, a={"series": "Bientôt"}))

    assert None is ways.series("post:a")
    assert (None, "b") == ways.beside("post:a")


def test_related_are_those_that_share_the_most_subjects(tmp_path):
    """Two subjects in common are more than one; among equals the newest comes first."""
    ways = Ways(
        posts(tmp_path, e={"tags": "[x]"}, d={"tags": "[y]"}, c={"tags": "[x, y]"}, z={}, b={"tags": "[z]"}, a={"tags": "[x, y, w]"})
    )

    assert ["c", "e", "d"] == ways.related("post:a")
    assert 3 == RELATED
    assert [] == ways.related("post:b")


def test_a_rare_subject_says_more_than_a_common_one(tmp_path):
    """Everything is about the workshop; two texts are about glue."""
    common = {f"n{number}": {"tags": "[atelier]"} for number in range(RARE + 1)}
    ways = Ways(posts(tmp_path, **common, glue={"tags": "[colle]"}, other={}, a={"tags": "[atelier, colle]"}))

    assert "glue" == ways.related("post:a")[0]


def test_only_the_newest_of_a_common_subject_are_looked_through(tmp_path):
    """Five thousand items with one tag would cost their square; the price is that the oldest are never found by it."""
    fronts = {
        f"{tag}{number:02}": {"tags": f"[{tag}]", "date": f"2025-{number // 28 + 2:02}-{number % 28 + 1:02}"}
        for tag in "xy"
        for number in range(COMMON)
    }
    ways = Ways(posts(tmp_path, old={"tags": "[x, y]", "date": "2024-01-01"}, **fronts, a={"tags": "[x, y]", "date": "2026-01-01"}))

    assert "old" not in ways.related("post:a")


def test_a_telling_word_of_the_title_is_enough(tmp_path):
    """Editors forget tags; the two texts about toasters say so in their titles, one of them in the plural."""
    ways = Ways(
        posts(tmp_path, c={"title": "Nos grille-pains et les toasteurs"}, b={"title": "Un vélo"}, a={"title": "Le toasteur qui fume"})
    )

    assert ["Nos grille-pains et les toasteurs"] == ways.related("post:a")


def test_the_hub_s_own_name_is_no_telling_word(tmp_path):
    """Every second title says it."""
    hub = '[hub]\nname = "Atelier Garonne"\nbase_url = "https://essai.example/"\n'
    root = posts(tmp_path, c={"title": "La Garonne monte"}, b={}, a={"title": "Au bord de la Garonne"})
    (root / "hub.toml").write_text(hub, encoding="utf-8")

    assert [] == Ways(root).related("post:a")


def test_what_is_called_off_is_not_recommended(tmp_path):
    """A cancelled contest was the first thing to read on."""
    files = {
        "content/posts/a.md": text(tags="[x]"),
        "content/contests/off.md": text(
            title="Annulé", tags="[x]", opens="2026-01-03", closes="2026-04-30", cancelled="Trop peu", **CONTEST
        ),
        "events/off.md": text(title="Reporté", tags="[x]", starts="2026-04-10 10:00", status="postponed", status_note="Pluie", **EVENT),
        "events/on.md": text(title="Tenu", tags="[x]", starts="2026-04-10 10:00", **EVENT),
    }

    assert ["Tenu"] == Ways(write(tmp_path, files)).related("post:a")


def test_what_stands_beside_an_item_is_not_related_as_well(tmp_path):
    """The same title twice in one place looks like a mistake."""
    ways = Ways(posts(tmp_path, c={"tags": "[x]"}, b={"tags": "[x]"}, a={"tags": "[x]"}))

    assert ["c"] == ways.related("post:a")


def test_related_are_of_any_kind_in_the_same_language():
    """After the post on the well comes the contest about it; the translation is the same text once more."""
    assert ["Photo du puits", "Fête du puits"] == Ways().related("post:le-puits")
    assert [] == Ways(lang="en").related("post:le-puits.en")
