"""What texts need to know of each other: paths, addresses, ids and numbers that differ, categories, translations."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import PurePosixPath

from handbill.hub.address import name_of, slug_of
from handbill.importing.fields import Text, no_tag
from handbill.importing.report import Note
from handbill.importing.sources import TEXTS
from handbill.kinds import KINDS

_FOLDERS = {kind.name: kind.folder for kind in KINDS}

#: A number at the end of a title; not the second half of a version such as 0.8, and no year.
_LAST_NUMBER = re.compile(r"(?:^|[\s#№(])([0-9]{1,6})[).]?$")
_YEARS = range(1900, 2100)


def kind_of(path: str, kind: str) -> str:
    """Return the kind that a file becomes: what lies in ``pages/`` is a page, as it is to Pelican."""
    return "page" if path.startswith("pages/") else kind


def targets_of(paths: Iterable[str], kind: str) -> dict[str, str]:
    """Return the path in the hub for each path of the source, texts and pictures; no two alike on any disk.

    Texts and pictures keep their places to each other, so that most relative
    links stay right.
    """
    taken: set[str] = set()
    targets: dict[str, str] = {}
    for path in sorted(paths):
        own = kind_of(path, kind)
        inner = path.removeprefix("pages/") if own == "page" else path
        # Frozen letters live in that folder; nothing else is read there.
        inner = "old-" + inner if own == "issue" and inner.startswith("archive/") else inner
        target = PurePosixPath(_FOLDERS[own], inner)
        if target.suffix.lower() in TEXTS:
            target = target.with_suffix(".md")
        targets[path] = _unlike(target, taken)
    return targets


def _unlike(target: PurePosixPath, taken: set[str]) -> str:
    """Return the path, or one with a number after its name if a careless disk or an address takes it for another."""
    number, candidate = 1, target
    while (key := "/".join(slug_of(part) or part for part in candidate.with_suffix("").parts) + candidate.suffix.lower()) in taken:
        number += 1
        candidate = target.with_stem(f"{target.stem}-{number}")
    taken.add(key)
    return str(candidate)


def settle(texts: list[Text], lang: str) -> list[Note]:
    """Fill in what depends on the other texts; return what is to be said of all."""
    languages = tuple(dict.fromkeys([lang, *sorted({text.lang for text in texts})]))
    notes = _categories(texts)
    _numbers([text for text in texts if text.kind == "issue"])
    _slugs(texts)
    _ids(texts, lang, languages)
    notes += _translations(texts, lang)
    _aliases(texts, lang)
    return notes


def _categories(texts: list[Text]) -> list[Note]:
    """Make tags of categories, unless there is only one: what all have tells nothing of any."""
    counted = Counter(text.category for text in texts if text.category)
    if len(counted) == 1 and all(text.category or text.kind == "page" for text in texts):
        return [Note("the category is the same for all and was left out", next(iter(counted)))]
    for text in texts:
        if text.category and (refusal := no_tag(text.category)):
            text.notes.append(Note(f"the category was left out: {refusal}", text.category[:80], text.line_of("category")))
        elif text.category and slug_of(text.category) not in {slug_of(tag) for tag in text.tags}:
            text.tags = (text.category, *text.tags)
    return [Note("each category became a tag", ", ".join(sorted(counted)))] if counted else []


def _numbers(issues: list[Text]) -> None:
    """Give each issue a number of its own: as its header says, as its title ends, or by the order of dates."""
    issues = sorted(issues, key=_age)
    taken: dict[int, Text] = {}
    for text in issues:
        if text.number is not None and taken.setdefault(text.number, text) is not text:
            detail = f"{text.number}, which {taken[text.number].source} has already"
            text.notes.append(Note("the number was another issue's", detail, text.line_of("number")))
            text.number = None
    for text in issues:
        match = _LAST_NUMBER.search(text.title) if text.number is None else None
        if match and int(match[1]) not in _YEARS and taken.setdefault(int(match[1]), text) is text:
            text.number = int(match[1])
            text.notes.append(Note("the number was taken from the title", str(text.number)))
    previous = 0
    for text in issues:
        if text.number is None:
            text.number = previous + 1
            while text.number in taken:
                text.number += 1
            taken[text.number] = text
            text.notes.append(Note("the number was derived from the order of dates", str(text.number)))
        previous = text.number


def _slugs(texts: list[Text]) -> None:
    """Give each text the last part of its address: its own, or its title's, as Pelican does by default."""
    taken: set[tuple[str, str, str]] = set()
    for text in sorted(texts, key=lambda one: (not one.slug, _age(one))):
        name = name_of(text.target, ())[0]
        wanted = text.slug or slug_of(text.title)[:80].strip("-") or slug_of(name) or f"{text.kind}-{text.date[:10] or 1}"
        day = text.date[:10]
        text.slug = _first_free(wanted, day, lambda slug, text=text: (text.kind, text.lang, slug) in taken)  # type: ignore[misc]
        if text.slug != wanted:
            text.notes.append(Note("the address got a date or number, because another text has it", f"{wanted} → {text.slug}"))
        taken.add((text.kind, text.lang, text.slug))


