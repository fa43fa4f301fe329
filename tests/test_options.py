"""What the command line hands down."""

from contextlib import nullcontext

from tests.hubs import options, text, write

from handbill.examining import examine


def test_our_own_things_lie_in_the_hub(tmp_path):
    """Two hubs on one machine never share a cache."""
    assert tmp_path / ".handbill" == options(tmp_path).private


def test_a_letter_can_be_looked_at_as_it_will_go_out_while_other_drafts_stay_hidden(hub):
    """Shown with every other draft of the hub, a letter would tell what nobody decided to publish."""
    write(hub, {"newsletters/3.md": text(number="3", subject="Avril", draft="true"), "content/posts/autre.md": text(draft="true")})
    found = examine(options(hub, finished=frozenset({"newsletters/3.md"})), nullcontext).hub

    assert ["newsletters/3.md"] == [one.source for one in found.items if one.is_draft]
    assert "content/posts/autre.md" in {one.source for one in found.hidden}
