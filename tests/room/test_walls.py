"""What is told to bubblewrap: what is read, what is written, and what is refused to be walled in."""

import os
import subprocess
from pathlib import Path

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


def made(hub, output=None, programs=(), home="/home/somebody", engine=""):
    return walls(str(hub), str(output or hub / "public"), programs, str(engine), [home])


def how(found, path):
    """Return how a path is brought in, the last time where it is more than once."""
    places = [at for at, one in enumerate(found.options) if one == str(path)]
    before = [one for one in found.options[: places[-1]] if one.startswith("--")]
    return before[-1] if places else ""


def test_all_is_shut_before_anything_is_opened_and_nothing_is_left_to_be_written_at_the_end(hub):
    """The order is what counts: what comes later lies above what came before."""
    options, here = list(made(hub).options), str(Path.cwd())

    shut = "--unshare-all --die-with-parent --new-session --cap-drop ALL --proc /proc --dev /dev --tmpfs /tmp"
    assert shut.split() == options[:11]
    assert ["--remount-ro", str(hub / "members"), "--remount-ro", "/proc", "--remount-ro", "/", "--chdir", here] == options[-8:]
    assert ["--dir", here] == options[-10:-8]


#: What programs need of a system, whichever it is; written down a second time, as whoever adds to it opens something.
MERGED = ("/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")
SYSTEM = (
    "/usr", "/nix", "/gnu", "/run/current-system", "/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/localtime",
    "/etc/mime.types", "/etc/alternatives", "/etc/fonts",
)  # fmt: skip


@pytest.mark.parametrize("are_links", [True, False])
@pytest.mark.parametrize("have", [MERGED + SYSTEM, MERGED, SYSTEM, ()])
def test_of_the_system_that_is_seen_which_programs_need(hub, monkeypatch, have, are_links):
    """Each system has some of these; of /etc, where passwords are, only what is named."""
    monkeypatch.setattr(os.path, "exists", lambda path: path in have)
    monkeypatch.setattr(os.path, "islink", lambda path: path in have and are_links)
    monkeypatch.setattr(os.path, "isdir", lambda path: path in have)
    monkeypatch.setattr(os, "readlink", lambda path: f"usr{path}")
    found = made(hub).options

    expected = []
    for one in MERGED:
        if one in have:
            expected += ["--symlink", f"usr{one}", one] if are_links else ["--ro-bind", one, one]
    for one in SYSTEM:
        if one in have:
            expected += ["--ro-bind", one, one]
    assert expected == list(found[11 : found.index("--bind")])


def test_texts_and_settings_can_be_read(hub):
    """They are what a build reads."""
    assert ["--ro-bind", "--ro-bind"] == [how(made(hub), hub / name) for name in ("content", "hub.toml")]


OF_GIT = (".gitattributes", ".gitignore", ".gitmodules", ".lfsconfig", ".mailmap", ".github", ".git")


@pytest.mark.parametrize("name", OF_GIT)
def test_what_git_keeps_in_the_hub_can_be_read_and_not_written(hub, name):
    """Who writes there runs when somebody types a command of git's; and it is no other place that is shown."""
    (hub / name).mkdir()
    found = made(hub)

    assert ("--ro-bind", ()) == (how(found, hub / name), found.shown)


OF_ENGINE = (
    "src",
    "theme",
    "handbook",
    "schemas",
    ".venv",
    ".venv-handbook",
    "build.py",
    "pyproject.toml",
    "CHANGELOG.md",
    "LICENSE",
    "requirements.lock",
    "requirements-handbook.lock",
)


def test_of_a_folder_with_the_program_that_is_read_which_runs(hub, tmp_path):
    """Whoever works on the program keeps more in it; and what is not there is not asked for."""
    engine = tmp_path / "engine"
    for name in (*OF_ENGINE, "notes", "requirements.txt", "other.lock"):
        (engine / name).mkdir(parents=True)

    assert sorted(str(engine / name) for name in OF_ENGINE) == sorted(made(hub, engine=engine).shown)
    (engine / "schemas").rmdir()
    assert str(engine / "schemas") not in made(hub, engine=engine).shown


