"""Markdown → HTML, in one of two dialects.  Knows comrak and Python-Markdown; the only module that does.

The engine turns text into HTML and knows nothing else; cleaning, links, text
and anchors come after, shared by both dialects (decision 0002).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import markdown
    import markdown.treeprocessors

#: What Python-Markdown is made with.
AS_WRITTEN: dict[str, Any] = {
    "extensions": [
        "abbr",
        "attr_list",
        "def_list",
        "fenced_code",
        "footnotes",
        "md_in_html",
        "tables",
        "admonition",
        "sane_lists",
        "pymdownx.magiclink",
        "pymdownx.tasklist",
        "pymdownx.tilde",
    ],
    "extension_configs": {"footnotes": {"UNIQUE_IDS": False}},
    "output_format": "xhtml",
}


#: Where an element begins that is to be read as text (GitHub Flavored Markdown, 6.11).
_AS_TEXT = re.compile(
    r"<(?=/?(?:title|textarea|style|xmp|iframe|noembed|noframes|script|plaintext)(?:[ \t\n\f\r>]|/>|\Z))", re.IGNORECASE | re.ASCII
)


class Unreadable(Exception):
    """A text on which the engine itself gave up."""


@cache
def engine(dialect: str) -> Callable[[str], str]:
    """Return the function that renders a text in the dialect ``github`` or ``python-markdown``.

    That function raises :class:`Unreadable`, and ``RecursionError`` where a text is nested too deeply.
    """
    return {"github": _github, "python-markdown": _python_markdown}[dialect]()


def _github() -> Callable[[str], str]:
    import comrak

    extensions = comrak.ExtensionOptions()
    for name in ("table", "strikethrough", "autolink", "tasklist", "footnotes", "alerts"):
        setattr(extensions, name, True)
    rendering = comrak.RenderOptions()
    # Raw HTML passes here and is cleaned once for both dialects afterwards.
    rendering.unsafe_ = True

    def render(text: str) -> str:
        # Without a line end a definition in angle brackets on the last line would be taken for text.
        made = str(comrak.render_markdown(text + "\n", extension_options=extensions, render_options=rendering))
        # As on the forge, a <script> or <style> in a text is shown as text: left as an
        # element, one that is never closed would take the rest of the text with it.
        # The engine's own filter looks at all that follows for each sign.
        return _AS_TEXT.sub("&lt;", made) if "<" in text and _AS_TEXT.search(text) else made

    return render


def _python_markdown() -> Callable[[str], str]:
    import markdown

    # Made once: building the parser costs more than most texts.  The table of
    # contents extension stays out, because our own pass sets the anchors and
    # that extension's time grows with the square of equal headings.
    converter = markdown.Markdown(**AS_WRITTEN)
    converter.treeprocessors.register(_inline(converter), "inline", 20)
    look_at = _quicken(converter)

    def render(text: str) -> str:
        converter.reset()
        look_at(text)
        try:
            return str(converter.convert(text))
        except (RecursionError, MemoryError):
            raise
        except Exception as error:
            # Its extensions take some attributes for what they are not; nobody lists in how many ways.
            raise Unreadable from error

    return render


#: Signs without which a rule for words in a sentence finds nothing.
_SIGNS = {
    "backtick": ("`",),
    "escape": ("\\",),
    "footnote": ("[^",),
    "reference": ("[",),
    "link": ("[",),
    "image_link": ("![",),
    "image_reference": ("![",),
    "short_reference": ("[",),
    "short_image_ref": ("![",),
    "autolink": ("<",),
    "automail": ("<",),
    "linebreak": ("  \n",),
    "html": ("<",),
    "magic-link": ("://", "w.", "W."),
    "magic-mail": ("@",),
    "entity": ("&",),
    "em_strong": ("*", "_"),
    "delimiter": ("~",),
}
#: The same of those for paragraphs, lists and all else that is a block.
_BLOCK_SIGNS = {
    # What stands for an element that was taken out of the text.
    "markdown_block": ("\x02",),
    "indent": ("    ",),
    "defindent": ("    ",),
    "code": ("    ",),
    "table": ("|",),
    "hashheader": ("#",),
    "setextheader": ("\n=", "\n-"),
    "hr": ("-", "_", "*"),
    "olist": (".",),
    "ulist": ("* ", "+ ", "- "),
    "deflist": (": ",),
    "quote": (">",),
    "footnote": ("[^",),
    "abbr": ("*[",),
    "reference": ("]:",),
}
#: The same of what is done with a text as a whole.
_TREE_SIGNS = {"attr_list": ("{",), "unescape": ("\\",), "task-list": ("[ ]", "[x]", "[X]", "[\t")}
#: In a box, or in an element that may have been written as one, the blocks that follow go on.
_BOX_SIGNS = ("!!!", "markdown")


def _inline(converter: markdown.Markdown) -> markdown.treeprocessors.InlineProcessor:
    """Return Python-Markdown's own way through the words, without the rules that cannot find anything in them.

    It tries each of some twenty rules on each piece of text, and for most pieces
    none applies; that took a third of the time.
    """
    from markdown.inlinepatterns import Pattern
    from markdown.treeprocessors import InlineProcessor
    from markdown.util import AtomicString

    names = {converter.inlinePatterns.get_index_for_name(name): signs for name, signs in _SIGNS.items()}
    rules: list[tuple[int, Pattern]] = list(enumerate(converter.inlinePatterns))
    needed = [names.get(number, ()) for number, _ in rules]
    signs = tuple((1 << number, sign) for number, sign in enumerate(dict.fromkeys(sign for some in needed for sign in some)))
    bits = {sign: bit for bit, sign in signs}
    # By which of the signs are in a text: the rules for it.
    chosen: dict[int, list[tuple[int, Pattern, tuple[str, ...]]]] = {}

    class Inline(InlineProcessor):
        # A private method of the library, whose version is locked; the tests compare with what it does by itself.
        def _InlineProcessor__handleInline(self, text: str, first: int = 0) -> str:  # noqa: N802
            if isinstance(text, AtomicString):
                return text
            met = 0
            for bit, sign in signs:
                if sign in text:
                    met |= bit
            if met not in chosen:
                # A rule puts marks in the place of what it finds, and no sign in them: what is not met now is not met later.
                chosen[met] = [
                    (number, rule, some)
                    for (number, rule), some in zip(rules, needed, strict=True)
                    if not some or any(bits[one] & met for one in some)
                ]
            for number, rule, some in chosen[met]:
                if number >= first:
                    goes_on, start = True, 0
                    # What was met may be gone: an address with the link that it was in, the only star with its words.
                    while goes_on and (not some or any(text.find(sign, start) >= 0 for sign in some)):
                        text, goes_on, start = self._InlineProcessor__applyPattern(rule, text, number, start)  # type: ignore[attr-defined]
            return text

    return Inline(converter)


def _quicken(converter: markdown.Markdown) -> Callable[[str], None]:
    """Let a converter take only the steps that can find something, and know a name of HTML once it was asked for it.

    What is returned is to be told each text before it is converted.
    """
    rules = []
    box = converter.parser.blockprocessors.get_index_for_name("admonition")
    now, has_boxes = "", True
    by_name = {converter.parser.blockprocessors.get_index_for_name(name): signs for name, signs in _BLOCK_SIGNS.items()}
    for number, rule in enumerate(converter.parser.blockprocessors):
        rules.append((rule, by_name.get(number, ())))

    def parse(parent: Any, blocks: list[str]) -> None:
        while blocks:
            for rule, signs in rules if has_boxes else unboxed:
                block = blocks[0]
                for sign in signs:
                    if sign in block:
                        break
                else:
                    if signs:
                        continue
                if rule.test(parent, block) and rule.run(parent, blocks) is not False:
                    break

    def look_at(text: str) -> None:
        nonlocal now, has_boxes
        now, small = text, text.lower()
        has_boxes = any(sign in small for sign in _BOX_SIGNS)

    def only_where_met(run: Callable[[Any], Any], signs: tuple[str, ...]) -> Callable[[Any], Any]:
        return lambda root: run(root) if any(sign in now for sign in signs) else None

    unboxed = [rule for number, rule in enumerate(rules) if number != box]
    converter.parser.parseBlocks = parse  # type: ignore[method-assign]
    for name, signs in _TREE_SIGNS.items():
        step = converter.treeprocessors[name]
        step.run = only_where_met(step.run, signs)  # type: ignore[assignment, method-assign]
    html_blocks = converter.preprocessors["html_block"]
    taken_out = html_blocks.run
    html_blocks.run = lambda lines: taken_out(lines) if any("<" in line or "&" in line for line in lines) else lines  # type: ignore[method-assign]
    # A list of names is gone through for each tag of each text, several times.
    converter.is_block_level = lru_cache(maxsize=1000)(converter.is_block_level)  # type: ignore[method-assign]
    return look_at
