"""A French text has French alerts, on the page, in feeds and in letters."""

import pytest
from tests.hubs import options, text, write

from handbill.outputs.alerts import with_alert_titles
from handbill.pipeline import build

FRENCH = {"Note": "Remarque", "Tip": "Astuce", "Important": "Important", "Warning": "Attention", "Caution": "Danger"}


@pytest.mark.parametrize("english", FRENCH)
def test_the_engines_title_is_translated(english):
    """The forge shows them in the reviewer's language too."""
    html = f'<div><p class="markdown-alert-title">{english}</p><p>{english}</p></div>'

    found = with_alert_titles(html, FRENCH.__getitem__)
    assert f'<div><p class="markdown-alert-title">{FRENCH[english]}</p><p>{english}</p></div>' == found


def test_a_title_of_the_writers_own_is_left_alone():
    """`> [!WARNING] Courant coupé ?` says more than we could."""
    html = '<p class="markdown-alert-title">Courant coupé ?</p>'

    assert html == with_alert_titles(html, FRENCH.__getitem__)


def test_the_title_is_french_in_every_medium_and_english_in_an_english_text(tmp_path):
    """One text, one language, wherever it is read."""
    body = "> [!WARNING]\n> 230 V"
    letter = f"---\nnumber: 1\nsubject: S\ndate: 2026-01-02 18:00\n---\n\n{body}\n"
    root = write(tmp_path, {"content/posts/a.md": text(body), "content/posts/a.en.md": text(body), "newsletters/1.md": letter})
    build(options(root))

    for path in ("posts/a/index.html", "feeds/all.atom.xml", "feeds/all.json", "newsletters/1/index.html", "newsletters/1/mail.html"):
        page = (root / "public" / path).read_text(encoding="utf-8")
        assert "Attention" in page, path
        assert ">Warning<" not in page, path
    assert "Warning</p>" in (root / "public/en/posts/a/index.html").read_text(encoding="utf-8")
