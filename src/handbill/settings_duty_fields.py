"""What hub.toml may say of those who answer for the hub: ``[subscribe]``, ``[legal]`` and ``[accessibility]``, key by key."""

from __future__ import annotations

from handbill.errors import said
from handbill.hub.fields import Choice, Field, Flag, Group, Integer, Link, Many, Text, When
from handbill.hub.reach import Reach

#: How far a site meets a standard, as the French declaration words it.
LEVELS = ("unaudited", "none", "partial", "full")
_LEVELS = (
    said("nobody has audited the site"),
    said("not conforming: fewer than half of the criteria are met"),
    said("partly conforming: at least half of the criteria are met"),
    said("fully conforming: every criterion is met"),
)
_COUNTRIES = (said("what the law of France asks of a site is checked"), said("no law is checked"))

LEGAL = (
    Field(
        "country",
        Choice(("FR", "other"), _COUNTRIES),
        "whose law the site is published under; France where the hub's language is French",
        default="",
        example="FR",
    ),
    Field("publisher", Text(160), "who publishes the site: the association, or the person", default="", example="Atelier Garonne"),
    Field("form", Text(160), "what the publisher is in law", default="", example=said("association under the law of 1 July 1901")),
    Field("registration", Text(160), "the number of a register: RNA, SIRET", default="", example="RNA W000000000"),
    Field("address", Text(300), "the postal address of the publisher", default="", example="14 rue des Établis, 33800 Bordeaux"),
    Field("phone", Text(40), "the telephone number of the publisher", default="", example="05 36 49 12 34"),
    Field("contact", Reach(), "where anyone can write to the publisher", default="", example="bonjour@atelier.example"),
    Field(
        "director", Text(160), "who answers for what is published (in French: directeur de la publication)", default="", example="Inès C."
    ),
    Field("editor", Text(160), "who is in charge of the texts, if that is somebody else", default="", example="Théo V."),
    Field("host", Text(160), "who hosts the site: name of the company or association", default="", example=said("Example Hosting")),
    Field("host_address", Text(300), "the postal address of the host", default="", example="1 chemin des Serveurs, 33000 Bordeaux"),
    Field("host_phone", Text(40), "the telephone number of the host", default="", example="05 36 49 56 78"),
    Field("anonymous", Flag(), "true: a private person whose name only the host knows", default=False, example="true"),
    Field("controller", Text(200), "who answers for members' data, if not the publisher", default="", example="Atelier Garonne"),
    Field(
        "rights",
        Reach(),
        "where members ask to see or erase their data, if not at `contact`",
        default="",
        example="donnees@atelier.example",
    ),
    Field(
        "retention", Text(300), "how long the address of a subscriber is kept", default="", example=said("until you leave, then eight days")
    ),
    Field("mailing", Text(160), "who sends the letters and so receives the addresses", default="", example=said("our own server")),
    Field("mailing_country", Text(80), "the country in which these addresses lie", default="", example="France"),
    Field(
        "security",
        Reach(),
        "where faults of security are reported; makes `.well-known/security.txt`",
        default="",
        example="securite@atelier.example",
    ),
)
#: What of it is a sentence rather than a name, and so has to be said in each language.
LEGAL_TEXTS = (
    Field("form", Text(160), "the same in that language", default="", example="non-profit association under French law"),
    Field("director", Text(160), "the same in that language", default="", example="Inès C., chair"),
    Field("editor", Text(160), "the same in that language", default="", example="Théo V., volunteer"),
    Field("retention", Text(300), "the same in that language", default="", example="until you leave, then eight days"),
    Field("mailing", Text(160), "the same in that language", default="", example="our own server"),
    Field("mailing_country", Text(80), "the same in that language", default="", example="France"),
)

ACCESSIBILITY = (
    Field("standard", Text(60), "the standard that the site is measured by", default="RGAA 4.1", example="WCAG 2.2 AA"),
    Field("level", Choice(LEVELS, _LEVELS), "how far the site meets it", default="unaudited", example="partial"),
    Field("declared", When(moment=False), "the day on which this was first declared", example="2026-01-12"),
    Field("checked", When(moment=False), "the day of the last audit", example="2026-03-02"),
    Field("by", Text(200), "who did the audit", default="", example=said("two volunteers of the workshop")),
    Field("score", Integer(0, 100), "the share of criteria that are met, in hundredths", example="72"),
    Field("pages", Many(Text(200)), "the pages that were looked at", default=(), example="[Accueil, Agenda, Contact]"),
    Field("environment", Many(Text(200)), "browsers and aids that were tried", default=(), example="[Firefox + NVDA]"),
    Field("tools", Many(Text(200)), "programs that were used", default=(), example="[axe]"),
    Field("gaps", Many(Text(500)), "what is not accessible yet", default=(), example=said("[the film of the fair has no captions]")),
    Field("burden", Many(Text(500)), "what would cost too much to make accessible, and why", default=()),
    Field("exempt", Many(Text(500)), "what the law exempts", default=()),
    Field("contact", Reach(), "where one reports a barrier, if not at `legal.contact`", default="", example="bonjour@atelier.example"),
)
ACCESSIBILITY_TEXTS = (
    Field("by", Text(200), "the same in that language", default="", example="two volunteers of the workshop"),
    *(
        Field(name, Many(Text(500)), "the same in that language", default=())
        for name in ("pages", "environment", "gaps", "burden", "exempt")
    ),
)

SUBSCRIBE = (
    Field(
        "action",
        Link(),
        "the address that the form on the subscribe page sends to; without it there are links only",
        default="",
        example="https://lettre.example/subscription/form",
    ),
    Field("field", Text(60, use="key"), "what that program calls the mail address", default="email", example="email"),
    Field("letters", Text(60, use="key"), "what that program calls the letters chosen", default="", example="l"),
    Field(
        "hidden",
        Many(
            Group(
                (
                    Field("name", Text(60, use="key"), "its name", required=True, example="nonce"),
                    Field("value", Text(300, may_be_empty=True, use="key"), "its value", default="", example="1"),
                )
            )
        ),
        "what else the form has to send",
        default=(),
    ),
    Field("confirms", Flag(), "the program asks by mail whether the address is really theirs", default=True, example="false"),
)

#: Each table with what it is for, as ``settings_fields.TABLES`` lists them.
DUTIES: tuple[tuple[str, str, tuple[Field, ...]], ...] = (
    (
        "subscribe",
        said("The form of the subscribe page, for a sending program that takes plain forms, such as Listmonk. It works without script."),
        SUBSCRIBE,
    ),
    ("legal", said("Who answers for the site and for members' data; the pages about this are made from it."), LEGAL),
    (
        "legal.<language>",
        said("What is a sentence in `[legal]`, in another language of the hub, such as `[legal.en]`."),
        LEGAL_TEXTS,
    ),
    (
        "accessibility",
        said("What is declared of the site's accessibility; without it the page says that nobody has audited it."),
        ACCESSIBILITY,
    ),
    (
        "accessibility.<language>",
        said("What is a sentence in `[accessibility]`, in another language of the hub, such as `[accessibility.en]`."),
        ACCESSIBILITY_TEXTS,
    ),
)
