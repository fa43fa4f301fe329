"""The theme: every template can be read, every word is said in French, and every colour can be seen."""

from __future__ import annotations

import ast
import gzip
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from jinja2 import Environment, FileSystemLoader, StrictUndefined, nodes
from jinja2.meta import find_undeclared_variables
from tests.cases import for_each

from handbill.hub.colour import contrast
from handbill.outputs.stylesheet import stylesheet
from handbill.outputs.subscriptions import HEADINGS
from handbill.outputs.theme import Theme
from handbill.outputs.tokens import GROUNDS, INKS, read_tokens
from handbill.settings import read_settings

ROOT = Path(__file__).resolve().parents[1]
THEME = ROOT / "theme"
TEMPLATES = sorted(path.relative_to(THEME / "templates").as_posix() for path in (THEME / "templates").rglob("*.html"))
PARTS = "\n".join(file.read_text(encoding="utf-8") for file in sorted((THEME / "style").glob("*.css")))
STYLE = stylesheet(Theme(ROOT), read_settings(ROOT)).decode()
TOKENS, _ = read_tokens(read_settings(ROOT))
CALL = re.compile(r"""\bwords(?:\.count)?\(\s*(["'])(.*?)\1(?:\s*,\s*(["'])(.*?)\3)?""")

#: What every view is rendered with, and nothing else (decision 0007).
GIVEN = {"shell", "view", "page", "words"}


def source(name: str) -> str:
    return (THEME / "templates" / name).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(THEME / "templates"), undefined=StrictUndefined, autoescape=True, trim_blocks=True, lstrip_blocks=True
    )


@pytest.fixture(scope="module")
def french() -> dict[str, object]:
    with (THEME / "locale" / "fr.po").open("rb") as file:
        return {message.id[0] if isinstance(message.id, tuple) else message.id: message for message in read_po(file) if message.id}


def named_in(tree: nodes.Template) -> set[str]:
    """Return what a template sets, imports or defines for itself."""
    named = {one.name for one in tree.find_all(nodes.Name) if one.ctx == "store"}
    for node in tree.find_all(nodes.FromImport):
        named |= {macro if isinstance(macro, str) else macro[1] for macro in node.names}
    return named | {macro.name for macro in tree.find_all(nodes.Macro)}


# Templates


@for_each("name", TEMPLATES)
def test_every_template_can_be_loaded_with_all_that_it_names(environment, name):
    environment.get_template(name)
    tree = environment.parse(source(name))
    for node in tree.find_all((nodes.Extends, nodes.Include, nodes.FromImport, nodes.Import)):
        assert isinstance(node.template, nodes.Const), f"{name}:{node.lineno}: a computed name cannot be followed by digests"
        environment.get_template(node.template.value)


@for_each("name", TEMPLATES)
def test_every_imported_macro_exists(environment, name):
    """Jinja notices a macro that is missing only on the page that calls it."""
    for node in environment.parse(source(name)).find_all(nodes.FromImport):
        offered = environment.get_template(node.template.value).module
        for macro in node.names:
            assert hasattr(offered, macro if isinstance(macro, str) else macro[0]), f"{name}:{node.lineno}"


@for_each("name", TEMPLATES)
def test_every_template_begins_by_saying_what_it_shows(name):
    assert re.match(r"\{# [A-Z\"].{20,}?#\}\n", source(name), re.DOTALL)


@for_each("name", [one for one in TEMPLATES if not one.startswith("parts/")])
def test_a_page_names_the_blocks_that_a_community_may_override(name):
    """Someone who overrides a block should not have to read the template for its name."""
    text = source(name)
    comment = text[: text.index("#}")]
    promised = re.search(r"(?:Overridable|Blocks to override): ([^#]*?)\.\s*$", comment)
    assert promised
    blocks = set(re.findall(r"{%-? block (\w+)", text + source("parts/item.html")))
    for block in re.sub(r"\([^)]*\)", "", promised[1]).replace("\n", " ").split(","):
        assert block.strip() in blocks, block


@for_each("name", TEMPLATES)
def test_a_template_sees_its_record_and_nothing_else(environment, name):
    """What a page shows must be in its digest."""
    tree = environment.parse(source(name))
    named, above = named_in(tree), tree
    while parent := above.find(nodes.Extends):
        above = environment.parse(source(parent.template.value))
        named |= named_in(above)

    assert find_undeclared_variables(tree) <= GIVEN | named


@for_each("name", TEMPLATES)
def test_no_template_carries_style_script_or_handlers(name):
    """The hub's security policy allows files of its own and nothing inline."""
    text = re.sub(r"{#.*?#}", "", source(name), flags=re.DOTALL)

    assert not re.search(r"<style|\sstyle=", text)
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text)
    assert not re.search(r"javascript:", text, re.IGNORECASE)
    # Linked data is no script: a browser never runs a block of another type (HTML, 4.12.1).
    data = '<script type="application/ld+json">{{ page.linked | safe }}</script>'
    assert text.count(data) == (name == "parts/sharing.html")
    for script in re.findall(r"<script\b.*?>.*?</script>", text.replace(data, ""), re.DOTALL):
        assert re.fullmatch(r'<script (type="module" )?(blocking="render" )?src="{{ shell\.base }}theme/[a-z]+\.js"></script>', script)


