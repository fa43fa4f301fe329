"""Where the hub leads that it did not lead before."""

from pathlib import Path

import pytest
from tests.hubs import text, village, write
from tests.reviewing.states import facts_of

from handbill.reviewing import outside
from handbill.reviewing.record import DomainChange

HUB = (
    '[hub]\nname = "Essai"\nbase_url = "https://essai.example/"\nlang = "fr"\nlanguages = ["fr"]\n'
    '[mail]\nsender = "Essai <lettre@essai.example>"\nsubscribe_url = "https://lettre.example/inscription"\n'
)


def between(tmp_path: Path, before: dict[str, str], after: dict[str, str]) -> tuple[DomainChange, ...]:
    """Return the changes between two hubs of these files."""
    return outside.changes(*(facts_of(outside, write(tmp_path / name, files)) for name, files in (("a", before), ("b", after))))


def post(*links: str) -> dict[str, str]:
    """Return a hub of one post with these links."""
    return {"content/posts/a.md": text("\n\n".join(f"[lien]({link})" for link in links) or "Texte.")}


def test_a_site_that_the_hub_did_not_lead_to_is_new(tmp_path):
    """Members trust where the hub sends them; another page of a known site is no news."""
    old, new = post("https://ami.example/a"), post("https://ami.example/b?x=1&y=2", "https://autre.example/")

    assert (DomainChange("autre.example", "added", ("https://autre.example/",), ("content/posts/a.md",)),) == between(tmp_path, old, new)
    assert [("ami.example", "https://ami.example/b?x=1&y=2")] == [
        (one.domain, one.links[0]) for one in outside.changes({}, facts_of(outside, tmp_path / "b")) if one.domain == "ami.example"
    ]


def test_a_site_that_is_left_is_told(tmp_path):
    """It may have been the only way to sign up."""
    assert [("ami.example", "removed")] == [(one.domain, one.how) for one in between(tmp_path, post("https://ami.example/a"), post())]


def test_the_hub_s_own_address_is_not_elsewhere(tmp_path):
    """A link that was copied from the browser leads home."""
    assert () == between(tmp_path, post(), post("https://essai.example/posts/a/"))


def test_links_stand_in_fields_and_settings_too(tmp_path):
    """Where members sign up, connect or subscribe is no part of a text."""
    event = text("Texte.", starts="2026-05-01 14:00", mode="online", join_url="https://visio.example/x", organisers="[Ada P.]")
    old = {"hub.toml": HUB}
    new = {"hub.toml": HUB.replace("lettre.example", "autre.example").replace("lettre@essai", "lettre@poste"), "events/2026/a.md": event}

    assert {
        ("autre.example", "added", ("hub.toml",)),
        ("lettre.example", "removed", ("hub.toml",)),
        ("poste.example", "added", ("hub.toml",)),
        ("visio.example", "added", ("events/2026/a.md",)),
    } == {(one.domain, one.how, one.where) for one in between(tmp_path, old, new)}


@pytest.mark.parametrize(
    ("link", "marks"),
    [
        ("https://bit.ly/x", ("shortener",)),
        ("http://ami.example/", ("plain",)),
        ("https://192.0.2.7/x", ("number",)),
        ("https://3221225991/x", ("number",)),
        ("https://[2001:db8::1]/x", ("number",)),
        ("https://banque.example@ailleurs.example/", ("name",)),
        ("https://ami.example/a@b", ()),
        ("https://аpple.example/", ("alike",)),
        ("https://xn--pple-43d.example/", ("alike",)),
        # Two alphabets in one word, although nobody could say which name is meant.
        ("https://жmi.example/", ("alike",)),
        ("https://café.example/", ()),
        ("mailto:bonjour@ami.example", ()),
        ("https://ami.example:8080/", ()),
    ],
)
def test_what_needs_a_second_look_is_marked(link, marks):
    """No reviewer knows every shortener, and nobody sees a Cyrillic а."""
    told = outside.changes({}, {outside.domain_of(link): {link: ("a.md",)}})

    assert (marks,) == tuple(one.marks for one in told)


def test_a_slip_of_a_known_name_is_marked():
    """The trap is not an unknown name but one that is known but for a letter."""
    links = {"https://inscription.atelier.example/": ("a.md",)}
    known = {"inscription.atelier.example": links, "t.co": links}

    told = outside.changes(known, known | {"inscripti0n.atelier.example": {"https://inscripti0n.atelier.example/": ("a.md",)}})

    assert [("inscripti0n.atelier.example", ("alike",), "inscription.atelier.example")] == [(one.domain, one.marks, one.like) for one in told]


