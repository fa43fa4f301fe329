"""All proof-readers over one text: at the right place, in the right order, and silent where nothing is wrong."""

import os
import time
from pathlib import Path

import pytest
from tests.hubs import run, text, write
from tests.proofing.posts import PLANTED, POSTS, planted, posts

from handbill.errors import Level, Problem
from handbill.hub.fields import Desk
from handbill.kinds import KINDS
from handbill.proofing.proof import House, keep_back, leftovers, proof
from handbill.reading.draft import Terms
from handbill.reading.drafting import read_draft
from handbill.telling import tell

HOUSE = House(origin="https://atelier-garonne.example/")
CONFLICT = "<<<<<<< HEAD\ntitle: Un\n=======\ntitle: Deux\n>>>>>>> proposition\n"


def marks(content: str, first_line: int = 7, house: House = HOUSE) -> list[Problem]:
    desk = Desk("content/posts/a.md", "Europe/Paris")
    proof(content, first_line, house, desk)
    return desk.problems


def draft(content: str | bytes) -> tuple[object, list[Problem]]:
    raw = content if isinstance(content, bytes) else content.encode()
    kind = next(kind for kind in KINDS if kind.name == "post")
    made, problems = read_draft("content/posts/a.md", raw, kind, Terms("github", "UTC", ("fr",), 10**6, house=HOUSE))
    return made, list(problems)


def test_a_clean_text_gets_no_mark():
    """A proof-reader who marks everything is not read."""
    assert [] == marks("---\ntitle: Un titre\n---\n\nUn texte, simplement.\n", 5)


def test_a_mark_has_its_line_column_width_and_field():
    """The caret must stand under the datum, and the datum must be coverable to its last sign."""
    (front, body) = marks("---\ntitle: A\nsummary: à ines@bal-perso.fr\n---\n\nÉté : ines@bal-perso.fr\n", 6)

    assert (3, 12, 17, "summary") == (front.line, front.column, front.width, front.field)
    assert (6, 7, 17, "") == (body.line, body.column, body.width, body.field)


def test_what_is_secret_is_told_once():
    """The sign @ in a password makes no mail address of it."""
    assert ["HB613"] == [one.code for one in marks("smtps://lettre:Rabot7@chene@smtp.mailo.com")[:1]]
    assert ["HB613"] == [one.code for one in marks("https://ines:Rabot7chene@nuage.fr/dav")]


@pytest.mark.parametrize("place", ["front", "around"])
def test_a_conflict_in_front_matter_is_told_instead_of_what_follows_from_it(place):
    """“Mapping values are not allowed” sends an editor to the wrong line."""
    content = f"---\n{CONFLICT}date: 2026-01-02\n---\n\nTexte.\n" if place == "front" else CONFLICT + "---\n"

    made, problems = draft(content)

    assert made is None
    assert ["HB114"] == [one.code for one in problems]


def test_a_conflict_in_the_text_leaves_the_item_whole():
    """Links to it must not be called broken as well; the rest of its faults is told in the same run."""
    made, problems = draft(text(f"{CONFLICT}\nÀ ines@bal-perso.fr"))

    assert not made.is_broken
    assert ["HB114", "HB601"] == [one.code for one in problems if one.level is Level.ERROR]


def test_a_pointer_of_lfs_is_told_instead_of_a_missing_front_matter():
    """It has no front matter, and never will."""
    made, problems = draft("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 1\n")

    assert made is None
    assert ["HB115"] == [one.code for one in problems]


@pytest.mark.parametrize("content", ["title: ines@bal-perso.fr\n", "---\ntitle: [ines@bal-perso.fr\n---\n", b"---\ntitle: \xe9 ines@bal-perso.fr\n---\n", "---\ntitle: a\n---\n\x02 ines@bal-perso.fr\n"])
def test_what_must_not_be_shown_is_known_even_of_a_broken_file(content):
    """The line of the other fault is shown, and the address may stand on it."""
    _, problems = draft(content)

    assert "HB601" in [one.code for one in problems]


def test_lengths_are_measured_in_a_draft():
    """Where the typed values are."""
    _, problems = draft(text(title="Un titre " * 9))

    assert [("HB233", "title", 2, 8)] == [(one.code, one.field, one.line, one.column) for one in problems]


def test_leftovers_name_the_first_line():
    """What stands above it can still be read."""
    desk = Desk("a.md", "UTC")

    assert 3 == leftovers(f"a\n\n{CONFLICT}", desk)
    assert 0 == leftovers("a\n", Desk("a.md", "UTC"))


def test_keeping_back_tells_nothing_else():
    """The rest is told by whoever reads the file."""
    desk = Desk("a.md", "UTC")
    keep_back("mot\u202e ines@bal-perso.fr\r\n", 1, HOUSE, desk)

    assert ["HB601"] == [one.code for one in desk.problems]


