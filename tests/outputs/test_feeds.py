"""Feeds as reading programs meet them: RSS, Atom and JSON, read back by parsers that are not ours."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import cache
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import feedparser
import pytest
from lxml import etree
from tests.hubs import load_village, text, village, write

from handbill.errors import HandbillError
from handbill.outputs import feeds

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
BASE = "https://village.example/hub/"


@cache
def made(root: Path | None = None, as_of: str = "2026-03-20 12:00", **changes: object) -> dict[str, bytes]:
    """Return every feed of a hub (default: the village), by path."""
    loaded, settings = load_village(as_of, root, **changes)
    planned = list(feeds.plan(loaded.hub, settings))
    return {one.path: bytes(one.content) for one in feeds.make(planned, settings, Path("nowhere"))}  # type: ignore[arg-type]


def made_of(folder: Path, files: dict[str, str]) -> dict[str, bytes]:
    return made(write(folder, files))


def rss_entries(raw: bytes) -> list[dict[str, object]]:
    found = []
    for item in etree.fromstring(raw).iter("item"):
        found.append(
            {
                "id": item.findtext("guid"),
                "address": item.findtext("link"),
                "title": item.findtext("title").replace("\u2060", ""),
                "summary": unescape(item.findtext("description") or ""),
                "content": item.findtext(CONTENT),
                "published": parsedate_to_datetime(item.findtext("pubDate") or ""),
                "tags": [one.text for one in item.iter("category")],
                "authors": [one.text.replace("\u2060", "") for one in item.iter(CREATOR)],
            }
        )
    return found


def atom_entries(raw: bytes) -> list[dict[str, object]]:
    found = []
    for entry in etree.fromstring(raw).iter(f"{ATOM}entry"):
        found.append(
            {
                "id": entry.findtext(f"{ATOM}id"),
                "address": entry.find(f"{ATOM}link").get("href"),
                "title": plain(entry.find(f"{ATOM}title")),
                "summary": plain(entry.find(f"{ATOM}summary")),
                "content": entry.findtext(f"{ATOM}content"),
                "published": datetime.fromisoformat(entry.findtext(f"{ATOM}published") or ""),
                "tags": [one.get("term") for one in entry.iter(f"{ATOM}category")],
                "authors": [one.findtext(f"{ATOM}name") for one in entry.iter(f"{ATOM}author")],
            }
        )
    return found


def plain(node: etree._Element) -> str | None:
    """Return what an Atom text says, be it marked as HTML or not."""
    return unescape(node.text or "") if node.get("type") == "html" else node.text


def json_entries(raw: bytes) -> list[dict[str, object]]:
    return [
        {
            "id": item["id"],
            "address": item["url"],
            "title": item["title"],
            "summary": item["summary"],
            "content": item["content_html"],
            "published": datetime.fromisoformat(item["date_published"]),
            "tags": item.get("tags", []),
            "authors": [one["name"] for one in item.get("authors", [])],
        }
        for item in json.loads(raw)["items"]
    ]


class Addresses(HTMLParser):
    """Collects every address in a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if name in ("href", "src", "srcset", "action", "poster")]


def test_all_forms_of_a_feed_say_the_same():
    """Which form a member's program prefers must not decide what the member gets to read."""
    found = made()

    for name in ("feeds/all", "feeds/newsletters", "feeds/tags/eau", "en/feeds/posts"):
        wanted = json_entries(found[f"{name}.json"])
        assert wanted
        assert wanted == rss_entries(found[f"{name}.rss.xml"])
        assert wanted == atom_entries(found[f"{name}.atom.xml"])


@pytest.mark.parametrize("ending", ["rss.xml", "atom.xml"])
def test_a_common_reader_finds_the_fields(ending):
    """What we mean is worth nothing where the usual library reads something else."""
    found = made()

    read = feedparser.parse(found[f"feeds/all.{ending}"])

    assert not read.bozo
    assert ("Le village", f"{BASE}", "fr") == (read.feed.title, read.feed.link, read.feed.language)
    wanted = json_entries(found["feeds/all.json"])
    assert [(one["id"], one["address"]) for one in wanted] == [(one.id, one.link) for one in read.entries]
    assert [one["published"].utctimetuple()[:6] for one in wanted] == [one.published_parsed[:6] for one in read.entries]  # type: ignore[attr-defined]
    assert [one["tags"] for one in wanted] == [[tag.term for tag in one.get("tags", [])] for one in read.entries]
    assert ["Le puits est réparé."] == [one.summary for one in read.entries if one.id.endswith("post:le-puits")]


