"""The launcher: what it prepares, what it hands over, and what it says when it cannot.

Each test runs a copy of build.py in a small folder of its own.  Where no real
package is needed, a small stand-in for `uv` makes bare environments in a moment.
"""

import ast
import importlib.util
import json
import os
import re
import shutil
import signal
import socket
import stat
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

REPOSITORY = Path(__file__).parents[1]
LAUNCHER = REPOSITORY / "build.py"

CLI = """
import json, os, sys, time

def main(argv=None):
    print(json.dumps({"arguments": sys.argv[1:], "python": sys.executable, "where": __file__}), flush=True)
    if "wait" in sys.argv:
        time.sleep(30)
    return int(os.environ.get("LANG", "").removeprefix("returns ")) if "returns" in os.environ.get("LANG", "") else 0
"""

# Writes down every call; makes environments without pip; installs nothing.
UV = """
import os, pathlib, subprocess, sys, time

here = pathlib.Path(__file__).parent
with open(here / "calls", "a") as calls:
    calls.write(" ".join(sys.argv[1:]) + "\\n")
if sys.argv[1] == "venv":
    python, folder = sys.argv[3:5]
    subprocess.run([python, "-I", "-m", "venv", "--without-pip", folder], check=True)
elif (here / "hold").exists():
    while (here / "hold").exists():
        time.sleep(0.02)
elif (here / "says").exists():
    print((here / "says").read_text())
    sys.exit(2)
"""


