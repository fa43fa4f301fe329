"""No address claimed twice, none reserved, none once published lost."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from tests.cases import for_each
from tests.hubs import VILLAGE, load_village, options, text, village, write

from handbill.checking.addresses import OWN, RESERVED, address_of, check_links, check_paths, check_promises, promises_of
from handbill.errors import Problem
from handbill.hub.address import slug_of
from handbill.hub.hub import Promise
from handbill.outputs import calendars, feeds, site
from handbill.outputs.planned import Planned, settled
from handbill.pipeline import build

PNG = (VILLAGE / "content/pictures/puits.png").read_bytes()
EVENT = {"starts": "2026-04-11 14:00", "organisers": "[X]", "venue": "{name: Salle}"}


def of(path: str, source: str = "") -> Planned:
    return settled(path, "key", (source,) if source else ())


def claims(*planned: Planned) -> list[tuple[str, str]]:
    return [(one.path, one.code) for one in check_paths(planned)]


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("/", "index.html"),
        ("/posts/a/", "posts/a/index.html"),
        ("/404.html", "404.html"),
        ("/old-index.html", "old-index.html"),
        ("/a/x.ics", "a/x.ics"),
    ],
)
def test_an_output_path_answers_one_address(address, path):
    """What is recorded as promised must be what members type."""
    assert address == address_of(path)


def test_different_paths_claim_nothing():
    """Otherwise every build would fail."""
    planned = (
        of("index.html"),
        of("a/index.html"),
        of("ab/index.html"),
        of("a/b/index.html"),
        of("a/event.ics"),
        of("handbook/", "mkdocs.yml"),
    )

    assert [] == claims(*planned)


@pytest.mark.parametrize(
    "other",
    [
        "posts/fete/index.html",
        "posts/Fete/index.html",
        "POSTS/fete/index.html",
    ],
)
def test_paths_alike_but_for_case_are_one(other):
    """On a Mac or under Windows the second page would silently overwrite the first."""
    assert [("b.md", "HB403")] == claims(of("posts/fete/index.html", "a.md"), of(other, "b.md"))


@pytest.mark.parametrize(("one", "other"), [("NFC", "NFD"), ("NFD", "NFC")])
def test_paths_alike_but_for_the_form_of_an_accent_are_one(one, other):
    """Two files that look the same in every listing are one on a Mac."""
    first, second = (of(unicodedata.normalize(form, "fête.html"), f"{form}.md") for form in (one, other))

    assert [(f"{other}.md", "HB403")] == claims(first, second)


def test_a_sharp_s_and_a_double_s_are_told_apart_by_no_one():
    """Case folding makes them one, and so do some disks."""
    assert [("b.md", "HB403")] == claims(of("strasse.html", "a.md"), of("straße.html", "b.md"))


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_file_and_a_folder_cannot_have_one_name(order):
    """No disk can hold both `fair` and `fair/index.html`."""
    planned = (of("fair", "file.md"), of("fair/index.html", "folder.md"))

    assert [("file.md", "HB403")] == claims(*(planned[number] for number in order))


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_nobody_writes_into_a_folder_that_is_one_output_s_own(order):
    """The handbook's folder is taken over as a whole; what another put there would vanish."""
    planned = (of("handbook/", "mkdocs.yml"), of("handbook/index.html", "content/pages/handbook.md"))

    assert [("content/pages/handbook.md", "HB403")] == claims(*(planned[number] for number in order))


def test_a_folder_that_only_begins_alike_is_free():
    """`handbooks` is not inside `handbook`."""
    assert [] == claims(of("handbook/", "mkdocs.yml"), of("handbooks/index.html", "a.md"))


def test_the_message_names_both_files():
    """An editor who sees one of two cannot know which to change."""
    (problem,) = check_paths([of("a/index.html", "first.md"), of("a/index.html", "second.md")])

    assert "second.md: slug: found the address /a/, which first.md has already, wanted another slug or alias [HB403]" == str(problem)


def test_a_file_is_told_where_it_takes_a_page_that_every_hub_has():
    """Nobody can edit the search page away."""
    for order in ((0, 1), (1, 0)):
        planned = (of("search/index.html"), of("search/index.html", "content/pages/search.md"))
        assert [("content/pages/search.md", "HB403")] == claims(*(planned[number] for number in order))


@pytest.mark.parametrize(
    "path", ["CNAME", "_redirects", "sw.js", "_headers/index.html", "robots.txt", "sitemap.xml", "build.json", "pagefind/index.html"]
)
def test_names_with_a_meaning_to_hosts_and_crawlers_are_refused(path):
    """A stranger's alias could otherwise take over the domain, or every page by a service worker."""
    assert [("a.md", "HB404")] == claims(of(path, "a.md"))


