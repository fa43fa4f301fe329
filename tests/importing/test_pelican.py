"""The content of a Pelican site becomes a hub that builds, and every file of it is accounted for."""

from __future__ import annotations

import os
import re
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from tests.hubs import write

from handbill.errors import Level, Problem, WrongUse
from handbill.importing.pelican import REPORT, import_pelican
from handbill.importing.report import Report
from handbill.options import Options
from handbill.pipeline import check
from handbill.reading.load import Loaded, load
from handbill.settings import read_settings

ATELIER = Path(__file__).parent / "sites" / "atelier"


def bring(source: Path, into: Path, kind: str = "post", **more: object) -> Report:
    given = {"name": "Atelier", "base_url": "https://atelier.example/", "lang": "fr", "zone": "Europe/Paris", **more}
    return import_pelican(source, into, kind, **given)  # type: ignore[arg-type]


def loaded(root: Path) -> Loaded:
    return load(read_settings(root), datetime(2100, 1, 1, tzinfo=ZoneInfo("UTC")), None, drafts=True)


def read(root: Path, path: str) -> str:
    return (root / path).read_text(encoding="utf-8")


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


@pytest.fixture(scope="module")
def atelier(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Report]:
    into = tmp_path_factory.mktemp("import") / "hub"
    return into, bring(ATELIER, into)


def test_every_file_is_accounted_for_once(atelier):
    _, report = atelier
    files = sorted(file.relative_to(ATELIER).as_posix() for file in ATELIER.rglob("*") if file.is_file())

    assert files == sorted(one.source for one in report.entries)
    assert len(files) == report.read == len(report.kept) + len(report.changed) + len(report.refused)
    assert (5, 4, 10) == (len(report.kept), len(report.changed), len(report.refused))


def test_what_was_imported_has_no_problem_that_stops_a_build(atelier):
    into, _ = atelier

    assert [] == [str(one) for one in loaded(into).problems if one.level is Level.ERROR]
    assert 8 == len(loaded(into).hub.items), "seven texts and the card of an author"


def test_a_kept_file_is_the_same_byte_for_byte(atelier):
    into, report = atelier
    for one in report.kept:
        source, target = (ATELIER / one.source).read_bytes(), (into / one.target).read_bytes()
        if one.target.endswith(".md"):
            # The text begins after the second line of hyphens and an empty line.
            text = target.split(b"\n---\n", 1)[1].removeprefix(b"\n")
            assert text
            assert source.endswith(text)
        else:
            assert source == target


def test_headers_become_front_matter(atelier):
    into, _ = atelier
    front = read(into, "content/posts/2024-03-02-velo.md").split("---\n")[1]

    assert (
        'title: "Réparer un vélo: trois pannes"\n'
        "date: 2024-03-02 18:46\n"
        "updated: 2024-03-09\n"
        "slug: reparer-un-velo\n"
        "aliases: [/blog/2024/velo/]\n"
        'tags: [Atelier, "vélo, outils", conseils]\n'
        "authors: [Ines, malik]\n"
        "summary: Trois pannes sur quatre viennent du frein.\n"
    ) == front


def test_links_lead_to_the_same_files_and_the_rest_of_the_text_stays(atelier):
    into, _ = atelier
    text = read(into, "content/posts/2024-03-02-velo.md").split("---\n")[2]

    assert "[le banc](2024-03-16-banc.md#outils) et [à propos](../pages/about.md)." in text
    assert '![Un vélo](images/velo.png) ![Le banc](images/le%20banc.png "titre")' in text
    assert "\nle plan, le vieux texte, tout.\n" in text, "what did not come along became words"
    assert "`[code]({filename}/nulle-part.md)` reste.\n\n    [code]({filename}/nulle-part.md)\n" in text
    assert '<a href="drafts/idee.md">une idée</a>' in text
    assert "[b]: 2024-03-16-banc.md\n[p]: images/velo.png\n" in text
    assert "more" not in text


def test_broken_links_became_words_and_each_is_told(atelier):
    into, report = atelier
    (entry,) = (one for one in report.changed if one.source == "casse.mkd")

    assert read(into, "content/posts/casse.md").endswith("perdu, photo, [place](2024-03-16-banc.md), vieux, r et s.\n\n")
    assert [
        (5, "nulle-part.md"),
        (5, "nulle.png"),
        (5, "/archives/2009.html"),
        (5, "2024-03-16-banc.md#nulle"),
        (7, "rien.md"),
    ] == [(one.line, one.detail) for one in entry.changes]


def test_with_the_old_address_links_to_what_did_not_come_along_lead_there(tmp_path):
    bring(ATELIER, tmp_path / "hub", old_url="https://old.example/site")
    text = read(tmp_path / "hub", "content/posts/2024-03-02-velo.md") + read(tmp_path / "hub", "content/posts/casse.md")

    assert "[le plan](https://old.example/files/plan.pdf)" in text
    assert "[vieux](https://old.example/archives/2009.html)" in text
    assert "[perdu](https://old.example/site/nulle-part.md)" in text
    assert "[r]: https://old.example/site/rien.md" in text


