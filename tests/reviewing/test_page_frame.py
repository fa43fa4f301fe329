"""The frame of the page of a review: policy, texts in the reader's language, and two texts compared in one."""

from handbill.reviewing.page_frame import LONGEST, MOST_OF_ALL, MOST_SIGNS, Frame, short
from handbill.reviewing.record import Detail, Run
from handbill.showing.tags import tag

FRAME = Frame("fr")


def test_the_page_allows_nothing_but_what_stands_in_it():
    """It is opened from a folder of downloads, with everything that one was sent beside it."""
    page = FRAME.page("Titre")

    assert '<meta http-equiv="Content-Security-Policy" content="default-src \'none\';' in page.replace("&#x27;", "'")
    assert "script-src" not in page
    assert "<script" not in page
    assert 'lang="fr"' in page


def test_words_that_went_and_came_are_struck_and_underlined_and_said():
    """Whoever sees no colours, and whoever sees nothing, learns of them all the same."""
    shown = str(FRAME.compared((Run("same", "Un"), Run("gone", "pot"), Run("new", "seau"), Run("same", "neuf."))))

    expected = 'Un <del><span class="unseen" lang="fr">retiré\u00a0: </span>pot</del> <ins><span class="unseen" lang="fr">nouveau\u00a0: </span>seau</ins> neuf.'
    assert expected in shown


def test_line_ends_between_blocks_are_no_part_of_what_came():
    """A coloured stripe across an empty line says nothing."""
    shown = str(FRAME.compared((Run("same", "a\n"), Run("new", "\nb\n"), Run("same", "c"))))

    assert "a\n\n<ins>" in shown
    assert "b</ins>\nc" in shown


def test_nothing_invisible_hides_in_what_is_compared():
    """A sign that turns the line around makes a lie of the words before it."""
    shown = str(FRAME.compared((Run("new", "a\u202eb\u200bc<b>"),)))

    assert "‹U+202E›" in shown
    assert "‹U+200B›" in shown
    assert "<b>" not in shown


def test_a_long_comparison_ends_and_says_so():
    """A pasted novel is not read in a review."""
    shown = str(FRAME.compared((Run("new", "mot " * MOST_SIGNS), Run("new", "fin"))))

    assert len(shown) < MOST_SIGNS + 1_000
    assert "… et la suite" in shown
    assert 'tabindex="0"' in shown


def test_nothing_compared_is_nothing_shown():
    """An empty box looks like a fault."""
    assert FRAME.compared(()) is None
    assert FRAME.details(()) is None


def test_a_detail_says_what_it_was_and_what_it_is():
    """An hour that became another is the reason why somebody stands before a closed door."""
    shown = str(FRAME.details((Detail("place", "Mairie", "Le puits"),)))

    assert ">lieu\u00a0: </span>" in shown.replace(" : ", "\u00a0: ")
    assert "Mairie</del>" in shown
    assert "Le puits</ins>" in shown


def test_a_long_list_is_folded_and_counted():
    """Forty lines hide what stands below them."""
    rows = [tag("li", str(number)) for number in range(1, 31)]
    shown = "".join(FRAME.some(rows, 2))

    assert "<summary>28 de plus</summary>" in shown
    assert "… et 10 de plus" in shown
    assert "<li>20</li>" in shown
    assert "<li>21</li>" not in shown


def test_a_moment_that_is_none_is_shown_as_it_stands():
    """A record may come from a stranger."""
    assert "samedi 2 mai 2026 à 14\u00a0h" == FRAME.moment("2026-05-02T14:00:00+02:00")
    assert "demain" == FRAME.moment("demain")


def test_all_comparisons_together_have_an_end():
    """Two hundred pages, each a novel, would be a file that no telephone opens."""
    frame = Frame("en")
    novel = (Run("new", "mot " * (MOST_SIGNS // 4)),)
    shown = [str(frame.compared(novel)) for _ in range(2 * MOST_OF_ALL // MOST_SIGNS)]

    assert sum(map(len, shown)) < 1.3 * MOST_OF_ALL
    assert "… and more" in shown[-1]


def test_a_name_is_no_novel_and_hides_nothing():
    """A title of a megabyte stands in six places of the page."""
    assert LONGEST == len(short("a" * 10_000))
    assert "a‹U+200B›b" == short("a\u200bb")
