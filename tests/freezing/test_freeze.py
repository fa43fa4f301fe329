"""A letter is frozen: once, whole, and never otherwise."""

import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.freezing.letters import edit, frozen, hub, issue
from tests.hubs import files_of, options

from handbill.errors import ContentProblems, WrongUse
from handbill.freezing.bundling import CannotFreeze
from handbill.freezing.freeze import Changed
from handbill.outputs.mail.record import TOKEN
from handbill.pipeline import build, check
from handbill.publishing import bundle
from handbill.reading.bundles import read_archive


def archive_of(root):
    return files_of(root / "newsletters" / "archive")


def test_a_letter_is_frozen_in_all_its_languages_with_all_that_it_shows(tmp_path):
    """What members get, what the site shows and what is kept are the same files."""
    root = hub(tmp_path)

    assert [("1", True), ("1.en", True)] == [(one.frozen.name, one.is_new) for one in frozen(root, "1")]
    forms = ("mail.eml", "mail.html", "mail.txt", "manifest.json", "pictures/puits.png")
    assert {".gitattributes", "chain.lock", *(f"{name}/{form}" for name in ("1", "1.en") for form in forms)} == set(archive_of(root))
    assert (root / "content/pictures/puits.png").read_bytes() == archive_of(root)["1/pictures/puits.png"]
    assert () == read_archive(root).problems
    assert b"* -text\n" == archive_of(root)[".gitattributes"]


def test_what_is_frozen_is_what_a_build_would_have_made(tmp_path):
    """Freezing is no second way of making letters, which could differ from the one that was proofed."""
    root = hub(tmp_path)
    build(options(root))
    before = files_of(root / "public")
    frozen(root, "1")
    build(options(root))

    after = files_of(root / "public")
    assert set(before) - {one for one in before if "pagefind" in one} <= set(after)
    for path in [one for one in before if "/mail." in one or one.startswith(("media/", "feeds/"))]:
        assert before[path] == after[path], path
    assert archive_of(root)["1/mail.html"] == after["newsletters/2026-03/mail.html"]


def test_one_language_alone_or_another_list_can_be_frozen(tmp_path):
    """The translation comes a day later, and two letters have numbers of their own."""
    root = hub(tmp_path)

    for expected, name, lang in (("1.en", "1", "en"), ("1", "1.fr", ""), ("agenda-1", "agenda-1", ""), ("2", "newsletters/2026-04.md", "")):
        assert [expected] == [one.frozen.name for one in frozen(root, name, lang=lang)]
    assert {"1": None, "1.en": None, "2": "1", "agenda-1": None} == {
        one.name: one.before and one.before[0] for one in read_archive(root).bundles
    }


def test_freezing_again_gives_the_same_bytes_and_writes_nothing(tmp_path):
    """Whoever is unsure types it once more."""
    root = hub(tmp_path)
    frozen(root, "1")
    frozen(root, "2")
    before = {file: (file.stat().st_mtime_ns, file.read_bytes()) for file in (root / "newsletters").rglob("*") if file.is_file()}

    assert [False, False] == [one.is_new for one in frozen(root, "1", as_of="2027-01-01 12:00")]
    assert before == {file: (file.stat().st_mtime_ns, file.read_bytes()) for file in (root / "newsletters").rglob("*") if file.is_file()}


@pytest.mark.parametrize(
    ("expected", "source", "old", "new"),
    [
        ({"mail.eml", "mail.html", "mail.txt"}, "newsletters/2026-03.md", "Bonjour", "Bonsoir"),
        ({"mail.eml", "mail.html", "mail.txt", "what its sections chose"}, "events/fete.md", "2026-04-11", "2026-04-12"),
        ({"mail.eml"}, "hub.toml", "lettre@essai", "info@essai"),
        ({"mail.eml", "mail.html", "mail.txt"}, "hub.toml", "1 rue du Puits", "2 rue du Puits"),
    ],
)  # fmt: skip
def test_a_letter_that_would_be_another_one_now_is_refused_file_by_file(tmp_path, expected, source, old, new):
    """Nothing that was mailed is written over, and whoever tried knows what he changed."""
    root = hub(tmp_path)
    frozen(root, "1")
    before = archive_of(root)
    edit(root, source, old, new)

    with pytest.raises(Changed) as refusal:
        frozen(root, "1.fr")
    assert expected == {str(one).partition(":")[0] for one in refusal.value.differences}
    assert before == archive_of(root)


