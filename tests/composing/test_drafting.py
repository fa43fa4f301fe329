"""The next letter is written from what happened since the last one, and needs an editor's words alone."""

import pytest
from tests.composing.letters import contest, drafter, event, hub_with, letter, post, read, section
from tests.hubs import options

from handbill.authoring.new import Taken
from handbill.composing.drafting import Wish
from handbill.errors import Level, WrongUse
from handbill.pipeline import check


@pytest.fixture
def root(tmp_path):
    return hub_with(tmp_path)


def draft(root, as_of="2026-03-20 12:00", lang="en", **wish):
    return drafter(root, as_of, lang).draft(Wish(**wish))


def blocks(text):
    """Return what the sections of a text ask for, without comments."""
    return [[line for line in part.split("\n```")[0].split("\n")[1:] if not line.startswith("#")] for part in text.split("```section")[1:]]


def test_the_next_letter_goes_on_from_the_last_ones(root):
    """Number, day, name of the file, greeting, author and signature are what an editor would type again each month."""
    found = draft(root)

    assert ("newsletters/2026-04.md", 3, "3") == (found.path, found.number, found.name)
    head, _, body = found.text.partition("---\n\n")
    assert {"number: 3", "date: 2026-04-09 18:00", "authors: [ada]", "draft: true"} <= set(head.split("\n"))
    assert body.startswith("Bonsoir,\n\n<!-- ")
    assert body.endswith("\n\nThéo\n")


def test_sections_stand_in_the_order_of_the_last_letter(root):
    """A community knows its letter by its order; the title of one month is no title of the next."""
    found = draft(root)

    assert [["show: events", "layout: list", "limit: 3", "ahead: 60"], ["show: posts"]] == blocks(found.text)
    assert "Ce mois-ci" not in found.text


def test_a_rubric_of_every_letter_is_there_again_and_that_of_one_is_not(root):
    """“The trick of the month” waits for its trick; what was said once was said."""
    text = draft(root).text

    assert text.index("show: events") < text.index("## Le tour de main") < text.index("show: posts")
    assert "Une seule fois" not in text


def test_a_section_says_in_the_file_what_it_shows_today(root):
    """An editor sees it without starting a program, with paths that can be pinned."""
    text = draft(root).text

    assert "# - 2026-04-18 14:00 · La fête · ../events/fete.md" in text
    assert "# - Le puits · ../content/posts/puits.md" in text


def test_what_is_told_only_if_there_is_any_is_left_out_else(root, tmp_path):
    """Nobody announces that nothing was moved; a dance that is off is what matters most."""
    assert not {"changes", "recaps", "corrections"} & {one.show for one in draft(root).choices}

    moved = event("Le bal", "2026-05-02 20:00", status="cancelled", status_note="Il pleut.", updated="2026-03-18")
    hub_with(tmp_path, **{
        "events/bal.md": moved,
        "newsletters/2026-03.md": letter(2, "2026-03-12 18:00", "Bonsoir,\n\n[Le bal](../events/bal.md).", sections="[posts]",
                                         corrections='[{date: 2026-03-14, text: "Le puits a deux ans."}]'),
    })  # fmt: skip

    assert ["changes", "posts", "corrections"] == [one.show for one in draft(tmp_path).choices]


def test_a_section_that_was_given_a_place_keeps_it_though_it_is_empty(tmp_path):
    """What is moved next week would else be told behind the signature."""
    body = f"Bonsoir,\n\n{section('changes', 'title: Ce qui a bougé')}\n\n{section('events')}\n\nThéo"
    root = hub_with(tmp_path, **{"newsletters/2026-03.md": letter(2, "2026-03-12 18:00", body)})

    assert [["show: changes"], ["show: events"]] == blocks(draft(root).text)


def test_subject_and_preheader_are_proposed_from_the_strongest(tmp_path):
    """An empty line is harder to begin than a plain one."""
    root = hub_with(tmp_path, **{
        "content/contests/photo.md": contest("La photo", "2026-04-30"),
        "newsletters/2026-03.md": letter(2, "2026-03-12 18:00", "Bonsoir,\n\nThéo", sections="[events, contests]"),
    })  # fmt: skip
    text = draft(root).text

    assert "\nsubject: La fête, samedi 18 avril\n" in text
    assert '\npreheader: "Et aussi : La photo, jusqu’au 30 avril ; Le bal, samedi 2 mai"\n' in text


def test_a_draft_passes_every_check_and_is_seen_by_nobody(root):
    """What a command writes must not be the first thing that is wrong."""
    found = draft(root)
    (root / found.path).write_text(found.text, encoding="utf-8")
    problems = [one for one in check(options(root)) if one.path == found.path]

    assert [("HB501", Level.NOTE)] == [(one.code, one.level) for one in problems]
    assert found.path in {one.source for one in read(root, "2026-04-20 12:00")[0].hidden}