@for_each("name", TEMPLATES)
def test_no_page_asks_anyone_else_for_anything(name):
    text = source(name)

    for address in re.findall(r"""(?:src|srcset|action|data)="(https?:|//)""", text):
        pytest.fail(address)
    assert not re.search(r"<link\b[^>]*https?:[^>]*>", text)


def test_the_style_sheet_asks_nobody_for_anything():
    assert not re.search(r"@import|url\(", STYLE)


@for_each("name", TEMPLATES)
def test_bodies_alone_are_passed_unescaped(name):
    for expression in re.findall(r"{{([^}]*)\| safe", source(name)):
        assert expression.strip() in {"view.body", "one.html", "page.linked", "paths[name]", "drawings[name]"}, expression


# Words


def said_by_templates() -> dict[str, str]:
    """Return every text that a page or a letter says, with where."""
    found = {}
    for file in [*(THEME / "templates").rglob("*.html"), *(THEME / "mail").rglob("*")]:
        if file.is_file():
            for match in CALL.finditer(file.read_text(encoding="utf-8")):
                found[match[2]] = file.name
    return found


def trees() -> list[tuple[str, ast.Module]]:
    files = sorted((ROOT / "src" / "handbill" / "outputs").rglob("*.py"))
    return [(file.name, ast.parse(file.read_text(encoding="utf-8"))) for file in files]


def said_by_code() -> dict[str, str]:
    """Return every text that outputs hand to the words of a language, with where."""
    found = {}
    for name, tree in trees():
        for call in (one for one in ast.walk(tree) if isinstance(one, ast.Call) and one.args):
            # words("…"), words.count("…"), self._say("…") and say[lang]("…").
            called = call.func
            if isinstance(called, ast.Subscript) or (isinstance(called, ast.Attribute) and called.attr == "count"):
                called = called.value
            speaker = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            first = call.args[0]
            speaks = speaker in {"words", "say", "_say"} or (speaker == "self" and name == "words.py")
            if speaks and isinstance(first, ast.Constant) and isinstance(first.value, str):
                found[first.value] = name
    return found


def headings_in_code() -> dict[str, str]:
    return dict.fromkeys(HEADINGS.values(), "subscriptions.py")


def test_texts_are_found_where_they_are_said():
    """If the search found nothing, the tests below would pass for ever."""
    assert len(said_by_templates()) > 100
    assert {"midnight", "Agenda", "Page not found", "one day left"} <= said_by_code().keys()


def test_every_text_is_said_in_french(french):
    texts = said_by_templates() | said_by_code() | headings_in_code()
    missing = {text: where for text, where in texts.items() if text not in french}

    assert not missing


def test_every_translation_says_something(french):
    empty = [key for key, message in french.items() if not all(message.string if isinstance(message.string, tuple) else [message.string])]

    assert not empty
    assert not [key for key, message in french.items() if message.fuzzy]


def test_no_translation_is_left_over(french):
    """A text that nobody says any more only keeps translators busy."""
    strings = {one.value for _, tree in trees() for one in ast.walk(tree) if isinstance(one, ast.Constant) and isinstance(one.value, str)}
    left_over = french.keys() - said_by_templates().keys() - strings

    assert not left_over


def test_every_translation_keeps_the_names_to_fill_in(french):
    for key, message in french.items():
        original = message.id[-1] if isinstance(message.id, tuple) else message.id
        for translated in message.string if isinstance(message.string, tuple) else [message.string]:
            assert set(re.findall(r"{\w+}", translated)) <= set(re.findall(r"{\w+}", original)), key
        if not isinstance(message.id, tuple):
            assert set(re.findall(r"{\w+}", message.string)) == set(re.findall(r"{\w+}", key)), key


def test_no_french_line_can_begin_with_its_punctuation(french):
    for message in french.values():
        for translated in message.string if isinstance(message.string, tuple) else [message.string]:
            assert not re.search(r" [:;?!»]|« ", translated), translated


# Colours


@for_each("scheme", ["light", "dark"])
@for_each("ink", [*INKS, "accent"])
@for_each("ground", GROUNDS)
def test_every_text_colour_can_be_read_on_every_ground(scheme, ink, ground):
    colours = TOKENS[scheme]

    assert contrast(colours[ink], colours[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_on_the_accent_can_be_read(scheme):
    """Leaves and buttons stand in the colour of the paper on the accent."""
    colours = TOKENS[scheme]

    assert contrast(colours["paper"], colours["accent"]) >= 4.5
    assert contrast(colours["paper"], colours["ink"]) >= 7


def test_dark_is_a_scheme_of_its_own():
    assert all(TOKENS["light"][name] != TOKENS["dark"][name] for name in (*INKS, *GROUNDS, "rule", "accent"))


def test_colours_are_named_once():
    """A colour written into a rule would not follow the scheme, nor the community's choice."""
    rules = re.sub(r":root \{.*?\}", "", PARTS, flags=re.DOTALL)

    assert not re.search(r"#[0-9a-fA-F]{3,8}\b(?=[;\s,)])", rules.replace("color: #000;", ""))


def test_the_style_sheet_stays_light():
    assert len(gzip.compress(STYLE.encode("utf-8"), 9)) <= 12 * 1024
