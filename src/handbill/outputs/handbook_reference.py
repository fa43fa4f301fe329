"""The tables of fields and settings → pages of the handbook, so that these cannot say what the code does not.

``python3 build.py test --refresh`` writes them; the tests fail while they differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from handbill import settings
from handbill.hub.fields import Field, Group, Many, Type
from handbill.hub.kind import COMMON, Kind
from handbill.outputs.handbook_problems import problems_page

#: The tables of hub.toml, in the order in which one writes them.
TABLES: tuple[tuple[str, str, Sequence[Field]], ...] = (
    ("hub", "The community itself.", settings.COMMUNITY),
    ("hub.<language>", "Texts in one of the `languages`, such as `[hub.en]`; what is left out is taken from `[hub]`.", settings.TEXTS),
    ("look", "Colours, written like `#b5451f`.", settings.LOOK),
    ("mail", "What every letter carries. Without a `sender` letters are pages of the site only; no mail is made.", settings.MAIL),
    (
        "letters.<name>",
        "One table for each letter to subscribe to; an issue belongs to `main` unless its file names another.",
        settings.LETTER,
    ),
    ("addresses", "The words in addresses: lower-case letters, digits, hyphens; each word once.", settings.ADDRESSES),
    ("feeds", "How much a feed holds.", settings.FEEDS),
    ("proofing", "How texts are proof-read: what may be public, and which terms to avoid.", settings.PROOFING),
    ("pictures", "How `fix images` prepares pictures.", settings.PICTURES),
    ("budget", "What one file may cost.", settings.BUDGET),
)

_NOTE = "<!-- Written from the code by `python3 build.py test --refresh`; change the code instead. -->\n"


def pages(handbook: Path, kinds: Sequence[Kind]) -> dict[str, str]:
    """Return the text of every generated page by its path below *handbook*, whose decisions are listed."""
    return {
        "reference/fields.md": fields_page(kinds),
        "reference/settings.md": settings_page(),
        "reference/problems.md": problems_page(handbook),
        "decisions/index.md": decisions_page(handbook),
    }


def fields_page(kinds: Sequence[Kind]) -> str:
    """Return the page of all fields of all kinds."""
    parts = [
        "---\ndescription: Every field of the front matter of every kind of file\n---\n",
        _NOTE,
        "# Fields\n",
        "What can stand between the two lines `---` at the top of a file. A star marks what must be there. A dot means a key below "
        "a key, `[]` an entry of a list. A field that is not listed here is refused, with the nearest name as a hint.\n",
        "Values are read as text, and the field decides the type: `18:30`, `NO` and `1.10` are safe without quotes. A text that contains "
        "a colon and a space, or ` #`, needs quotes.\n",
        "## Every kind\n",
        _table(COMMON),
    ]
    for kind in kinds:
        parts += [f"## {kind.name}\n", f"Files in `{kind.folder}/`. {_said(kind)}\n"]
        if kind.fields:
            parts.append(_table(kind.fields))
    return "\n".join(parts)


def _said(kind: Kind) -> str:
    common = {one.name for one in COMMON}
    own = [one.name for one in kind.fields if one.name in common]
    dated = "It is dated, so it is in feeds." if kind.is_dated else "It is not dated, so it is in no feed."
    more = "It has the fields of every kind" + (", and these:" if kind.fields else ", and no more.")
    replaced = f" {', '.join(f'`{name}`' for name in own)} {'is' if len(own) == 1 else 'are'} read as said here." if own else ""
    return f"{dated} {more}{replaced}"


def settings_page() -> str:
    """Return the page of all keys of hub.toml."""
    parts = [
        "---\ndescription: Every key of hub.toml\n---\n",
        _NOTE,
        "# Settings\n",
        "The file `hub.toml` at the root of the repository, in [TOML](https://toml.io/). A star marks what must be there. "
        "An unknown key is refused.\n",
    ]
    for name, about, fields in TABLES:
        parts += [f"## `[{name}]`\n", f"{about}\n", _table(fields)]
    return "\n".join(parts)


def decisions_page(handbook: Path) -> str:
    """Return the list of decisions: number, title, address."""
    lines = []
    for file in sorted((handbook / "decisions").glob("[0-9]*.md")):
        found = re.search(r"^# (.+)$", file.read_text(encoding="utf-8"), re.MULTILINE)
        lines.append(f"- [{found[1] if found else file.stem}]({file.name})")
    return "\n".join([
        "---\ndescription: Why things are as they are\n---\n",
        _NOTE,
        "# Decisions\n",
        "Each page holds one question, what was chosen, and what was turned down and why. A decision is never edited afterwards; "
        "a new one takes its place and says so.\n",
        *lines,
        "",
    ])  # fmt: skip


def _table(fields: Sequence[Field]) -> str:
    lines = ["| field | what it does, and how it is written |", "| --- | --- |"]
    for name, one in _rows(fields, ""):
        star = " ★" if one.required else ""
        example = f": `{one.example}`" if one.example else ""
        told = f"{escape(one.does, quote=False)}{_default(one)}<br><small>{_written(one.type)}{example}</small>"
        lines.append(f"| `{name}`{star} | {told.replace('|', chr(92) + '|')} |")
    return "\n".join(lines) + "\n"


def _rows(fields: Sequence[Field], before: str) -> Iterator[tuple[str, Field]]:
    for one in fields:
        yield before + one.name, one
        if isinstance(one.type, Group):
            yield from _rows(one.type.fields, f"{before}{one.name}.")
        elif isinstance(one.type, Many) and isinstance(one.type.of, Group):
            yield from _rows(one.type.of.fields, f"{before}{one.name}[].")


def _written(kind: Type) -> str:
    if isinstance(kind, Group):
        return "keys, below"
    if isinstance(kind, Many) and isinstance(kind.of, Group):
        return "a list of keys, below"
    return kind.wanted


def _default(one: Field) -> str:
    if one.default in (None, "", (), {}, False) or "default" in one.does:
        return ""
    shown = ", ".join(one.default) if isinstance(one.default, tuple) else str(one.default).lower() if one.default is True else one.default
    return f"; default: `{shown}`"
