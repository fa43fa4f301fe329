"""A body is rendered once and completed for each medium."""

from handbill.hub.item import LINK_CLOSE, LINK_OPEN, SECTION_CLOSE, SECTION_OPEN, Body, Piece


def mark(number):
    return f"{LINK_OPEN}{number}{LINK_CLOSE}"


def test_links_are_completed_for_each_medium():
    """A page wants a path, a letter the whole address; the text is the same."""
    body = Body(html=f'<a href="{mark(0)}">a</a><img src="{mark(1)}">', links=("/posts/a/", "/media/b.png"), text=f"a ⟨{mark(0)}⟩")

    assert '<a href="/hub/posts/a/">a</a><img src="/hub/media/b.png">' == body.with_links(lambda link: "/hub" + link)
    (piece,) = body.pieces(lambda link: "https://a.example" + link)
    assert "a ⟨https://a.example/posts/a/⟩" == piece.text


def test_an_address_stands_in_html_as_a_value_and_in_text_as_it_is():
    """Whatever completes it, it cannot end the value."""
    body = Body(f'<a href="{LINK_OPEN}0{LINK_CLOSE}">x</a>', links=("/a/#b",), text=f"x {LINK_OPEN}0{LINK_CLOSE}")

    assert '<a href="/a/#b&quot; onclick=&quot;&lt;&amp;">x</a>' == body.with_links(lambda link: link + '" onclick="<&')
    assert '<a href="/a/#b&quot;">x</a>' == body.pieces(lambda link: link + '"')[0].html
    assert 'x /a/#b"' == body.pieces(lambda link: link + '"')[0].text


def test_the_eleventh_link_is_not_taken_for_the_first():
    """Marks 1 and 10 begin alike."""
    body = Body(html="".join(mark(n) + " " for n in range(12)), links=tuple(f"/{n}/" for n in range(12)))

    assert "".join(f"/{n}/ " for n in range(12)) == body.with_links(str)


def test_sections_part_a_text_and_are_left_out_by_all_else():
    """A letter has them between its paragraphs; a feed or the search know the paragraphs only."""
    signs = f"{SECTION_OPEN}0{SECTION_CLOSE}", f"{SECTION_OPEN}1{SECTION_CLOSE}"
    body = Body(html=f"{signs[0]}\n<p>a</p>\n\n{signs[1]}\n<p>b</p>", text=f"{signs[0]}\n\na\n\n{signs[1]}\n\nb")

    assert (Piece(section=0), Piece("<p>a</p>", "a"), Piece(section=1), Piece("<p>b</p>", "b")) == body.pieces(str)
    assert "<p>a</p>\n<p>b</p>" == body.with_links(str).strip()


def test_a_body_that_leads_elsewhere_says_the_same():
    """The text of each post is held once, whether its links are resolved or not."""
    body = Body(html=f'<a href="{mark(0)}">l’a</a>', links=("a.md",), text="l’a", blocks=("l’a",), words=1)

    other = body.leading_to(("/posts/a/",))

    assert '<a href="/posts/a/">l’a</a>' == other.with_links(str)
    assert (("a.md",), body.blocks, body.text) == (body.links, other.blocks, other.text)
    assert body is body.leading_to(("a.md",))
