"""The look of the hub → problems: tokens that cannot be read, colours in which text cannot, a mark that is not there."""

from __future__ import annotations

from collections.abc import Iterator

from handbill.checking.pointing import in_settings
from handbill.errors import Problem, said
from handbill.hub.nodes import Desk
from handbill.layout import THEME
from handbill.lfs import LONGEST, is_pointer
from handbill.listing import below
from handbill.outputs.theme import Theme
from handbill.outputs.tokens import read_tokens
from handbill.plain import begin_of_plain, is_plain, read_plain
from handbill.proofing.proof import leftovers
from handbill.settings import Settings

#: What of a theme is written by hand.
_TEXTS = frozenset({".css", ".html", ".js", ".mjml", ".po", ".svg", ".toml", ".txt", ".xml"})


def check_look(settings: Settings) -> Iterator[Problem]:
    """Yield every problem of the community's own tokens, accents and mark."""
    yield from read_tokens(settings)[1]
    yield from _left_by_git(settings)
    if settings.logo and settings.logo not in Theme(settings.root).files("static"):
        found = said("“{value}”, which is not in {folder}", value=settings.logo, folder="theme/static")
        yield in_settings(settings, ("look", "logo"), found, said("the name of a picture there"), "HB802")


def _left_by_git(settings: Settings) -> Iterator[Problem]:
    """Yield a problem for each file of the hub's own theme in which git left two versions, or a note in its place."""
    own = settings.root / THEME
    if own not in Theme(settings.root).folders:
        return
    for file in sorted(below(own)):
        if not is_plain(file):
            # Told by whoever looks at all that is ours.
            continue
        path = file.relative_to(settings.root).as_posix()
        if file.suffix in _TEXTS:
            desk = Desk(path, settings.zone)
            leftovers(read_plain(file).decode("utf-8", "replace"), desk)
            yield from desk.problems
        elif is_pointer(begin_of_plain(file, LONGEST)):
            wanted = said("the file itself: run “git lfs pull”, or add the file again without LFS")
            yield Problem(path, 0, 0, "", said("a note of Git LFS in place of the file"), wanted, "HB115")