class Folder:
    """A folder with a launcher, a command line that reports what it was given, and its own PATH."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.programs = path.parent / (path.name + "-programs")
        self.programs.mkdir()
        (path / "src" / "handbill").mkdir(parents=True)
        shutil.copy(LAUNCHER, path)
        for module in ("__init__.py", "__main__.py", "errors.py", "key.py", "layout.py", "leaving.py"):
            shutil.copy(REPOSITORY / "src" / "handbill" / module, path / "src" / "handbill")
        shutil.copytree(REPOSITORY / "src" / "handbill" / "room", path / "src" / "handbill" / "room")
        (path / "src" / "handbill" / "cli.py").write_text(CLI)
        for lock in ("requirements.lock", "requirements-handbook.lock"):
            (path / lock).write_text("# nothing\n")

    def with_uv(self) -> "Folder":
        uv = self.programs / "uv"
        uv.write_text("#!" + sys.executable + "\n" + UV)
        uv.chmod(uv.stat().st_mode | stat.S_IXUSR)
        return self

    def environment(self, **more: str) -> dict[str, str]:
        ours = {key: value for key, value in os.environ.items() if not key.startswith(("PIP_", "UV_", "HANDBILL_", "PYTHON"))}
        return ours | {"PATH": str(self.programs), "PIP_CONFIG_FILE": os.devnull} | more

    def start(self, *arguments: str, cwd: Path | None = None, **more: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, str(self.path / "build.py"), *arguments],
            cwd=cwd or self.path,
            env=self.environment(**more),
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def run(self, *arguments: str, cwd: Path | None = None, **more: str) -> "subprocess.CompletedProcess[str]":
        process = self.start(*arguments, cwd=cwd, **more)
        out, err = process.communicate(timeout=120)
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)

    def run_without_ensurepip(self, **more: str) -> "subprocess.CompletedProcess[str]":
        """As on a Debian that lacks python3-venv."""
        program = (
            "import runpy, sys; sys.modules['ensurepip'] = None; sys.argv = ['build.py']; runpy.run_path('build.py', run_name='__main__')"
        )
        return subprocess.run(
            [sys.executable, "-c", program], cwd=self.path, env=self.environment(**more), text=True, capture_output=True, check=False
        )

    @property
    def calls(self) -> list[str]:
        """What was asked of the stand-in for uv: "venv" or "pip", in order."""
        calls = self.programs / "calls"
        return [line.split()[0] for line in calls.read_text().splitlines()] if calls.exists() else []


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    (tmp_path / "hub").mkdir()
    return Folder(tmp_path / "hub")


@pytest.fixture(scope="module")
def launcher() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build", LAUNCHER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def handed_over(result: "subprocess.CompletedProcess[str]") -> list[str]:
    assert result.returncode == 0, result.stderr
    arguments: list[str] = json.loads(result.stdout)["arguments"]
    return arguments


def assert_one_sentence(result: "subprocess.CompletedProcess[str]", *words: str) -> None:
    lines = [line for line in result.stderr.splitlines() if not line.endswith("…")]
    assert result.returncode == 3, result.stderr
    assert len(lines) == 1, result.stderr
    assert "Traceback" not in result.stderr
    for word in words:
        assert word in lines[0]


def wait_until(condition: "object", what: str) -> None:
    assert callable(condition)
    for _ in range(500):
        if condition():
            return
        time.sleep(0.02)
    pytest.fail(f"waited ten seconds for this: {what}")


# The file itself


def test_the_launcher_imports_the_standard_library_only():
    """It runs before anything is installed; so does what it starts the program with."""
    room = REPOSITORY / "src" / "handbill" / "room"
    for file in (LAUNCHER, *(room / f"{name}.py" for name in ("__init__", "few", "walls", "waiting", "entrance")), room.parent / "layout.py", room.parent / "key.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        plain = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
        named = {node.module or "." for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        named -= {f"handbill.{name}" for name in ("key", "layout", "room.few", "room.walls", "room.waiting", "room.entrance")}

        assert set() == {name.split(".")[0] for name in plain | named} - sys.stdlib_module_names, file


def test_a_module_of_python_is_never_taken_from_the_hub(folder: Folder):
    """A proposal that brings a file of such a name would run before anything looks at it."""
    for name in ("hashlib", "subprocess", "threading", "importlib", "pwd", "resource"):
        (folder.path / f"{name}.py").write_text("raise SystemExit(99)")

    assert ["--root", str(folder.path)] == handed_over(folder.with_uv().run())


def test_an_old_python_can_read_the_launcher():
    """A SyntaxError would tell the person nothing about what to do."""
    ast.parse(LAUNCHER.read_text(encoding="utf-8"), feature_version=(3, 6))


@pytest.mark.parametrize("version", [(3, 6, 15), (3, 10, 13), (3, 11, 1)])
def test_a_python_that_is_too_old_is_refused_by_number(launcher: ModuleType, version: tuple[int, int, int]):
    with pytest.raises(launcher.CannotStart, match=r"needs Python 3\.11\.2 or newer, and this is " + ".".join(map(str, version))):
        launcher.refuse_old_python(version)


@pytest.mark.parametrize("version", [(3, 11, 2), (3, 14, 0, "final", 0), (4, 0, 0)])
def test_a_python_that_is_new_enough_is_not_refused(launcher: ModuleType, version: tuple[int, ...]):
    launcher.refuse_old_python(version)


@pytest.mark.parametrize("name", ["python3.6", "python3.7", "python3.8", "python3.9", "python3.10"])
def test_a_real_old_python_ends_with_one_sentence(folder: Folder, name: str):
    python = shutil.which(name)
    if python is None or subprocess.run([python, "-c", ""], capture_output=True, check=False).returncode:
        pytest.skip(f"no {name} on this machine")

    result = subprocess.run([python, "build.py"], cwd=folder.path, text=True, capture_output=True, check=False)

    assert_one_sentence(result, "Handbill needs Python 3.11.2 or newer")


# What is handed over


def test_arguments_and_exit_code_pass_through_unchanged(folder: Folder):
    result = folder.with_uv().run("contest", "draw", "--json", "l'été", LANG="returns 4")

    assert result.returncode == 4
    assert json.loads(result.stdout)["arguments"] == ["--root", str(folder.path), "contest", "draw", "--json", "l'été"]


def test_no_argument_hands_over_no_command(folder: Folder):
    assert ["--root", str(folder.path)] == handed_over(folder.with_uv().run())


def test_a_root_that_is_named_is_kept(folder: Folder):
    assert ["--root", "elsewhere", "check"] == handed_over(folder.with_uv().run("--root", "elsewhere", "check"))
    assert ["--root=elsewhere"] == handed_over(folder.run("--root=elsewhere"))


def test_a_folder_with_its_own_hub_is_the_root(folder: Folder, tmp_path: Path):
    """So that one copy of Handbill serves several hubs."""
    other = tmp_path / "other"
    other.mkdir()
    (other / "hub.toml").touch()

    assert ["--root", str(other)] == handed_over(folder.with_uv().run(cwd=other))
    assert ["--root", str(folder.path)] == handed_over(folder.run(cwd=tmp_path))


def test_the_hub_is_started_with_the_environments_python_and_the_folders_own_code(folder: Folder):
    report = json.loads(folder.with_uv().run().stdout)

    assert Path(report["python"]).is_relative_to(folder.path / ".venv")
    assert Path(report["where"]) == folder.path / "src" / "handbill" / "cli.py"


def test_nothing_in_the_working_folder_or_in_pythonpath_is_imported(folder: Folder, tmp_path: Path):
    """A proposal from a stranger could otherwise run code by adding a file named like a library."""
    (tmp_path / "handbill").mkdir()
    (tmp_path / "handbill" / "__init__.py").write_text("raise SystemExit(99)")
    (tmp_path / "json.py").write_text("raise SystemExit(99)")

    assert ["--root", str(folder.path)] == handed_over(folder.with_uv().run(cwd=tmp_path, PYTHONPATH=str(tmp_path)))


def test_a_path_with_accents_and_spaces_works(tmp_path: Path):
    path = tmp_path / "l'été à Bègles"
    path.mkdir()

    assert ["--root", str(path)] == handed_over(Folder(path).with_uv().run(LC_ALL="C"))


@pytest.mark.skipif(os.name == "nt", reason="signals are another thing on Windows")
def test_an_interrupted_command_ends_quietly_with_130(folder: Folder):
    process = folder.with_uv().start("wait")
    assert process.stdout is not None
    assert "wait" in process.stdout.readline()
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=20)

    assert process.returncode == 130
    assert "Traceback" not in err


# When an environment is made


def test_the_second_start_installs_nothing(folder: Folder):
    first = folder.with_uv().run()
    second = folder.run()

    assert ["venv", "pip"] == folder.calls
    assert "Preparing the environment (first time, about a minute) …\n" == first.stderr
    assert "" == second.stderr


def test_a_changed_lock_renews_the_environment(folder: Folder):
    folder.with_uv().run()
    (folder.path / ".venv" / "leftover").touch()
    (folder.path / "requirements.lock").write_text("# something else\n")
    result = folder.run()

    assert ["venv", "pip"] * 2 == folder.calls
    assert "Renewing the environment (about a minute) …\n" == result.stderr
    assert not (folder.path / ".venv" / "leftover").exists()


def test_a_moved_folder_gets_a_new_environment(folder: Folder, tmp_path: Path):
    """The programs of an environment hold its path; a moved one runs the old folder's code, or nothing."""
    folder.with_uv().run()
    folder.path = folder.path.rename(tmp_path / "moved")
    report = json.loads(folder.run().stdout)

    assert ["venv", "pip"] * 2 == folder.calls
    assert Path(report["python"]).is_relative_to(tmp_path / "moved")


