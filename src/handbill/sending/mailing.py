"""The archive → the mailing that a number stands for: all its languages, every byte proved.  Knows no source of any text.

What is sent is what was frozen.  A letter is sent in all its languages at once,
because a member gets one of them and nobody may get two.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from handbill.errors import ContentProblems, Level, Problem, WrongUse, said
from handbill.hub.frozen import Frozen, name_of, parts_of
from handbill.layout import ARCHIVE
from handbill.reading.bundles import HTML, MAIL, TEXT_FORM, Archive, read_archive
from handbill.sending.contract import Mailing, Version
from handbill.settings import Settings

#: How many names are told where none of the archive was meant.
_FEW = 5


def mailing_of(root: Path, settings: Settings, wanted: str, archive: Archive | None = None) -> Mailing:
    """Return the letter that ``11`` or ``agenda-4`` names, in every language in which it is frozen, the hub's own first.

    A form that a bundle does not hold is empty: without a sender in hub.toml a
    letter is frozen without a mail.  Who has read the *archive* already need
    not have it read again.

    Raises:
        WrongUse: it is no name of a number, or of one language of it, or nothing of that name is frozen.
        ContentProblems: the archive is not as it was frozen.
    """
    letter, number = _meant(wanted)
    archive = read_archive(root) if archive is None else archive
    faults = tuple(one for one in archive.problems if one.level is Level.ERROR)
    if faults:
        raise ContentProblems(faults)
    order = {lang: place for place, lang in enumerate(settings.languages)}
    bundles = [one for one in archive.bundles if (one.letter, one.number) == (letter, number)]
    if not bundles:
        name = name_of(letter, number, "", "")
        last = sorted({(one.letter != "main", one.letter, one.number) for one in archive.bundles})[-_FEW:]
        names = ", ".join(name_of(key, one, "", "") for _, key, one in last)
        command = f"python3 build.py newsletter freeze {name}"
        if not names:
            raise WrongUse(said("no letter is frozen yet. To freeze {name}: {command}", name=name, command=command))
        raise WrongUse(
            said("no letter {name} is frozen; frozen are: {names}. To freeze it: {command}", name=name, names=names, command=command)
        )
    bundles.sort(key=lambda one: (order.get(one.lang, len(order)), one.lang))
    # Until the last of its languages is due, the letter is not.
    return Mailing(letter, number, max(one.sent for one in bundles), tuple(_version(root, one) for one in bundles))


def _meant(wanted: str) -> tuple[str, int]:
    found = parts_of(wanted)
    if found is None:
        raise WrongUse(said("“{word}” is no name of a frozen letter; wanted a number, such as 12 or agenda-3", word=wanted))
    letter, number, lang = found
    if lang:
        name = name_of(letter, number, lang, "")
        command = f"python3 build.py newsletter send {name_of(letter, number, '', '')}"
        raise WrongUse(
            said("{name} is one language of a letter, which is sent in all of them at once: {command}", name=name, command=command)
        )
    return letter, number


def _version(root: Path, one: Frozen) -> Version:
    return Version(
        name=one.name,
        lang=one.lang,
        digest=one.digest,
        subject=one.subject,
        page=one.base + one.address.removeprefix("/"),
        html=_form(root, one, HTML).decode("utf-8"),
        text=_form(root, one, TEXT_FORM).decode("utf-8"),
        mail=_form(root, one, MAIL),
    )


def _form(root: Path, one: Frozen, name: str) -> bytes:
    proof = one.files.get(name)
    if proof is None:
        return b""
    path = f"{ARCHIVE}/{one.name}/{name}"
    raw = (root / path).read_bytes()
    # Between the proof of the archive and this reading, somebody may have written there.
    if hashlib.sha256(raw).hexdigest() != proof.sha256:
        wanted = said("the file as it was frozen: get it back from version history")
        raise ContentProblems((Problem(path, 0, 0, "", said("other bytes than those that were frozen"), wanted, "HB441"),))
    return raw
