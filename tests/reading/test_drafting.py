"""A file alone becomes a draft, with the places of its fields and links."""

from dataclasses import replace

from tests.hubs import text

from handbill.hub.allowed import Beyond
from handbill.kinds import KINDS
from handbill.reading.draft import Terms
from handbill.reading.drafting import read_draft
from handbill.reading.places import Written

TERMS = Terms("github", "Europe/Paris", ("fr", "en"), 1024 * 1024)
BY_NAME = {kind.name: kind for kind in KINDS}


def read(content, kind="post", source="content/posts/a.md", terms=TERMS):
    return read_draft(source, content.encode(), BY_NAME[kind], terms)


def test_a_link_is_found_on_its_line():
    """"A broken link somewhere in the file" sends an editor searching."""
    content = text("Un.\n\nVoir [b](b.md) et ![c](c.png).", picture="c.png", picture_alt='""').encode()
    draft, problems = read(content.decode())

    assert () == problems
    assert ("b.md", "c.png") == draft.body.links
    assert (10, 10, 4) == Written(content, draft.first_line).place_of("b.md")
    assert (10, 24, 5) == Written(content, draft.first_line).place_of("c.png")
    assert (("c.png", "c"),) == draft.pictures


def test_lines_count_from_the_top_of_the_file():
    """Editors show line numbers of the file, not of the text below the front matter."""
    draft, _ = read("---\ntitle: A\ndate: 2026-01-02\n---\n\n\n\nx [b](b.md)\n")

    assert 8 == draft.first_line


def test_a_faulty_front_matter_does_not_hide_the_links():
    """One run tells everything."""
    draft, problems = read(text("[b](b.md)", draft="oui"))

    assert draft.is_broken
    assert ["draft"] == [one.field for one in problems]
    assert ("b.md",) == draft.body.links


def test_times_are_read_in_the_zone_that_the_file_names_wherever_it_names_it():
    """`timezone` below `starts` counts as well."""
    content = text(starts="2026-04-11 18:00", organisers="[A B]", venue="{name: x}", timezone="Europe/Lisbon")
    draft, problems = read(content, "event", "events/a.md")

    assert () == problems
    assert "Europe/Lisbon" == str(draft.parts["occurrences"][0].starts.tzinfo)


def test_a_picture_from_elsewhere_becomes_a_link_and_is_told():
    """A page must not call a third party; the text must not lose the picture either."""
    draft, problems = read(text("![Vue](https://ailleurs.example/x.png)"))

    assert '<a href="https://ailleurs.example/x.png">Vue</a>' in draft.body.html
    assert [("HB112", 6)] == [(one.code, one.line) for one in problems]


def test_a_file_beyond_the_budget_is_refused_before_it_is_read():
    """A hundred megabytes of text are a mistake or an attack."""
    draft, problems = read(text("x" * 2000), terms=Terms("github", "UTC", ("fr",), 1024))

    assert draft is None
    assert ["HB106"] == [one.code for one in problems]


RUBY = '<ruby>夏<rp>(</rp><rt onclick="x()">なつ</rt><rp>)</rp></ruby> <aside class="own-wide own-other button">à côté</aside><video src="a.mp4"></video>'


def test_a_text_of_a_trusted_folder_may_hold_what_its_community_allows_there_and_nothing_else():
    """A page in Japanese needs readings above its words; nobody needs a script."""
    beyond = Beyond(("aside", "rp", "rt", "ruby"), ("own-wide",))
    terms = replace(TERMS, trusted=(("content/posts", beyond),))

    there, _ = read(text(RUBY), terms=terms)
    elsewhere, problems = read(text(RUBY), "page", "content/pages/a.md", terms)

    assert '<ruby>夏<rp>(</rp><rt>なつ</rt><rp>)</rp></ruby> </p><aside class="own-wide">à côté</aside>' in there.body.html
    assert "video" not in there.body.html
    assert ("夏(なつ)", "à côté") == there.body.blocks
    assert [] == [name for name in ("ruby", "rt", "aside", "own-") if name in elsewhere.body.html]
    told = {str(problem.found) for problem in problems if problem.code == "HB118"}
    assert {f"the element <{name}>, which is left out" for name in ("aside", "rp", "rt", "ruby", "video")} <= told


def test_every_text_that_members_read_is_set_when_it_is_read():
    """So every output says the same, and none has to remember it."""
    draft, problems = read(
        text(
            "L'été !",
            title="\"L'été : quoi ?\"",
            summary="C'est ici !",
            picture="a.png",
            picture_alt="Qu'est-ce ?",
            tags="[mode d'emploi]",
            authors="[Inès d'Artagnan]",
        )
    )

    assert () == problems
    assert ("L’été\u00a0: quoi\u202f?", "C’est ici\u202f!", "Qu’est-ce\u202f?") == tuple(draft.values[one] for one in ("title", "summary", "picture_alt"))
    assert (("mode d’emploi",), ("Inès d’Artagnan",)) == (draft.values["tags"], draft.values["authors"])
    assert ("L’été\u202f!",) == draft.body.blocks


def test_the_texts_of_an_event_are_set_and_its_addresses_are_not():
    """A venue has a calendar at an address made from its name; notes and prices are read, links are followed."""
    draft, problems = read(
        text(
            starts="2026-04-11 18:00",
            organisers="[Club d'échecs]",
            venue='{name: "L\'Atelier n°5", access: "Sonnez !"}',
            price="5€",
            status="cancelled",
            status_note="C'est inondé !",
            join_url="https://visio.example/l'atelier?a=b!",
        ),
        "event",
        "events/a.md",
    )

    assert () == problems
    place, facts = draft.parts["place"], draft.parts["facts"]
    assert ("L’Atelier n°5", "Sonnez\u202f!") == (place.name, place.access)
    assert ("5\u00a0€", "https://visio.example/l'atelier?a=b!") == (facts.price, draft.parts["online"].address)
    assert "C’est inondé\u202f!" == draft.parts["occurrences"][0].note


def test_keys_of_the_program_stay_as_they_were_typed():
    """An identity or a path that changes is another one."""
    draft, _ = read(text(id="post:l'été !", picture="../l'été.png", picture_alt="x", translation_of="post:l'hiver"))

    assert ("post:l'été !", "../l'été.png", "post:l'hiver") == tuple(draft.values[one] for one in ("id", "picture", "translation_of"))


def typed(content, source="content/posts/a.md", **terms):
    """Say whether a text stays as it was typed."""
    draft, _ = read(content, source=source, terms=replace(TERMS, **terms))
    title, body = draft.values["title"], draft.body.html
    assert (title, body) in [("L'été !", "<p>L'été !</p>"), ("L’été\u202f!", "<p>L’été\u202f!</p>")]
    return title == "L'été !"


def test_a_text_is_set_where_its_language_is_french_and_nobody_said_no():
    """The language comes from the file, its name or the hub; the hub and the writer can each switch it off."""
    content = text("L'été !", title="L'été !")

    assert not typed(content)
    assert typed(content, source="content/posts/a.en.md")
    assert typed(content, languages=("en", "fr"))
    assert not typed(content, source="content/posts/a.fr.md", languages=("en", "fr"))
    assert typed(content, typography=False)
    assert typed(text("L'été !", title="L'été !", lang="en"))
    assert not typed(text("L'été !", title="L'été !", lang="fr"), source="content/posts/a.en.md")
    assert typed(text("L'été !", title="L'été !", typography="false"))
    assert not typed(text("L'été !", title="L'été !", typography="true"))
