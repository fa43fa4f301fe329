"""Where links of a Pelican text lead is found out, and what did not come along is told."""

from __future__ import annotations

import pytest

from handbill.importing.fields import Text
from handbill.importing.headers import Headers
from handbill.importing.sources import Refusal
from handbill.importing.targets import Targets

FILES = {
    "a.md": "content/posts/a.md",
    "x/b.mkd": "content/posts/x/b.md",
    "x/le banc.png": "content/posts/x/le banc.png",
    "images/i.png": "content/posts/images/i.png",
    "pages/p.md": "content/pages/p.md",
}


def mended(link: str, source: str = "x/b.mkd", old_url: str = "") -> tuple[str, Text]:
    text = Text(source, b"", Headers({}, 5), "", "post", target=FILES[source])
    return Targets(FILES, {"/old/p": "pages/p.md"}, old_url).mend(text, f"[l]({link})"), text


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("{filename}/a.md", "../a.md"),
        ("{filename}../a.md#x", "../a.md#x"),
        ("|filename|../a.md?x=1#y", "../a.md#y"),
        ("{filename}b.mkd", "b.md"),
        ("{static}/x/le banc.png", "le%20banc.png"),
        ("{attach}le%20banc.png", "le%20banc.png"),
        ("{static}/images/i.png", "../images/i.png"),
        ("{filename}/pages/p.md", "../../pages/p.md"),
        ("../pages/p.md", "../../pages/p.md"),
        ("b.mkd", "b.md"),
        ("/images/i.png", "../images/i.png"),
        ("images/i.png", "../images/i.png"),
        ("/old/p/", "../../pages/p.md"),
        ("../a.md", None),
        ("le%20banc.png", None),
        ("https://e.org/{filename}", None),
        ("//e.org/x", None),
        ("mailto:a@e.org", None),
        ("#x", None),
        ("", None),
    ],
)
def test_a_link_leads_to_the_same_file_in_its_new_place(link, expected):
    body, text = mended(link)

    assert f"[l]({link if expected is None else expected})" == body
    assert bool(text.changes) == (expected is not None)
    assert all(note.line == 5 for note in text.changes)


@pytest.mark.parametrize(
    "link", ["{attach}/../.env", "{filename}../../etc/passwd", "{static}../..", "{attach}%2e%2e/%2e%2e/secret", "|filename|../../x"]
)
def test_a_macro_that_leads_out_of_the_folder_refuses_the_file(link):
    """Pelican itself published the file that it named."""
    with pytest.raises(Refusal, match="out of the folder") as refusal:
        mended(link)
    assert 5 == refusal.value.line


@pytest.mark.parametrize("link", ["{filename}/none.md", "none.md", "/none/", "../../out.md", "{tag}bois", "{author}ada", "{index}"])
def test_a_link_to_what_did_not_come_along_becomes_its_words(link):
    body, text = mended(link)

    assert "l" == body
    assert [link] == [note.detail for note in text.changes]


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("/none/a b?x=1#y", "https://old.example/none/a%20b?x=1#y"),
        ("none (1).md", "https://old.example/blog/none%20%281%29.md"),
        ("{static}/x/f.pdf", "https://old.example/x/f.pdf"),
        ("{index}", "https://old.example/blog/"),
        ("../../out.md", "https://old.example/out.md"),
    ],
)
def test_with_an_old_address_it_leads_there(link, expected):
    body, _ = mended(f"<{link}>" if " " in link else link, old_url="https://old.example/blog/")

    assert f"[l]({expected})" == body


def test_tags_and_authors_of_the_old_site_become_words_even_then():
    """What their addresses were is written in settings that nobody has here."""
    assert "l" == mended("{tag}bois", old_url="https://old.example/")[0]


def test_what_the_reader_found_broken_is_taken_out():
    text = Text("a.md", b"", Headers({}, 5), "", "post", target=FILES["a.md"])
    body = Targets(FILES, {}).drop(text, "[a](x%20y.md) [b](a.md#no) [c](a.md)", {"x y.md": True, "a.md#no": False})

    assert "a [b](a.md) [c](a.md)" == body
    assert ["x%20y.md", "a.md#no"] == [note.detail for note in text.changes]
