"""A text on its page can be used by everybody, and costs nothing where it asks for nothing."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from time import process_time

import pytest
from tests.hubs import load_village, text, write
from tests.photos import drawing, saved, scene

from handbill.outputs.bodies import placed
from handbill.outputs.theme import Theme
from handbill.outputs.words import words_for
from handbill.reading.body import read_body
from handbill.reading.markdown import engine

DIALECTS = ("github", "python-markdown")


class Tree(HTMLParser):
    """The elements of a text with their attributes, in their order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.all: list[tuple[str, dict[str, str]]] = []
        self.words = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.all.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.words += data

    def named(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.all if name == tag]


def page(markdown: str, dialect: str = "github", **more: object) -> str:
    """Return a text as its page places it."""
    loaded, settings = load_village()
    return placed(read_body(engine(dialect)(markdown)).body.html, loaded.hub, settings, str, **more)


def shown(folder, body: str, *, is_first: bool = True) -> str:
    """Return the text of a post in a hub of two pictures as its page places it."""
    write(
        folder,
        {
            "content/posts/p.md": text(body),
            "content/pictures/fete.jpg": saved(scene((1600, 1200))),
            "content/pictures/signe.png": saved(drawing((480, 300)), ".png"),
        },
    )
    loaded, settings = load_village(root=folder, base_url="https://essai.example/hub/")
    return placed(loaded.hub.by_id["post:p"].body.with_links(settings.local), loaded.hub, settings, str, is_first=is_first)


def test_a_picture_in_a_text_is_offered_in_the_widths_of_its_column(tmp_path):
    """A telephone loaded as many pixels as a wall would take."""
    found = Tree(shown(tmp_path, "Du texte.\n\n![Une fête](../pictures/fete.jpg)\n\n![Un signe](../pictures/signe.png)"))
    large, small = found.named("source")

    assert "/hub/media/pictures/fete.jpg.200.webp 200w, /hub/media/pictures/fete.jpg.400.webp 400w" == ", ".join(
        large["srcset"].split(", ")[:2]
    )
    assert ("(min-width: 41.3rem) 38rem, 92vw", "(min-width: 32.6rem) 30rem, 92vw") == (large["sizes"], small["sizes"])
    assert ["lazy", "lazy"] == [one["loading"] for one in found.named("img")]
    assert [("1600", "1200"), ("480", "300")] == [(one["width"], one["height"]) for one in found.named("img")]


@pytest.mark.parametrize(
    ("body", "is_first", "priorities"),
    [
        ("![Une fête](../pictures/fete.jpg)\n\n![Un signe](../pictures/signe.png)", True, ["high", None]),
        ("Du texte.\n\n![Une fête](../pictures/fete.jpg)", True, [None]),
        ("![Une fête](../pictures/fete.jpg)", False, [None]),
    ],
    ids=["begins", "below", "second"],
)
def test_only_the_picture_seen_first_is_fetched_first(tmp_path, body, is_first, priorities):
    """Fetched late, it is what a member waits for; fetched early, the others keep it waiting."""
    assert priorities == [one.get("fetchpriority") for one in Tree(shown(tmp_path, body, is_first=is_first)).named("img")]


def test_a_sign_in_a_description_does_not_end_the_picture(tmp_path):
    """« a > b » in a description once cut a page in two."""
    assert "3 > 2, dit-il" == Tree(shown(tmp_path, "![3 > 2, dit-il](../pictures/fete.jpg)")).named("img")[0]["alt"]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_box_says_what_is_done_and_asks_for_no_click(dialect):
    """A box without a name that cannot be ticked is a riddle to those who hear the page."""
    found = Tree(page("- [ ] la vis\n- [x] le **manche**", dialect))

    assert [] == found.named("input")
    assert ["task", "task task-done"] == [one["class"] for one in found.named("span") if "task" in one["class"]]
    assert "To do: la vis Done: le manche" == " ".join(found.words.split())


WIDE = "| Outil | Caution | Durée maximale |\n| --- | --: | --- |\n| Perceuse-visseuse | 40 € par jour | une semaine |\n"


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_wide_table_scrolls_in_a_part_that_a_keyboard_reaches(dialect):
    """On a telephone the third column was outside the page, and nobody without a finger could get there."""
    found = Tree(page(f"## Les tarifs\n\n{WIDE}", dialect))

    assert [{"class": "wide", "role": "region", "tabindex": "0", "aria-label": "Les tarifs"}] == found.named("div")


def test_a_narrow_table_is_no_stop_for_the_keyboard():
    """Each stop that does nothing is one more key to press."""
    assert [] == Tree(page("| a | b |\n| --- | --- |\n| un | deux |")).named("div")


def test_the_longest_word_decides_not_the_longest_sentence():
    """A sentence is broken into lines; a word is not, nor an amount with its sign."""
    sentence = "| a | b |\n| --- | --- |\n| oui | une phrase qui a de la place sur des lignes |"
    amount = "| a | b |\n| --- | --- |\n| oui | une phrase\u00a0qui\u00a0a\u00a0de\u00a0la\u00a0place |"

    assert ([], 1) == (Tree(page(sentence)).named("div"), len(Tree(page(amount)).named("div")))


