"""Every problem code has a page, in both languages, whose sample causes exactly that problem and, mended, no longer does.

A sample is a piece of a file.  Its path is the ``title`` of its fence, or is
guessed from its fields; what every such file needs besides is filled in,
unless the sample begins with ``---`` or is marked ``text``: then it is the
whole file.  Samples before “becomes” make the faulty hub (several joined by
“and”), those after it take the place of the ones of the same path; where there
was one alone, it may also move.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest
from PIL import Image
from tests.cases import for_each
from tests.hubs import options, write

from handbill.errors import ContentProblems, Level, Problem
from handbill.explaining import FAMILIES, LEVELS, Explanation, Sample, read_pages
from handbill.kinds import KINDS
from handbill.kinds.post import POST
from handbill.outputs.handbook_sources import check_sources, find_sources
from handbill.pipeline import check
from handbill.settings import read_settings

REPOSITORY = Path(__file__).parent.parent
FOLDER = REPOSITORY / "handbook" / "reference" / "problems"
PAGES = {page.code: page for page in read_pages(FOLDER)}

#: Codes whose cause is not a piece of text that could stand on a page, with what it is instead.
NOT_IN_WORDS = {
    "HB102": "bytes that are no UTF-8",
    "HB113": "a text that takes ten seconds",
    "HB122": "a link in the file system",
    "HB123": "a file name that is no UTF-8",
    "HB124": "a right that is missing",
    "HB131": "the bytes of a picture",
    "HB132": "the same",
    "HB133": "the same",
    "HB134": "the same",
    "HB135": "the same",
    "HB136": "the same",
    "HB226": "what is asked for when a contest is announced",
    "HB406": "what an earlier build wrote down",
    "HB422": "a letter of a hundred thousand bytes",
    "HB423": "the same",
    "HB425": "the bytes of a picture",
    "HB426": "the same",
    "HB441": "the bytes of a frozen letter",
    "HB442": "the same",
    "HB443": "the same",
    "HB444": "the same",
    "HB445": "the same",
    "HB446": "the same",
    "HB447": "the same",
    "HB448": "the same",
    "HB449": "the same",
    "HB456": "the counts of a frozen letter",
    "HB457": "the same",
    "HB451": "what version history says of a frozen letter",
    "HB452": "the hour at which a letter is sent",
    "HB453": "what the machine that sends letters is told",
    "HB454": "what was sent before",
    "HB455": "the bytes of a frozen letter",
    "HB472": "what was committed of a contest",
    "HB477": "the same",
    "HB474": "what was committed of a contest",
    "HB478": "the same",
    "HB480": "the same",
    "HB479": "an entry to a contest that was announced",
    "HB481": "what was committed of a contest",
    "HB512": "what an earlier build wrote down",
    "HB611": "a sample would be taken for a key by every scanner of repositories",
    "HB612": "the same",
    "HB615": "a row of the list of members, which is in no repository",
    "HB616": "the same",
    "HB617": "the same",
    "HB618": "the same",
    "HB619": "the same",
    "HB703": "MkDocs, which takes a second to complain",
    "HB704": "a page that MkDocs has built",
    "HB901": "a failing program",
}

#: What a file needs that a sample leaves out, besides the examples of its required fields.
NEEDED = {
    "content/posts": {"date": "2026-01-02"},
    "content/contests": {"title": "Un concours", "date": "2026-01-02", "mechanism": "jury", "opens": "2026-04-01", "closes": "2026-04-30", "enter": "Une photo.", "prizes": "[{name: Un vélo}]"},
    "events": {"title": "Un atelier", "date": "2026-01-02", "starts": "2026-05-01 14:00", "mode": "online", "organisers": "[ada]"},
    "newsletters": {"number": "8", "subject": "La lettre", "date": "2026-03-01"},
}

#: Which sort of file a sample without a path is of, by a field that only this sort has.
TELLING = {
    "events": ("starts", "ends", "venue", "recurrence", "status", "previous_starts", "registration", "mode", "join_url", "capacity", "price"),
    "content/contests": ("opens", "closes", "draw", "mechanism", "prizes", "results", "enter"),
    "newsletters": ("number", "subject", "preheader", "since"),
    "content/people": ("roles", "joined", "listed"),
    "content/pages": ("menu", "order"),
}

#: The hub that every sample is put into.
AROUND = {
    "content/people/ada.md": "---\ntitle: Ada\n---\n\nElle répare.\n",
    "content/posts/bienvenue.md": "---\ntitle: Bienvenue\ndate: 2026-01-02\n---\n\n## Le programme\n\nOn répare.\n",
}
SETTINGS = {"name": '"Essai"', "base_url": '"https://essai.example/"', "lang": '"fr"', "languages": '["fr", "en"]'}
MKDOCS = "site_name: Manuel\ndocs_dir: handbook\ntheme: {name: material, custom_dir: theme/handbook, font: false}\n"


@cache
def codes_in_source() -> dict[str, set[str]]:
    """Return every problem code in the program, with the levels that it is given."""
    found: dict[str, set[str]] = {}
    for file in sorted((REPOSITORY / "src").rglob("*.py")):
        text = file.read_text(encoding="utf-8")
        # To read those without a code took longer than all else here.
        for node in ast.walk(ast.parse(text)) if re.search(r"HB\d{3}", text) else ():
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.fullmatch(r"HB\d{3}", node.value):
                found.setdefault(node.value, set())
            if isinstance(node, ast.Call):
                given = {one.value for one in ast.walk(node) if isinstance(one, ast.Constant) and isinstance(one.value, str)}
                levels = {one.attr.lower() for one in ast.walk(node) if isinstance(one, ast.Attribute) and getattr(one.value, "id", "") == "Level"}
                for code in (one for one in given if re.fullmatch(r"HB\d{3}", one)):
                    found.setdefault(code, set()).update(levels)
    return found


def test_every_code_of_the_program_has_a_page_and_no_other_has():
    """A code is what somebody looks up; a page of one that means nothing any more misleads."""
    assert sorted(codes_in_source()) == sorted(PAGES)


def test_every_code_that_is_explained_otherwise_exists():
    """A line that is forgotten here would excuse a page without a sample."""
    assert set(NOT_IN_WORDS) <= set(PAGES)


@for_each("page", PAGES.values(), ids=PAGES)
def test_a_page_tells_what_is_wrong_and_how_to_mend_it_in_both_languages(page: Explanation):
    """Half a page in French would be read by half of the editors."""
    assert page.code[2] in FAMILIES
    assert page.level in LEVELS
    assert "\n\n**To mend it:** " in page.texts["en"]
    assert "\n\n**Pour réparer\u00a0:** " in page.texts["fr"]
    assert page.titles["fr"].startswith(f"{page.code}\u00a0: ")
    for lang in ("en", "fr"):
        assert not page.title(lang).endswith(".")
        assert 15 <= len(page.title(lang)) <= 80


@for_each("page", PAGES.values(), ids=PAGES)
def test_the_french_half_is_set_as_french_is(page: Explanation):
    """A sign that begins a line, or a straight apostrophe, is what a reader of French stumbles over."""
    words = re.sub(r"`[^`]*`", "", f"{page.titles['fr']}\n{page.texts['fr']}")

    assert [] == re.findall(r"\w+[ ]?[^\u00a0\u202f\w)*][;!?»](?!\w)|\w+ :|« \w+|\w+'\w+", words)


@for_each("page", PAGES.values(), ids=PAGES)
def test_the_level_is_the_one_that_the_program_gives(page: Explanation):
    """Who reads “warning” does not hurry; who reads “error” cannot publish."""
    given = codes_in_source()[page.code]

    assert page.level in (given or {"error"})


def kind_of(text: str) -> str:
    """Return the folder of the sort of file that a sample without a path is of."""
    keys = set(re.findall(r"^(\w+):", text, re.MULTILINE))
    return next((folder for folder, telling in TELLING.items() if keys & set(telling)), "content/posts")


def path_of(sample: Sample) -> str:
    """Return the path of the file that a sample is a piece of."""
    if sample.path:
        return sample.path
    return "hub.toml" if sample.language == "toml" else f"{kind_of(sample.text) if sample.language == 'yaml' else 'content/posts'}/exemple.md"


def needed_in(path: str) -> dict[str, str]:
    """Return the fields that a file of this path must have, each with a value."""
    kind = next((one for one in KINDS if path.startswith(f"{one.folder}/")), POST)
    required = {one.name: one.example for one in kind.all_fields if one.required and one.example}
    return required | NEEDED.get(kind.folder, {})


def whole(sample: Sample) -> str:
    """Return the whole file that a sample is a piece of."""
    path, text = path_of(sample), sample.text
    if sample.language == "text" or text.startswith("---\n"):
        return text if not text.endswith("---\n") else f"{text}\nUn texte.\n"
    if path == "hub.toml":
        head, _, rest = text.rpartition("[hub]\n")
        missing = "".join(f"{key} = {value}\n" for key, value in SETTINGS.items() if not re.search(rf"^{key} =", rest, re.MULTILINE))
        return f"{head}[hub]\n{missing}{rest}" if "[hub]\n" in text else f"[hub]\n{missing}\n{text}"
    if path == "mkdocs.yml":
        return MKDOCS + text
    front, body = (text, "Un texte.\n") if sample.language == "yaml" else ("", text)
    needed = {} if path.startswith("handbook/") else needed_in(path)
    if path.startswith("events/") and re.search(r"^venue:", front, re.MULTILINE):
        needed = {key: value for key, value in needed.items() if key != "mode"}
    missing = "".join(f"{key}: {value}\n" for key, value in needed.items() if not re.search(rf"^{key}:", front, re.MULTILINE))
    return f"---\n{front}{missing}---\n\n{body}"


def states(page: Explanation) -> tuple[dict[str, str], list[dict[str, str]]]:
    """Return the files of the faulty hub, and those of each mended one."""
    words = [one.word for one in page.samples]
    turn = words.index("becomes")
    faulty = {path_of(one): whole(one) for one in page.samples[:turn]}
    mended: list[dict[str, str]] = []
    for one in page.samples[turn:]:
        if one.word == "and":
            mended[-1][path_of(one)] = whole(one)
        else:
            kept = faulty if len(faulty) > 1 else {}
            mended.append({**kept, path_of(one): whole(one)})
    return faulty, mended


def told(root: Path, files: dict[str, str]) -> tuple[Problem, ...]:
    """Return the problems of a hub that holds these files."""
    write(root, {**AROUND, **files})
    (root / "content" / "pictures").mkdir(exist_ok=True)
    Image.new("RGB", (4, 3)).save(root / "content" / "pictures" / "affiche.png")
    if any(path.startswith(("handbook/", "mkdocs.yml")) for path in files):
        write(root, {name: text for name, text in {"mkdocs.yml": f"{MKDOCS}plugins: []\n", "handbook/index.md": "# Manuel\n"}.items() if name not in files})
        # The handbook's own Python would read the same YAML, and need not be there.
        return tuple(check_sources(find_sources(read_settings(root)), Path(sys.executable)))
    try:
        return check(options(root))
    except ContentProblems as error:
        return error.problems


def at_least(problems: Iterable[Problem], level: str) -> set[str]:
    """Return the codes of that level or a worse one."""
    return {one.code for one in problems if one.level >= Level[level.upper()]}


SHOWN = {code: page for code, page in PAGES.items() if code not in NOT_IN_WORDS}


@pytest.mark.parametrize("page", SHOWN.values(), ids=SHOWN)
def test_the_sample_of_a_page_causes_that_problem_and_no_worse_one(page: Explanation, tmp_path):
    """An editor compares it with what he wrote."""
    faulty, _ = states(page)
    problems = told(tmp_path, faulty)

    assert page.code in {one.code for one in problems}
    assert {page.code} == at_least(problems, page.level) or page.level == "note"
    assert {Level[page.level.upper()]} == {one.level for one in problems if one.code == page.code}


@pytest.mark.parametrize("page", [pytest.param(one, marks=[pytest.mark.long] if at % 3 else []) for at, one in enumerate(SHOWN.values())], ids=SHOWN)
def test_the_mended_sample_causes_no_problem(page: Explanation, tmp_path):
    """It is copied as it stands."""
    _, mended = states(page)

    assert mended
    for number, files in enumerate(mended):
        problems = told(tmp_path / str(number), files)
        assert page.code not in {one.code for one in problems}
        assert set() == at_least(problems, "warning")
