"""Sentences by which members learn who is behind a text."""

import json

import pytest
from tests.hubs import options, text, village, write

from handbill.hub.facets import Disclosure
from handbill.outputs.disclosed import sentences
from handbill.outputs.words import words_for
from handbill.pipeline import build

PAID = text("On nous a prêté une scie.", title="La scie", date="2026-03-18", disclosure="{paid_by: Quincaillerie, machine_written: part}")


@pytest.mark.parametrize(
    ("one", "told"),
    [
        (None, ()),
        (Disclosure(), ()),
        (Disclosure(payer="Quay"), ("Sponsored by Quay.",)),
        (Disclosure(is_own=True, machine="whole"), ("Whoever wrote this has a part in what it is about.", "A machine wrote this text.")),
    ],
)
def test_each_thing_is_a_sentence(one, told):
    """Words of the law are not what members understand."""
    assert told == sentences(one, words_for("en", ""))


def test_page_list_feed_and_letter_say_who_paid(tmp_path):
    """A reader of the mail has the same right to know as one of the page."""
    letter = text(
        "```section\nshow: posts\nlayout: list\n```", title="Lettre", date="2026-03-19", number="9", subject="Lettre", preheader="Avant"
    )
    root = write(village(tmp_path), {"content/posts/scie.md": PAID, "newsletters/n9.md": letter})
    build(options(root))
    public = root / "public"
    entries = json.loads((public / "feeds/all.json").read_text(encoding="utf-8"))["items"]

    told = "Sponsorisé par Quincaillerie. Une machine a écrit une partie de ce texte."
    assert told in (public / "posts/scie/index.html").read_text(encoding="utf-8")
    assert "Sponsorisé" in (public / "posts/index.html").read_text(encoding="utf-8")
    assert [f"<p><em>{told}</em></p>"] == [one["content_html"].split("\n")[0] for one in entries if one["title"] == "La scie"]
    assert told in (public / "newsletters/n9/mail.html").read_text(encoding="utf-8")
    assert f"{told} <https://village.example/hub/" in " ".join((public / "newsletters/n9/mail.txt").read_text(encoding="utf-8").split())


def test_in_a_letter_who_paid_is_told_before_what_is_praised(tmp_path):
    """A reader who stops after the first sentence has read it."""
    letter = text("```section\nshow: posts\n```", title="Lettre", date="2026-03-19", number="9", subject="Lettre", preheader="Avant")
    root = write(village(tmp_path), {"content/posts/scie.md": PAID, "newsletters/n9.md": letter})
    build(options(root))

    expected = "Sponsorisé par Quincaillerie. On nous a prêté une scie. Une machine a écrit une partie de ce texte."
    assert expected in " ".join((root / "public/newsletters/n9/mail.txt").read_text(encoding="utf-8").split())
