"""The tokens and the parts in ``theme/style`` → the one style sheet of the hub."""

from __future__ import annotations

from handbill.outputs.theme import Theme
from handbill.outputs.tokens import read_tokens, rules
from handbill.settings import Settings


def stylesheet(theme: Theme, settings: Settings) -> bytes:
    """Return the style sheet: the tokens, then each part in order of its name.

    A part of the community's own takes the place of ours of the same name, or
    adds to ours by a name that comes later.
    """
    tokens, _ = read_tokens(settings)
    parts = (file.read_text(encoding="utf-8") for name, file in theme.files("style").items() if name.endswith(".css"))
    return "\n".join((rules(tokens), *parts)).encode("utf-8")
