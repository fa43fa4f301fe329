"""Problems and other messages → the language of the person who reads them.

English stands in the code; the other languages stand in ``messages/<lang>/*.po``.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from handbill.engine import PACKAGE
from handbill.errors import Level, Problem, Said, said
from handbill.phrases import Phrases, phrases

FOLDER = PACKAGE / "messages"

#: The languages in which messages can be told.
LANGUAGES = ("en", "fr")

#: The levels by their names in every form that programs read, and as people are told them.
LEVEL_NAMES: Mapping[Level, str] = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "note"}
LEVEL_WORDS: Mapping[Level, Said] = {Level.ERROR: said("error"), Level.WARNING: said("warning"), Level.NOTE: said("note")}


def tell(text: str, lang: str) -> str:
    """Return a text of the program in that language; English where nobody translated it."""
    if lang == "en":
        return text
    known = _phrases(lang)
    if not isinstance(text, Said):
        return known.of(text)
    pattern = known.of(text.pattern)
    if not text.values:
        return pattern
    return pattern.format(**{name: tell(value, lang) if isinstance(value, Said) else value for name, value in text.values.items()})


def tell_count(one: str, many: str, n: int, lang: str) -> str:
    """Return the form of a text for that number; ``{n}`` stands for it."""
    pattern = (one if n == 1 else many) if lang == "en" else _phrases(lang).count(one, many, n)
    return pattern.format(n=n)


def sentence(problem: Problem, lang: str) -> str:
    """Return what was found and wanted as one sentence, with the field before it."""
    if problem.found == "nothing":
        # In other languages this is no thing that could be found.
        lacking = {
            (False, False): said("found nothing"),
            (False, True): said("found nothing, wanted {wanted}", wanted=problem.wanted),
            (True, False): said("{field}: found nothing", field=problem.field),
            (True, True): said("{field}: found nothing, wanted {wanted}", field=problem.field, wanted=problem.wanted),
        }
        return tell(lacking[bool(problem.field), bool(problem.wanted)], lang)
    patterns = {
        (False, False): said("found {found}", found=problem.found),
        (False, True): said("found {found}, wanted {wanted}", found=problem.found, wanted=problem.wanted),
        (True, False): said("{field}: found {found}", field=problem.field, found=problem.found),
        (True, True): said("{field}: found {found}, wanted {wanted}", field=problem.field, found=problem.found, wanted=problem.wanted),
    }
    return tell(patterns[bool(problem.field), bool(problem.wanted)], lang)


def line_of(problem: Problem, lang: str) -> str:
    """Return the problem as one line: where, which field, what was found, what was wanted, which code."""
    where = ":".join([problem.path] + [str(n) for n in (problem.line, problem.column) if n])
    return f"{where}: {sentence(problem, lang)} [{problem.code}]"


@cache
def _phrases(lang: str) -> Phrases:
    return phrases(file.read_text(encoding="utf-8") for file in sorted((FOLDER / lang).glob("*.po")))
