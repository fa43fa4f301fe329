"""What can be read on two pages, compared so that a person sees at once what is other."""

from random import Random
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from handbill.reviewing.record import Run
from handbill.reviewing.words import CONTEXT, LEFT_OUT, LONGEST, main_words, runs, visible_words


def test_what_can_be_read_is_told_block_by_block():
    """A reviewer compares paragraphs, not markup."""
    page = "<html><head><title>x</title><style>a</style></head><body><h1>Le  puits</h1>\n<p>Il est <b>neuf</b>&nbsp;!<br>Si.<ul><li>a<li>b</ul><script>x()</script><!-- no --></body>"

    assert ("Le puits", "Il est neuf\u00a0! Si.", "a", "b") == visible_words(page)


def test_a_picture_is_read_by_its_description():
    """Whoever cannot see it gets these words, so a change of them is a change."""
    assert ("Voici [Le puits <vu> d'en haut] et rien",) == visible_words("""<p>Voici <img src="a" alt="Le puits &lt;vu&gt; d'en haut"> et <img alt="">rien</p>""")


@pytest.mark.parametrize("page", ["<p>a > b < c</p>", "<p>1 &lt;script&gt; 2</p>", "<![CDATA[<p>]]>x", "<", "<a", '<a b="', "", "<p", "&"])
def test_odd_markup_is_read_without_a_fault(page):
    """What a theme writes need not be sound."""
    assert visible_words(page) is not None


def test_the_main_part_is_read_without_what_stands_on_every_page():
    """A new page is its own words, not the menu once more."""
    assert ("Ici",) == main_words("<body><nav>Menu</nav><main id=a><p>Ici</p></main><footer>Pied</footer></body>")
    assert ("Ici",) == main_words("<p>Ici</p>")


def test_changed_words_stand_in_the_words_around_them():
    """A word without its sentence cannot be approved."""
    assert (Run("same", "Le puits est"), Run("gone", "cassé"), Run("new", "réparé"), Run("same", "depuis mars.\n")) == runs(
        ["Le puits est cassé depuis mars."], ["Le puits est réparé depuis mars."]
    )


def test_what_stayed_is_folded_to_the_words_beside_a_change():
    """Four words of a long page changed, and these are what is to be read."""
    long = [f"Phrase {n}." for n in range(200)]
    found = runs([*long, "avant", *long], [*long, "après", *long])

    assert ["same", "gone", "new", "same"] == [one.how for one in found]
    assert found[0].text.startswith(LEFT_OUT)
    assert found[-1].text.endswith(LEFT_OUT)
    assert len(found[0].text.split()) <= CONTEXT + 1


def test_equal_texts_have_no_run():
    """Nothing to say is said by nothing."""
    assert () == runs(["a", "b"], ["a", "b"])


@pytest.mark.parametrize(("before", "after", "how"), [([], ["neuf", "texte"], "new"), (["vieux", "texte"], [], "gone")])
def test_a_text_that_comes_or_goes_is_one_run(before, after, how):
    """A new page is read from its beginning to its end."""
    assert (Run(how, "\n".join(before + after) + "\n"),) == runs(before, after)


def test_short_words_that_stayed_by_chance_do_not_cut_a_sentence_to_pieces():
    """Two sentences that share “a” have nothing in common."""
    assert ["gone", "new", "same"] == [one.how for one in runs(["un deux a trois quatre"], ["one two a three four"])]


_TEXTS = some.lists(some.lists(some.sampled_from(["le", "puits", "est", "réparé", "a", "…", "x\u00a0!"]), min_size=1, max_size=6).map(" ".join), max_size=8)


@settings(max_examples=150, deadline=None)
@given(_TEXTS, _TEXTS)
def test_no_word_is_lost_or_invented(before, after):
    """A comparison that is wrong once is never believed again."""
    found = runs(before, after)
    if any(LEFT_OUT in one.text for one in found if one.how == "same"):
        return

    def read(*hows):
        return [word for one in found if one.how in hows for word in one.text.split()]

    if found:
        assert " ".join(before).split() == read("same", "gone")
        assert " ".join(after).split() == read("same", "new")


@pytest.mark.parametrize("words", [1, 3, 10**6])
def test_texts_that_have_little_in_common_take_time_in_proportion_to_their_length(words):
    """A stranger chooses both texts, and a reviewer waits."""
    chance = Random(1)
    before, after = ([str(chance.randrange(words) + n % 2) for n in range(20_000)] for _ in range(2))
    start = process_time()

    for olds, news in (([" ".join(before)], [" ".join(after)]), (before, after)):
        assert max(len(one.text) for one in runs(olds, [*news, "fin"])) <= LONGEST + 2

    assert process_time() - start < 20  # a quadratic comparison takes minutes


@pytest.mark.long
def test_reading_takes_time_in_proportion_to_the_length_of_a_page():
    """A page of tags that never end is what a hostile text becomes."""
    start = process_time()
    for piece in ("<a ", '<a b="', "<!--", "<script>", "<p>", "&amp", "<![CDATA["):
        visible_words(piece * 4000)

    assert process_time() - start < 20
