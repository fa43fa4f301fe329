"""Bringing in and writing down, as people type them."""

from tests.hubs import run


def test_history_without_git_says_so(hub, capsys):
    """Exit code 3: the machine, or the clone, lacks something."""
    code, _, err = run(capsys, "--root", hub, "history")

    assert 3 == code
    assert "history" in err
