"""The table of what Git never sees → a page of the handbook.  The fields are handed in: this floor knows nothing of sending."""

from __future__ import annotations

from collections.abc import Sequence

from handbill.hub.fields import Field
from handbill.outputs.handbook_fields import NOTE, table
from handbill.outputs.handbook_reference import in_toml

_WHERE = (
    "What names members or opens a door is no setting of the hub: `hub.toml` is in Git, and what was once in Git is there for ever. "
    "It stands in the table `[sending]` of `{local}`, beside `hub.toml`, which `.gitignore` names, or in the environment of the program. "
    "The environment comes first: that is how a secret reaches a machine that sends by itself. "
    "What it holds is printed nowhere, not even where it is wrong.\n"
)
_PLACES = (
    "A path may begin with `~`, or with `..` as seen from the hub's folder. No path may lead into that folder: sending refuses it, because "
    "a commit could publish what lies there. Without `folder` the ledger lies where programs keep what must last: below "
    "`~/.local/state/handbill/` (or `$XDG_STATE_HOME/handbill/`), on Windows below `%LOCALAPPDATA%\\handbill\\`, in a folder named after "
    "the host of `base_url`.\n"
)
_SECRETS = (
    "A password in a file is read by whoever reads the file: give it to one user (`chmod 600 {local}`), or keep it in the environment "
    "alone. Give a token no more rights than it needs, and another one to each machine.\n"
)


def private_page(fields: Sequence[Field], local: str, prefix: str) -> str:
    """Return the page of the keys of *local*; each is read from the environment too, in capitals after *prefix*."""
    names = [f"| `{one.name}` | `{prefix}{one.name.upper()}` |" for one in fields]
    return "\n".join([
        f"---\ndescription: Every key of {local} and of the environment\n---\n",
        NOTE,
        "# What Git never sees\n",
        _WHERE.format(local=local),
        table(fields, "en", in_toml),
        _PLACES,
        _SECRETS.format(local=local),
        "## In the environment\n",
        "\n".join(["| key | variable |", "| --- | --- |", *names, ""]),
    ])  # fmt: skip