def test_another_python_gets_a_new_environment(folder: Folder):
    folder.with_uv().run()
    stamp = folder.path / ".venv" / "handbill.stamp"
    stamp.write_text(stamp.read_text().replace(sys.version, "3.11.2 (an older one)"))
    folder.run()

    assert ["venv", "pip"] * 2 == folder.calls


def test_what_packs_sources_is_installed_first_and_from_the_lock(folder: Folder):
    """pip would fetch it in passing, in whatever version and unlocked (and Python 3.12 brings none)."""
    shutil.copy(REPOSITORY / "requirements.lock", folder.path)
    assert folder.with_uv().run().returncode == 0
    first, second = (folder.programs / "calls").read_text().splitlines()[1:]

    packer = (folder.path / ".handbill" / "packer.txt").read_text()
    assert re.fullmatch(r"setuptools==[\d.]+( \\\n    --hash=sha256:[0-9a-f]{64})+\n", packer)
    assert first.endswith("packer.txt")
    assert second.endswith("requirements.lock")
    assert all("--no-build-isolation --require-hashes --only-binary :all: --no-binary feedgen --no-binary dkimpy" in call for call in (first, second))


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        ([], True),
        (["--output", "serve-here"], True),
        (["site"], True),
        (["serve", "--port", "8000"], True),
        (["test"], True),
        (["check"], False),
        (["new", "event", "test"], False),
        (["--version"], False),
        (["serve", "--help"], False),
    ],
)
def test_the_handbooks_environment_is_made_for_what_builds_the_handbook(
    launcher: ModuleType, tmp_path: Path, arguments: list[str], wanted: bool
):
    (tmp_path / "mkdocs.yml").touch()

    assert wanted is (".venv-handbook" in launcher.environments_for(["--root", str(tmp_path), *arguments]))


def test_a_hub_without_a_handbook_needs_one_environment(launcher: ModuleType, tmp_path: Path):
    assert [".venv"] == launcher.environments_for([f"--root={tmp_path}"])


