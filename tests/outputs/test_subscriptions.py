"""What members can follow: each choice of items, under names that never change."""

from __future__ import annotations

import re

from tests.hubs import load_village, options, text, village, write

from handbill.outputs.subscriptions import Subscription, archive_of, feeds, promised, promised_years, tags_of
from handbill.pipeline import build

HUB = '[hub]\nname = "Essai"\nbase_url = "https://essai.example/"\nlang = "fr"\nlanguages = ["fr", "en"]\n'
EVENT = {"starts": "2026-04-11 14:00", "organisers": "[X]"}


def say(english: str) -> str:
    return english.upper()


def found(which, root=None, lang="fr", **changes) -> dict[str, list[str]]:
    """Return the name of each subscription with the ids of its items."""
    loaded, settings = load_village(root=root, **changes)
    return {one.name: [item.id for item in one.items] for one in which(loaded.hub, settings, lang, say)}


def test_there_is_a_feed_of_all_of_each_kind_and_of_each_subject():
    """Some want everything, some want only what concerns wells."""
    assert {
        "all": ["contest:photo", "post:le-puits", "event:concert", "event:fete", "event:corvee", "post:le-premier"],
        "weekly": ["contest:photo", "post:le-puits", "event:concert", "event:fete", "event:corvee", "post:le-premier"],
        "monthly": ["contest:photo", "post:le-puits", "event:concert", "event:fete", "event:corvee", "post:le-premier"],
        "all-languages": ["contest:photo", "post:le-puits", "event:concert", "event:fete", "event:corvee", "post:le-premier"],
        "posts": ["post:le-puits", "post:le-premier"],
        "events": ["event:concert", "event:fete", "event:corvee"],
        "contests": ["contest:photo"],
        "newsletters": ["issue:2026-03", "issue:2026-02"],
        "tags/eau": ["contest:photo", "post:le-puits", "event:fete"],
        "tags/pierre": ["post:le-puits", "post:le-premier"],
    } == found(feeds)


def test_each_language_has_feeds_of_its_own():
    """Nobody wants to meet a text that they cannot read."""
    english = found(feeds, lang="en")

    assert (["post:le-puits.en"], [], ["post:le-puits.en"]) == (english["all"], english["events"], english["tags/eau"])
    assert "tags/pierre" not in english


def test_feeds_are_named_as_people_say():
    """The title is what stands in the list of a reading program."""
    loaded, settings = load_village()

    titles = {one.name: one.title for one in feeds(loaded.hub, settings, "fr", say)}
    assert ("Le village", "Le village – POSTS", "Le village – Eau") == (titles["all"], titles["posts"], titles["tags/eau"])


def test_the_words_of_the_hub_s_addresses_are_those_of_its_feeds(tmp_path):
    """A hub that says `articles` says it everywhere."""
    hub = '[hub]\nname = "Essai"\nbase_url = "https://essai.example/"\n[addresses]\nposts = "articles"\ntags = "sujets"\n'
    root = write(tmp_path, {"hub.toml": hub, "content/posts/a.md": text(tags="[bois]")})

    assert {"articles", "sujets/bois"} <= set(found(feeds, root))
    assert "posts" not in found(feeds, root)


def test_a_feed_ends_where_the_hub_says():
    """Letters have a limit of their own, because there are few of them."""
    short = found(feeds, feed_entries=1, feed_letters=2)

    assert (["contest:photo"], ["event:concert"], 2) == (short["all"], short["events"], len(short["newsletters"]))


def keep(tmp_path, *lines):
    root = village(tmp_path)
    (root / "addresses.lock").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return root


def test_what_was_promised_stays_when_nothing_is_left_in_it(tmp_path):
    """A program that finds its feed gone tells its owner of an error."""
    root = keep(
        tmp_path,
        "/tags/bois/ tag:fr:bois",
        "/places/moulin/ place:fr:moulin",
    )

    assert [] == found(feeds, root)["tags/bois"]
    assert "tags/bois" not in found(feeds, root, "en")


def test_a_promised_subject_stays_among_the_tags(tmp_path):
    """Its page and its feed hang on this list."""
    loaded, _ = load_village(root=keep(tmp_path, "/tags/bois/ tag:fr:bois"))

    assert ("bois", "eau", "pierre") == tags_of(loaded.hub, "fr")
    assert ("eau",) == tags_of(loaded.hub, "en")


def test_promises_are_found_by_kind_and_language(tmp_path):
    """`tag:fr:` must not find what begins with `tags`, nor what is English."""
    root = keep(tmp_path, "/a/ tag:fr:a", "/b/ tag:en:b", "/c/ tags:fr:c", "/d/ year:fr:2020", "/e/ tag:fr:e-f", "/f/ tag:fr:e:f")

    assert {"a", "e-f"} == promised(load_village(root=root)[0].hub, "tag", "fr")


