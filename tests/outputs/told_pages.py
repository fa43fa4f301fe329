"""The pages of a hub as they are told to other programs, without rendering any."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from tests.hubs import THEN, load_village

from handbill.outputs.pages import sheets
from handbill.outputs.shell import shell
from handbill.outputs.theme import Theme
from handbill.outputs.told import told
from handbill.outputs.words import words_for

ROOT = Path(__file__).resolve().parents[2]
STATES = ROOT / "tests" / "browser" / "states"


@cache
def told_pages(root: Path | None = None, as_of: str = THEN) -> dict[str, tuple[Any, Any]]:
    """Return view and page of every address."""
    loaded, settings = load_village(as_of, root)
    theme = Theme(ROOT)
    say = {lang: words_for(lang, theme.locale(lang)) for lang in settings.languages}
    shells = {lang: shell(loaded.hub, settings, lang, say[lang]) for lang in settings.languages}
    found = {}
    for sheet in sheets(loaded.hub, settings, say):
        view = sheet.view
        found[sheet.address] = (view, told(view, shells[view.page.lang], say[view.page.lang]))
    return found


def graph(address: str, root: Path | None = None, as_of: str = THEN) -> dict[str, Any]:
    """Return the nodes of a page by their type."""
    page = told_pages(root, as_of)[address][1]
    return {one["@type"]: one for one in json.loads(page.linked)["@graph"]}