def test_texts_in_two_languages_are_joined(atelier):
    into, _ = atelier
    hub = loaded(into).hub
    items = {item.source: item for item in hub.items}
    bench = items["content/posts/2024-03-16-bench.md"]

    assert ("en", "/en/posts/banc/") == (bench.lang, bench.address)
    assert items["content/posts/2024-03-16-banc.md"].id == bench.original
    assert ("fr", "en") == hub.languages


def test_a_draft_stays_a_draft(atelier):
    into, _ = atelier

    assert {"content/posts/drafts/idee.md"} == {item.source for item in loaded(into).hub.items if item.is_draft}


def test_an_author_whose_name_is_a_word_gets_a_card_that_no_list_shows(atelier):
    """A lower-case name means a person of the hub; without a card the text would be refused."""
    into, _ = atelier
    (person,) = (item for item in loaded(into).hub.items if item.kind == "person")

    assert ("malik", False) == (person.title, person.is_listed)


@pytest.mark.parametrize(
    ("source", "line", "why"),
    [
        ("ambigu.md", 3, "which can be the 3 of month 4 or the 4 of month 3"),
        ("dehors.md", 6, "out of the folder"),
        ("sans-titre.md", 1, "no title"),
        ("sans-rien.md", 1, "no headers"),
        ("images/broken.png", 0, "stops before its end"),
        ("images/logo.svg", 0, "SVG"),
        ("vieux/ancien.rst", 0, "reStructuredText"),
        ("vieux/page.html", 0, "HTML"),
        ("files/plan.pdf", 0, "neither a text"),
        ("notes.txt", 0, "neither a text"),
    ],
)
def test_a_refused_file_is_told_with_its_place_and_kept_aside_if_it_can_be_mended(atelier, source, line, why):
    into, report = atelier
    (entry,) = (one for one in report.refused if one.source == source)

    assert line == entry.changes[0].line
    assert why in str(entry.changes[0])
    aside = into / "refused" / source
    if source.endswith((".pdf", ".txt", ".svg")):
        assert not aside.exists(), "nobody has looked at what such a file holds"
        assert "" == entry.target
    else:
        assert (ATELIER / source).read_bytes() == aside.read_bytes()


def test_the_report_is_kept_in_the_hub(atelier):
    into, report = atelier

    assert report.markdown() == read(into, REPORT)
    assert str(into) not in read(into, REPORT)
    assert str(ATELIER.parent) not in read(into, REPORT), "the report is committed, and this machine is nobody's business"


def test_the_same_content_makes_the_same_hub(atelier, tmp_path):
    into, _ = atelier
    bring(ATELIER, tmp_path / "hub")

    def files(root: Path) -> dict[str, bytes]:
        found = (file for file in root.rglob("*") if file.is_file() and ".handbill" not in file.parts)
        return {file.relative_to(root).as_posix(): file.read_bytes() for file in found}

    assert files(into) == files(tmp_path / "hub")


def test_a_hub_can_borrow_the_program_of_a_checkout(tmp_path):
    engine = tmp_path / "engine"
    engine.mkdir()
    (engine / "build.py").write_text("print()\n", encoding="utf-8")
    bring(ATELIER, tmp_path / "hub", engine=engine)

    assert "print()\n" == read(tmp_path / "hub", "build.py")
    assert str(engine) == read(tmp_path / "hub", ".handbill/engine").strip()
    assert "/.handbill/" in read(tmp_path / "hub", ".gitignore").splitlines()


def test_a_folder_that_is_not_empty_is_not_written_into(tmp_path):
    (tmp_path / "hub").mkdir()
    (tmp_path / "hub" / "precious.txt").write_text("x", encoding="utf-8")

    with pytest.raises(WrongUse, match="not empty"):
        bring(ATELIER, tmp_path / "hub")
    assert ["hub"] == names(tmp_path)
    assert ["precious.txt"] == names(tmp_path / "hub")


def test_an_empty_folder_is_taken(tmp_path):
    (tmp_path / "hub").mkdir()

    assert 19 == bring(ATELIER, tmp_path / "hub").read


@pytest.mark.parametrize("inner", ["content/hub", ".", "content"])
def test_source_and_hub_do_not_lie_in_each_other(tmp_path, inner):
    (tmp_path / "content").mkdir()

    with pytest.raises(WrongUse, match="in each other"):
        bring(tmp_path / "content", tmp_path / inner)


