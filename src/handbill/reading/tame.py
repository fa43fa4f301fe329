"""HTML of an engine in which there is nothing to clean → as the cleaner would write it; most texts need no more.

Each tag must be one of those that are let through, letter for letter, and stand
where HTML wants it.  Whatever else is met, the cleaner looks at all of it.
"""

from __future__ import annotations

import re

#: Tags within a sentence, those that sentences stand in, cells, and those around them; each pair by the sign that stands for it.
_INLINE = ("em", "strong", "del", "code", "sub", "sup")
_SENTENCES = ("p", "h1", "h2", "h3", "h4", "h5", "h6", "dt")
_CELLS = ("td", "th")
_AROUND = ("ul", "ol", "li", "blockquote", "pre", "table", "thead", "tbody", "tr", "dl", "dd")
_SIGNS: dict[str, str] = (
    {slash + name: "" for name in _INLINE for slash in ("", "/")}
    | {slash + name: sign for name in _SENTENCES for slash, sign in (("", "p"), ("/", "P"))}
    | {slash + name: sign for name in _CELLS for slash, sign in (("", "c"), ("/", "C"))}
    | {f'{name} align="{side}"': "c" for name in _CELLS for side in ("left", "center", "right")}
    | {slash + name: "b" for name in _AROUND for slash in ("", "/")}
    | {"hr /": "b", "br /": "", "/a": "A"}
)
#: No block in a sentence, no link in another.
_ORDER = re.compile("(?:p(?:aA)*P|c(?:aA)*C|aA|b)*")

_NAME = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_SAID = '[^"&<>\u00a0]*'
#: Links to common addresses and to files, pictures beside the text, code with its language, lists that begin later.
_WITH_ATTRIBUTES = re.compile(
    r'(?P<a>a href="'
    rf"(?:https?://(?:{_NAME}\.)+[a-z]{{2,}}(?:/[A-Za-z0-9_~./-]*)?|(?!/)[A-Za-z0-9_./-]+(?:#[A-Za-z0-9_-]*)?)"
    rf'"(?: title="{_SAID}")?)'
    rf'|img src="(?!/)[A-Za-z0-9_./-]+" alt="{_SAID}"(?: title="{_SAID}")? /'
    r'|code class="language-[A-Za-z0-9_+#.-]{1,30}"'
    r'|(?P<ol>ol start="[0-9]{1,9}")'
)


def tamed(raw: str, most_tags: int) -> tuple[list[str], list[str]] | None:
    """Return HTML as texts and tags by turns, without ``<`` and ``>``, or ``None`` where it has to be cleaned.

    Its Markdown had no tag in it and no sign by its number.
    """
    pieces = raw.replace(">", "<").split("<")
    texts, tags = pieces[::2], pieces[1::2]
    if len(tags) > most_tags or len(texts) != len(tags) + 1:
        return None
    signs = list(map(_SIGNS.get, tags))
    if None in signs:
        for at, sign in enumerate(signs):
            if sign is None:
                found = _WITH_ATTRIBUTES.fullmatch(tags[at])
                if not found:
                    return None
                signs[at] = "a" if found["a"] else "b" if found["ol"] else ""
    if not _ORDER.fullmatch("".join(signs)):  # type: ignore[arg-type]
        return None
    if " /" in raw:
        tags = [tag.removesuffix(" /") for tag in tags]
    if "&" in raw:
        if raw.count("&") != raw.count("&quot;") + raw.count("&gt;") + raw.count("&lt;") + raw.count("&amp;"):
            return None
        if "&quot;" in raw:
            texts = [text.replace("&quot;", '"') if "&" in text else text for text in texts]
    return texts, tags
