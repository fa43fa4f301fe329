"""The tables of fields and settings → pages of the handbook, so that these cannot say what the code does not.

``python3 build.py test --refresh`` writes them; the tests fail while they differ.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from handbill.hub.fields import Flag, Group, Integer, Many, Type
from handbill.hub.kind import Kind
from handbill.hub.written import Value
from handbill.layout import THEME
from handbill.outputs.handbook_fields import NOTE, fields_page, table
from handbill.outputs.handbook_html import html_page
from handbill.outputs.handbook_problems import problems_page
from handbill.outputs.handbook_templates import templates_page
from handbill.settings_fields import TABLES


def pages(handbook: Path, kinds: Sequence[Kind]) -> dict[str, str]:
    """Return the text of every generated page by its path below *handbook*, whose decisions are listed."""
    return {
        "reference/fields.md": fields_page(kinds, "en"),
        "editors/champs.md": fields_page(kinds, "fr"),
        "reference/settings.md": settings_page(),
        "reference/html.md": html_page(),
        "reference/problems.md": problems_page(handbook),
        "reference/templates.md": templates_page(handbook.parent / THEME / "templates"),
        "decisions/index.md": decisions_page(handbook),
    }


def settings_page() -> str:
    """Return the page of all keys of hub.toml."""
    parts = [
        "---\ndescription: Every key of hub.toml\n---\n",
        NOTE,
        "# Settings\n",
        "The file `hub.toml` at the root of the repository, in [TOML](https://toml.io/). A star marks what must be there. "
        "An unknown key is refused.\n",
    ]
    for name, about, fields in TABLES:
        parts += [f"## `[{name}]`\n", f"{about}\n", table(fields, "en", in_toml)]
    return "\n".join(parts)


def in_toml(value: Value, kind: Type) -> str:
    """Return a value as hub.toml writes it."""
    inner = kind.of if isinstance(kind, Many) else kind
    if isinstance(value, str):
        return value if isinstance(inner, (Integer, Flag)) else json.dumps(value, ensure_ascii=False)
    if isinstance(value, Mapping):
        kinds = {one.name: one.type for one in inner.fields} if isinstance(inner, Group) else {}
        return "{ " + ", ".join(f"{key} = {in_toml(one, kinds[key])}" for key, one in value.items()) + " }"
    return "[" + ", ".join(in_toml(one, inner) for one in value) + "]"


def decisions_page(handbook: Path) -> str:
    """Return the list of decisions: number, title, address."""
    lines = []
    for file in sorted((handbook / "decisions").glob("[0-9]*.md")):
        found = re.search(r"^# (.+)$", file.read_text(encoding="utf-8"), re.MULTILINE)
        lines.append(f"- [{found[1] if found else file.stem}]({file.name})")
    return "\n".join([
        "---\ndescription: Why things are as they are\n---\n",
        NOTE,
        "# Decisions\n",
        "Each page holds one question, what was chosen, and what was turned down and why. A decision is never edited afterwards; "
        "a new one takes its place and says so.\n",
        *lines,
        "",
    ])  # fmt: skip
