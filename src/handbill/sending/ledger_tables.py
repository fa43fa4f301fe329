"""The tables of the ledger, and every change that they ever went through."""

from __future__ import annotations

#: What a file says it is, at byte 68 (SQLite, file format, 1.3.17): "HBsl".
APPLICATION = 0x4842736C

#: Each script makes of the one before what the program knows now; none is ever edited once a release had it.
STEPS = (
    """
    CREATE TABLE about (
        name TEXT PRIMARY KEY,
        value BLOB NOT NULL
    ) WITHOUT ROWID;

    CREATE TABLE mailing (
        id INTEGER PRIMARY KEY,
        letter TEXT NOT NULL,
        number INTEGER NOT NULL,
        attempt INTEGER NOT NULL,
        handed INTEGER NOT NULL,
        began INTEGER NOT NULL,
        ended INTEGER,
        UNIQUE (letter, number)
    );

    CREATE TABLE version (
        mailing INTEGER NOT NULL,
        place INTEGER NOT NULL,
        lang TEXT NOT NULL,
        digest TEXT NOT NULL,
        PRIMARY KEY (mailing, lang)
    ) WITHOUT ROWID;

    CREATE TABLE recipient (
        mailing INTEGER NOT NULL,
        member BLOB NOT NULL,
        lang TEXT NOT NULL,
        row INTEGER NOT NULL,
        state TEXT NOT NULL DEFAULT 'queued' CHECK (
            state IN ('queued', 'sending', 'accepted', 'deferred', 'bounced', 'ambiguous', 'suppressed', 'left')
        ),
        tries INTEGER NOT NULL DEFAULT 0,
        code INTEGER NOT NULL DEFAULT 0,
        status TEXT NOT NULL DEFAULT '',
        at INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (mailing, member)
    ) WITHOUT ROWID;

    CREATE TABLE token (
        digest BLOB PRIMARY KEY,
        letter TEXT NOT NULL,
        member BLOB NOT NULL
    ) WITHOUT ROWID;

    CREATE TABLE suppressed (
        member BLOB PRIMARY KEY,
        why TEXT NOT NULL,
        at INTEGER NOT NULL
    ) WITHOUT ROWID;

    CREATE TABLE spent (
        minute INTEGER PRIMARY KEY,
        mails INTEGER NOT NULL
    )
    """,
)
