"""Who comes, goes, or is told of otherwise."""

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from PIL import Image
from tests.hubs import load_village, options, text, village, write
from tests.reviewing.states import facts_of

from handbill.reviewing import people
from handbill.reviewing.record import Detail, PersonChange

ADA = "---\ntitle: Ada Puits\nroles: [lettre]\n---\n\n[Écrire](mailto:lettre@essai.example)\n"


def between(tmp_path: Path, before: dict[str, str], after: dict[str, str]) -> tuple[PersonChange, ...]:
    """Return the changes between two hubs of these files."""
    return people.changes(*(facts_of(people, write(tmp_path / name, files)) for name, files in (("a", before), ("b", after))))


def test_the_same_state_has_no_changes(tmp_path):
    """A hub of real size must not be a list of people each time a comma moves."""
    root = village(tmp_path)

    found = facts_of(people, root)

    assert {"ada", "tom"} < set(found)
    assert () == people.changes(found, facts_of(people, root))


def test_a_name_that_was_never_published_is_new(tmp_path):
    """Somebody is named on the site for the first time: they should have been asked."""
    old = {"content/posts/a.md": text(authors="[Une voisine]")}

    told = between(tmp_path, old, old | {"content/posts/b.md": text(authors="[Une Voisine, Zoé Nouvelle]")})

    assert (PersonChange("Zoé Nouvelle", "added", ("content/posts/b.md",), (Detail("role", "", "author"),)),) == told


def test_a_name_in_a_text_that_waits_is_new_today(tmp_path):
    """Nobody is asked again on the day when it appears."""
    later = text(authors="[Zoé Nouvelle]", date="2026-04-01")

    assert ["Zoé Nouvelle"] == [one.name for one in between(tmp_path, {}, {"content/posts/b.md": later})]


def test_a_draft_names_nobody(tmp_path):
    """What is a draft will be proposed again."""
    assert () == between(tmp_path, {}, {"content/posts/b.md": text(authors="[Zoé Nouvelle]", draft="true")})


def test_who_is_named_nowhere_any_more_is_gone(tmp_path):
    """Somebody who asked to be taken off wants to know that it is done."""
    old = {"content/posts/a.md": text(authors="[Une voisine]"), "content/posts/b.md": text(title="B")}

    assert (PersonChange("Une voisine", "removed", ("content/posts/a.md",)),) == between(
        tmp_path, old, old | {"content/posts/a.md": text()}
    )


def test_what_a_page_tells_of_a_person_is_compared(tmp_path):
    """A role or a mail address is changed in a line that a reviewer of forty files passes over."""
    new = ADA.replace("lettre]", "lettre, trésorerie]").replace("lettre@essai", "autre@essai").replace("Ada Puits", "Ada Duval")

    told = between(tmp_path, {"content/people/ada.md": ADA}, {"content/people/ada.md": new})

    details = (
        Detail("name", "Ada Puits", "Ada Duval"),
        Detail("role", "lettre", "lettre, trésorerie"),
        Detail("contact", "lettre@essai.example", "autre@essai.example"),
    )
    assert (PersonChange("Ada Duval", "changed", ("content/people/ada.md",), details),) == told


def test_a_name_that_gets_a_page_has_changed(tmp_path):
    """One person must not be told as two, one who goes and one who comes."""
    old = {"content/posts/a.md": text(authors="[Ada Puits]")}

    told = between(tmp_path, old, old | {"content/people/ada.md": ADA})

    assert [("Ada Puits", "changed")] == [(one.name, one.how) for one in told]
    assert Detail("page", "", "content/people/ada.md") in told[0].details


def test_another_photo_under_the_same_name_is_told(tmp_path):
    """A replaced portrait has the same path, the same words, and shows somebody else."""
    root = village(tmp_path)
    before = facts_of(people, root)
    photo = root / "content" / "pictures" / "puits.png"

    # One pixel of it is enough; the file stays a picture.
    with Image.open(photo) as picture:
        other = picture.convert("RGB")
    other.putpixel((0, 0), (255, 0, 0))
    other.save(photo)
    told = people.changes(before, facts_of(people, root))

    assert [("Ada Puits", ["photo"])] == [(one.name, [detail.name for detail in one.details]) for one in told]


def test_the_page_in_the_hub_s_language_tells(tmp_path):
    """A translation is the same person, told once."""
    files = {"content/people/ada.md": ADA, "content/people/ada.en.md": ADA.replace("lettre]", "letter]")}

    assert [("Ada Puits", "lettre")] == [
        (one.name, next(detail.after for detail in one.details if detail.name == "role")) for one in between(tmp_path, {}, files)
    ]


def test_a_winner_s_name_is_a_name(tmp_path):
    """Winners agree to be shown, or they are not."""
    loaded, settings = load_village(root=write(tmp_path, {"content/posts/a.md": text()}))
    won = replace(loaded.hub.items[0], facts=SimpleNamespace(winners=(SimpleNamespace(name="Lou G."),)))
    hub = replace(loaded.hub, items=(won,))

    assert ["Lou G."] == [one.name for one in people.facts(hub, settings, options(tmp_path), tmp_path).values()]


@pytest.mark.parametrize("name", sorted(people.NAMES))
def test_every_detail_has_its_word(name):
    """A detail is a word of the catalogue, or an editor reads English."""
    assert name == people.NAMES[name]
