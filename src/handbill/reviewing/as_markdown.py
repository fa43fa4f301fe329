"""A review → the comment on a proposal, in Markdown, and the few lines that a terminal shows.

The review may be a stranger's: whatever of it is shown passes through
:mod:`handbill.reviewing.harmless`, and the only links are to addresses that the
caller gives.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from handbill.errors import said
from handbill.layout import LOOKS
from handbill.reviewing.as_markdown_parts import sections
from handbill.reviewing.care import Care, Thing, care
from handbill.reviewing.counting import counted
from handbill.reviewing.details import moment
from handbill.reviewing.fitting import Block, fitted
from handbill.reviewing.harmless import code, plain, strong
from handbill.reviewing.problems import Told, told_problems
from handbill.reviewing.record import Review, State
from handbill.reviewing.sources import part_of
from handbill.showing.cells import safe
from handbill.telling import tell, tell_count

#: By this the comment is found again to be edited.  It is its first line, and no words of a stranger can hold it.
MARK = "<!-- handbill:review -->"

#: GitHub says that it takes 65,536 characters; what it means by one differs from place to place, so ours are bytes of UTF-8.
MOST = 60_000

#: So many things of one reason to look twice are named in the comment, and on a screen.
_THINGS, _ON_SCREEN = 10, 3

_TRUSTED = re.compile(r"https://[\w.~:/?=&%@+-]+")


def comment(
    review: Review, lang: str, most: int = MOST, pack_address: str = "", repository: str = "", files: Collection[str] | None = ()
) -> str:
    """Return the comment: why it cannot be published, what to look at twice, what members get, then everything else.

    Never longer than *most* bytes: whole entries are left out from the end of
    each part, and how many is said.  *pack_address* is where the whole review
    lies, *repository* the address under which files can be seen, *files* what
    the forge says that the proposal changes, ``None`` where it does not list
    them all; these are the caller's word.
    """
    stopped, remarks = told_problems(review, lang, repository if _is_address(repository) else "")
    cared = care(review, lang)
    told = plain(counted(review, lang), most=1000)
    kept_back = tuple(_kept_back(review, files, lang))
    if review.is_silent and review.is_whole and not (stopped or remarks or cared or review.hidden or kept_back):
        return f"{MARK}\n{told}\n"
    blocks = [Block((MARK,)), *kept_back, *_stops(stopped, review.is_whole, lang), *_cares(cared, lang), Block(("", f"**{told}**"))]
    blocks += sections(review, remarks, lang)
    return fitted(blocks, ("", _foot(review, lang, pack_address if _is_address(pack_address) else "")), most, lang)


def summary(review: Review, lang: str) -> str:
    """Return what a terminal shows of a review: the same in the same order, in as few lines as can be."""
    stopped, others = told_problems(review, lang, "")
    lines = []
    if stopped:
        lines.append(_stopped_by(stopped, lang))
        lines += [f"  {one.line}" for one in stopped[:_ON_SCREEN]]
    lines.append(safe(counted(review, lang)))
    for one in care(review, lang):
        names = ", ".join(safe(thing.name) for thing in one.things[:_ON_SCREEN])
        lines.append(tell(said("{sentence} — {things}", sentence=safe(one.told), things=names + _and_more(one, lang)), lang))
    if others:
        lines.append(tell_count("{n} new remark of `check`", "{n} new remarks of `check`", len(others), lang))
    return "\n".join(lines)


def _kept_back(review: Review, files: Collection[str] | None, lang: str) -> Iterator[Block]:
    """Yield what runs and is other, and is told by the forge alone: whoever changes what runs can write any review."""
    told = {name for one in review.loud for name in (one.path, one.former)}
    names = [one for one in files or () if _runs(one) and one not in told]
    if names:
        what = tell(said("The proposal changes what runs, and its review keeps it back: read these files first"), lang)
    elif files is None:
        what = tell(said("The proposal changes more files than GitHub lists, so its review may keep back what runs"), lang)
    else:
        return
    entries = tuple(f"> - {code(name)}" for name in names[:_THINGS])
    yield Block(("", "> [!CAUTION]", f"> **{what}**"), entries, lead="> - ", left=len(names) - len(entries))


def _runs(path: str) -> bool:
    part = part_of(path)
    return part in ("code", "workflow") or (part == "theme" and not path.endswith(LOOKS))


def _stopped_by(stopped: tuple[Told, ...], lang: str) -> str:
    new = sum(one.is_new for one in stopped)
    if not new:
        return tell_count(
            "It cannot be published: {n} error that was there before", "It cannot be published: {n} errors that were there before",
            len(stopped), lang,
        )  # fmt: skip
    told = tell_count(
        "It cannot be published: the proposal brings {n} error", "It cannot be published: the proposal brings {n} errors", new, lang
    )
    if old := len(stopped) - new:
        before = tell_count("{n} more was there before", "{n} more were there before", old, lang)
        return tell(said("{one}; {other}", one=told, other=before), lang)
    return told


def _stops(stopped: tuple[Told, ...], is_whole: bool, lang: str) -> Iterator[Block]:
    if stopped or not is_whole:
        told = _stopped_by(stopped, lang) if stopped else tell(said("It cannot be published as it is"), lang)
        entries = tuple(f"> - {one.markdown}" for one in stopped[:_THINGS])
        yield Block(("", "> [!CAUTION]", f"> **{told}**"), entries, lead="> - ", left=len(stopped) - len(entries))


def _cares(cared: tuple[Care, ...], lang: str) -> Iterator[Block]:
    if cared:
        yield Block(("", "> [!WARNING]", f"> **{tell(said('Look at this twice'), lang)}**"))
    for one in cared:
        entries = tuple(f">   - {_thing(thing)}" for thing in one.things[:_THINGS])
        yield Block((f"> - {plain(one.told)}",), entries, lead=">   - ", left=len(one.things) - len(entries))


def _thing(one: Thing) -> str:
    told = code(one.name) if one.is_word else strong(one.name)
    if one.note:
        told += f" — {plain(one.note, most=400)}"
    if one.where:
        told += " (" + ", ".join(code(source) for source in one.where[:2]) + (", …" if len(one.where) > 2 else "") + ")"
    return told


def _and_more(one: Care, lang: str) -> str:
    more = len(one.things) - _ON_SCREEN
    return " " + tell_count("and {n} more", "and {n} more", more, lang) if more > 0 else ""


def _foot(review: Review, lang: str, pack_address: str) -> str:
    head, base = (_called(one, lang) for one in (review.head, review.base))
    told = tell(
        said("{head} compared with {base}, as of {moment}", head=head, base=base, moment=plain(moment(review.as_of, "", lang))), lang
    )
    return told + (f" · [{tell(said('the whole review, to download'), lang)}]({pack_address})" if pack_address else "")


def _called(state: State, lang: str) -> str:
    if state.commit or state.name:
        return code(state.commit[:12] or state.name)
    return plain(tell(said("the files as they lie here"), lang))


def _is_address(address: str) -> bool:
    return bool(_TRUSTED.fullmatch(address))
