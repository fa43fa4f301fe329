"""Frozen letters against the hub as it stands."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from tests.freezing.letters import edit, frozen, hub
from tests.hubs import load_village, moment, options
from tests.photos import png

from handbill.checking.frozen import check_frozen, check_mailed
from handbill.hub.address import output_path
from handbill.outputs.planned import settled
from handbill.pipeline import build, check


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A hub that was built, with a letter frozen in two languages."""
    made = hub(tmp_path_factory.mktemp("hub"))
    build(options(made))
    frozen(made, "1")
    return made


@pytest.fixture
def root(built, tmp_path):
    """A copy of it, to be changed."""
    return Path(shutil.copytree(built, tmp_path / "hub", ignore=shutil.ignore_patterns("public")))


def told(root, as_of="2026-03-20 12:00"):
    return [(one.path, one.line, one.field, one.code) for one in check(options(root, as_of)) if one.code.startswith("HB44")]


def test_right_after_freezing_nothing_is_wrong(root):
    """And nothing a year later."""
    assert [] == told(root)
    assert [] == told(root, "2027-03-20 12:00")


@pytest.mark.parametrize(
    ("expected", "old", "new"),
    [
        (("newsletters/2026-03.md", 5, "subject"), "subject: Lettre 1", "subject: Lettre un"),
        (("newsletters/2026-03.md", 0, ""), "Bonjour", "Bonsoir"),
        (("newsletters/2026-03.md", 0, "preheader"), "preheader: Ce qui vient\n", ""),
    ],
)
def test_an_edit_of_what_was_mailed_is_told_at_its_place(root, expected, old, new):
    """The page would say what no member ever got."""
    edit(root, "newsletters/2026-03.md", old, new)

    assert expected in [one[:3] for one in told(root)]
    assert {"HB444"} == {one[3] for one in told(root)}


def test_a_frozen_letter_that_vanished_or_is_a_draft_again_is_missed(root):
    """Its page is where members go from the mail."""
    edit(root, "newsletters/2026-03.md", "number: 1", "number: 1\ndraft: true")
    (root / "newsletters/2026-03.en.md").unlink()

    assert {("newsletters/2026-03.md", 5, "draft", "HB445"), ("newsletters/archive/1.en", 0, "", "HB445")} == set(told(root))


def test_a_page_that_was_taken_back_in_so_many_words_may_be_gone(root):
    """A court, or a member's right, may ask for it; it is one line that a reviewer sees."""
    (root / "newsletters/2026-03.en.md").unlink()
    edit(root, "hub.toml", "[mail]", '[addresses]\ngone = ["/en/newsletters/2026-03/"]\n[mail]')

    assert [] == [one for one in told(root) if one[3] == "HB445"]


def test_a_picture_that_became_another_one_is_told_and_one_that_is_gone_stays(root):
    """The mails show the old one for ever, so the new one needs a name of its own."""
    (root / "content/pictures/puits.png").write_bytes(png(width=32, height=32))
    assert [("content/pictures/puits.png", 0, "", "HB446")] == told(root)
    (root / "content/pictures/puits.png").unlink()
    for name in ("newsletters/2026-03.md", "newsletters/2026-03.en.md"):
        assert "HB446" not in {one[3] for one in told(root)}, name


def test_two_letters_cannot_show_two_pictures_at_one_address(root):
    """A hub's address has one file."""
    first = load_village("2026-03-20 12:00", root)[0].hub
    one, other = (
        first.frozen["issue:2026-03"],
        first.frozen["issue:2026-03.en"] if "issue:2026-03.en" in first.frozen else list(first.frozen.values())[1],
    )
    files = {**other.files, "pictures/puits.png": replace(one.files["pictures/puits.png"], sha256="0" * 64)}
    clash = replace(first, frozen={**first.frozen, other.item: replace(other, files=files)})

    found = [one.code for one in check_frozen(clash, load_village("2026-03-20 12:00", root)[1])]
    assert ["HB446"] == found


def test_an_address_to_which_a_mail_leads_keeps_answering(root):
    """A member who finds the letter again next year must not stand before a wall."""
    (root / "events/fete.md").unlink()

    found = {one for one in told(root) if one[3] == "HB447"}
    assert not found, "while a text leads there that is told first"
    loaded, _ = load_village("2026-03-20 12:00", root)
    letters = {one.address for one in loaded.hub.items}
    lost = list(check_mailed([settled(f"{address.lstrip('/')}index.html", "k", ()) for address in letters], loaded.hub))
    assert ["HB447"] == sorted({one.code for one in lost})
    assert any("/events/fete/" in one.found for one in lost)
    links = {address for one in loaded.hub.frozen.values() for address in one.links}
    assert [] == list(check_mailed([settled(output_path(address), "k", ()) for address in links], loaded.hub))


def test_a_letter_that_is_not_sent_yet_has_promised_nothing(root):
    """Until its date, what it leads to may still be moved."""
    loaded, _ = load_village("2026-03-20 12:00", root)
    before = replace(loaded.hub, as_of=moment("2026-03-01 12:00"))

    assert list(check_mailed([], loaded.hub))
    assert [] == list(check_mailed([], before))


def test_a_moved_page_takes_its_letter_along(root):
    """Addresses once published lead to the new one."""
    edit(root, "newsletters/2026-03.md", "number: 1", "number: 1\nslug: mars")
    edit(root, "newsletters/2026-03.en.md", "number: 1", "number: 1\nslug: march")

    assert [] == told(root)


def test_a_bundle_deleted_from_the_middle_and_a_foreign_file_stop_the_build(root):
    """The archive is checked with everything else, before anything is published."""
    shutil.rmtree(root / "newsletters/archive/1/pictures")
    (root / "newsletters/archive/notes.txt").write_text("x", encoding="utf-8")

    assert {"HB441", "HB442"} == {one[3] for one in told(root)}
