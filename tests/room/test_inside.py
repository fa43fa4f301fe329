"""What the program lets go of, and what it looks at, before it reads anything; the holes themselves are in tests/hostile/environment."""

import os
import subprocess
import sys
from types import SimpleNamespace

import pytest

from handbill.room import inside
from handbill.room.inside import Promise, holes

SHOW = """
import os, resource, sys; from handbill import key; from handbill.room.inside import settle
code = settle(sys.argv[1:]); print(code, sorted({*os.environ} - {"PYTHONPATH"}), resource.getrlimit(resource.RLIMIT_CORE), key._known)
"""


def shown(*words, pass_fds=(), **environ):
    own = {"PATH": os.defpath, **({"PYTHONPATH": os.environ["PYTHONPATH"]} if "PYTHONPATH" in os.environ else {})}
    return subprocess.run(
        [sys.executable, "-P", "-c", SHOW, *words], env=own | environ, capture_output=True, text=True, check=True, pass_fds=pass_fds
    )


def test_without_walls_what_is_not_needed_is_let_go_of():
    """Whoever starts the program without the launcher has the same few."""
    alone = shown("site", LC_CTYPE="C.UTF-8", GITHUB_TOKEN="t", HANDBILL_PASSWORD="p", HANDBILL_KEY="02" * 32)

    assert ("None ['LC_CTYPE', 'PATH'] (0, 0) []\n", "") == (alone.stdout, alone.stderr)
    assert "'HANDBILL_PASSWORD'" in shown("newsletter", HANDBILL_PASSWORD="p").stdout


@pytest.mark.parametrize("token", [{}, {"GITHUB_TOKEN": "t"}])
def test_behind_walls_the_first_byte_says_whether_all_is_shut(token):
    """Who waits outside goes by it: a build that never began is made without walls, one that found a hole is not."""
    ready, readies = os.pipe()
    terminal, words = os.pipe()
    promise = "\x1f\x1f".join(("1\x1f2\x1f3", "", ""))
    told = shown("site", pass_fds=(readies, words), HANDBILL_WALLS=f"{readies}\x1f{words}\x1f{promise}", HANDBILL_KEY="02" * 32, **token)
    os.close(readies)
    os.close(words)
    said = os.read(terminal, 10_000).decode()

    assert (b"-", b"") == (os.read(ready, 9), os.read(ready, 9)), "and its end is closed"
    assert (f"3 ['LC_CTYPE', 'PATH'] (0, 0) [{bytes([2] * 32)!r}]\n", "") == (told.stdout, told.stderr)
    holes = said.splitlines()
    assert all(one.startswith("handbill: the walls have a hole: ") for one in holes)
    assert ["handbill: the walls have a hole: the variable GITHUB_TOKEN came through"] == holes if token else len(holes) > 1
    os.close(ready)
    os.close(terminal)


def test_a_promise_is_read_as_it_was_written():
    """By its parts, of which some may be empty."""
    told = "\x1f\x1f".join(("1\x1f2\x1f3", "", "/a b\x1f/c", "/hub\x1fpublic\x1f.handbill", "/temp\x1fsite"))

    assert Promise(
        {"net": 1, "pid": 2, "ipc": 3},
        (),
        frozenset({"/a b", "/c"}),
        {"/hub": frozenset({"public", ".handbill"}), "/temp": frozenset({"site"})},
    ) == Promise.of(told)


@pytest.fixture
def hub(tmp_path):
    """Return a hub as it is seen from within: what must not be read is empty."""
    root = tmp_path / "hub"
    for folder in ("content", "public", ".handbill", "members", "src"):
        (root / folder).mkdir(parents=True)
    for file in ("hub.toml", "addresses.lock"):
        (root / file).write_text("x")
    (root / "hub.local.toml").write_text("")
    (root / "link").symlink_to("members")
    return root


class Machine:
    """What the system says of a process behind whole walls around a hub; a test opens one hole in them."""

    def __init__(self, hub, monkeypatch):
        self.hub = hub
        self.spaces = {"net": 11, "pid": 12, "ipc": 13}
        self.net = ["Inter-|   Receive", " face |bytes", "    lo:  0 0 0"]
        self.status = ["Name:\tx", "CapInh:\t0000000000000000", "CapPrm:\t0000000000000000", "CapEff:\t0000000000000000"]
        self.mounts = dict.fromkeys(["/", "/proc", "/proc/sys", "/usr", "/lib64", "/opt/python"], "ro")
        self.mounts |= dict.fromkeys(["/dev", "/dev/pts", "/tmp", str(hub)], "rw")  # noqa: S108 - that of the walls
        self.mounts |= {str(hub / name): "ro" for name in ("content", "members", "src", "hub.toml", "hub.local.toml")}
        self.promise = Promise(
            {"net": 1, "pid": 2, "ipc": 3},
            (),
            frozenset({"/opt/python", str(hub / "src")}),
            {str(hub): frozenset({"public", ".handbill", "addresses.lock"})},
        )
        monkeypatch.setattr(inside, "_lines", self.lines)
        monkeypatch.setattr(inside, "os", SimpleNamespace(**{**vars(os), "stat": self.stat}))

    def lines(self, file):
        return {
            "/proc/self/net/dev": self.net,
            "/proc/self/status": self.status,
            "/proc/self/mountinfo": [
                f"36 35 0:31 / {at.replace(' ', chr(92) + '040')} {how},nosuid - tmpfs none rw" for at, how in self.mounts.items()
            ],
        }[file]

    def stat(self, path):
        name = path.removeprefix("/proc/self/ns/")
        return SimpleNamespace(st_ino=self.spaces[name])

    def told(self):
        """Return the holes that are told, without the words that each begins with."""
        found = list(holes(self.promise))
        assert all(one.startswith("the walls have a hole: ") for one in found)
        return [one.removeprefix("the walls have a hole: ").replace(str(self.hub), "HUB") for one in found]