def test_every_address_in_a_feed_is_whole():
    """A relative address leads nowhere in a reading program."""
    found = made()

    pages = [one for path, raw in found.items() if path.endswith("json") for one in json_entries(raw)]
    addresses = [address for one in pages for address in (one["address"], *Addresses(str(one["content"])).found)]
    assert f"{BASE}media/pictures/puits.png" in addresses
    assert [] == [address for address in addresses if not str(address).startswith(("https://", "http://", "mailto:"))]
    for path, raw in found.items():
        if not path.endswith("json"):
            links = [one.get("href") for one in etree.fromstring(raw).iter(f"{ATOM}link")]
            assert [] == [link for link in links if not link.startswith("https://village.example/")], path


def test_a_link_within_a_text_leads_to_the_page(tmp_path):
    """In a reading program every entry shares one page: `#fn-1` would jump to somebody else's footnote."""
    body = 'Un renvoi[^1], <a title="a > b" href="#ici">là</a>, et `<a href="#code">` du code.\n\n[^1]: La note.\n\n## Ici'

    content = str(json_entries(made_of(tmp_path, {"content/posts/a.md": text(body)})["feeds/all.json"])[0]["content"])

    wanted = {"https://essai.example/posts/a/#fn-1", "https://essai.example/posts/a/#ici", "https://essai.example/posts/a/#fnref-1"}
    assert wanted == set(Addresses(content).found)
    assert '&lt;a href="#code"&gt;' in content


@pytest.mark.parametrize(
    "front", [{"slug": "ailleurs"}, {"title": "Autre"}, {"date": "2026-01-09 10:00"}, {"tags": "[autre]"}, {"updated": "2026-02-01"}]
)
def test_an_entry_keeps_its_id_whatever_is_edited(tmp_path, front):
    """A changed id shows every subscriber an old post as new."""
    before = made_of(tmp_path / "a", {"content/posts/a.md": text(tags="[x]")})["feeds/all.json"]
    after = made_of(tmp_path / "b", {"content/posts/a.md": text(**{"tags": "[x]", **front})})["feeds/all.json"]

    assert before != after
    assert ["tag:essai.example,2026:post:a"] == [one["id"] for one in json_entries(before)] == [one["id"] for one in json_entries(after)]


def test_a_renamed_file_keeps_its_id_where_it_is_written_down(tmp_path):
    """Moving a file must not look like news either."""
    found = made_of(tmp_path, {"content/posts/nouveau.md": text(id="post:ancien")})["feeds/all.json"]

    assert ["tag:essai.example,2026:post:ancien"] == [one["id"] for one in json_entries(found)]


def test_an_id_is_a_valid_tag_address_whatever_it_is_made_of(tmp_path):
    """The W3C's validator refuses a tag URI with spaces or accents, and so do strict readers."""
    found = made_of(tmp_path, {"content/posts/a.md": text(id='"post:fête #1"')})["feeds/all.json"]

    assert ["tag:essai.example,2026:post:f%C3%AAte%20%231"] == [one["id"] for one in json_entries(found)]


def test_an_entry_is_never_changed_before_it_was_published(tmp_path):
    """Readers sort by it; a date before the publication would bury the entry."""
    files = {"content/posts/a.md": text(date="2026-02-01 10:00", updated="2026-01-01"), "content/posts/b.md": text(updated="2026-01-20")}

    items = json.loads(made_of(tmp_path, files)["feeds/all.json"])["items"]

    assert ["2026-02-01T10:00:00+01:00", "2026-01-20T00:00:00+01:00"] == [item["date_modified"] for item in items]


def test_a_feed_changed_when_its_latest_changed_entry_did(tmp_path):
    """That may be an old post, edited since; a reader that trusts the newest would miss it."""
    files = {"content/posts/a.md": text(date="2026-03-01 10:00"), "content/posts/b.md": text(date="2026-01-05", updated="2026-03-10")}
    found = made_of(tmp_path, files)

    wanted = datetime.fromisoformat("2026-03-10T00:00:00+01:00")
    assert wanted == datetime.fromisoformat(etree.fromstring(found["feeds/all.atom.xml"]).findtext(f"{ATOM}updated") or "")
    assert wanted == parsedate_to_datetime(etree.fromstring(found["feeds/all.rss.xml"]).findtext("channel/lastBuildDate") or "")


