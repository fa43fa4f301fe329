"""The same posts laid out for each program."""

import re

import pytest
from benchmarks.corpus import Order, corpus
from benchmarks.layouts import eleventy, handbill, hugo, pelican
from benchmarks.layouts.written import NAME, NOTE, framed

RIVALS = (hugo, eleventy, pelican)
ORDER = Order(posts=24, languages=("fr", "en"), events=0.25)


@pytest.fixture(scope="module")
def laid(tmp_path_factory):
    """Return the folder of each layout."""
    found = corpus(ORDER)
    folders = {}
    for one in (handbill, *RIVALS):
        folders[one] = tmp_path_factory.mktemp("laid") / "site"
        one.lay(folders[one], found)
    return folders


def texts(folder, *below):
    return {file.stem: file.read_text(encoding="utf-8") for part in below for file in (folder / part).glob("p*.md")}


def plain(text):
    """Return what a text says, without front matter, the moment of an event and where links lead."""
    body = text.split("\n\n", 1)[1]
    body = re.sub(r"\A\*\*\d{4}-.*\*\*\n\n", "", body)
    return re.sub(r"\]\([^)]*\)", "]", body)


def test_each_program_gets_the_same_texts(laid):
    """Whoever builds less is no faster."""
    found = corpus(ORDER)
    ours = texts(laid[handbill], "content/posts", "events")
    published = {one.name for one in found.posts}

    assert published | {one.name for one in found.scheduled} == set(ours)
    for rival in RIVALS:
        theirs = texts(laid[rival], "content/posts", "content/events")
        assert published == set(theirs)
        assert {name: plain(ours[name]) for name in published} == {name: plain(text) for name, text in theirs.items()}


def test_each_program_is_told_title_day_tags_category_and_author(laid):
    """Their lists are made from these."""
    found = corpus(ORDER)
    for one in (handbill, *RIVALS):
        told = texts(laid[one], "content/posts", "content/events", "events")
        for post in found.posts:
            front = told[post.name].split("\n\n", 1)[0]
            author = found.authors[post.author] if one is pelican else post.author
            wanted = {post.title, post.day.isoformat(), post.category, author, *post.tags}
            assert not {word for word in wanted if word not in front}


def test_the_links_of_a_hub_lead_to_files(laid):
    """Handbill looks for them, and a hub that does not build measures nothing."""
    hub = laid[handbill]
    for file in (*(hub / "content/posts").glob("*.md"), *(hub / "events").glob("*.md")):
        for target in re.findall(r"\]\(([^)]*\.md)\)", file.read_text(encoding="utf-8")):
            assert (file.parent / target).resolve().is_file()


def test_a_hub_is_committed_whole(laid):
    """Handbill reads the history of what it builds."""
    assert (laid[handbill] / ".git" / "HEAD").is_file()


def test_a_hub_without_cards_and_search_says_so(tmp_path):
    """That is the row which is compared with the others."""
    handbill.lay(tmp_path / "lean", corpus(Order(posts=2)), dialect="python-markdown", is_whole=False)
    settings = (tmp_path / "lean" / "hub.toml").read_text(encoding="utf-8")

    assert "cards = false\nsearch = false\n" in settings
    assert 'dialect = "python-markdown"' in settings


def test_what_a_scenario_changes_stands_in_every_layout(laid):
    """Otherwise a scenario would change nothing, and measure that."""
    from benchmarks.contestants import CONTESTANTS

    for one in CONTESTANTS:
        module = {"hugo": hugo, "eleventy": eleventy, "pelican": pelican}.get(one.rival, handbill)
        assert NAME in (laid[module] / one.settings).read_text(encoding="utf-8")
        assert NOTE in (laid[module] / one.template).read_text(encoding="utf-8")


def test_the_rivals_share_one_frame_with_nothing_left_to_fill_in():
    """Pages of a like weight are what makes it fair."""
    for module in RIVALS:
        assert not re.findall(r"@[a-z]+@", framed(module._WORDS))
