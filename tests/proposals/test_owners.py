"""Who is asked about a proposal: what hub.toml says, in the words of each forge, and nobody else."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from random import Random

import pytest
from tests.hubs import write

from handbill.errors import WrongUse
from handbill.proposals.owners import PLACES, owners_text, unowned
from handbill.settings import read_settings
from handbill.settings_sections import REST, Section, section_of

REPOSITORY = Path(__file__).resolve().parents[2]

#: Names of folders and files, some of which begin alike or hold what a pattern would take for a sign.
NAMES = ("content", "content-old", "posts", "post", "a b", "été", "v1.0", "(x)", "a+b", "$", "{n}", "@home", "~", "-", "a.md", ".github")


def section(key, *folders, owners=()):
    return Section(key, folders, owners or (f"@essai/{key}",))


def settings_at_random(chance):
    """Return files of a tree, and sections over its folders and files."""
    files = {"/".join(chance.choice(NAMES) for _ in range(chance.randint(1, 4))) for _ in range(40)}
    # What is a folder somewhere is no file elsewhere.
    files = {one for one in files if not any(other.startswith(one + "/") for other in files)}
    places = {REST, *files} | {one.rsplit("/", deep)[0] for one in files for deep in range(1, one.count("/") + 1)}
    chosen = chance.sample(sorted(places), min(len(places), chance.randint(1, 9)))
    sections = {f"s{n}": section(f"s{n}", folder) for n, folder in enumerate(chosen)}
    return sorted(files), sections


def by_git(text, files, folder):
    """Return what each file's last fitting line names, each line read by git itself, whose patterns GitHub's are."""
    found = dict.fromkeys(files, ())
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        pattern, _, owners = re.sub(r"(?<!\\) +", "\x00", line, count=1).partition("\x00")
        (folder / ".git" / "info" / "exclude").write_text(pattern + "\n", encoding="utf-8")
        given = "\0".join(files).encode()
        done = subprocess.run(
            ["git", "check-ignore", "--no-index", "-z", "--stdin"], cwd=folder, input=given, capture_output=True, check=False
        )
        for path in done.stdout.decode().split("\0")[:-1]:
            found[path] = tuple(owners.split())
    return found


def test_every_file_has_the_owners_of_its_section_as_git_reads_patterns(tmp_path):
    """A pattern that fits a sibling folder as well asks the wrong people, and no forge ever says so."""
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    (tmp_path / ".git" / "info").mkdir(exist_ok=True)
    looked_at = 0
    for seed in range(30):
        files, sections = settings_at_random(Random(seed))
        text = owners_text(sections, set(files).__contains__, "github", "en")
        expected = {path: (one.owners if (one := section_of(path, sections)) else ()) for path in files}

        assert expected == by_git(text, files, tmp_path), f"seed {seed}:\n{text}"
        looked_at += len(files)
    assert looked_at > 700


def test_at_forgejo_each_line_fits_what_its_section_names_and_nothing_else():
    """Its lines are regular expressions, and a dot in a folder's name would fit any sign."""
    for seed in range(60):
        files, sections = settings_at_random(Random(seed))
        for line in owners_text(sections, set(files).__contains__, "forgejo", "en").splitlines():
            if line and not line.startswith("#"):
                pattern, _, owner = re.sub(r"(?<!\\) +", "\x00", line, count=1).partition("\x00")
                [(folder, _)] = [(folder, one) for one in sections.values() for folder in one.folders if one.owners == (owner,)]
                fits = {path for path in files if re.fullmatch(pattern.replace("\\ ", " "), path)}

                assert {path for path in files if folder in (REST, path) or path.startswith(folder + "/")} == fits


def test_the_file_reads_as_one_would_write_it():
    """Whoever opens it at the forge sees where it comes from and who is asked, without the handbook."""
    sections = {
        "rest": section("rest", "."),
        "posts": Section("posts", ("content/posts", "content/a b"), ("@ines", "@essai/redaction")),
        "free": Section("free", ("drafts",)),
    }

    assert (
        "# Written by “python3 build.py owners” from the sections of hub.toml: change them there.\n"
        "# The last line that fits a file decides who is asked about it.\n"
        "\n"
        "*                @essai/rest\n"
        "/content/a\\ b/   @ines @essai/redaction\n"
        "/content/posts/  @ines @essai/redaction\n"
        "/drafts/\n"
    ) == owners_text(sections, lambda _: False, "github", "en")
    assert "/drafts" not in owners_text(sections, lambda _: False, "forgejo", "en")


def test_the_order_of_sections_in_hub_toml_changes_nothing(tmp_path):
    """Somebody who sorts the tables must not hand the workflows to the newsroom."""
    one = {"a": section("a", "."), "b": section("b", "content"), "c": section("c", "content/posts")}

    assert owners_text(one, lambda _: False, "gitlab", "en") == owners_text(dict(reversed(one.items())), lambda _: False, "gitlab", "en")


def test_a_file_that_no_forge_would_read_is_refused():
    """GitHub drops a larger file without a word, and from then on nobody is asked about anything."""
    many = {"all": Section("all", tuple(f"content/{n:060}" for n in range(42_000)), ("@essai/coeur",))}

    with pytest.raises(WrongUse):
        owners_text(many, lambda _: False, "github", "en")


def test_files_about_which_nobody_would_be_asked_are_named():
    """A folder that is new belongs to nobody until somebody notices."""
    sections = {"posts": section("posts", "content/posts"), "free": Section("free", ("drafts",))}

    assert ("drafts/x.md", "hub.toml") == unowned(["hub.toml", "content/posts/a.md", "drafts/x.md"], sections)


def test_the_owners_in_this_repository_are_those_of_its_sections():
    """A change of hub.toml without a change of this file would be believed by people and not by the forge."""
    settings = read_settings(REPOSITORY)

    assert owners_text(settings.sections, lambda path: (REPOSITORY / path).is_file(), "github", settings.lang) == (
        REPOSITORY / PLACES["github"]
    ).read_text(encoding="utf-8")


def test_every_file_of_a_hub_with_a_section_for_the_rest_is_somebodys(tmp_path):
    """One line in hub.toml is enough for nobody to wait for nobody."""
    settings = read_settings(
        write(
            tmp_path,
            {"hub.toml": '[hub]\nname = "E"\nbase_url = "https://e.example/"\n[sections.all]\nfolders = ["."]\nowners = ["@e/c"]\n'},
        )
    )

    assert () == unowned(["a", "b/c.md", ".github/workflows/ci.yml"], settings.sections)