def test_a_reserved_name_further_down_is_an_ordinary_one():
    """Hosts look for them at the root only."""
    assert [] == claims(of("posts/pagefind/index.html", "a.md"), of("posts/robots.txt", "b.md"))


@pytest.mark.parametrize("alias", ["/robots.txt", "/pagefind/x/", "/posts/b/", "/feeds/", "/feeds/all.json", "/theme/hub.css"])
def test_an_alias_takes_nothing_over(tmp_path, alias):
    """An old address is the one path that content chooses freely."""
    root = write(tmp_path, {"content/posts/a.md": text(aliases=f"[{alias}]"), "content/posts/b.md": text()})
    loaded, settings = load_village(root=root)
    planned = [one for output in (site, feeds, calendars) for one in output.plan(loaded.hub, settings)]

    found = {(one.path, one.code) for one in check_paths(planned)}
    assert 1 == len(found)
    assert found <= {("content/posts/a.md", "HB403"), ("content/posts/a.md", "HB404"), ("content/posts/b.md", "HB403")}


def lost(root: Path) -> list[Problem]:
    """Return what a hub would break of its promises."""
    loaded, settings = load_village(root=root)
    planned = [one for output in (site, feeds, calendars) for one in output.plan(loaded.hub, settings)]
    return list(check_promises(planned, loaded.hub, settings))


def promised(root: Path, *lines: str) -> Path:
    (root / "addresses.lock").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return root


def test_what_a_build_promises_the_next_one_keeps(tmp_path):
    """Nothing changed, so nothing may be lost; this is also what makes every promise recorded."""
    root = village(tmp_path)
    build(options(root))

    recorded = (root / "addresses.lock").read_text(encoding="utf-8")
    for line in (
        "/posts/le-puits/ post:le-puits",
        "/feeds/all.atom.xml feeds:fr:all.atom.xml",
        "/events/fete/event.ics calendar:event:fete",
        "/tags/eau/ tag:fr:eau",
    ):
        assert f"\n{line}\n" in recorded
    assert [] == lost(root)


def test_an_address_that_nothing_answers_is_told(tmp_path):
    """Somebody bookmarked it, or prints it on a poster."""
    root = promised(write(tmp_path, {"content/posts/a.md": text()}), "/posts/a/ post:a", "/posts/b/ post:b")

    assert [
        "addresses.lock: found /posts/b/ (post:b), which nothing answers any more, wanted “aliases: [/posts/b/]” in the file that takes its place, "
        "or the address under gone in [addresses] of hub.toml [HB402]"
    ] == [str(one) for one in lost(root)]


def test_a_renamed_file_is_suggested(tmp_path):
    """Renaming a file is the common way of losing an address, and one line in it is the cure."""
    root = promised(
        write(tmp_path, {"content/posts/nouveau.md": text(), "content/posts/a.md": text()}), "/posts/a/ post:a", "/posts/b/ post:b"
    )

    (problem,) = lost(root)
    assert problem.wanted.startswith("“id: post:b” in content/posts/nouveau.md, if that is it under a new name; or ")


def test_nothing_is_suggested_where_two_files_are_new(tmp_path):
    """A wrong guess would give one post the identity of another."""
    root = promised(write(tmp_path, {"content/posts/c.md": text(), "content/posts/d.md": text()}), "/posts/b/ post:b")

    wanted = "“aliases: [/posts/b/]” in the file that takes its place, or the address under gone in [addresses] of hub.toml"
    assert [wanted] == [one.wanted for one in lost(root)]


@pytest.mark.parametrize("cure", [{"id": "post:b"}, {"aliases": "[/posts/b/]"}])
def test_an_id_or_an_alias_keeps_the_address(tmp_path, cure):
    """Both lead the old address to the new page."""
    root = promised(write(tmp_path, {"content/posts/nouveau.md": text(**cure)}), "/posts/b/ post:b")

    assert [] == lost(root)


def test_an_address_under_gone_is_given_up(tmp_path):
    """Some things must be taken back, and it is said on purpose."""
    hub = '[hub]\nname = "Essai"\nbase_url = "https://essai.example/"\n[addresses]\ngone = ["/posts/b/"]\n'
    root = promised(write(tmp_path, {"hub.toml": hub, "content/posts/a.md": text()}), "/posts/b/ post:b")

    assert [] == lost(root)


def test_a_draft_of_what_was_published_is_told_at_its_file(tmp_path):
    """Who sets `draft: true` to rework a post would take the page away from its readers."""
    root = promised(write(tmp_path, {"content/posts/b.md": text(draft="true")}), "/posts/b/ post:b")

    assert [("content/posts/b.md", "draft", "HB402")] == [(one.path, one.field, one.code) for one in lost(root)]


