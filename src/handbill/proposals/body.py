"""The text of an issue that was made by a form → which form it was, in which language, and its answers.

It comes from strangers, and whoever opens an issue can write any text in the
place of a form's: headings twice, none, or within each other's answers.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from handbill.errors import Said, said
from handbill.hub.clean import FORBIDDEN
from handbill.proposals.forms import FORMS, LANGUAGES, Form, options_of
from handbill.telling import tell

#: Budgets of one form: bytes of all, lines, signs of one line, and signs of a longer answer.
MOST_BYTES = 128 * 1024
MOST_LINES = 4000
MOST_LINE = 1000
MOST_TEXT = 60_000

#: So many signs of a text that is too long are looked at, to answer in its language at all.
_LOOKED_AT = 2 * 1024 * 1024

#: What GitHub writes where nothing was answered.
_NOTHING = ("_No response_", "No response", "None", "_Aucune réponse_")

_HEADING = re.compile(r"### +(\S.*?) *#* *")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)")
_TICK = re.compile(r" {0,3}[-*+] \[([ xX])\] +(.*?) *")

#: Signs that turn the direction of writing around or hide a text, and halves of signs: they cannot be part of any answer.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069\ud800-\udfff\U000e0000-\U000e007f]")


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers to a form, by the keys of its questions; those to ticks are the words that were ticked.

    ``faults`` are what cannot be understood, by key ("" for the whole).
    """

    form: Form
    lang: str
    texts: Mapping[str, str] = field(default_factory=dict)
    ticked: Mapping[str, frozenset[str]] = field(default_factory=dict)
    faults: tuple[tuple[str, Said], ...] = ()


def read_body(body: str, form: Form | None = None) -> Answers | None:
    """Return the answers in the text of an issue, ``None`` where it is none of our forms."""
    text = body[:_LOOKED_AT].replace("\r\n", "\n").replace("\r", "\n")
    is_long = len(text.encode("utf-8", "replace")) > MOST_BYTES or text.count("\n") >= MOST_LINES
    lines = text.split("\n")
    headings = list(_headings(lines))
    found = _form_of({name for _, name in headings}, form)
    if found is None:
        return None
    asked, lang = found
    if is_long:
        too_long = said("it is longer than {most} KB or {lines} lines", most=MOST_BYTES // 1024, lines=MOST_LINES)
        return Answers(asked, lang, faults=(("", too_long),))
    return _read(asked, lang, lines, headings)


def _read(form: Form, lang: str, lines: list[str], headings: list[tuple[int, str]]) -> Answers:
    keys = {_folded(tell(one.label, lang)): one for one in form.questions}
    placed = [(line, keys[name]) for line, name in headings if name in keys]
    texts: dict[str, str] = {}
    ticked: dict[str, frozenset[str]] = {}
    faults: list[tuple[str, Said]] = []
    first = placed[0][0] if placed else len(lines)
    if any(line.strip() for line in lines[:first]):
        faults.append(("", said("something stands above the first question; every answer belongs below its own")))
    for number, (line, question) in enumerate(placed):
        end = placed[number + 1][0] if number + 1 < len(placed) else len(lines)
        if question.key in texts:
            faults.append((question.key, said("this question is there twice; which answer counts cannot be told")))
            continue
        text = _answer(lines[line + 1 : end])
        texts[question.key] = text
        faults += ((question.key, fault) for fault in _unfit(text, question.shape))
        if question.shape == "ticks":
            ticked[question.key], strange = _ticked(text, {_folded(tell(label, lang)): word for word, label in options_of(question)})
            faults += ((question.key, fault) for fault in strange)
    order = [one.key for one in form.questions if one.key in texts]
    if list(texts) != order and not faults:
        faults.append(("", said("the questions are in another order than in the form")))
    return Answers(form, lang, texts, ticked, tuple(faults))


def _answer(lines: list[str]) -> str:
    text = unicodedata.normalize("NFC", "\n".join(lines)).strip("\n ")
    return "" if text.strip() in _NOTHING else text


def _unfit(text: str, shape: str) -> Iterator[Said]:
    if FORBIDDEN.search(text) or _TURNING.search(text):
        yield said("it holds a sign that nobody sees; type the line anew instead of pasting it")
    elif shape in ("line", "choice") and "\n" in text:
        yield said("one line is wanted")
    elif len(text) > (MOST_LINE if shape in ("line", "choice") else MOST_TEXT):
        yield said("it is longer than {most} signs", most=MOST_LINE if shape in ("line", "choice") else MOST_TEXT)
    elif _fence_after(text.split("\n")):
        yield said("a block of code that begins and does not end: the line of ``` below it is missing")


def _ticked(text: str, words: Mapping[str, str]) -> tuple[frozenset[str], list[Said]]:
    """Return what is ticked; a box that is not of the form, or is there twice, is no answer."""
    seen: list[str] = []
    found: set[str] = set()
    for line in text.split("\n"):
        match = _TICK.fullmatch(line)
        word = words.get(_folded(match[2])) if match else None
        if line.strip() and (match is None or word is None or word in seen):
            return frozenset(), [said("the boxes are not those of the form any more; tick them and change nothing else")]
        if match and word:
            seen.append(word)
            if match[1] != " ":
                found.add(word)
    return frozenset(found), []


def _form_of(headings: set[str], asked: Form | None) -> tuple[Form, str] | None:
    """Return the form, and its language, of which most questions are there."""
    best: tuple[float, Form, str] | None = None
    for form in (asked,) if asked else FORMS:
        for lang in LANGUAGES:
            labels = [_folded(tell(one.label, lang)) for one in form.questions]
            share = sum(1 for one in labels if one in headings) / len(labels)
            if share > (0.25 if asked else 0.5) and (best is None or share > best[0]):
                best = share, form, lang
    return best[1:] if best else None


def _headings(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Yield the lines that are headings of a form's depth, with what they say; in a block of code none is."""
    fence = ""
    for number, line in enumerate(lines):
        before, fence = fence, fence_beyond(line, fence)
        if not (before or fence) and len(line) <= 200 and (match := _HEADING.fullmatch(line)):
            yield number, _folded(match[1])


def fence_beyond(line: str, fence: str) -> str:
    """Return the signs by which a block of code is open behind a line, "" for none; *fence* are those before it."""
    opened = _FENCE.fullmatch(line)
    if opened is None:
        return fence
    if not fence:
        return "" if opened[1][0] == "`" and "`" in opened[2] else opened[1]
    return "" if opened[1].startswith(fence) and not opened[2].strip() else fence


def _fence_after(lines: list[str]) -> str:
    fence = ""
    for line in lines:
        fence = fence_beyond(line, fence)
    return fence


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).replace("’", "'").casefold()
    return " ".join(plain.split())
