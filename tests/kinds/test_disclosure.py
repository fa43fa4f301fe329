"""What is disclosed of who wrote a text and for whom."""

import pytest
from tests.hubs import load_village, text, village, write

from handbill.errors import Level
from handbill.hub.facets import Disclosure

EVENT = {"title": "Bal", "starts": "2026-05-02 20:00", "venue": "{name: Salle}", "organisers": "[Jean]"}


def read(tmp_path, written: str, authors: str = "[]"):
    """Return the disclosure of a post and the codes of its problems."""
    root = write(village(tmp_path), {"content/posts/scie.md": text(disclosure=written, authors=authors)})
    loaded, _ = load_village(root=root)
    item = next((one for one in loaded.hub.items if one.source == "content/posts/scie.md"), None)
    return item and item.disclosure, [(one.code, one.field, one.level) for one in loaded.problems if one.path == "content/posts/scie.md"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("{own_project: true}", Disclosure(is_own=True)),
        ("{paid: true, paid_by: Quincaillerie}", Disclosure(payer="Quincaillerie")),
        ("{paid_by: Quincaillerie}", Disclosure(payer="Quincaillerie")),
        ("{machine_written: translation}", Disclosure(machine="translation")),
        ("{machine_written: none}", None),
        ("{own_project: false, paid: false}", None),
    ],
)
def test_what_is_disclosed_is_kept_as_data(tmp_path, written, meant):
    """Pages, feeds and letters say it in their own words, whatever language the file is in."""
    assert (meant, []) == read(tmp_path, written)


@pytest.mark.parametrize(
    ("written", "authors", "told"),
    [
        ("{paid: true}", "[]", ("HB227", "disclosure.paid_by", Level.ERROR)),
        ("{paid: false, paid_by: Quincaillerie}", "[]", ("HB227", "disclosure.paid", Level.ERROR)),
        ("{machine_written: whole}", "[Jean]", ("HB227", "disclosure.machine_written", Level.WARNING)),
    ],
)
def test_a_contradiction_is_told_at_its_line(tmp_path, written, authors, told):
    """A sponsor whom nobody names helps no reader."""
    assert [told] == read(tmp_path, written, authors)[1]


def test_events_and_contests_disclose_too(tmp_path):
    """A shop that pays for a contest is the usual case."""
    root = village(tmp_path)
    contest = (root / "content/contests/photo.md").read_text(encoding="utf-8")
    said = "disclosure: {paid_by: Quincaillerie}"
    write(
        root,
        {
            "content/contests/photo.md": contest.replace("---\n", f"---\n{said}\n", 1),
            "events/2026/bal.md": text(**EVENT, disclosure="{own_project: true}"),
        },
    )
    items = {one.slug: one for one in load_village(root=root)[0].hub.items}

    assert Disclosure(payer="Quincaillerie") == items["photo"].disclosure
    assert Disclosure(is_own=True) == items["bal"].disclosure
