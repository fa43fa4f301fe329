"""Words of strangers in the Markdown of a comment."""

import re

from tests.cases import for_each
from tests.reviewing.hostile import HOSTILE, references, seen

from handbill.reviewing.harmless import code, compared, plain, strong
from handbill.reviewing.record import Run

SHORT = [text[:40].encode("unicode_escape").decode() or "empty" for text in HOSTILE]


def words(text: str) -> str:
    """Return what can be read of a text, without spaces and without what parts words."""
    return re.sub(r"[\s\u200b\0]", "", text)


@for_each("text", HOSTILE, ids=SHORT)
@for_each("form", [plain, code])
def test_words_are_words_and_nothing_else(form, text):
    """A title that notifies the whole team, or an image that counts who reviews, must not come with a proposal."""
    found = seen(f"- {form(text)}\n- after")

    assert {"ul", "li", *(["code"] if form is code else []), *(["span"] if "$" in text and form is plain else [])} == set(found.elements)
    assert [] == found.links
    assert [] == references(found)
    assert 2 == found.elements.count("li"), "the next entry stays one"


@for_each("text", HOSTILE, ids=SHORT)
def test_what_was_written_can_be_read(text):
    """A reviewer who does not see what somebody tried cannot ask why."""
    shown, in_code = seen(f"- {plain(text)}").text, seen(f"- {code(text)}").code

    if len(text) < 80 and text.isprintable():
        assert words(text) == words(shown) == words(in_code)
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00\x07\x1b]", shown.replace("\0", ""))
    assert "\u200b" not in text or "‹U+200B›" in shown


def test_hostile_strings_are_really_hostile():
    """The test above is worth what it would find: written as they are, they do what they are here for."""
    raw = seen("\n\n".join(HOSTILE))

    assert {"a", "img", "b", "h1", "table", "pre", "input", "del"} < set(raw.elements)
    assert 5 < len(raw.links)
    assert 12 < len(references(raw))
    assert 40 < len(HOSTILE)


def test_french_stays_as_it_is_set():
    """No-break spaces, quotation marks and hyphens are no attack."""
    assert "L’été, à vélo\u202f: «\u00a0rendez-vous\u00a0» !" == plain("L’été, à vélo\u202f: «\u00a0rendez-vous\u00a0» !")


def test_a_long_text_is_cut_with_a_sign():
    """An entry is a line."""
    assert "x" * 9 + "…" == plain("x" * 11, most=10)
    assert "x" * 10 == plain("x" * 10, most=10)
    assert "`xxxxxxxxx…`" == code("x" * 11, most=10)


def test_a_title_stands_out_and_an_empty_one_is_a_dash():
    """Four asterisks in a row are a rule across the page."""
    assert ["**Fête**", "—", "**\\*a\\***"] == [strong(one) for one in (" Fête\u00a0", " \n", "*a*")]
    assert ["strong"] == [one for one in seen(f"- {strong('«' + chr(0xA0) + 'Fête' + chr(0xA0) + '» !')} `/fete/`").elements if one == "strong"]


def test_code_holds_its_own_signs():
    """A path with a backtick in it is a path."""
    assert ["`a`", "`` a`b ``", "``` ``a ```", "`   `"] == [code(one) for one in ("a", "a`b", "``a", "")]


def test_a_dash_is_only_parted_from_the_beginning():
    """An escape in the middle of each word with a hyphen would be a fault for whoever reads the source."""
    assert ["\\- un", "1\\. un", "rendez-vous", "2026 - un"] == [plain(one) for one in ("- un", "1. un", "rendez-vous", "2026 - un")]


def run(how, text):
    """Return a stretch of words."""
    return Run(how, text)


def test_what_goes_and_comes_is_marked_by_more_than_colour():
    """A reviewer who sees no colours, or reads the mail, must tell old from new."""
    runs = (run("same", "nous ouvrons "), run("gone", "samedi"), run("new", "dimanche"), run("same", " à 14 h"))

    assert "nous ouvrons <del>samedi</del> <ins>dimanche</ins> à 14 h" == compared(runs, 200)


def test_only_the_words_beside_a_change_are_shown():
    """Of a page of a thousand words one hour was changed."""
    long = " ".join(f"mot{n}" for n in range(200))
    told = compared((run("same", long), run("gone", "14"), run("new", "15"), run("same", long), run("new", "fin")), 400)

    assert "… mot193 mot194 mot195 mot196 mot197 mot198 mot199 <del>14</del> <ins>15</ins> mot0 mot1" == told[:88]
    assert "mot9 … mot193" in told


def test_words_of_another_paragraph_are_no_context():
    """The menu above a changed title says nothing about it."""
    told = compared((run("same", "Accueil\nLe titre"), run("new", "neuf"), run("same", "Un texte\nPied de page")), 200)

    assert "… Le titre <ins>neuf</ins> Un texte …" == told


def test_a_comparison_is_cut():
    """A rewritten page is read in the pack."""
    told = compared((run("gone", "x" * 300), run("new", "y" * 300), run("gone", "c")), 200)

    assert told.startswith("<del>xxx")
    assert told.endswith("…")
    assert 400 > len(told)


def test_hostile_words_of_a_comparison_are_harmless():
    """What is gone or new in a text is a stranger's, too."""
    runs = tuple(run(how, text) for text in HOSTILE for how in ("gone", "new", "same"))
    found = seen("- " + compared(runs, 100_000))

    assert {"ul", "li", "del", "ins", "span"} == set(found.elements)
    assert ([], []) == (found.links, references(found))
