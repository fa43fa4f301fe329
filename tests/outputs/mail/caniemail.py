"""HTML of a mail → the features that it uses, by the names of caniemail.com; and what its table says of them.

The table is that of the npm package ``caniemail``, read as it is: the package's
own checker refuses what was never tested, and wants a newer Node.
"""

from __future__ import annotations

import json
import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from tests.browser.driving import node_tool

#: The mail programs that most members have, French ones among them: family and platform.
CORE = (
    *(("apple-mail", one) for one in ("macos", "ios")),
    *(("gmail", one) for one in ("desktop-webmail", "ios", "android", "mobile-webmail")),
    *(("outlook", one) for one in ("windows", "windows-mail", "macos", "outlook-com", "ios", "android")),
    *(("yahoo", one) for one in ("desktop-webmail", "ios", "android")),
    *(("orange", one) for one in ("desktop-webmail", "ios", "android")),
    *(("sfr", one) for one in ("desktop-webmail", "ios", "android")),
    *(("protonmail", one) for one in ("desktop-webmail", "ios", "android")),
    ("samsung-email", "android"),
    ("thunderbird", "macos"),
    ("laposte", "desktop-webmail"),
    ("free-fr", "desktop-webmail"),
)

_OUTLOOK = re.compile(r"<!--\[if .*?<!\[endif\]-->", re.DOTALL)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SHORTHANDS = ("margin", "padding", "border", "font", "background", "list-style", "text-decoration", "outline")
#: Elements that stand under another name in the table; those that are in none need no support.
_ELEMENTS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "html-h1-h6"),
    **dict.fromkeys(("ul", "ol", "li", "dl"), "html-lists"),
    **dict.fromkeys(("article", "aside", "figcaption", "figure", "footer", "header", "main", "nav", "section", "time", "mark", "details", "summary"), "html-semantics"),
    "s": "html-strike", "b": "html-strong", "a": "",
}  # fmt: skip


@cache
def table() -> dict[str, dict]:
    """Return the features by their names."""
    file = node_tool("caniemail/data/caniemail.json")
    if not file:
        pytest.skip("needs caniemail in NODE_PATH: npm install caniemail, then NODE_PATH=…/node_modules")
    return {one["slug"]: one for one in json.loads(Path(file).read_text(encoding="utf-8"))["data"]}


def support(feature: str, family: str, platform: str) -> str:
    """Return what the newest version of a program makes of a feature: y, a (in part), n, or u where nobody tried."""
    versions = table()[feature]["stats"].get(family, {}).get(platform, {})
    # They stand in the order in which they were tried.
    return list(versions.values())[-1].split()[0] if versions else "u"


def used(html: str) -> tuple[set[str], set[str]]:
    """Return the features that a mail is made of, and those that only its style sheets use, outside of what only Outlook reads.

    A program that knows no style sheets leaves them out whole, and so all that is in them.
    """
    seen = _Seen(_OUTLOOK.sub("", html))
    found = seen.features | {"html-doctype", "html-comments"}
    for declarations in seen.inline:
        found |= _of_declarations(declarations)
    sheets = set[str]().union(*map(_of_sheet, seen.styles))
    known = set(table())
    return found & known, sheets & known - found


DARK = "css-at-media-prefers-color-scheme"


def in_the_dark() -> dict[frozenset[str], tuple[str, str]]:
    """Return one program for each set of what programs with dark colours do not know of style sheets."""
    parts = [one for one in table() if one.startswith(("css-selector-", "css-pseudo-", "css-important"))]
    dark = [program for program in CORE if support(DARK, *program) in ("y", "a")]
    return {frozenset(part for part in parts if support(part, *program) == "n"): program for program in reversed(dark)}


def as_read_by(unknown: frozenset[str], html: str) -> str:
    """Return a mail without the rules that a program leaves out: those with a selector, or declarations, that it does not know.

    As in every browser, a selector that is not known takes its whole rule with it.
    """

    def kept(rule: re.Match[str]) -> str:
        selector, declarations = rule[1], rule[2]
        if _of_selector(selector) & unknown:
            return ""
        if "css-important" in unknown:
            declarations = ";".join(one for one in declarations.split(";") if "!important" not in one)
        return f"{selector}{{{declarations}}}"

    def sheet(found: re.Match[str]) -> str:
        rules = re.sub(r"/\*.*?\*/", "", found[2], flags=re.DOTALL)
        # The part of a rule of media that stands before its first inner rule is no selector.
        return found[1] + re.sub(r"(@[^{}]*\{)|([^{}@]+)\{([^{}]*)\}", lambda one: one[1] or kept(_RULE.match(one[0])), rules) + found[3]

    return re.sub(r"(<style\b[^>]*>)(.*?)(</style>)", sheet, _OUTLOOK.sub("", html), flags=re.DOTALL)


