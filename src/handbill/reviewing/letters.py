"""The letters of two states → which would be mailed otherwise, and which are no longer what was frozen.

Of all letters only the digests of what decides them are compared; the mails
themselves are made of those that differ.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from handbill.composing.naming import issues, named
from handbill.composing.states import state_of
from handbill.hub.hub import Hub
from handbill.hub.item import Item
from handbill.options import Options
from handbill.outputs.cards import Cards
from handbill.outputs.letters import HTML, MAIL, TEXT, frame_digest, letter_of
from handbill.outputs.mail.weight import weight_of
from handbill.outputs.planned import Planned, digest
from handbill.outputs.unsent import as_sent
from handbill.reviewing.bundles import bundles_of
from handbill.reviewing.letter_forms import Forms, forms
from handbill.reviewing.letter_text import headers_of, lines_of
from handbill.reviewing.record import Detail, How, LetterChange, Run
from handbill.reviewing.saying import in_words
from handbill.reviewing.words import runs
from handbill.settings import Settings


@dataclass(frozen=True, slots=True)
class Standing:
    """One number of a letter: how it stands, the digest of all that decides its mails, and what is frozen of it.

    ``sent`` is an ISO moment; ``frozen`` is the digest of the manifest,
    ``archived`` that of the files as they lie in the archive, both "" where
    there is none.
    """

    subject: str
    preheader: str
    lang: str
    state: str
    sent: str
    source: str
    key: str
    frozen: str = ""
    archived: str = ""


def facts(hub: Hub, settings: Settings, options: Options, scratch: Path, planned: Sequence[Planned]) -> Mapping[str, Standing]:  # noqa: ARG001 - as every subject
    """Return how every number of every letter stands, drafts too, by its name."""
    keys = {one.path: one for one in planned if one.path.endswith(HTML)}
    frame = frame_digest(settings)
    archived = dict(bundles_of(settings.root))
    found = {}
    for item in issues(hub):
        assert item.published is not None
        name, frozen = named(item, settings), hub.frozen.get(item.id)
        bundle = archived.pop(name, None)
        shown = keys.get(f"{item.address.lstrip('/')}{HTML}")
        if frozen:
            key = ""
        elif shown and item.id in hub.by_id:
            key = shown.key
        else:
            key = _key_of_waiting(item, hub, settings, frame)
        found[name] = Standing(
            subject=frozen.subject if frozen else item.facts.subject,
            preheader=item.facts.preheader,
            lang=item.lang,
            state=state_of(item, name, hub, ()) if bundle is None or bundle.is_as_frozen(frozen) else "damaged",
            sent=item.published.isoformat(),
            source=item.source,
            key=key,
            frozen=frozen.digest if frozen else "",
            archived=bundle.digest if bundle else "",
        )
    # What was frozen and has no text any more was mailed all the same.
    for one in hub.frozen.values():
        if bundle := archived.get(one.name):
            state = "frozen" if bundle.is_as_frozen(one) else "damaged"
            sent, source = one.sent.isoformat(), one.inputs.source
            found[one.name] = Standing(one.subject, "", one.lang, state, sent, source, "", one.digest, bundle.digest)
    return dict(sorted(found.items()))


def _key_of_waiting(item: Item, hub: Hub, settings: Settings, frame: str) -> str:
    """Return the key that the plan will have for a letter on its day (outputs/letters.py)."""
    then = as_sent(item, hub)
    letter = letter_of(item, then, settings, Cards(then, settings, item.lang, settings.absolute))
    return digest(digest(frame, letter), HTML)


def changes(before: Mapping[str, Standing], after: Mapping[str, Standing], broken: Collection[str] = ()) -> tuple[LetterChange, ...]:
    """Return the letters that differ, without their mails; those to come first, then the others from the latest on.

    What seems to go only because its file, one of the *broken*, cannot be read
    as it is now, stays.
    """
    found = []
    for name in {*before, *after}:
        was, now = before.get(name), after.get(name)
        one = now or was
        assert one is not None
        if was == now or (now is None and one.source in broken):
            continue
        how: How = "added" if was is None else "removed" if now is None else "changed"
        found.append(
            LetterChange(
                name=name,
                how=how,
                subject=one.subject,
                preheader=one.preheader,
                lang=one.lang,
                state=one.state,
                sent=one.sent,
                source=one.source,
                bytes_html=0,
                bytes_wire=0,
                details=tuple(_details(was, now)) if was and now else (),
                frozen=one.frozen,
            )
        )
    found.sort(key=lambda one: one.name)
    found.sort(key=lambda one: one.sent, reverse=True)
    return tuple(sorted(found, key=lambda one: one.state in _PAST))


#: States of letters that have been approved, and perhaps mailed.
_PAST = frozenset({"frozen", "partly", "sent", "damaged"})


def _details(was: Standing, now: Standing) -> Iterator[Detail]:
    for name, old, new in (("state", was.state, now.state), ("day of sending", was.sent, now.sent)):
        if old != new:
            yield Detail(name, old, new)


def with_forms(
    found: Iterable[LetterChange], before: Mapping[str, Forms] | None, after: Mapping[str, Forms] | None, lang: str = "en"
) -> tuple[LetterChange, ...]:
    """Return the changes with the mails of both states, what differs in them, and what is wrong with the new ones in words of *lang*.

    A letter that waits is one in each moment that is looked at; it is told as it stands first.  One whose mails are the same
    bytes after all is not told.
    """
    once: dict[str, LetterChange] = {}
    for one in found:
        once.setdefault(one.name, one)
    pairs = {name: ((before or {}).get(name), (after or {}).get(name)) for name in once}
    return tuple(_with_forms(one, *pairs[name], lang) for name, one in once.items() if not _is_same(one, *pairs[name]))


def _is_same(one: LetterChange, was: Forms | None, now: Forms | None) -> bool:
    """Say whether only what a letter is made of is other, such as a word of the theme that does not stand in it."""
    return bool(was and now and was.files and was.files == now.files and was.archived == now.archived and not one.details)


def _with_forms(one: LetterChange, was: Forms | None, now: Forms | None, lang: str) -> LetterChange:
    former, forms_now = (side.files if side else {} for side in (was, now))
    shown = forms_now or former
    weight = weight_of(shown.get(HTML, b"").decode("utf-8", "replace"))
    texts = [lines_of(files.get(TEXT, b"").decode("utf-8", "replace")) for files in (former, forms_now)]
    return replace(
        one,
        bytes_html=weight.own,
        bytes_wire=weight.sent,
        # Of many letters only the latest are made, and one side may have made one that the other has not.
        words=runs(*texts) if one.how != "changed" or (former and forms_now) else (),
        headers=headers_of(former.get(MAIL), forms_now.get(MAIL)),
        since_freeze=tuple(_since_freeze(was, now)),
        # Nothing private is among them: mails are looked at, not files.
        problems=in_words(now.problems, lang, Path()) if now else (),
        forms=forms_now,
        former=former,
    )


def _since_freeze(was: Forms | None, now: Forms | None) -> Iterator[Run]:
    """Yield what was frozen and is other now: its words, and of what has none, each file with its size."""
    if was is None or not was.archived:
        return
    kept = now.archived if now else {}
    if was.archived == kept:
        return
    yield from runs(was.archived_lines, now.archived_lines if now else ())
    for name in sorted({*was.archived, *kept}):
        then, later = was.archived.get(name), kept.get(name)
        if then != later and name != TEXT:
            for how, proof in (("gone", then), ("new", later)):
                if proof:
                    yield Run(how, f"{name} ({proof.size} bytes, {proof.sha256[:12]})\n")  # type: ignore[arg-type]


__all__ = ["Forms", "Standing", "changes", "facts", "forms", "with_forms"]
