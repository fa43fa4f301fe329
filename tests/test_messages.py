"""Everything that a person reads can be told in French, and is French there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from tests.cases import for_each

from handbill.telling import FOLDER, LANGUAGES

SOURCE = FOLDER.parent
MODULES = sorted(file.relative_to(SOURCE).as_posix() for file in SOURCE.rglob("*.py"))
CATALOGUES = sorted(file.relative_to(FOLDER).as_posix() for file in FOLDER.rglob("*.po"))

#: Capitalised in any sentence, as the first word of half a one too.
NAMES = (
    "Handbill",
    "GitHub",
    "MkDocs",
    "MJML",
    "Pelican",
    "Pillow",
    "Python",
    "YAML",
    "TOML",
    "JSON",
    "Markdown",
    "HTML",
    "UTF-8",
    "Git",
    "Unicode",
)


# What the program says.


def calls(module: str, *names: str) -> Iterator[ast.Call]:
    """Yield the calls of functions by these names, also those that are methods."""
    for node in nodes(module):
        if isinstance(node, ast.Call) and (getattr(node.func, "id", "") in names or getattr(node.func, "attr", "") in names):
            yield node


@cache
def nodes(module: str) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(ast.parse((SOURCE / module).read_text(encoding="utf-8"))))


def is_text(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def is_said_again(node: ast.expr) -> bool:
    """Say whether it is the pattern of another sentence, which stands in the code elsewhere."""
    return isinstance(node, ast.Attribute) and node.attr == "pattern"


def argument(call: ast.Call, place: int, name: str) -> ast.expr | None:
    """Return an argument by its place or its name."""
    if len(call.args) > place and not any(isinstance(one, ast.Starred) for one in call.args[: place + 1]):
        return call.args[place]
    return next((one.value for one in call.keywords if one.arg == name), None)


def literals(node: ast.expr | None) -> Iterator[str]:
    """Yield the texts of a literal, a tuple of them, or sentences among them."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.Tuple | ast.List):
        for one in node.elts:
            yield from literals(one)


@cache
def patterns(module: str) -> frozenset[str]:
    """Return every text of a module that is told in the reader's language; of a counted one the one by which it is found."""
    found = [
        *(argument(call, 0, "pattern") for call in calls(module, "said", "tell_count")),
        *(argument(call, 2, "does") for call in calls(module, "Field")),
        *(argument(call, 1, "does") for call in calls(module, "Choice")),
    ]
    return frozenset(text for node in found for text in literals(node) if text)


def names_in(pattern: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(pattern) if name is not None}


# What the catalogues say.


@cache
def entries(catalogue: str) -> dict[str, tuple[str, ...]]:
    """Return the translations of a catalogue by their English: one, or one for each number."""
    from babel.messages.pofile import read_po

    with (FOLDER / catalogue).open("rb") as file:
        found = read_po(file, ignore_obsolete=True)
    texts = {}
    for one in found:
        if one.id:
            assert not one.fuzzy, f"{catalogue}: a translation in doubt: {one.id}"
            text = one.string if isinstance(one.string, tuple) else (one.string,)
            texts[one.id if isinstance(one.id, str) else one.id[0]] = text
    return texts


@cache
def translated() -> frozenset[str]:
    return frozenset(text for catalogue in CATALOGUES for text, told in entries(catalogue).items() if all(told))


def test_there_is_something_to_look_at():
    """The walk must find the calls, or all below holds of nothing."""
    assert {"fr/program.po"} <= set(CATALOGUES)
    assert sum(len(list(patterns(module))) for module in MODULES) > 300
    assert ("en", "fr") == LANGUAGES


@for_each("module", MODULES)
def test_what_is_said_stands_in_the_code_as_it_is_translated(module):
    """A pattern that is put together when the program runs is in no catalogue."""
    wrong = [
        f"{module}:{call.lineno}"
        for call in calls(module, "said")
        if module != "errors.py" and not (call.args and (is_text(call.args[0]) or is_said_again(call.args[0])))
    ]
    wrong += [
        f"{module}:{call.lineno}"
        for call in calls(module, "tell_count")
        if module != "telling.py" and not (is_text(call.args[0]) and is_text(call.args[1]))
    ]

    assert [] == wrong


@for_each("module", MODULES)
def test_every_gap_of_a_sentence_is_filled(module):
    """A missing name stops the program in the middle of telling what is wrong."""
    for call in calls(module, "said"):
        # Without values a pattern is taken as it is, so that it may show braces.
        if call.args and is_text(call.args[0]) and call.keywords and all(one.arg for one in call.keywords):
            assert names_in(call.args[0].value) == {one.arg for one in call.keywords}, f"{module}:{call.lineno}"


@for_each("module", MODULES)
def test_every_text_has_its_french(module):
    """Most editors read no English."""
    assert [] == sorted(patterns(module) - translated())


@for_each("catalogue", CATALOGUES)
def test_nothing_is_translated_that_nobody_says(catalogue):
    """What was reworded in the code keeps its old French here, and the new words are English to everyone."""
    said = {text for module in MODULES for text in patterns(module)}

    assert [] == sorted(set(entries(catalogue)) - said)


