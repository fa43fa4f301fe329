"""What is told to bubblewrap: what is read, what is written, and what is refused to be walled in."""

import subprocess

import pytest

from handbill.room.walls import NoWalls, walls


@pytest.fixture
def hub(tmp_path):
    root = tmp_path / "hub"
    for folder in ("content", "public", ".handbill", "members"):
        (root / folder).mkdir(parents=True)
    for file in ("hub.toml", "hub.local.toml", "addresses.lock"):
        (root / file).write_text("x")
    (root / "theme").symlink_to("members")
    return root


def made(hub, output=None, programs=(), home="/home/somebody"):
    return walls(str(hub), str(output or hub / "public"), programs, "", [home])


def how(found, path):
    """Return how a path is brought in, the last time where it is more than once."""
    places = [at for at, one in enumerate(found.options) if one == str(path)]
    before = [one for one in found.options[: places[-1]] if one.startswith("--")]
    return before[-1] if places else ""


def test_texts_and_settings_can_be_read(hub):
    """They are what a build reads."""
    assert ["--ro-bind", "--ro-bind"] == [how(made(hub), hub / name) for name in ("content", "hub.toml")]


def test_what_a_build_writes_stays_open(hub):
    """The public folder is swapped by its name, and a lock takes the place of another: neither may be a mount."""
    found = made(hub)

    assert "--bind" == how(found, hub)
    assert ["", "", ""] == [
        how(found, hub / name) if str(hub / name) in found.options else "" for name in ("public", ".handbill", "addresses.lock")
    ]
    assert {str(hub): {".handbill", "addresses.lock", "calendars.lock", "public", ".public.handbill"}} == found.frames


def test_whatever_else_lies_in_the_hubs_folder_is_hidden(hub):
    """Passwords of letters and lists of members do."""
    found = made(hub)

    assert "--ro-bind-data" == how(found, hub / "hub.local.toml")
    assert "--remount-ro" == how(found, hub / "members")
    assert 1 == found.masks


def test_a_link_is_left_alone(hub):
    """It would be followed, and another place be shut or opened."""
    assert str(hub / "theme") not in made(hub).options


def test_the_note_that_says_which_program_is_started_next_cannot_be_written(hub):
    """Who writes it would run next time, and not behind walls."""
    (hub / ".handbill" / "engine").write_text("/engine")

    assert "--ro-bind" == how(made(hub), hub / ".handbill" / "engine")


def test_a_place_elsewhere_to_build_into_hides_its_neighbours(hub, tmp_path):
    """A workflow builds into the folder in which it keeps all it has."""
    (tmp_path / "temp" / "files").mkdir(parents=True)
    found = made(hub, tmp_path / "temp" / "site")

    assert {"site", ".site.handbill"} == found.frames[str(tmp_path / "temp")]
    assert "--remount-ro" == how(found, tmp_path / "temp" / "files")


@pytest.mark.parametrize("output", ["content/public", "hub.toml", ".git", "../public", "../none/public", "."])
def test_a_place_that_cannot_be_opened_alone_has_no_walls(hub, output):
    """It would open what must be shut, or the whole folder in which the hub lies."""
    import os

    with pytest.raises(NoWalls, match="output folder"):
        made(hub, os.path.normpath(hub / output))


@pytest.mark.parametrize("home", ["{hub}", "{hub}/content", "{hub}/home/somebody"])
def test_a_hub_that_holds_a_home_has_no_walls(hub, home):
    """Nobody could say what in it is the hub's."""
    with pytest.raises(NoWalls, match="holds the home folder"):
        made(hub, home=home.format(hub=hub))


def test_a_program_in_a_home_does_not_show_the_home(hub, tmp_path):
    """Pythons are often installed there; one that lies in it directly would show all of it."""
    home = tmp_path / "home"
    (home / "pythons" / "3.12").mkdir(parents=True)

    assert "--ro-bind" == how(made(hub, programs=[str(home / "pythons" / "3.12")], home=str(home)), home / "pythons" / "3.12")
    with pytest.raises(NoWalls, match="holds the home folder"):
        made(hub, programs=[str(home)], home=str(home))


def test_the_history_of_a_linked_working_tree_can_be_read(hub, tmp_path):
    """It lies with the tree from which it was made."""
    git = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org"]
    subprocess.run([*git, "init", "-q", tmp_path / "first"], check=True)
    subprocess.run([*git, "-C", tmp_path / "first", "commit", "-q", "--allow-empty", "-m", "first"], check=True)
    subprocess.run([*git, "-C", tmp_path / "first", "worktree", "add", "-q", tmp_path / "second"], check=True)
    found = walls(str(tmp_path / "second"), str(tmp_path / "second" / "public"), [], "", ["/home/somebody"])

    assert "--ro-bind" == how(found, tmp_path / "first" / ".git")
    assert "--ro-bind" == how(found, tmp_path / "second" / ".git")


def test_a_file_that_only_says_it_leads_to_a_history_opens_nothing(hub, tmp_path):
    """A folder from a stranger may hold any file."""
    (tmp_path / "home" / ".ssh").mkdir(parents=True)
    (hub / ".git").write_text(f"gitdir: {tmp_path / 'home' / '.ssh'}\n")

    assert str(tmp_path / "home" / ".ssh") not in made(hub).options