def test_what_waits_for_its_date_breaks_nothing(tmp_path):
    """A build for an earlier moment, or a date moved ahead: the address will answer again."""
    root = promised(write(tmp_path, {"content/posts/b.md": text(date="2026-12-24")}), "/posts/b/ post:b")

    assert [] == lost(root)


def test_a_subject_nobody_uses_any_more_keeps_its_page_and_feeds(tmp_path):
    """Its subscribers did nothing wrong."""
    root = promised(
        write(tmp_path, {"content/posts/a.md": text()}), "/tags/bois/ tag:fr:bois", "/feeds/tags/bois.rss.xml feeds:fr:tags/bois.rss.xml"
    )

    assert [] == lost(root)


def test_a_renamed_event_loses_neither_page_nor_calendar(tmp_path):
    """Members subscribed to the file beside the page."""
    event = text(starts="2026-04-11 14:00", organisers="[X]", venue="{name: Salle}")
    root = write(tmp_path, {"events/foire.md": event})
    build(options(root))
    (root / "events/foire.md").rename(root / "events/grande-foire.md")
    (root / "events/grande-foire.md").write_text(event.replace("title:", "id: event:foire\ntitle:"), encoding="utf-8")

    assert [] == lost(root)


def test_only_what_people_may_keep_is_promised():
    """A second page of a list moves with each post, and the theme's files are nobody's bookmark."""
    loaded, settings = load_village()
    planned = list(site.plan(loaded.hub, settings))

    found = set(promises_of(planned))
    assert Promise("/posts/le-puits/", "post:le-puits") in found
    assert Promise("/blog/ancien/", "post:le-premier") in found
    assert Promise("/media/pictures/puits.png", "media:content/pictures/puits.png") in found
    assert [] == [one for one in found if one.address.startswith("/theme/") or one.address == "/404.html"]
    assert [] == list(promises_of([replace(one, promise="") for one in planned]))


#: Each way in which two things can want one address, by the files that want it.
#: {0} and {1} stand for two names that a careless disk takes for one, {slug} and {upper} for the first as an address has it.
ALIKE = [("foire", "foire"), ("Foire", "foire"), ("FOIRE", "foire"), ("foire-", "foire"), ("été", "ete"), ("Été", "été")]
WAYS: dict[str, dict[str, dict[str, str] | bytes]] = {
    "two dates": {"content/posts/2025-01-01-{0}.md": {"id": "post:1"}, "content/posts/2026-01-01-{1}.md": {"id": "post:2"}},
    "two folders": {"content/posts/x/{0}.md": {"id": "post:1"}, "content/posts/y/{1}.md": {"id": "post:2"}},
    "a slug": {"content/posts/{0}.md": {"id": "post:1"}, "content/posts/autre.md": {"slug": "{slug}"}},
    "two pages": {"content/pages/{0}.md": {"id": "page:1"}, "content/pages/y/{1}.md": {"id": "page:2"}},
    "an alias of a page": {"content/pages/{0}.md": {"id": "page:1"}, "content/posts/autre.md": {"aliases": "[/{slug}/]"}},
    "an alias without its slash": {"content/posts/{0}.md": {"id": "post:1"}, "content/posts/autre.md": {"aliases": "[/posts/{slug}]"}},
    "an alias in capitals": {"content/posts/{0}.md": {"id": "post:1"}, "content/posts/autre.md": {"aliases": "[/posts/{upper}/]"}},
    "an alias of a file": {"content/posts/{0}.md": {"id": "post:1"}, "content/posts/autre.md": {"aliases": "[/posts/{slug}/index.html]"}},
    "two aliases": {"content/posts/un.md": {"aliases": "[/vieux/{slug}/]"}, "content/posts/deux.md": {"aliases": "[/vieux/{upper}/]"}},
    "two pictures": {"content/pictures/{0}.png": PNG, "content/pictures/{1}--.png": PNG},
    "an alias of a picture": {"content/pictures/{0}.png": PNG, "content/posts/un.md": {"aliases": "[/media/pictures/{slug}.png]"}},
    "an alias of a tag": {"content/posts/un.md": {"tags": "[{0}]"}, "content/posts/deux.md": {"aliases": "[/tags/{slug}/]"}},
    "an alias of a feed": {"content/posts/un.md": {"tags": "[{0}]"}, "content/posts/deux.md": {"aliases": "[/feeds/tags/{slug}.atom.xml]"}},
    "an alias of a calendar": {"events/un.md": {"tags": "[{0}]", **EVENT}, "content/posts/deux.md": {"aliases": "[/calendars/tags/{slug}.ics]"}},
    "an alias of an event's file": {"events/{0}.md": {"id": "event:1", **EVENT}, "content/posts/deux.md": {"aliases": "[/events/{slug}/event.ics]"}},
    "an alias in a language": {"content/posts/{0}.en.md": {"id": "post:1"}, "content/posts/deux.md": {"aliases": "[/en/posts/{slug}/]"}},
}


