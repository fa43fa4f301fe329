"""What hub.toml may say: every table with its keys, their types, and what each does for members."""

from __future__ import annotations

from handbill.errors import said
from handbill.hub.fields import Choice, Colour, Field, FileName, Flag, Group, Integer, Lang, Link, Many, Slug, Text, Zone
from handbill.settings_duty_fields import DUTIES
from handbill.settings_letters import LETTER, LETTER_TEXTS, MAIL
from handbill.settings_onward import DISCUSSION, REPOSITORY
from handbill.settings_sections import SECTION, SECTION_TEXTS
from handbill.settings_sending import SENDING
from handbill.settings_trusted import TRUSTED

_DIALECTS = (said("what GitHub shows in a proposal"), said("Python-Markdown with its extensions, as Pelican and MkDocs read it"))

COMMUNITY = (
    Field(
        "name", Text(80), "the community's name: site header, titles of feeds, foot of letters", required=True, example="Atelier Garonne"
    ),
    Field("tagline", Text(160), "one line under the name on the home page", default="", example=said("Mending and making together")),
    Field(
        "description",
        Text(300),
        "one or two sentences for search engines and feeds",
        default="",
        example=said("A workshop where people mend and build."),
    ),
    Field(
        "base_url", Link(), "the public address of the hub; every link is made from it", required=True, example="https://atelier.example/"
    ),
    Field("lang", Lang(), "the language of files that name none, and of messages", default="fr", example="fr"),
    Field("languages", Many(Lang()), "all the languages of the hub, its own first", default=(), example="[fr, en]"),
    Field("timezone", Zone(), "the zone of dates and times that name none", default="Europe/Paris", example="Europe/Paris"),
    Field("dialect", Choice(("github", "python-markdown"), _DIALECTS), "the flavour of Markdown", default="github", example="github"),
    Field("since", Integer(1000, 9999), "the year the community began, for the footer", default=0, example="2023"),
    Field(
        "typography",
        Flag(),
        "the spaces, quotation marks and apostrophes of French printers, in French texts",
        default=True,
        example="false",
    ),
    *REPOSITORY,
)
TEXTS = (
    Field("tagline", Text(160), "the tagline in that language", default="", example="Mending and making together"),
    Field("description", Text(300), "the description in that language", default="", example="A workshop where people mend and build."),
)
LOOK = (
    Field("accent", Colour(), "the one strong colour on light pages: links, dates, buttons", default="#b5451f", example="#b5451f"),
    Field("accent_dark", Colour(), "its twin on dark pages", default="#f08a5d", example="#f08a5d"),
    Field(
        "cards",
        Flag(),
        "a picture for each page, drawn from its title and dates, which networks and chat programs show beside a link to it",
        default=True,
        example="false",
    ),
    Field(
        "search",
        Flag(),
        "a box on each page that searches the site; without it no index is made, and the search page only lists what there is",
        default=True,
        example="false",
    ),
    Field("logo", FileName(), "the mark beside the name, a square picture in theme/static", default="", example="logo.svg"),
)
ADDRESSES = (
    Field("posts", Slug(), "the word for posts in addresses", default="posts", example="billets"),
    Field("events", Slug(), "the word for events in addresses", default="events", example="agenda"),
    Field("contests", Slug(), "the word for contests in addresses", default="contests", example="concours"),
    Field("newsletters", Slug(), "the word for letters in addresses", default="newsletters", example="lettres"),
    Field("people", Slug(), "the word for people in addresses", default="people", example="membres"),
    Field("tags", Slug(), "the word for tags in addresses", default="tags", example="sujets"),
    Field("archives", Slug(), "the word for archives in addresses", default="archives", example="archives"),
    Field("places", Slug(), "the word for places in addresses", default="places", example="lieux"),
    Field("subscribe", Slug(), "the word for the subscribe page in addresses", default="subscribe", example="abonnement"),
    Field("legal", Slug(), "the word for the legal notice in addresses", default="legal", example="mentions-legales"),
    Field("privacy", Slug(), "the word for the privacy page in addresses", default="privacy", example="confidentialite"),
    Field(
        "accessibility",
        Slug(),
        "the word for the statement of accessibility in addresses",
        default="accessibility",
        example="accessibilite",
    ),
    Field("gone", Many(Text(300)), "addresses taken back on purpose; a page says so", default=(), example="[/posts/retire/]"),
)
FEEDS = (
    Field("entries", Integer(1, 1000), "how many entries a feed holds", default=30, example="50"),
    Field("letters", Integer(1, 1000), "how many letters the feed of letters holds", default=20, example="12"),
    Field(
        "hub",
        Link(),
        "the address of a WebSub hub, which tells reading programs at once of what is new; it must be told of each publication",
        default="",
        example="https://websub.example/",
    ),
)
_DATES = (said("what takes place"), said("when entries to contests open and close"))
CALENDARS = (
    Field(
        "all",
        Many(Choice(("events", "contests"), _DATES)),
        "what the calendar of all holds; contests have one of their own, too",
        default=("events",),
        example="[events, contests]",
    ),
    Field(
        "letters",
        Flag(),
        "true makes a calendar of when letters go out, also of those to come: by name and number, without their subject",
        default=False,
        example="true",
    ),
    Field(
        "elsewhere",
        Flag(),
        "pages lead to calendars of Google and Microsoft, too, which learn nothing until a reader follows the link; false leaves the file",
        default=True,
        example="false",
    ),
)
#: What feeds are called that every hub has: no kind may be called so.
FEED_NAMES = ("all", "weekly", "monthly", "all-languages")
PROOFING = (
    Field(
        "public",
        Many(Text(200)),
        "mail addresses, telephone numbers and account names that may stand in texts",
        default=(),
        example="[bonjour@atelier.example]",
    ),
    Field(
        "avoid",
        Many(
            Group(
                (
                    Field("term", Text(80), "the term", required=True, example=said("user")),
                    Field("instead", Text(160), "what to write instead", default="", example=said("member")),
                )
            )
        ),
        "terms that the community does not use; a warning tells where they stand",
        default=(),
    ),
)
PICTURES = (
    Field(
        "longest_px",
        Integer(100, 10_000),
        "how long the longer side of a picture is after `fix images`, in pixels",
        default=2000,
        example="1600",
    ),
)
BUDGET = (
    Field("file_kb", Integer(1, 100_000), "the largest text file, in kilobytes", default=1024, example="2048"),
    Field("seconds", Integer(1, 600), "the longest time one text may take to render, in seconds", default=10, example="20"),
    Field("picture_kb", Integer(1, 100_000), "the largest picture file, in kilobytes", default=4096, example="2048"),
    Field("page_kb", Integer(1, 100_000), "how much HTML one text may make, in kilobytes", default=4096, example="8192"),
    Field(
        "memory_mb",
        Integer(256, 1_000_000),
        "how much memory a process that reads texts may take, in megabytes",
        default=2048,
        example="4096",
    ),
    Field("files", Integer(1, 10_000_000), "how many texts and pictures the hub may hold", default=200_000, example="500000"),
    Field(
        "total_mb",
        Integer(1, 1_000_000),
        "how much all texts and pictures may take together, in megabytes; a build holds all pictures in memory",
        default=8192,
        example="16384",
    ),
    Field(
        "earlier",
        Integer(0, 1000),
        "how many earlier sites are kept for `rollback` to go back to; with 0 none, and those that are there are removed",
        default=20,
        example="5",
    ),
    Field(
        "earlier_mb",
        Integer(1, 1_000_000),
        "how much these may take together, in megabytes; the oldest go first",
        default=1000,
        example="200",
    ),
)

