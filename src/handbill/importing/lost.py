"""The links of imported texts that lead nowhere in the new hub, as they are written."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote

from handbill.importing.links import links_in
from handbill.reading.crew import read_crew
from handbill.reading.draft import Draft, Terms
from handbill.reading.linking import written_links
from handbill.reading.load import Loaded
from handbill.reading.own import Own
from handbill.reading.unseen import is_let_through
from handbill.reading.within import leads_somewhere
from handbill.settings import Settings


def lost_links(texts: Mapping[str, tuple[str, str]], root: Path, loaded: Loaded, settings: Settings) -> dict[str, dict[str, bool]]:
    """Return for each text its links that lead nowhere, and whether all of the link is wrong or only a place in it.

    *texts* pairs the kind of a text with its Markdown, by its path in the hub
    below *root*, which was *loaded*.
    """
    terms = Terms(settings.dialect, settings.zone, settings.languages, settings.budget.file_bytes)
    resolved = {item.source: item.body.links for item in (*loaded.hub.items, *loaded.hub.hidden)}
    tasks = [(target, (root / target).read_bytes(), kind) for target, (kind, _) in texts.items() if target in resolved]
    own = Own(settings)
    return {
        target: _of_the_hub(draft, resolved[target], (root / target).parent, own) | _of_itself(draft, texts[target][1])
        for target, draft, _ in read_crew(tasks, terms, settings.jobs, settings.budget.seconds, memory=settings.budget.memory_bytes)
        if draft is not None
    }


def _of_the_hub(draft: Draft, resolved: tuple[str, ...], folder: Path, own: Own) -> dict[str, bool]:
    nowhere = [written for written, to in zip(written_links(draft, own), resolved, strict=True) if to == "#"]
    return {one: not (folder / unquote(one.partition("#")[0])).is_file() for one in nowhere}


def _of_itself(draft: Draft, body: str) -> dict[str, bool]:
    """Return what needs no other file to be judged: places in the same text, mail and telephone, addresses that are not let through."""
    targets = {place.target for place in links_in(body)}
    inner = {one: False for one in targets if one.startswith(("#", "mailto:", "tel:")) and not leads_somewhere(one, draft.anchors)}
    return inner | {one: True for one in targets if not is_let_through(one, draft.body.html)}