def test_no_form_of_a_check_repeats_what_was_found(tmp_path, capsys):
    """A log of a public repository is read by everybody, the messages in French as well."""
    hub = write(tmp_path, {"content/posts/a.md": text("Écrire à ines.carrere@bal-perso.fr ou au 07 00 21 73 95.", date="ines.carrere@bal-perso.fr")})

    for lang in ("en", "fr"):
        for form in ("text", "json", "github"):
            code, out, err = run(capsys, "--root", hub, "check", "--format", form, "--lang", lang)
            assert 1 == code
            assert "HB601" in out + err
            assert not any(part in out + err for part in ("ines.carrere", "carrere@bal", "07 00 21", "21 73 95")), (lang, form, out, err)


def test_what_the_community_confirmed_may_stand(tmp_path, capsys):
    """Its own line is on every poster: hub.toml says so."""
    toml = '[hub]\nname = "E"\nbase_url = "https://essai.example/"\n\n[mail]\nsender = "E <essai@laposte.net>"\n\n[proofing]\npublic = ["05 56 08 42 17"]\n'
    hub = write(tmp_path, {"hub.toml": toml, "content/posts/a.md": text("05.56.08.42.17, essai@laposte.net, odile@essai.example")})

    assert 0 == run(capsys, "--root", hub, "check")[0]


def test_every_message_is_told_in_french_too():
    """An editor of this community reads French."""
    content = (
        f"{CONFLICT}\u202e mot\u200b co\u00adpeaux \ufffd https://p\u0430ypal.com usager ines@bal-perso.fr 07 00 21 73 95 "
        "FR14 2004 1010 0505 0001 3M02 606 mdp : Rabot7chene\n"
    )
    desk = Desk("a.md", "UTC")
    leftovers(content, desk)
    proof(content, 1, House(avoid=(("usager", "membre"),)), desk)

    assert 11 == len(desk.problems)
    assert [] == [one.code for one in desk.problems if tell(one.found, "fr") == one.found or tell(one.wanted, "fr") == one.wanted]


def test_of_sixty_planted_data_in_a_thousand_posts_all_are_found_and_nothing_else():
    """Figure of the research: 97 of 100 found, at most one post in a thousand marked for nothing."""
    found, wrong = set(), []
    for number, (content, plant) in enumerate(posts()):
        lines = content.split("\n")
        for mark in marks(content):
            datum = lines[mark.line - 1][mark.column - 1 : mark.column - 1 + mark.width]
            if plant is not None and mark.code == planted(plant)[0] and (datum in planted(plant)[1]):
                found.add(plant)
            elif mark.is_private:
                wrong.append((number, mark.code, datum))

    assert set(range(60)) == found
    assert [] == wrong


def test_the_posts_are_a_thousand_and_the_sorts_fifteen():
    """A figure is worth as much as what it was taken from."""
    assert 1000 == POSTS == len(posts())
    assert 60 == len(PLANTED) == sum(plant is not None for _, plant in posts())
    assert posts() == posts()


def test_a_post_is_read_in_no_time():
    """It is done for every text that is read anew; the bound is ten times what a small machine takes."""
    content = max((content for content, _ in posts()), key=len)
    best = 9.0
    for _ in range(5):
        start = time.process_time()
        marks(content)
        best = min(best, time.process_time() - start)

    assert 0.02 > best


@pytest.mark.long
def test_a_hostile_text_takes_time_in_proportion():
    """A proposal from a stranger must not hold up the build: twice the text, twice the time."""
    samples = ("@", "a@", "a.", "(at)", "1 ", "1", "06 ", "+33", "//", "//a", "\u200b", "\u202e\n", "FR76", "<<<<<<< a\n", "a b ", "- [ ] ", "discord : ", "#1234", "é", "a@bal-perso.fr\n")
    house = House(avoid=(("a b", "c"), ("usager", "")))

    def seconds(sample: str, n: int) -> float:
        best = 9.0
        for _ in range(2):
            start = time.process_time()
            marks(sample * (n // len(sample)), 1, house)
            best = min(best, time.process_time() - start)
        return best

    seconds("a", 1000)
    slow = [sample for sample in samples if seconds(sample, 65_536) > 3.5 * seconds(sample, 32_768) + 0.005]
    assert [] == slow


def test_the_letters_of_a_real_community_hold_what_they_hold():
    """A corpus outside this repository, if HANDBILL_CORPUS names one: every mark there was looked at by hand."""
    folder = os.environ.get("HANDBILL_CORPUS")
    if not folder:
        pytest.skip("HANDBILL_CORPUS names no folder of texts")
    files = sorted(file for file in Path(folder).rglob("*") if file.suffix in (".md", ".markdown", ".txt"))
    codes = [mark.code for file in files for mark in marks(file.read_text(encoding="utf-8", errors="replace"), 1, House())]

    assert files
    assert set(codes) <= {"HB116", "HB601", "HB606"}