def test_a_feed_does_not_change_by_the_clock_alone():
    """A feed that differs at each build is fetched by everyone each time, and shows old entries as edited.

    Between the two moments a series goes from date to date, an event passes
    and a contest closes; nothing is published.
    """
    before, after = (without_digests(made(as_of=at)) for at in ("2026-03-20 12:00", "2026-04-30 23:59"))

    assert before == after
    assert len(before) > 30


def without_digests(found: dict[str, bytes]) -> dict[str, bytes]:
    """Return the feeds but those of weeks and months, which pass."""
    return {path: raw for path, raw in found.items() if not path.rpartition("/")[2].startswith(("weekly.", "monthly."))}


def test_what_is_published_later_appears_later():
    """The test above would be no test if the feeds were always the same."""
    before, after = (json_entries(made(as_of=at)["feeds/posts.json"]) for at in ("2026-04-30 23:59", "2026-05-01 00:00"))

    assert ["tag:village.example,2026:post:bientot"] == [one["id"] for one in after if one not in before]


def test_another_post_changes_only_the_feeds_that_hold_it(tmp_path):
    """Everybody else is told that nothing is new, and nothing is sent."""
    files = {f"content/posts/p{n}.md": text(tags="[bois]" if n % 2 else "[eau]", date=f"2026-01-{n:02}") for n in range(1, 9)}
    hub = '[hub]\nname = "Essai"\nbase_url = "https://essai.example/"\nlang = "fr"\n'
    before = made_of(tmp_path / "a", {"hub.toml": hub, **files})
    after = made_of(tmp_path / "b", {"hub.toml": hub, **files, "content/posts/p1.md": text("Autre.", tags="[bois]", date="2026-01-01")})

    changed = {path.partition(".")[0] for path in before if before[path] != after[path]}
    assert {"feeds/all", "feeds/posts", "feeds/tags/bois", "feeds/weekly", "feeds/monthly"} == changed
    assert "feeds/tags/eau.atom.xml" in before
    assert before.keys() == after.keys()


def test_the_feed_of_all_languages_has_each_text_once(tmp_path):
    """In the language of the hub where there is one, else in its own, and each says which."""
    files = {
        "content/posts/a.md": text(title="Deux", date="2026-01-03"),
        "content/posts/a.en.md": text(title="Two", date="2026-01-04"),
        "content/posts/b.en.md": text(title="English only", date="2026-01-05"),
    }
    found = made_of(tmp_path, files)

    items = json.loads(found["feeds/all-languages.json"])["items"]
    assert [("English only", "en"), ("Deux", "fr")] == [(one["title"], one["language"]) for one in items]
    assert "en/feeds/all-languages.json" not in found


def test_a_hub_of_one_language_has_no_feed_of_all():
    """It would be a second one of everything."""
    assert [] == [path for path in made(languages=("fr",)) if "all-languages" in path]


def test_the_feed_of_all_languages_stays_when_one_language_is_left(tmp_path):
    """Who follows it would be told of an error."""
    root = village(tmp_path)
    (root / "addresses.lock").write_text("/feeds/all-languages.json feeds:fr:all-languages.json\n", encoding="utf-8")

    assert "feeds/all-languages.json" in made(root, languages=("fr",))


def test_a_moved_hub_keeps_the_ids_of_its_feeds_and_entries(tmp_path):
    """Thirty texts as new, in everybody's program, because of a new domain."""
    root = write(tmp_path, {"content/posts/a.md": text()})
    loaded, settings = load_village(root=root)
    moved = replace(loaded.hub, host="ancien.example")
    found = {one.path: bytes(one.content) for one in feeds.make(list(feeds.plan(moved, settings)), settings, Path("nowhere"))}  # type: ignore[arg-type]

    tree = etree.fromstring(found["feeds/all.atom.xml"])
    assert {"tag:ancien.example,2026:feed:fr:all", "tag:ancien.example,2026:post:a"} == {one.text for one in tree.iter(f"{ATOM}id")}
    assert "https://essai.example/" == settings.base_url


def test_what_cannot_stand_in_a_feed_fails_the_build_with_its_place(tmp_path):
    """Reading refuses it; a plugin or a fault of ours must not lose everybody the feed in silence."""
    loaded, settings = load_village(root=write(tmp_path, {"content/posts/a.md": text()}))
    broken = replace(loaded.hub, items=tuple(replace(item, title="a\x00b") for item in loaded.hub.items))

    with pytest.raises(HandbillError, match=r"post:a: title: U\+0000"):
        list(feeds.make(list(feeds.plan(broken, settings)), settings, Path("nowhere")))


