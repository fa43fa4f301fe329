"""Which published files are told as others, and as what."""

from handbill.reviewing.comparing import Bytes, differing, is_page, marks_of, pages_and_files, unlike
from handbill.reviewing.snapshot import About, Made, Sheet, Snapshot

HTML = "<html><head><title>{0}</title></head><body><main><p>{0}</p></main></body></html>"


def state(keys=(), items=()):
    return Snapshot("", "", (), keys={path: Sheet(key, sources, "") for path, key, *sources in keys}, items={one.id: one for one in items})


def page(path, words, template="post.html"):
    return Made(path, HTML.format(words).encode(), words, "fr", template)


def item(name, slug):
    return About(f"post:{name}", f"content/posts/{slug}.md", f"/posts/{slug}/", name, "post", "fr")


def told(before, after, old=None, new=None, touched=()):
    bytes_ = differing({one.path: one for one in before}, {one.path: one for one in after})
    return pages_and_files(bytes_, old or state(), new or state(), touched)


def test_only_what_has_another_key_is_made():
    """A hub of thousands is not made twice for one post."""
    before, after = state([("a", "1"), ("b", "1"), ("c", "1")]), state([("a", "1"), ("b", "2"), ("d", "1")])

    assert (("b", "c"), ("b", "d")) == unlike(before, after)


def test_other_keys_and_the_same_bytes_are_no_change():
    """A template that says the same in other words of its own changes nothing for members."""
    same = page("a/index.html", "x")

    assert Bytes() == differing({same.path: same}, {same.path: same})
    assert ([], []) == told([same], [same])


def test_pages_come_change_and_go():
    """In order of their addresses, each with what was written and what will be."""
    pages, files = told([page("a/index.html", "vieux"), page("b/index.html", "b")], [page("a/index.html", "neuf"), page("c/index.html", "c")])

    assert [("/a/", "changed"), ("/b/", "removed"), ("/c/", "added")] == [(one.address, one.how) for one in pages]
    assert [None, pages[1].after] == [pages[2].before, None]
    assert [("gone", "b\n")] == [(one.how, one.text) for one in pages[1].words]
    assert [] == files


def test_a_page_is_its_own_where_the_proposal_touches_its_file():
    """All others only follow, and are shown together."""
    keys = [("a/index.html", "1", "content/a.md"), ("b/index.html", "1", "content/b.md")]
    pages, _ = told([page("a/index.html", "1"), page("b/index.html", "1")], [page("a/index.html", "2"), page("b/index.html", "2")], state(keys), state(keys), {"content/a.md"})

    assert [True, False] == [one.is_own for one in pages]


def test_a_page_that_moves_is_one_change_and_its_old_address_is_told_where_something_answers_it():
    """Moved is not lost; a page that leads on is a page."""
    old, new = state(items=[item("un", "un")]), state(items=[item("un", "deux")])
    gone, _ = told([page("posts/un/index.html", "x")], [page("posts/deux/index.html", "x!")], old, new)
    leads, _ = told([page("posts/un/index.html", "x")], [page("posts/deux/index.html", "x!"), page("posts/un/index.html", "ici", "moved.html")], old, new)

    assert [("/posts/deux/", "changed", "/posts/un/", "post")] == [(one.address, one.how, one.former, one.kind) for one in gone]
    assert [("/posts/deux/", "post"), ("/posts/un/", "moved")] == [(one.address, one.kind) for one in leads]


def test_other_files_are_told_by_their_size():
    """A style or a picture has no words."""
    _, files = told([Made("theme/hub.css", b"abc")], [Made("theme/hub.css", b"abcd"), Made("feeds/all.json", b"x"), Made("posts/1/mail.html", b"<p>")])

    assert [("feeds/all.json", "added", 0, 1), ("posts/1/mail.html", "added", 0, 3), ("theme/hub.css", "changed", 3, 4)] == [
        (one.path, one.how, one.before, one.after) for one in files
    ]


def test_a_page_of_the_handbook_is_a_page():
    """It is made by another program, and read by the same people."""
    assert is_page(Made("handbook/index.html", b"x"))
    assert not is_page(Made("newsletters/1/mail.html", b"x"))


def test_what_differs_without_a_word_is_marked():
    """“Changed”, and the two look alike: then one wants to know what."""
    plain = '<html><head></head><body class="a"><a href="/b/">x</a><img src="1.png" alt="x"><p>y</p></body></html>'

    def marked(old, new):
        return marks_of(plain, plain.replace(old, new))

    assert ("picture",) == marked("1.png", "2.png")
    assert ("link",) == marked("/b/", "/c/")
    assert ("style",) == marked('class="a"', 'class="b"')
    assert ("head",) == marked("<head>", "<head><meta>")
    assert ("markup",) == marked("<p>y</p>", "<div>y</div>")
    assert () == marked("y", "z")
