"""The look of the hub → problems: tokens that cannot be read, colours in which text cannot."""

from __future__ import annotations

from collections.abc import Iterator

from handbill.errors import Problem
from handbill.outputs.tokens import read_tokens
from handbill.settings import Settings


def check_look(settings: Settings) -> Iterator[Problem]:
    """Yield every problem of the community's own tokens and of its accents."""
    yield from read_tokens(settings)[1]
