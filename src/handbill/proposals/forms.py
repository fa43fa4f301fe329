"""What each form asks: the fields of the kinds, in words for people who never saw a file.

What a field is for, whether it must be there and what an example looks like is
taken from the kind, so a form cannot ask for what no file has.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from handbill.authoring.answers import field_named
from handbill.errors import Said, said
from handbill.hub.fields import Field
from handbill.hub.kind import Kind
from handbill.kinds.contest import CONTEST
from handbill.kinds.event import EVENT
from handbill.kinds.post import POST
from handbill.reading.contest_entries import FIELDS as ENTRY_FIELDS

#: The languages in which forms are asked, whatever languages the hub has.
LANGUAGES = ("fr", "en")

Shape = Literal["line", "lines", "choice", "ticks"]


@dataclass(frozen=True, slots=True)
class Question:
    """One question: ``key`` is the field that its answer fills, or a word of ours.

    ``help`` replaces what the field says of itself.  ``options`` pairs what is
    meant with what people tick or choose; of ticks those in ``musts`` must be.
    """

    key: str
    label: Said
    shape: Shape = "line"
    help: str = ""
    is_must: bool = False
    example: str = ""
    options: tuple[tuple[str, Said], ...] = ()
    musts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """A form: its name, what it is called, who it is for, and its questions in their order.

    ``kind`` is what becomes of it, ``None`` where no file does; ``folder`` is
    where that file lies, by which a section takes proposals or does not.
    """

    name: str
    title: Said
    about: Said
    before: Said
    questions: tuple[Question, ...]
    kind: Kind | None = None
    folder: str = ""
    fields: tuple[Field, ...] = field(default=(), repr=False)

    def question(self, key: str) -> Question | None:
        """Return the question whose answer fills a field, or the nearest one around it."""
        known = {one.key: one for one in self.questions}
        while key not in known and "." in key:
            key = key.rpartition(".")[0]
        if key not in known:
            return next((one for one in self.questions if one.key.startswith(f"{key}.")), None)
        return known[key]


_NAMES = said("Names as they are published. Several are separated by commas.")
_SUMMARY = said("For lists and letters; left empty, they show how the text begins.")
_COPIED = said("Copied from the page, a few words are enough.")
_COMMAS = said("Several are separated by commas.")
_TEXT = said(
    "In the language of this form, as you would tell it: sentences, lists, links. Pictures go below the proposal; an editor adds them."
)

_CONSENT = Question(
    "consent",
    said("Before you send it"),
    "ticks",
    options=(
        ("public", said("What I wrote may be published, and I am named as the one who proposed it, by the name of my account.")),
        ("private", said("It holds nothing private of anybody: no address of mail, no telephone number.")),
    ),
    musts=("public", "private"),
)
_DISCLOSED = (
    Question(
        "disclosure",
        said("What readers should know"),
        "ticks",
        help=said("Members are told in plain words. None of it keeps a proposal from being accepted."),
        options=(
            ("own_project", said("I have a part in what it is about, or sell it.")),
            ("paid", said("Somebody paid me for it, or gave me something.")),
            ("part", said("A machine wrote a part of the text.")),
            ("whole", said("A machine wrote all of the text.")),
        ),
    ),
    Question("disclosure.paid_by", said("Who paid or gave something, if somebody did"), help=said("As members read it.")),
)

_EVENT = Form(
    "event",
    said("Propose an event"),
    said("A date on which people meet. An editor looks at it before anybody sees it."),
    said(
        "Thank you for proposing a date. What you leave empty can be added later; what is wrong is told in a comment, "
        "and you correct it here."
    ),
    (
        Question("title", said("What it is called"), help=said("As lists, calendars and letters show it.")),
        Question("starts", said("When it begins"), help=said("Day and hour by the clocks there: 2026-05-01 14:00, or 1 May 2026, 2 pm.")),
        Question("ends", said("When it ends"), help=said("Left empty: two hours later.")),
        Question("mode", said("How one takes part"), "choice", help=said("Left empty: people come to the place.")),
        Question("venue.name", said("The place"), help=said("Its name, as people know it; left empty only online.")),
        Question("venue.street", said("Street and number"), help=said("For maps and calendars.")),
        Question("venue.city", said("Town"), help=said("For maps and calendars.")),
        Question("join_url", said("Where one connects, if online"), help=said("An address that begins with https://.")),
        Question("organisers", said("Who organises"), help=_NAMES),
        Question("price", said("What it costs"), help=said("Left empty: nothing.")),
        Question("registration.url", said("Where one signs up"), help=said("The address of a page; left empty, people just come.")),
        Question("summary", said("In one or two sentences"), help=_SUMMARY),
        Question("text", said("The text"), "lines", help=_TEXT, is_must=True),
        Question("tags", said("Subjects"), help=_COMMAS),
        *_DISCLOSED,
        _CONSENT,
    ),
    EVENT,
    EVENT.folder,
    EVENT.all_fields,
)
_POST = Form(
    "post",
    said("Propose a post"),
    said("A piece of news, a story, a how-to. An editor looks at it before anybody sees it."),
    said("Thank you for writing. What you leave empty can be added later; what is wrong is told in a comment, and you correct it here."),
    (
        Question("title", said("The title"), help=said("As lists, feeds and letters show it.")),
        Question("summary", said("In one or two sentences"), help=_SUMMARY),
        Question("text", said("The text"), "lines", help=_TEXT, is_must=True),
        Question("authors", said("Who signs it"), help=_NAMES),
        Question("tags", said("Subjects"), help=_COMMAS),
        *_DISCLOSED,
        _CONSENT,
    ),
    POST,
    POST.folder,
    POST.all_fields,
)
_ENTRY = Form(
    "entry",
    said("Enter a contest in public"),
    said("For contests whose rules say that one enters under the name of an account."),
    said(
        "You enter under the name of your account. Everybody can read that, and version history keeps it, even once the file "
        "is gone. Other contests have a form of their own, which names nobody."
    ),
    (
        Question("contest", said("The contest"), help=said("The address of its page, or what it is called."), is_must=True),
        Question("work", said("The address of your work"), help=said("Where the contest asks for one.")),
        Question(
            "consent",
            said("Before you send it"),
            "ticks",
            options=(
                ("rules", said("I have read the rules of this contest, and agree to them.")),
                ("public", said("I enter under the name of my account, and know that everybody will read it.")),
            ),
            musts=("rules", "public"),
        ),
    ),
    CONTEST,
    CONTEST.folder,
    ENTRY_FIELDS,
)
_CORRECTION = Form(
    "correction",
    said("Propose a correction"),
    said("A date, a name, a sentence that is wrong."),
    said("Thank you for reading so closely. The comment that follows shows an editor the very line."),
    (
        Question("page", said("The page"), help=said("Its address, as your browser shows it."), example="https://…", is_must=True),
        Question("wrong", said("The words that are wrong"), "lines", help=_COPIED, is_must=True),
        Question("right", said("What would be right"), "lines", is_must=True),
        Question("source", said("How you know"), help=said("The address of a page, or a sentence.")),
    ),
)
_REPORT = Form(
    "report",
    said("Report a problem"),
    said("Something does not work, cannot be read or should not be there."),
    said("Everybody can read what you write here. Private matters, and what names somebody, go to the community's own address instead."),
    (
        Question("where", said("Where"), help=said("The address of the page, or the letter and its date.")),
        Question("what", said("What happens"), "lines", is_must=True),
        Question("expected", said("What you expected"), "lines"),
        Question("device", said("With which device"), help=said("Such as: telephone, Firefox, large letters, screen reader.")),
    ),
)

FORMS: tuple[Form, ...] = (_EVENT, _POST, _ENTRY, _CORRECTION, _REPORT)


def field_of(form: Form, question: Question) -> Field | None:
    """Return the field that an answer fills, ``None`` where it fills none."""
    if question.key in ("text", "consent", "disclosure", "contest") or not form.fields:
        return None
    return field_named(form.fields, question.key)


def named(name: str, forms: Sequence[Form] = FORMS) -> Form | None:
    """Return the form of that name."""
    return next((one for one in forms if one.name == name), None)


#: The words of fields whose answers people choose, in words for people.
CHOICES: Mapping[str, tuple[tuple[str, Said], ...]] = {
    "mode": (
        ("onsite", said("People come to the place")),
        ("online", said("People connect from home")),
        ("hybrid", said("People come or connect, as they like")),
    ),
}


def is_required(form: Form, question: Question) -> bool:
    """Say whether an answer must be there: because the file needs it, or we do."""
    one = field_of(form, question)
    return question.is_must or (one is not None and one.required and "." not in question.key)


def options_of(question: Question) -> tuple[tuple[str, Said], ...]:
    """Return what can be ticked or chosen, each with the word that it stands for."""
    return question.options or CHOICES.get(question.key, ())
