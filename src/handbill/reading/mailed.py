"""The text of a letter → the digest of each part of it that is mailed, so that an edit afterwards can be named.

What a file says beside the letter, such as corrections or old addresses, may
change for ever; so may quotes, line ends and the order of fields.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from handbill.hub.clean import decode
from handbill.hub.nodes import NOTHING, Desk, Listing, Node, Scalar, Table
from handbill.reading.files import split

#: Fields that no mail shows: they belong to the page, or came after it.
BESIDE = frozenset({
    "corrections", "draft", "aliases", "slug", "id", "translation_of", "tags", "updated", "picture", "picture_alt", "authors", "summary",
})  # fmt: skip

#: What the text below the fields is called; no field has this name.
TEXT = "(text)"


def text_digest(raw: bytes) -> str:
    """Return the SHA-256 of a text file, the same on machines whose Git writes other ends of lines."""
    return hashlib.sha256(raw.replace(b"\r\n", b"\n")).hexdigest()


def mailed_parts(raw: bytes) -> dict[str, str]:
    """Return the SHA-256 of each field of a letter that is mailed, and of its text; nothing where it cannot be read."""
    desk = Desk("", "UTC")
    text = decode(raw, desk)
    found = split(text, desk) if text is not None else None
    if found is None:
        return {}
    table, body, _ = found
    written = {key.text: _plain(node) for key, node in table.pairs if key.text not in BESIDE and not _is_nothing(node)}
    return {name: _digest(value) for name, value in sorted({**written, TEXT: body}.items())}


def _is_nothing(node: Node) -> bool:
    return isinstance(node, Scalar) and node.plain and node.text in NOTHING


def _plain(node: Node) -> Any:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Listing):
        return [_plain(one) for one in node.items]
    return {key.text: _plain(value) for key, value in node.pairs} if isinstance(node, Table) else None


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")).hexdigest()
