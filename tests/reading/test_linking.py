"""Links of a text become addresses; what leads nowhere is told with its place, in the words of its remedy."""

from __future__ import annotations

import pytest
from tests.hubs import VILLAGE, load_village, text, write

from handbill.reading.texts import read_texts

PNG = (VILLAGE / "content/pictures/puits.png").read_bytes()
OTHER = {
    "content/posts/2026-01-05-banc.md": text("## Un\n\nx", title="Le grand banc", aliases="[/ancien/banc/]"),
    "content/pictures/banc.png": PNG,
}


def loaded(tmp_path, body, files=OTHER, **front):
    return load_village(root=write(tmp_path, {**files, "content/posts/a.md": text(body, **front)}))[0]


def links(tmp_path, body, **front):
    found = loaded(tmp_path, body, **front)
    assert () == tuple(one for one in found.problems if one.path == "content/posts/a.md")
    return found.hub.by_id["post:a"].body.links


def told(tmp_path, body, files=OTHER):
    return [str(one) for one in loaded(tmp_path, body, files).problems]


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("https://essai.example/posts/banc/", "/posts/banc/"),
        ("http://www.essai.example/posts/banc#un", "/posts/banc/#un"),
        ("https://essai.example/posts/banc/index.html", "/posts/banc/"),
        ("https://essai.example/ancien/banc/", "/posts/banc/"),
        ("/ancien/banc/", "/posts/banc/"),
        ("/posts/banc/index.html", "/posts/banc/"),
        ("/feeds/", "/feeds/"),
        ("/feeds", "/feeds/"),
        ("https://essai.example/", "/"),
    ],
)
def test_the_hubs_own_addresses_become_links_of_the_hub(tmp_path, link, address):
    """They work in the preview, and go along when the hub moves to another name."""
    assert (address,) == links(tmp_path, f"[x]({link})")


def test_a_whole_address_follows_the_hub_to_another_name(tmp_path):
    """Otherwise every such link would keep leading to the old one."""
    root = write(
        tmp_path, {**OTHER, "content/posts/a.md": text("[x](https://essai.example/posts/banc/?a=1&b=2) [y](https://autre.example/)")}
    )
    body = load_village(root=root)[0].hub.by_id["post:a"].body

    assert '<p><a href="/la/posts/banc/">x</a> <a href="https://autre.example/">y</a></p>' == body.with_links(lambda one: "/la" + one)


def test_the_place_of_a_link_that_only_the_plan_can_judge_is_kept(tmp_path):
    """Whether there is a feed of that name is known later, and then the file is no longer at hand."""
    item = loaded(tmp_path, "Un.\n\n[x](/feeds/tags/bois.atom.xml#x) [z](2026-01-05-banc.md)").hub.by_id["post:a"]

    assert (8, 5, 27) == item.places["/feeds/tags/bois.atom.xml"]
    assert {"title", "date", "/feeds/tags/bois.atom.xml"} == set(item.places)


