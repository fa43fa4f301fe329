"""What the program keeps and reads again: books of addresses and calendars, records of draws, manifests, and what strangers leave for it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from fuzz.room import as_file
from fuzz.targets import artifact, dns, draw_proofs, intake, locks, pictures, returned_mails
from hypothesis import strategies as st
from tests.forge.poison import File, zipped
from tests.hostile.properties.drawn import LINE, MEANT, NAIVE, TEXT, WORDS, ZONES, joined
from tests.hostile.properties.holding import holds

from handbill.draw.canonical import NotCanonical, canonical, fits, is_sealed, sealed, values_in
from handbill.forge.artifact import Limits, Poisoned, opened
from handbill.hub.clean import FORBIDDEN
from handbill.hub.hub import Promise
from handbill.hub.ledger import Ledger, Record, State
from handbill.proposals.forms import FORMS, LANGUAGES
from handbill.reading.ledger import ledger_text, read_ledger
from handbill.reading.promises import lock_text, read_promises
from handbill.telling import tell

_PLAIN = LINE.filter(lambda text: text and not FORBIDDEN.search(text))
_ADDRESS = st.lists(st.text(alphabet="abc-0", min_size=1, max_size=6), max_size=3).map(lambda parts: "/" + "".join(f"{part}/" for part in parts))  # fmt: skip


@holds(promises=st.lists(st.builds(Promise, _ADDRESS, st.text(alphabet="abc:-/é", min_size=1, max_size=12)), max_size=6))
def promised_addresses_are_read_as_they_were_kept(promises: list[Promise]) -> None:
    file = as_file("addresses.lock", lock_text(promises).encode("utf-8"))

    found, problems = read_promises(file.parent)

    assert not problems
    assert set(promises) == set(found)


@st.composite
def _records(draw: st.DrawFn) -> tuple[str, Record]:
    zone = draw(ZONES)
    naive, length = draw(NAIVE).replace(microsecond=0), timedelta(hours=draw(st.integers(0, 40)))
    # A clock shows what it shows; of the two ways to name a moment in a gap the later one is read back.
    first = naive.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC).astimezone(ZoneInfo(zone))
    last = (first.astimezone(UTC) + length).astimezone(ZoneInfo(zone))
    is_whole_days = draw(st.booleans())
    starts, ends = (first.date(), last.date()) if is_whole_days else (first, last)
    digest = st.sampled_from(("", "0123456789abcdef0123"))
    over = max(first.date(), last.date()) + timedelta(days=1)
    never = tuple(draw(st.lists(st.dates(date(2000, 1, 1), date(2100, 1, 1)), max_size=2, unique=True)))
    state = State(draw(_PLAIN), draw(st.sampled_from(("fr", "en"))), starts, ends, zone, over, draw(digest), draw(digest), never)
    uid = draw(st.text(alphabet="abc-@.é /", min_size=1, max_size=20).filter(str.strip))
    changed = draw(st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1))).replace(microsecond=0, tzinfo=UTC)
    return "event:" + draw(st.text(alphabet="abc-", min_size=1, max_size=8)), Record(
        uid, draw(st.integers(0, 10**6)), changed, state, draw(st.booleans())
    )


@holds(records=st.lists(_records(), max_size=4).map(dict))
def what_calendars_told_is_read_as_it_was_kept(records: dict[str, Record]) -> None:
    file = as_file("calendars.lock", ledger_text(Ledger("essai.example", records)).encode("utf-8"))

    found, problems = read_ledger(file.parent)

    assert not problems, [str(one) for one in problems]
    assert "essai.example" == found.host
    assert dict(sorted(records.items())) == dict(found.records)


@holds(
    raw=st.one_of(
        st.binary(max_size=120),
        joined(TEXT, st.sampled_from(("host a.example", "/a/ post:a", "<<<<<<< HEAD", "=======", ">>>>>>> b")), between="\n").map(
            str.encode
        ),
    )
)
def a_book_that_somebody_changed_is_read_or_told(raw: bytes) -> None:
    locks.one(raw)


_LEAF = st.one_of(st.none(), st.booleans(), st.integers(-(2**60), 2**60), TEXT)
_BRANCH = st.one_of(_LEAF, st.lists(_LEAF, max_size=4), st.dictionaries(TEXT, _LEAF, max_size=4))
_VALUE = st.one_of(_BRANCH, st.lists(_BRANCH, max_size=4), st.dictionaries(TEXT, _BRANCH, max_size=4))


@holds(value=_VALUE)
def values_have_one_text_and_it_is_theirs(value: object) -> None:
    raw = canonical(value)

    assert value == values_in(raw)
    assert value == json.loads(raw)
    other = json.dumps(value, sort_keys=True).encode() + b"\n"
    if other != raw:
        try:
            values_in(other)
        except NotCanonical:
            pass
        else:
            raise AssertionError("two texts of the same values")
    if isinstance(value, dict):
        assert fits(value, {}, is_open=True)
        if not value.keys() & {"digest"} and all(key < "digest" for key in value):
            return
        if any(key > "digest" for key in value):
            told = sealed({**value, "digest": ""})
            assert is_sealed(told)


@holds(few=15, head=st.integers(0, 47), at=st.integers(0, 4000), put=st.binary(max_size=6), cut=st.integers(0, 30))
def no_byte_of_a_draw_can_be_another_unseen(head: int, at: int, put: bytes, cut: int) -> None:
    seed = draw_proofs.seeds()[head % len(draw_proofs.seeds())]
    at = 1 + at % len(seed)
    draw_proofs.one(seed[:at] + put + seed[at + cut :])


_NAME = joined(st.sampled_from(("..", ".", "", "a", "con", "NUL.txt", "e\u0301", "é", "C:", "a ", " a", "x" * 255, "\u202e")), st.sampled_from(MEANT), WORDS, between="/", most=4)  # fmt: skip


@holds(
    names=st.lists(_NAME, max_size=3),
    content=st.binary(max_size=60),
    flags=st.sampled_from((0, 8, 1 << 11, 1)),
    at=st.integers(0, 400),
    put=st.binary(max_size=3),
)
def an_artifact_is_refused_or_every_program_finds_the_same_in_it(names: list[str], content: bytes, flags: int, at: int, put: bytes) -> None:
    files = [
        File(name.encode("utf-8", "surrogatepass")[:60000], content, flags=flags | (0 if name.isascii() else 1 << 11)) for name in names
    ]
    raw = zipped(*files)
    artifact.one(raw)
    artifact.one(raw[: at % (len(raw) + 1)] + put + raw[at % (len(raw) + 1) + len(put) :])
    try:
        found = opened(raw, lambda _: True, Limits())
    except Poisoned:
        return
    for name in found:
        assert not name.startswith("/")
        assert not {"", ".", ".."} & set(name.split("/"))


_ANSWER = st.one_of(TEXT, st.sampled_from(("2026-05-02 20:00", "samedi 2 mai à 20 h", "_No response_", "- [x] Oui", "```\nun", "### Titre", "Ada, Bob", "https://a.example/?utm_source=x", "/posts/a/", "![x](y)")))  # fmt: skip


@holds(form=st.sampled_from(FORMS), lang=st.sampled_from(sorted(LANGUAGES)), drawn=st.data())
def a_form_is_answers_or_what_is_lacking(form: object, lang: str, drawn: st.DataObject) -> None:
    body = "\n".join(f"### {tell(one.label, lang)}\n\n{drawn.draw(_ANSWER)}\n" for one in form.questions)  # type: ignore[attr-defined]
    intake.one(body.encode("utf-8"))


@holds(text=joined(TEXT, st.sampled_from(dns.WORDS), between=" ", most=10))
def an_answer_of_dns_gives_findings(text: str) -> None:
    dns.one(text.encode("utf-8"))


@holds(text=joined(TEXT, st.sampled_from(returned_mails.WORDS), between="\r\n", most=14))
def a_mail_that_came_back_is_a_report_or_none(text: str) -> None:
    returned_mails.one(text.encode("utf-8"))


_PICTURES = pictures.seeds()


@holds(number=st.integers(0, 99), at=st.integers(0, 6000), put=st.binary(max_size=6), cut=st.integers(0, 40))
def a_picture_is_known_by_its_headers_or_is_refused(number: int, at: int, put: bytes, cut: int) -> None:
    seed = _PICTURES[number % len(_PICTURES)]
    at = 1 + at % len(seed)
    pictures.one(seed[:at] + put + seed[at + cut :])
