"""The schemas for editor programs are good ones, and say what the reader says."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator
from tests.cases import for_each

from handbill.authoring.schemas import hub_schema, kind_schema, schemas
from handbill.errors import ContentProblems, Level
from handbill.hub.fields import Desk, Field, Integer, Listing, Node, Scalar, Table, read_table
from handbill.kinds import KINDS
from handbill.reading.draft import Terms
from handbill.reading.drafting import read_draft
from handbill.reading.files import decode, split
from handbill.settings import read_settings
from handbill.settings_fields import COMMUNITY
from handbill.telling import LANGUAGES

REPOSITORY = Path(__file__).resolve().parents[2]
VILLAGE = REPOSITORY / "tests" / "sites" / "village"
TERMS = Terms("github", "Europe/Paris", ("fr", "en"), 1024 * 1024)
KIND = {kind.name: kind for kind in KINDS}

#: The hub in this repository is French, and so are the explanations in its schemas.
LANG = tomllib.loads((REPOSITORY / "hub.toml").read_text(encoding="utf-8"))["hub"]["lang"]


def core(node: Node) -> Any:
    """Return what a parser of YAML 1.2 makes of a node (core schema, 10.3.2): numbers, truths, nothing, else text."""
    if isinstance(node, Listing):
        return [core(one) for one in node.items]
    if isinstance(node, Table):
        return {key.text: core(one) for key, one in node.pairs}
    if not node.plain:
        return node.text
    if node.text in ("", "~", "null", "Null", "NULL"):
        return None
    if node.text in ("true", "True", "TRUE", "false", "False", "FALSE"):
        return node.text.lower() == "true"
    if re.fullmatch(r"[-+]?[0-9]+", node.text):
        return int(node.text)
    if re.fullmatch(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", node.text):
        return float(node.text)
    return node.text


def front_of(text: str) -> Table:
    desk = Desk("x.md", "Europe/Paris")
    parsed = split(text, desk)
    assert parsed is not None, desk.problems
    return parsed[0]


def faults(schema: dict[str, Any], value: Any) -> list[str]:
    return [f"{one.json_path}: {one.message}" for one in Draft7Validator(schema).iter_errors(value)]


@pytest.mark.parametrize("name", schemas(KINDS, LANG))
def test_a_schema_is_up_to_date(name, refresh):
    """``python3 build.py test --refresh`` writes them."""
    expected, file = schemas(KINDS, LANG)[name], REPOSITORY / name
    if refresh:
        file.parent.mkdir(exist_ok=True)
        file.write_text(expected, encoding="utf-8", newline="\n")

    assert expected == file.read_text(encoding="utf-8")


def test_there_is_no_schema_of_a_kind_that_is_gone():
    """An editor program would go on explaining it."""
    assert set(schemas(KINDS, LANG)) == {f"schemas/{file.name}" for file in (REPOSITORY / "schemas").iterdir()}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", schemas(KINDS, "en"))
def test_a_schema_is_one_of_draft_07(name, lang):
    """Editor programs pass over in silence what they do not understand."""
    Draft7Validator.check_schema(json.loads(schemas(KINDS, lang)[name]))


def test_a_pattern_is_one_of_javascript():
    """Editor programs read it with the flag for Unicode, under which a needless backslash is an error."""
    text = "".join(schemas(KINDS, "en").values())
    patterns = {json.loads(f'"{found}"') for found in re.findall(r'"pattern": "((?:[^"\\]|\\.)*)"', text)}

    assert len(patterns) > 10
    assert [] == [one for one in patterns if re.search(r"\\[^\\dDwWsS.^$*+?()\[\]{}|/trn]", one)]


def items() -> list[Any]:
    found = []
    for root in (REPOSITORY, VILLAGE):
        for kind in KINDS:
            files = (file for file in sorted((root / kind.folder).rglob("*.md")) if "archive" not in file.parts)
            found += [pytest.param(kind, file, id=f"{root.name}/{file.relative_to(root).as_posix()}") for file in files]
    return found


@for_each(("kind", "file"), items())
def test_every_file_of_a_real_hub_is_valid(kind, file):
    """A red line under what everybody may write teaches people to ignore red lines."""
    text = decode(file.read_bytes(), Desk("x.md", "Europe/Paris"))
    assert text is not None

    assert [] == faults(kind_schema(kind, "en"), core(front_of(text)))


@pytest.mark.parametrize("root", [REPOSITORY, VILLAGE], ids=lambda root: root.name)
def test_the_settings_of_a_real_hub_are_valid(root):
    """The same for hub.toml."""
    assert [] == faults(hub_schema("en"), tomllib.loads((root / "hub.toml").read_text(encoding="utf-8")))


EVENT = "title: A\nstarts: 2026-05-01\norganisers: [ada]\nvenue: {name: Q}\n"
CONTEST = "title: A\nmechanism: jury\nopens: 2026-05-01\ncloses: 2026-06-01\nenter: Mail\norganiser: Us\nprizes: [{name: Book}]\n"

#: Kind, front matter, and whether it is right.  The reader and the schema must both say so.
CASES = [
    ("post", "title: A", True),
    ("post", "title: 2026", True),
    ("post", "title: 1.10", True),
    ("post", "title: yes", True),
    ("post", "title: true", True),
    ("post", 'title: ""', False),
    ("post", 'title: "  "', False),
    ("post", "title:", False),
    ("post", "title: ~", False),
    ("post", "title: [a]", False),
    ("post", "title: {a: b}", False),
    ("post", "summary: A", False),
    ("post", f"title: {'x' * 200}", True),
    ("post", f"title: {'x' * 201}", False),
    ("post", "title: A\ntitel: B", False),
    ("post", "title: A\ndate: 2026-05-01", True),
    ("post", "title: A\ndate: 2026-05-01 18:30", True),
    ("post", "title: A\ndate: 2026-05-01T18:30:00", True),
    ("post", "title: A\ndate: 2026-05", False),
    ("post", "title: A\ndate: 01/05/2026", False),
    ("post", "title: A\ndate: 2026-13-01", False),
    ("post", "title: A\ndate: 2026-05-32", False),
    ("post", "title: A\ndate: 2026-05-01 24:00", False),
    ("post", "title: A\ndate: 2026-05-01 18:30+02:00", True),
    ("post", "title: A\ndate: 2026-05-01 18:30+2", False),
    ("post", "title: A\ndate: 20260501", False),
    ("post", "title: A\ntags: bois", True),
    ("post", "title: A\ntags: [bois, 2026, true]", True),
    ("post", "title: A\ntags: []", True),
    ("post", 'title: A\ntags: [""]', False),
    ("post", "title: A\ntags: [[bois]]", False),
    ("post", "title: A\ntags: {a: b}", False),
    ("post", f"title: A\ntags: [{', '.join('x' * n for n in range(1, 60))}]", True),
    ("post", f"title: A\ntags: [{', '.join(['x'] * 201)}]", False),
    ("post", "title: A\nslug: grille-pain", True),
    ("post", "title: A\nslug: Grille-Pain", False),
    ("post", "title: A\nslug: grille--pain", False),
    ("post", "title: A\nslug: été", False),
    ("post", "title: A\naliases: [/blog/a/, /b]", True),
    ("post", "title: A\naliases: [blog/a/]", False),
    ("post", "title: A\naliases: [/../a/]", False),
    ("post", "title: A\ndraft: true", True),
    ("post", "title: A\ndraft: True", True),
    ("post", 'title: A\ndraft: "false"', True),
    ("post", "title: A\ndraft: yes", False),
    ("post", "title: A\ndraft: 1", False),
    ("post", 'title: A\npicture: a.png\npicture_alt: ""', True),
    ("page", "title: A\nmenu: footer\norder: 10", True),
    ("page", 'title: A\norder: "10"', True),
    ("page", "title: A\norder: 1001", False),
    ("page", "title: A\norder: -1", False),
    ("page", "title: A\norder: 1.5", False),
    ("page", "title: A\norder: ten", False),
    ("page", "title: A\nmenu: top", False),
    ("event", EVENT, True),
    ("event", EVENT + "capacity: 20\nmode: hybrid\ntimezone: Europe/Lisbon", True),
    ("event", EVENT + "timezone: Paris time", False),
    ("event", EVENT + "mode: both", False),
    ("event", EVENT + "join_url: https://visio.example/a", True),
    ("event", EVENT + "join_url: visio.example/a", False),
    ("event", EVENT + "join_url: https://me@visio.example/a", False),
    ("event", EVENT + "join_url: ftp://visio.example/a", False),
    ("event", EVENT + 'join_url: "https://visio.example/a b"', False),
    ("event", EVENT + "join_url: https:///a", False),
    ("event", EVENT + "registration: {url: https://a.example/, opens: 2026-04-01 09:00, full: true}", True),
    ("event", EVENT + "registration: {opens: 2026-04-01}", False),
    ("event", EVENT + "registration: https://a.example/", False),
    ("event", EVENT + "recurrence: {rule: FREQ=WEEKLY, except: 2026-05-08}", True),
    ("event", EVENT + "recurrence: {except: [2026-05-08]}", False),
    ("event", EVENT + "recurrence: {rule: FREQ=WEEKLY, changes: [{on: 2026-05-08, status: cancelled, note: Pluie}]}", True),
    ("event", EVENT + "recurrence: {rule: FREQ=WEEKLY, changes: {on: 2026-05-08, status: cancelled}}", True),
    ("event", EVENT + "recurrence: {rule: FREQ=WEEKLY, changes: [{on: 2026-05-08}]}", False),
    ("event", EVENT.replace("{name: Q}", "{name: Q, latitude: 44.85, longitude: -0.57}"), True),
    ("event", EVENT.replace("{name: Q}", '{name: Q, latitude: "44.85"}'), True),
    ("event", EVENT.replace("{name: Q}", "{name: Q, latitude: 91}"), False),
    ("event", EVENT.replace("{name: Q}", '{name: Q, latitude: "44,85"}'), False),
    ("event", EVENT.replace("{name: Q}", "{name: Q, postcode: 01000}"), True),
    ("event", EVENT.replace("{name: Q}", "{name: Q, town: B}"), False),
    ("event", EVENT.replace("{name: Q}", "{city: B}"), False),
    ("contest", CONTEST, True),
    ("contest", CONTEST.replace("[{name: Book}]", "{name: Book, quantity: 3}"), True),
    ("contest", CONTEST.replace("{name: Book}", "{name: Book, quantity: 0}"), False),
    ("contest", CONTEST.replace("[{name: Book}]", "Book"), False),
    ("contest", CONTEST.replace("jury", "vote"), False),
    ("contest", CONTEST.replace("{name: Book}", "{name: Book, unit_value: 12.50}"), True),
    ("contest", CONTEST.replace("{name: Book}", '{name: Book, unit_value: "12.50"}'), True),
    ("contest", CONTEST.replace("{name: Book}", "{name: Book, unit_value: 12 €}"), False),
    ("contest", CONTEST.replace("{name: Book}", "{name: Book, unit_value: -1}"), False),
    ("contest", CONTEST + "judging: {jurors: [a, b, c], criteria: [{name: Story, weight: 0.5}, {name: Light, weight: 0.5}]}", True),
    ("issue", "number: 12\nsubject: A\ndate: 2026-05-07", True),
    ("issue", 'number: "12"\nsubject: A\ndate: 2026-05-07\nsections: events', True),
    ("issue", "number: 12\nsubject: A\ndate: 2026-05-07\nsections: [events, people]", True),
    ("issue", "number: 12\nsubject: A\ndate: 2026-05-07\nsections: [news]", False),
    ("issue", "subject: A\ndate: 2026-05-07", False),
    ("issue", "number: 12\nsubject: A\ndate: 2026-05-07\nsince: 2026-04-01 10:00", False),
    ("person", "title: A\nlinks: [{label: Site, url: https://a.example/}]\nlisted: false", True),
    ("person", "title: A\nlinks: [{label: Site}]", False),
    ("person", "title: A\njoined: 2023-09-01 10:00", False),
]

#: Where the two part, because of what YAML parsers make of a value, or what a schema cannot know.
#: Kind, front matter, what the reader says, what the schema says.
PARTED = [
    # No schema knows the calendar, the list of time zones or the night on which clocks change.
    ("post", "title: A\ndate: 2026-02-30", False, True),
    ("event", EVENT + "timezone: Europe/Bordeaux", False, True),
    ("post", "title: A\ndate: 2026-03-29 02:30", False, True),
    ("post", "title: A\ndate: 2026-05-01 18:30Z", False, True),
    # An empty key is absent to the reader; an editor program asks for a value.
    ("post", "title: A\nsummary:", True, False),
    # A parser has made a number of it before the schema sees it.
    ("page", "title: A\norder: +10", False, True),
    ("page", "title: A\norder: 10.0", False, True),
    # In quotes a number is a text, whose size no schema can measure.
    ("page", 'title: A\norder: "1001"', False, True),
    # Runs of spaces count once.
    ("post", f"title: a{' ' * 250}b", True, False),
]


def reader_takes(kind: str, front: str) -> bool:
    _, problems = read_draft(f"{KIND[kind].folder}/x.md", f"---\n{front}\n---\n\nText.\n".encode(), KIND[kind], TERMS)
    return not any(one.level is Level.ERROR for one in problems)


def schema_takes(kind: str, front: str) -> bool:
    return not faults(kind_schema(KIND[kind], "en"), core(front_of(f"---\n{front}\n---\n")))


@for_each(("kind", "front", "good"), CASES)
def test_the_schema_and_the_reader_agree(kind, front, good):
    """What one takes and the other refuses makes people trust neither."""
    assert good is reader_takes(kind, front)
    assert good is schema_takes(kind, front)


@pytest.mark.parametrize(("kind", "front", "reader", "schema"), PARTED)
def test_where_they_part_is_known(kind, front, reader, schema):
    """Listed, so that nobody has to find out; ``check`` has the last word."""
    assert reader is reader_takes(kind, front)
    assert schema is schema_takes(kind, front)


TOML = [
    ('[hub]\nname = "A"\nbase_url = "https://a.example/"', True),
    ('[hub]\nname = "A"\nbase_url = "https://a.example/"\nlanguages = ["fr", "en"]\n[hub.en]\ntagline = "B"', True),
    ('[hub]\nname = "A"\nbase_url = "https://a.example/"\n[letters.main]\nname = "L"\n[feeds]\nentries = 5', True),
    ('[hub]\nname = "A"\nbase_url = "https://a.example/"\n[[proofing.avoid]]\nterm = "a"\ninstead = "b"', True),
    ('[hub]\nname = "A"', False),
    ('[hub]\nname = "A"\nbase_url = "https://a.example/"\nnmae = "B"', False),
    ('[hub]\nname = "A"\nbase_url = "https://a.example/"\n[letters.main]\ndescription = "L"', False),
    ('[hub]\nname = "A"\nbase_url = "https://a.example/"\n[look]\naccent = "red"', False),
    ('[hub]\nname = "A"\nbase_url = "https://a.example/"\n[feeds]\nentries = 0', False),
    ('[hub]\nname = "A"\nbase_url = "https://a.example/"\n[fedes]\nentries = 5', False),
    ('name = "A"', False),
]


@pytest.mark.parametrize(("text", "good"), TOML)
def test_the_schema_of_the_settings_and_their_reader_agree(text, good, tmp_path):
    """The same for hub.toml."""
    (tmp_path / "hub.toml").write_text(text, encoding="utf-8")
    try:
        taken = bool(read_settings(tmp_path))
    except ContentProblems:
        taken = False

    assert good is taken
    assert good is (not faults(hub_schema("en"), tomllib.loads(text)))


def test_no_key_of_the_community_looks_like_a_language():
    """A table such as [hub.en] is told from a key by its name alone."""
    (pattern,) = hub_schema("en")["properties"]["hub"]["patternProperties"]

    assert [] == [one.name for one in COMMUNITY if re.search(pattern, one.name)]
    assert re.search(pattern, "pt-BR")


def test_a_field_is_explained_in_the_language_of_the_hub():
    """A form half in English is a form that people leave."""
    told = {lang: kind_schema(KIND["event"], lang)["properties"]["status"] for lang in LANGUAGES}

    assert "How it stands; calendars and letters tell the change." == told["en"]["description"]
    assert told["en"]["description"] != told["fr"]["description"]
    assert len(told["fr"]["enum"]) == len(set(told["fr"]["enumDescriptions"]))
    assert "confirmed" == told["fr"]["default"]


def test_a_type_without_a_schema_is_a_fault_of_ours():
    """A new type of field must not become “anything goes” without anybody noticing."""

    class Odd:
        wanted = "something odd"

        def read(self, node: Node, name: str, desk: Desk) -> None:
            return None

    with pytest.raises(NotImplementedError, match="Odd"):
        kind_schema(replace(KIND["post"], fields=(Field("odd", Odd(), "odd"),)), "en")


def test_the_reader_in_these_tests_is_the_real_one():
    """A number in quotes is a number to it."""
    desk = Desk("x.md", "UTC")

    assert {"order": 10} == read_table(Table(((Scalar("order", True, 1, 1), Scalar("10", False, 1, 8)),), 1, 1), (Field("order", Integer(), ""),), desk)
