"""The fields of a contest: what an editor can write, and what each does for members."""

from __future__ import annotations

from handbill.errors import said
from handbill.hub.amount import Amount
from handbill.hub.fields import Choice, Field, Flag, Group, Integer, Link, Many, Text, When
from handbill.kinds.disclosure import DISCLOSURE

_MECHANISMS = (
    said("lots are drawn among all entries"),
    said("a jury chooses"),
    said("the right answers win; a last question separates equal entries"),
    said("lots are drawn among all right answers"),
    said("a jury chooses, and the votes of members count as one juror more"),
)
_ENTRIES = (
    said("by a form"),
    said("by a pull request, under the name of an account"),
    said("by an issue of the repository"),
    said("by a post on a social network"),
    said("by a paper on the spot"),
)
_EXCLUDED = (said("who works for the organiser"), said("their families"), said("partners and who works for them"))
_ALGORITHMS = (said("by a public beacon of randomness"), said("by numbers of a public lottery, after RFC 3797"))
_SHOWN = (
    said("by the ticket alone"),
    said("by first name and initial, where the winner agrees"),
    said("by the name that the winner chooses, where the winner agrees"),
)

_ORGANISER = Group(
    (
        Field("name", Text(200), "who organises, as the rules name it", required=True, example="Association Atelier Garonne"),
        Field(
            "form", Text(120), "the legal form; default: that of [legal]", default="", example=said("non-profit association (law of 1901)")
        ),
        Field("registration", Text(120), "the number of registration; default: that of [legal]", default="", example="RNA W332000000"),
        Field("address", Text(300), "the seat; default: that of [legal]", default="", example="14 rue des Établis, 33800 Bordeaux"),
        Field("contact", Text(200, use="key"), "where to write; default: that of [legal]", default="", example="contact@atelier.example"),
        Field("capital", Text(60), "the capital, for a company", default="", example="1 000 €"),
    ),
    short="name",
)
_PRIZE = Group(
    (
        Field("name", Text(160), "the prize, as members read it", required=True, example=said("A set of wood chisels")),
        Field("quantity", Integer(1, 10_000), "how many of it can be won", default=1, example="3"),
        Field("value", Text(60), "what one is worth, in words", default="", example="45 €"),
        Field("unit_value", Amount(), "what one is worth, in numbers; the rules add it up", example="45"),
        Field("currency", Text(3, use="key"), "the currency of unit_value (ISO 4217)", default="EUR", example="EUR"),
        Field("shared_by", Integer(1, 1000), "how many people win one together", default=1, example="2"),
        Field("delivery", Text(200), "how winners get it", default="", example=said("Handed over at the workshop")),
        Field("restrictions", Text(300), "what the winner must know of it", default="", example=said("To be used before June 2027")),
    )
)
_JUDGING = Group(
    (
        Field("jurors", Many(Text(120, use="name")), "who judges, three at least", default=(), example="[ines-carrere, hugo-lassalle]"),
        Field(
            "criteria",
            Many(
                Group(
                    (
                        Field("name", Text(120), "what is marked", required=True, example=said("The story")),
                        Field("weight", Amount(4), "its part; all together are 1", required=True, example="0.5"),
                        Field("scale", Integer(1, 1000), "the best mark; the worst is 0", default=10, example="10"),
                    )
                )
            ),
            "what jurors mark",
            default=(),
        ),
        Field("blind", Flag(), "true where jurors do not know whose work it is", default=False, example="true"),
        Field(
            "conflicts",
            Text(300),
            "what a juror does who knows an entrant",
            default="",
            example=said("The juror does not mark that entry."),
        ),
    )
)
_QUIZ = Group(
    (
        Field("questions", Integer(1, 200), "how many questions there are", default=0, example="10"),
        Field(
            "answers",
            Text(64, use="key"),
            "the digest of the right answers, from “contest answers digest”",
            default="",
            example="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        ),
        Field(
            "tiebreak",
            Text(300),
            "the question with a number for an answer that separates equal entries",
            default="",
            example=said("How many screws are in the jar?"),
        ),
    )
)
_RANDOMNESS = Group(
    (
        Field("algorithm", Choice(("hubdraw-1", "rfc3797"), _ALGORITHMS), "how lots are drawn", default="hubdraw-1", example="hubdraw-1"),
        Field(
            "sources",
            Many(
                Group(
                    (
                        Field(
                            "name",
                            Text(160),
                            "the drawing and its day",
                            required=True,
                            example=said("Loto of Wednesday 15 July 2026, main numbers"),
                        ),
                        Field("count", Integer(1, 100), "how many numbers are drawn", required=True, example="5"),
                        Field("most", Integer(2, 10**9), "the highest number", required=True, example="49"),
                    )
                ),
                most=20,
            ),
            "the public drawings whose numbers decide, for rfc3797",
            default=(),
        ),
    )
)
_PRIVACY = Group(
    (
        Field(
            "controller", Text(200), "who answers for the data; default: that of [legal]", default="", example="Association Atelier Garonne"
        ),
        Field("purpose", Text(300), "what the data are for", default="", example=said("To run the contest and hand over the prizes")),
        Field("basis", Text(200), "the legal basis", default="", example=said("Performance of the contract that the rules are")),
        Field("retention_days", Integer(1, 3650), "how many days after the results they are destroyed", default=90, example="90"),
        Field(
            "contact",
            Text(200, use="key"),
            "where entrants ask for their data; default: that of [legal]",
            default="",
            example="donnees@atelier.example",
        ),
        Field(
            "publish_winners",
            Choice(("pseudonym", "first_name_initial", "opt_in"), _SHOWN),
            "how winners are shown",
            default="opt_in",
            example="opt_in",
        ),
    )
)
_DEPOSIT = Group(
    (
        Field("officer", Text(200), "with whom the rules were filed", default="", example=said("Bailiffs Example, Bordeaux")),
        Field("reference", Text(120), "the reference of the file", default="", example="2026-118"),
        Field("date", When(), "the day", example="2026-05-20"),
    )
)
_WINNER = Group(
    (
        Field("name", Text(120), "the name that the winner agreed to show", required=True, example="Camille R."),
        Field("prize", Text(160), "what was won", default="", example=said("A set of wood chisels")),
        Field("ticket", Text(70, use="key"), "the ticket of the pool that won", default="", example="c446idxx5zen3mr7"),
    )
)

_STUFFED = said("a jury, or “jury+vote”, in which the votes count as one juror more: votes alone go to whoever stuffs the ballot box best")

FIELDS = (
    Field(
        "mechanism",
        Choice(
            ("draw", "jury", "quiz", "quiz+draw", "jury+vote"),
            _MECHANISMS,
            tuple((word, _STUFFED) for word in ("vote", "votes", "vote-du-public", "public-vote", "likes")),
        ),
        "how winners are found",
        required=True,
        example="draw",
    ),
    Field("opens", When(), "from when members can enter", required=True, example="2026-06-01 09:00"),
    Field(
        "closes", When(), "until when members can enter; a day lasts until its midnight", required=True, example="2026-06-30", after="opens"
    ),
    Field("freeze", When(day=False), "by when the pool is frozen and its digest told", example="2026-07-01 18:00"),
    Field("draw", When(day=False), "when lots are drawn; required where mechanism ends in a draw", example="2026-07-03 18:00"),
    Field("results", When(), "when winners are made known", example="2026-07-04"),
    Field("claim", When(), "until when winners can claim their prizes", example="2026-07-31"),
    Field("objection_hours", Integer(1, 720), "so many hours at least lie between freezing and draw", default=24, example="24"),
    Field("prizes", Many(_PRIZE), "what can be won", required=True, default=()),
    Field("substitutes", Integer(0, 10_000), "how many substitutes are drawn; default: as many as winners", example="3"),
    Field("enter", Text(300), "how to enter, in one line", required=True, default="", example=said("Send a photo of what you mended.")),
    Field(
        "entry",
        Choice(("form", "pull_request", "issue_form", "post", "paper"), _ENTRIES),
        "how entries come in",
        default="form",
        example="form",
    ),
    Field(
        "enter_url",
        Link(),
        "the page where members enter; their names never enter this repository",
        default="",
        example="https://formulaire.example/photo",
    ),
    Field("entries_per_person", Integer(1, 1000), "how often one person can enter", default=1, example="1"),
    Field(
        "purchase_required",
        Flag(),
        "true where only buyers can enter, which no contest with chance in it may ask",
        default=False,
        example="false",
    ),
    Field("organiser", _ORGANISER, "who organises, as the rules name it", required=True, example="Association Atelier Garonne"),
    Field("eligibility", Text(300), "who may enter, in one line", default="", example=said("Anyone of age")),
    Field("min_age", Integer(0, 120), "the least age; below 18, parental_consent says how parents agree", default=18, example="18"),
    Field("parental_consent", Text(300), "how parents agree", default="", example=said("A parent signs the entry form.")),
    Field("countries", Many(Text(60)), "where entrants live; left out, anywhere", default=(), example="[France]"),
    Field("members_only", Flag(), "true where only members can enter", default=False, example="true"),
    Field("excluded", Many(Choice(("staff", "family", "partners"), _EXCLUDED)), "who cannot enter", default=(), example="[staff, family]"),
    Field("judging", _JUDGING, "the jury: who, by what"),
    Field("quiz", _QUIZ, "the quiz: how many questions, the digest of the answers"),
    Field("randomness", _RANDOMNESS, "what decides the draw"),
    Field("privacy", _PRIVACY, "what is kept of entrants"),
    Field(
        "image_rights",
        Text(600),
        "what may be done with the works, under which licence",
        default="",
        example=said("You stay the author; we may show the photo here."),
    ),
    Field("platform", Text(80), "the social network on which it also runs", default="", example="Instagram"),
    Field(
        "platform_disclaimer", Flag(), "true: the rules say that the network neither runs nor sponsors it", default=False, example="true"
    ),
    Field("deposit", _DEPOSIT, "where the rules were filed, if they were"),
    Field("winners", Many(_WINNER), "who won and agreed to be named; shown once results are due", default=()),
    Field("cancelled", Text(300), "why it is cancelled; writing it cancels the contest", default="", example=said("Too few entries.")),
    DISCLOSURE,
)