#: The tables of hub.toml, in the order in which one writes them, each with what it is for.
TABLES: tuple[tuple[str, str, tuple[Field, ...]], ...] = (
    ("hub", said("The community itself."), COMMUNITY),
    (
        "hub.<language>",
        said("Texts in one of the `languages`, such as `[hub.en]`; what is left out is taken from `[hub]`."),
        TEXTS,
    ),
    ("look", said("Colours, written like `#b5451f`."), LOOK),
    ("mail", said("What every letter carries. Without a `sender` letters are pages of the site only; no mail is made."), MAIL),
    (
        "letters.<name>",
        said("One table for each letter to subscribe to; an issue belongs to `main` unless its file names another."),
        LETTER,
    ),
    (
        "letters.<name>.<language>",
        said("The same in one of the `languages`, such as `[letters.main.en]`; what is left out is taken from `[letters.<name>]`."),
        LETTER_TEXTS,
    ),
    ("sending", said("How letters leave. Who gets them, and what opens a door, is in no file that Git knows."), SENDING),
    *DUTIES,
    ("addresses", said("The words in addresses: lower-case letters, digits, hyphens; each word once."), ADDRESSES),
    (
        "discussion",
        said("Where members talk about a text. Nothing of giscus or GitHub is loaded before a reader asks for it."),
        DISCUSSION,
    ),
    ("feeds", said("How much a feed holds, and who tells of it at once."), FEEDS),
    ("calendars", said("What calendars to subscribe to hold."), CALENDARS),
    ("proofing", said("How texts are proof-read: what may be public, and which terms to avoid."), PROOFING),
    ("pictures", said("How `fix images` prepares pictures."), PICTURES),
    ("budget", said("What one file may cost, and all of them together."), BUDGET),
    (
        "sections.<name>",
        said("Who looks after which part of the repository, one table each; `owners` writes what the forge reads."),
        SECTION,
    ),
    (
        "sections.<name>.<language>",
        said("What is a sentence in `[sections.<name>]`, in another language of the hub, such as `[sections.posts.en]`."),
        SECTION_TEXTS,
    ),
    (
        "trusted.<name>",
        said("Folders whose texts may hold a little more HTML than others, because somebody is asked about each change there."),
        TRUSTED,
    ),
)
