"""The handbook's files → a staged copy that MkDocs may see, and problems.  Knows nothing of how pages look.

MkDocs would run what an ``mkdocs.yml`` names (hooks, plugins, YAML tags),
publish any folder it names, and print a broken front matter on the page.  A
handbook can only be content, so all of that is refused here first.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from handbill.errors import Problem, Said, said
from handbill.listing import below
from handbill.outputs.planned import digest
from handbill.outputs.social import card_of
from handbill.outputs.theme import Theme
from handbill.settings import Settings

CONFIG = "mkdocs.yml"
PAGES = "handbook"
LOOK = "theme/handbook"

#: What an mkdocs.yml may say.  The rest runs programs, reads other files, or
#: is not understood by every engine that can build a handbook.
KEYS = frozenset({
    "site_name", "site_description", "copyright", "docs_dir", "theme", "plugins", "markdown_extensions", "nav", "extra_css",
    "extra", "exclude_docs", "not_in_nav", "validation", "use_directory_urls", "strict",
})  # fmt: skip
EXTENSIONS = frozenset({
    "abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "sane_lists", "tables", "toc", "pymdownx.betterem",
    "pymdownx.details", "pymdownx.highlight", "pymdownx.inlinehilite", "pymdownx.keys", "pymdownx.magiclink", "pymdownx.mark",
    "pymdownx.superfences", "pymdownx.tabbed", "pymdownx.tasklist", "pymdownx.tilde",
})  # fmt: skip
#: What may lie beside the pages, all of which is published as it is: what no browser runs when somebody opens it.
BESIDE = (
    ".png", ".jpg", ".jpeg", ".webp", ".gif", ".avif", ".css", ".woff2", ".pdf", ".txt", ".csv", ".mp4", ".webm", ".mp3", ".ogg",
    ".opus", ".vtt",
)  # fmt: skip
FRONT = frozenset({"title", "description", "lang", "hide", "titre", "level"})

# Runs in the handbook's own environment, whose YAML is the one MkDocs reads
# with; the safe loader makes plain values only and refuses every tag that would
# be more.
_READ_YAML = """
import json, sys, yaml
answers = {}
for name, text in json.load(sys.stdin).items():
    try:
        answers[name] = {"value": yaml.safe_load(text)}
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = [mark.line + 1, mark.column + 1] if mark else [1, 1]
        answers[name] = {"place": place, "found": str(getattr(error, "problem", None) or "no YAML")}
json.dump(answers, sys.stdout, default=str, skipkeys=True)
"""


def room() -> dict[str, str]:
    """Return the environment in which the handbook's programs run: nothing that could be a secret."""
    return {key: os.environ[key] for key in ("PATH", "SYSTEMROOT", "TEMP", "TMP") if key in os.environ}


@dataclass(frozen=True, slots=True)
class Sources:
    """All files of a handbook by their place in the staged copy, and what the build adds to its configuration."""

    files: Mapping[str, Path]
    config: str

    @property
    def key(self) -> str:
        """Return the digest of everything that decides the handbook's bytes, besides its engine."""
        contents = [(name, _bytes(file)) for name, file in self.files.items()]
        return digest(self.config, *[part for pair in contents for part in pair])

    def stage(self, folder: Path, parts: Mapping[str, str]) -> None:
        """Write the copy that MkDocs will build, with *parts* among its templates; nothing in it is a link to elsewhere."""
        for name, file in self.files.items():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.read_bytes())
        for name, html in parts.items():
            target = folder / LOOK / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(html, encoding="utf-8")
        (folder / "build.yml").write_text(self.config, encoding="utf-8")


def find_sources(settings: Settings) -> Sources:
    """Return the files of the hub's handbook, in order of their names; hidden ones are no part of it."""
    root, theme = settings.root, Theme(settings.root)
    files = {CONFIG: root / CONFIG}
    for file in sorted(below(root / PAGES)):
        name = file.relative_to(root).as_posix()
        if (file.is_file() or file.is_symlink()) and not any(part.startswith(".") for part in name.split("/")):
            files[name] = file
    files |= {f"{LOOK}/{name}": file for name, file in theme.files("handbook").items()}
    return Sources(files, _config(settings))


def _config(settings: Settings) -> str:
    """Return what the build adds to mkdocs.yml.  JSON is YAML, and quotes every text."""
    card = card_of(settings.home(settings.lang), settings.name, settings)
    hub = {
        "name": settings.name,
        "lang": settings.lang,
        "langs": list(settings.languages),
        "card": {"address": settings.origin + card.address, "width": card.width, "height": card.height} if card else {},
    }
    return json.dumps(
        {
            "INHERIT": CONFIG,
            "docs_dir": PAGES,
            "site_url": settings.absolute(f"/{PAGES}/"),
            "use_directory_urls": True,
            "theme": {"custom_dir": LOOK},
            "plugins": [],
            "hooks": [],
            "extra": {"hub": hub},
            "validation": {
                "nav": {"omitted_files": "warn", "not_found": "warn", "absolute_links": "warn"},
                "links": {"not_found": "warn", "absolute_links": "warn", "unrecognized_links": "warn", "anchors": "warn"},
            },
        },
        ensure_ascii=True,
        indent=1,
    )