def test_who_tells_of_the_news_at_once_is_named_in_every_form():
    """Programs then need not ask every hour (WebSub)."""
    found = made(feed_hub="https://websub.example/")

    assert [{"type": "WebSub", "url": "https://websub.example/"}] == json.loads(found["feeds/all.json"])["hubs"]
    for form in ("rss.xml", "atom.xml"):
        links = etree.fromstring(found[f"feeds/all.{form}"]).iter(f"{ATOM}link")
        assert ["https://websub.example/"] == [one.get("href") for one in links if one.get("rel") == "hub"]


def test_each_feed_leads_to_the_page_that_shows_the_same():
    """A reading program offers it as “visit the site”."""
    found = made()

    homes = {path: json.loads(raw)["home_page_url"].removeprefix(BASE) for path, raw in found.items() if path.endswith(".json")}
    assert {
        "feeds/all.json": "",
        "feeds/weekly.json": "archives/",
        "feeds/events.json": "events/",
        "feeds/tags/eau.json": "tags/eau/",
        "en/feeds/posts.json": "en/posts/",
    }.items() <= homes.items()


def test_entries_stand_newest_first():
    """feedgen would turn them round, and some readers show the order that they get."""
    found = made()

    wanted = ["contest:photo", "post:le-puits", "event:concert", "event:fete", "event:corvee", "post:le-premier"]
    for entries in (
        rss_entries(found["feeds/all.rss.xml"]),
        atom_entries(found["feeds/all.atom.xml"]),
        json_entries(found["feeds/all.json"]),
    ):
        assert wanted == [str(one["id"]).partition("2026:")[2] for one in entries]


def test_what_is_off_says_so_in_its_title(tmp_path):
    """Many read titles only, and would stand before a closed door."""
    off = {"starts": "2026-04-11 14:00", "organisers": "[X]", "venue": "{name: Salle}", "status_note": "Pluie"}
    files = {
        "events/a.md": text(date="2026-01-04", status="cancelled", **off),
        "events/b.md": text(date="2026-01-03", status="postponed", **off),
        "events/c.en.md": text(status="cancelled", **off),
        "content/contests/d.md": text(
            date="2026-01-02", mechanism="jury", opens="2026-02-01", closes="2026-03-01", enter="x", organiser="y", prizes="[{name: z}]",
            cancelled="Personne",
        ),
        "content/posts/e.md": text(date="2026-01-01"),
    }  # fmt: skip
    found = made_of(tmp_path, files)

    assert ["Annulé\u00a0: Un titre", "Reporté\u00a0: Un titre", "Annulé\u00a0: Un titre", "Un titre"] == [
        one["title"] for one in rss_entries(found["feeds/all.rss.xml"])
    ]
    assert ["Cancelled: Un titre"] == [one["title"] for one in atom_entries(found["en/feeds/all.atom.xml"])]


def test_an_event_is_announced_with_its_date_and_place():
    """The text of an announcement often takes both for known."""
    content = {str(one["id"]).rpartition(":")[2]: str(one["content"]) for one in json_entries(made()["feeds/events.json"])}

    assert (
        "<p><strong>samedi 11 avril 2026, de 14 h à 1 h le lendemain · Place du Puits, 1 place du Puits, 00000 Village</strong></p>"
        in content["fete"].replace("\u00a0", " ")
    )
    assert "<p>Le pianiste est grippé.</p>" in content["concert"]


def test_a_feed_names_its_own_address():
    """Readers keep that address, wherever they got the file from."""
    for path, raw in made().items():
        if path.endswith("json"):
            assert BASE + path == json.loads(raw)["feed_url"]
        elif path.endswith(".xml"):
            tree = etree.fromstring(raw)
            assert [BASE + path] == [one.get("href") for one in tree.iter(f"{ATOM}link") if one.get("rel") == "self"]


def test_an_atom_entry_says_that_its_link_is_the_page():
    """feedgen 1.0 drops `rel` and `type` from the links of entries."""
    links = [one.find(f"{ATOM}link").attrib for one in etree.fromstring(made()["feeds/all.atom.xml"]).iter(f"{ATOM}entry")]

    assert 6 == len(links)
    assert {("alternate", "text/html")} == {(one["rel"], one["type"]) for one in links}