def test_a_correction_a_new_address_and_tidy_quotes_are_no_change(tmp_path):
    """The page says what was wrong; what was mailed stays."""
    root = hub(tmp_path)
    build(options(root))
    frozen(root, "1")
    edit(
        root,
        "newsletters/2026-03.md",
        "number: 1",
        'corrections:\n  - date: 2026-03-14\n    text: "Pardon."\nslug: mars\nnumber: 1',
    )
    edit(root, "newsletters/2026-03.md", "subject: Lettre 1", 'subject: "Lettre 1"')

    assert [] == [one for one in check(options(root)) if one.code.startswith("HB44")]
    build(options(root))
    assert archive_of(root)["1/mail.html"] == (root / "public/newsletters/mars/mail.html").read_bytes()
    assert "Pardon." in (root / "public/newsletters/mars/index.html").read_text(encoding="utf-8")


def test_a_letter_taken_back_before_it_was_sent_can_be_frozen_anew(tmp_path):
    """A slip found in the pull request is mended there."""
    import shutil

    root = hub(tmp_path)
    frozen(root, "1")
    edit(root, "newsletters/2026-03.md", "Bonjour", "Bonsoir")
    shutil.rmtree(root / "newsletters/archive/1")
    lock = root / "newsletters/archive/chain.lock"
    lock.write_text(
        "".join(line for line in lock.read_text(encoding="utf-8").splitlines(True) if not line.startswith("1 ")), encoding="utf-8"
    )

    assert [True] == [one.is_new for one in frozen(root, "1.fr")]


@pytest.mark.parametrize(
    ("expected", "name", "old", "new"),
    [
        ("draft", "1.fr", "number: 1", "number: 1\ndraft: true"),
        ("31 days", "1.fr", "2026-03-12", "2026-06-12"),
    ],
)
def test_a_letter_that_is_not_ready_is_refused(tmp_path, expected, name, old, new):
    """Frozen is for ever."""
    root = hub(tmp_path)
    edit(root, "newsletters/2026-03.md", old, new)

    with pytest.raises(CannotFreeze, match=expected):
        frozen(root, name)
    assert {} == archive_of(root)


def test_letters_are_frozen_in_their_order(tmp_path):
    """A chain grows at its end."""
    root = hub(tmp_path)
    frozen(root, "2")

    with pytest.raises(CannotFreeze, match="order"):
        frozen(root, "1.fr")
    assert ["1.en"] == [one.frozen.name for one in frozen(root, "1.en")]


def test_what_is_asked_for_must_be_there(tmp_path):
    """A slip of the finger freezes nothing."""
    with pytest.raises(WrongUse, match="agenda-1"):
        frozen(hub(tmp_path), "17")


def test_what_makes_every_mail_wrong_stops_it_too(tmp_path):
    """A newsletter without a postal address is against the law of many countries, and no text can mend that."""
    root = hub(tmp_path)
    edit(root, "hub.toml", 'postal_address = "1 rue du Puits, 33000 Bordeaux"\n', "")

    with pytest.raises(ContentProblems) as refusal:
        frozen(root, "1.fr")
    assert {"HB428"} == {one.code for one in refusal.value.problems}


def test_errors_anywhere_and_warnings_in_the_letter_stop_it(tmp_path):
    """What is frozen cannot be mended."""
    root = hub(tmp_path)
    edit(root, "newsletters/2026-03.md", "Bonjour", "<script>alert(1)</script> Bonjour")
    with pytest.raises(ContentProblems):
        frozen(root, "1.fr")
    assert ["1"] == [one.frozen.name for one in frozen(root, "1.fr", despite_warnings=True)]
    edit(root, "events/fete.md", "2026-04-11 18:00", "2026-04-10 18:00")
    with pytest.raises(ContentProblems):
        frozen(root, "1.en", despite_warnings=True)


