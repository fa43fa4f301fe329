"""The handbook tells the truth about the program: nothing is missing from it, and its examples work."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import click
import pytest
from tests.cases import for_each
from tests.hubs import load_village, moment, village

from handbill import errors
from handbill.cli import cli
from handbill.errors import Level
from handbill.explaining import read_page
from handbill.hub.fields import Desk, read_table
from handbill.hub.kind import Kind
from handbill.kinds import KINDS
from handbill.outputs import late_outputs, outputs
from handbill.outputs.handbook_sources import FRONT
from handbill.reading.draft import Terms
from handbill.reading.drafting import read_draft
from handbill.reading.files import read_yaml

REPOSITORY = Path(__file__).parent.parent
HANDBOOK = REPOSITORY / "handbook"
TERMS = Terms("github", "Europe/Paris", ("fr", "en"), 1024 * 1024)

#: Which kind the examples of an editors' page are of.
ABOUT = {
    "index.md": "post",
    "billet.md": "post",
    "evenement.md": "event",
    "lieu.md": "place",
    "concours.md": "contest",
    "organiser-un-concours.md": "contest",
    "concours-jury-quiz.md": "contest",
    "lettre.md": "issue",
    "nouveau.md": "event",
}


def page(name: str) -> str:
    """Return the text of a page of the handbook."""
    return (HANDBOOK / name).read_text(encoding="utf-8")


def blocks(name: str, language: str) -> list[str]:
    """Return the code samples of a page that are marked with that language."""
    # A sample that has a fence within it stands between longer ones.
    return [found[1] for found in re.findall(rf"^(````?){language}\n(.*?)^\1$", page(name), re.DOTALL | re.MULTILINE)]


def commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    """Yield every command with its whole name."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        if not isinstance(command, click.Group) or command.invoke_without_command:
            yield " ".join((*path, name)), command


@for_each(("name", "command"), list(commands(cli)), ids=lambda one: one if isinstance(one, str) else "")
def test_every_command_is_explained_with_all_its_options(name, command):
    """An option that is in --help alone is found by those who know that it exists."""
    text = page("reference/commands.md")
    assert f"\n## {name}\n" in text
    section = text.split(f"\n## {name}\n")[1].split("\n## ")[0]
    if name == "check":
        section += text.split("\n## site\n")[1].split("\n## ")[0]
    section += text.split("## Everywhere")[1].split("\n## ")[0]

    for option in (one for one in command.params if isinstance(one, click.Option)):
        for word in (*option.opts, *option.secondary_opts):
            assert word.startswith("--"), "short options would need explaining too"
            assert re.search(rf"`{word}\b", section), f"{word} of {name}"


def test_no_command_is_explained_that_does_not_exist():
    """Somebody would type it."""
    known = {name for name, _ in commands(cli)}

    assert known == set(re.findall(r"^## ([a-z][a-z ]*)$", page("reference/commands.md"), re.MULTILINE))


def test_every_exit_code_is_explained():
    """A script acts on these numbers."""
    table = page("reference/commands.md").split("## Exit codes")[1]
    classes = [one for one in vars(errors).values() if isinstance(one, type) and issubclass(one, errors.HandbillError)]

    assert {0, 130, *(one.exit_code for one in classes)} == {int(code) for code in re.findall(r"^\| (\d+) \|", table, re.MULTILINE)}


def test_every_output_is_explained_in_the_order_of_making():
    """The table is what a developer reads before adding one."""
    listed = re.findall(r"^\| `(\w+)` \|", page("reference/outputs.md"), re.MULTILINE)

    assert [one.name for one in (*outputs(), *late_outputs())] == listed


def test_every_package_of_the_program_is_in_the_architecture():
    """A part that is not on the map is found by nobody."""
    text = page("developers/architecture.md")
    folders = [file.parent.name for file in (REPOSITORY / "src" / "handbill").glob("*/__init__.py")]

    assert folders
    assert [] == [name for name in folders if f"`{name}/`" not in text]


def test_the_limits_of_a_handbook_are_explained():
    """Otherwise they are found by running into them."""
    text = page("developers/handbook.md")

    assert all(f"`{key}`" in text for key in FRONT)


@pytest.mark.parametrize("name", sorted(file.name for file in (HANDBOOK / "editors").glob("*.md")))
def test_every_example_for_editors_is_a_file_that_the_program_takes(name):
    """An editor copies the example first and reads afterwards."""
    for example in blocks(f"editors/{name}", "text"):
        kind = kind_of(name, example)
        _, problems = read_draft(f"{kind.folder}/x.md", example.encode(), kind, TERMS)

        assert [] == [str(one) for one in problems if one.level is Level.ERROR]


def test_every_example_of_what_stands_in_a_letter_is_taken():
    """A section that is copied and refused makes an editor doubt everything else."""
    examples = blocks("editors/lettre.md", "markdown")
    assert 6 <= len(examples)
    for example in examples:
        letter = f"---\nnumber: 1\nsubject: Un sujet\ndate: 2026-05-07\n---\n\n{example}"
        _, problems = read_draft("newsletters/x.md", letter.encode(), kind_of("lettre.md", letter), TERMS)

        assert [] == [str(one) for one in problems if one.level is not Level.NOTE]


