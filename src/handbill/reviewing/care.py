"""A review → what a person must look at twice before approving, in the order in which it can do harm (decision 0063).

What is told here is not wrong, or it would be a problem.  It is what a
proposal can do beside what its texts say, and what no program can judge.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from handbill.errors import Said, said
from handbill.reviewing import third_parties
from handbill.reviewing.details import moment
from handbill.reviewing.record import DomainChange, PictureChange, Review, SourceChange, TrustChange
from handbill.telling import tell, tell_count

#: Why a domain deserves a second look.
DOMAINS: Mapping[str, Said] = {
    "alike": said("can be taken for another name"),
    "name": said("a name before the @ hides where it leads"),
    "number": said("a number instead of a name"),
    "shortener": said("hides where it leads, and may lead elsewhere tomorrow"),
    "plain": said("not encrypted: others can read and change it on the way"),
}

#: Why a picture does.
PICTURES: Mapping[str, Said] = {
    "big": said("heavy"),
    "moving": said("moves"),
    "undescribed": said("without a description; right only where it decorates"),
}

#: What a file is besides a text.
ODD: Mapping[str, Said] = {
    "symlink": said("a link to another file"),
    "executable": said("a program that can be started"),
    "submodule": said("a whole repository from elsewhere"),
    "binary": said("no text: nobody can read what is in it"),
}

#: Pictures are no texts either, and are shown as what they are.
_PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".avif", ".gif")


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing to look at: ``name`` as it was written, a ``note`` in words, and the files ``where`` it stands.

    ``is_word`` says that the name is one for machines: a path, an address, a domain.
    """

    name: str
    note: str = ""
    where: tuple[str, ...] = ()
    is_word: bool = False


@dataclass(frozen=True, slots=True)
class Care:
    """One reason to look twice, in a sentence, and the things that it is about; ``sort`` is a word for styles and tests."""

    sort: str
    told: str
    things: tuple[Thing, ...]


def care(review: Review, lang: str) -> tuple[Care, ...]:
    """Return the reasons to look twice, the gravest first; nothing where a proposal does no more than say something."""
    return tuple(one for one in _care(review, lang) if one.things)


def _care(review: Review, lang: str) -> Iterator[Care]:
    wider = [_trust(one, lang) for one in review.trusted if one.is_wider or one.where]
    yield Care(
        "trusted",
        tell_count(
            "Texts may hold more HTML than others, by {n} rule of hub.toml",
            "Texts may hold more HTML than others, by {n} rules of hub.toml",
            len(wider), lang,
        ),
        tuple(wider),
    )  # fmt: skip
    frozen = [Thing(one.subject, where=(one.name,)) for one in review.letters if one.since_freeze]
    yield Care(
        "frozen",
        tell_count(
            "{n} frozen letter is no longer the one that was approved",
            "{n} frozen letters are no longer those that were approved",
            len(frozen), lang,
        ),
        tuple(frozen),
    )  # fmt: skip
    yield from _files(review, lang)
    lost = [Thing(one.address, is_word=True) for one in review.addresses if one.how == "removed" and not one.to and not one.is_declared]
    yield Care("lost", tell_count("{n} address will answer no more", "{n} addresses will answer no more", len(lost), lang), tuple(lost))
    silent = [Thing(one.title, moment(one.starts, one.zone, lang)) for one in review.dates if one.how == "removed" and not one.is_cancelled]
    yield Care(
        "silent",
        tell_count("{n} date vanishes from calendars without a word", "{n} dates vanish from calendars without a word", len(silent), lang),
        tuple(silent),
    )
    third = [
        Thing(one.target, tell(third_parties.NAMES.get(one.what, one.what), lang), one.where, is_word=True)
        for one in review.third_parties
        if one.how != "removed"
    ]
    yield Care("third", tell_count("Pages let {n} third party in", "Pages let {n} third parties in", len(third), lang), tuple(third))
    yield from _elsewhere(review.domains, lang)
    yield from _people(review, lang)
    yield _pictures(review.pictures, lang)


