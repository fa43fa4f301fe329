"""What mail programs cannot do with a hand-written text is taken out of it."""

from handbill.outputs.mail.fragment import WIDTH, fitted, links, sturdy


def test_a_picture_is_never_wider_than_the_letter_and_keeps_its_shape():
    """Some programs obey the width attribute only, and a wide picture then pushes the text off the screen."""
    html = fitted('<img src="https://essai.example/a.png" width="1072" height="600" alt="Un puits" loading="lazy">')

    assert f'width="{WIDTH}" height="300"' in html
    assert "loading" not in html
    assert 'alt="Un puits"' in html


def test_a_small_picture_keeps_its_size_and_shrinks_with_the_screen():
    """It would be blurred if it were made larger."""
    assert 'width="80" height="40" alt="" style="width:100%;max-width:80px"' in fitted('<img src="a.png" width="80" height="40">')


def test_boxes_to_tick_become_signs():
    """Forms in mails are blocked or raise a warning."""
    html = fitted('<li><input type="checkbox" disabled="" checked=""> fait</li><li><input type="checkbox" disabled=""> à faire</li>')

    assert html == "<li>&#9745;&#160;fait</li><li>&#9744;&#160;à faire</li>"


def test_what_unfolds_on_a_page_stands_open():
    """Few mail programs can unfold."""
    html = fitted('<details open=""><summary>Plus</summary><p>Caché</p></details>')

    assert html == '<div class="unfolded"><p class="unfolded-title">Plus</p><p>Caché</p></div>'


def test_links_are_listed_once_and_in_their_order_without_places_on_the_same_page():
    """The text part is compared with this list."""
    html = '<a href="b">1</a><a href="a?x&amp;y">2</a><a href="#note">3</a><a href="b">4</a>'

    assert links(html) == ("b", "a?x&amp;y")


def test_a_letter_has_no_narrow_spaces():
    """Fonts of mail programs lack them, and a box stands before each question mark."""
    assert sturdy("Oui\u00a0: non\u202f!") == "Oui\u00a0: non\u00a0!"