OF_EVERY_HUB = {"an alias of a tag", "an alias of a feed", "an alias of a calendar"}


@pytest.mark.parametrize("names", ALIKE, ids="-".join)
@pytest.mark.parametrize("way", list(WAYS))
def test_whatever_wants_an_address_that_is_taken_is_refused(tmp_path, way, names):
    """The second would overwrite the first in silence, and on some disks only."""
    words = {"slug": slug_of(names[0]), "upper": slug_of(names[0]).upper()}
    files: dict[str, str | bytes] = {}
    for number, (name, front) in enumerate(WAYS[way].items()):
        path = name.replace("{0}", names[0]).replace("{1}", names[1])
        if isinstance(front, bytes):
            files[path] = front
        else:
            filled = {key: value.replace("{0}", names[0]).replace("{slug}", words["slug"]).replace("{upper}", words["upper"]) for key, value in front.items()}
            files[path] = text(**{"title": f"Titre {number}", **filled})
    loaded, settings = load_village(root=write(tmp_path, files))
    planned = [one for output in (site, feeds, calendars) for one in output.plan(loaded.hub, settings)]
    found = list(check_paths(planned, loaded.hub))

    assert {"HB403"} == {one.code for one in found}
    # Both are named, the one at which the problem is put down and the one in its words; a tag's page belongs to every hub.
    named = " ".join(f"{one.path} {one.found}" for one in found)
    assert all(source in named for source in (*(one.source for one in loaded.hub.items), *(one.source for one in loaded.hub.media)) if way not in OF_EVERY_HUB)


def test_there_are_enough_ways_to_be_tried():
    """A table that shrank would pass without having tried anything."""
    assert 80 <= len(ALIKE) * len(WAYS)


@for_each("name", sorted(RESERVED))
def test_every_reserved_name_is_refused_as_a_file_and_as_a_folder(name):
    """Whatever its case: disks and hosts do not all tell the difference."""
    for path in (name, f"{name}/index.html", name.upper(), f"{name.title()}/x/index.html"):
        assert [("a.md", "HB404")] == claims(of(path, "a.md"))


@pytest.mark.parametrize("name", sorted(OWN))
def test_no_page_stands_among_the_hubs_own_files(name):
    """Today it would be the only one there, tomorrow the hub may have a page of that name itself."""
    assert [("a.md", "HB404")] == claims(of(f"{name}/index.html", "a.md"))
    assert [("a.md", "HB404")] == claims(of(f"{name}/x/index.html", "a.md"))
    assert [] == claims(of(f"{name}/index.html"), of(f"{name}/x.png", "x.png"), of(f"posts/{name}/index.html", "a.md"))


@pytest.mark.parametrize("word", ["feeds", "search", "tags", "archives", "posts", "events", "contests", "newsletters", "people", "en", "theme", "media", "calendars", "pagefind"])
def test_a_page_cannot_take_the_place_of_a_part_of_the_hub(tmp_path, word):
    """A file `feeds.md` is written in good faith."""
    loaded, settings = load_village(root=write(tmp_path, {f"content/pages/{word}.md": text().replace("date: 2026-01-02\n", "")}))
    planned = [one for output in (site, feeds, calendars) for one in output.plan(loaded.hub, settings)]
    (problem,) = check_paths(planned, loaded.hub)

    assert (f"content/pages/{word}.md", "slug") == (problem.path, problem.field)
    assert problem.code in ("HB403", "HB404")
    assert f"another slug, such as slug: {word}-page" == problem.wanted


def test_the_problem_stands_where_the_address_was_chosen(tmp_path):
    """By a slug, by an alias, or by the name of the file, which has no line."""
    files = {
        "content/posts/a.md": text(title="A"),
        "content/posts/b.md": text(title="B", slug="a"),
        "content/posts/c.md": text(title="C", aliases="[/posts/a]"),
        "content/posts/x/a.md": text(title="D", id="post:d"),
    }
    loaded, settings = load_village(root=write(tmp_path, files))
    found = list(check_paths(list(site.plan(loaded.hub, settings)), loaded.hub))

    assert [
        ("content/posts/b.md", "slug", 4, 7, 1, "another slug, such as slug: a-2026"),
        ("content/posts/c.md", "aliases", 4, 10, 0, "another alias, or none"),
        ("content/posts/x/a.md", "slug", 0, 0, 0, "another slug, such as slug: a-2026"),
    ] == sorted((one.path, one.field, one.line, one.column, one.width, one.wanted) for one in found)