@pytest.mark.parametrize("wrong", [{"base_url": "ftp://x"}, {"name": ""}, {"zone": "Mars/Base"}, {"dialect": "rst"}])
def test_settings_that_make_no_hub_leave_nothing_behind(tmp_path, wrong):
    with pytest.raises(WrongUse):
        bring(ATELIER, tmp_path / "hub", **wrong)
    assert [] == names(tmp_path)


def test_whatever_goes_wrong_nothing_is_left_behind(tmp_path, monkeypatch):
    from handbill.importing import bringing

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(bringing, "load", full)
    with pytest.raises(OSError, match="No space"):
        bring(ATELIER, tmp_path / "hub")
    assert [] == names(tmp_path)


CORPUS = os.environ.get("HANDBILL_CORPUS", "")


@pytest.mark.skipif(not CORPUS, reason="HANDBILL_CORPUS names no folder with the content of a newsletter made with Pelican")
def test_a_newsletter_of_many_years_comes_over_whole(tmp_path):
    """Real issues, by many hands, over thirteen years."""
    source = Path(CORPUS)
    report = bring(source, tmp_path / "hub", "issue", lang="en", zone="UTC", dialect="github")
    files = [file for file in source.rglob("*") if file.is_file()]
    result = loaded(tmp_path / "hub")

    assert len(files) == report.read
    assert len(report.kept) + len(report.changed) == len(result.hub.items)
    assert [] == [str(one) for one in result.problems if one.level is Level.ERROR]
    for key in ("id", "slug", "address"):
        assert len(result.hub.items) == len({getattr(item, key) for item in result.hub.items})
    assert len(result.hub.items) == len({item.facts.number for item in result.hub.items})
    for one in report.kept:
        text = re.split(rb"^---\n", (tmp_path / "hub" / one.target).read_bytes(), maxsplit=2, flags=re.MULTILINE)[2].removeprefix(b"\n")
        assert (source / one.source).read_bytes().endswith(text)


def test_what_a_hub_would_refuse_is_mended_and_told(tmp_path):
    """An old site comes in whole: nobody has to describe four hundred pictures before they see their hub."""
    velo = (ATELIER / "images" / "velo.png").read_bytes()
    source = write(tmp_path / "site", {
        "hub.toml": "", "images/velo.png": velo,
        "a.md": "Title: A\nDate: 2024-01-01\nTags: C, C++\n\n## Un\n\n![]({static}images/velo.png) et ![]({static}images/velo.png \"Un vélo\")\n\n"
        "[ici](#un), [rien](#deux), [personne](mailto:), [vieux](https://atelier.example/vieux/x.html), [tel](tel:)\n",
        "b.md": "Title: B\nDate: 2024-01-02\nTags: C++\n\n[nous](https://atelier.example/posts/a/)\n",
    })  # fmt: skip
    (source / "hub.toml").unlink()
    report = bring(source, tmp_path / "hub", check=check_all)
    body = read(tmp_path / "hub", "content/posts/a.md")

    assert "0 refused" in report.summary
    assert '![](images/velo.png "decorative") et ![Un vélo](images/velo.png "Un vélo")' in body
    assert "[ici](#un), rien, personne, vieux, tel" in body
    told = {note.what for entry in report.entries for note in (*entry.changes, *entry.notes)}
    assert {
        "titles of pictures became their descriptions",
        "pictures without a description are said to decorate; look at them",
        "links to the mail or telephone of nobody became their words",
        "places within a text that it does not have were left out of links",
        "links to what did not come along became their words",
        "tags whose address another tag has already were left out",
    } <= told
    assert ("/posts/a/",) == loaded(tmp_path / "hub").hub.by_id["post:b"].body.links


def check_all(root: Path, as_of: datetime) -> tuple[Problem, ...]:
    """Return everything that would stop a build."""
    return check(Options(root=root, output=root / "public", as_of=as_of, drafts=True))


def test_what_the_old_site_showed_of_people_is_listed_and_a_key_stays_out(tmp_path):
    """A contact was public for years; a key that was is one more reason to take it away."""
    key = "-----BEGIN " + "PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n-----END " + "PRIVATE KEY-----"
    source = write(tmp_path / "site", {
        "hub.toml": "", "a.md": "Title: A\nDate: 2024-01-01\n\nÉcrivez à jeanne.martin@gmail.com ou au 06 12 34 56 78.\n",
        "b.md": f"Title: B\nDate: 2024-01-02\n\n{key}\n",
    })  # fmt: skip
    (source / "hub.toml").unlink()
    report = bring(source, tmp_path / "hub", check=check_all)

    assert ["b.md"] == [one.source for one in report.refused]
    assert ("06 12 34 56 78", "jeanne.martin@gmail.com") == read_settings(tmp_path / "hub").public
    assert ["2"] == [note.detail for note in report.notes if note.what.startswith("what the old site showed of people is listed")]
    assert "jeanne" not in report.markdown()
