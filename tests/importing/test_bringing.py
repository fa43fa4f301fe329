"""What the hub's own reader, or a build, would stop at is mended or set aside, and the rest comes over."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from handbill.errors import ContentProblems, Problem
from handbill.importing.pelican import import_pelican
from handbill.importing.report import Entry, Report

GOOD = "Title: Good\nDate: 2024-01-01\n\nA [link]({filename}bad.md) and [another](bad.md#x).\n"


def bring(tmp_path: Path, files: dict[str, str | bytes], kind: str = "post", **more: object) -> Report:
    for name, content in files.items():
        file = tmp_path / "content" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    given = {"name": "Hub", "base_url": "https://hub.example/", "lang": "en", "zone": "Europe/Paris", **more}
    return import_pelican(tmp_path / "content", tmp_path / "hub", kind, **given)  # type: ignore[arg-type]


def entry(report: Report, source: str) -> Entry:
    return next(one for one in report.entries if one.source == source)


@pytest.mark.parametrize(
    ("bad", "line", "words"),
    [
        ("Title: " + "x" * 201 + "\nDate: 2024-01-01\n\nText", 1, "a text of 201 characters"),
        ("Title: Bad\nDate: 2024-03-31 02:30\n\nText", 2, "the clocks in Europe/Paris skip"),
        ("Title: Bad\nDate: 2024-01-01\n\n" + "<div>" * 200, 0, "nested more than 100 levels"),
        ("Title: Bad\nDate: 2024-01-01\n\n" + "x" * 1_100_000, 0, "KB"),
        ("Title: Café\nDate: 2024-01-01\n\nText".encode("latin-1"), 1, "no UTF-8"),
    ],
)
def test_a_text_that_the_reader_refuses_is_set_aside_in_its_words_and_links_to_it_become_words(tmp_path, bad, line, words):
    """One bad file in a thousand must not make the other ones unusable."""
    report = bring(tmp_path, {"good.md": GOOD, "bad.md": bad})

    assert words in str(entry(report, "bad.md").changes[0])
    assert line == entry(report, "bad.md").changes[0].line
    assert (tmp_path / "content/bad.md").read_bytes() == (tmp_path / "hub/refused/bad.md").read_bytes()
    assert not (tmp_path / "hub/content/posts/bad.md").exists()
    assert "\nA link and another.\n" in (tmp_path / "hub/content/posts/good.md").read_text(encoding="utf-8")
    assert {"bad.md", "bad.md#x"} <= {note.detail.replace("{filename}", "") for note in entry(report, "good.md").changes}


def test_a_text_that_stalls_the_old_dialect_is_set_aside(tmp_path, monkeypatch):
    """18 KB of it take ten seconds and more in Python-Markdown."""
    from handbill.importing import pelican

    real = pelican.first_settings

    def hurried(root: Path):  # type: ignore[no-untyped-def]
        from dataclasses import replace

        settings = real(root)
        return replace(settings, budget=replace(settings.budget, seconds=1))

    monkeypatch.setattr(pelican, "first_settings", hurried)
    report = bring(tmp_path, {"good.md": GOOD, "bad.md": "Title: Bad\nDate: 2024-01-01\n\n" + ("<![CDATA[" * 6000 + "\n") * 2})

    assert "takes longer than 1 s" in str(entry(report, "bad.md").changes[0])
    assert "changed" == entry(report, "good.md").state


def test_a_translation_stays_when_its_original_is_set_aside(tmp_path):
    original = "Title: " + "x" * 201 + "\nDate: 2024-01-01\nSlug: a\n\nText"
    translation = "Title: Un\nDate: 2024-01-01\nSlug: a\nLang: fr\nTranslation: true\n\nTexte"
    report = bring(tmp_path, {"a.md": original, "b.md": translation})

    assert ("refused", "kept") == (entry(report, "a.md").state, entry(report, "b.md").state)
    assert "it translates a text that was refused" in [note.what for note in entry(report, "b.md").notes]


@pytest.mark.parametrize("sign", ["\x02", "\ufeff", "\x0c", "\x92"])
def test_control_characters_are_taken_out_and_told(tmp_path, sign):
    report = bring(tmp_path, {"a.md": f"Title: A\nDate: 2024-01-01\n\nOne\n\nit{sign}s\n"})
    (change,) = entry(report, "a.md").changes
    text = (tmp_path / "hub/content/posts/a.md").read_text(encoding="utf-8")

    assert (6, True) == (change.line, change.detail.startswith(f"U+{ord(sign):04X}"))
    assert text.endswith({"\x92": "it’s\n", "\x0c": "it s\n"}.get(sign, "its\n"))


def test_a_byte_order_mark_is_no_change(tmp_path):
    report = bring(tmp_path, {"a.md": "\ufeffTitle: A\r\nDate: 2024-01-01\r\n\r\nOne\r\n"})

    assert "kept" == entry(report, "a.md").state
    assert (tmp_path / "hub/content/posts/a.md").read_bytes().endswith(b"---\n\nOne\r\n")


def test_a_picture_from_elsewhere_stays_and_the_warning_is_told(tmp_path):
    report = bring(tmp_path, {"a.md": "Title: A\nDate: 2024-01-01\n\n![m](https://e.org/m.png)\n"})

    assert "kept" == entry(report, "a.md").state
    assert "https://e.org/m.png" in entry(report, "a.md").notes[0].detail


def test_what_a_whole_build_would_stop_at_is_mended_too(tmp_path):
    """A page may take an address that the hub itself needs; only the plan of a build knows."""
    asked: list[datetime] = []

    def check(root: Path, as_of: datetime):  # type: ignore[no-untyped-def]
        asked.append(as_of)
        page = "content/pages/tags.md"
        text = (root / page).read_text(encoding="utf-8")
        if "slug: tags-page" not in text:
            yield Problem(page, 0, 0, "slug", "the address /tags/, which the hub has already", "another slug", "HB403")
        if (root / "content/posts/a.md").exists():
            yield Problem("content/posts/a.md", 0, 0, "title", "a reason", "another", "HB999")

    files = {"a.md": "Title: A\nDate: 2024-01-01\n\nText", "pages/tags.md": "Title: Tags\nSave_as: old/tags.html\n\nText"}
    report = bring(tmp_path, files, check=check)

    assert "refused" == entry(report, "a.md").state
    assert "found a reason, wanted another [HB999]" in str(entry(report, "a.md").changes[0])
    assert [
        "old addresses that are taken in the new hub were left out",
        "the address is another one, because the hub has a page of its own there",
    ] == [note.what for note in entry(report, "pages/tags.md").notes]
    assert datetime(2024, 1, 1) == asked[0].replace(tzinfo=None)


def test_what_is_no_fault_of_a_text_is_not_blamed_on_one(tmp_path):
    from handbill.errors import ContentProblems

    def check(_root: Path, _as_of: datetime):  # type: ignore[no-untyped-def]
        yield Problem("hub.toml", 1, 1, "name", "x", "y", "HB999")

    with pytest.raises(ContentProblems):
        bring(tmp_path, {"a.md": "Title: A\nDate: 2024-01-01\n\nText"}, check=check)
    assert not (tmp_path / "hub").exists()


def test_a_folder_without_any_text_makes_an_empty_hub(tmp_path):
    (tmp_path / "content").mkdir()

    assert 0 == bring(tmp_path, {}).read


def test_issues_keep_saying_what_they_said(tmp_path):
    """A letter that was sent gets no sections that it did not have."""
    report = bring(tmp_path, {"a.md": "Title: News 7\nDate: 2024-01-01 18:00\n\nText\n"}, "issue", dialect="github")

    expected = "---\nnumber: 7\nsubject: News 7\ndate: 2024-01-01 18:00\nsections: []\nslug: news-7\n---\n\nText\n"
    assert expected == (tmp_path / "hub" / entry(report, "a.md").target).read_text(encoding="utf-8")


def test_a_machine_that_fails_while_texts_are_looked_at_brings_none(tmp_path):
    """Otherwise a sound text is set aside for good, and the report calls it unreadable."""

    def failing(root: Path, _: object) -> tuple[Problem, ...]:
        return (Problem("content/posts/a.md", 0, 0, "", "a file that cannot be opened (Too many open files)", "a file that may be read", "HB124"),)

    with pytest.raises(ContentProblems):
        bring(tmp_path, {"a.md": "Title: A\nDate: 2020-01-02\n\nRien.\n"}, check=failing)
