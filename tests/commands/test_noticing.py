"""The command that writes the post of a change, as it is typed."""

import pytest
from tests.hubs import files_of, options, run

from handbill.pipeline import check

POST = "content/posts/2026-03-20-annule-concert.md"


def notice(capsys, hub, *words, lang="en"):
    return run(capsys, "--root", hub, "notice", "--as-of", "2026-03-20 12:00", *words, lang=lang)


def test_the_command_that_check_proposes_writes_the_post_and_check_is_content(hub, capsys):
    """Copied from the message, and nothing is left to be done."""
    (proposed,) = (one for one in check(options(hub)) if one.code == "HB510" and "concert" in one.path)
    words = proposed.wanted.partition("build.py notice ")[2].split()

    code, out, err = notice(capsys, hub, *words)
    assert (0, "") == (code, err)
    assert [f"Written: {POST}", "To look at it: python3 build.py serve"] == out.splitlines()
    assert "Le pianiste est grippé." in (hub / POST).read_text(encoding="utf-8")
    assert [] == [one for one in check(options(hub)) if (one.code == "HB510" and "concert" in one.path) or one.path == POST]


def test_words_for_the_editor_are_in_the_hub_s_language(hub, capsys):
    """The post is in that of the event in any case."""
    _, out, _ = notice(capsys, hub, "concert", lang="fr")

    assert out.startswith(f"Écrit\u00a0: {POST}\n")


@pytest.mark.parametrize("how", ["--print", "--dry-run"])
def test_a_trial_writes_nothing(hub, capsys, how):
    """It can be kept by hand, or thrown away."""
    before = files_of(hub / "content")

    code, out, err = notice(capsys, hub, "concert", how)
    assert 0 == code
    assert out.startswith('---\ntitle: "Annulé : Concert"\n')
    assert f"It would be {POST}.\n" == err
    assert before == files_of(hub / "content")


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("nothing is called “conzert”; “concert”, perhaps", ("conzert",)),
        ("content/posts/ancien.md is of the kind post, not event", ("ancien",)),
        ("--date: found “11 avril”, wanted a day such as 2026-05-01", ("corvee", "--date", "11 avril")),
        ("nothing changed on 2026-05-01; --date can be: 2026-04-11, 2026-06-13", ("corvee", "--date", "2026-05-01")),
    ],
)
def test_wrong_use_is_told_with_what_would_be_right(hub, capsys, message, words):
    """And nothing is written."""
    before = files_of(hub / "content")

    code, _, err = notice(capsys, hub, *words)
    assert (2, True) == (code, message in err)
    assert before == files_of(hub / "content")


def test_the_date_of_a_series_can_be_named(hub, capsys):
    """Two of them changed."""
    _, out, _ = notice(capsys, hub, "corvee", "--date", "2026-06-13")

    assert "Written: content/posts/2026-03-20-annule-corvee-de-bois-13-juin-2026.md" in out