def test_a_hub_that_is_the_program_s_own_folder_shows_both_and_nothing_twice(hub):
    """So is a clone in which somebody writes their hub at once."""
    (hub / "src").mkdir()
    (hub / "notes").mkdir()
    found = made(hub, engine=hub)

    assert ["--ro-bind", "--remount-ro"] == [how(found, hub / name) for name in ("src", "notes")]
    assert "--tmpfs" not in [found.options[at - 1] for at, one in enumerate(found.options) if one == str(hub / "src")]


def test_a_python_that_is_a_link_is_seen_where_it_lies(hub, tmp_path):
    """Some keep one for many clones; a link that nobody runs shows nothing."""
    (tmp_path / "pythons" / "3.13").mkdir(parents=True)
    for name in (".venv", "schemas", "requirements.lock"):
        (hub / name).symlink_to(tmp_path / "pythons" / "3.13")
    found = made(hub, engine=hub, programs=[str(hub / ".venv")])

    assert (str(tmp_path / "pythons" / "3.13"),) == found.shown
    assert str(hub / ".venv") not in found.options
    assert () == made(hub, engine=hub).shown


def test_a_program_of_the_system_s_is_seen_with_the_system(hub):
    """It needs no place of its own; a whole disk is none."""
    assert ((), ("/opt/python",)) == (made(hub, programs=["/usr/lib/python"]).shown, made(hub, programs=["/opt/python"]).shown)
    with pytest.raises(NoWalls, match=r"^/ holds the home folder of whoever builds, or a whole disk$"):
        made(hub, programs=["/"], home="")


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
    assert ["--ro-bind-data", "mask 0"] == list(found.options)[list(found.options).index(str(hub / "hub.local.toml")) - 2 :][:2]


def test_a_link_is_left_alone(hub):
    """It would be followed, and another place be shut or opened."""
    assert str(hub / "theme") not in made(hub).options


def test_the_note_that_says_which_program_is_started_next_cannot_be_written(hub):
    """Who writes it would run next time, and not behind walls."""
    assert str(hub / ".handbill" / "engine") not in made(hub).options

    for folder in (".handbill", "public"):
        (hub / folder / "engine").write_text("/engine")
    found = made(hub)

    assert "--ro-bind" == how(found, hub / ".handbill" / "engine")
    assert str(hub / "public" / "engine") not in found.options


def test_a_place_elsewhere_to_build_into_hides_its_neighbours(hub, tmp_path):
    """A workflow builds into the folder in which it keeps all it has."""
    (tmp_path / "temp" / "files").mkdir(parents=True)
    found = made(hub, tmp_path / "temp" / "site")

    assert {"site", ".site.handbill"} == found.frames[str(tmp_path / "temp")]
    assert "--remount-ro" == how(found, tmp_path / "temp" / "files")


@pytest.mark.parametrize(
    "output", ["content/public", "hub.toml", "hub.local.toml", ".handbill", *OF_GIT, *(one for one in OF_ENGINE if "lock" not in one)]
)
def test_what_is_read_or_closed_is_no_place_to_build_into(hub, output):
    """It would open what must be shut."""
    with pytest.raises(NoWalls, match=r"^the output folder .* lies among what is read$"):
        made(hub, hub / output)


@pytest.mark.parametrize("output", ["../public", "../none/public", ".", "/public"])
def test_a_place_that_cannot_be_opened_alone_has_no_walls(hub, output):
    """It would open the whole folder in which the hub lies, or a disk."""
    with pytest.raises(NoWalls, match=r"^the output folder .* is not in a folder beside the hub$|holds .* a whole disk$"):
        made(hub, os.path.normpath(hub / output))


def test_a_place_within_a_folder_of_the_hub_s_opens_that_folder(hub):
    """The site is swapped within it."""
    assert {"build", ".handbill", "addresses.lock", "calendars.lock"} == made(hub, hub / "build" / "site").frames[str(hub)]


@pytest.mark.parametrize("home", ["{hub}", "{hub}/content", "{hub}/home/somebody"])
def test_a_hub_that_holds_a_home_has_no_walls(hub, home):
    """Nobody could say what in it is the hub's."""
    with pytest.raises(NoWalls, match="holds the home folder"):
        made(hub, home=home.format(hub=hub))

    assert made(hub, home=f"{hub}-home/somebody"), "a name that begins alike is another one"


