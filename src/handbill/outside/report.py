"""What all links answered → lines for a person, Markdown for the page of a run, plain values for a program."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from handbill.errors import Said, said
from handbill.outside.record import TROUBLE, Outcome, Standing, reason
from handbill.telling import tell, tell_count

#: In Markdown, so many of one sort are shown; a page of a run that is longer is read by nobody.
MOST = 200

_SIGNS = {"|": "%7C", "`": "%60", "<": "%3C", ">": "%3E", "\\": "%5C", " ": "%20"}


def lines(standings: Sequence[Standing], lang: str) -> Iterator[str]:
    """Yield what an editor should know, the worst first; of what answers, only how many there are."""
    for outcome, own in _sorted(standings):
        yield ""
        yield _heading(outcome, len(own), lang)
        for one in own:
            yield f"  {one.link.address}"
            yield f"    {_why(one, lang)}"
            for place in one.link.places:
                yield f"      {place.source}:{place.line}" if place.line else f"      {place.source}"
    yield ""
    yield _summary(standings, lang)


def markdown(standings: Sequence[Standing], lang: str) -> str:
    """Return the same for the page of a run: what an editor should mend openly, the rest folded."""
    parts = [f"## {tell(said('Links to elsewhere'), lang)}", _summary(standings, lang)]
    for outcome, own in _sorted(standings):
        table = [
            f"| {tell(said('link'), lang)} | {tell(said('what was found'), lang)} | {tell(said('where'), lang)} |",
            "| --- | --- | --- |",
            *(f"| `{_safe(one.link.address)}` | {_safe_words(_why(one, lang))} | {_places(one)} |" for one in own[:MOST]),
        ]
        if len(own) > MOST:
            table.append(f"| {tell(said('and {n} more', n=len(own) - MOST), lang)} | | |")
        heading = _heading(outcome, len(own), lang)
        if outcome in TROUBLE or outcome is Outcome.MOVED:
            parts += [f"### {heading}", "\n".join(table)]
        else:
            parts += [f"<details><summary>{heading}</summary>\n\n" + "\n".join(table) + "\n\n</details>"]
    return "\n\n".join(parts) + "\n"


def plain(standings: Iterable[Standing], lang: str) -> dict[str, Any]:
    """Return the same for programs: every link, in the order of addresses."""
    return {
        "links": [
            {
                "address": one.link.address,
                "outcome": str(one.answer.outcome),
                "why": tell(reason(one.answer), lang),
                "new": one.answer.new,
                "since": one.since,
                "asked": one.asked,
                "places": [{"path": place.source, "line": place.line} for place in one.link.places],
            }
            for one in standings
        ]
    }


def _sorted(standings: Sequence[Standing]) -> Iterator[tuple[Outcome, list[Standing]]]:
    for outcome in Outcome:
        own = [one for one in standings if one.answer.outcome is outcome]
        if own and outcome is not Outcome.ANSWERS:
            yield outcome, own


def _heading(outcome: Outcome, n: int, lang: str) -> str:
    if outcome is Outcome.GONE:
        return tell_count("{n} link leads nowhere", "{n} links lead nowhere", n, lang)
    if outcome is Outcome.UNSAFE:
        return tell_count("{n} link is stopped by browsers", "{n} links are stopped by browsers", n, lang)
    if outcome is Outcome.SILENT:
        return tell_count("{n} link does not answer at present", "{n} links do not answer at present", n, lang)
    if outcome is Outcome.MOVED:
        return tell_count("{n} link has moved", "{n} links have moved", n, lang)
    if outcome is Outcome.CLOSED:
        return tell_count("{n} link only a person can try", "{n} links only a person can try", n, lang)
    return tell_count("{n} link was not asked", "{n} links were not asked", n, lang)


def _why(one: Standing, lang: str) -> str:
    why: Said = reason(one.answer)
    if one.answer.new:
        why = said("{why}: {address}", why=why, address=one.answer.new)
    if one.answer.outcome in TROUBLE and one.since[:10] != one.asked[:10]:
        why = said("{why}; so since {day}", why=why, day=one.since[:10])
    return tell(why, lang)


def _summary(standings: Sequence[Standing], lang: str) -> str:
    if not standings:
        return tell(said("The hub leads to no page elsewhere."), lang)
    found = {one: sum(each.answer.outcome is one for each in standings) for one in Outcome}
    whole = tell_count("{n} link to elsewhere", "{n} links to elsewhere", len(standings), lang)
    well = tell_count("{n} answers", "{n} answer", found[Outcome.ANSWERS], lang)
    bad = tell_count("{n} to mend", "{n} to mend", sum(found[one] for one in (*TROUBLE, Outcome.MOVED)), lang)
    return tell(said("{whole}: {well}, {bad}.", whole=whole, well=well, bad=bad), lang)


def _places(one: Standing) -> str:
    return "<br>".join(f"`{_safe(place.source)}`" + (f":{place.line}" if place.line else "") for place in one.link.places)


def _safe(text: str) -> str:
    """Return an address or a path so that it stays within a code span of a table."""
    return "".join(_SIGNS.get(sign, sign) if sign.isprintable() else "%" + f"{ord(sign):X}" for sign in text)


def _safe_words(text: str) -> str:
    """Return words of others so that Markdown reads nothing into them."""
    plain = " ".join(text.split())
    return "".join(f"\\{sign}" if sign in "\\`*_{}[]()#!|<>~@" else sign for sign in plain if sign.isprintable())
