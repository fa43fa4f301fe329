"""What names members or opens a door: ``[sending]`` of hub.local.toml, which is not in Git, and the environment.

The environment comes first, because that is how a secret reaches a machine
that sends by itself.  Nothing here is ever printed.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from handbill.errors import ContentProblems, Level, WrongUse, said
from handbill.hub.fields import Choice, Desk, Field, Group, Link, Table, Text, read_table
from handbill.hub.toml import read_toml
from handbill.layout import LOCAL as _LOCAL

#: Ignored by Git, beside hub.toml.
LOCAL = _LOCAL

#: Each key is also read from the environment, under its name in capitals after this.
PREFIX = "HANDBILL_"

_SECURITY = (
    said("encrypted from the second line on; a server that cannot is refused"),
    said("encrypted from the first byte"),
    said("not encrypted: a server on this machine only"),
)

PRIVATE = (
    Field("folder", Text(1000, use="key"), "where the ledger and its key lie, outside every repository", default="", example="/srv/lettre"),
    Field("members", Text(1000, use="key"), "the list of members, a CSV file", default="", example="/srv/lettre/membres.csv"),
    Field(
        "suppressed",
        Text(1000, use="key"),
        "addresses that get nothing any more, one to a line",
        default="",
        example="/srv/lettre/stop.txt",
    ),
    Field("server", Text(255, use="key"), "the mail server, with its port", default="", example="smtp.lettre.example:587"),
    Field(
        "security",
        Choice(("starttls", "tls", "none"), _SECURITY),
        "how the connection to it is encrypted",
        default="starttls",
        example="tls",
    ),
    Field("user", Text(255, use="key"), "the name to sign in with", default="", example="atelier"),
    Field("password", Text(1000, use="key"), "the password of that name", default=""),
    Field("service", Link(), "the address of the sending service's interface", default="", example="https://lettre.example/api"),
    Field("token", Text(1000, use="key"), "what opens that interface", default=""),
    Field(
        "dkim_key",
        Text(1000, use="key"),
        "the private key that mails are signed with, a PEM file",
        default="",
        example="/srv/lettre/dkim.pem",
    ),
)


@dataclass(frozen=True, slots=True)
class Private:
    """What sending needs and Git never sees; "" where nobody says it.  ``folder`` is made when something is first kept there."""

    folder: Path
    members: Path | None = None
    suppressed: Path | None = None
    server: str = ""
    security: str = "starttls"
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    service: str = ""
    token: str = field(default="", repr=False)
    dkim_key: Path | None = None


def read_private(root: Path, base_url: str, room: Mapping[str, str] | None = None) -> Private:
    """Return what hub.local.toml and the environment say; *room* is the environment, by default that of this process.

    Raises:
        ContentProblems: hub.local.toml has unknown or unreadable keys; all are named, no value is.
        WrongUse: what the ledger remembers would lie in the repository, where a commit could publish it.
    """
    room = os.environ if room is None else room
    given = _written(root)
    for one in PRIVATE:
        if value := room.get(PREFIX + one.name.upper(), ""):
            given[one.name] = value
    if given["security"] not in ("starttls", "tls", "none"):
        raise WrongUse(
            said(
                "{name}: found “{value}”, wanted one of: {words}",
                name=f"{PREFIX}SECURITY",
                value=given["security"],
                words="starttls, tls, none",
            )
        )
    paths = {name: _path(root, given[name]) for name in ("members", "suppressed", "dkim_key")}
    folder = _path(root, given["folder"]) or _state_home(room) / "handbill" / (urlsplit(base_url).netloc.replace(":", "_") or "hub")
    for name, path in (*paths.items(), ("folder", folder)):
        # By a link it may lie there though its name does not say so, and the other way round.
        if path is not None and any(Path(one).is_relative_to(root.resolve()) for one in (path, os.path.realpath(path))):
            raise WrongUse(
                said(
                    "{name}: found a place in the hub's own folder, wanted one outside it, so that no commit can ever publish it", name=name
                )
            )
    return Private(
        folder=folder,
        members=paths["members"],
        suppressed=paths["suppressed"],
        dkim_key=paths["dkim_key"],
        **{name: given[name] for name in ("server", "security", "user", "password", "service", "token")},
    )


def _written(root: Path) -> dict[str, Any]:
    desk = Desk(LOCAL, "UTC", sign=" = ")
    try:
        text = (root / LOCAL).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        text = ""
    except UnicodeDecodeError:
        raise WrongUse(said("{name}: found signs that are no UTF-8", name=LOCAL)) from None
    table, _ = read_toml(text, desk)
    top = (Field("sending", Group(PRIVATE), "", default={}),)
    read = read_table(table or Table((), 0, 0), top, desk)["sending"] or read_table(Table((), 0, 0), PRIVATE, Desk(LOCAL, "UTC"))
    if any(one.level is Level.ERROR for one in desk.problems):
        # What stands in this file is told to nobody, not even in the name of help.
        hidden = said("something else")
        raise ContentProblems(tuple(one if one.code == "HB202" else replace(one, found=hidden) for one in desk.problems))
    return dict(read)


def _path(root: Path, written: str) -> Path | None:
    return Path(os.path.normpath(root.resolve() / Path(written).expanduser())) if written else None


def _state_home(room: Mapping[str, str]) -> Path:
    """Return where programs keep what must last but is no document (XDG Base Directory Specification 0.8; on Windows its own)."""
    if os.name == "nt":
        return Path(room.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    named = room.get("XDG_STATE_HOME", "")
    return Path(named) if Path(named).is_absolute() else Path.home() / ".local" / "state"