@pytest.mark.parametrize(
    "odd", ["]]>", "😀 🇫🇷", "مرحبا שלום", "a\u2028b", "&amp; < > \" '", "<!-- x -->", "&#x1F600;", "\ufffd", "e\u0301"]
)
def test_odd_but_legal_text_does_not_lose_the_feed(tmp_path, odd):
    """One such sign in one title lost other generators the whole feed."""
    body = f"{odd}\n\n`{odd}`\n\n[lien](https://a.example/ 'b ]]> c')"
    found = made_of(
        tmp_path,
        {
            "content/posts/a.md": text(
                body, title=json.dumps(odd, ensure_ascii=False), tags="[x]", authors=f"[{json.dumps(odd, ensure_ascii=False)}]"
            )
        },
    )

    wanted = json_entries(found["feeds/all.json"])
    assert ["tag:essai.example,2026:post:a"] == [one["id"] for one in wanted]
    assert wanted == rss_entries(found["feeds/all.rss.xml"]) == atom_entries(found["feeds/all.atom.xml"])


def test_an_entry_without_a_text_is_an_entry_all_the_same(tmp_path):
    """A post may be a title and nothing more."""
    found = made_of(tmp_path, {"content/posts/a.md": text("")})

    assert [("Un titre", "")] == [(one["title"], one["content"]) for one in json_entries(found["feeds/all.json"])]
    assert [] == [problem for path, raw in found.items() for problem in complaints(path, raw)]


def test_letters_are_in_their_own_feed_only():
    """Who gets the letters by mail need not meet them again among the news."""
    found = made()

    assert ["issue:2026-03", "issue:2026-02"] == [
        str(one["id"]).partition("2026:")[2] for one in json_entries(found["feeds/newsletters.json"])
    ]
    assert not [one for one in json_entries(found["feeds/all.json"]) if ":issue:" in str(one["id"])]


def test_a_feed_holds_as_many_entries_as_the_hub_says():
    """A feed of a thousand posts is fetched by every subscriber every hour."""
    found = made(feed_entries=2, feed_letters=1)

    assert (2, 2, 1) == tuple(len(json_entries(found[f"feeds/{name}.json"])) for name in ("all", "events", "newsletters"))


def test_the_list_of_feeds_names_each_of_them():
    """It is what people import into a program to follow everything at once."""
    found = made()

    for lang, home in (("", BASE), ("en/", f"{BASE}en/")):
        outlines = list(etree.fromstring(found[f"{lang}feeds/hub.opml"]).iterfind(".//outline[@type]"))
        every = {"feeds/all-languages.atom.xml"}
        own = {path for path in found if path.startswith(f"{lang}feeds/") and path.endswith("atom.xml")}
        assert {BASE + path for path in own | every} == {one.get("xmlUrl") for one in outlines}
        assert {True} == {(one.get("htmlUrl") or "").startswith(home) or "all-languages" in (one.get("xmlUrl") or "") for one in outlines}
        assert all(one.get("type") == "rss" and one.get("text") == one.get("title") for one in outlines)


def test_a_json_feed_has_what_version_1_1_asks_for_and_nothing_else():
    """Source: https://www.jsonfeed.org/version/1.1/."""
    for path, raw in made().items():
        if path.endswith("json"):
            feed = json.loads(raw)
            assert "https://jsonfeed.org/version/1.1" == feed["version"]
            wanted = {"version", "title", "description", "home_page_url", "feed_url", "favicon", "authors", "language", "items"}
            assert wanted == set(feed)
            for item in feed["items"]:
                assert {"id", "url", "title", "summary", "content_html", "date_published", "date_modified", "language"} <= set(item)
                assert set(item) <= {
                    "id",
                    "url",
                    "title",
                    "summary",
                    "content_html",
                    "date_published",
                    "date_modified",
                    "language",
                    "authors",
                    "tags",
                    "image",
                    "_handbill",
                }
                assert isinstance(item["id"], str)


