"""The list of feeds that reading programs import."""

from __future__ import annotations

from lxml import etree
from tests.hubs import load_village, text, write

from handbill.outputs.opml import opml
from handbill.outputs.subscriptions import feeds
from handbill.outputs.theme import Theme
from handbill.outputs.words import words_for


def made(lang="fr", root=None, as_of="2026-03-20 12:00", **changes):
    loaded, settings = load_village(as_of, root, **changes)
    say = words_for(lang, Theme(settings.root).locale(lang))
    return opml(feeds(loaded.hub, settings, lang, say), settings, say)


def test_kinds_and_subjects_are_in_folders_of_their_own():
    """Programs make folders of them; whoever wants everything once deletes two folders, not fifty feeds."""
    body = etree.fromstring(made().encode()).find("body")

    assert [None, None, None, None, "Par genre", "Par sujet"] == [one.get("text") if one.get("type") is None else None for one in body]
    assert ["Le village – Articles", "Le village – Rendez-vous", "Le village – Concours", "Le village – Lettres"] == [
        one.get("text") for one in body[4]
    ]


def test_each_feed_says_where_it_is_and_which_page_shows_the_same():
    """A member who no longer knows what a feed was goes there to see."""
    water = etree.fromstring(made("en").encode()).xpath("//outline[contains(@xmlUrl, 'eau')]")[0]

    assert {
        "type": "rss",
        "text": "Le village – Eau",
        "title": "Le village – Eau",
        "xmlUrl": "https://village.example/hub/en/feeds/tags/eau.atom.xml",
        "htmlUrl": "https://village.example/hub/en/tags/eau/",
        "language": "en",
    } == dict(water.attrib)


def test_the_list_says_whose_it_is_and_no_date():
    """A date would be the clock's, and make a new file of the same list."""
    head = etree.fromstring(made().encode()).find("head")

    assert [("title", "Le village"), ("ownerName", "Le village"), ("ownerId", "https://village.example/hub/")] == [
        (one.tag, one.text) for one in head
    ]
    assert made() == made(as_of="2026-04-30 23:59")


def test_names_with_signs_do_not_break_it(tmp_path):
    """`R&D <2>` is a fine name for a subject."""
    root = write(tmp_path, {"content/posts/a.md": text(tags="""['R&D <2>']""")})

    titles = [one.get("text") for one in etree.fromstring(made(root=root).encode()).iter("outline")]
    assert "Essai – R&D <2>" in titles