def test_it_tells_what_was_visible_at_its_own_date(tmp_path):
    """It is frozen in the pull request, days before; and what a slip would announce too early is named."""
    root = hub(
        tmp_path,
        **{
            "content/posts/a.md": "---\ntitle: Demain\ndate: 2026-03-11\n---\n\nTexte.\n",
            "content/posts/b.md": "---\ntitle: Jamais\ndate: 2026-03-13\n---\n\nTexte.\n",
        },
    )

    (one,) = frozen(root, "1.fr", as_of="2026-03-05 09:00")
    assert ("Demain",) == one.waiting
    assert b"Demain" in archive_of(root)["1/mail.html"]
    assert b"Jamais" not in archive_of(root)["1/mail.html"]


def test_an_old_letter_is_frozen_as_of_its_day_whatever_came_since(tmp_path):
    """A hub that begins to freeze has a past; what the address book knows of today was not there then."""
    root = hub(tmp_path, **{"content/posts/a.md": "---\ntitle: Plus tard\ndate: 2026-06-01\n---\n\nTexte.\n"})
    build(options(root, "2026-06-02 12:00"))
    assert "/posts/a/" in (root / "addresses.lock").read_text(encoding="utf-8")

    (one,) = frozen(root, "1.fr", as_of="2026-06-02 12:00")
    assert ["1"] == [one.frozen.name]


def test_it_holds_nothing_of_any_member(tmp_path):
    """The archive is public for ever; only the token stands where a member would."""
    root = hub(tmp_path)
    frozen(root, "1")

    texts = b"".join(raw for name, raw in archive_of(root).items() if not name.endswith(".png")).replace(b"=\r\n", b"")
    assert {b"lettre@essai.example"} == set(re.findall(rb"[\w.+-]+@[\w-]+\.\w+", texts)) - set(re.findall(rb"Message-ID: <([^>]*)>", texts))
    assert TOKEN.encode() in archive_of(root)["1/mail.eml"]