def test_two_files_of_one_name_are_told_once(tmp_path):
    """Both their id and their address are made of it; the message about the id says how to mend both."""
    event = text(title="A", **EVENT)
    root = write(tmp_path, {"events/2025/foire.md": event, "events/2026/foire.md": event})
    loaded, settings = load_village(root=root)
    planned = [one for output in (site, calendars) for one in output.plan(loaded.hub, settings)]

    assert [] == list(check_paths(planned, loaded.hub))
    assert {"HB403"} == {one.code for one in check_paths(planned)}


def lost_links(root: Path) -> list[str]:
    """Return the links of a hub to common pages that it has not."""
    loaded, settings = load_village(root=root)
    assert () == loaded.problems
    planned = [one for output in (site, feeds, calendars) for one in output.plan(loaded.hub, settings)]
    return [str(one) for one in check_links(planned, loaded.hub)]


@pytest.mark.parametrize(
    "link",
    ["/", "/en/", "/posts/", "/tags/bois/", "/tags/", "/archives/2026/", "/feeds/", "/feeds/all.atom.xml", "/feeds/tags/bois.rss.xml", "/feeds/hub.opml",
     "/calendars/all.ics", "/en/feeds/all.json", "/sitemap.xml", "/search/", "/theme/hub.css", "/feeds#lire", "https://essai.example/tags/bois"],
)  # fmt: skip
def test_a_link_to_a_page_that_every_hub_has_is_sound(tmp_path, link):
    """“Subscribe here” is the most useful link of a letter."""
    assert [] == lost_links(write(tmp_path, {"content/posts/a.md": text(f"[x]({link})", tags="[bois]")}))


@pytest.mark.parametrize(
    ("link", "near"),
    [
        ("/tags/boiss/", "/tags/bois/, perhaps"),
        ("/archives/1999/", "an address of the hub, or a path to a file"),
        ("/feeds/all.xml", "/feeds/all.rss.xml, perhaps"),
        ("/calendars/tout.ics", "an address of the hub, or a path to a file"),
        ("/feeds/tags/fer.atom.xml", "an address of the hub, or a path to a file"),
    ],
)
def test_a_link_to_a_page_that_this_hub_has_not_is_told(tmp_path, link, near):
    """Which tags and feeds there are is only known when everything is planned."""
    root = write(tmp_path, {"content/posts/a.md": text(f"[x]({link})", tags="[bois]")})

    assert [f"content/posts/a.md:7:5: found a link to {link}, which is no address of the hub, wanted {near} [HB301]"] == lost_links(root)


def test_what_waits_may_bring_its_own_tag_along(tmp_path):
    """Before its day the tag has no page, and on its day it has; a page that no hub has stays wrong."""
    waiting = text("[x](/tags/neuf/) [y](/archives/2026/) [z](/posts/page/9/)", tags="[neuf]", date="2026-05-01")

    (problem,) = lost_links(write(tmp_path, {"content/posts/a.md": waiting}))
    assert "/posts/page/9/" in problem


def test_a_link_to_what_waits_is_told_once(tmp_path):
    """It has a warning of its own."""
    files = {"content/posts/a.md": text("[b](b.md)"), "content/posts/b.md": text(date="2026-05-01")}

    assert [] == lost_links(write(tmp_path, files))


def test_a_folder_that_one_output_owns_answers_for_itself():
    """The handbook's pages are made by another program, which looks at its links itself."""
    loaded, _ = load_village()
    item = replace(loaded.hub.items[0], places={"/handbook/x/": (1, 1, 1), "/handbuch/": (1, 1, 1)})
    found = list(check_links([of("handbook/", "mkdocs.yml")], replace(loaded.hub, items=(item,))))

    assert ["a link to /handbuch/, which is no address of the hub"] == [one.found for one in found]


def test_the_contact_for_security_stands_in_a_reserved_place_and_nothing_else_does():
    """A page that an alias puts there would answer programs with a story."""
    path = ".well-known/security.txt"

    assert [] == list(check_paths([settled(path, "x", (), None)]))
    assert ["HB404"] == [one.code for one in check_paths([settled(path, "x", ("content/posts/a.md",), None)])]
    assert ["HB404"] == [one.code for one in check_paths([settled(".well-known/other.txt", "x", (), None)])]