@pytest.mark.parametrize("name", sorted(file.name for file in (HANDBOOK / "editors").glob("*.md")))
def test_every_part_of_front_matter_for_editors_is_of_known_fields(name):
    """A sample of three lines is copied as readily as a whole file."""
    for sample in blocks(f"editors/{name}", "yaml"):
        desk = Desk(name, "Europe/Paris")
        read_table(read_yaml(sample), kind_of(name, sample).all_fields, desk)

        # What is required may stand elsewhere: a sample shows a part.
        assert [] == [str(one) for one in desk.problems if one.code != "HB203"]


def kind_of(name: str, example: str) -> Kind:
    """Return the kind that an example is of."""
    wanted = ("event" if example.startswith("venue:") else ABOUT.get(name)) or ("person" if "roles:" in example else "page")
    return next(kind for kind in KINDS if kind.name == wanted)


def test_there_are_examples_to_try():
    """Renaming the marks of the samples would make the tests above pass without having tried anything."""
    names = [f"editors/{file.name}" for file in (HANDBOOK / "editors").glob("*.md")]

    assert 10 <= sum(len(blocks(name, mark)) for name in names for mark in ("text", "yaml"))


def test_the_kind_that_developers_are_shown_works(monkeypatch):
    """It is the first thing that somebody who extends the program tries."""
    (source,) = blocks("developers/add-a-kind.md", "python")
    tool = ModuleType("tool")
    monkeypatch.setitem(sys.modules, "tool", tool)
    exec(source, vars(tool))  # noqa: S102 - our own page

    text = b"---\ntitle: Plane\nshelf: B3\ndeposit: 20\n---\n\nA plane.\n"
    draft, problems = read_draft("content/tools/plane.md", text, tool.TOOL, TERMS)

    assert () == problems
    assert tool.ToolFacts("B3", 20) == draft.parts["facts"]


def test_the_output_that_developers_are_shown_works(tmp_path):
    """The same for an output."""
    from handbill.outputs.planned import Artifact, digest, settled
    from handbill.reading.load import load
    from handbill.settings import Settings, read_settings

    source = blocks("developers/add-an-output.md", "python")[0]
    given: dict = {"settled": settled, "Artifact": Artifact, "digest": digest, "Settings": Settings, "Path": Path}
    exec("from __future__ import annotations\n" + source, given)  # noqa: S102 - our own page
    settings = read_settings(village(tmp_path))
    hub = load(settings, moment("2026-03-20 12:00"), None).hub

    (artifact,) = given["make"](list(given["plan"](hub, settings)), settings, tmp_path)

    assert "door.txt" == artifact.path
    assert len(hub.upcoming(limit=5)) == artifact.content.count(b"\n") > 0


def test_the_check_that_developers_are_shown_works(tmp_path):
    """And for a check."""
    given: dict = {}
    exec(blocks("developers/add-a-check.md", "python")[0], given)  # noqa: S102 - our own page
    root = village(tmp_path)
    late = "---\ntitle: Late\ndate: 2026-03-20 09:00\nstarts: 2026-03-20 14:00\nmode: online\norganisers: [Ada L.]\n---\n\nToday.\n"
    (root / "events" / "late.md").write_text(late, encoding="utf-8")
    hub, _ = load_village(root=root)

    (one,) = [one for one in given["check_notice"](hub.hub) if one.path == "events/late.md"]

    assert (
        "events/late.md:3:7: date: found an announcement on 2026-03-20, when it already begins, wanted a day or more before [HB599]"
        == str(one)
    )


def test_the_page_that_developers_are_shown_is_read():
    """It is copied for each new code."""
    (page_shown,) = re.findall(r"^````markdown\n(.*?)^````$", page("developers/add-a-check.md"), re.DOTALL | re.MULTILINE)
    shown = read_page("HB599", page_shown)

    assert ("warning", ["", "becomes"]) == (shown.level, [one.word for one in shown.samples])


def test_every_page_is_in_the_list_of_pages():
    """Otherwise the hub of this repository cannot be built, which is found out in a browser, minutes later."""
    listed = set(re.findall(r"[\w/-]+\.md", (REPOSITORY / "mkdocs.yml").read_text(encoding="utf-8").partition("\nnav:")[2]))
    pages = {file.relative_to(HANDBOOK).as_posix() for file in HANDBOOK.rglob("*.md")}

    assert {one for one in pages if not one.startswith(("decisions/0", "reference/problems/"))} == listed


def test_the_changelog_names_this_version():
    """Who updates looks there first."""
    from handbill import __version__

    text = (REPOSITORY / "CHANGELOG.md").read_text(encoding="utf-8")

    assert f"## [{__version__}]" in text or f"## {__version__}" in text
