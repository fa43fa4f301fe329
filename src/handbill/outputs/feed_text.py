"""The HTML of a text → as reading programs show it: away from its page, without style and script, its addresses whole.

The HTML is what the reader of texts wrote: attributes are quoted, text is escaped.
"""

from __future__ import annotations

import re
from functools import lru_cache

_TAG = re.compile(r'<([a-z][a-z0-9]*)((?:\s+[A-Za-z_:][\w:.-]*(?:="[^"]*")?)+)\s*/?>')
_ATTRIBUTE = re.compile(r'\s+([A-Za-z_:][\w:.-]*)(?:="([^"]*)")?')
_ALERT = re.compile(r'<p class="(?:markdown-alert|admonition)-title">(.*?)</p>', re.DOTALL)

#: What has a meaning on a page only: places to jump to, what a style sheet looks for, when a browser fetches.
#: Nobody can jump within an entry, because many share one page, and addresses of places lead to the hub's own.
_OF_PAGES = frozenset({"id", "class", "loading", "decoding", "fetchpriority", "role", "tabindex", "style"})

#: A class that tells what is in a piece of code; some programs colour it.
_CODE = "language-"

#: A class that says on which side a column of a table stands.
_ALIGNED = "align-"


def for_readers(html: str, address: str) -> str:
    """Return the HTML of a text, its links completed, for programs that show it away from *address*."""
    if '-title">' in html:
        html = _ALERT.sub(r"<p><strong>\1</strong></p>", html)
    return _TAG.sub(lambda tag: _plain(tag[1], tag[2], address if '="#' in tag[2] else ""), html)


# The same few tags stand in all texts.
@lru_cache(maxsize=4096)
def _plain(name: str, written: str, address: str) -> str:
    """Return a tag with those of its attributes that have a meaning away from its page."""
    attributes = _ATTRIBUTE.findall(written)
    if name == "input":
        # Programs drop what can be filled in, and with it what is done and what is not.
        return "☑" if any(key == "checked" for key, _ in attributes) else "☐"
    kept = []
    for key, value in attributes:
        if key == "href" and value.startswith("#"):
            kept.append((key, address + value))
        elif key == "class" and value.startswith(_CODE):
            kept.append((key, value))
        elif key == "class" and value.startswith(_ALIGNED):
            kept.append(("align", value.removeprefix(_ALIGNED)))
        elif key not in _OF_PAGES and not key.startswith(("aria-", "data-", "on")):
            kept.append((key, value))
    return f"<{name}" + "".join(f' {key}="{value}"' for key, value in kept) + ">"