@pytest.mark.parametrize(
    ("link", "message"),
    [
        (
            "https://essai.example/posts/bancs/",
            "a link to https://essai.example/posts/bancs/, an address of this hub that nothing answers, wanted /posts/banc/, perhaps [HB309]",
        ),
        (
            "http://localhost:8000/posts/banc/",
            "a link to the preview on your own computer, wanted /posts/banc/, the same page for everybody [HB309]",
        ),
        (
            "../pictures/Banc.png",
            "a link to ../pictures/Banc.png, whose file is named otherwise: on most servers it would not be found, wanted ../pictures/banc.png, written exactly so [HB301]",
        ),
        (
            "2026-01-05-Banc.md",
            "a link to 2026-01-05-Banc.md, whose file is named otherwise: on most servers it would not be found, wanted 2026-01-05-banc.md, written exactly so [HB301]",
        ),
        ("banc.md", "a link to banc.md, which does not exist, wanted 2026-01-05-banc.md, perhaps [HB301]"),
        ("le-grand-banc.html", "a link to le-grand-banc.html, which does not exist, wanted 2026-01-05-banc.md, perhaps [HB301]"),
        ("/posts/banc.html", "a link to /posts/banc.html, which is no address of the hub, wanted /posts/banc/, perhaps [HB301]"),
        (
            "/content/posts/2026-01-05-banc.md",
            "a link to /content/posts/2026-01-05-banc.md, which is no address of the hub, wanted 2026-01-05-banc.md, perhaps [HB301]",
        ),
        (
            "content/posts/2026-01-05-banc.md",
            "a link to content/posts/2026-01-05-banc.md, which does not exist, wanted 2026-01-05-banc.md, perhaps [HB301]",
        ),
        (
            "../../../2026-01-05-banc.md",
            "a link to ../../../2026-01-05-banc.md, which lies outside the repository, wanted 2026-01-05-banc.md, perhaps [HB302]",
        ),
        ("..\\\\posts\\\\2026-01-05-banc.md", None),
        ("../posts/", "a link to the folder ../posts/, wanted /posts/, the page that lists it, or a file in it [HB301]"),
        ("../pictures", "a link to the folder ../pictures, wanted a file in it [HB301]"),
        ("www.exemple.fr", "a link to www.exemple.fr, which does not exist, wanted https://www.exemple.fr, perhaps [HB301]"),
        ("2026-01-05-banc.md#Un", "a link to “#Un”, which is no heading there, wanted #un, perhaps [HB303]"),
        ("/posts/banc/#deux", "a link to “#deux”, which is no heading there, wanted one of its headings: #un [HB303]"),
        (
            "https://essai.example/posts/rien/",
            "a link to https://essai.example/posts/rien/, an address of this hub that nothing answers, wanted an address of the hub, or a path to a file [HB309]",
        ),
        ("/posts/aa/", "a link to /posts/aa/, which is no address of the hub, wanted an address of the hub, or a path to a file [HB301]"),
        ("contact@asso.example", "a mail address without “mailto:” before it, wanted mailto: and the address [HB318]"),
    ],
)
def test_a_link_that_leads_nowhere_is_answered_with_the_right_one(tmp_path, link, message):
    """The editor takes what is offered, and goes on."""
    (problem,) = told(tmp_path, f"[x](<{link}>)")
    if message is None:
        assert problem.endswith("wanted 2026-01-05-banc.md, perhaps [HB301]")
    else:
        assert f"content/posts/a.md:6:6: found {message}" == problem


def test_an_address_on_ones_own_computer_is_fine_where_it_is_no_page_of_the_hub(tmp_path):
    """Who explains how to set up a program has to name it."""
    assert [] == told(tmp_path, "Ouvrez [ceci](http://localhost:3000/admin) ou <http://localhost>.")


def test_a_link_to_an_address_that_the_hub_had_before_leads_to_the_present_one(tmp_path):
    """The old address is answered; a message would ask for work that helps nobody."""
    root = write(tmp_path, {**OTHER, "content/posts/a.md": text("[x](/posts/vieux/)"), "addresses.lock": "/posts/vieux/ post:banc\n"})

    found = load_village(root=root)[0]
    assert () == found.problems
    assert ("/posts/banc/",) == found.hub.by_id["post:a"].body.links


def test_links_of_a_file_with_other_faults_are_looked_at_too(tmp_path):
    """One run tells everything."""
    files = {**OTHER, "content/posts/c.md": text("[x](https://essai.example/rien/)", draft="peut-être")}

    assert ["HB201", "HB309"] == [one[-6:-1] for one in told(tmp_path, "x", files)]


def test_of_a_link_to_what_waits_only_the_words_are_shown(tmp_path):
    """Its address would say what is to come, and lead nowhere; links beside it stay."""
    body = 'Voir [le **bal**](b.md#la "titre"), [encore](b.md) et [le banc](2026-01-05-banc.md).'
    mailed = "---\nnumber: 9\nsubject: Neuf\ndate: 2026-03-13 18:00\n---\n\n" + body.replace("(", "(../content/posts/") + "\n"
    files = {**OTHER, "content/posts/a.md": text(body), "content/posts/b.md": text("## La", title="B", date="2027-01-01")}

    hub = load_village(root=write(tmp_path, {**files, "newsletters/9.md": mailed}))[0].hub
    found, letter = hub.by_id["post:a"], next(one for one in hub.items if one.source == "newsletters/9.md")

    assert '<p>Voir le <strong>bal</strong>, encore et <a href="/posts/banc/">le banc</a>.</p>' == found.body.with_links(str)
    assert "Voir le bal, encore et le banc ⟨/posts/banc/⟩." == letter.body.pieces(str)[0].text
    assert (6, 19, 7) == found.places["/posts/b/"]


def test_a_text_that_goes_while_it_is_read_is_told_without_its_place(tmp_path, monkeypatch):
    """An editor or git may move files at any moment; a build that began tells what it read."""

    def read_and_gone(*given):
        texts = read_texts(*given)
        (tmp_path / "content/posts/a.md").unlink()
        return texts

    monkeypatch.setattr("handbill.reading.load.read_texts", read_and_gone)

    assert ["content/posts/a.md"] == [one.path for one in loaded(tmp_path, "Voir [rien](rien.md).").problems]