def test_both_environments_are_made_in_one_start(folder: Folder):
    (folder.path / "mkdocs.yml").touch()
    result = folder.with_uv().run()

    assert result.returncode == 0
    assert ["pip", "pip", "venv", "venv"] == sorted(folder.calls)
    assert (folder.path / ".venv-handbook" / "handbill.stamp").exists()
    assert ["environment", "handbook's environment"] == re.findall(r"^Preparing the (.*) \(first time", result.stderr, re.MULTILINE)


# Interruptions and neighbours


@pytest.fixture
def held(folder: Folder) -> Iterator[Folder]:
    """A folder whose installations do not end before the file `hold` goes."""
    hold = folder.with_uv().programs / "hold"
    hold.touch()
    yield folder
    hold.unlink(missing_ok=True)


@pytest.mark.skipif(os.name == "nt", reason="signals are another thing on Windows")
def test_a_killed_installation_is_begun_anew(held: Folder):
    """Its installer may outlive it; the next start waits for that one rather than work beside it."""
    killed = held.start()
    wait_until(lambda: "pip" in held.calls, "the installation to begin")
    (held.path / ".venv" / "leftover").touch()
    killed.kill()
    killed.communicate()

    second = held.start()
    assert second.stderr is not None
    assert "Renewing the environment" not in (first_line := second.stderr.readline())
    assert "waiting" in first_line
    (held.programs / "hold").unlink()
    out, _ = second.communicate(timeout=60)

    assert second.returncode == 0
    assert json.loads(out)
    assert ["venv", "pip"] * 2 == held.calls
    assert not (held.path / ".venv" / "leftover").exists()


def test_two_starts_at_once_make_one_environment(held: Folder):
    both = [held.start(), held.start()]
    wait_until(lambda: "pip" in held.calls, "the installation to begin")
    time.sleep(0.3)
    (held.programs / "hold").unlink()

    assert [0, 0] == [process.wait(timeout=60) for process in both]
    assert 1 == sum("waiting" in process.communicate()[1] for process in both)
    assert ["venv", "pip"] == held.calls


@pytest.mark.skipif(os.name == "nt", reason="signals are another thing on Windows")
def test_an_interrupted_installation_ends_quietly_with_130_and_heals(held: Folder):
    process = held.start()
    wait_until(lambda: "pip" in held.calls, "the installation to begin")
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=20)

    assert process.returncode == 130
    assert "Preparing the environment (first time, about a minute) …\n" == err
    (held.programs / "hold").unlink()
    assert handed_over(held.run())


# What the machine lacks


def test_a_missing_venv_names_debians_package(folder: Folder):
    assert_one_sentence(folder.run_without_ensurepip(), "sudo apt install python3-venv")


def test_uv_needs_no_ensurepip(folder: Folder):
    assert 0 == folder.with_uv().run_without_ensurepip().returncode


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "The disk is full"),
        ("error: failed to write to file `x`\n  Caused by: No space left on device (os error 28)", "The disk is full"),
        ("error: Request failed after 3 retries\n  Caused by: dns error", "registry cannot be reached"),
        ("SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED]", "registry cannot be reached"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "not the one that the lock file promises"),
        ("ERROR: No matching distribution found for comrak==0.0.16", "not published for this Python"),
    ],
)
def test_a_known_failure_is_one_sentence(folder: Folder, said: str, meant: str):
    (folder.with_uv().programs / "says").write_text(said)

    assert_one_sentence(folder.run_without_ensurepip(), meant, str(Path(".handbill", "setup.log")))
    assert said in (folder.path / ".handbill" / "setup.log").read_text()


def test_an_unknown_failure_shows_the_last_words_of_the_log(folder: Folder):
    (folder.with_uv().programs / "says").write_text("something nobody has seen yet")
    result = folder.run_without_ensurepip()

    assert result.returncode == 3
    assert "  something nobody has seen yet\n" in result.stderr
    assert "details: .handbill" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.long
def test_a_uv_that_fails_gives_way_to_pip(folder: Folder):
    """An old uv does not know our options, and a mirror may be named in pip's settings only."""
    (folder.with_uv().programs / "says").write_text("error: unexpected argument")

    assert handed_over(folder.run())
    assert "-m pip install" in (folder.path / ".handbill" / "setup.log").read_text()


