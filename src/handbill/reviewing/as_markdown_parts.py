"""A review → the parts of its comment below the sentence that says it all: what members get, thing by thing, then the files.

Each entry is one line of Markdown, so that whole ones can be left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from handbill.errors import Said, said
from handbill.reviewing.details import moment, told
from handbill.reviewing.explained import unexplained
from handbill.reviewing.fitting import Block
from handbill.reviewing.harmless import code, compared, plain, strong
from handbill.reviewing.page_groups import Group, groups
from handbill.reviewing.people import WORDS
from handbill.reviewing.problems import Told
from handbill.reviewing.record import DateChange, Detail, FeedChange, FileChange, LetterChange, PageChange, Review, Run, SourceChange
from handbill.telling import tell, tell_count

#: As many signs of a comparison are shown in an entry; the pack has it whole.
_WORDS = 420

#: Up to so many entries in all, nothing is folded away.
_FEW = 8

#: Nobody reads more entries of one part in a comment; the others are in the pack.
_MOST = 40

#: As many paths are named of things that only follow.
_NAMED = 5

_PAGES: Mapping[str, Said] = {"added": said("new page"), "changed": said("page changed"), "removed": said("page gone")}
_LETTERS: Mapping[str, Said] = {"added": said("new letter"), "changed": said("letter changed"), "removed": said("letter gone")}
_PEOPLE: Mapping[str, Said] = {"changed": said("told of in other words"), "removed": said("named no more")}
_PICTURES: Mapping[str, Said] = {"changed": said("picture changed"), "removed": said("picture gone")}

#: What differs of a page besides its words.
_MARKS: Mapping[str, Said] = {
    "picture": said("a picture"),
    "link": said("where a link leads"),
    "style": said("the look"),
    "head": said("what search engines and previews read"),
    "markup": said("how it is built"),
}
_HIDDEN: Mapping[str, Said] = {
    "draft": said("a draft: members do not see it"),
    "unlisted": said("in no list: who has the address sees it"),
    "broken": said("it cannot be read, so it is left out"),
    "later": said("scheduled for so late that it was not looked at"),
}
_OWN, _FOLLOWING = said("Pages"), said("Pages that follow")

#: At the end of a photo's address: by this a replaced one is told from the one before.
_DIGEST = re.compile(r" \([0-9a-f]{8}\)$")

_FILES: Mapping[str, Said] = {"added": said("new file"), "changed": said("file changed"), "removed": said("file gone")}


def sections(review: Review, remarks: Iterable[Told], lang: str) -> tuple[Block, ...]:
    """Return the parts, those first that cannot be taken back: a letter that was mailed stays mailed."""
    # Pages that differ alike are one entry, and are counted each: the sentence above the parts counts them so.
    many = Counter(one.is_own for one in review.pages)
    counted = {_OWN: many[True], _FOLLOWING: many[False]}
    made = [
        (title, entries, counted.get(title, len(entries)))
        for title, entries in ((title, tuple(f"- {entry}" for entry in entries)) for title, entries in _parts(review, remarks, lang))
        if entries
    ]
    opened = "<details open>" if sum(len(entries) for _, entries, _ in made) <= _FEW else "<details>"
    return tuple(
        Block(
            opening=("", opened, f"<summary>{tell(title, lang)} ({number})</summary>", ""),
            entries=entries[:_MOST],
            closing=("", "</details>"),
            left=max(len(entries) - _MOST, 0),
        )
        for title, entries, number in made
    )


def _parts(review: Review, remarks: Iterable[Told], lang: str) -> Iterator[tuple[Said, Iterable[str]]]:
    pages = groups(review.pages)
    yield said("Letters"), (_letter(one, lang) for one in review.letters)
    yield said("Dates in calendars"), (_date(one, lang) for one in review.dates)
    yield _OWN, (_page(one, lang) for one in pages if one.first.is_own)
    yield said("Entries in feeds"), (_entry(one, lang) for one in review.feeds)
    yield _FOLLOWING, (_page(one, lang) for one in pages if not one.first.is_own)
    yield (
        said("Changed, and not seen by members"),
        (f"{strong(one.title)} {_reason(one.why, lang)} ({code(one.source)})" for one in review.hidden),
    )
    yield said("Remarks of the check"), (one.markdown for one in remarks)
    yield said("Addresses"), _addresses(review, lang)
    yield said("People and pictures"), _others(review, lang)
    yield said("Other files of the site"), (_file(one, lang) for one in unexplained(review))
    yield said("Files of the proposal"), (_source(one, lang) for one in review.sources)


def _letter(one: LetterChange, lang: str) -> str:
    pieces = [strong(one.subject), "—", plain(tell(_LETTERS[one.how], lang))]
    if one.sent:
        pieces.append(plain(tell(said("for {moment}", moment=moment(one.sent, "", lang)), lang)))
    pieces.append(f"({code(one.source or one.name)})")
    rest = [f"<em>{plain(one.preheader)}</em>"] if one.preheader else []
    rest += [
        _detail(detail, lang)
        for detail in (*one.details, *(detail for detail in one.headers if detail.before != detail.after and detail.before))
    ]
    if one.how == "changed":
        rest += _differing(one.words) or (
            [] if one.details or one.since_freeze else [plain(tell(said("not a word is other; its look or its links are"), lang))]
        )
    if one.since_freeze:
        rest.append(plain(tell(said("since it was frozen:"), lang)) + " " + compared(one.since_freeze, _WORDS))
    if one.bytes_wire:
        rest.append(plain(tell(said("{kb} kB as it is sent", kb=-(-one.bytes_wire // 1000)), lang)))
    return "<br>".join((" ".join(pieces), *rest))


def _date(one: DateChange, lang: str) -> str:
    if one.is_cancelled:
        how = said("called off, and calendars say so")
    elif one.how == "removed":
        how = said("vanishes from calendars without a word")
    elif one.how == "added":
        how = said("new date")
    else:
        how = said("changed; programs tell members") if one.is_told else said("changed in silence")
    begins = plain(moment(one.starts, one.zone, lang))
    head = f"{strong(one.title)} ({begins}) — {plain(tell(how, lang))}{_since(one.since, lang)}"
    return "<br>".join((head, *(_detail(detail, lang) for detail in one.details if one.how == "changed")))


def _entry(one: FeedChange, lang: str) -> str:
    if one.how == "removed":
        how = said("leaves the feeds; who has it keeps it")
    elif one.how == "added":
        how = said("new in the feeds")
    else:
        how = said("shown again as updated") if one.is_told else said("changes in silence")
    feeds = tell_count("in {n} feed", "in {n} feeds", len(one.feeds), lang)
    left = ", " + tell_count("leaves {n} feed", "leaves {n} feeds", len(one.left), lang) if one.left else ""
    return f"{strong(one.title)} — {plain(tell(how, lang))}, {feeds}{left}{_since(one.since, lang)}"


def _page(group: Group, lang: str) -> str:
    one = group.first
    head = f"{strong(one.title)} {code(one.address)} — {plain(tell(_PAGES[one.how], lang))}{_since(one.since, lang)}"
    if one.former:
        head += ", " + plain(tell(said("moved from {address}", address=one.former), lang))
    rest = _differing(one.words) if one.how == "changed" else []
    if one.how == "changed" and not rest:
        what = ", ".join(tell(_MARKS[mark], lang) for mark in one.marks if mark in _MARKS)
        rest = [plain(tell(said("not a word is other; what differs: {things}", things=what), lang))] if what else []
    if others := group.pages[1:]:
        alike = tell_count("and {n} page in the same way:", "and {n} pages in the same way:", len(others), lang)
        rest.append(plain(alike) + " " + _some(others))
    return "<br>".join((head, *rest))


def _some(pages: Iterable[PageChange]) -> str:
    named = [code(one.address) for one in pages]
    return ", ".join(named[:_NAMED]) + (", …" if len(named) > _NAMED else "")


def _addresses(review: Review, lang: str) -> Iterator[str]:
    for one in review.addresses:
        if one.how == "removed" and one.is_declared:
            yield f"{code(one.address)} {plain(tell(said('answers no more, and says so'), lang))}"
        elif one.to:
            yield f"{code(one.address)} {plain(tell(said('leads to'), lang))} {code(one.to)}"
        elif one.how == "added":
            yield f"{code(one.address)} {plain(tell(said('new address'), lang))}"


def _others(review: Review, lang: str) -> Iterator[str]:
    """Yield what became of people and pictures; who is new stands among what is looked at twice."""
    for person in review.people:
        if person.how != "added":
            head = f"{strong(person.name)} — {plain(tell(_PEOPLE[person.how], lang))}"
            yield "<br>".join((head, *(_detail(detail, lang) for detail in person.details)))
    for picture in review.pictures:
        if picture.how != "added":
            head = f"{code(picture.source)} — {plain(tell(_PICTURES[picture.how], lang))}"
            yield "<br>".join((head, *(_detail(detail, lang) for detail in picture.details if detail.name != "picture")))
    for domain in review.domains:
        if domain.how == "removed":
            yield f"{code(domain.domain)} — {plain(tell(said('the hub does not lead there any more'), lang))}"
    for party in review.third_parties:
        if party.how == "removed":
            yield f"{code(party.target)} — {plain(tell(said('pages do without it from now on'), lang))}"
    for trust in review.trusted:
        if not (trust.is_wider or trust.where):
            yield f"{code(f'trusted.{trust.name}')} — {plain(tell(said('texts may hold less than before'), lang))}"


def _file(one: FileChange, lang: str) -> str:
    size = f"{one.before} → {one.after}" if one.before and one.after else f"{one.before or one.after}"
    told = tell(said("{what}, {size} bytes", what=_FILES[one.how], size=size), lang)
    return f"{code(one.path)} — {plain(told)}{_since(one.since, lang)}"


def _source(one: SourceChange, lang: str) -> str:
    former = f" ← {code(one.former)}" if one.former else ""
    lines = f", +{one.lines_new} −{one.lines_gone}" if one.lines_new or one.lines_gone else ""
    return f"{code(one.path)}{former} — {plain(tell(_FILES[one.how], lang))}{lines}"


def _detail(detail: Detail, lang: str) -> str:
    one = _in_words(told(detail, lang), detail.name, lang)
    before, after = (plain(value) for value in (one.before, one.after))
    shown = " → ".join(value for value in (f"<del>{before}</del>" if before else "", f"<ins>{after}</ins>" if after else "") if value)
    return f"{plain(one.name)}{tell(said(': '), lang)}{shown}"


def _in_words(one: Detail, name: str, lang: str) -> Detail:
    """Return a detail of a person with the words of the program in it told, and without the signs by which photos are compared."""
    if name in ("role", "lists"):
        values = (", ".join(tell(WORDS.get(word, word), lang) for word in value.split(", ")) for value in (one.before, one.after))
        return Detail(one.name, *values)
    if name == "photo":
        before, after = (_DIGEST.sub("", value) for value in (one.before, one.after))
        return Detail(
            one.name, "" if before == after else before, tell(said("another one of the same name"), lang) if before == after else after
        )
    return one


def _differing(runs: tuple[Run, ...]) -> list[str]:
    return [compared(runs, _WORDS)] if any(run.how != "same" for run in runs) else []


def _reason(why: str, lang: str) -> str:
    return plain(tell(_HIDDEN.get(why, why), lang))


def _since(since: str, lang: str) -> str:
    return ", " + plain(tell(said("from {moment} on", moment=moment(since, "", lang)), lang)) if since else ""
