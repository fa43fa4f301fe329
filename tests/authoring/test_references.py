"""When a picture gets another ending, every text that shows it follows, and nothing else in it moves."""

import pytest
from tests.hubs import text

from handbill.authoring.references import Renaming, Unfollowed, followed
from handbill.reading.draft import Terms

TERMS = Terms("github", "Europe/Paris", ("fr", "en"), 1024 * 1024)
MOVE = Renaming("content/pictures/Un four (1).PNG", "content/pictures/Un four (1).jpg", "https://essai.example/")
PLAIN = Renaming("content/pictures/four.png", "content/pictures/four.jpg", "https://essai.example/")


def follow(body, renaming=PLAIN, source="content/posts/a.md", **front):
    raw = text(body, **front).encode()
    new = followed(raw, source, "post", renaming, TERMS)
    return None if new is None else new.decode()


@pytest.mark.parametrize(("before", "after"), [
    ("![Un four](../pictures/four.png)", "![Un four](../pictures/four.jpg)"),
    ('![Un four](../pictures/four.png "Le four")', '![Un four](../pictures/four.jpg "Le four")'),
    ("![Un four](<../pictures/four.png>)", "![Un four](<../pictures/four.jpg>)"),
    ("![Un four](  ./../pictures/four.png )", "![Un four](  ./../pictures/four.jpg )"),
    ("[le four](../pictures/four.png)", "[le four](../pictures/four.jpg)"),
    ("[![Un four](../pictures/four.png)](../pictures/four.png)", "[![Un four](../pictures/four.jpg)](../pictures/four.jpg)"),
    ("![Un four][f]\n\n[f]: ../pictures/four.png 'Le four'", "![Un four][f]\n\n[f]: ../pictures/four.jpg 'Le four'"),
    ("> ![Un four][f]\n>\n> [f]: <../pictures/four.png>\n\nFin.", "> ![Un four][f]\n>\n> [f]: <../pictures/four.jpg>\n\nFin."),
    ('<img src="../pictures/four.png" alt="Un four">', '<img src="../pictures/four.jpg" alt="Un four">'),
    ("<p>\n<img alt='Un four' src='../pictures/four.png'>\n</p>", "<p>\n<img alt='Un four' src='../pictures/four.jpg'>\n</p>"),
    ("<a href=../pictures/four.png>le four</a>", "<a href=../pictures/four.jpg>le four</a>"),
    ("![Un four](../pictures/f%6Fur.png)", "![Un four](../pictures/f%6Fur.jpg)"),
    ("![Un four](/media/pictures/four.png)", "![Un four](/media/pictures/four.jpg)"),
    ("![Un four](../pictures/four.png#droite)", "![Un four](../pictures/four.jpg#droite)"),
    ("![Un four](../pictures/four\\.png)", "![Un four](../pictures/four\\.jpg)"),
])  # fmt: skip
def test_a_reference_follows_however_it_is_written(before, after):
    """One that is forgotten is a broken picture on a page."""
    assert text(after) == follow(before)


@pytest.mark.parametrize(("before", "after"), [
    ("![x y](<../pictures/Un four (1).PNG>)", "![x y](<../pictures/Un four (1).jpg>)"),
    ("![x y](../pictures/Un%20four%20(1).PNG)", "![x y](../pictures/Un%20four%20(1).jpg)"),
    ("![x y](../pictures/Un%20four%20%281%29.PNG)", "![x y](../pictures/Un%20four%20%281%29.jpg)"),
    ("![x y](../pictures/Un%20four%20\\(1\\).PNG)", "![x y](../pictures/Un%20four%20\\(1\\).jpg)"),
    ("![x y](/media/pictures/un-four-1.png)", "![x y](/media/pictures/un-four-1.jpg)"),
])  # fmt: skip
def test_a_name_from_a_telephone_is_found_in_all_its_spellings(before, after):
    """Spaces and brackets are written in five ways."""
    assert text(after) == follow(before, MOVE)


def test_the_mark_of_a_letter_s_sponsor_follows():
    """It stands in a block of code, which is left alone elsewhere."""
    body = "Un mot.\n\n```section\nshow: sponsor\nname: Quai\npicture: {}\npicture_alt: Un rabot\n```\n\n```yaml\npicture: {}\n```"
    before, after = (f"../content/pictures/four.{ending}" for ending in ("png", "jpg"))
    raw = text(body.format(before, before), number="1", subject="S", date="2026-03-01").encode()

    new = followed(raw, "newsletters/1.md", "issue", PLAIN, TERMS)
    assert text(body.format(after, before), number="1", subject="S", date="2026-03-01").encode() == new


@pytest.mark.parametrize("written", ["{}", "'{}'", '"{}"', "{}  # en haut"])
def test_the_picture_of_the_front_matter_follows(written):
    """It is on the card in every list."""
    before, after = (written.format(f"../pictures/four.{ending}") for ending in ("png", "jpg"))

    assert text("Un mot.", picture=after, picture_alt="Un four") == follow("Un mot.", picture=before, picture_alt="Un four")


