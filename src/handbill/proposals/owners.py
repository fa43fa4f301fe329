"""The sections of hub.toml → the file in which a forge looks up who is asked about a proposal.

Sources: GitHub, "About code owners"; GitLab, "Code Owners syntax and error
handling"; Gitea, "Code Owners", and its ``pull.go``, which Forgejo shares.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Literal

from handbill.errors import WrongUse, said
from handbill.settings_sections import REST, Section, section_of
from handbill.telling import tell

#: A program that keeps repositories.
Forge = Literal["github", "gitlab", "forgejo"]

#: Where each forge looks, and finds no other file first.
PLACES: Mapping[str, str] = {"github": ".github/CODEOWNERS", "gitlab": ".gitlab/CODEOWNERS", "forgejo": ".forgejo/CODEOWNERS"}

#: GitHub reads no file that is larger, and says so nowhere near a proposal.
MOST_BYTES = 3_000_000

#: What means something in a regular expression; between brackets each stands for itself.
_SPECIAL = re.compile(r"[.+(){}$]")

_HEAD = (
    said("Written by “{command}” from the sections of hub.toml: change them there.", command="python3 build.py owners"),
    said("The last line that fits a file decides who is asked about it."),
)
_HEAD_FORGEJO = said("Everybody is asked whose line fits a file.")


def owners_text(sections: Mapping[str, Section], is_file: Callable[[str], bool], forge: Forge, lang: str) -> str:
    """Return the file of owners: what lies deeper comes later, so that the nearest section decides.

    *is_file* tells a file from a folder; what is not there counts as a folder.

    Raises:
        WrongUse: it would be too large for the forge to read.
    """
    head = (_HEAD[0], _HEAD_FORGEJO if forge == "forgejo" else _HEAD[1])
    named = sorted(((folder, one) for one in sections.values() for folder in one.folders), key=lambda pair: _depth(pair[0]))
    lines = [(_pattern(folder, is_file(folder), forge), one) for folder, one in named]
    if forge == "forgejo":
        # There a line without an owner is an error, and no line takes back what another asks.
        lines = [(pattern, one) for pattern, one in lines if one.owners]
    width = max((len(pattern) for pattern, _ in lines), default=0)
    text = "".join(f"# {tell(one, lang)}\n" for one in head) + "\n"
    text += "".join(f"{pattern:<{width}}  {' '.join(one.owners)}".rstrip() + "\n" for pattern, one in lines)
    if len(text.encode()) > MOST_BYTES:
        raise WrongUse(said("the sections of hub.toml name so many folders that no forge reads the file of owners"))
    return text


def unowned(paths: Iterable[str], sections: Mapping[str, Section]) -> tuple[str, ...]:
    """Return the files about which nobody would be asked, in order."""
    return tuple(path for path in sorted(paths) if not ((one := section_of(path, sections)) and one.owners))


def _depth(folder: str) -> tuple[str, ...]:
    """Return the key that puts each folder behind those around it."""
    return () if folder == REST else tuple(folder.split("/"))


def _pattern(folder: str, is_file: bool, forge: Forge) -> str:
    """Return what stands for a folder, or for one file, and for nothing else."""
    if forge == "forgejo":
        if folder == REST:
            return ".*"
        plain = _SPECIAL.sub(lambda sign: f"[{sign[0]}]", folder).replace(" ", "\\ ")
        return plain if is_file else f"{plain}/.*"
    if folder == REST:
        return "*"
    plain = folder.replace(" ", "\\ ")
    return f"/{plain}" if is_file else f"/{plain}/"
