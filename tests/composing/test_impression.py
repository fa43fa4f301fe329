"""What is proofed is what will be mailed: as of its own day, with itself finished and no other draft."""

import pytest
from tests.composing.letters import event, hub_with, letter, post, section
from tests.hubs import moment, options

from handbill.composing.impression import impression
from handbill.errors import WrongUse
from handbill.pipeline import build

SENT = moment("2026-04-09 18:00")
MAIL = '[mail]\nsender = "Essai <lettre@essai.example>"\npostal_address = "1 rue X, 33000 Bordeaux"\nunsubscribe = "https://essai.example/sortir/{token}"\n'


@pytest.fixture
def root(tmp_path):
    """Return a hub with a draft of a letter to come, and what that will find."""
    root = hub_with(tmp_path, **{
        "newsletters/2026-04.md": letter(3, "2026-04-09 18:00", f"Bonsoir,\n\n{section('posts')}\n\n{section('events', 'limit: 1')}", draft="true"),
        "content/posts/a-venir.md": post("À venir", "2026-04-01"),
        "content/posts/brouillon.md": post("Brouillon", "2026-03-20", draft="true"),
        "events/foire.md": event("La foire", "2026-04-30 10:00"),
    })  # fmt: skip
    file = root / "hub.toml"
    file.write_text(file.read_text(encoding="utf-8") + MAIL, encoding="utf-8")
    return root


def look(root, as_of="2026-03-20 12:00", source="newsletters/2026-04.md", sent=SENT):
    return impression(options(root, as_of), source, sent, root / "scratch", "en")


def test_a_draft_is_seen_as_it_will_go_out(root):
    """With what is published until its day, and without what nobody has finished."""
    seen = look(root)
    titles = [entry.title for choice in seen.choices for entry in choice.entries]

    assert ["À venir", "Le puits", "La fête"] == titles
    assert ("3", "draft") == (seen.name, seen.state)
    assert "À venir" in seen.forms["mail.html"].decode()
    assert "Brouillon" not in seen.forms["mail.html"].decode()


def test_its_bytes_are_those_that_the_build_of_its_day_publishes(root):
    """A proof of something else proves nothing."""
    seen = look(root)
    file = root / "newsletters" / "2026-04.md"
    file.write_text(file.read_text(encoding="utf-8").replace("draft: true\n", ""), encoding="utf-8")
    build(options(root, "2026-04-09 18:00"))
    public = root / "public" / "newsletters" / "2026-04"

    assert {"mail.html", "mail.txt", "mail.eml"} == set(seen.forms)
    assert {name: (public / name).read_bytes() for name in seen.forms} == dict(seen.forms)


def test_it_says_what_it_weighs_and_what_adds_to_that(root):
    """Gmail hides what is beyond its limit."""
    seen = look(root)

    assert len(seen.forms["mail.html"]) == seen.weight.own
    assert {"posts", "events", ""} == {one.name for one in seen.blocks}


def test_it_says_what_is_wrong_with_this_letter_and_counts_the_rest(root):
    """An editor proofs a letter; what is wrong elsewhere stops the build all the same."""
    (root / "content" / "posts" / "faux.md").write_text("---\ntitle: Faux\ndate: demain\n---\n\nX\n", encoding="utf-8")
    file = root / "newsletters" / "2026-04.md"
    file.write_text(file.read_text(encoding="utf-8").replace("limit: 1", "pin: [../content/posts/brouillon.md]"), encoding="utf-8")
    seen = look(root)

    assert {("newsletters/2026-04.md", "HB503"), ("newsletters/2026-04.md", "HB427")} == {(one.path, one.code) for one in seen.problems}
    assert 1 == seen.elsewhere


def test_a_letter_of_the_past_is_seen_as_it_was_sent(root):
    """Who looks at an old number does not want the news of today."""
    seen = look(root, source="newsletters/2026-03.md", sent=moment("2026-03-12 18:00"))

    assert "due" == seen.state
    assert ["La fête", "La foire", "Le bal"] == [entry.title for one in seen.choices for entry in one.entries]


def test_every_link_is_told_with_where_it_leads(root):
    """What was renamed is found before it is mailed."""
    where = {one.address.removeprefix("https://essai.example"): one.sort for one in look(root).leadings}

    assert "hub" == where["/posts/a-venir/"] == where["/"]
    assert "member" == next(sort for address, sort in where.items() if address.startswith("/sortir/"))


def test_a_letter_that_is_gone_is_refused(root):
    """Its file was deleted while its page was open."""
    with pytest.raises(WrongUse):
        look(root, source="newsletters/2026-09.md")


def test_nothing_is_written_but_what_is_remembered(root):
    """Looking changes nothing."""
    before = {file: file.read_bytes() for file in root.rglob("*") if file.is_file() and ".handbill" not in file.parts}
    look(root)

    assert before == {file: file.read_bytes() for file in root.rglob("*") if file.is_file() and ".handbill" not in file.parts}