def test_the_finished_draft_passes_as_well(root):
    """Its two lines taken out and its date come, it is a letter like any other."""
    found = draft(root)
    (root / found.path).write_text(found.text.replace("draft: true\n", ""), encoding="utf-8")

    assert [] == [one for one in check(options(root, "2026-04-10 12:00")) if one.path == found.path]


def test_the_day_can_be_given_and_keeps_the_hour(root):
    """A feast moves the letter, and its readers still look at six."""
    assert "date: 2026-04-16 18:00\n" in draft(root, date="2026-04-16").text
    assert "date: 2026-04-16 09:30\n" in draft(root, date="2026-04-16 09:30").text
    with pytest.raises(WrongUse, match="--date"):
        draft(root, date="jeudi")


def test_a_second_draft_waits_for_the_first(root):
    """Whoever types the command twice wants no two letters."""
    found = draft(root)
    (root / found.path).write_text(found.text, encoding="utf-8")

    with pytest.raises(Taken, match="still a draft"):
        draft(root)
    assert ("newsletters/2026-05.md", 4) == (lambda one: (one.path, one.number))(draft(root, date="2026-05-14"))


def test_a_file_that_is_there_is_never_written_again(root):
    """It may hold a letter that is not committed yet."""
    (root / "newsletters" / "2026-04.md").write_text(post("Autre chose", "2026-01-01"), encoding="utf-8")

    with pytest.raises((Taken, WrongUse)):
        draft(root)


def test_the_first_letter_of_all_can_be_drafted(tmp_path):
    """Beginning is the hardest."""
    root = hub_with(tmp_path)
    for file in (root / "newsletters").iterdir():
        file.unlink()
    found = draft(root)

    assert ("newsletters/2026-03.md", 1) == (found.path, found.number)
    assert [["show: events"], ["show: contests"], ["show: posts"]] == blocks(found.text)
    assert "---\n\nBonjour,\n\n<!-- " in found.text


def test_another_letter_counts_for_itself_and_says_its_name(tmp_path):
    """The agenda's third number is not the main letter's."""
    root = hub_with(tmp_path, **{
        f"newsletters/agenda-2026-03-{day:02}.md": letter(number, f"2026-03-{day:02} 08:00", f"Bonjour,\n\n{section('events')}\n\nAda", letter="agenda")
        for number, day in ((1, 2), (2, 16))
    })  # fmt: skip
    found = draft(root, letter="agenda")

    assert ("newsletters/agenda-2026-03-30.md", 3, "agenda-3") == (found.path, found.number, found.name)
    assert "\nletter: agenda\n" in found.text
    with pytest.raises(WrongUse, match="agenda, main"):
        draft(root, letter="agnda")


def test_in_another_language_the_number_that_waits_is_translated(tmp_path):
    """The same sections and the same moment, in the voice of the letters in that language."""
    root = hub_with(tmp_path, **{
        "newsletters/2026-03.en.md": letter(2, "2026-03-12 18:00", "Good evening,\n\nThe well.\n\nTheo"),
        "newsletters/2026-04.md": letter(3, "2026-04-09 18:00", f"Bonsoir,\n\n{section('events', 'pin: [../events/fete.md]')}"),
        "events/fete.en.md": event("The fair", "2026-04-18 14:00"),
    })  # fmt: skip
    found = draft(root)
    english = drafter(root).draft(Wish(lang="en"))

    assert "newsletters/2026-05.md" == found.path
    assert ("newsletters/2026-04.en.md", 3, "3.en") == (english.path, english.number, english.name)
    assert [["show: events", "pin: [../events/fete.en.md]"]] == blocks(english.text)
    assert "---\n\nGood evening,\n" in english.text
    assert "\ndate: 2026-04-09 18:00\n" in english.text
    assert english.text.endswith("Theo\n")


def test_sections_can_be_taken_from_another_number(root):
    """The letter of last Christmas is the model of this one's."""
    found = draft(root, like="1")

    assert [["show: events"], ["show: contests"], ["show: posts"]] == blocks(found.text)


def test_a_language_that_the_hub_does_not_have_is_refused(root):
    """Nobody would ever read it."""
    with pytest.raises(WrongUse, match="fr, en"):
        drafter(root).draft(Wish(lang="de"))


def test_the_same_day_drafts_the_same_bytes(root):
    """What differs from run to run cannot be reviewed."""
    assert draft(root).text == draft(root).text