def test_each_form_has_an_address_and_a_promise():
    """Both must name the same thing for ever."""
    _, settings = load_village()
    one = Subscription("tags/eau", "Eau", "en", ())

    assert "/en/feeds/tags/eau.rss.xml" == one.address("feeds", "rss.xml", settings)
    assert "feeds:en:tags/eau.rss.xml" == one.promise("feeds", "rss.xml")


LETTERS = '[letters.main]\nname = "La lettre"\n[letters.agenda]\nname = "Les dates"\n'


def issue(number, letter):
    return text(title=f"N° {number}", number=str(number), subject="S", date=f"2026-01-0{number} 10:00", letter=letter)


def test_each_of_several_letters_has_a_feed(tmp_path):
    """Who follows the dates has asked for no stories; who follows all letters gets both."""
    hub = HUB + LETTERS
    root = write(tmp_path, {"hub.toml": hub, "newsletters/a.md": issue(1, "main"), "newsletters/b.md": issue(1, "agenda")})
    feeds_of = found(feeds, root)

    assert ["issue:a", "issue:b"] == feeds_of["newsletters"]
    assert (["issue:a"], ["issue:b"]) == (feeds_of["newsletters/main"], feeds_of["newsletters/agenda"])
    # Nobody has written one in English.
    assert not [name for name in found(feeds, root, "en") if name.startswith("newsletters/")]
    loaded, settings = load_village(root=root)
    titles = {one.name: (one.title, one.page) for one in feeds(loaded.hub, settings, "fr", say)}
    assert ("Essai – Les dates", "/newsletters/agenda/") == titles["newsletters/agenda"]


def test_the_only_letter_of_a_hub_has_one_feed(tmp_path):
    """Two feeds with the same entries are a question that nobody can answer."""
    root = write(tmp_path, {"hub.toml": HUB + LETTERS.split("[letters.agenda]")[0], "newsletters/a.md": issue(1, "main")})

    assert ["newsletters"] == [name for name in found(feeds, root) if name.startswith("newsletters")]


def test_the_feed_of_a_letter_ends_where_that_of_letters_does(tmp_path):
    """Reading programs fetch it every hour."""
    files = {f"newsletters/{n}.md": issue(n, "agenda") for n in range(1, 6)}
    root = write(tmp_path, {"hub.toml": HUB + LETTERS + "[feeds]\nletters = 2\n", **files})

    assert ["issue:5", "issue:4"] == found(feeds, root)["newsletters/agenda"]


def test_a_number_leads_to_the_archive_in_which_it_stands(tmp_path):
    """The mail says where all of them are, for years."""
    files = {"newsletters/a.md": issue(1, "main")}
    one, two, kept = (
        load_village(root=write(tmp_path / name, {"hub.toml": HUB + tables, **files, **lock}))
        for name, tables, lock in (
            ("one", LETTERS.split("[letters.agenda]")[0], {}),
            ("two", LETTERS, {}),
            ("kept", LETTERS.split("[letters.agenda]")[0], {"addresses.lock": "/newsletters/main/ letter:fr:main\n"}),
        )
    )

    assert ["/newsletters/", "/newsletters/main/", "/newsletters/main/"] == [
        archive_of(loaded.hub.by_id["issue:a"], loaded.hub, settings) for loaded, settings in (one, two, kept)
    ]


ODD = ("tag:fr:../../../dehors", "tag:fr:a/../b", "tag:fr:/dehors", "tag:fr:", "year:fr:²", "year:fr:" + "9" * 90, "events:fr:٣", "letter:fr:../../dehors", "place:fr:../../dehors", "calendars:fr:../../x.ics")


def test_no_identity_of_a_text_names_a_page_of_ours(tmp_path):
    """The first build took such an identity; what it had promised by it ended every later one."""
    files = {f"content/posts/p{number}.md": text("Texte.", id=f'"{identity}"') for number, identity in enumerate(ODD)}
    root = write(tmp_path / "hub", {**files, "content/posts/q.md": text("Texte.", id="tag:fr:Eau%2e")})
    once = build(options(root, no_cache=True))
    again = build(options(root, no_cache=True))

    assert once.paths == again.paths
    loaded, _ = load_village(root=root)
    assert set(ODD) <= {one.id for one in loaded.hub.promises}
    for kind in ("tag", "events", "letter", "place", "calendars"):
        assert not [name for name in promised(loaded.hub, kind, "fr") if not re.fullmatch(r"[a-z0-9-]+(\.ics)?", name)]
    assert {2026} >= promised_years(loaded.hub, "year", "fr")
