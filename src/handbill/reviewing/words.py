"""Two pages → what can be read on one and not on the other.

Takes time in proportion to the length of the texts: where they differ so much
that a finer comparison would cost more, it is a coarser one.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from typing import Literal

from handbill.reviewing.record import Run

#: So many insertions and deletions are followed; two texts that differ more have little in common to show.
MOST_STEPS = 400

#: Words that are shown of what stayed, on each side of a change.
CONTEXT = 12

#: Stands for what was left out of a text that stayed.
LEFT_OUT = "…"

#: Most signs of one run.
LONGEST = 20_000

#: A part of a page by its sort: a comment, an element whose text nobody reads, a tag, or text.
_PARTS = re.compile(
    r"<!--.*?-->|<!\[CDATA\[(?P<data>.*?)\]\]>|<(?P<unread>script|style|template|title|noscript)\b[^>]*>.*?</(?P=unread)\s*>"
    r"|<(?P<end>/?)(?P<name>[a-zA-Z][\w:-]*)(?P<given>(?:[^>\"']|\"[^\"]*\"|'[^']*')*)>|<[!?][^>]*>|(?P<text>[^<]+|<)",
    re.DOTALL,
)
_ALT = re.compile(r"\balt\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)

#: Elements within a line; any other ends a block.
_INLINE = frozenset({
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img", "ins", "kbd", "label", "mark",
    "meter", "output", "path", "picture", "q", "rp", "rt", "ruby", "s", "samp", "small", "source", "span", "strong", "sub", "sup", "svg",
    "time", "tt", "u", "use", "var", "wbr", "g",
})  # fmt: skip

#: Elements that a style sets apart from the one before them, though no space stands between the two.
_APART = frozenset({"a", "span", "time"})

#: White space that a browser takes for one space; a no-break space is none, because it is written on purpose.
_SPACE = re.compile(r"[ \t\r\n\f]+")
_WORDS = re.compile(r"[^ \n]+|\n")

_How = Literal["same", "gone", "new"]
_Group = tuple[_How, list[str]]
_END: tuple[_How, str] = ("same", "")


def visible_words(page: str) -> tuple[str, ...]:
    """Return what can be read on a page or in a piece of HTML: a paragraph, heading or entry each; a picture by its description."""
    blocks: list[str] = []
    line: list[str] = []

    def end() -> None:
        text = _SPACE.sub(" ", html.unescape("".join(line))).strip(" ")
        line.clear()
        if text:
            blocks.append(text)

    head = re.search(r"<body\b", page)
    is_after_end = False
    for part in _PARTS.finditer(page, head.start() if head else 0):
        if is_after_end and part["name"] and not part["end"] and part["name"].lower() in _APART:
            line.append(" ")
        is_after_end = bool(part["end"])
        if part["text"] is not None:
            line.append(part["text"])
        elif part["data"] is not None:
            line.append(html.escape(part["data"], quote=False))
        elif part["name"]:
            name = part["name"].lower()
            if name == "img" and (alt := _ALT.search(part["given"])):
                text = alt[1] if alt[1] is not None else alt[2]
                line.append(f" [{text}] " if text else "")
            elif name == "br":
                line.append(" ")
            elif name not in _INLINE:
                end()
    end()
    return tuple(blocks)


def main_words(page: str) -> tuple[str, ...]:
    """Return what can be read in the main part of a page, without what surrounds it on every page."""
    start = re.search(r"<main\b", page)
    end = page.rfind("</main>")
    return visible_words(page[start.start() : end] if start and end > start.start() else page)


def runs(before: Sequence[str], after: Sequence[str]) -> tuple[Run, ...]:
    """Return the stretches of two texts that stayed, went and came, block by block and word by word.

    Blocks are divided by line ends; of what stayed, only the words around a
    change are shown.  Without any change there is no run.
    """
    if tuple(before) == tuple(after):
        return ()
    tokens: list[tuple[_How, str]] = []
    for olds, news in _matched(before, after):
        if olds == news:
            tokens += [("same", word) for word in _words(olds)]
        else:
            tokens += _diff(_words(olds), _words(news)) or [
                *(("gone", word) for word in _words(olds)),
                *(("new", word) for word in _words(news)),
            ]
    return tuple(_folded(_tidied(_grouped(tokens))))


def _words(blocks: Sequence[str]) -> list[str]:
    return [word for block in blocks for word in (*_WORDS.findall(block), "\n")]


def _matched(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[list[str], list[str]]]:
    """Yield stretches of blocks that stayed, and between them those that became others."""
    told = _diff(before, after)
    if told is None:
        yield list(before), list(after)
        return
    olds: list[str] = []
    news: list[str] = []
    for how, block in told:
        if how == "same":
            if olds or news:
                yield olds, news
                olds, news = [], []
            yield [block], [block]
        else:
            (olds if how == "gone" else news).append(block)
    if olds or news:
        yield olds, news


def _diff(before: Sequence[str], after: Sequence[str]) -> list[tuple[_How, str]] | None:
    """Return the shortest way from one text to the other; ``None`` where it is longer than we follow.

    Source: E. W. Myers, “An O(ND) Difference Algorithm and Its Variations”, 1986.
    """
    start, n, m = 0, len(before), len(after)
    while start < min(n, m) and before[start] == after[start]:
        start += 1
    while n > start and m > start and before[n - 1] == after[m - 1]:
        n, m = n - 1, m - 1
    middle = _steps(before[start:n], after[start:m])
    if middle is None:
        return None
    first: list[tuple[_How, str]] = [("same", one) for one in before[:start]]
    return first + middle + [("same", one) for one in before[n:]]


def _steps(a: Sequence[str], b: Sequence[str]) -> list[tuple[_How, str]] | None:
    n, m = len(a), len(b)
    reached = {1: 0}
    trace: list[dict[int, int]] = []
    for step in range(min(n + m, MOST_STEPS) + 1):
        trace.append(dict(reached))
        for k in range(-step, step + 1, 2):
            x = reached[k + 1] if k == -step or (k != step and reached[k - 1] < reached[k + 1]) else reached[k - 1] + 1
            y = x - k
            while x < n and y < m and a[x] == b[y]:
                x, y = x + 1, y + 1
            reached[k] = x
            if x >= n and y >= m:
                return _way(a, b, trace)
    return None


def _way(a: Sequence[str], b: Sequence[str], trace: list[dict[int, int]]) -> list[tuple[_How, str]]:
    told: list[tuple[_How, str]] = []
    x, y = len(a), len(b)
    for step in range(len(trace) - 1, -1, -1):
        reached, k = trace[step], x - y
        former = k + 1 if k == -step or (k != step and reached[k - 1] < reached[k + 1]) else k - 1
        old_x = reached[former]
        old_y = old_x - former
        while x > max(old_x, 0) and y > max(old_y, 0):
            x, y = x - 1, y - 1
            told.append(("same", a[x]))
        if step:
            if x == old_x:
                y -= 1
                told.append(("new", b[y]))
            else:
                x -= 1
                told.append(("gone", a[x]))
    return told[::-1]


def _grouped(tokens: Sequence[tuple[_How, str]]) -> list[_Group]:
    """Return neighbours of one sort together; between two that stayed, what went stands before what came."""
    groups: list[_Group] = []
    gone: list[str] = []
    new: list[str] = []
    for how, word in (*tokens, _END):
        if how == "gone":
            gone.append(word)
        elif how == "new":
            new.append(word)
        else:
            if gone:
                groups.append(("gone", gone))
            if new:
                groups.append(("new", new))
            gone, new = [], []
            if groups and groups[-1][0] == "same":
                groups[-1][1].append(word)
            else:
                groups.append(("same", [word]))
    # The end itself is no word.
    groups[-1][1].pop()
    return [group for group in groups if group[1]]


def _tidied(groups: list[_Group]) -> list[_Group]:
    """Return the groups without short words that stayed by chance between two changes: nobody can read such a patchwork."""
    tokens: list[tuple[_How, str]] = []
    for place, (how, words) in enumerate(groups):
        is_between = 0 < place < len(groups) - 1
        is_chance = how == "same" and is_between and len(words) <= 2 and "\n" not in words and sum(len(word) for word in words) <= 4
        hows: tuple[_How, ...] = ("gone", "new") if is_chance else (how,)
        tokens += [(one, word) for one in hows for word in words]
    return _grouped(tokens)


def _folded(groups: Sequence[_Group]) -> Iterator[Run]:
    for place, (how, words) in enumerate(groups):
        if how == "same":
            words = _context(words, is_first=place == 0, is_last=place == len(groups) - 1)
        text = " ".join(words).replace(" \n", "\n").replace("\n ", "\n")
        if how != "same" and not text.strip():
            # A line end more or less is seen in what surrounds it.
            continue
        yield Run(how, text if len(text) <= LONGEST else f"{text[:LONGEST]} {LEFT_OUT}")


def _context(words: list[str], *, is_first: bool, is_last: bool) -> list[str]:
    head = [] if is_first else words[:CONTEXT]
    tail = [] if is_last else words[-CONTEXT:]
    return words if len(head) + len(tail) + 3 >= len(words) else [*head, LEFT_OUT, *tail]