@pytest.mark.long
def test_an_unreachable_registry_is_one_sentence(folder: Folder):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))  # bound, never listening: connections are refused
        (folder.path / "requirements.lock").write_text("idna==3.20 --hash=sha256:" + "0" * 64 + "\n")
        index = f"http://127.0.0.1:{closed.getsockname()[1]}/simple"
        result = folder.run(PIP_INDEX_URL=index, PIP_RETRIES="1", NO_PROXY="*")

    assert_one_sentence(result, "registry cannot be reached")


@pytest.mark.long
def test_a_full_disk_is_one_sentence(folder: Folder, tmp_path: Path):
    small = tmp_path / "small"
    small.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(small)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("making a small disk needs more rights than this")
    try:
        shutil.copytree(folder.path, small / "hub")
        folder.path = small / "hub"
        result = folder.run(TMPDIR=str(small))
    finally:
        subprocess.run(["umount", str(small)], check=True)

    assert_one_sentence(result, "The disk is full")


# A folder of content alone


def test_a_folder_of_content_borrows_the_engine_that_its_note_names(folder: Folder, tmp_path: Path):
    hub = tmp_path / "content-only"
    (hub / ".handbill").mkdir(parents=True)
    (hub / ".handbill" / "engine").write_text(str(folder.with_uv().path) + "\n")
    shutil.copy(LAUNCHER, hub)
    result = subprocess.run(
        [sys.executable, "build.py", "check"], cwd=hub, env=folder.environment(), text=True, capture_output=True, check=False
    )

    assert ["--root", str(hub), "check"] == handed_over(result)
    assert Path(json.loads(result.stdout)["python"]).is_relative_to(folder.path / ".venv")
    assert [".handbill", "build.py"] == sorted(path.name for path in hub.iterdir())


def test_a_folder_of_content_borrows_the_engine_of_the_variable(folder: Folder, tmp_path: Path):
    hub = tmp_path / "content-only"
    hub.mkdir()
    shutil.copy(LAUNCHER, hub)
    environment = folder.with_uv().environment(HANDBILL_ENGINE=str(folder.path))
    result = subprocess.run(
        [sys.executable, str(hub / "build.py")], cwd=tmp_path, env=environment, text=True, capture_output=True, check=False
    )

    assert ["--root", str(hub)] == handed_over(result)


@pytest.mark.parametrize(("engine", "words"), [("", "pip install handbill"), ("/nowhere", "/nowhere, the folder named in HANDBILL_ENGINE")])
def test_a_folder_of_content_without_an_engine_says_where_to_get_one(folder: Folder, tmp_path: Path, engine: str, words: str):
    hub = tmp_path / "content-only"
    hub.mkdir()
    shutil.copy(LAUNCHER, hub)
    environment = folder.environment(HANDBILL_ENGINE=engine)
    result = subprocess.run([sys.executable, str(hub / "build.py")], env=environment, text=True, capture_output=True, check=False)

    assert_one_sentence(result, words)


# The lock files


def locked(name: str) -> dict[str, str]:
    text = (REPOSITORY / name).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9.-]+)==([^ ;\\]+)", text, re.MULTILINE))


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-handbook.lock"])
def test_every_package_of_a_lock_has_its_digests_and_no_address(name: str):
    text = (REPOSITORY / name).read_text(encoding="utf-8")
    blocks = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)

    assert len(locked(name)) == len(blocks) - 1
    assert all("--hash=sha256:" in block for block in blocks[1:])
    assert "://" not in text
    assert "uv pip compile --universal --python-version 3.11.2 --generate-hashes" in blocks[0]


def test_every_direct_dependency_is_locked():
    """A dependency added without renewing the lock would be missing on every machine but its author's."""
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]

    def names(requirements: list[str]) -> set[str]:
        return {re.split(r"[\[<>=!~; ]", requirement)[0] for requirement in requirements}

    assert set() == names(project["project"]["dependencies"] + groups["test"] + groups["pack"]) - locked("requirements.lock").keys()
    assert set() == names(groups["handbook"]) - locked("requirements-handbook.lock").keys()


def test_site_and_handbook_speak_the_same_markdown():
    site, handbook = locked("requirements.lock"), locked("requirements-handbook.lock")

    assert [site[name] for name in ("markdown", "pymdown-extensions")] == [handbook[name] for name in ("markdown", "pymdown-extensions")]


def test_the_other_package_named_frontmatter_is_locked_nowhere():
    """It would answer to the same import name as python-frontmatter, with an old PyYAML."""
    assert not {"frontmatter", "mjml"} & (locked("requirements.lock").keys() | locked("requirements-handbook.lock").keys())
