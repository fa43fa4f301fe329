"""The shape of the program: who may import whom, which library is named where, and that nothing lacks a test."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from tests.cases import for_each

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "handbill"
MODULES = sorted(SOURCE.rglob("*.py"))

#: Floors of the house, from the ground up: a module may import from its own floor and from those named.
FLOORS = {
    "errors": set(),
    "catalogue": set(),
    "phrases": set(),
    "telling": {"errors", "engine", "phrases"},
    "showing": {"plain", "layout", "errors", "telling"},
    "engine": {"listing"},
    "layout": set(),
    "lfs": set(),
    # What a command sees of the machine.  What starts the program imports next to nothing.
    "room": {"key", "layout"},
    # What nobody else can sign.
    "key": set(),
    "git": set(),
    # The bytes of plain files, and what else may stand in their place.
    "plain": {"errors", "layout"},
    "pixels": set(),
    # Work on files of strangers that may crash.
    "apart": set(),
    "hub": {"errors"},
    "settings": {"plain", "layout", "errors", "hub", "settings_fields", "settings_duties", "settings_letters", "settings_onward", "settings_sections", "settings_sending", "settings_trusted", "settings_words"},
    "settings_words": {"errors", "hub", "settings_fields"},
    "settings_fields": {"errors", "hub", "settings_duty_fields", "settings_letters", "settings_onward", "settings_sections", "settings_sending", "settings_trusted"},
    "settings_letters": {"errors", "hub"},
    "settings_onward": {"errors", "hub"},
    "settings_sections": {"errors", "hub"},
    "settings_sending": {"errors", "hub"},
    "settings_trusted": {"errors", "hub", "settings_sections"},
    "settings_duties": {"hub", "settings_duty_fields"},
    "settings_duty_fields": {"errors", "hub"},
    "kinds": {"errors", "hub"},
    # How lots are drawn, ballots counted and both proved: from values and bytes alone, so that anybody can do it again.
    "draw": {"errors"},
    "rules": {"errors", "hub", "kinds", "settings", "settings_duties"},
    "proofing": {"errors", "lfs", "hub"},
    "reading": {"apart", "key", "listing", "plain", "whole", "git", "lfs", "layout", "errors", "owned", "stamps", "draw", "hub", "kinds", "settings", "settings_trusted", "proofing"},
    "outputs": {"key", "listing", "apart", "plain", "draw", "layout", "owned", "whole", "pixels", "errors", "engine", "telling", "explaining", "catalogue", "hub", "kinds", "settings", "settings_fields", "settings_duties", "settings_letters", "__init__"},
    "checking": {"listing", "plain", "proofing", "lfs", "draw", "rules", "layout", "errors", "hub", "kinds", "settings", "settings_duties", "settings_duty_fields", "settings_sections", "outputs"},
    "stamps": set(),
    # Whether what was remembered may be believed.
    "owned": {"git", "layout"},
    "whole": set(),
    # What the system means when it refuses.
    "refusals": {"errors"},
    "listing": set(),
    "circles": set(),
    "publishing": {"key", "refusals", "plain", "errors", "stamps", "whole"},
    # What a proposal changes for members: two states of the hub, compared.
    "reviewing": {"listing", "plain", "git", "lfs", "layout", "pixels", "errors", "telling", "showing", "explaining", "engine", "options", "examining", "hub", "kinds", "settings", "settings_trusted", "proofing", "reading", "outputs", "checking", "composing", "publishing", "__init__"},
    # Questions to the program that keeps the repository, and what others handed to it: all of it data of strangers.
    "forge": {"door", "exchange", "git", "layout", "errors", "telling", "showing", "engine", "options", "examining", "hub", "settings", "reading", "reviewing", "proposals", "publishing", "outside", "__init__"},
    # What people propose without Git, and who looks at it.
    "proposals": {"git", "layout", "errors", "telling", "showing", "engine", "options", "examining", "reviewing", "hub", "kinds", "settings", "settings_fields", "settings_sections", "proofing", "reading", "outputs", "checking", "authoring", "publishing", "__init__"},
    # Whether the pages elsewhere that the hub leads to still answer; never part of a build.
    "outside": {"door", "exchange", "layout", "errors", "telling", "engine", "options", "examining", "hub", "settings", "reading", "publishing", "__init__"},
    # A question over HTTPS and its answer, once; and with what opens the door, asked again in its turn.  Knows nobody who is asked.
    "exchange": {"errors"},
    "door": {"errors", "exchange"},
    "preview": {"glimpse", "layout", "errors", "telling", "showing", "memory", "options", "composing", "pipeline", "screen", "publishing", "outputs", "engine", "settings"},
    "importing": {"layout", "errors", "engine", "telling", "hub", "kinds", "settings", "proofing", "reading"},
    # A notice says dates in the words of the pages.
    "authoring": {"whole", "apart", "layout", "pixels", "errors", "engine", "telling", "hub", "kinds", "settings", "settings_fields", "proofing", "reading", "outputs"},
    # A letter on its way: what it chose, what the next would say, how it will look and how each number stands.
    "composing": {"layout", "errors", "engine", "telling", "options", "hub", "kinds", "settings", "proofing", "reading", "outputs", "checking", "examining", "authoring"},
    # Letters on their way out.  What names members is known here and nowhere below.
    "sending": {"whole", "door", "git", "lfs", "layout", "errors", "engine", "telling", "options", "hub", "settings", "settings_letters", "settings_sending", "proofing", "reading", "outputs", "publishing"},
    # The life of a contest: each step of its organiser.  Who entered is known here and nowhere below.
    "contests": {"whole", "listing", "exchange", "git", "lfs", "layout", "errors", "engine", "telling", "options", "draw", "rules", "hub", "kinds", "settings", "settings_duties", "proofing", "reading", "checking", "outputs", "publishing", "sending", "authoring", "__init__"},
    # Whether letters arrive is known from their settings, and from what they look like.
    "doctor": {"room", "plain", "git", "lfs", "layout", "errors", "engine", "telling", "showing", "settings", "settings_letters", "hub", "outputs", "publishing", "sending"},
    "explaining": {"errors", "engine"},
    "options": {"layout"},
    "examining": {"plain", "layout", "errors", "engine", "options", "owned", "hub", "settings", "reading", "outputs", "checking", "publishing"},
    # What an open page of the preview will be, ahead of the build.
    "glimpse": {"circles", "errors", "examining", "hub", "outputs", "proofing", "reading"},
    # What one process keeps in mind from build to build.
    "memory": {"examining"},
    "freezing": {"layout", "errors", "composing", "engine", "options", "examining", "hub", "kinds", "settings", "reading", "checking", "outputs", "publishing", "__init__"},
    # What is planned, against what stands.
    "making": {"errors", "engine", "examining", "hub", "settings", "outputs", "publishing"},
    "leaving": set(),
    "pipeline": {"owned", "plain", "circles", "layout", "errors", "engine", "making", "memory", "options", "examining", "hub", "settings", "reading", "outputs", "checking", "publishing"},
    # An earlier site in the place of the one that stands.
    "returning": {"errors", "options", "pipeline", "publishing", "settings"},
    "screen": {"errors", "telling", "showing", "explaining", "pipeline"},
    "commands": {"plain", "layout", "errors", "leaving", "memory", "freezing", "engine", "telling", "hub", "kinds", "settings", "reading", "pipeline", "publishing", "screen", "preview", "composing", "sending", "contests", "draw", "importing", "authoring", "doctor", "explaining", "options", "reviewing", "forge", "proposals", "outside", "returning"},
    "cli": {"errors", "refusals", "telling", "commands", "__init__"},
    "__main__": {"cli", "leaving", "room"},
    "__init__": set(),
}

#: Outputs meet kinds as data of the hub; these few need a kind's own question.
KIND_QUESTIONS = {
    # What the sections of a letter show: as they were frozen, or as they choose.
    "outputs/content.py": {"choosing", "query", "remembered"},
    # What the sections of a letter would choose before it is sent.
    "outputs/unsent.py": {"choosing", "query"},
    # The page of a place shows it as the page of an event does.
    "outputs/places.py": {"venue"},
    # What was committed of a contest is told in feeds and letters as of their own moments, not of the build's.
    "outputs/contest_told.py": {"contest_view"},
    "outputs/news.py": {"contest_news"},
}

#: Each outside library, by the name it is imported under, and the one module that may name it.
LIBRARIES = {
    # Each command is parsed where it is; nothing below the commands knows that there is a command line.
    "click": {"cli.py", "commands/"},
    "rich": {"screen.py"},
    "pelican": {"outputs/pelican_bridge.py"},
    "feedgen": {"outputs/feed_xml.py"},
    # Writing calendars; and the table of what Windows calls time zones, for those that others wrote.
    "icalendar": {"outputs/ics.py", "importing/ics/zones.py"},
    "dateutil": {"kinds/recurrence.py"},
    "tzdata": {"__init__.py"},
    "mjml": {"outputs/mail/mjml.py"},
    "css_inline": {"outputs/mail/inline.py"},
    "frontmatter": {"reading/files.py"},
    "yaml": {"reading/files.py"},
    "markdown": {"reading/markdown.py"},
    "comrak": {"reading/markdown.py"},
    "nh3": {"reading/body.py", "reading/cleaning.py"},
    # Opening a picture is one thing for all; mending it in the repository, showing it in small, drawing and comparing are others.
    "PIL": {"pixels.py", "authoring/photos.py", "outputs/search_pack.py", "outputs/twins.py", "outputs/bill/press.py", "reviewing/marking.py"},
    "font_source_serif_pro": {"outputs/bill/letters.py"},
    "pagefind": {"outputs/search_run.py"},
    "segno": {"outputs/qr.py"},
    "watchfiles": {"preview/watch.py"},
    # Its three parts: dates of a language, what languages are called, and the format of catalogues.
    "babel": {"outputs/words.py", "outputs/languages.py", "catalogue.py"},
    # Two kinds of templates, pages and mails, each in a frame of its own; how pages are many, and compiled once; and which line of a mail's wrote what.
    "jinja2": {"outputs/pelican_bridge.py", "outputs/template_engine.py", "outputs/template_code.py", "outputs/template_store.py", "outputs/mail/template.py", "outputs/mail/tracing.py"},
    "markupsafe": {"outputs/template_engine.py", "outputs/template_code.py", "outputs/mail/template.py"},
    "dkim": {"sending/signing.py"},
    "pytest": {"commands/machine.py"},
    "sqlite3": {"sending/durable.py"},
    "smtplib": {"sending/carriers/dialogue.py"},
    "email_validator": {"sending/addresses.py"},
}

#: Longest module; a longer one holds a second idea.
MOST_LINES = 300
LONGER = {"reading/body.py"}


def name(module: Path) -> str:
    return module.relative_to(SOURCE).as_posix()


@cache
def tree(module: Path) -> ast.Module:
    return ast.parse(module.read_text(encoding="utf-8"))


@cache
def imports(module: Path) -> tuple[str, ...]:
    """Return every module that this one imports, wherever in the file."""
    return tuple(_imported(module))


def _imported(module: Path) -> Iterator[str]:
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name(module)}: a relative import"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names if node.module and node.module.startswith("handbill"))


def floor(dotted: str) -> str:
    parts = dotted.split(".")
    return parts[1] if len(parts) > 1 else "__init__"


@for_each("module", MODULES, ids=name)
def test_imports_point_one_way(module):
    """A floor that knows the one above it cannot be understood, tested or replaced alone."""
    own = name(module).split("/")[0].removesuffix(".py")
    for imported in imports(module):
        if not imported.startswith("handbill"):
            continue
        other = floor(imported)
        if not ((SOURCE / other).is_dir() or (SOURCE / f"{other}.py").is_file()):
            other = "__init__"
        if own == "hub" and other == "kinds":
            pytest.fail(f"the hub knows no kind: {imported}")
        assert other == own or other in FLOORS[own], f"{name(module)} imports {imported}"
        if own == "outputs" and other == "kinds" and "handbill.kinds." in imported:
            allowed = KIND_QUESTIONS.get(name(module), set())
            assert allowed & {"*", imported.split(".")[2]}, f"{name(module)} asks a kind: {imported}"


def test_the_core_needs_the_standard_library_only():
    """The part that is ours must outlive every library."""
    for module in [*(SOURCE / "hub").glob("*.py"), SOURCE / "errors.py"]:
        for imported in imports(module):
            top = imported.split(".")[0]
            assert top in sys.stdlib_module_names or top == "handbill", f"{name(module)} imports {imported}"


@for_each("library", sorted(LIBRARIES))
def test_each_library_is_named_in_one_module(library):
    """Replacing a library must mean changing one file."""
    users = {name(module) for module in MODULES if any(one.split(".")[0] == library for one in imports(module))}

    assert not {user for user in users if not {user, f"{user.split('/')[0]}/"} & LIBRARIES[library]}


def test_every_library_in_use_is_in_the_list_above():
    """A library that comes in by the back door would escape the test above."""
    for module in MODULES:
        for imported in imports(module):
            top = imported.split(".")[0]
            assert top in sys.stdlib_module_names or top == "handbill" or top in LIBRARIES, f"{name(module)} imports {imported}"


def dotted(module: Path) -> str:
    return "handbill" + "".join(f".{part}" for part in module.relative_to(SOURCE).with_suffix("").parts if part != "__init__")


def at_import(module: Path) -> set[str]:
    """Return what of ours is imported as the module itself is: not within functions, nor for the type checker alone."""
    found: set[str] = set()
    waiting: list[ast.stmt] = list(tree(module).body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.If) and ast.unparse(node.test) != "TYPE_CHECKING":
            waiting += node.body + node.orelse
        elif isinstance(node, (ast.Try, ast.With, ast.ClassDef)):
            waiting += node.body
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names} | {node.module or ""}
    return found


def test_each_module_imports_alone():
    """A module that only works after another was imported hides an order that nobody wrote down.

    Where imports go round in no circle, each module's order is the one that
    its own lines ask for; so it is enough to import all of them once.
    """
    ours = {dotted(module) for module in MODULES}
    needs = {dotted(module): at_import(module) & ours for module in MODULES}
    for one, needed in needs.items():
        # Before what lies in a folder the folder's own module is imported; a module of the same folder finds that one at work already.
        needed |= {folder for folder in (other.rpartition(".")[0] for other in needed) if folder and not f"{one}.".startswith(f"{folder}.")}
        needed.discard(one)

    order = list(TopologicalSorter(needs).static_order())

    done = subprocess.run(
        [sys.executable, "-c", "import importlib, sys\nfor one in sys.argv[1:]: importlib.import_module(one)", *(one for one in order if one != "handbill.__main__")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]


@for_each("module", [m for m in MODULES if m.name not in ("__init__.py", "__main__.py")], ids=name)
def test_each_module_has_its_test_file(module):
    """A stranger looks for the test of a file under the same name."""
    folder = ROOT / "tests" / module.relative_to(SOURCE).parent

    assert (folder / f"test_{module.name}").is_file()


@for_each("module", MODULES, ids=name)
def test_each_module_is_one_idea(module):
    """A module fits in one reading, begins with what it is for, and has a name that says something."""
    text = module.read_text(encoding="utf-8")

    assert ast.get_docstring(tree(module)), f"{name(module)} does not say what it is for"
    assert module.stem not in {"utils", "util", "helpers", "helper", "common", "misc", "manager"}
    assert text.count("\n") <= MOST_LINES or name(module) in LONGER


CLOCKS = {("datetime", "now"), ("datetime", "today"), ("datetime", "utcnow"), ("date", "today"), ("time", "time"), ("time", "localtime"), ("time", "gmtime")}


def test_the_clock_is_read_at_the_command_line_only():
    """One moment enters there and travels; a second reading would make two builds of the same moment differ."""
    readers = {
        name(module)
        for module in MODULES
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and (node.value.id, node.attr) in CLOCKS
    }

    assert {"commands/called.py"} == readers


def test_the_other_library_of_almost_the_same_name_is_not_there():
    """PyPI's `frontmatter` and `mjml` take the import names of the libraries that we mean."""
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")

    assert "\nfrontmatter==" not in lock
    assert "\nmjml==" not in lock
    assert "\npython-frontmatter==" in lock
    assert "\nmjml-python==" in lock
