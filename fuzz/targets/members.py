"""Any bytes as the list of members: each row is a member, a wish for no letter or a numbered problem, and no address is ever told."""

from __future__ import annotations

import re
from functools import cache
from unittest import mock

from fuzz.room import as_file

from handbill.errors import Problem
from handbill.outputs.languages import name_within
from handbill.sending import members
from handbill.sending.addresses import checked
from handbill.sending.members import members_of, suppressed_of

SEEDS = ("tests/hostile/addresses/*.txt",)
WORDS = ("email;langue\n", "email,status,lang,letters,segments\n", "@lettre.example", "subscribed", '"', '""', ";", ",", "\t", "sep=;\n", "\r\n", "<ada@lettre.example>", "=cmd", "xn--")  # fmt: skip

_SECRET = bytes(range(32))
#: Stands in our own messages.
_EXAMPLE = "ada@lettre.example"
_ADDRESS = re.compile(r"[^\s,;\"'<>@]{3,}@[^\s,;\"'<>@]{3,}")


#: What languages are called takes most of the time, and hangs on no list.
_called = cache(name_within)


@mock.patch.object(members, "name_within", _called)
def one(raw: bytes) -> None:
    """Read *raw* as the list, and as the list of those who get nothing any more."""
    for table in (raw, b"email,status,lang,letters,segments\n" + raw):
        file = as_file("membres.csv", table)
        addresses = {one for one in _ADDRESS.findall(table.decode("utf-8", "replace")) if one not in _EXAMPLE}
        for found in (*members_of(file, _SECRET, "main", ("fr", "en"), letters=("main", "agenda")), *suppressed_of(file, _SECRET)):
            if isinstance(found, Problem):
                assert found.line >= 0
                told = str(found)
                assert not any(one in told for one in addresses), told
            elif not isinstance(found, bytes):
                assert checked(found.address) == found.address
                assert not re.search(r"[\x00-\x20\x7f-\xa0,;:<>\"()\\\[\]]", found.address), found.address
