"""Nothing that anybody writes runs, asks or sends anything: hundreds of payloads, wherever a text or a field is shown."""

from __future__ import annotations

from functools import cache

import pytest
from tests.hostile import sinks
from tests.hostile.inert import active_nodes, wild_tags
from tests.hostile.payloads import FOLDER, Payload, payloads

from handbill.hub.allowed import BEYOND, ELEMENTS, NOTHING_BEYOND, Beyond, attributes_of
from handbill.kinds import KINDS
from handbill.reading.draft import Terms
from handbill.reading.drafting import read_draft

DIALECTS = ("github", "python-markdown")

#: Of so many payloads a short run lays one into a hub.
EVERY = 53

#: All that a community can allow at most.
MOST = Beyond(tuple(BEYOND), ("own-wide",))

POST = next(kind for kind in KINDS if kind.name == "post")


def read(text: str, dialect: str, beyond: Beyond = NOTHING_BEYOND):
    raw = f"---\ntitle: A title\ndate: 2026-01-02\n---\n\n{text}\n".encode("utf-8", "surrogatepass")
    terms = Terms(dialect, "Europe/Paris", ("fr", "en"), 1024 * 1024, trusted=(("content/posts", beyond),))
    return read_draft("content/posts/a.md", raw, POST, terms)


@cache
def corpus() -> tuple[Payload, ...]:
    return payloads()


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("beyond", [NOTHING_BEYOND, MOST], ids=["any folder", "a trusted folder"])
def test_no_payload_leaves_more_in_a_text_than_the_list_allows(dialect, beyond):
    """Each tag is on the list, letter for letter, and each address begins as one may: there is no second way to read it."""
    attributes = {name for own in attributes_of(beyond).values() for name in own}

    found = []
    for one in corpus():
        draft, problems = read(one.text, dialect, beyond)
        if draft is None:
            assert problems, f"{one.where} vanished in silence"
        elif wild := wild_tags(draft.body.html, {*ELEMENTS, *beyond.elements}, attributes):
            found.append((one.where, wild))

    assert [] == found
    assert len(corpus()) > 1_600


def test_every_file_of_payloads_says_how_to_write_one():
    """Whoever hears of another trick adds a line, and no Python."""
    assert [] == [file.name for file in FOLDER.glob("*.txt") if "How to write a case" not in file.read_text(encoding="utf-8")[:300]]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_nothing_acts_in_what_members_get_of_fields_and_texts(dialect, tmp_path):
    """Pages, cards, lists, feeds, calendars, mails, social tags and linked data of a hub with payloads in every field."""
    some = corpus()[DIALECTS.index(dialect) :: EVERY]

    public, published, _ = sinks.published(sinks.lay(tmp_path, some, dialect))

    assert [] == sinks.acting(public)
    assert published > len(some) * 2
    # They did arrive, as words.
    assert sum("hit()" in file.read_text(encoding="utf-8") for file in public.rglob("*.html")) > len(some)
    assert [] != [*public.rglob("mail.html")]


@pytest.mark.long
@pytest.mark.parametrize(("dialect", "step"), [("github", 1), ("python-markdown", 4)])
def test_nothing_acts_in_what_members_get_of_every_payload(dialect, step, tmp_path):
    """The same with all of them."""
    some = corpus()[::step]

    public, published, refused = sinks.published(sinks.lay(tmp_path, some, dialect))

    assert [] == sinks.acting(public)
    assert published > refused


def test_the_two_readings_find_what_acts():
    """A watchman who is asleep is quiet, too."""
    page = (
        '<body><p onclick="x()">a</p><script>x()</script><a href="javascript:x()">b</a><img src="//e.example/x"><svg><style></style></svg>'
    )

    assert {"a", "img", "p", "script", "style"} == {one.split(">")[0][1:] for one in active_nodes(page, sinks.ORIGIN)}
    for wild in ("<p onclick=x>", "<P>", '<a href="javascript:x()">', "<p", "a > b", '<img src="data:x">', '</p class="x">', "<script>"):
        assert wild_tags(wild, ELEMENTS, {"href", "src", "class", "onclick"} - {"onclick"}), wild
    assert [] == wild_tags('<p class="a b">x &lt; y</p><img src="a.png" alt="">', ELEMENTS, {"class", "src", "alt"})
