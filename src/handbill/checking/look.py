"""The look of the hub → problems: tokens that cannot be read, colours in which text cannot, a mark that is not there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbill.checking.pointing import in_settings
from handbill.errors import Problem, said
from handbill.layout import THEME
from handbill.lfs import is_pointer
from handbill.outputs.theme import Theme
from handbill.outputs.tokens import read_tokens
from handbill.settings import Settings

#: What of a theme is written by hand.
_TEXTS = frozenset({".css", ".html", ".js", ".mjml", ".po", ".svg", ".toml", ".txt", ".xml"})

#: Both ends of a conflict, as git leaves them.
_MARKS = re.compile(rb"^<{7} .*?^={7}\r?$.*?^>{7} ", re.MULTILINE | re.DOTALL)


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
    for file in sorted(one for one in own.rglob("*") if one.is_file()):
        raw, path = file.read_bytes(), file.relative_to(settings.root).as_posix()
        if is_pointer(raw):
            wanted = said("the file itself: run “git lfs pull”, or add the file again without LFS")
            yield Problem(path, 0, 0, "", said("a note of Git LFS in place of the file"), wanted, "HB115")
        elif file.suffix in _TEXTS and (mark := _MARKS.search(raw)):
            found = said("two versions of the file, left by a conflict")
            wanted = said("one of them, without the lines that begin with <<<<<<<, ======= and >>>>>>>")
            yield Problem(path, raw.count(b"\n", 0, mark.start()) + 1, 1, "", found, wanted, "HB114", width=7)
