"""What pages are indexed as: every word found as people type it, nothing around the text, and the words offered for misspelt ones."""

from collections import Counter

import pytest

from handbill.outputs.search_texts import MOST_WORDS, as_indexed, count_words, day_of, lang_of, most_common, words_of

PAGE = (
    '<!doctype html><html lang="{lang}"><head><title>T</title></head><body class="x"><header>menu</header><main>{main}</main></body></html>'
)


def page(main, lang="fr"):
    return PAGE.format(lang=lang, main=main).encode()


def marked(text, lang="fr"):
    return page(f'<article data-pagefind-body>{text}</article><section class="related"><article>Autre</article></section>', lang)


def indexed(main, lang="fr"):
    return as_indexed(page(main, lang)).decode()


def test_a_printed_apostrophe_parts_words():
    """Pagefind takes words apart at a straight one alone."""
    assert "Le club d'échecs" in indexed("<p data-pagefind-body>Le club d’échecs</p>")


@pytest.mark.parametrize(
    ("lang", "shown"), [("fr", "Prix : </dt><dd>Gratuit"), ("fr-CA", "Prix : </dt>"), ("en", "Prix: </dt><dd>Gratuit")]
)
def test_a_name_and_what_it_names_are_two_words(lang, shown):
    """“PrixGratuit” is found by nobody, and cannot be read in an excerpt."""
    assert shown in indexed("<dl data-pagefind-body><dt>Prix</dt><dd>Gratuit</dd></dl>", lang)


def test_lines_of_an_address_are_not_joined():
    assert "<span>33800</span> <span>Bordeaux</span>" in indexed("<p data-pagefind-body><span>33800</span><span>Bordeaux</span></p>")


def test_what_is_not_printed_is_not_found():
    """“See it on a map” stands on every event's page and says nothing about it."""
    assert '<a class="no-print" data-pagefind-ignore href="/x/">Voir</a>' in indexed(
        '<p data-pagefind-body><a class="no-print" href="/x/">Voir</a>'
    )


def test_menus_and_related_items_are_left_out():
    """They take as long to read as the text, and a page is not about what it links to."""
    shown = as_indexed(marked("<p>Texte</p><article>Dedans</article><p>Fin</p>")).decode()

    assert "<article data-pagefind-body><p>Texte</p><article>Dedans</article><p>Fin</p></article>" in shown
    assert shown.startswith('<!doctype html><html lang="fr"><body><article')
    assert not [left for left in ("menu", "related", "Autre", "title") if left in shown]


@pytest.mark.parametrize("more", ['<p data-pagefind-meta="a:b">', "<div data-pagefind-body>", '<i data-pagefind-filter="x:y"></i>'])
def test_a_template_that_tells_pagefind_more_elsewhere_is_heard(more):
    """A community may write templates of its own by pagefind's handbook."""
    assert more in indexed(f"<p data-pagefind-body>Texte</p>{more}")
    assert more in indexed(f"{more}<p data-pagefind-body>Texte</p>")
    assert more in as_indexed(marked("x").replace(b"<title>", f"{more}<title>".encode())).decode()


def test_what_pagefind_shall_leave_out_is_no_reason_to_keep_everything():
    assert "Autre" not in indexed("<p data-pagefind-body>Texte</p><i data-pagefind-ignore>Autre</i>")


def test_a_page_without_a_body_of_its_own_is_taken_as_it_is():
    """Such as a marked body, or a file that is cut off: pagefind decides."""
    assert "<body data-pagefind-body>x" in as_indexed(b'<html lang="fr"><body data-pagefind-body>x').decode()
    assert b"<p data-pagefind-body>Pas fini" in as_indexed(b'<html lang="fr"><body><p data-pagefind-body>Pas fini')


@pytest.mark.parametrize(
    ("html", "lang"), [(b'<html dir="ltr" lang="FR-ca">', "fr-ca"), (b"<html>", "unknown"), (b'<p lang="de">', "unknown")]
)
def test_the_language_of_a_page_is_that_of_its_root(html, lang):
    """Pagefind makes one index for each; words must go by the same."""
    assert lang == lang_of(html)


def test_the_day_of_a_page_is_what_its_template_tells():
    """Pages stand in the index by their day, so that a new post moves no other."""
    assert "2026-05-01T18:00" == day_of(b'<i data-day="2026-05-01T18:00"></i><i data-day="2027-01-01"></i>')
    assert "" == day_of(b"<p>Toujours</p>")


def counted(*pages):
    """Return how often each word of pages counts."""
    count = Counter()
    for raw in pages:
        count_words(count, *words_of(as_indexed(raw)))
    return count


def test_common_words_come_first_and_those_in_headings_count_more():
    """Of two words equally near, the one that more texts have was meant."""
    lamp = marked("<h2>Grille-pain</h2><p>Une lampe, une lampe, une <code>lampe</code>&nbsp;!</p><script>let moteur</script>")
    bench = marked("<p>Une lampe et l’établi.</p>")
    odile = marked('<p>A <a href="/adresse/">workshop</a></p><i data-pagefind-meta="people:Odile Marsan"></i>', "en")

    assert ["grille", "pain", "lampe", "établi"] == most_common(counted(lamp, bench))
    assert ["marsan", "odile", "workshop"] == most_common(counted(odile))


def test_a_page_that_goes_takes_its_words_along():
    """What is offered must be the same as if the page had never been there."""
    count = counted(marked("<h2>Grille-pain</h2><p>Une lampe</p>"), marked("<p>Une lampe</p>"))
    count_words(count, *words_of(as_indexed(marked("<h2>Grille-pain</h2><p>Une lampe</p>"))), times=-1)

    assert ["lampe"] == most_common(count)
    assert counted(marked("<p>Une lampe</p>")) == +count


def test_no_language_offers_more_words_than_a_browser_should_load():
    letters = "abcdefghijklmnopqrstuvwxyz"
    many = " ".join(f"mot{a}{b}{c}" for a in letters for b in letters for c in letters)

    assert MOST_WORDS == len(most_common(counted(marked(many))))
