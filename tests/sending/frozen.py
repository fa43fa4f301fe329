"""Hubs whose first letter is frozen, committed and approved, for tests of sending."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from tests.doctor.repositories import git
from tests.freezing.letters import HUB, frozen, hub
from tests.hubs import options

from handbill.sending.contract import Mailing
from handbill.sending.mailing import mailing_of
from handbill.settings import read_settings

#: When the first letter is sent.
SENT = "2026-03-12 18:00"

#: What hub.local.toml says, for mails that become files.
LOCAL = '[sending]\nfolder = "../private"\nmembers = "../members.csv"\n'

#: Two who read French, one who reads English; nobody else has such names.
MEMBERS = "email;langue\nquetzal-ambre@village.example;fr\nyttrium.falaise@village.example;fr\nzephyr-ocarina@village.example;en\n"
CANARIES = ("quetzal-ambre", "yttrium.falaise", "zephyr-ocarina")


@cache
def _frozen() -> Path:
    root = hub(Path(mkdtemp(prefix="handbill-test-")) / "hub", **{"hub.toml": HUB + '\n[sending]\nway = "files"\n'})
    frozen(root, "1")
    frozen(root, "2", as_of="2026-04-02 19:00")
    shutil.rmtree(options(root).private)
    (root / ".gitignore").write_text(".handbill/\nhub.local.toml\npublic/\n", encoding="utf-8")
    git(root, "init", "-q")
    git(root, "add", "--all")
    git(root, "commit", "-q", "-m", "letters")
    git(root.parent, "clone", "-q", "--bare", "hub", "origin.git")
    return root


def frozen_hub(into: Path) -> Path:
    """Return a hub on this disk alone, with two letters frozen and committed on main."""
    shutil.copytree(_frozen(), into / "hub")
    (into / "hub/hub.local.toml").write_text(LOCAL, encoding="utf-8")
    (into / "members.csv").write_text(MEMBERS, encoding="utf-8")
    return into / "hub"


def approved_hub(into: Path) -> Path:
    """Return the same with a remote that has them on its main branch."""
    root = frozen_hub(into)
    shutil.copytree(_frozen().parent / "origin.git", into / "origin.git")
    git(root, "remote", "add", "origin", "../origin.git")
    git(root, "fetch", "-q", "origin")
    git(root, "branch", "-q", "--set-upstream-to=origin/main", "main")
    return root


def mailing(root: Path, name: str = "1") -> Mailing:
    """Return the mailing of a letter."""
    return mailing_of(root, read_settings(root), name)


def commit(root: Path, message: str = "change") -> None:
    """Commit all that was changed."""
    git(root, "add", "--all")
    git(root, "commit", "-q", "-m", message)