def _first_free(wanted: str, day: str, is_taken: Callable[[str], bool]) -> str:
    candidates = [wanted] + ([f"{wanted[:85]}-{day}"] if day else [])
    number = 1
    for candidate in candidates:
        if not is_taken(candidate):
            return candidate
    while is_taken(candidate := f"{candidates[-1]}-{number + 1}"):
        number += 1
    return candidate


def _ids(texts: list[Text], lang: str, languages: tuple[str, ...]) -> None:
    """Write an id where the file name would give the same to two texts."""

    def usual(text: Text) -> str:
        return f"{text.kind}:{slug_of(name_of(text.target, languages)[0]) or 'x'}" + ("" if text.lang == lang else f".{text.lang}")

    counted = Counter(usual(text) for text in texts)
    taken = {name for name, count in counted.items() if count == 1}
    for text in sorted(texts, key=_age):
        text.id = usual(text)
        if counted[text.id] > 1:
            wanted = f"{text.kind}:{text.slug}" + ("" if text.lang == lang else f".{text.lang}")
            text.id, text.writes_id = _first_free(wanted, text.date[:10], lambda name: name in taken), True
            taken.add(text.id)


def _translations(texts: list[Text], lang: str) -> list[Note]:
    """Join texts of one address in several languages, as Pelican does."""
    groups: dict[tuple[str, str], list[Text]] = {}
    for text in texts:
        groups.setdefault((text.kind, text.slug), []).append(text)
    joined = 0
    for group in groups.values():
        first = min(group, key=lambda one: (one.is_translation, one.lang != lang, one.lang))
        for text in group:
            text.original = first.id if text is not first else ""
            joined += text is not first
            if text.is_translation and len(group) == 1:
                text.notes.append(Note("a translation of a text that is not here", "", text.line_of("translation")))
    return [Note("texts were joined to those that they translate", str(joined))] if joined else []


def _aliases(texts: list[Text], lang: str) -> None:
    """Leave an old address to the first text that had it, and to none if it is a new one."""
    taken = {_address(text, lang) for text in texts}
    for text in sorted(texts, key=_age):
        kept = []
        for alias in text.aliases:
            if (folded := alias.rstrip("/").casefold()) not in taken:
                taken.add(folded)
                kept.append(alias)
            elif folded != _address(text, lang):
                text.notes.append(Note("an old address is another text's already", alias))
        text.aliases = tuple(kept)


def _address(text: Text, lang: str) -> str:
    word = {"post": "/posts", "issue": "/newsletters"}.get(text.kind, "")
    return f"{'' if text.lang == lang else '/' + text.lang}{word}/{text.slug}".casefold()


def _age(text: Text) -> tuple[str, str]:
    return (text.date, text.source)
