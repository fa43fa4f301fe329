"""RSS and Atom as parsers that are not ours read them, with each trap of feedgen closed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from email.utils import parsedate_to_datetime

import feedparser
import pytest
from lxml import etree
from tests.hubs import moment
from tests.outputs.test_feed_record import channel, entry

from handbill.outputs.feed_record import Author, Enclosure
from handbill.outputs.feed_xml import xml_feed

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
PICTURE = Enclosure("https://essai.example/media/a.png", "image/png", 1234)


def made(ending, *entries, **more):
    address = f"https://essai.example/feeds/all.{ending}"
    return xml_feed(
        replace(channel(*entries), **{"ending": ending, "self_address": address, "icon": "https://essai.example/f.svg", **more})
    )


def rss(*entries, **more):
    return etree.fromstring(made("rss.xml", *entries, **more)).find("channel")


def atom(*entries, **more):
    return etree.fromstring(made("atom.xml", *entries, **more))


def test_entries_stand_in_the_order_given():
    """feedgen would turn them round."""
    three = [entry("tag:x:1"), entry("tag:x:2"), entry("tag:x:3")]

    assert ["tag:x:1", "tag:x:2", "tag:x:3"] == [one.findtext("guid") for one in rss(*three).iter("item")]
    assert ["tag:x:1", "tag:x:2", "tag:x:3"] == [one.findtext(f"{ATOM}id") for one in atom(*three).iter(f"{ATOM}entry")]


def test_no_date_is_the_clock_s():
    """feedgen stamps it on whatever has none, also where there is no entry."""
    assert moment("2026-03-01 00:00") == parsedate_to_datetime(rss(entry("a")).findtext("lastBuildDate"))
    assert "Sat, 01 Jan 2000 00:00:00 +0000" == rss().findtext("lastBuildDate")
    assert "2000-01-01T00:00:00+00:00" == atom().findtext(f"{ATOM}updated")


def test_a_feed_links_to_itself_its_page_and_who_tells_of_it():
    """feedgen takes the last link for the home, and knows no WebSub in RSS."""
    for form, kind in (("rss.xml", "application/rss+xml"), ("atom.xml", "application/atom+xml")):
        tree = etree.fromstring(made(form, home="https://essai.example/posts/", hub="https://websub.example/"))
        links = {one.get("rel"): (one.get("href"), one.get("type")) for one in tree.iter(f"{ATOM}link")}
        assert (f"https://essai.example/feeds/all.{form}", kind) == links["self"]
        assert ("https://websub.example/", None) == links["hub"]
        assert "https://essai.example/posts/" == (links["alternate"][0] if form == "atom.xml" else tree.findtext("channel/link"))


def test_a_feed_without_a_teller_names_none():
    """Programs would try to subscribe there."""
    assert ["self"] == [one.get("rel") for one in rss().iter(f"{ATOM}link")]


def test_a_picture_is_enclosed_with_its_type_and_length():
    """feedgen drops both from Atom."""
    one = entry("a", picture=PICTURE)

    assert {"url": PICTURE.address, "type": "image/png", "length": "1234"} == dict(rss(one).find("item/enclosure").attrib)
    links = [dict(link.attrib) for link in atom(one).find(f"{ATOM}entry").iter(f"{ATOM}link")]
    assert [
        {"href": "https://essai.example/posts/a/", "rel": "alternate", "type": "text/html"},
        {"href": PICTURE.address, "rel": "enclosure", "type": "image/png", "length": "1234"},
    ] == links


@pytest.mark.parametrize(
    "title", ["Gras </b>", "R&amp;D", "&#x1F600;", "a < b & c", "<b>", "]]>", "<![CDATA[x]]>", "<!-- x -->", "50 % & plus", "é 😀 مرحبا"]
)
def test_a_plain_text_is_read_as_it_was_written(title):
    """Programs disagree on what `<b>` in a title is; where one could take it for HTML it says what it is."""
    one = entry("a", title=title, summary=title)
    node = atom(one).find(f"{ATOM}entry")

    read = {name: node.find(f"{ATOM}{name}") for name in ("title", "summary")}
    for field in read.values():
        plain = etree.fromstring(f"<p>{field.text}</p>").text if field.get("type") == "html" else field.text
        assert title == plain
    assert title == (rss(one).findtext("item/title") or "").replace("\u2060", "")
    assert title == etree.fromstring(f"<p>{rss(one).findtext('item/description')}</p>").text


@pytest.mark.parametrize(
    ("plain", "written"),
    [
        ("Le <b>gras</b>", "Le <\u2060b>gras<\u2060/b>"),
        ("R&amp;D", "R&\u2060amp;D"),
        ("a &#60; b", "a &\u2060#60; b"),
        ("une &copyright, &alpha;", "une &\u2060copyright, &\u2060alpha;"),
        ("1 < 2 & 3, R&D, <3", "1 < 2 & 3, R&D, <3"),
        ("<!-- x -->", "<\u2060!-- x -->"),
    ],
)
def test_a_title_of_rss_is_text_to_every_program(plain, written):
    """RSS cannot say what it is; programs that take it for HTML would drop `<b>`, and draw © for `&copy`."""
    one = entry("a", title=plain, authors=(Author(plain),))

    tree = rss(one, title=plain, description=plain, logo="https://essai.example/l.png")
    assert {written} == {tree.findtext(path) for path in ("title", "description", "image/title", "item/title", f"item/{CREATOR}")}


def test_only_what_looks_like_html_is_marked_as_such():
    """Everything else is plain for the simplest of programs."""
    marks = [atom(entry("a", title=title)).find(f"{ATOM}entry/{ATOM}title").get("type") for title in ("a < b & c", "Gras </b>", "R&amp;D")]

    assert [None, "html", "html"] == marks


@pytest.mark.parametrize("content", ["<p>a ]]> b</p>", "<p>&amp;amp; &lt;b&gt;</p>", "<pre><code>&lt;![CDATA[ x ]]&gt;</code></pre>"])
def test_the_text_is_carried_letter_by_letter(content):
    """A block of CDATA would end at the first `]]>`."""
    assert content == rss(entry("a", content=content)).findtext(f"item/{CONTENT}")
    assert content == atom(entry("a", content=content)).findtext(f"{ATOM}entry/{ATOM}content")


def test_what_is_empty_is_left_out():
    """Validators take an empty element for a forgotten one."""
    one = entry("a", summary="", content="")

    assert [] == [node.tag for node in rss(one).find("item").iter() if node.tag in ("description", CONTENT, "category", "enclosure")]
    assert [] == [node.tag for node in atom(one).find(f"{ATOM}entry").iter() if node.tag in (f"{ATOM}summary", f"{ATOM}content")]


def test_a_summary_alone_and_a_text_alone_are_enough():
    """Each is what RSS then calls the description."""
    assert "Résumé" == rss(entry("a", content="")).findtext("item/description")
    assert "<p>Texte</p>" == rss(entry("a", summary="")).findtext("item/description")


def test_authors_have_names_and_pages_and_no_mail_addresses():
    """RSS asks for a mail address; a name is told in Dublin Core instead."""
    one = entry("a", authors=(Author("Ada", "https://essai.example/people/ada/"), Author("Invitée")))

    assert ["Ada", "Invitée"] == [node.text for node in rss(one).iter(CREATOR)]
    assert not list(rss(one).iter("author"))
    assert [("Ada", "https://essai.example/people/ada/"), ("Invitée", None)] == [
        (node.findtext(f"{ATOM}name"), node.findtext(f"{ATOM}uri")) for node in atom(one).find(f"{ATOM}entry").iter(f"{ATOM}author")
    ]


def test_each_language_is_said_where_it_begins():
    """A voice that reads aloud changes with it."""
    tree = atom(entry("a"), entry("b", lang="en"))

    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    assert ["fr", None, "en"] == [tree.get(lang), *(one.get(lang) for one in tree.iter(f"{ATOM}entry"))]
    assert "fr" == rss().findtext("language")


def test_subjects_say_which_list_they_are_from():
    """`bois` of one hub is not `bois` of another."""
    one = entry("a", tags=("bois", "vélo"))

    scheme = "https://essai.example/tags/"
    assert [("bois", scheme), ("vélo", scheme)] == [(node.text, node.get("domain")) for node in rss(one).iter("category")]
    assert [("bois", scheme), ("vélo", scheme)] == [(node.get("term"), node.get("scheme")) for node in atom(one).iter(f"{ATOM}category")]


def test_marks_are_shown_where_the_form_takes_them():
    """RSS knows PNG, JPEG and GIF only, under the title and the home of the feed itself."""
    logo = "https://essai.example/theme/logo.png"

    image = rss(logo=logo).find("image")
    assert (logo, "Essai", "https://essai.example/") == tuple(image.findtext(name) for name in ("url", "title", "link"))
    assert rss(logo="https://essai.example/theme/logo.svg").find("image") is None
    assert ("https://essai.example/f.svg", logo) == (atom(logo=logo).findtext(f"{ATOM}icon"), atom(logo=logo).findtext(f"{ATOM}logo"))


def test_moments_of_one_day_differ_in_atom_by_less_than_a_second():
    """The W3C's validator warns of two entries of one instant; what is published is told as it is."""
    nodes = list(atom(entry("a"), entry("b")).iter(f"{ATOM}entry"))

    updated = [datetime.fromisoformat(node.findtext(f"{ATOM}updated")) for node in nodes]
    assert 2 == len(set(updated))
    assert {moment("2026-03-01 00:00")} == {one.replace(microsecond=0) for one in updated}
    assert {"2026-03-01T00:00:00+01:00"} == {node.findtext(f"{ATOM}published") for node in nodes}


@pytest.mark.parametrize("ending", ["rss.xml", "atom.xml"])
def test_a_common_reader_finds_pictures_people_and_subjects(ending):
    """What we mean is worth nothing where the usual library reads something else."""
    one = entry("tag:x:1", picture=PICTURE, authors=(Author("Ada", "https://essai.example/people/ada/"),), tags=("bois",))

    found = feedparser.parse(made(ending, one)).entries[0]

    assert [(PICTURE.address, "image/png", "1234")] == [(it.href, it.type, it.length) for it in found.enclosures]
    assert ("Ada", ["bois"]) == (found.author, [tag.term for tag in found.tags])
    assert "<p>Texte</p>" == found.content[0].value
    assert ("https://essai.example/posts/a/", "Résumé") == (found.link, found.summary)


@pytest.mark.parametrize("ending", ["rss.xml", "atom.xml"])
def test_the_same_feed_has_the_same_bytes(ending):
    """Whoever asks whether something is new is told no, and nothing is sent."""
    entries = tuple(entry(f"tag:x:{n}", picture=PICTURE, tags=("b", "a")) for n in range(20))

    assert made(ending, *entries) == made(ending, *entries)
