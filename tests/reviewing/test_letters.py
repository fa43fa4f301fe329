"""Which letters would be mailed otherwise, from the first draft until nobody may change a byte."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection
from dataclasses import fields
from pathlib import Path

from tests.freezing.letters import frozen
from tests.freezing.letters import hub as with_letters
from tests.reviewing.built import State, edit, state_of

from handbill.layout import ARCHIVE
from handbill.outputs.mail.weight import MOST, MOST_SENT
from handbill.reviewing import letters
from handbill.reviewing.record import Detail, LetterChange, Run

LETTER, NEXT = "newsletters/2026-03.md", "newsletters/2026-04.md"
EVENT = "events/fete.md"

Edit = Callable[[Path], object]


def told(before: State, after: State, broken: Collection[str] = (), lang: str = "en") -> tuple[LetterChange, ...]:
    states = [(one.found.hub, one.found.settings, one.options, Path()) for one in (before, after)]
    known = [letters.facts(*given, one.found.planned) for given, one in zip(states, (before, after), strict=True)]
    found = letters.changes(known[0], known[1], broken)
    made = [letters.forms(*given, tuple(one.name for one in found)) for given in states]
    return letters.with_forms(found, made[0], made[1], lang)


def changed(root: Path, *edits: tuple[str, str, str] | Edit) -> tuple[LetterChange, ...]:
    """Return what a few edits change for letters; they are made in a copy, as a review has two folders."""
    before, copy = state_of(root), root.with_name(f"{root.name}-after")
    shutil.copytree(root, copy, ignore=shutil.ignore_patterns(".handbill", "public"))
    for one in edits:
        if callable(one):
            one(copy)
        else:
            edit(copy, *one)
    return told(before, state_of(copy, is_published=False))


def replaced(name: str, old: bytes, new: bytes) -> Edit:
    """Return what changes the bytes of a file of the archive."""
    return lambda root: (root / ARCHIVE / name).write_bytes((root / ARCHIVE / name).read_bytes().replace(old, new))


def said(runs: tuple[Run, ...], how: str) -> str:
    return " ".join(one.text.strip() for one in runs if one.how == how)


def test_nothing_changed_is_told_as_nothing(tmp_path):
    """A reviewer who reads of changes that are none reads no further."""
    assert changed(with_letters(tmp_path)) == ()


def test_a_word_of_the_theme_that_stands_in_no_letter_is_no_change_of_letters(tmp_path):
    """All of them are made of the words of the theme; twenty letters told for nothing hide the one that matters."""

    def reworded(root: Path) -> None:
        (root / "theme" / "locale").mkdir(parents=True)
        (root / "theme" / "locale" / "fr.po").write_text('msgid "Home"\nmsgstr "Maison"\n', encoding="utf-8")

    assert changed(with_letters(tmp_path), reworded) == ()


def test_a_new_draft_is_told_with_its_mail_as_it_would_be(tmp_path):
    """This is the pull request by which most letters begin."""
    root = with_letters(tmp_path)
    (one,) = changed(
        root,
        lambda root: (root / "newsletters/2026-05.md").write_text((root / NEXT).read_text().replace("number: 2", "draft: true\nnumber: 3")),
    )

    assert (one.name, one.how, one.state, one.subject, one.preheader) == ("3", "added", "draft", "Lettre 2", "Ce qui vient")
    assert one.forms.keys() == {"mail.html", "mail.txt", "mail.eml"}
    assert (one.former, one.frozen, one.since_freeze) == ({}, "", ())
    assert Detail("From", "", "Essai <lettre@essai.example>") in one.headers
    assert {"Subject", "List-Unsubscribe", "List-Unsubscribe-Post", "Date"} <= {one.name for one in one.headers}
    assert "Avril." in said(one.words, "new")


def test_weights_are_those_of_the_check(tmp_path):
    """What a mail program cuts off depends on both, and a reviewer compares them with the two limits."""
    (one,) = changed(with_letters(tmp_path), (NEXT, "Avril.", "Mai. " + "Un mot de plus. " * 200))

    assert one.bytes_html == len(one.forms["mail.html"])
    assert one.bytes_html < one.bytes_wire < MOST_SENT
    assert one.bytes_html < MOST
    assert said(one.words, "gone") == "Avril."


def test_an_edited_letter_is_told_word_by_word_and_no_other_is(tmp_path):
    """The other three are the same bytes."""
    (one,) = changed(with_letters(tmp_path), (NEXT, "Avril.", "Avril, et la suite."))

    assert (one.name, one.how, one.state, one.details) == ("2", "changed", "scheduled", ())
    assert (said(one.words, "gone"), said(one.words, "new")) == ("Avril.", "Avril, et la suite.")
    assert one.former.keys() == one.forms.keys()
    assert {header.name for header in one.headers if header.before != header.after} == set()


def test_an_edited_subject_is_told_among_the_headers(tmp_path):
    """It is all that many members will read."""
    (one,) = changed(with_letters(tmp_path), (NEXT, "subject: Lettre 2", "subject: L’avril"))

    assert one.subject == "L’avril"
    assert [header for header in one.headers if header.before != header.after] == [Detail("Subject", "Lettre 2", "L’avril")]


def test_an_event_that_a_letter_gathers_changes_the_letter(tmp_path):
    """Nobody touched the letter, and it will be mailed otherwise."""
    root = with_letters(tmp_path)
    edit(root, NEXT, "Avril.", "Avril.\n\n```section\nshow: events\n```")

    (one,) = [one for one in changed(root, (EVENT, "starts: 2026-04-11 14:00", "starts: 2026-04-11 15:00")) if one.name == "2"]

    assert one.how == "changed"
    assert "15" in said(one.words, "new")


def test_what_is_wrong_with_a_letter_is_told_in_the_language_of_the_review(tmp_path):
    """A draft is proofed here and nowhere else, and the record holds plain words."""
    root = with_letters(tmp_path)
    before = state_of(root)
    edit(root, NEXT, "subject: Lettre 2", "subject: GRANDE NOUVELLE")
    after = state_of(root, is_published=False)

    for lang, words in (("en", "a subject in capitals"), ("fr", "un objet en capitales")):
        (one,) = told(before, after, lang=lang)
        assert words in [problem.found for problem in one.problems]


def test_another_day_and_another_state_are_told(tmp_path):
    """A draft that is finished will be mailed; the day decides when."""
    root = with_letters(tmp_path)
    (root / NEXT).write_text((root / NEXT).read_text().replace("---\n", "---\ndraft: true\n", 1))

    (one,) = changed(root, (NEXT, "draft: true\n", ""), (NEXT, "date: 2026-04-02 18:00", "date: 2026-04-03 18:00"))

    assert one.details == (
        Detail("state", "draft", "scheduled"),
        Detail("day of sending", "2026-04-02T18:00:00+02:00", "2026-04-03T18:00:00+02:00"),
    )


def test_a_letter_is_told_once_although_it_waits_at_several_moments(tmp_path):
    """A review looks at the day on which something appears, too, and the letter is due by then."""
    root = with_letters(tmp_path)
    before = [state_of(root, as_of) for as_of in ("2026-03-20 12:00", "2026-04-02 18:00")]
    edit(root, NEXT, "Avril.", "Mai.")
    after = [state_of(root, as_of) for as_of in ("2026-03-20 12:00", "2026-04-02 18:00")]
    found: list[LetterChange] = []
    for old, new in zip(before, after, strict=True):
        known = [letters.facts(one.found.hub, one.found.settings, one.options, Path(), one.found.planned) for one in (old, new)]
        found += letters.changes(known[0], known[1])

    assert [one.state for one in found] == ["scheduled", "due"]
    assert [one.state for one in letters.with_forms(found, None, None)] == ["scheduled"]


def test_the_key_of_a_letter_that_waits_is_that_of_its_day(tmp_path):
    """Otherwise each letter would be told once more on the day on which it appears."""
    root = with_letters(tmp_path)
    keys = []
    for as_of in ("2026-03-20 12:00", "2026-04-02 18:00"):
        one = state_of(root, as_of)
        keys.append(letters.facts(one.found.hub, one.found.settings, one.options, Path(), one.found.planned)["2"].key)

    assert keys[0] == keys[1] != ""


def test_a_letter_that_is_frozen_is_told_with_the_digest_and_no_other_word(tmp_path):
    """The reviewer of the freeze sees that it is the letter that was approved as a draft, byte for byte."""
    (one, other) = changed(with_letters(tmp_path), lambda root: frozen(root, "1"))

    assert (one.name, one.how, one.state, other.name) == ("1", "changed", "frozen", "1.en")
    assert one.details == (Detail("state", "due", "frozen"),)
    assert (one.words, one.since_freeze) == ((), ())
    assert len(one.frozen) == 64
    assert one.forms == one.former


def test_a_letter_changed_after_it_was_frozen_is_loud(tmp_path):
    """What was approved and perhaps mailed is not what is kept."""
    root = with_letters(tmp_path)
    frozen(root, "1")

    (one,) = changed(root, replaced("1/mail.txt", b"Bonjour", b"Bonsoir"))

    assert (one.name, one.how, one.state) == ("1", "changed", "damaged")
    assert (said(one.since_freeze, "gone"), said(one.since_freeze, "new")) == ("Bonjour,", "Bonsoir,")


def test_a_file_without_words_that_is_another_is_named(tmp_path):
    """The picture of a mail is part of what was approved."""
    root = with_letters(tmp_path)
    frozen(root, "1")
    size = (root / ARCHIVE / "1/pictures/puits.png").stat().st_size

    (one,) = changed(root, replaced("1/pictures/puits.png", b"PNG", b"PNG!"))

    assert f"pictures/puits.png ({size} bytes" in said(one.since_freeze, "gone")
    assert f"pictures/puits.png ({size + 1} bytes" in said(one.since_freeze, "new")


def test_a_manifest_written_anew_is_no_freeze(tmp_path):
    """Whoever changes the mail could change what proves it; the chain does not know that manifest."""
    root = with_letters(tmp_path)
    frozen(root, "1")

    (one,) = changed(root, replaced("1/manifest.json", b"2026-03-12", b"2026-03-11"))

    assert (one.state, one.frozen) == ("damaged", "")
    assert "manifest.json" in said(one.since_freeze, "new")


def test_a_bundle_that_is_taken_away_is_loud(tmp_path):
    """The letter would be made anew from whatever its text says today."""
    root = with_letters(tmp_path)
    frozen(root, "1", lang="fr")

    (one,) = changed(root, lambda root: shutil.rmtree(root / ARCHIVE))

    assert (one.name, one.how, one.frozen) == ("1", "changed", "")
    assert "Bonjour" in said(one.since_freeze, "gone")
    assert "manifest.json" in said(one.since_freeze, "gone")


def test_a_text_edited_after_it_was_frozen_mails_nothing_else(tmp_path):
    """The archive is what was mailed; the page of the letter may be corrected."""
    root = with_letters(tmp_path)
    frozen(root, "1", lang="fr")

    assert changed(root, (LETTER, "Bonjour, voici", "Bonjour, voilà")) == ()


def test_another_sender_changes_every_letter_that_is_not_frozen(tmp_path):
    """One line of hub.toml, and three mails come from somebody else."""
    root = with_letters(tmp_path)
    frozen(root, "1", lang="fr")

    found = changed(root, ("hub.toml", "lettre@essai.example", "nouvelles@essai.example"))

    assert [one.name for one in found] == ["2", "1.en", "agenda-1"]
    assert all(one.words == () for one in found)
    assert all("From" in {header.name for header in one.headers if header.before != header.after} for one in found)


def test_a_letter_that_is_taken_back_is_told(tmp_path):
    """A waiting letter that is deleted is not mailed."""
    (one,) = changed(with_letters(tmp_path), lambda root: (root / NEXT).unlink())

    assert (one.name, one.how, one.forms) == ("2", "removed", {})
    assert "Avril." in said(one.words, "gone")
    assert one.bytes_html == len(one.former["mail.html"])


def test_what_cannot_be_read_is_not_told_as_taken_back(tmp_path):
    """A typing error stops the build; no letter is taken back by it."""
    root = with_letters(tmp_path)
    before = state_of(root)
    edit(root, NEXT, "date: 2026-04-02 18:00", "date: demain")
    after = state_of(root, is_published=False)

    assert [one.how for one in told(before, after)] == ["removed"]
    assert told(before, after, {NEXT}) == ()


def test_letters_to_come_stand_before_those_that_have_left(tmp_path):
    """What can still be changed is what a reviewer looks at first."""
    root = with_letters(tmp_path)
    frozen(root, "1", lang="fr")

    found = changed(root, (NEXT, "Avril.", "Mai."), replaced("1/pictures/puits.png", b"PNG", b"!"))

    assert [one.name for one in found] == ["2", "1"]


def test_a_mail_that_only_one_side_made_is_not_told_as_all_new(tmp_path):
    """Each side makes its forty latest letters, and a day that changed may move one out of them."""
    root = with_letters(tmp_path)
    before = state_of(root)
    edit(root, NEXT, "Avril.", "Mai.")
    after = state_of(root, is_published=False)
    known = [letters.facts(one.found.hub, one.found.settings, one.options, Path(), one.found.planned) for one in (before, after)]
    made = letters.forms(after.found.hub, after.found.settings, after.options, Path(), ("2",))

    (one,) = letters.with_forms(letters.changes(*known), {}, made)

    assert (one.how, one.words) == ("changed", ())
    assert one.forms


def test_what_a_state_tells_is_plain():
    """It crosses from process to process and is kept on disk."""
    assert {"str"} == {str(one.type) for one in fields(letters.Standing)}