@pytest.fixture
def machine(hub, monkeypatch):
    return Machine(hub, monkeypatch)


def test_whole_walls_have_no_hole(machine):
    """Of what is hidden an empty file is left; a link leads nowhere; the system's own places of devices and processes are many."""
    assert [] == machine.told()


@pytest.mark.parametrize(("name", "what"), [("net", "the network"), ("pid", "what runs"), ("ipc", "the memory that programs share")])
def test_what_is_shared_with_the_machine_is_told(machine, name, what):
    machine.spaces[name] = machine.promise.spaces[name]

    assert [f"{what} is that of the machine"] == machine.told()


def test_a_network_that_leads_somewhere_is_told(machine):
    """Whatever it is called; the one of the process alone leads nowhere."""
    machine.net += ["  wlan0: 1 1 1", " eth0: 1 1 1"]

    assert ["the network leads somewhere (eth0)"] == machine.told()


@pytest.mark.parametrize("right", [2, 3])
def test_rights_that_others_lack_are_told(machine, right):
    """Who has one can lay a folder over another; any of them is one too many."""
    machine.status[right] = machine.status[right][:-1] + "8"

    assert ["this process has rights that others lack"] == machine.told()


@pytest.mark.parametrize(
    ("place", "how", "hole"),
    [
        ("/", "rw", "/ can be written"),
        ("/usr", "rw", "/usr can be written"),
        ("/proc", "rw", "/proc can be written"),
        ("/opt/python", "rw", "/opt/python can be written"),
        ("{hub}/content", "rw", "HUB/content can be written"),
        ("/home/somebody", "ro", "/home/somebody can be read"),
        ("/home/some body", "rw", "/home/some body can be written"),
        ("/procs", "ro", "/procs can be read"),
        ("/devices", "rw", "/devices can be written"),
        ("{hub}s", "ro", "HUBs can be read"),
        ("/etc", "ro", "/etc can be read"),
    ],
)
def test_what_was_brought_in_and_was_not_promised_is_told(machine, place, how, hole):
    """A bind too many in a workflow, or one that forgot to be read-only."""
    machine.mounts[place.format(hub=machine.hub)] = how

    assert [hole] == machine.told()


@pytest.mark.parametrize(
    ("name", "hole"),
    [("content", "HUB/content can be written"), ("hub.local.toml", "HUB/hub.local.toml can be written"), ("link", None), ("public", None)],
)
def test_what_was_not_laid_over_is_told(machine, name, hole):
    """A file that came into the hub after the walls were planned, for instance."""
    machine.mounts.pop(str(machine.hub / name), None)

    assert ([hole] if hole else []) == machine.told()


def test_what_should_be_hidden_and_is_not_is_told(machine):
    """Lists of members and passwords lie there."""
    (machine.hub / "hub.local.toml").write_text("x")
    (machine.hub / "members" / "b.csv").write_text("")
    (machine.hub / "members" / "a.csv").write_text("")

    assert {"HUB/hub.local.toml can be read", "HUB/members/a.csv can be read", "HUB/members/b.csv can be read"} == set(machine.told())


def test_in_a_folder_beside_the_hub_nothing_is_read_for_being_called_as_in_one(machine, tmp_path):
    """A workflow builds into its folder of scratch files; only the hub's own texts are texts."""
    (tmp_path / "temp" / "content").mkdir(parents=True)
    (tmp_path / "temp" / "content" / "x").write_text("")
    (tmp_path / "temp" / "site").mkdir()
    temp = str(tmp_path / "temp")
    machine.promise.frames[temp] = frozenset({"site"})
    machine.mounts |= {temp: "rw", f"{temp}/content": "ro"}

    assert [f"{temp}/content/x can be read"] == machine.told()


def test_of_a_home_only_the_way_to_what_is_shown_is_seen(machine, tmp_path, monkeypatch):
    """A Python lies in many homes; where there is none, or it is the whole disk, nothing is looked for."""
    home = tmp_path / "home"
    (home / "pythons" / "3.13").mkdir(parents=True)
    (home / "work").mkdir()
    monkeypatch.chdir(home / "work")
    shown = machine.promise.shown | {str(home / "pythons" / "3.13")}
    machine.promise = Promise(machine.promise.spaces, (str(home), "/", str(tmp_path / "none")), shown, machine.promise.frames)

    assert [] == machine.told()
    (home / ".netrc").write_text("")
    (home / "python").write_text("")
    assert [f"{home}/.netrc can be read", f"{home}/python can be read"] == machine.told()


@pytest.mark.parametrize(("sign", "written"), [(" ", "040"), ("\t", "011"), ("\n", "012"), ("\\", "134")])
def test_a_folder_of_any_name_is_found_among_what_was_laid_over(machine, sign, written, monkeypatch):
    """The system's table of it has its own way to write such signs."""
    folder = machine.hub / f"a{sign}b"
    folder.mkdir()
    lines = machine.lines
    more = f"36 35 0:31 / {machine.hub}/a\\{written}b ro,nosuid - tmpfs none rw"
    monkeypatch.setattr(inside, "_lines", lambda file: [*lines(file), more] if file.endswith("mountinfo") else lines(file))

    assert [] == machine.told()


def test_tables_of_the_system_are_read_line_by_line(tmp_path):
    """A name of a folder may be no text at all."""
    (tmp_path / "table").write_bytes(b"a \xff\nb\n")

    assert ["a \udcff", "b"] == inside._lines(str(tmp_path / "table"))
