"""The comment on a proposal, and what a terminal shows."""

import re
from dataclasses import fields, is_dataclass, replace
from pathlib import Path

import pytest
from tests.cases import for_each
from tests.reviewing.hostile import HOSTILE, references, seen
from tests.reviewing.proposals import ALL, BROKEN, COMMIT, FULL, SILENT, SMALL

from handbill.reviewing.as_markdown import MARK, MOST, comment, summary
from handbill.reviewing.record import Found, PageChange, Review, Run, State

EXPECTED = Path(__file__).parent / "comments"
PACK, REPOSITORY = "https://forge.example/atelier/site/actions/runs/1/artifacts/2", "https://forge.example/atelier/site"


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("name", sorted(ALL))
def test_a_comment_reads_as_it_did(name, lang, refresh):
    """What reviewers read is read aloud when it changes: --refresh writes the files of tests/reviewing/comments anew."""
    told = comment(ALL[name], lang, pack_address=PACK, repository=REPOSITORY)
    screen = summary(ALL[name], lang) + "\n"
    for file, text in ((EXPECTED / f"{name}.{lang}.md", told), (EXPECTED / f"{name}.{lang}.txt", screen)):
        if refresh:
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")

        assert file.read_text(encoding="utf-8") == text


def test_where_nothing_changes_for_members_one_line_says_so():
    """A reviewer of a comma in a comment reads one line."""
    assert f"{MARK}\nRien ne change pour les membres.\n" == comment(SILENT, "fr")
    assert "Nothing changes for members." == summary(SILENT, "en")


def test_what_changes_nothing_for_members_is_told_where_it_can_do_harm():
    """A workflow changes no page."""
    told = comment(replace(SILENT, sources=FULL.sources), "en")

    assert "> [!WARNING]" in told
    assert "`.github/workflows/check.yml`" in told


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_what_runs_and_is_kept_back_by_a_review_is_told_first(lang):
    """Whoever changes the program or a template writes the record, too, and would say that nothing changes."""
    files = ("content/a.md", "src/handbill/x.py", "theme/style/a.css", "theme/templates/base.html", ".github/workflows/@x.yml")
    lines = comment(SILENT, lang, files=files).splitlines()

    assert [MARK, "", "> [!CAUTION]"] == lines[:3]
    assert ["> - `src/handbill/x.py`", "> - `theme/templates/base.html`", "> - `.github/workflows/@\u200bx.yml`"] == lines[4:7]
    assert comment(SILENT, lang, files=None).splitlines()[:3] == lines[:3]


def test_what_a_review_tells_itself_is_told_once():
    """A warning that is always there is read by nobody."""
    files = tuple(name for one in FULL.sources for name in (one.path, one.former) if name)

    assert comment(FULL, "en") == comment(FULL, "en", files=(*files, "content/b.md", "theme/style/b.css"))
    assert comment(SILENT, "en") == comment(SILENT, "en", files=("content/b.md", "README.md"))


def test_the_order_is_what_stops_then_care_then_members_then_the_rest():
    """Whoever reads three lines must have read the three that count."""
    told = comment(replace(FULL, problems=BROKEN.problems, is_whole=False), "en")
    places = [told.index(mark) for mark in (MARK, "[!CAUTION]", "[!WARNING]", "new page", "<summary>Letters", "<summary>Files of the")]

    assert 0 == places[0]
    assert sorted(places) == places


def test_the_first_ten_errors_are_told_and_the_others_counted():
    """A list of a hundred is read by nobody, and a list of ten that hides ninety is a lie."""
    told = comment(BROKEN, "en")

    assert "**It cannot be published: the proposal brings 15 errors; 1 more was there before**" in told
    assert 10 == len(re.findall("^> - `", told, re.MULTILINE))
    assert "> - … and 6 more, in the pack" in told
    assert told.index("events/2026/fete.md:4") < told.index("content/posts/long.md:2")


def test_the_only_links_are_to_what_the_caller_named():
    """A click in a comment of the bot leads to the repository or to the pack, whatever the artifact says."""
    found = seen(comment(replace(FULL, problems=BROKEN.problems), "en", pack_address=PACK, repository=REPOSITORY))

    assert PACK in found.links
    assert [] == [link for link in found.links if link != PACK and not link.startswith(f"{REPOSITORY}/blob/{COMMIT}/")]
    assert [] == seen(comment(FULL, "en")).links