def test_one_text_is_told_in_one_way():
    """Which of two files would win depends on their names."""
    told: dict[str, dict[tuple[str, ...], str]] = {}
    for catalogue in CATALOGUES:
        for text, french in entries(catalogue).items():
            told.setdefault(text, {})[french] = catalogue

    assert {} == {text: ways for text, ways in told.items() if len(ways) > 1}


@for_each("catalogue", CATALOGUES)
def test_a_catalogue_tells_its_language_and_how_it_counts(catalogue):
    """Translators' programs go by it."""
    head = (FOLDER / catalogue).read_text(encoding="utf-8").partition("\n\n")[0]

    assert '"Language: fr\\n"' in head
    assert '"Plural-Forms: nplurals=2; plural=(n > 1);\\n"' in head
    assert '"Content-Type: text/plain; charset=utf-8\\n"' in head


@for_each("catalogue", CATALOGUES)
def test_a_translation_has_the_same_gaps(catalogue):
    """A name that is not there stops the program; one that is left out keeps something back."""
    wrong = []
    for text, french in entries(catalogue).items():
        wanted = names_in(text) if "{" in text else set()
        # “one file” needs no number.
        wrong += [told for told in french if names_in(told) != wanted and not (len(french) > 1 and told == french[0])]

    assert [] == wrong


@for_each("catalogue", CATALOGUES)
def test_a_translation_keeps_to_french_typography(catalogue):
    """The program proof-reads what its editors write."""
    assert [] == [fault for text, french in entries(catalogue).items() for told in french for fault in faults(text, told)]


def faults(english: str, french: str) -> Iterator[str]:
    """Yield what a French text does against its typography; what it quotes of a file stays as in the English."""
    kept = set(re.findall(r"[^\s\u00a0]*[:;!?'\"][^\s\u00a0]*", english))
    for word in re.findall(r"[^\s\u00a0«»]*[:;!?»][^\s\u00a0«»]*", french):
        sign = next(sign for sign in word if sign in ":;!?") if any(sign in word for sign in ":;!?") else ""
        bare = word.strip("().,")
        is_code = bare in kept or any(bare and bare in one for one in kept) or re.search(r"[:?;!](?=[^\s\u00a0.,)])", word)
        if sign and not is_code and not word.startswith(sign):
            yield f"no no-break space before {sign}: {french}"
    for found in re.finditer(r"(.)([:;!?»])(?=[\s\u00a0.,;)]|$)", french):
        if found[1] == " " or (found[2] == "»" and found[1] != "\u00a0"):
            yield f"a space that may break before {found[2]}: {french}"
    if re.search(r"«(?!\u00a0)", french):
        yield f"no no-break space after «: {french}"
    if re.search(r"[“”]", french):
        yield f"English quotation marks: {french}"
    if re.search(r"\w'\w", french) and not any("'" in word and word in french for word in kept):
        yield f"a straight apostrophe: {french}"
    if "..." in french and "..." not in english:
        yield f"three full stops: {french}"
    if "\u202f" in french:
        yield f"a narrow space, which few fonts of terminals have: {french}"
    if english.endswith(".") != french.endswith("."):
        yield f"not the same end: {french}"
    first = french.lstrip("«\u00a0 ")[:1]
    if english[:1].islower() and first.isupper() and not french.startswith(NAMES):
        yield f"a capital within a sentence: {french}"


@pytest.mark.parametrize(
    ("english", "french"),
    [
        ("wanted: {x}", "attendu: {x}"),
        ("wanted: {x}", "attendu : {x}"),
        ("{file}; {x}", "{file} ; {x}"),
        ("“{x}”", "“{x}”"),
        ("“{x}”", "« {x} »"),
        ("the end", "l'adresse"),
        ("the end", "La fin"),
        ("The end.", "La fin"),
        ("the end …", "la fin ..."),
    ],
)  # fmt: skip
def test_a_fault_of_typography_is_found(english, french):
    """The test above must be able to fail."""
    assert [] != list(faults(english, french))


@pytest.mark.parametrize(
    ("english", "french"),
    [
        ("a line such as “date: 2026-05-01”", "une ligne telle que «\u00a0date: 2026-05-01\u00a0»"),
        ("{file}: read {x}; or https://a.example", "{file}\u00a0: lire {x}\u00a0; ou https://a.example"),
        ("a moment such as 18:30", "une heure telle que 18:30"),
        ("what MkDocs says", "MkDocs dit"),
    ],
)
def test_what_is_right_is_no_fault(english, french):
    """A test that cries at code would soon be switched off."""
    assert [] == list(faults(english, french))


# Nothing gets past the catalogues.


#: The calls that take the halves of a message, beside those that a module defines for itself.
TAKERS = {"Problem": "errors.py", "refuse": "hub/nodes.py", "Refused": "", "refused": "reading/yaml_place.py"}