def test_tables_under_one_heading_have_names_of_their_own():
    """Two landmarks of one name are one to those who go from landmark to landmark."""
    found = Tree(page(f"## Tarifs\n\n{WIDE}\n\n{WIDE}"))

    assert ["Tarifs", "Tarifs (2)"] == [one["aria-label"] for one in found.named("div")]


def test_a_caption_names_a_table_and_a_table_in_a_table_is_part_of_it():
    """Old pages have tables in tables; what is wrapped must stay whole."""
    inner = "<table><tr><td>b</td></tr></table>"
    found = page(f'<table><caption>Prêts &amp; "cautions"</caption><tr><td>{inner}</td></tr></table>\n\nAprès.')

    assert ['Prêts & "cautions"'] == [one["aria-label"] for one in Tree(found).named("div")]
    assert found.count("</table></div>") == 1
    assert found.endswith("<p>Après.</p>")


def test_the_empty_corner_of_a_table_heads_nothing():
    """Each cell below it was read with an empty name."""
    found = Tree(page("| | lundi |\n| --- | --- |\n| midi | soupe |"))

    assert (1, 3) == (len(found.named("th")), len(found.named("td")))


def test_a_table_without_a_heading_is_a_table():
    """A region without a name is no region."""
    assert ["Table"] == [one["aria-label"] for one in Tree(page(WIDE)).named("div")]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_notes_and_the_ways_to_them_have_names(dialect):
    """An arrow is read as « flèche vers la gauche avec crochet »."""
    found = Tree(page("Un[^a] deux[^b] encore[^a].\n\n[^a]: Note.\n[^b]: Autre.", dialect))
    ways = [one["aria-label"] for one in found.named("a") if one["href"].startswith(("#fn-", "#fn:"))]

    assert ["Footnote 1", "Footnote 2", "Footnote 1"] == ways
    assert 3 == found.words.count("Back to the text ↩") == len(found.named("a")) - len(ways)
    assert [("div", "doc-endnotes")] == [(tag, one["role"]) for tag, one in found.all if "role" in one]
    assert [] == found.named("section")
    assert [] == [one for _, one in found.all if "title" in one]


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("[le règlement](https://x.example/r.pdf)", "le règlement (PDF)"),
        ("[le règlement (PDF)](https://x.example/r.PDF)", "le règlement (PDF)"),
        ("[la date](https://x.example/a.ics)", "la date (calendar file)"),
        ("[la page](https://x.example/pdf)", "la page"),
        ("[la page](https://x.example/?file=r.pdf)", "la page"),
        ('<a title="R" href="https://x.example/r.odt" lang="en">the **rules**</a>', "the rules (ODT)"),
    ],
)
def test_a_link_that_opens_a_file_says_which_sort(link, said):
    """Who expects a page and gets a file believes that something is broken."""
    assert said == Tree(page(link)).words.strip()


def test_what_a_writer_marked_stays_marked():
    """A word in another language is read in it; an abbreviation has its words; what folds, folds."""
    written = '<span lang="en">hello</span> <abbr title="Association">Asso</abbr>\n\n<details><summary>Plus</summary>\n\nIci.\n\n</details>'
    found = Tree(page(written))

    assert [{"lang": "en"}] == found.named("span")
    assert [{"title": "Association"}] == found.named("abbr")
    assert 1 == len(found.named("summary"))


def test_a_french_page_says_it_in_french():
    """Half a page in English is half a page for those who listen."""
    loaded, settings = load_village()
    words = words_for("fr", Theme(settings.root).locale("fr"))
    body = read_body(engine("github")(f"- [x] la vis\n\n{WIDE}\n\nUn[^a] [deux](https://x.example/a.ics).\n\n[^a]: Note."), "fr").body.html
    found = placed(body, loaded.hub, settings, words)

    assert {"Tableau", "Note 1", "Notes"} == set(re.findall(r'aria-label="([^"]*)"', found))
    assert {"Fait\u00a0:", "Retour au texte "} == set(re.findall(r'<span class="unseen">([^<]*)<', found))
    assert "(fichier de calendrier)" in found


def test_a_text_that_asks_for_nothing_costs_nothing():
    """Five thousand posts are built while somebody waits."""
    loaded, settings = load_village()
    plain = read_body(engine("github")("## Titre\n\n" + "Une phrase avec [un lien](https://x.example/a/) et des mots. " * 60)).body.html
    start = process_time()
    for _ in range(400):
        placed(plain, loaded.hub, settings, str)

    assert plain == placed(plain, loaded.hub, settings, str)
    assert (process_time() - start) / 400 < 0.0002


@pytest.mark.parametrize(
    "evil",
    ["<table", "<a href=", "<h2>", '<img src="a.png" alt="', "| a ", '<input type="checkbox" disabled>', "[x](a.pdf) ", "<table><tr><td>"],
)
def test_a_hostile_text_takes_no_longer_than_its_length(evil):
    """One text must not hold up everybody's build."""
    loaded, settings = load_village()
    times = []
    for count in (500, 4000):
        made = read_body(engine("github")(evil * min(count, 90) if evil[1:3] in ("h2", "ta") else evil * count)).body.html
        start = process_time()
        placed(made, loaded.hub, settings, str)
        times.append(process_time() - start)

    assert times[1] < max(0.05, times[0] * 30)
