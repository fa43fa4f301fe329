"""The archive of letters: all in one place, and where a hub has several, each in one of its own."""

from __future__ import annotations

from tests.hubs import load_village, text, write
from tests.outputs.records import pages, titles

import handbill.outputs.letter_archives as archives
from handbill.outputs.cards import Cards
from handbill.outputs.edition import Edition
from handbill.outputs.letter_archives import RECENT, letter_archives

HUB = '[hub]\nname = "Essai"\nbase_url = "https://essai.example/"\nlang = "fr"\nlanguages = ["fr", "en"]\n'
MAIN = '[letters.main]\nname = "La lettre"\ndescription = "Une fois par mois."\n'
AGENDA = '[letters.agenda]\nname = "Les dates"\n[letters.agenda.en]\nname = "The dates"\ndescription = "Dates alone."\n'


def number(n, letter="main", **more):
    return text(title=f"{letter} {n}", number=str(n), subject=f"{letter} {n}", date=f"2026-0{n}-01 10:00", letter=letter, **more)


def two_letters(tmp_path, *numbers, lock=""):
    """Return a hub with two letters; the agenda's numbers have an English twin where *numbers* say ``.en``."""
    files = {f"newsletters/{name}.md": number(int(name.split("-")[1][0]), name.split("-")[0]) for name in numbers}
    return write(tmp_path, {"hub.toml": HUB + MAIN + AGENDA, **({"addresses.lock": lock} if lock else {}), **files})


def sheets(root, lang="fr", as_of="2026-12-20 12:00"):
    loaded, settings = load_village(as_of, root)
    return {one.address: one for one in letter_archives(Edition(loaded.hub, settings, lang, Cards(loaded.hub, settings, lang), str))}


def test_letters_stand_by_year(tmp_path):
    """The archive of letters grows for ever."""
    files = {
        f"newsletters/{year}.md": text(number=str(number), subject=f"L{year}", title=f"L{year}", date=f"{year}-01-05 10:00")
        for number, year in enumerate((2024, 2025, 2026))
    }

    assert [("2026", ["L2026"]), ("2025", ["L2025"]), ("2024", ["L2024"])] == titles(pages(write(tmp_path, files))["/newsletters/"].groups)


def test_an_archive_of_many_years_stays_light(tmp_path, monkeypatch):
    """Ten years of weekly letters on a telephone: older numbers are found by their title."""
    monkeypatch.setattr(archives, "TOLD", 2)
    root = two_letters(tmp_path, *(f"main-{n}" for n in range(1, 5)))
    [year] = sheets(root)["/newsletters/main/"].view.groups

    assert [("main 4", True), ("main 3", True), ("main 2", False), ("main 1", False)] == [
        (one.title, bool(one.summary)) for one in year.cards
    ]


def test_each_of_several_letters_has_an_archive_of_its_own(tmp_path):
    """Who gets the agenda looks for its last number, not among forty letters."""
    found = sheets(two_letters(tmp_path, *(f"main-{n}" for n in range(1, 9)), "agenda-8"))

    assert ["/newsletters/", "/newsletters/main/", "/newsletters/agenda/"] == list(found)
    main, agenda = (group for group in found["/newsletters/"].view.groups)
    assert ("La lettre", RECENT, "main 8", "/newsletters/main/") == (main.heading, len(main.cards), main.cards[0].title, main.more.address)
    assert ("Les dates", ["agenda 8"]) == (agenda.heading, [one.title for one in agenda.cards])
    own = found["/newsletters/main/"].view
    assert [("2026", [f"main {n}" for n in range(8, 0, -1)])] == titles(own.groups)
    assert ("La lettre", "Une fois par mois.", "") == (own.page.title, own.about, own.about_lang)
    assert "https://essai.example/newsletters/main/" == own.page.canonical
    assert ["/feeds/newsletters/main.atom.xml"] == [one.address for one in own.page.feeds]


def test_a_hub_with_one_letter_keeps_one_archive(tmp_path):
    """A second page with the same numbers would help nobody."""
    root = write(tmp_path, {"hub.toml": HUB + MAIN, "newsletters/main-1.md": number(1)})
    [archive] = sheets(root).values()

    assert ("/newsletters/", "Une fois par mois.") == (archive.address, archive.view.about)


def test_an_archive_once_promised_stays(tmp_path):
    """A community that gives up its second letter has links to the first one's archive in a hundred mails."""
    root = write(tmp_path, {"hub.toml": HUB + MAIN, "newsletters/1.md": number(1), "addresses.lock": "/newsletters/main/ letter:fr:main\n"})
    found = sheets(root)

    assert ["letter:fr:main"] == [one.promise for address, one in found.items() if address == "/newsletters/main/"]


def test_each_language_has_the_archives_of_what_was_written_in_it(tmp_path):
    """An English reader finds the English numbers, under the English name, and is told what there is besides."""
    root = two_letters(tmp_path, "main-1", "agenda-2", "agenda-2.en", "agenda-3")
    found = sheets(root, "en")

    assert ["/en/newsletters/", "/en/newsletters/agenda/"] == list(found)
    dates, others = found["/en/newsletters/"].view.groups
    assert ("The dates", ["en"], ["agenda 3", "main 1"]) == (
        dates.heading, [one.lang for one in dates.cards], [one.title for one in others.cards],
    )  # fmt: skip
    own = found["/en/newsletters/agenda/"].view
    assert ("The dates", "Dates alone.", "") == (own.page.title, own.about, own.about_lang)
    assert ("Une fois par mois.", "fr") == _about(root)


def _about(root):
    """Return what an English archive says of a letter that says nothing in English."""
    (root / "newsletters" / "main-1.en.md").write_text(number(1), encoding="utf-8")
    view = sheets(root, "en")["/en/newsletters/main/"].view
    return view.about, view.about_lang
