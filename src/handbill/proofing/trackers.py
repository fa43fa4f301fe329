"""Links that tell the site elsewhere by which letter or network each reader came, and sometimes which reader it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbill.errors import Level, said
from handbill.hub.trackers import trackers_in, without_trackers
from handbill.proofing.galley import Galley, Mark

_ADDRESS = re.compile(r"https?://[^\s<>\"'`|)\]\\]+", re.IGNORECASE)
#: What every such parameter stands behind; a text without it is not searched.
_HINT = re.compile(r"[?&;][\w%]+=")


def followed(galley: Galley) -> Iterator[Mark]:
    """Yield a mark for each link with a parameter that follows readers; in code, where it is talked about, none."""
    text = galley.text
    if "://" not in text or not _HINT.search(text):
        return
    for match in _ADDRESS.finditer(text):
        # In Markdown an ampersand may be written as in HTML, and a full stop behind a link ends the sentence.
        written = match[0].rstrip(".,;:!?*_")
        address = written.replace("&amp;", "&")
        if "?" in address and (names := trackers_in(address)) and not galley.in_code(match.start()):
            found = said("a link with “{names}”, which tells that site how each reader came", names=", ".join(names)[:80])
            # An address can hold a key or a mail address, and what is told ends up in public logs: cut where the query begins.
            clean = without_trackers(address)
            wanted = said("{address}", address=clean) if "?" not in clean and len(clean) <= 200 else said("the link without it")
            yield Mark(match.start(), match.start() + len(written), found, wanted, "HB324", Level.WARNING)