def check_sources(sources: Sources, python: Path) -> list[Problem]:
    """Return the problems for which MkDocs must not be started; *python* is the handbook's own."""
    problems = [
        Problem(name, 0, 0, "", said("a symbolic link"), said("the file itself"), "HB122")
        for name, file in sources.files.items()
        if file.is_symlink()
    ]
    wanted_files = said("a page (.md), or one of: {endings}", endings=", ".join(BESIDE))
    problems += [
        Problem(name, 0, 0, "", said("a file of a sort that could run something (“{ending}”)", ending=file.suffix), wanted_files, "HB704")
        for name, file in sources.files.items()
        if name.startswith(f"{PAGES}/") and file.suffix.lower() not in (".md", *BESIDE)
    ]
    texts: dict[str, str] = {}
    for name, file in sources.files.items():
        if file.is_symlink() or not name.endswith((".md", ".yml")):
            continue
        try:
            text = file.read_bytes().decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n")
        except UnicodeDecodeError:
            problems.append(Problem(name, 0, 0, "", said("a file that is no UTF-8"), said("a text saved as UTF-8"), "HB102"))
            continue
        if name == CONFIG:
            texts[name] = text
        elif text.startswith("---"):
            front = re.match(r"---[ \t]*\n(.*?)^---[ \t]*$", text, re.DOTALL | re.MULTILINE)
            if front is None:
                wanted = said("a second line of three hyphens: ---")
                problems.append(Problem(name, 1, 1, "", said("a front matter without an end"), wanted, "HB701"))
            else:
                # A line before it, so that lines are counted as in the file.
                texts[name] = "\n" + front[1]
    for name, answer in _read_yaml(texts, python).items():
        if "found" in answer:
            line, column = answer["place"]
            code = "HB702" if name == CONFIG else "HB701"
            found = said("what YAML does not read ({reason})", reason=answer["found"])
            problems.append(Problem(name, line, column, "", found, said("keys and plain values"), code))
        elif name == CONFIG:
            problems += _check_config(answer["value"])
        else:
            problems += _check_front(name, answer["value"])
    return problems


def _read_yaml(texts: Mapping[str, str], python: Path) -> dict[str, dict[str, Any]]:
    done = subprocess.run(
        [str(python), "-I", "-c", _READ_YAML], input=json.dumps(texts), env=room(),
        capture_output=True, encoding="utf-8", check=False, timeout=60,
    )  # fmt: skip
    if done.returncode:
        # Only nesting beyond any use brings the reader down.
        return {CONFIG: {"place": [0, 0], "found": said("a front matter or mkdocs.yml nested too deeply")}}
    answers: dict[str, dict[str, Any]] = json.loads(done.stdout)
    return answers


def _check_front(name: str, value: Any) -> list[Problem]:
    if not isinstance(value, dict):
        return [Problem(name, 2, 1, "", said("a front matter without keys"), said("a key, a colon, a space and a value"), "HB701")]
    return [Problem(name, 1, 1, str(key), said("an unknown field"), _one_of(FRONT), "HB701") for key in value if key not in FRONT]


def _check_config(value: Any) -> list[Problem]:
    if not isinstance(value, dict):
        return [_odd("", said("no keys"), said("what handbook/developers/handbook.md shows"))]
    problems = [_odd(str(key), said("a key that the build does not take over"), _one_of(KEYS)) for key in value if key not in KEYS]
    theme = value.get("theme")
    theme = theme if isinstance(theme, dict) else {"name": theme}
    for key, found, wanted in (
        ("docs_dir", value.get("docs_dir"), PAGES),
        ("theme.custom_dir", theme.get("custom_dir"), LOOK),
        ("theme.font", theme.get("font"), False),
        ("plugins", value.get("plugins"), []),
    ):
        if found != wanted:
            problems.append(_odd(key, said("“{value}”", value=json.dumps(found)), said("“{value}”", value=json.dumps(wanted))))
    for one in value.get("markdown_extensions") or ():
        extension = next(iter(one), "") if isinstance(one, dict) else str(one)
        if extension not in EXTENSIONS:
            problems.append(_odd("markdown_extensions", said("“{value}”", value=extension), _one_of(EXTENSIONS)))
    return problems


def _one_of(words: Iterable[str]) -> Said:
    return said("one of: {words}", words=", ".join(sorted(words)))


def _odd(field: str, found: Said, wanted: Said) -> Problem:
    return Problem(CONFIG, 0, 0, field, found, wanted, "HB702")


def _bytes(file: Path) -> bytes:
    return str(file.readlink()).encode() if file.is_symlink() else file.read_bytes()
