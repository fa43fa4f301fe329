"""What became of a form → the comment below it, in the language of the form.

It is Markdown of our own words.  What a stranger wrote stands between
backticks, cut short, where no sign of it calls anybody or leads anywhere; what
is private is never repeated.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from handbill.errors import Said, said
from handbill.proposals.outcome import Outcome
from handbill.telling import tell

#: No comment is longer: forges take 65,536 signs.
MOST = 30_000

#: So many points of one list; whoever mends the first ones mends the others, too.
_POINTS = 20

_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\uffff\U000e0000-\U000e0fff]")


def reply(outcome: Outcome) -> str:
    """Return the comment; "" where nothing is to be said."""
    if outcome.state == "unknown":
        return ""

    def say(text: Said) -> str:
        return tell(text, outcome.lang)

    return "\n".join(_lines(outcome, say)).strip("\n")[:MOST] + "\n"


def quoted(text: str, most: int = 200) -> str:
    """Return a stranger's words as code: one line, cut short, without a sign that ends the code or is not seen.

    >>> quoted("a `b` @c <d>")
    "`a 'b' @c <d>`"
    """
    plain = _UNSEEN.sub(" ", text.replace("`", "'"))
    plain = " ".join(plain.split())
    return f"`{plain[:most]}…`" if len(plain) > most else f"`{plain or ' '}`"


def _lines(outcome: Outcome, say: Callable[[Said], str]) -> Iterator[str]:
    yield f"**{say(_HEADS[outcome.state])}**"
    yield ""
    if outcome.state == "closed":
        yield say(said("This part of the site takes no proposals from outside for now."))
        if outcome.closed:
            yield ""
            yield quoted(outcome.closed, 300)
    elif outcome.state == "private":
        yield from _private(outcome, say)
    elif outcome.state == "lacking":
        yield say(said("Edit the proposal above (… → Edit) and save it; it is read again at once."))
        yield ""
        for one in outcome.lacking[:_POINTS]:
            label = f"**{_plain(one.label)}** · " if one.label else ""
            yield f"- {label}{_told(one.why, say)}"
        if len(outcome.lacking) > _POINTS:
            yield f"- {say(said('and {n} more', n=len(outcome.lacking) - _POINTS))}"
    elif outcome.state == "ready":
        yield say(
            said(
                "It becomes {path}. An editor looks at it before anybody sees it.",
                path=quoted(outcome.path),
            )
        )
    elif outcome.state == "located":
        yield from _located(outcome, say)
    elif outcome.state == "noted":
        yield say(said("Somebody looks at it. Nothing of it is published on the site."))
    if outcome.notices and outcome.state in ("ready", "lacking"):
        yield ""
        yield say(said("Good to know:"))
        yield ""
        yield from (f"- {_told(one, say)}" for one in outcome.notices[:_POINTS])
    if outcome.others:
        yield ""
        yield say(said("Perhaps it is there already:"))
        yield ""
        for other in outcome.others:
            yield f"- {quoted(other.title)} ({quoted(other.source)}): {_told(other.why, say)}"


_HEADS = {
    "ready": said("Thank you: your proposal is complete."),
    "lacking": said("Thank you. Something is still missing:"),
    "private": said("Something here should not be public."),
    "closed": said("Thank you for thinking of us."),
    "located": said("Thank you for the correction."),
    "noted": said("Thank you for telling us."),
}


def _private(outcome: Outcome, say: Callable[[Said], str]) -> Iterator[str]:
    yield say(said("It looks as if it held something that belongs to somebody alone. Nothing of it was taken over."))
    yield ""
    for one in outcome.lacking[:_POINTS]:
        label = f"**{_plain(one.label)}** · " if one.label else ""
        yield f"- {label}{say(one.why)}"
    yield ""
    yield say(said("To take it out:"))
    yield ""
    yield f"1. {say(said('edit the text above (… → Edit), take it out and save;'))}"
    yield f"2. {say(said('open “edited” at its head, choose the older version, and there “Delete revision from history”.'))}"
    yield ""
    yield say(said("Where it belongs to the community and everybody may know it, say so below: an editor can allow it."))


def _located(outcome: Outcome, say: Callable[[Said], str]) -> Iterator[str]:
    yield say(said("For the editor:"))
    yield ""
    if outcome.path:
        yield f"- {say(said('the page'))} · {quoted(outcome.title)} ({quoted(outcome.path)})"
    else:
        yield f"- {say(said('the page'))} · {say(said('none of that address or name is published'))}"
    for spot in outcome.spots:
        yield f"- {quoted(f'{spot.source}:{spot.line}')} · {quoted(spot.text)}"
    if not outcome.spots:
        yield f"- {say(said('these words stand in no file as they are; the page may put them together'))}"
    yield f"- {say(said('wrong'))} · {quoted(outcome.asked.get('wrong', ''), 400)}"
    yield f"- {say(said('right'))} · {quoted(outcome.asked.get('right', ''), 400)}"
    if outcome.asked.get("source"):
        yield f"- {say(said('how one knows'))} · {quoted(outcome.asked['source'], 400)}"


def _told(text: Said, say: Callable[[Said], str]) -> str:
    """Return a sentence with all that may come from a stranger made harmless: its values stand as code."""
    return say(_harmless(text))


def _harmless(text: Said) -> Said:
    return said(text.pattern, **{name: _as_code(one) for name, one in text.values.items()})


def _as_code(value: object) -> object:
    if isinstance(value, Said):
        return _harmless(value)
    return quoted(value) if isinstance(value, str) else value


def _plain(label: str) -> str:
    return " ".join(re.sub(r"[*_`<>\[\]#@|\\!]", "", _UNSEEN.sub(" ", label)).split())


def merge_text(outcome: Outcome, number: int, proposer: str) -> str:
    """Return the text of the proposal to merge a file, for editors; "" where there is none."""
    if not outcome.is_ready:
        return ""

    def say(text: Said) -> str:
        return tell(text, outcome.lang)

    lines = [say(said("Proposed by a form of the site: {path}.", path=quoted(outcome.path)))]
    # The account and the number are the forge's own words, of letters and digits.
    lines += [say(said("By {account}.", account=quoted(proposer)))] if proposer else []
    lines += [say(said("Closes #{number}: the form.", number=number))] if number else []
    for heading, points in (
        (said("To look at:"), [_told(one, say) for one in outcome.notices[:_POINTS]]),
        (
            said("Perhaps it is there already:"),
            [f"{quoted(one.title)} ({quoted(one.source)}): {_told(one.why, say)}" for one in outcome.others],
        ),
    ):
        if points:
            lines += ["", say(heading), "", *(f"- {one}" for one in points)]
    return "\n".join(lines) + "\n"
