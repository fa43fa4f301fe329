"""The look of the hub → problems: tokens that cannot be read, colours in which text cannot, a mark that is not there."""

from __future__ import annotations

from collections.abc import Iterator

from handbill.errors import Problem, said
from handbill.layout import HUB
from handbill.outputs.theme import Theme
from handbill.outputs.tokens import read_tokens
from handbill.settings import Settings, written_at


def check_look(settings: Settings) -> Iterator[Problem]:
    """Yield every problem of the community's own tokens, accents and mark."""
    yield from read_tokens(settings)[1]
    if settings.logo and settings.logo not in Theme(settings.root).files("static"):
        found = said("“{value}”, which is not in {folder}", value=settings.logo, folder="theme/static")
        line, column, width = (at.line, at.column, at.width) if (at := written_at(settings.root, "look", "logo")) else (0, 0, 0)
        yield Problem(HUB, line, column, "look.logo", found, said("the name of a picture there"), "HB802", width=width)
