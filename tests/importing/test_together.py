"""Texts get what they must not share: paths, numbers, addresses, ids; and what they share is joined or left out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from handbill.hub.address import slug_of
from handbill.importing.fields import Text
from handbill.importing.headers import Headers
from handbill.importing.together import kind_of, settle, targets_of


def text(source: str, title: str = "A", date: str = "2024-01-01", kind: str = "post", **more: object) -> Text:
    target = targets_of([source], kind)[source]
    return Text(source, b"", Headers({}, 1), "", kind, title=title, date=date, lang=str(more.pop("lang", "fr")), target=target, **more)  # type: ignore[arg-type]


def notes(one: Text) -> list[str]:
    return [str(note) for note in one.notes]


def test_files_keep_their_places_to_each_other():
    assert {"a.markdown": "content/posts/a.md", "x/b.png": "content/posts/x/b.png", "pages/c.md": "content/pages/c.md"} == targets_of(
        ["a.markdown", "x/b.png", "pages/c.md"], "post"
    )
    assert {"a.md": "newsletters/a.md", "archive/b.md": "newsletters/old-archive/b.md"} == targets_of(["a.md", "archive/b.md"], "issue")
    assert "page" == kind_of("pages/a.md", "issue")


@given(
    st.lists(
        st.sampled_from(["a.md", "A.md", "a.mkd", "a b.md", "a-b.md", "x/a.png", "x/A.PNG", "x/a.png.md", "é.md", "e.md", "pages/a.md"]),
        unique=True,
    )
)
def test_no_two_files_become_one_on_any_disk(paths):
    """A disk that ignores case would keep one of two pictures, and two would share an address."""
    targets = targets_of(paths, "post")

    assert len(paths) == len({"/".join(slug_of(part) for part in target.split("/")) for target in targets.values()})


def test_numbers_come_from_headers_then_titles_then_dates():
    issues = [
        text("a.md", "News", "2024-01-01", "issue"),
        text("b.md", "News 2", "2024-02-01", "issue"),
        text("c.md", "Release 0.3", "2024-03-01", "issue"),
        text("d.md", "News of 2024", "2024-04-01", "issue"),
        text("e.md", "News", "2024-05-01", "issue", number=4),
        text("f.md", "News #9", "2024-06-01", "issue"),
        text("g.md", "News", "2024-07-01", "issue", number=9),
        text("h.md", "News", "2024-08-01", "issue", number=9),
    ]
    settle(issues, "fr")

    assert [1, 2, 3, 5, 4, 6, 9, 10] == [one.number for one in issues]
    assert "the number was taken from the title: 2" in notes(issues[1])
    assert "the number was derived from the order of dates: 3" in notes(issues[2])
    assert "the number was another issue's: 9, which g.md has already" in notes(issues[7])
    assert [] == [one for one in notes(issues[4]) if one.startswith("the number")]


@given(st.lists(st.tuples(st.sampled_from(["News", "News 1", "News 2", "N 2024"]), st.sampled_from([None, 1, 2, 3])), max_size=12))
def test_no_two_issues_have_one_number_address_or_id(issues):
    texts = [text(f"{n}/a.md", title, f"2024-01-{n % 3 + 1:02}", "issue", number=number) for n, (title, number) in enumerate(issues)]
    settle(texts, "fr")

    for key in ("number", "slug", "id"):
        assert len(texts) == len({getattr(one, key) for one in texts})


def test_an_address_is_that_of_the_header_or_the_title_and_gets_a_date_if_another_has_it():
    texts = [
        text("x/a.md", "L'été", "2024-01-01"),
        text("y/b.md", "L'Été !", "2024-02-01"),
        text("c.md", "C", slug="l-ete", date="2024-03-01"),
        text("d.md", "日本"),
    ]
    settle(texts, "fr")

    assert ["l-ete-2024-01-01", "l-ete-2024-02-01", "l-ete", "d"] == [one.slug for one in texts]
    assert "l-ete → l-ete-2024-01-01" in notes(texts[0])[0]


def test_an_id_is_written_where_file_names_give_the_same():
    texts = [text("x/a.md", "One"), text("y/a.md", "Two"), text("b.md", "Three")]
    settle(texts, "fr")

    assert [("post:one", True), ("post:two", True), ("post:b", False)] == [(one.id, one.writes_id) for one in texts]


def test_a_category_that_all_have_is_left_out_and_said():
    texts = [text("a.md", category="News"), text("b.md", category="News", tags=("bois",))]
    (note,) = settle(texts, "fr")

    assert [(), ("bois",)] == [one.tags for one in texts]
    assert "the category is the same for all and was left out: News" == str(note)


def test_categories_that_differ_become_tags_once():
    texts = [text("a.md", category="Été"), text("b.md", category="News", tags=("news", "bois")), text("c.md", category="日本")]
    settle(texts, "fr")

    assert [("Été",), ("news", "bois"), ()] == [one.tags for one in texts]
    assert "the category was left out" in notes(texts[2])[0]


def test_texts_of_one_address_in_two_languages_are_joined():
    texts = [
        text("b.md", lang="en", slug="a", is_translation=True),
        text("a.md", slug="a"),
        text("c.md", lang="en", slug="c", is_translation=True),
    ]
    settle(texts, "fr")

    assert ["post:a", "", ""] == [one.original for one in texts]
    assert "a translation of a text that is not here" in notes(texts[2])[0]


def test_an_old_address_is_left_to_the_first_and_never_to_a_new_one():
    texts = [
        text("a.md", "A", "2024-01-01", aliases=("/old/", "/posts/a/")),
        text("b.md", "B", "2024-02-01", aliases=("/old", "/b.html", "/posts/a/")),
    ]
    settle(texts, "fr")

    assert [("/old/",), ("/b.html",)] == [one.aliases for one in texts]
    assert [] == notes(texts[0])
    assert 2 == len(notes(texts[1]))