def _files(review: Review, lang: str) -> Iterator[Care]:
    """Yield the files that do more than say something, what runs before what only shows."""
    loud = [one for one in review.loud if one.what != "binary" or not one.path.lower().endswith(_PICTURES)]
    odd = [one for one in loud if one.what]
    yield Care(
        "odd", tell_count("{n} file is not what it looks like", "{n} files are not what they look like", len(odd), lang), _paths(odd, lang)
    )
    rest = [one for one in loud if not one.what]
    work = [one for one in rest if one.part == "workflow"]
    yield Care(
        "workflow",
        tell_count("{n} file decides what runs and who may do what", "{n} files decide what runs and who may do what", len(work), lang),
        _paths(work, lang),
    )
    program = [one for one in rest if one.part == "code"]
    yield Care(
        "code",
        tell_count(
            "{n} file of the program changes; what it does to pages cannot be seen here",
            "{n} files of the program change; what they do to pages cannot be seen here",
            len(program), lang,
        ),
        _paths(program, lang),
    )  # fmt: skip
    for part, told in (
        ("settings", said("The settings of the whole site change")),
        ("theme", said("The look of every page changes")),
    ):
        yield Care(part, tell(told, lang), _paths((one for one in rest if one.part == part), lang))


def _elsewhere(domains: Iterable[DomainChange], lang: str) -> Iterator[Care]:
    new = [one for one in domains if one.how != "removed"]
    strange = [_domain(one, lang) for one in new if one.marks]
    yield Care(
        "strange",
        tell_count("{n} site elsewhere may not be what it seems", "{n} sites elsewhere may not be what they seem", len(strange), lang),
        tuple(strange),
    )
    plain = [_domain(one, lang) for one in new if not one.marks]
    yield Care(
        "elsewhere",
        tell_count(
            "{n} site elsewhere to which the hub did not lead", "{n} sites elsewhere to which the hub did not lead", len(plain), lang
        ),
        tuple(plain),
    )


def _people(review: Review, lang: str) -> Iterator[Care]:
    new = [Thing(one.name, where=one.where) for one in review.people if one.how == "added"]
    yield Care(
        "people",
        tell_count(
            "{n} person is named for the first time: were they asked?",
            "{n} persons are named for the first time: were they asked?",
            len(new),
            lang,
        ),
        tuple(new),
    )
    other = [
        Thing(one.name, ", ".join(tell(detail.name, lang) for detail in one.details), one.where)
        for one in review.people
        if one.how == "changed"
    ]
    yield Care(
        "told",
        tell_count("{n} person is told of in other words", "{n} persons are told of in other words", len(other), lang),
        tuple(other),
    )


def _pictures(pictures: Iterable[PictureChange], lang: str) -> Care:
    new = [one for one in pictures if one.how == "added" or any(detail.name == "picture" for detail in one.details)]
    things = []
    for one in new:
        size = tell(said("{width} × {height} pixels, {kb} kB", width=one.width, height=one.height, kb=-(-one.size // 1000)), lang)
        notes = [size, *(tell(PICTURES[mark], lang) for mark in one.marks if mark in PICTURES)]
        if one.alt:
            notes.append(tell(said("described as “{words}”", words=one.alt), lang))
        things.append(Thing(one.source, ", ".join(notes), one.where, is_word=True))
    return Care(
        "pictures",
        tell_count("{n} new picture: may it be shown?", "{n} new pictures: may they be shown?", len(new), lang),
        tuple(things),
    )


def _trust(one: TrustChange, lang: str) -> Thing:
    """Return what a rule allows where, whether the rule itself is wider, and who is asked."""
    allowed = said("{things} in {folders}", things=", ".join(one.allows), folders=", ".join(one.folders))
    notes = [tell(allowed, lang)]
    if one.is_wider:
        notes.append(tell(said("the rule is new or wider"), lang))
    notes.append(tell(said("asked about it: {owners}", owners=", ".join(one.owners)), lang))
    return Thing(f"trusted.{one.name}", ", ".join(notes), one.where, is_word=True)


def _domain(one: DomainChange, lang: str) -> Thing:
    notes = list(one.links[:3]) if one.marks else []
    if one.shown:
        notes.append(tell(said("shown as {domain}", domain=one.shown), lang))
    notes += [tell(DOMAINS[mark], lang) for mark in one.marks if mark in DOMAINS]
    if one.like:
        notes.append(tell(said("is it {domain} that is meant?", domain=one.like), lang))
    return Thing(one.domain, ", ".join(notes), one.where, is_word=True)


def _paths(sources: Iterable[SourceChange], lang: str) -> tuple[Thing, ...]:
    return tuple(Thing(one.path, tell(ODD[one.what], lang) if one.what in ODD else one.what, is_word=True) for one in sources)