def test_a_slip_of_the_hub_s_own_name_is_marked(tmp_path):
    """Members know this name best, and read it least."""
    told = between(tmp_path, post(), post("https://essal.example/inscription"))

    assert [("essal.example", ("alike",), "essai.example")] == [(one.domain, one.marks, one.like) for one in told]


def test_a_hub_that_moves_leads_nowhere_else(tmp_path):
    """Its own address is no site elsewhere, neither the old one nor the new one."""
    assert () == between(tmp_path, {"hub.toml": HUB}, {"hub.toml": HUB.replace("https://essai.example", "https://poste.example")})


def test_short_names_that_differ_by_a_letter_are_two_names():
    """t.co and t.me are not each other's trap."""
    links = {"https://x.example/": ("a.md",)}

    told = outside.changes({"t.co": links}, {"t.co": links, "t.me": links})

    assert [()] == [one.marks for one in told]


def test_a_new_address_behind_a_shortener_is_told_each_time():
    """The domain is known since last year; where this one leads is known to nobody."""
    old = {"bit.ly": {"https://bit.ly/a": ("a.md",)}}
    new = {"bit.ly": {"https://bit.ly/a": ("a.md",), "https://bit.ly/b": ("b.md",)}}

    assert (DomainChange("bit.ly", "changed", ("https://bit.ly/b",), ("b.md",), marks=("shortener",)),) == outside.changes(old, new)
    assert () == outside.changes(old, old)


@pytest.mark.parametrize(
    ("link", "domain"),
    [
        ("https://Ami.EXAMPLE:443/x", "ami.example"),
        ("https:\\\\ami.example\\@autre.example/", "ami.example"),
        ("https:/ami.example/x", "ami.example"),
        ("https:ami.example", "ami.example"),
        ("https://a\tmi.example/", "ami.example"),
        ("https://autre.example:x@ami.example/", "ami.example"),
        ("https://ami.example./", "ami.example"),
        ("https://ami。example/", "ami.example"),
        ("https://%61mi.example/", "ami.example"),
        ("https://ａｍｉ.example/", "ami.example"),
        ("https://ami.example?x@autre.example", "ami.example"),
        ("https://ami.example#x@autre.example", "ami.example"),
        ("mailto:qui@ami.example?subject=a@autre.example", "ami.example"),
        ("xmpp:salon@ami.example", "ami.example"),
        ("irc://ami.example/salon", "ami.example"),
        ("webcal://ami.example/a.ics", "ami.example"),
        ("matrix:r/salon:ami.example", "ami.example"),
        ("geo:44.8,-0.5", ""),
        ("tel:+33500000000", ""),
    ],
)
def test_an_address_is_taken_apart_as_browsers_do(link, domain):
    """What a reviewer is told must be where a browser goes, however the address is dressed up."""
    assert domain == outside.domain_of(link)


def test_a_domain_in_other_letters_shows_both_forms():
    """What is asked for over the network and what is seen are two names."""
    link = "https://xn--caf-dma.example/"

    (told,) = outside.changes({}, {outside.domain_of(link): {link: ("a.md",)}})

    assert ("xn--caf-dma.example", "café.example") == (told.domain, told.shown)


def test_every_mark_is_explained_where_programs_read_a_review():
    """The record is a contract; its words stand in the handbook."""
    page = (Path(__file__).parents[2] / "handbook" / "reference" / "review.md").read_text(encoding="utf-8")

    assert [] == [mark for mark in outside.MARKS if f"`{mark}`" not in page]


def test_a_name_of_nine_letters_is_long_enough_for_a_slip():
    """Shorter ones differ by a letter because they are short."""
    links = {"https://x.example/": ("a.md",)}

    assert ["amie.info", ""] == [
        outside.changes({known: links}, {known: links, new: links})[0].like for known, new in (("amie.info", "amis.info"), ("amie.org", "amis.org"))
    ]


def test_the_village_has_not_changed(tmp_path):
    """Two readings of one state are equal, on a hub with every kind."""
    root = village(tmp_path)
    found = facts_of(outside, root)

    assert "ada.example" in found
    assert () == outside.changes(found, facts_of(outside, root))
