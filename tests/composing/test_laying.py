"""The text of a new letter: what is certain is written, what is proposed is marked, what is the editor's is left open."""

from handbill.composing.laying import Frame, laid, with_news, without
from handbill.composing.voice import Piece, Voice
from handbill.kinds.query import Query


def frame(*pieces, **more):
    given = {
        "path": "newsletters/2026-04.md",
        "number": 3,
        "date": "2026-04-09 18:00",
        "letter": "main",
        "lang": "fr",
        "zone": "",
        "authors": (),
    }
    return Frame(**{**given, **more}, voice=Voice(pieces))


def asked(voice):
    return [one.query.show if one.query else one.sort for one in voice.pieces]


def test_the_place_for_ones_own_words_is_after_the_greeting():
    """It is where an editor begins."""
    text = laid(frame(Piece("greeting", "Bonsoir,"), Piece("section", query=Query("events"))), (), ("Un objet", ""), "x", "fr")

    assert text.index("Bonsoir,") < text.index("<!-- Vos mots ici.") < text.index("```section")


def test_a_letter_without_any_section_still_has_that_place():
    """Some letters are words alone."""
    assert laid(frame(Piece("greeting", "Bonsoir,")), (), ("Un objet", ""), "x", "fr").endswith("-->\n")


def test_what_a_letter_does_not_have_is_not_written():
    """An empty line of front matter is a question that nobody asked."""
    text = laid(frame(), (), ("Un objet", ""), "x", "en")

    assert not [key for key in ("letter:", "preheader:", "timezone:", "authors:") if key in text]
    assert "\ntimezone: America/New_York\n" in laid(frame(zone="America/New_York"), (), ("Un objet", ""), "x", "en")


def test_a_subject_that_yaml_would_misread_is_put_in_quotes():
    """A colon in it would break the file."""
    assert '\nsubject: "Demain : la fête"\n' in laid(frame(), (), ("Demain : la fête", ""), "x", "fr")


def test_what_was_moved_comes_first_reports_before_posts_and_corrections_last():
    """What matters soonest is read by those who read one line; a sponsor is asked again by hand."""
    voice = Voice((
        Piece("greeting", "x"), Piece("section", query=Query("events")), Piece("section", query=Query("sponsor")),
        Piece("section", query=Query("posts")), Piece("signature", "y"),
    ))  # fmt: skip

    assert ["greeting", "changes", "events", "recaps", "posts", "corrections", "signature"] == asked(with_news(voice))


def test_what_has_its_place_keeps_it():
    """An editor put the changes at the end, and meant it."""
    voice = Voice((Piece("section", query=Query("events")), Piece("section", query=Query("changes"))))

    assert ["events", "changes"] == [one for one in asked(with_news(voice)) if one not in ("recaps", "corrections")]


def test_sections_are_taken_out_by_their_number():
    """Those that show nothing, and would be announced for nothing."""
    pieces = (Piece("greeting", "x"), Piece("section", query=Query("changes")), Piece("section", query=Query("events")))

    assert ["greeting", "events"] == asked(Voice(tuple(without(pieces, [1]))))