@cache
def names_taken(module: str) -> dict[str, tuple[str, ...]]:
    """Return the names of what the functions and records of a module take, in their order."""
    found = {}
    for node in nodes(module):
        if isinstance(node, ast.FunctionDef):
            found[node.name] = tuple(one.arg for one in node.args.args if one.arg != "self")
    for node in nodes(module):
        if isinstance(node, ast.ClassDef):
            makers = [one for one in node.body if isinstance(one, ast.FunctionDef) and one.name == "__init__"]
            fields = tuple(one.target.id for one in node.body if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name))
            found[node.name] = tuple(one.arg for one in makers[0].args.args if one.arg != "self") if makers else fields
    return found


def home(module: str, name: str) -> str:
    """Return the module in which a name of another module is defined; that one itself where it is its own."""
    for node in nodes(module):
        if isinstance(node, ast.ImportFrom) and name in {one.name for one in node.names}:
            other = str(node.module).removeprefix("handbill.").replace(".", "/") + ".py"
            return other if other in MODULES else module
    return module


def halves(module: str) -> Iterator[tuple[ast.Call, ast.expr]]:
    """Yield each call that takes what was found or wanted, with each of the two."""
    for call in calls(module, *TAKERS, "_refuse", "_odd", "_at"):
        name = getattr(call.func, "id", "") or getattr(call.func, "attr", "")
        is_desk = isinstance(call.func, ast.Attribute) and getattr(call.func.value, "id", "") == "desk"
        taken = () if is_desk else names_taken(home(module, name)).get(name, ())
        taken = taken or (names_taken(TAKERS[name]).get(name, ()) if TAKERS.get(name) else ())
        for half in ("found", "wanted"):
            if half in taken and (text := argument(call, taken.index(half), half)) is not None:
                yield call, text


@cache
def failures() -> frozenset[str]:
    """Return the names of all errors that are told to people."""
    bases: dict[str, list[str]] = {}
    for module in MODULES:
        for node in nodes(module):
            if isinstance(node, ast.ClassDef):
                bases[node.name] = [getattr(base, "id", "") for base in node.bases]
    found = {"HandbillError"}
    while more := {name for name, own in bases.items() if found & set(own)} - found:
        found |= more
    # This one is made of problems.
    return frozenset(found - {"ContentProblems"})


def is_made_of_pieces(node: ast.expr | None) -> bool:
    """Say whether a text is put together, or a literal that no catalogue can know."""
    if isinstance(node, ast.IfExp):
        return is_made_of_pieces(node.body) or is_made_of_pieces(node.orelse)
    if isinstance(node, ast.BoolOp):
        return any(is_made_of_pieces(one) for one in node.values)
    if isinstance(node, ast.Call):
        return getattr(node.func, "attr", "") in ("format", "join") or getattr(node.func, "id", "") == "str"
    return isinstance(node, ast.JoinedStr | ast.BinOp) or (is_text(node) and node.value != "")  # type: ignore[union-attr]


def told_in(module: str) -> Iterator[tuple[ast.Call, ast.expr]]:
    """Yield each call that tells something to a person, with the text that it hands over."""
    yield from halves(module)
    for node in nodes(module):
        if (
            isinstance(node, ast.Raise)
            and isinstance(node.exc, ast.Call)
            and getattr(node.exc.func, "id", "") in failures()
            and node.exc.args
        ):
            yield node.exc, node.exc.args[0]


def written_in(module: str, call: ast.Call, name: str) -> Iterator[ast.expr]:
    """Yield what a name is set to in the function around a call."""
    around = [node for node in nodes(module) if isinstance(node, ast.FunctionDef) and node.lineno <= call.lineno <= (node.end_lineno or 0)]
    for node in ast.walk(around[-1]) if around else ():
        if isinstance(node, ast.Assign) and any(getattr(target, "id", "") == name for target in node.targets):
            yield node.value


@for_each("module", MODULES)
def test_what_a_person_reads_is_said(module):
    """An f-string is English to everyone."""
    wrong = []
    for call, text in told_in(module):
        values = list(written_in(module, call, text.id)) if isinstance(text, ast.Name) else [text]
        if any(is_made_of_pieces(value) for value in values):
            wrong.append(f"{module}:{call.lineno}")

    assert [] == wrong


def test_the_walk_finds_what_people_read():
    """It goes by the names of calls; a new name must not make it blind."""
    assert sum(len(list(told_in(module))) for module in MODULES) > 150
    assert {"WrongUse", "MachineLacks", "StoreError", "ForeignFolder", "ThemeFault"} <= failures()


@pytest.mark.parametrize(
    "text", ["f'{x}'", "'a' + b", "'a %s' % b", "'{}'.format(x)", "', '.join(x)", "str(error)", "'words'", "a if b else 'c'"]
)
def test_text_in_pieces_is_known(text):
    """The test above must be able to fail."""
    assert is_made_of_pieces(ast.parse(text, mode="eval").body)


def test_every_module_of_the_program_is_looked_at():
    """A folder that is left out would be English for good."""
    assert {Path(module).parts[0] for module in MODULES} >= {"reading", "outputs", "publishing", "preview", "screen.py", "cli.py"}
