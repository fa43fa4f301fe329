"""Everything that is looked at, in the order in which a first build would stumble over it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from handbill.doctor.finding import Finding
from handbill.doctor.folders import folders
from handbill.doctor.machine import machine
from handbill.doctor.names import names
from handbill.doctor.repository import repository
from handbill.doctor.settings import settings
from handbill.engine import PACKAGE


def examine(root: Path) -> tuple[Finding, ...]:
    """Return all findings about this machine and the hub in *root*."""
    home = PACKAGE.parent.parent
    return (
        *machine(home, root, dict(os.environ), sys.stdout.isatty()),
        settings(root),
        *repository(root, dict(os.environ)),
        *names(root),
        *folders(home, root),
    )
