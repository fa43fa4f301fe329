"""The titles of alerts (``> [!NOTE]``) in the language of the text; the engine writes them in English."""

from __future__ import annotations

import re
from collections.abc import Callable

_TITLE = re.compile(r'(<p class="markdown-alert-title">)(Note|Tip|Important|Warning|Caution)(</p>)')


def with_alert_titles(html: str, say: Callable[[str], str]) -> str:
    """Return a body with the engine's alert titles translated by *say*; titles that a writer chose are left alone."""
    if "markdown-alert-title" not in html:
        return html
    titles = {
        "Note": say("Note"),
        "Tip": say("Tip"),
        "Important": say("Important"),
        "Warning": say("Warning"),
        "Caution": say("Caution"),
    }
    return _TITLE.sub(lambda found: found[1] + titles[found[2]] + found[3], html)
