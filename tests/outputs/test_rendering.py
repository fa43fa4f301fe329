"""A finished page is rendered in the words of its own language."""

from __future__ import annotations

from tests.hubs import VILLAGE, load_village

from handbill.outputs.planned import Finished
from handbill.outputs.rendering import rendered
from handbill.outputs.sheet import head
from handbill.outputs.shell import shell
from handbill.outputs.theme import Theme


def test_two_languages_in_one_run_do_not_mix(tmp_path):
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
    folder = rendered(pages, Theme(VILLAGE), tmp_path)

    assert ["en.html", "fr.html"] == sorted(one.name for one in folder.iterdir())
    assert "Rechercher" in (folder / "fr.html").read_text(encoding="utf-8")
    assert "Rechercher" not in (folder / "en.html").read_text(encoding="utf-8")
