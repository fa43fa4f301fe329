"""What a built handbook page may hold, and what is removed from the folder."""

import pytest
from PIL import Image
from tests.hubs import files_of

from handbill.outputs.handbook_pages import check_pages, tidy


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ('<script src="x.js"></script>', "the element <script>"),
        ("<SCRIPT>steal()</SCRIPT>", "the element <script>"),
        ('<iframe src="page/"></iframe>', "the element <iframe>"),
        ('<p onclick="steal()">x</p>', "the attribute onclick of <p>"),
        ('<a href="java\tscript:steal()">x</a>', "an address that runs something"),
        ('<a href="data:text/html,x">x</a>', "an address that runs something"),
        ('<img src="https://elsewhere.example/pixel.gif">', "a request to another site"),
        ('<img src="//elsewhere.example/pixel.gif">', "a request to another site"),
        ('<img srcset="a.png 1x, https://elsewhere.example/b.png 2x">', "a request to another site"),
        ('<link rel="stylesheet" href="https://fonts.example/css">', "a request to another site"),
        ('<p style="background: url(https://elsewhere.example/x)">x</p>', "the attribute style of <p>"),
        ("<svg><style><p>x</p></style></svg>", "the element <style>"),
        ('<meta http-equiv="Refresh" content="0; url=elsewhere">', "a page that leads elsewhere by itself"),
        ('<form action="elsewhere">', "the element <form>"),
    ],
)
def test_a_page_that_runs_or_fetches_something_is_refused(html, found, tmp_path):
    """Readers of the handbook are known to no third party, and a stranger's page runs nothing in their browser."""
    (tmp_path / "index.html").write_text(f"<!doctype html><html><body>{html}</body></html>", encoding="utf-8")

    problems = check_pages(tmp_path)

    assert [("handbook/index.html", "HB704")] == [(one.path, one.code) for one in problems]
    assert problems[0].found.startswith(found)


@pytest.mark.parametrize(
    "html",
    [
        '<a href="https://elsewhere.example/">a link that somebody may follow</a>',
        '<link rel="canonical" href="https://hub.example/handbook/">',
        '<img src="../pictures/bench.png" alt="A bench">',
        "<code>&lt;script src=x&gt; onclick=</code>",
        '<input type="checkbox" disabled>',
    ],
)
def test_links_pictures_and_code_samples_are_let_through(html, tmp_path):
    """A check that cries wolf would be switched off."""
    (tmp_path / "index.html").write_text(f"<!doctype html><html><body>{html}</body></html>", encoding="utf-8")

    assert [] == check_pages(tmp_path)


def test_a_style_sheet_that_fetches_from_elsewhere_is_refused(tmp_path):
    """A web font tells its host who reads what."""
    (tmp_path / "look.css").write_text('@import "https://fonts.example/css"; p { background: url(//x.example/p.png) }', encoding="utf-8")

    assert ["HB704", "HB704"] == [one.code for one in check_pages(tmp_path)]


def test_only_files_that_a_page_uses_are_published(tmp_path):
    """Material brings two megabytes of scripts and styles that no page of ours loads; the sitemap carries a date."""
    (tmp_path / "assets" / "stylesheets").mkdir(parents=True)
    (tmp_path / "stylesheets").mkdir()
    for name in ("404.html", "sitemap.xml", "sitemap.xml.gz", "assets/stylesheets/main.css", "stylesheets/handbook.css", "index.html"):
        (tmp_path / name).write_text("x", encoding="utf-8")

    tidy(tmp_path, lambda _: str)

    assert ["index.html", "stylesheets/handbook.css"] == list(files_of(tmp_path))


def test_what_the_build_put_around_a_page_may_run_and_nothing_else(tmp_path):
    """The search box and the hub's own script stand on every page; a second script in a text is still found."""
    frame = '<script src="/theme/shell.js"></script>\n'
    (tmp_path / "index.html").write_text(f"<html>{frame}<p>Text</p></html>", encoding="utf-8")
    assert [] == check_pages(tmp_path, [frame])

    (tmp_path / "index.html").write_text(f"<html>{frame}<p>Text</p>{frame}</html>", encoding="utf-8")
    assert ["HB704"] == [one.code for one in check_pages(tmp_path, [frame])]


def test_a_checkbox_has_only_attributes_that_it_may_have(tmp_path):
    """An HTML checker that is never silent is soon not listened to."""
    (tmp_path / "a.html").write_text('<input class="x" type="checkbox" id="y" autocomplete="off"><input autocomplete="off">', encoding="utf-8")

    tidy(tmp_path, lambda _: str)
    assert '<input class="x" type="checkbox" id="y"><input autocomplete="off">' == (tmp_path / "a.html").read_text(encoding="utf-8")


