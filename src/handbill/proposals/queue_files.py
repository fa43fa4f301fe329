"""The queue → its three files: a page for people, Markdown for a summary in CI, JSON for programs."""

from __future__ import annotations

from collections.abc import Mapping

from handbill.outputs.theme import Theme
from handbill.outputs.words import words_for
from handbill.proposals.queue import Queue
from handbill.proposals.queue_page import queue_page
from handbill.proposals.queue_text import as_json, as_markdown
from handbill.settings import Settings

PAGE, TEXT, RECORD = "queue.html", "queue.md", "queue.json"


def queue_files(queue: Queue, settings: Settings, lang: str) -> Mapping[str, str]:
    """Return the text of each file by its name; dates are said in the words of the hub's pages."""
    words = words_for(lang, Theme(settings.root).locale(lang))
    return {PAGE: queue_page(queue, words, settings.name, lang), TEXT: as_markdown(queue, words, lang), RECORD: as_json(queue)}
