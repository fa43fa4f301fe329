"""Texts that editors write: front matter, Markdown, settings, and what is drawn from them of paths."""

from __future__ import annotations

import re
import tomllib

from fuzz.room import as_file
from fuzz.targets import cleaner, drafts, front_matter, links
from fuzz.targets import settings as settings_target
from hypothesis import strategies as st
from tests.hostile.properties.drawn import LINE, MEANT, TEXT, WORDS, joined
from tests.hostile.properties.holding import holds

from handbill.hub.address import name_of, output_path, slug_of
from handbill.hub.clean import FORBIDDEN
from handbill.hub.nodes import Desk, Scalar
from handbill.hub.types import FileName, HubAddress, Link, Slug
from handbill.hub.typography import typeset
from handbill.hub.written import block
from handbill.kinds import KINDS
from handbill.reading.draft import Terms
from handbill.reading.drafting import read_draft
from handbill.settings import settings_or_problems

FIELDS = sorted({field.name for kind in KINDS for field in kind.all_fields})

_VALUE = st.one_of(
    TEXT,
    st.sampled_from((
        "2026-05-01", "2026-05-01 18:00", "[a, b]", "{name: Halle, city: Pau}", "{rule: FREQ=WEEKLY;COUNT=3}", "[{on: 2026-05-08, status: cancelled}]", "true", "3", "[/vieux/]",
        "[[a]]", "{a: {b: {c: {d: 1}}}}", "|\n  un\n  deux", ">-\n  un", "&a x", "*a", "!!str x", "~", "'a''b'", '"\\u00e9\\x02"', "- a\n- b",
    )),
)  # fmt: skip
_FRONT = st.lists(st.tuples(st.one_of(st.sampled_from(FIELDS), LINE), _VALUE), max_size=8).map(lambda rows: "\n".join(f"{key}: {value}" for key, value in rows))  # fmt: skip
_MARKDOWN = joined(
    TEXT,
    st.sampled_from((
        "# Titre", "- un\n- deux", "1. un", "> dit", "```py\ncode\n```", "    code", "| a | b |\n| - | - |\n| c | d |", "[x](a.md)", "![x](a.png)", "[x]: b.md", "[^1]: note", "> [!NOTE]\n> x",
        "!!! note\n    x", "<div>\n", "</div>", "***", "**a", "*[HTML]: x", "{: .x}", "Terme\n: sens", "- [ ] à faire", "::: x", "<details><summary>x</summary>", "a  \nb", "https://a.example/?b=c",
    )),
    between="\n\n",
)  # fmt: skip


@holds(
    raw=st.one_of(
        st.binary(max_size=200), st.tuples(_FRONT, TEXT).map(lambda one: f"---\n{one[0]}\n---\n{one[1]}".encode()), TEXT.map(str.encode)
    )
)
def front_matter_is_read_or_refused(raw: bytes) -> None:
    front_matter.one(raw)


@holds(head=st.integers(0, 255), front=_FRONT, body=_MARKDOWN)
def a_file_of_any_kind_is_a_draft_or_has_problems(head: int, front: str, body: str) -> None:
    drafts.one(bytes([head]) + f"---\ntitle: x\ndate: 2026-05-01\n{front}\n---\n\n{body}\n".encode())


@holds(head=st.integers(0, 255), body=_MARKDOWN)
def what_is_known_letter_for_letter_is_as_the_cleaner_writes_it(head: int, body: str) -> None:
    cleaner.one(bytes([head]) + body.encode())


@holds(title=LINE, lang=st.sampled_from(("fr", "en", "de")))
def any_title_is_read_as_it_was_written_or_refused(title: str, lang: str) -> None:
    front = "\n".join([*block("title", title, is_text=True), "date: 2026-05-01", f"lang: {lang}"])
    draft, problems = read_draft(
        "content/posts/a.md",
        f"---\n{front}\n---\n\nTexte.\n".encode(),
        KINDS[0],
        Terms("github", "UTC", ("fr", "en", "de"), 1 << 20, typography=False),
    )
    if draft is None or draft.is_broken:
        assert problems
    else:
        assert " ".join(title.split()) == " ".join(draft.values["title"].split())


@holds(text=TEXT)
def a_slug_is_the_same_when_made_again(text: str) -> None:
    slug = slug_of(text)

    assert re.fullmatch(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*)?", slug)
    assert slug == slug_of(slug)


@holds(text=TEXT, lang=st.sampled_from(("fr", "en")))
def typography_set_twice_is_set_once(text: str, lang: str) -> None:
    once = typeset(text, lang)

    assert once == typeset(once, lang)


_PATH = joined(st.sampled_from(("..", ".", "", "a", "posts", "%2e%2e", "..\\", "C:", "con", "é", "e\u0301", "．．", "\x00", "~", " ", "a.md", "index.html", "-", "_headers", "\ud800")), st.sampled_from(MEANT), WORDS, between="/", most=6)  # fmt: skip


@holds(path=_PATH)
def a_path_in_a_field_lies_within_the_hub_or_is_refused(path: str) -> None:
    for kind in (HubAddress(), FileName(), Slug(), Link()):
        desk = Desk("a.md", "UTC")
        found = kind.read(Scalar(path, True, 1, 1, len(path)), "field", desk)
        assert (found is None) == desk.has_errors
        if found is None or isinstance(kind, Link):
            continue
        inside = output_path(found)
        assert not inside.startswith("/")
        assert not {"", ".", ".."} & set(inside.split("/"))
        assert inside.isascii()
        assert not re.search(r"[\x00-\x20\x7f\\%:?#]", inside)


@holds(path=_PATH)
def a_link_leads_into_the_hub_or_nowhere(path: str) -> None:
    links.one(path.encode("utf-8", "surrogatepass"))


@holds(folder=_PATH, name=TEXT)
def the_name_of_a_file_gives_one_part_of_an_address(folder: str, name: str) -> None:
    bare, lang = name_of(f"content/posts/{folder}/{name}.md", ("fr", "en"))

    assert "/" not in slug_of(bare)
    assert lang in (None, "fr", "en")


_KEYS = st.sampled_from(("[hub]", "[look]", "[mail]", "[letters.main]", "[sections.posts]", "[[proofing.avoid]]", "[sending]", "[calendars]", "[addresses]", "name", "base_url", "lang", "languages", "timezone", "posts", "gone", "accent", "all", "term"))  # fmt: skip
_TOML = st.one_of(TEXT.map(lambda text: f"'{text}'"), st.sampled_from(('"x"', "1", "true", "[1, 2]", "{ a = 1 }", "'''\nx'''", "2026-05-01", "1e9", "inf", "[[", "0x1F", '["fr", "en"]', '"https://a.example/"')))  # fmt: skip


@holds(rows=st.lists(st.one_of(_KEYS, st.tuples(st.one_of(_KEYS, LINE), _TOML).map(" = ".join)), max_size=12))
def settings_are_read_or_refused(rows: list[str]) -> None:
    settings_target.one("\n".join(rows).encode())


@holds(name=LINE)
def a_name_in_the_settings_is_that_of_the_hub(name: str) -> None:
    written = "".join(f"\\U{ord(sign):08X}" for sign in name)
    file = as_file("hub.toml", f'[hub]\nname = "{written}"\nbase_url = "https://a.example/"\nlang = "de"\ntypography = false\n'.encode())
    assert name == tomllib.loads(file.read_text())["hub"]["name"]

    settings, problems = settings_or_problems(file.parent)

    assert settings is not None
    if not any(one.field.endswith("name") for one in problems):
        assert FORBIDDEN.sub("", name) == settings.name
