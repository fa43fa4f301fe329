"""Pages about problem codes → what a code means and how to mend it, in the language of the reader.

A page of ``handbook/reference/problems`` holds both languages: the English
text with the samples, then ``## En français`` with the text alone; a reader of
French gets the same samples.  Knows Markdown only as lines.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from handbill.engine import engine_explanations
from handbill.errors import Said, said

FRENCH = "## En français"

#: What the first digit of a code says.
FAMILIES: Mapping[str, Said] = {
    "1": said("files and texts"),
    "2": said("fields"),
    "3": said("links between items, people and pictures"),
    "4": said("addresses and letters"),
    "5": said("dates, and what is not shown yet"),
    "6": said("what must not be public"),
    "7": said("the handbook"),
    "8": said("how the site looks, and what it owes its readers"),
    "9": said("the program and the theme"),
}

#: What follows from a level.
LEVELS: Mapping[str, Said] = {
    "error": said("An error: nothing is published until it is mended."),
    "warning": said("A warning: the hub is built all the same."),
    "note": said("A note: nothing is wrong, and the hub is built."),
}

#: What may stand between two samples, in both languages.
BETWEEN = {"becomes": "devient", "and": "et", "or": "ou"}

_FENCE = re.compile(r'^```(?P<language>\w*)(?: title="(?P<title>[^"]*)")?$')
_WIDTH = 96


@dataclass(frozen=True, slots=True)
class Sample:
    """A piece of a file that is shown: its language, its path where that matters, its text; ``word`` came before it."""

    word: str
    language: str
    path: str
    text: str

    def before(self, lang: str) -> str:
        """Return the word that stands before the sample, in that language."""
        return BETWEEN[self.word] if lang == "fr" else self.word


@dataclass(frozen=True, slots=True)
class Explanation:
    """One code: its ``level`` (error, warning, note), title and text by language, and the samples of both."""

    code: str
    level: str
    titles: Mapping[str, str]
    texts: Mapping[str, str]
    samples: tuple[Sample, ...]

    def title(self, lang: str) -> str:
        """Return what the code means, in a few words and without the code itself."""
        return self.titles[lang].partition(":")[2].strip()

    def markdown(self, lang: str) -> str:
        """Return the page's half in that language, with the samples and without its heading, for a program that shows Markdown."""
        parts = [without_links(self.texts[lang])]
        for one in self.samples:
            words = [one.before(lang)] if one.word else []
            path = [f"`{one.path}`"] if one.path else []
            parts += [*words, *path, f"```{one.language}\n{one.text}```"]
        return "\n\n".join(parts) + "\n"

    def plain(self, lang: str, width: int = _WIDTH) -> str:
        """Return the same as text for a log: wrapped, with the samples indented."""
        parts = [_filled(one, width) for one in self.texts[lang].split("\n\n")]
        for one in self.samples:
            words = [one.before(lang)] if one.word else []
            path = [f"  {one.path}"] if one.path else []
            parts += [*words, *path, textwrap.indent(one.text.rstrip("\n"), "    ")]
        return "\n\n".join(parts)


class OtherForm(ValueError):
    """A page that has not the form of the others."""


def read_pages(folder: Path | None = None) -> tuple[Explanation, ...]:
    """Return every explanation, in the order of the codes.

    Raises:
        OtherForm: a page has not the form that all have.
    """
    files = sorted((folder or engine_explanations()).glob("HB[0-9][0-9][0-9].md"))
    return tuple(read_page(file.stem, file.read_text(encoding="utf-8")) for file in files)


def read_page(code: str, text: str) -> Explanation:
    """Return what a page says.

    Raises:
        OtherForm: it has not the form of the others; the message says in what.
    """
    found = re.fullmatch(r"---\n(?P<front>.*?)\n---\n(?P<english>.*?)\n## En français\n(?P<french>.*)", text, re.DOTALL)
    if found is None:
        raise OtherForm(f"{code}: front matter, an English half and “{FRENCH}” are wanted")
    front = {key: value.strip().strip('"') for key, _, value in (line.partition(":") for line in found["front"].splitlines())}
    title = front.get("title", "")
    heading, _, english = found["english"].strip().partition("\n")
    if set(front) != {"title", "titre", "level"} or heading != f"# {title}" or not title.startswith(f"{code}:"):
        raise OtherForm(f"{code}: title, titre, level, and the title again as the first heading, are wanted")
    words, samples = _apart(code, english.strip())
    if "```" in found["french"]:
        raise OtherForm(f"{code}: the samples of the English half stand for both, none is wanted in the French one")
    return Explanation(code, front["level"], {"en": title, "fr": front["titre"]}, {"en": words, "fr": found["french"].strip()}, samples)


def _apart(code: str, text: str) -> tuple[str, tuple[Sample, ...]]:
    """Return the words before the first sample, and the samples."""
    words: list[str] = []
    samples: list[Sample] = []
    lines = iter(text.splitlines())
    word = ""
    for line in lines:
        fence = _FENCE.match(line)
        if fence:
            inside = "".join(f"{one}\n" for one in iter(lambda: next(lines, "```"), "```"))
            samples.append(Sample(word, fence["language"], fence["title"] or "", inside))
            word = ""
        elif not samples:
            words.append(line)
        elif line in BETWEEN and not word:
            word = line
        elif line:
            raise OtherForm(f"{code}: between samples only one of {', '.join(BETWEEN)} is wanted, not “{line}”")
    return "\n".join(words).strip(), tuple(samples)


def _filled(paragraph: str, width: int) -> str:
    """Return a paragraph or list without marks, on lines of at most *width*; no-break spaces stay."""
    text = re.sub(r"\*\*(.+?)\*\*", r"\1", without_links(paragraph))
    first, rest = ("- ", "  ") if text.startswith("- ") else ("", "")
    entries = re.split(r"\n(?=- )", text) if first else [text]
    lines = (re.sub(r"[ \n]+", " ", one.removeprefix("- ")) for one in entries)
    return "\n".join(textwrap.fill(one, width, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False) for one in lines)


def without_links(markdown: str) -> str:
    """Return Markdown with the words of each link alone: its address leads nowhere outside the handbook."""
    return re.sub(r"\[([^\]]+)\]\([^)\s]+\)", r"\1", markdown)


def meant(asked: str, codes: Iterable[str]) -> str | None:
    """Return the code that somebody wrote as ``HB213``, ``hb213``, ``[HB213]`` or ``213``, or ``None``."""
    digits = re.fullmatch(r"\[?(?:hb)?-?(\d{3})\]?", asked.strip(), re.IGNORECASE)
    code = f"HB{digits[1]}" if digits else ""
    return code if code in set(codes) else None


def nearest(asked: str, codes: Iterable[str]) -> tuple[str, ...]:
    """Return the codes that somebody most likely meant: those with two of the digits in their places, nearest number first."""
    digits = re.sub(r"\D", "", asked)[:3]
    if len(digits) < 3:
        return ()
    near = [code for code in codes if sum(a == b for a, b in zip(code[2:], digits, strict=True)) == 2 or sorted(code[2:]) == sorted(digits)]
    return tuple(sorted(near, key=lambda code: (abs(int(code[2:]) - int(digits)), code))[:3])