def test_no_feed_of_the_village_breaks_a_rule_of_the_validator():
    """A feed that the W3C's validator complains of is refused by some reader."""
    found = made()

    assert 3 * (13 + 2 * 2 + 1) + 2 == len(found)
    assert [] == [problem for path, raw in found.items() for problem in complaints(path, raw)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"2026:contest:photo<", b"2026:post:le-puits<"),
        (b">tag:village.example,2026:contest:photo<", b">photo<"),
        (b"2026-03-05T00:00:00+01:00</published>", b"2026-03-05</published>"),
        (b"2026-03-05T00:00:00+01:00</published>", b"1970-03-05T00:00:00+01:00</published>"),
        (b"<name>Le village</name>", b"<name></name>"),
        (b'rel="self"', b'rel="via"'),
        (b'all.atom.xml" rel="self"', b'posts.atom.xml" rel="self"'),
        (b'rel="self"', b'rel="alternate"'),
        (b"&lt;a href=\"https://village.example", b"&lt;a href=\""),
        (b"<summary>Une photo, un seau.</summary>", b"<summary/>"),
    ],
)  # fmt: skip
def test_the_rules_bite(old, new):
    """A rule that nothing can break protects nobody."""
    raw = made()["feeds/all.atom.xml"]

    assert old in raw
    assert [] != list(complaints("feeds/all.atom.xml", raw.replace(old, new)))


def test_the_rules_for_rss_bite():
    """The same for the other form."""
    raw = made()["feeds/all.rss.xml"]

    for old, new in ((b"Thu, 05 Mar 2026", b"2026-03-05"), (b"2026:contest:photo<", b"2026:post:le-puits<"), (b'isPermaLink="false"', b"")):
        assert old in raw
        assert [] != list(complaints("feeds/all.rss.xml", raw.replace(old, new)))


TAG_URI = re.compile(r"tag:[a-z0-9.-]+,\d{4}(-\d\d(-\d\d)?)?:[0-9A-Za-z;/?:@&=+$.\-_!~*'(),%]*")
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
RFC_822 = re.compile(
    r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d [+-]\d{4}"
)


def complaints(path: str, raw: bytes):
    """Yield what the W3C's feed validator would complain of, as far as it concerns such feeds."""
    if not path.endswith(".xml"):
        return
    tree = etree.fromstring(raw)
    is_atom = tree.tag == f"{ATOM}feed"
    space = ATOM if is_atom else ""
    channel = tree if is_atom else tree.find("channel")
    entries = list(tree.iter(f"{space}entry" if is_atom else "item"))
    ids = [one.findtext(f"{ATOM}id" if is_atom else "guid") or "" for one in entries]
    if len(set(ids)) != len(ids):
        yield f"{path}: an id twice"
    for one in ids + ([channel.findtext(f"{ATOM}id") or ""] if is_atom else []):
        if not TAG_URI.fullmatch(one):
            yield f"{path}: {one} is no tag address"
    for name in ("title", "link") if not is_atom else ("title", "id", "updated"):
        if not channel.findtext(space + name):
            yield f"{path}: no {name}"
    selves = [one.get("href") for one in channel.findall(f"{ATOM}link") if one.get("rel") == "self"]
    if selves != [BASE + path] and selves != ["https://essai.example/" + path]:
        yield f"{path}: calls itself {selves}"
    moments = ("updated", "published") if is_atom else ("pubDate", "lastBuildDate")
    for moment in (node.text or "" for name in moments for node in tree.iter(space + name)):
        if not (RFC_3339 if is_atom else RFC_822).fullmatch(moment) or int(re.findall(r"\d{4}", moment)[0]) < 1990:
            yield f"{path}: {moment} is no plausible moment"
    if not is_atom and [one for one in tree.iter("guid") if one.get("isPermaLink") != "false"]:
        yield f"{path}: an id that is no address of a page says so"
    for one in [channel, *entries] if is_atom else []:
        types = [
            (link.get("type"), link.get("hreflang")) for link in one.findall(f"{ATOM}link") if link.get("rel", "alternate") == "alternate"
        ]
        if len(types) != 1:
            yield f"{path}: {len(types)} alternate links"
        names = [author.findtext(f"{ATOM}name") for author in (*one.findall(f"{ATOM}author"), *channel.findall(f"{ATOM}author"))]
        if not names or not all(names):
            yield f"{path}: no author"
    for node in tree.iter():
        if node.tag in (f"{ATOM}summary", f"{ATOM}content", f"{ATOM}title", "title", "description", CONTENT, CREATOR) and not node.text:
            yield f"{path}: an empty {node.tag}"
    texts = [node.text or "" for one in entries for node in one.iter(f"{ATOM}content", "description", CONTENT)]
    for address in (found for html in texts for found in Addresses(html).found):
        if not urlsplit(address).scheme:
            yield f"{path}: {address} is relative"
