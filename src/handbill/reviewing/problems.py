"""The problems of a review → the few that help most, each in a line.  What stops a publication is apart from what does not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import quote

from handbill.errors import Level, Problem, said
from handbill.reviewing.harmless import code, plain
from handbill.reviewing.record import Found, Review
from handbill.showing.cells import safe
from handbill.telling import sentence, tell

_COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Told:
    """A problem as a comment tells it, as a terminal does, and whether it comes with the proposal."""

    markdown: str
    line: str
    is_new: bool


def told_problems(review: Review, lang: str, repository: str = "") -> tuple[tuple[Told, ...], tuple[Told, ...]]:
    """Return the errors, those of the proposal first, and then the warnings that come with it.

    What was there before and stops nothing is nobody's task here.  Of each file
    one problem comes before a second one.  *repository* is where files can be
    seen, "" for no links.
    """
    errors = [one for one in review.problems if one.problem.level is Level.ERROR]
    warnings = [one for one in review.problems if one.problem.level is Level.WARNING and one.is_new]
    # The same words about the same line twice help nobody.
    first, second = (tuple(dict.fromkeys(_told(one, review, lang, repository) for one in _ranked(found))) for found in (errors, warnings))
    return first, second


def _ranked(found: Iterable[Found]) -> list[Found]:
    seen: Counter[tuple[bool, str]] = Counter()
    ranked = []
    for one in sorted(found, key=lambda one: one.problem.order):
        ranked.append(((not one.is_new, seen[one.is_new, one.problem.path], one.problem.order), one))
        seen[one.is_new, one.problem.path] += 1
    return [one for _, one in sorted(ranked, key=lambda pair: pair[0])]


def _told(found: Found, review: Review, lang: str, repository: str) -> Told:
    one = found.problem
    # What must not be shown again is in the file, where those who may see it find it.
    words = tell(said("something that must not be published"), lang) if one.is_private else sentence(_found(one, lang), lang)
    where = one.path + (f":{one.line}" if one.line else "")
    address = _address(one, review.head.commit, repository)
    place = f"[{code(where)}]({address})" if address else code(where)
    is_old = "" if found.is_new else tell(said(" (it was there before)"), lang)
    return Told(
        markdown=f"{place} {plain(words, most=400)} · {code(one.code)}{plain(is_old)}",
        line=safe(f"{where}: {words} [{one.code}]{is_old}"),
        is_new=found.is_new,
    )


def _found(one: Problem, lang: str) -> Problem:
    """Return a problem of which nothing was found so that it is told so; from the JSON it comes in words already."""
    return replace(one, found="nothing") if one.found == tell(said("nothing"), lang) else one


def _address(one: Problem, commit: str, repository: str) -> str:
    """Return where the line can be seen; "" for a path that could lead anywhere else."""
    parts = one.path.split("/")
    if not repository or not _COMMIT.fullmatch(commit) or any(part in ("", ".", "..") for part in parts):
        return ""
    return f"{repository.rstrip('/')}/blob/{commit}/{quote(one.path)}" + (f"?plain=1#L{one.line}" if one.line else "")