def test_a_program_in_a_home_does_not_show_the_home(hub, tmp_path):
    """Pythons are often installed there; one that lies in it directly would show all of it."""
    home = tmp_path / "home"
    (home / "pythons" / "3.12").mkdir(parents=True)

    assert "--ro-bind" == how(made(hub, programs=[str(home / "pythons" / "3.12")], home=str(home)), home / "pythons" / "3.12")
    with pytest.raises(NoWalls, match="holds the home folder"):
        made(hub, programs=[str(home)], home=str(home))


GIT = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org"]


@pytest.mark.parametrize(("first", "within"), [("first", ""), ("first", "hub/within"), (b"\xff\xfe", "hub")])
def test_the_history_of_a_linked_working_tree_can_be_read(tmp_path, first, within):
    """It lies with the tree from which it was made, whatever that is called; the hub may be a folder of the tree."""
    first, second = tmp_path / os.fsdecode(first), tmp_path / "second"
    subprocess.run([*GIT, "init", "-q", first], check=True)
    subprocess.run([*GIT, "-C", first, "commit", "-q", "--allow-empty", "-m", "first"], check=True)
    subprocess.run([*GIT, "-C", first, "worktree", "add", "-q", second], check=True)
    (second / within).mkdir(parents=True, exist_ok=True)
    found = made(second / within)

    assert ["--ro-bind"] * 3 == [how(found, place) for place in (first / ".git", first / ".git" / "worktrees" / "second", second / ".git")]


@pytest.mark.parametrize("within", ["", "hub/within"])
def test_the_history_that_a_clone_borrows_can_be_read(tmp_path, within):
    """A clone by reference holds only what is new; whatever else it names is none of its history."""
    clone, lent = tmp_path / "clone", tmp_path / "lent" / "objects"
    subprocess.run([*GIT, "init", "-q", clone], check=True)
    for folder in (lent / "pack", tmp_path / "lent" / "other" / "pack", tmp_path / "bare" / "objects", clone / within):
        folder.mkdir(parents=True, exist_ok=True)
    lines = [lent, tmp_path / "lent" / "other", tmp_path / "bare" / "objects", "../../../lent/objects"]
    (clone / ".git" / "objects" / "info" / "alternates").write_text("".join(f"{one}\n" for one in lines))

    assert {str(lent)} == {one for one in made(clone / within).shown if not one.startswith(str(clone))}


def test_a_hub_in_a_folder_of_a_repository_shows_the_history_and_not_the_folder(tmp_path):
    """Git finds it by going up; the other folders are somebody's."""
    subprocess.run([*GIT, "init", "-q", tmp_path], check=True)
    (tmp_path / "docs" / "hub").mkdir(parents=True)

    assert (str(tmp_path / ".git"),) == made(tmp_path / "docs" / "hub").shown


@pytest.mark.parametrize("lacks", ["HEAD", "objects", "refs"])
@pytest.mark.parametrize("by", ["gitdir", "commondir"])
def test_a_folder_that_is_no_history_is_not_shown_as_one(hub, tmp_path, lacks, by):
    """Its name may come from a stranger; a file of no line names none."""
    named = tmp_path / "named"
    for name in ({"HEAD", "objects", "refs"} - {lacks}) | {"kept"}:
        (named / name).mkdir(parents=True)
    (hub / ".git").write_text(f"gitdir: {named}\n")
    if by == "commondir":
        (hub / ".git").write_text("gitdir: .handbill\n")
        (hub / ".handbill" / "commondir").write_text(f"{named}\n")
    assert () == made(hub).shown

    (named / lacks).mkdir()
    assert str(named) in made(hub).shown
    (hub / ".git").write_text("")
    assert () == made(hub).shown


def test_a_file_that_only_says_it_leads_to_a_history_opens_nothing(hub, tmp_path):
    """A folder from a stranger may hold any file."""
    (tmp_path / "home" / ".ssh").mkdir(parents=True)
    (hub / ".git").write_text(f"gitdir: {tmp_path / 'home' / '.ssh'}\n")

    assert str(tmp_path / "home" / ".ssh") not in made(hub).options