def test_the_plan_of_a_venue_follows():
    """Nobody looks at the plan of last year's fair before the next one."""
    terms = {"starts": "2026-05-01 14:00", "organisers": "[X]", "venue": "\n  name: Salle\n  map: ../content/pictures/four.{}\n  map_alt: Plan"}
    before, after = (text(**{key: value.format(ending) for key, value in terms.items()}) for ending in ("png", "jpg"))

    assert after.encode() == followed(before.encode(), "events/a.md", "event", PLAIN, TERMS)


def test_the_plan_of_a_place_with_a_file_follows():
    """It is the plan of everything that takes place there."""
    before, after = (text(title="Salle", map=f"../pictures/four.{ending}", map_alt="Plan").encode() for ending in ("png", "jpg"))

    assert after == followed(before, "content/places/salle.md", "place", PLAIN, TERMS)


def test_a_plan_that_cannot_be_followed_is_left_to_the_editor():
    """Written on one line, it is found by the reader of the hub and by nothing that changes it."""
    raw = text(starts="2026-05-01 14:00", organisers="[X]", venue="{name: Salle, map: ../content/pictures/four.png, map_alt: Plan}").encode()

    with pytest.raises(Unfollowed):
        followed(raw, "events/a.md", "event", PLAIN, TERMS)


@pytest.mark.parametrize("body", [
    "Le four.png est une photo de 2 Mo.",
    "![Un autre](four.png)",
    "![Un autre](../autres/four.png)",
    "![Ailleurs](https://example.org/pictures/four.png)",
    "```\n![Un four](../pictures/four.png)\n```",
    "~~~markdown\n![Un four](../pictures/four.png)\n~~~",
    "![Un four](../pictures/four.png.jpg)",
])  # fmt: skip
def test_what_only_looks_like_a_reference_stays(body):
    """A sample of code is not a picture, and another picture is another."""
    assert follow(body) is None


def test_nothing_but_the_ending_changes():
    """A reviewer sees the lines that changed, and no other."""
    raw = "\ufeff---\r\ntitle: Un four\r\ndate: 2026-01-02\r\n---\r\n\r\nAvant\u00a0!  \r\n![Un four](../pictures/four.png)\r\nAprès\ttout"
    new = followed(raw.encode(), "content/posts/a.md", "post", PLAIN, TERMS)

    assert raw.replace("four.png", "four.jpg").encode() == new


def test_a_text_elsewhere_refers_by_another_path():
    """The path starts at the text."""
    assert "(../../content/pictures/four.jpg)" in (follow("![Un four](../../content/pictures/four.png)", source="events/2026/a.md") or "")
    assert follow("![Un four](../../content/pictures/four.png)", source="content/posts/2026/a.md") is None


def test_a_number_joins_the_name_where_it_was_taken():
    """There was a four.jpg already."""
    moved = Renaming("content/pictures/four.png", "content/pictures/four-2.jpg", "https://essai.example/")

    assert text("![Un four](../pictures/four-2.jpg)") == follow("![Un four](../pictures/four.png)", moved)


def test_a_reference_that_cannot_be_changed_is_told():
    """Guessing would break a page; the picture waits for its editor."""
    with pytest.raises(Unfollowed):
        follow("![Un four](../pictures/four%2Epng)")


def test_a_text_with_faults_follows_too():
    """Its faults have nothing to do with the picture."""
    raw = "---\ntitel: x\n---\n![Un four](../pictures/four.png)\n"

    assert raw.replace("png", "jpg").encode() == followed(raw.encode(), "content/posts/a.md", "post", PLAIN, TERMS)


def test_a_text_that_is_no_utf_8_is_left_alone():
    """Nobody knows what it says; the check refuses it anyway."""
    assert followed("été ![x](../pictures/four.png)".encode("latin-1"), "content/posts/a.md", "post", PLAIN, TERMS) is None


@pytest.mark.parametrize("body", ["", "Un poêle.", "Un mot sur four.jpg."])
def test_most_texts_are_not_even_read(body, monkeypatch):
    """A hub has thousands, and one shows the picture."""
    monkeypatch.setattr("handbill.authoring.references.read_draft", None)

    assert follow(body, Renaming("content/pictures/chaudiere.png", "content/pictures/chaudiere.jpg", "")) is None


def test_the_other_dialect_is_followed_as_well():
    """Communities that come from Pelican write it."""
    raw = text('![Un four](../pictures/four.png){ .large }').encode()

    assert raw.replace(b"png", b"jpg") == followed(raw, "content/posts/a.md", "post", PLAIN, Terms("python-markdown", "Europe/Paris", ("fr",), 1024 * 1024))