def test_all_languages_or_none(tmp_path, monkeypatch):
    """Half a letter in the archive would be sent as half a letter."""
    root = hub(tmp_path)
    monkeypatch.setattr(bundle, "write_whole", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(OSError, match="No space"):
        frozen(root, "1")
    monkeypatch.undo()

    assert {} == archive_of(root)
    assert 2 == len(frozen(root, "1"))


def test_whoever_was_interrupted_begins_again(tmp_path):
    """A letter whose folder came and whose line did not is not frozen yet; the same bytes complete it, others are in the way."""
    root = hub(tmp_path)
    frozen(root, "1.fr")
    (root / "newsletters/archive/chain.lock").unlink()
    before = archive_of(root)

    assert [True] == [one.is_new for one in frozen(root, "1.fr")]
    assert set(before) | {"chain.lock"} == set(archive_of(root))
    (root / "newsletters/archive/chain.lock").unlink()
    edit(root, "newsletters/2026-03.md", "Bonjour", "Bonsoir")
    with pytest.raises(CannotFreeze, match="in the way"):
        frozen(root, "1.fr")


FREEZE = """
import sys
from contextlib import nullcontext
from pathlib import Path
from tests.hubs import options
from handbill.freezing.freeze import freeze
freeze("1", "", options(Path(sys.argv[1])), nullcontext)
"""


@pytest.mark.long
def test_the_bytes_are_the_same_whatever_the_machine(tmp_path):
    """Two people who freeze the same sources in two countries have frozen the same letter."""
    made = []
    for number, more in enumerate((
        {"TZ": "Pacific/Auckland", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
        {"TZ": "America/New_York", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "77"},
    )):  # fmt: skip
        root = hub(tmp_path / str(number))
        done = subprocess.run(
            [sys.executable, "-c", FREEZE, str(root)],
            env={**os.environ, **more},
            capture_output=True,
            text=True,
            check=False,
            cwd=Path(__file__).parents[2],
        )
        assert 0 == done.returncode, done.stderr
        made.append({name: hashlib.sha256(raw).hexdigest() for name, raw in archive_of(root).items()})

    assert made[0] == made[1]
    manifest = json.loads((tmp_path / "0/newsletters/archive/1/manifest.json").read_bytes())
    assert "Europe/Paris" in manifest["sent"]


@pytest.mark.long
def test_two_who_freeze_at_once_both_get_their_line(tmp_path):
    """A letter without its line in the book of digests would be no letter."""
    root = hub(tmp_path)
    both = [
        subprocess.Popen(
            [sys.executable, "-c", FREEZE.replace('"1"', f'"{name}"'), str(root)], cwd=Path(__file__).parents[2], stderr=subprocess.PIPE
        )
        for name in ("1", "agenda-1")
    ]
    for one in both:
        _, err = one.communicate()
        assert 0 == one.returncode, err

    assert {"1", "1.en", "agenda-1"} == set(read_archive(root).chain)
    assert () == read_archive(root).problems


def test_a_frozen_letter_is_never_made_again(tmp_path):
    """A new theme, a new program and a changed event leave every byte of it alone; its picture stays where the mail looks for it."""
    root = hub(tmp_path)
    frozen(root, "1")
    mails = archive_of(root)
    (root / "theme/mail").mkdir(parents=True)
    (root / "theme/mail/letter.mjml").write_text("no letter at all", encoding="utf-8")
    (root / "newsletters/2026-04.md").unlink()
    (root / "newsletters/agenda-mars.md").unlink()
    edit(root, "events/fete.md", "2026-04-11", "2026-04-12")
    build(options(root))

    for form in ("mail.html", "mail.txt", "mail.eml"):
        assert mails[f"1/{form}"] == (root / f"public/newsletters/2026-03/{form}").read_bytes()
        assert mails[f"1.en/{form}"] == (root / f"public/en/newsletters/2026-03/{form}").read_bytes()
    assert mails["1/pictures/puits.png"] == (root / "public/media/pictures/puits.png").read_bytes()


def test_two_letters_may_show_one_picture(tmp_path):
    """The community's mark stands in all of them."""
    root = hub(tmp_path, **{"newsletters/2026-04.md": issue(number=2, date="2026-03-19 18:00")})
    frozen(root, "1")
    frozen(root, "2")
    build(options(root))

    assert [] == [one for one in check(options(root)) if one.code.startswith("HB44")]


def test_the_next_letters_tell_a_change_once(tmp_path):
    """Nobody writes down when a file changed; what the frozen letters told is written down."""
    letters = {
        f"newsletters/2026-0{number}.md": issue("Texte.", number=number, date=date)
        for number, date in ((4, "2026-04-02 18:00"), (5, "2026-04-09 18:00"))
    }
    root = hub(tmp_path, **letters)
    frozen(root, "1.fr")
    edit(root, "events/fete.md", "title: La fête", "title: La fête\nstatus: cancelled\nstatus_note: Il pleut.")

    def changes(name):
        (one,) = frozen(root, name, as_of="2026-04-10 12:00")
        return [
            (entry.title, entry.dates[0].status) for section in one.frozen.chosen if section.show == "changes" for entry in section.entries
        ]

    assert [("La fête", "cancelled")] == changes("4")
    edit(root, "events/fete.md", "Il pleut.", "Il pleut des cordes.")
    assert [] == changes("5")


def test_a_letter_that_cannot_be_read_is_not_called_missing(tmp_path):
    """“There is no letter yet” sends an editor to write it a second time."""
    root = hub(tmp_path)
    for one in (root / "newsletters").glob("*.md"):
        one.write_bytes(b"\xff\xfe")

    with pytest.raises(ContentProblems):
        frozen(root, "1")
