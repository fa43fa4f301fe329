"""A body is rendered once and completed for each medium."""

from handbill.hub.item import LINK_CLOSE, LINK_OPEN, Body


def mark(number):
    return f"{LINK_OPEN}{number}{LINK_CLOSE}"


def test_links_are_completed_for_each_medium():
    """A page wants a path, a letter the whole address; the text is the same."""
    body = Body(html=f'<a href="{mark(0)}">a</a><img src="{mark(1)}">', links=("/posts/a/", "/media/b.png"), text=f"a ⟨{mark(0)}⟩")

    assert '<a href="/hub/posts/a/">a</a><img src="/hub/media/b.png">' == body.with_links(lambda link: "/hub" + link)
    assert "a ⟨https://a.example/posts/a/⟩" == body.text_with_links(lambda link: "https://a.example" + link)


def test_the_eleventh_link_is_not_taken_for_the_first():
    """Marks 1 and 10 begin alike."""
    body = Body(html="".join(mark(n) + " " for n in range(12)), links=tuple(f"/{n}/" for n in range(12)))

    assert "".join(f"/{n}/ " for n in range(12)) == body.with_links(str)
