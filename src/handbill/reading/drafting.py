"""One text file → a draft, with every problem that can be seen in it alone.

A draft depends on the bytes of its file, the dialect, the zone and the
program, so it can be kept as long as those stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbill.errors import Level, Problem, said
from handbill.hub.address import name_of
from handbill.hub.allowed import beyond_in
from handbill.hub.fields import Desk, Node, Scalar, Table, place_of, read_table
from handbill.hub.kind import Kind
from handbill.hub.nodes import Spot
from handbill.hub.zone import is_zone
from handbill.kinds import elsewhere
from handbill.proofing.lengths import measure
from handbill.proofing.proof import keep_back, leftovers, proof
from handbill.reading.blocks import numbers_of, put_back, take_out
from handbill.reading.body import read_body
from handbill.reading.bounds import long_line, too_much
from handbill.reading.depth import TooDeep
from handbill.reading.draft import Draft, Terms
from handbill.reading.files import decode, split
from handbill.reading.knots import knot
from handbill.reading.markdown import Unreadable, engine
from handbill.reading.places import Written
from handbill.reading.unseen import check_unseen
from handbill.reading.within import check_within

#: What may become HTML of a writer's own.
_TAG = re.compile("<[A-Za-z/!?]")


def read_draft(source: str, raw: bytes, kind: Kind, terms: Terms) -> tuple[Draft | None, tuple[Problem, ...]]:
    """Return the draft of a file and its problems.

    A draft with an error in its front matter is ``is_broken``: it is no item,
    but its links are still looked at, so that one run tells everything.  A file
    that cannot be taken apart at all gives no draft.
    """
    desk = Desk(source, terms.zone, followed=terms.followed)
    if len(raw) > terms.most_bytes:
        found = said("a file of {size} KB", size=len(raw) // 1024)
        desk.refuse(None, "", found, said("at most {most} KB (file_kb under [budget] in hub.toml)", most=terms.most_bytes // 1024), "HB106")
        return None, tuple(desk.problems)
    text = decode(raw, desk)
    if text is None:
        # The line of the bad sign is shown, so what must not be shown on it has to be known.
        keep_back(raw.decode("utf-8", "replace"), 1, terms.house, desk)
        return None, tuple(desk.problems)
    if too_long := long_line(text):
        line, found, wanted = too_long
        desk.refuse(Spot(line + 1, 1), "", found, wanted, "HB106")
        return None, tuple(desk.problems)
    of_git = Desk(source, terms.zone)
    left = leftovers(text, of_git)
    parsed = split(text, desk)
    if parsed is None or 0 < left < parsed[2]:
        # What a conflict or a pointer makes of the front matter is told by nobody: it is mended with them.
        told = of_git if left else desk
        keep_back(text, 1, terms.house, told)
        return None, tuple(told.problems)
    table, markdown, first_line = parsed
    zone = place_of(table, "timezone")
    if isinstance(zone, Scalar) and any(one.name == "timezone" for one in kind.fields):
        _use_zone(zone, desk)
    name, lang = name_of(source, terms.languages)
    desk.lang = _set_in(table, lang, terms)
    values = read_table(table, kind.all_fields, desk, elsewhere=elsewhere(kind))
    parts = {} if desk.has_errors else kind.make(values, table, desk)
    is_broken = desk.has_errors
    desk.problems += of_git.problems
    places = {key: (node.line, node.column, node.width if isinstance(node, Scalar) else 0) for key, node in _named(table)}
    proof(text, first_line, terms.house, desk)
    measure(values, places, desk)
    taken = take_out(markdown, first_line, kind.blocks, desk)
    try:
        if tied := knot(taken.markdown):
            desk.refuse(Spot(first_line, 1), "", *tied, "HB106")
            return None, tuple(desk.problems)
        rendered = engine(terms.dialect)(taken.markdown)
        if much := too_much(rendered, terms.page_bytes):
            desk.refuse(Spot(first_line, 1), "", *much, "HB106")
            return None, tuple(desk.problems)
        is_tame = not _TAG.search(taken.markdown) and "&#" not in taken.markdown
        # In what happens on a day, weekdays are looked for in the whole text.
        is_mailed, is_whole = kind.blocks is not None, bool(parts.get("occurrences"))
        rough = read_body(rendered, desk.lang, is_mailed, is_tame, is_whole, beyond_in(source, terms.trusted))
    except TooDeep:
        desk.refuse(
            Spot(first_line, 1),
            "",
            said("a text nested more than 100 levels deep"),
            said("fewer levels of lists, quotes or elements"),
            "HB111",
        )
        return None, tuple(desk.problems)
    except RecursionError:
        found = said("a text nested too deeply for this dialect")
        desk.refuse(Spot(first_line, 1), "", found, said("fewer levels of lists, quotes or elements"), "HB111")
        return None, tuple(desk.problems)
    except Unreadable:
        found, wanted = said("a text on which the reader gave up"), said("a simpler text; no setting moves this limit")
        desk.refuse(Spot(first_line, 1), "", found, wanted, "HB113")
        return None, tuple(desk.problems)
    in_file = Written(raw, first_line)
    for address in rough.remote:
        desk.refuse(
            Spot(*in_file.place_of(address)),
            "",
            said("a picture from elsewhere ({address}), shown as a link", address=address[:80]),
            said("a picture file of the hub"),
            "HB112",
            Level.WARNING,
        )
    check_within(rough, markdown, first_line, desk)
    if not rough.is_tame or markdown is not taken.markdown:
        check_unseen(rendered, rough.body.html, markdown, first_line, desk)
    body = put_back(rough.body, taken, desk)
    if kind.blocks and taken.values and parts:
        parts["facts"] = kind.blocks.put(parts["facts"], taken.values, numbers_of(body))
        places |= {f"{kind.blocks.word}[{number}]": (line, 1, 0) for number, line in enumerate(taken.lines)}
    draft = Draft(
        source=source,
        kind=kind.name,
        name=name,
        lang=lang,
        values={one: values[one] for one in values if one in _COMMON_KEPT},
        parts=parts,
        body=body,
        pictures=rough.pictures,
        anchors=rough.anchors,
        first_line=first_line,
        places=places,
        is_broken=is_broken,
    )
    return draft, tuple(desk.problems)


#: Which fields the loader itself reads; a kind reads its own in ``make``.
_COMMON_KEPT = frozenset(
    {
        "title",
        "summary",
        "date",
        "updated",
        "lang",
        "slug",
        "id",
        "aliases",
        "tags",
        "authors",
        "picture",
        "picture_alt",
        "draft",
        "translation_of",
        "organisers",
        "speakers",
        "partners",
        "recap",
        "code_of_conduct",
        "venue",
        "map",
        "map_alt",
    }
)


def _named(table: Table) -> Iterator[tuple[str, Node]]:
    """Yield each field with its name, those below another with both names."""
    for key, node in table.pairs:
        yield key.text, node
        if isinstance(node, Table):
            yield from ((f"{key.text}.{name}", inner) for name, inner in _named(node))


def _set_in(table: Table, lang: str | None, terms: Terms) -> str:
    """Return the language by whose rules a file's texts are set; "" where they are to stay as they were typed."""
    said_no = place_of(table, "typography")
    if not terms.typography or (isinstance(said_no, Scalar) and said_no.text.lower() == "false"):
        return ""
    written = place_of(table, "lang")
    return written.text if isinstance(written, Scalar) and written.text else lang or terms.languages[0]


def _use_zone(zone: Scalar, desk: Desk) -> None:
    if is_zone(zone.text):
        desk.zone = zone.text