@pytest.mark.parametrize("address", ["", "javascript:alert(1)", "https://x.example/) [y](https://z.example", "http://x.example/", "https://x.example/ y"])
def test_an_address_that_is_none_is_no_link(address):
    """A mistake of the caller must not become a hole."""
    assert [] == seen(comment(BROKEN, "en", pack_address=address, repository=address)).links


def poisoned(value, text):
    """Return a review with this text in place of each of its texts, except where the record allows a few words only."""
    if is_dataclass(value) and not isinstance(value, type):
        kept = {"how", "part", "lang", "code"} | ({"marks", "why", "what"} if not text else set())
        return replace(value, **{one.name: poisoned(getattr(value, one.name), text) for one in fields(value) if one.init and one.name not in kept})
    if isinstance(value, tuple):
        return tuple(poisoned(one, text) for one in value)
    return text if type(value) is str else value


EVERYTHING = replace(FULL, problems=BROKEN.problems + FULL.problems, is_whole=False)


@for_each("text", HOSTILE, ids=[text[:30].encode("unicode_escape").decode() or "empty" for text in HOSTILE])
def test_no_word_of_the_artifact_is_more_than_a_word(text):
    """The record may come from a stranger's machine: each of its texts is tried with each attack, all at once."""
    hostile = poisoned(EVERYTHING, text)

    told = comment(hostile, "fr", pack_address=PACK, repository=REPOSITORY)
    found = seen(told)

    allowed = {"ul", "li", "code", "del", "ins", "em", "strong", "span", "br", "p", "div", "details", "summary", "a", f"<!--{MARK[4:-3]}-->"}
    assert set(found.elements) <= allowed
    assert [PACK] == found.links, "no path that is one of a file"
    assert [] == references(found)
    assert 1 == found.elements.count(f"<!--{MARK[4:-3]}-->")
    assert MOST > len(told.encode("utf-8"))
    summary(hostile, "fr").encode("utf-8")


def test_a_terminal_is_not_spoken_to():
    """An escape in a title could hide the line above it."""
    told = summary(poisoned(EVERYTHING, "\x1b[2J\u202erouge\x07"), "en")

    assert set() == {sign for sign in told if sign < " " or "\u202a" <= sign <= "\u202e"} - {"\n"}


@pytest.mark.parametrize("most", [60_000, 20_000, 5_000, 1_500])
def test_it_is_never_longer_than_it_may_be(most):
    """A comment that is refused by the forge tells nobody anything; counted in bytes, which is the strictest way."""
    words = (Run("gone", "é" * 5000), Run("new", "—" * 5000))
    many = tuple(PageChange(f"/posts/{n}/", "changed", f"«\u00a0{n}\u00a0» " + "é" * 500, "fr", words=words) for n in range(500))
    problems = tuple(Found(replace(one.problem, line=n, found="🎉" * 3000), True) for n in range(30) for one in BROKEN.problems[:1])
    long = replace(FULL, pages=many, problems=problems, people=FULL.people * 300, domains=FULL.domains * 300, is_whole=False)

    told = comment(long, "fr", most=most, pack_address=PACK, repository=REPOSITORY)

    assert most >= len(told.encode("utf-8"))
    assert "de plus, dans la relecture entière" in told
    assert told.startswith(f"{MARK}\n\n> [!CAUTION]\n> **")
    assert told.rstrip().endswith(f"({PACK})")


def test_the_same_review_gives_the_same_comment():
    """A comment that is edited without a change is a mail to everybody for nothing."""
    again = Review(**{one.name: getattr(FULL, one.name) for one in fields(FULL)})

    assert comment(FULL, "fr") == comment(again, "fr")


def test_files_that_are_no_commit_yet_have_a_name():
    """An editor looks before there is a proposal."""
    assert "the files as they lie here compared with `main`" in comment(replace(SMALL, base=State("main"), head=State("")), "en")


def test_a_small_change_is_small():
    """One word of one post: no folded part to open, and all of it on one screen."""
    told = comment(SMALL, "en")

    assert "<details>" not in told, "no part is folded"
    assert "L’atelier ouvre <del>samedi</del> <ins>dimanche</ins> à 14 h, dans la cour." in told
    assert 30 > len(told.splitlines())