def tidied(tmp_path, lang, text, **how):
    """Return the article of a page after tidying."""
    (tmp_path / "index.html").write_text(f'<html lang="{lang}"><body><nav>l\'un ?</nav><article class="prose">{text}</article></body></html>', encoding="utf-8")
    tidy(tmp_path, lambda spoken: lambda text: f"{spoken}: {text}", **how)
    return (tmp_path / "index.html").read_text(encoding="utf-8").partition('<article class="prose">')[2].partition("</article>")[0]


def test_a_french_page_is_set_as_the_hub_s_own_texts(tmp_path):
    """An apostrophe of a typewriter beside a printed one is what one sees when two engines make a site."""
    text = "<p>L'atelier ouvre à 18 h : venez !</p><pre><code>l'un : x</code></pre>"

    assert "<p>L’atelier ouvre à 18\u00a0h\u00a0: venez\u202f!</p><pre><code>l'un : x</code></pre>" == tidied(tmp_path, "fr", text)
    assert text == tidied(tmp_path, "fr", text, typography=False)
    assert text == tidied(tmp_path, "en", text)


def test_the_french_half_of_an_english_page_says_that_it_is_french(tmp_path):
    """A reader aloud would spell it out in English."""
    english, heading, french = "<p>It's here : x</p>", '<h2 id="en-francais">En français</h2>', "<p>C'est ici</p>"

    assert f'{english}<section lang="fr">\n{heading}<p>C’est ici</p></section>\n' == tidied(tmp_path, "en", english + heading + french)


def test_a_note_to_writers_is_not_sent_to_readers(tmp_path):
    """`--refresh` in a comment ends it for some readers of HTML, and nobody else has a use for it."""
    assert "<p>a</p><p>b</p>" == tidied(tmp_path, "en", "<p>a</p><!-- Written by `build.py test --refresh`. -->\n<p>b</p>")


def test_a_wide_table_scrolls_within_itself_and_can_be_reached(tmp_path):
    """On a telephone the last column would lie beyond the edge, and a keyboard could not get there."""
    row = "".join(f"<td>{word}</td>" for word in ("longtemps", "auparavant", "toutefois", "lentement"))

    assert '<div class="wide" role="region" tabindex="0" aria-label="fr: Table"><table>' in tidied(tmp_path, "fr", f"<table><tr>{row}</tr></table>")
    assert 'aria-label="Dates"' in tidied(tmp_path, "en", f"<h2>Dates</h2><table><tr>{row}</tr></table>")
    assert "region" not in tidied(tmp_path, "en", "<table><tr><td>a</td></tr></table>")


def test_a_picture_keeps_its_room_and_comes_in_its_turn(tmp_path):
    """Without its size the text below jumps when it comes; MkDocs writes neither that nor HTML as it is today."""
    (tmp_path / "pictures").mkdir()
    (tmp_path / "guide").mkdir()
    Image.new("RGB", (30, 20)).save(tmp_path / "pictures" / "a bench.png")
    page = tmp_path / "guide" / "index.html"
    page.write_text('<p><img alt="A bench" src="../pictures/a%20bench.png" /></p>', encoding="utf-8")

    tidy(tmp_path, lambda _: str)

    assert '<p><img alt="A bench" src="../pictures/a%20bench.png" width="30" height="20" loading="lazy"></p>' == page.read_text(encoding="utf-8")


@pytest.mark.parametrize("source", ["gone.png", "broken.png", "index.html", "https://elsewhere.example/a.png", "../../../etc/hostname"])
def test_what_is_no_picture_of_the_handbook_stays_as_it_is(source, tmp_path):
    """What is wrong with it is said by the checks."""
    (tmp_path / "broken.png").write_bytes(b"no picture")
    page = tmp_path / "index.html"
    page.write_text(f'<img alt="x" src="{source}">', encoding="utf-8")

    tidy(tmp_path, lambda _: str)

    assert f'<img alt="x" src="{source}">' == page.read_text(encoding="utf-8")


def test_columns_are_set_as_in_the_texts_of_the_hub(tmp_path):
    """A style in a cell is what the policy of every page refuses: the browser leaves it out and complains of each."""
    page = tmp_path / "index.html"
    cells = '<th>x</th><th style="text-align: right;">n</th><td style="text-align: center;">1</td><code>&lt;td style="text-align: left;"</code>'
    page.write_text(f'<html lang="en"><article class="prose"><table>{cells}</table></article></html>', encoding="utf-8")

    tidy(tmp_path, lambda _: str)

    text = page.read_text(encoding="utf-8")
    assert '<th>x</th><th class="align-right">n</th><td class="align-center">1</td>' in text
    assert '&lt;td style="text-align: left;"' in text
