"""The kinds of a hub → the text that a proposal begins with: what its author has looked at, by what is proposed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from handbill.errors import Said, said
from handbill.hub.kind import Kind
from handbill.proposals.owners import Forge
from handbill.telling import tell

#: Where each forge looks for the text of every proposal.
PLACES: Mapping[str, str] = {
    "github": ".github/PULL_REQUEST_TEMPLATE.md",
    "gitlab": ".gitlab/merge_request_templates/Default.md",
    "forgejo": ".forgejo/PULL_REQUEST_TEMPLATE.md",
}

#: Where GitHub looks for one that an address asks for by ``?template=``.
BY_KIND = ".github/PULL_REQUEST_TEMPLATE/{kind}.md"


class Asked(NamedTuple):
    """A line to tick, and the field that it is about: without that field the kind is asked nothing of the sort."""

    field: str
    question: Said


#: What is asked of every text.
ALWAYS = (
    Asked("title", said("I have read it as members will see it: with “{command}”, or in the preview.", command="python3 build.py serve")),
    Asked("authors", said("Everybody who is named or can be recognised knows it, and agreed.")),
    Asked("picture_alt", said("Each picture says in words what matters in it, and may be shown here.")),
    Asked("slug", said("The address can stay as it is for ever.")),
)
_DISCLOSED = Asked(
    "disclosure", said("My own project, money or gifts, a text written by a machine: where it applies, “disclosure” says so.")
)

#: By the name of a kind: what it is called here, and what is asked of it besides.
PARTS: Mapping[str, tuple[Said, tuple[Asked, ...]]] = {
    "post": (
        said("A post"),
        (Asked("summary", said("The summary tells what the text says, and does not tease.")), _DISCLOSED),
    ),
    "event": (
        said("An event"),
        (
            Asked("starts", said("Day of the week, date and time belong together, and are those of the place.")),
            Asked("venue", said("Somebody with a wheelchair, a pram or bad ears knows how to come in.")),
            Asked("registration", said("Price, and whether one has to register, are told.")),
            Asked("status", said("An event that is called off or moved keeps its file; “status” and “status_note” say what happened.")),
            _DISCLOSED,
        ),
    ),
    "contest": (
        said("A contest"),
        (
            Asked("organiser", said("Who organises, who may enter, how, and what can be won are told as in the rules.")),
            Asked("closes", said("Opening and closing have a date and an hour.")),
            Asked("winners", said("Winners agreed to be named.")),
            _DISCLOSED,
        ),
    ),
    "issue": (
        said("A letter"),
        (
            Asked("subject", said("Subject and preheader still say something when cut after forty characters.")),
            Asked("sections", said("I have read the plain text from top to bottom.")),
            Asked("number", said("Somebody else reads it before it is frozen.")),
        ),
    ),
    "page": (said("A page"), (Asked("menu", said("A menu or a text leads to it.")),)),
    "person": (said("A person"), (Asked("roles", said("This person knows the page and agreed to name, roles and photo.")),)),
    "place": (
        said("A place"),
        (
            Asked("access", said("The way in is told as somebody found it who went there.")),
            Asked("latitude", said("The mark on the map is at the door.")),
        ),
    ),
}

_PROGRAM = (
    said("I say what it is for, and what it changes for members."),
    said("Tests and handbook belong to the change."),
    said("No password, no address of a member and no list is in it, not in an earlier commit of it either."),
)


def templates(kinds: Iterable[Kind], forge: Forge, lang: str) -> dict[str, str]:
    """Return the files by their paths: one for every proposal and, at GitHub, one for each kind."""
    every = tuple(kinds)
    made = {PLACES[forge]: _whole(every, lang)}
    if forge == "github":
        made |= {BY_KIND.format(kind=kind.name): _of_one(kind, lang) for kind in every}
    return made


def _whole(kinds: tuple[Kind, ...], lang: str) -> str:
    folded = [(tell(PARTS[kind.name][0], lang), _ticks(_own(kind), lang)) for kind in kinds]
    folded.append((tell(said("Settings, theme, workflows, program"), lang), _ticks(_PROGRAM, lang)))
    parts = "".join(f"<details>\n<summary>{title}</summary>\n\n{ticks}\n</details>\n" for title, ticks in folded)
    return f"{_head(lang)}{_ticks((one.question for one in ALWAYS), lang)}\n{tell(_OPEN, lang)}\n\n{parts}"


def _of_one(kind: Kind, lang: str) -> str:
    return f"{_head(lang)}{_ticks((one.question for one in (*_common(kind), *PARTS[kind.name][1])), lang)}"


_OPEN = said("Unfold what you propose:")


_HEAD = (
    said("Thank you. A line left empty is no fault: it tells those who read this where to look."),
    said("What members will notice"),
    said("What I have looked at"),
)


def _head(lang: str) -> str:
    """Return the beginning: thanks, and the sentence that the letter or the history will want."""
    thanks, noticed, looked = (tell(one, lang) for one in _HEAD)
    return f"<!-- {thanks} -->\n\n## {noticed}\n\n\n\n## {looked}\n\n"


def _own(kind: Kind) -> tuple[Said, ...]:
    return tuple(one.question for one in PARTS[kind.name][1])


def _common(kind: Kind) -> tuple[Asked, ...]:
    known = {one.name for one in kind.all_fields}
    return tuple(one for one in ALWAYS if one.field in known)


def _ticks(questions: Iterable[Said], lang: str) -> str:
    return "".join(f"- [ ] {tell(one, lang)}\n" for one in questions)
