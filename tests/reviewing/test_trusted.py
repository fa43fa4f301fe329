"""Which texts may hold more than others since a proposal."""

from __future__ import annotations

from pathlib import Path

from tests.hubs import text, write
from tests.reviewing.states import facts_of

from handbill.reviewing import trusted
from handbill.reviewing.record import TrustChange

HUB = '[hub]\nname = "Essai"\nbase_url = "https://essai.example/"\nlang = "fr"\n[sections.all]\nfolders = ["."]\nowners = ["@ines"]\n'
RULE = '[trusted.pages]\nfolders = ["content/pages"]\nelements = ["ruby"]\n'
WIDER = '[trusted.pages]\nfolders = ["content/pages"]\nelements = ["ruby", "rt"]\nclasses = ["own-a"]\n'
PAGE = {"content/pages/a.md": text()}


def between(tmp_path: Path, before: dict[str, str], after: dict[str, str]) -> tuple[TrustChange, ...]:
    """Return the changes between two hubs of these files."""
    return trusted.changes(*(facts_of(trusted, write(tmp_path / name, files)) for name, files in (("a", before), ("b", after))))


def test_a_hub_without_rules_knows_nothing(tmp_path):
    """Nearly all hubs; nothing is to be compared."""
    assert {} == facts_of(trusted, write(tmp_path, {"hub.toml": HUB, **PAGE}))


def test_a_new_rule_is_told_with_the_texts_that_it_opens(tmp_path):
    """It comes with the very texts that want it."""
    expected = TrustChange("pages", "added", ("content/pages",), ("<ruby>",), ("@ines",), is_wider=True, where=("content/pages/a.md",))

    assert (expected,) == between(tmp_path, {"hub.toml": HUB, **PAGE}, {"hub.toml": HUB + RULE, **PAGE})


def test_a_wider_rule_and_a_narrower_one_are_told_apart(tmp_path):
    """Only the first is a reason to look twice."""
    before, after = {"hub.toml": HUB + RULE, **PAGE}, {"hub.toml": HUB + WIDER, **PAGE}

    (wider,) = between(tmp_path, before, after)
    (narrower,) = between(tmp_path / "back", after, before)

    assert (("<rt>", "<ruby>", ".own-a"), True, ("content/pages/a.md",)) == (wider.allows, wider.is_wider, wider.where)
    assert ("changed", False, ()) == (narrower.how, narrower.is_wider, narrower.where)
    assert ["removed"] == [one.how for one in between(tmp_path / "gone", before, {"hub.toml": HUB, **PAGE})]


def test_a_folder_more_is_wider(tmp_path):
    """Though what is allowed is the same."""
    more = RULE.replace('["content/pages"]', '["content/pages", "events"]')

    (one,) = between(tmp_path, {"hub.toml": HUB + RULE, **PAGE}, {"hub.toml": HUB + more, **PAGE})

    assert (True, ()) == (one.is_wider, one.where)
    assert () == between(tmp_path / "same", {"hub.toml": HUB + RULE, **PAGE}, {"hub.toml": HUB + RULE, **PAGE})


def test_a_text_that_is_moved_into_a_trusted_folder_is_told(tmp_path):
    """The rule stays as it was, and somebody's post may hold more than it could."""
    before = {"hub.toml": HUB + RULE, "content/posts/a.md": text()}

    (one,) = between(tmp_path, before, {"hub.toml": HUB + RULE, **PAGE})

    assert ("changed", False, ("content/pages/a.md",)) == (one.how, one.is_wider, one.where)
