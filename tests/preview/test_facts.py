"""What stands below the panes answers the questions that a proof raises."""

from tests.preview.letters import seen, sheet

from handbill.outputs.mail.weight import Weight
from handbill.preview.facts import checks, chosen, leading, weighing


def test_a_problem_is_told_with_its_place_and_code():
    """The place is what one opens, the code what one looks up."""
    html = checks(seen(), sheet())

    assert "<code>newsletters/3.md:4</code> <small>HB427</small>" in html
    assert "subject: found a &lt;b&gt; in it, wanted none" in html


def test_errors_of_other_files_are_counted():
    """They stop the letter as well."""
    assert "2 errors in other files stop the build" in checks(seen(problems=(), elsewhere=2), sheet())
    assert "Nothing is wrong with this letter." in checks(seen(problems=()), sheet())


def test_a_choice_says_its_rule_what_was_pinned_and_what_found_no_room():
    """“Why this one and not that?”"""
    html = chosen(seen(), sheet())

    assert "<h3>Ce mois-ci <code>events</code> <code>list</code></h3>" in html
    assert "contests open on x · " in html
    assert "2 more left out by limit, 1 excluded by hand" in html
    assert '<span class="stamp pinned">pinned</span> <code>../events/fete.md</code>' in html


def test_a_section_that_finds_nothing_is_told_to_vanish():
    """Its heading is not in the letter, and somebody looks for it."""
    assert "<h3>To read <code>posts</code> </h3>" in chosen(seen(), sheet())
    assert "Nothing, so the section does not appear." in chosen(seen(), sheet())
    assert "all in your words" in chosen(seen(choices=()), sheet())


def test_the_weight_is_a_share_and_a_bill_that_adds_up():
    """What is to be left out is seen at once."""
    html = weighing(seen(), sheet())

    assert '<meter min="0" max="100000" high="80000" value="32000" aria-label="Weight">' in html
    assert ["Coming up", "Le tour de main", "Your text", "Frame, styles and foot"] == [
        part.split("</th>")[0] for part in html.split('<th scope="row">')[1:]
    ]
    assert ["4,000", "600", "500", "26,900"] == [part.split("</td>")[0] for part in html.split("</th><td>")[1:]]


def test_the_bill_of_a_frozen_letter_is_left_out():
    """It is mailed, and nothing of it can be left out any more."""
    assert "<table" not in weighing(seen(blocks=()), sheet())
    assert 'value="100000"' in weighing(seen(weight=Weight(150_000, 160_000)), sheet())


def test_links_say_where_they_lead_and_which_lead_nowhere():
    """Words, page, address: all three must fit."""
    html = leading(seen(), sheet())

    assert 'Venez <span class="quiet">× 2</span>' in html
    assert '<tr class="lost"><td><span class="bad">no words</span></td>' in html
