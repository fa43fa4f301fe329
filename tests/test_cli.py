"""The command line itself: the default command, exit codes, the help."""

import pytest
from tests.hubs import run


def test_without_a_command_everything_is_built(hub, capsys):
    """`python3 build.py` is all a newcomer knows."""
    code, out, _ = run(capsys, "--root", hub, "--as-of", "2026-03-20")

    assert 0 == code
    assert "Built 3 posts, 1 page, 3 events, 1 contest, 2 letters, 2 people." in out
    assert (hub / "public/index.html").is_file()
    assert "serve" in out


@pytest.mark.parametrize(
    "words",
    [["nonsense"], ["site", "--jobs", "0"], ["site", "--as-of", "tomorrow"], ["check", "--format", "xml"], ["site", "--base-url"], ["import", "pelican", "/nowhere", "--into", "x"]],
)
def test_wrong_use_gives_exit_code_2(hub, capsys, words):
    """CI must tell a typo in a workflow from a fault in the content."""
    code, out, err = run(capsys, "--root", hub, *words)

    assert 2 == code
    assert out + err
    assert "Traceback" not in out + err


def test_a_folder_that_is_no_hub_is_told(tmp_path, capsys):
    """The most usual first mistake is the wrong folder."""
    code, _, err = run(capsys, "--root", tmp_path, "site")

    assert 2 == code
    assert "no hub.toml" in err


def test_the_help_lists_the_commands_as_one_meets_them(capsys):
    """Not by the alphabet."""
    _, out, _ = run(capsys, "--help")

    places = [out.index(f"\n  {name} ") for name in ("site", "serve", "check", "import", "doctor", "test")]
    assert sorted(places) == places
