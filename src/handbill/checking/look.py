"""The look of the hub → problems: tokens that cannot be read, colours in which text cannot, a mark that is not there."""

from __future__ import annotations

from collections.abc import Iterator

from handbill.checking.pointing import in_settings
from handbill.errors import Problem, said
from handbill.outputs.theme import Theme
from handbill.outputs.tokens import read_tokens
from handbill.settings import Settings


def check_look(settings: Settings) -> Iterator[Problem]:
    """Yield every problem of the community's own tokens, accents and mark."""
    yield from read_tokens(settings)[1]
    if settings.logo and settings.logo not in Theme(settings.root).files("static"):
        found = said("“{value}”, which is not in {folder}", value=settings.logo, folder="theme/static")
        yield in_settings(settings, ("look", "logo"), found, said("the name of a picture there"), "HB802")
