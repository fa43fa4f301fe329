"""What an editor is told of links."""

import comrak

from handbill.outside.record import Answer, Link, Outcome, Place, Standing
from handbill.outside.report import MOST, lines, markdown, plain

DAY, LATER = "2026-03-20T12:00:00+01:00", "2026-03-27T12:00:00+01:00"


def stands(address, answer, since=LATER, *places):
    return Standing(Link(address, places or (Place("content/posts/a.md", 3),)), answer, LATER, since)


GONE = stands("https://ailleurs.fr/page", Answer(Outcome.GONE, "no page", "404"), DAY)
MOVED = stands("https://vieux.fr/", Answer(Outcome.MOVED, "moved", new="https://neuf.fr/"))
WELL = stands("https://bien.fr/", Answer(Outcome.ANSWERS, "answers"))
CLOSED = stands("https://reseau.fr/", Answer(Outcome.CLOSED, "no programs", "403"), LATER, Place("hub.toml", 0))


def test_the_worst_is_told_first_with_its_place():
    """An editor mends from above, and stops when the hour is over."""
    assert [
        "",
        "1 link leads nowhere",
        "  https://ailleurs.fr/page",
        "    no such page (404); so since 2026-03-20",
        "      content/posts/a.md:3",
        "",
        "1 link has moved",
        "  https://vieux.fr/",
        "    moved for good: https://neuf.fr/",
        "      content/posts/a.md:3",
        "",
        "1 link only a person can try",
        "  https://reseau.fr/",
        "    lets no programs in (403)",
        "      hub.toml",
        "",
        "4 links to elsewhere: 1 answers, 2 to mend.",
    ] == list(lines([MOVED, WELL, CLOSED, GONE], "en"))


def test_it_is_told_in_french():
    """So most of those who mend links read it."""
    told = list(lines([GONE, WELL], "fr"))

    assert "1 lien ne mène nulle part" in told
    assert "    pas de telle page (404) ; c’est ainsi depuis le 2026-03-20" in [
        one.replace("\u202f", " ").replace("\u00a0", " ") for one in told
    ]


def test_a_hub_without_links_says_so():
    """An empty answer looks like a fault."""
    assert "The hub leads to no page elsewhere." == list(lines([], "en"))[-1]


def test_nothing_of_an_address_becomes_markdown():
    """The page of a run is read by people with rights, and a link in it may be written by anybody."""
    hostile = "https://x.fr/`|<script>alert(1)</script>[a](https://b.fr)@somebody#1\n\\"
    words = Answer(Outcome.GONE, "astray", 'javascript:"`|<img src=x>[a](https://b.fr) @somebody ~~x~~ https://c.fr')
    text = markdown([stands(hostile, words, DAY, Place("content/`<b>|.md", 2))], "en")

    html = comrak.render_markdown(text, comrak.ExtensionOptions())
    table = [line for line in text.splitlines() if line.startswith("|")]

    assert 3 == len(table)
    assert all(4 == len([cell for cell in line.replace("\\|", "").split("|") if cell is not None][:4]) for line in table)
    assert not any(sign in html for sign in ("<script", "<img", "<b>", "href", "<del>"))


def test_a_long_list_is_cut_and_counted():
    """A page with ten thousand lines is not shown at all."""
    text = markdown([stands(f"https://x.fr/{n}", Answer(Outcome.GONE, "no page", "404")) for n in range(MOST + 3)], "en")

    assert "and 3 more" in text
    assert MOST == text.count("no such page")


def test_programs_get_every_link():
    """Somebody will want a list of what to write to whom."""
    assert [
        {
            "address": "https://vieux.fr/",
            "outcome": "moved",
            "why": "moved for good",
            "new": "https://neuf.fr/",
            "since": LATER,
            "asked": LATER,
            "places": [{"path": "content/posts/a.md", "line": 3}],
        }
    ] == plain([MOVED], "en")["links"]
