"""What is known of a link that leads elsewhere: where it stands, and what its page answered."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from handbill.errors import Said, said


class Outcome(StrEnum):
    """What a link is worth to a member, the worst first."""

    #: Nobody is there, or the page is not.
    GONE = "gone"
    #: A browser warns before it goes there.
    UNSAFE = "unsafe"
    #: No answer today; it may be back tomorrow.
    SILENT = "silent"
    #: It answers, at another address for good.
    MOVED = "moved"
    #: It answers, and lets no program in: only a person can tell.
    CLOSED = "closed"
    #: It was not asked.
    UNASKED = "unasked"
    ANSWERS = "answers"


#: What an editor should look at.
TROUBLE = (Outcome.GONE, Outcome.UNSAFE, Outcome.SILENT)


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A line of a file; 0 where it is not known."""

    source: str
    line: int


@dataclass(frozen=True, slots=True)
class Link:
    """An address elsewhere, and everywhere that it stands."""

    address: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a page answered.  ``why`` is a key of :func:`reason`, ``detail`` what it names; ``new`` is where it is now.

    ``of_host`` says that every page of the same host answers so.
    """

    outcome: Outcome
    why: str
    detail: str = ""
    new: str = ""
    of_host: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """A link with its answer.  ``asked`` is the moment of the question, ``since`` the first of those with this outcome; both ISO 8601."""

    link: Link
    answer: Answer
    asked: str
    since: str
    is_remembered: bool = False


def reason(answer: Answer) -> Said:
    """Return in words why an answer means what it means."""
    detail = answer.detail
    sentences = {
        "answers": said("it answers"),
        "no page": said("no such page ({status})", status=detail),
        "no name": said("no such site: {host} is no name", host=detail),
        "front page": said("the page is gone: the site leads to its front page instead"),
        "certificate": said("browsers warn of its certificate ({reason})", reason=detail),
        "failed": said("the site answers with a failure of its own ({status})", status=detail),
        "timeout": said("no answer in time"),
        "refused": said("nobody answers at the site ({reason})", reason=detail),
        "broken": said("the answer broke off ({reason})", reason=detail),
        "nonsense": said("answers what is none"),
        "circle": said("leads from one address to the next, without an end"),
        "astray": said("leads to what is no page ({address})", address=detail),
        "moved": said("moved for good"),
        "encrypted": said("answers at an encrypted address, too"),
        "no programs": said("lets no programs in ({status})", status=detail),
        "robots": said("asks programs to stay away (robots.txt)"),
        "busy": said("asks programs to wait ({seconds} s)", seconds=detail),
        "inside": said("an address that is not on the open network"),
        "no address": said("no address that can be asked"),
        "no time": said("no time was left to ask"),
    }
    return sentences[answer.why]
