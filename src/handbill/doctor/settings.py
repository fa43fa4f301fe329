"""The settings of a hub → whether they can be read, and which hub they name."""

from __future__ import annotations

from pathlib import Path

from handbill.doctor.finding import Finding
from handbill.errors import ContentProblems, Problem, Said, WrongUse, said
from handbill.layout import HUB
from handbill.settings import read_settings

_WHY = said("it names the community, its address, its languages and its time zone")


def settings(root: Path) -> Finding:
    """Return how hub.toml stands."""
    try:
        found = read_settings(root)
    except WrongUse:
        mend = said("start in the folder of the hub, or name it: python3 build.py --root FOLDER doctor")
        return Finding(HUB, "missing", said("not in {folder}", folder=root), _WHY, mend)
    except ContentProblems as error:
        return Finding(HUB, "missing", _told(error.problems), _WHY, said("python3 build.py check, and mend the lines that it names"))
    except OSError as error:
        return Finding(HUB, "missing", said("cannot be read ({reason})", reason=error.strerror), _WHY, f"chmod u+r {HUB}")
    return Finding(HUB, "ok", said("{name}, {address}", name=found.name, address=found.base_url), _WHY)


def _told(problems: tuple[Problem, ...]) -> Said:
    first = problems[0]
    where = f"{first.path}:{first.line}"
    field = f" {first.field}" if first.field else ""
    if len(problems) == 1:
        return said("{where}:{field} {found}", where=where, field=field, found=first.found)
    return said("{where}:{field} {found}; and {more} more", where=where, field=field, found=first.found, more=len(problems) - 1)