class _Seen(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.features: set[str] = set()
        self.styles: list[str] = []
        self.inline: list[str] = []
        self._is_style = False
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self._is_style = tag == "style"
        self.features.add(_ELEMENTS.get(tag, f"html-{tag}"))
        for name, value in attributes:
            value = value or ""
            self.features.add(f"html-{name}")
            if name == "style":
                self.inline.append(value)
            elif name == "href":
                self.features |= {"html-anchor-links"} if value.startswith("#") else set()
                self.features |= {"html-mailto-links"} if value.startswith("mailto:") else set()
            elif name == "src":
                self.features.add("image-" + value.rpartition(".")[2].replace("jpeg", "jpg"))
            elif tag == "meta" and value == "color-scheme":
                self.features.add("html-meta-color-scheme")

    def handle_endtag(self, tag: str) -> None:
        self._is_style = self._is_style and tag != "style"

    def handle_data(self, text: str) -> None:
        if self._is_style:
            self.styles.append(text)


def _of_sheet(rules: str) -> set[str]:
    found = {"css-comments"} if "/*" in rules else set()
    rules = re.sub(r"/\*.*?\*/", "", rules, flags=re.DOTALL)
    for at, condition in re.findall(r"@([\w-]+)([^{;]*)", rules):
        found.add(f"css-at-{at}")
        found |= {f"css-at-media-{one}" for one in re.findall(r"\(([\w-]+)", condition)}
    for selector, declarations in _RULE.findall(re.sub(r"@media[^{]*\{", "", rules)):
        found |= _of_selector(selector) | _of_declarations(declarations)
    return found


def _of_selector(selector: str) -> set[str]:
    found = {f"css-pseudo-element-{one}" for one in re.findall(r"::([\w-]+)", selector)}
    found |= {f"css-pseudo-class-{one}" for one in re.findall(r"(?<!:):([\w-]+)", selector)}
    signs = {
        ",": "grouping",
        ">": "child",
        "+": "adjacent-sibling",
        "~": "general-sibling",
        "*": "universal",
        "#": "id",
        "[": "attribute",
        ".": "class",
    }
    found |= {f"css-selector-{name}" for sign, name in signs.items() if sign in selector}
    found |= {"css-selector-type"} if re.search(r"(?:^|[\s,>+~])[a-z]", selector) else set()
    found |= {"css-selector-descendant"} if re.search(r"[\w\])]\s+[\w.#\[*]", selector) else set()
    found |= {"css-selector-chaining"} if re.search(r"[\w\]][.#]\w", selector) else set()
    return found


def _of_declarations(text: str) -> set[str]:
    found = set()
    for declaration in re.sub(r"&quot;|\"[^\"]*\"|'[^']*'", "", text).split(";"):
        name, sign, value = (one.strip() for one in declaration.partition(":"))
        if not sign or name.startswith(("mso-", "-")):
            # A program's own; those of others leave it aside.
            continue
        found.add(f"css-{name}")
        found |= {f"css-{one}" for one in _SHORTHANDS if name.startswith(f"{one}-")}
        found |= {"css-left-right-top-bottom"} if name in ("left", "right", "top", "bottom") else set()
        found |= {f"css-display-{value.split()[0]}"} if name == "display" and value else set()
        found |= {"css-important"} if "!important" in value else set()
        found |= {"css-sytem-ui"} if "system-ui" in value else set()
        found |= {f"css-unit-{unit.replace('%', 'percent')}" for unit in re.findall(r"(?<![\w#.-])-?[\d.]+(%|[a-z]+)", value)}
        found |= {f"css-{one}" if one in ("rgb", "rgba") else f"css-function-{one}" for one in re.findall(r"([a-z-]+)\(", value)}
        found |= {"css-unit-initial"} if value.split(" ")[0] == "initial" else set()
    return found
