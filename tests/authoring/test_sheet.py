"""The text of a new file: filled in, explained, and sound even with every explanation used."""

from __future__ import annotations

import re

import pytest

from handbill.authoring.answers import Values, put
from handbill.authoring.sheet import HINTS, LATER, SECTIONS, filled, lines_of, sheet
from handbill.hub.sample import leaves
from handbill.kinds import KINDS
from handbill.kinds.post import POST
from handbill.reading.draft import Terms
from handbill.reading.drafting import read_draft
from handbill.telling import LANGUAGES

TERMS = Terms("github", "Europe/Paris", ("fr", "en"), 1024 * 1024)
KIND = {kind.name: kind for kind in KINDS}

#: What is asked for, for each kind.
NEEDED = {
    "post": {"title": "Le #1 : “oui”", "date": "2026-03-01"},
    "page": {"title": "- Contact"},
    "event": {"title": "« Foire »", "date": "2026-03-01", "starts": "2026-05-01 14:00", "venue": "Quai", "organisers": "Ada L., Tom B."},
    "contest": {
        "title": "A", "date": "2026-03-01", "mechanism": "jury", "opens": "2026-05-01", "closes": "2026-06-01",
        "prizes": "Rabot, Scie", "enter": "Venez.", "organiser": "Nous",
    },
    "issue": {"number": "3", "subject": "Mai: 🚲", "date": "2026-05-07 18:00"},
    "person": {"title": "Zoé *Petit*"},
    "place": {"title": "« Quai »"},
}  # fmt: skip


def values(kind: str) -> Values:
    found: Values = {}
    for name, text in NEEDED[kind].items():
        put(found, KIND[kind].all_fields, name, text)
    return found


def problems(kind: str, text: str) -> list[str]:
    return [str(one) for one in read_draft(f"{KIND[kind].folder}/x.md", text.encode(), KIND[kind], TERMS)[1]]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", KIND)
def test_a_new_file_has_no_problem(kind, lang):
    """Not even a warning: the first file that somebody makes must not begin with a reproach."""
    assert [] == problems(kind, sheet(KIND[kind], values(kind), lang))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", KIND)
def test_every_line_can_be_used_by_taking_its_sign_away(kind, lang):
    """The explanation behind it stays a comment."""
    text = sheet(KIND[kind], values(kind), lang)
    front, end, body = text.partition("\n---\n")
    used = re.sub(r"(?m)^( *)# (?=[ a-z_-]+:( |$))", r"\1", front)

    assert front.count("\n# ") > 3
    assert used.count("\n# ") <= 1
    # All lines at once contradict each other, which is another matter.
    assert [] == [one for one in problems(kind, used + end + body) if not re.search(r"\[HB(21|22|24)\d\]", one)]


@pytest.mark.parametrize("kind", KIND)
def test_every_field_is_filled_or_explained_unless_it_comes_later(kind):
    """A field that is not in the file is found by nobody."""
    text = sheet(KIND[kind], values(kind), "en")

    for name, _ in leaves(KIND[kind].all_fields):
        # Below a venue that is written out, the file's name of another and ten questions would bury the street;
        # of an organiser hub.toml says the rest.
        others = ("venue.place", "venue.accessibility", "organiser.")
        if not set(name.replace("[]", "").split(".")) & LATER and not name.startswith(others):
            assert re.search(rf"(?m)^[ #-]*{name.split('.')[-1]}:", text), name


def test_what_comes_later_are_fields():
    """A name that is none would hide a field that is renamed."""
    known = {name.split(".")[-1] for kind in KINDS for name, _ in leaves(kind.all_fields)}

    # `typography` is a field only where the hub has that part.
    assert {"updated", "status", "winners"} <= LATER <= known | {"typography"}


def test_explanations_stand_in_a_column():
    """Forty ragged lines are a wall."""
    text = sheet(KIND["event"], values("event"), "fr")
    places = [line.index("  # ") for line in text.splitlines() if re.match(r"# +\w+: .*  # ", line)]

    assert len(places) > 12
    assert 1 == len(set(places) - {max(places)})


def test_a_picture_is_named_from_where_the_file_lies():
    """An event lies two folders down."""
    assert "# picture: ../../content/pictures/" in sheet(KIND["event"], values("event"), "en", "events/2026/x.md")
    assert "# picture: ../pictures/" in sheet(KIND["post"], values("post"), "en", "content/posts/x.md")


def test_a_postcode_is_written_as_a_text():
    """Other programs would drop its zero."""
    venue = {"name": "Quai", "postcode": "01000", "latitude": "44.85"}
    kind = next(one.type for one in KIND["event"].fields if one.name == "venue")

    assert ["venue:", "  name: Quai", '  postcode: "01000"', "  latitude: 44.85"] == lines_of("venue", venue, kind)


def test_the_hint_is_seen_by_editors_only():
    """A page that says “write here” has been published before."""
    draft, _ = read_draft("content/posts/x.md", sheet(KIND["post"], values("post"), "fr").encode(), KIND["post"], TERMS)

    assert draft is not None
    assert "" == draft.body.text.strip()
    assert set(KIND) == set(HINTS)


def test_a_new_letter_shows_its_sections_as_blocks_that_can_be_moved():
    """What follows a letter by itself is moved between its paragraphs by whoever sees it there."""
    text = sheet(KIND["issue"], {"number": "3", "subject": "Avril", "date": "2026-04-09"}, "en")

    assert [f"```section\nshow: {show}\n```" for show in SECTIONS] == re.findall(r"```section\n.*?\n```", text, re.DOTALL)
    assert "```section" not in sheet(KIND["issue"], {"number": "3", "sections": ("events",)}, "en")
    assert "```section" not in sheet(KIND["post"], {"title": "Un billet"}, "en")


def test_a_filled_sheet_says_what_is_known_and_nothing_else():
    """Whoever answered a form has written already; explanations would be noise in a proposal."""
    values = {"title": 'Un "bal": oui', "tags": ("a, b", "c"), "disclosure": {"paid_by": "x"}}

    expected = '---\ntitle: "Un \\"bal\\": oui"\ntags: ["a, b", c]\ndisclosure:\n  paid_by: x\n---\n\nVenez.\n'
    assert expected == filled(POST, values, "Venez.")
