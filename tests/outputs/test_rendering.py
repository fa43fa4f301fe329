"""A finished page is rendered in the words of its own language."""

from __future__ import annotations

import pickle

import pytest
from tests.hubs import VILLAGE, load_village

from handbill.outputs import rendering, site
from handbill.outputs.planned import Finished
from handbill.outputs.rendering import Rendering
from handbill.outputs.sheet import head
from handbill.outputs.shell import shell
from handbill.outputs.theme import Theme


def test_two_languages_in_one_run_do_not_mix():
    """A hub in two languages is rendered in one go."""
    loaded, settings = load_village()
    pages = [
        Finished(
            f"{lang}.html",
            "parts/menu.html",
            {"shell": shell(loaded.hub, settings, lang, str), "page": head(settings, "parts/menu.html", lang, "", "/x/")},
        )
        for lang in ("fr", "en")
    ]
    rendering = Rendering(Theme(VILLAGE))
    texts = {page.path: rendering.text(page) for page in pages}

    assert "Rechercher" in texts["fr.html"]
    assert "Rechercher" not in texts["en.html"]


def text_of(rendering: Rendering, template: str) -> str:
    loaded, settings = load_village()
    page = head(settings, template, "fr", "", "/x/")
    return rendering.text(Finished("x.html", template, {"shell": shell(loaded.hub, settings, "fr", str), "page": page}))


def test_a_template_that_was_edited_counts_at_once(tmp_path):
    """Under `serve` the engine lives on; what it once read must not."""
    own = tmp_path / "theme/templates/parts/copy.html"
    own.parent.mkdir(parents=True)
    own.write_text("one", encoding="utf-8")

    assert "one" == text_of(Rendering(Theme(tmp_path)), "parts/copy.html")
    own.write_text("two", encoding="utf-8")
    assert "two" == text_of(Rendering(Theme(tmp_path)), "parts/copy.html")


def test_templates_read_ahead_give_the_same():
    """A worker that was forked with them, and one that was not, write one site."""
    ahead = Rendering(Theme(VILLAGE), ["post.html", "parts/foot.html"])
    begun_anew = pickle.loads(pickle.dumps(ahead))  # noqa: S301 - our own

    assert text_of(Rendering(Theme(VILLAGE)), "parts/foot.html") == text_of(ahead, "parts/foot.html") == text_of(begun_anew, "parts/foot.html")


@pytest.mark.long
def test_what_was_kept_of_records_is_forgotten_now_and_then(monkeypatch):
    """What 7,000 pages share with their neighbours is not to be held to the end."""
    loaded, settings = load_village()
    pages = [one.work for one in site.plan(loaded.hub, settings) if isinstance(one.work, Finished)]
    at_once, often = Rendering(Theme(VILLAGE)), Rendering(Theme(VILLAGE))
    texts = [at_once.text(page) for page in pages]
    forgot = []
    forget = often._renderer.forget
    monkeypatch.setattr(often._renderer, "forget", lambda: forgot.append(1) or forget())
    monkeypatch.setattr(rendering, "_MANY", 3)

    assert texts == [often.text(page) for page in pages]
    assert len(pages) // 3 == len(forgot)
