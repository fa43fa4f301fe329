"""The sections of hub.toml against what lies in the repository: folders that are not there, and files that nobody looks after."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from handbill.checking.pointing import in_settings
from handbill.errors import Level, Problem, said
from handbill.hub.hub import Hub
from handbill.layout import DECIDING
from handbill.settings import Settings
from handbill.settings_sections import REST, section_of


def check_sections(hub: Hub, settings: Settings) -> Iterator[Problem]:
    """Yield a warning for a folder that is not there and for what decides without an owner, a note for files of no section.

    Nobody is told anything before hub.toml names a first section.
    """
    if not settings.sections:
        return
    for key, one in settings.sections.items():
        for folder in one.folders:
            if folder != REST and not (settings.root / folder).exists():
                found = said("“{path}”, which is not there", path=folder)
                wanted = said("a folder or file of this repository, or no such entry")
                yield in_settings(settings, ("sections", key, "folders"), found, wanted, "HB228", Level.WARNING)
    for path in DECIDING:
        owning = section_of(path, settings.sections)
        if (settings.root / path).exists() and not (owning and owning.owners):
            found = said("nobody who is asked about {path}, which decides who is asked about all else", path=path)
            yield in_settings(settings, ("sections",), found, _WANTED, "HB228", Level.WARNING)
    named = {folder for one in settings.sections.values() for folder in one.folders}
    if REST in named:
        return
    sources = {item.source for item in (*hub.items, *hub.hidden)} | {one.source for one in hub.media}
    # Thousands of files lie in few folders, and each folder is asked about once.
    many_in = Counter(source.rpartition("/")[0] for source in sources if source not in named)
    alone = {folder: many for folder, many in many_in.items() if section_of(folder, settings.sections) is None}
    for folder, many in sorted(alone.items()):
        found = said("no section for the files in {folder} ({n})", folder=folder, n=many)
        yield in_settings(settings, ("sections",), found, _WANTED, "HB228", Level.NOTE)


_WANTED = said('the folder under a section, or one section with folders = ["."] for the rest')
