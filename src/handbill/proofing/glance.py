"""A text at a glance: which proof-readers may find anything in it, by its words alone.

A community says most of its words many times, and whether anything can hide in
one is told once.  That leaves the proof-readers nothing to do for most texts.
"""

from __future__ import annotations

import re

from handbill.proofing import accounts, mails, passwords, secrets, signs
from handbill.proofing.domains import is_strange
from handbill.proofing.galley import (
    ACCOUNT,
    DOMAIN,
    DOOR,
    FORM,
    KEY,
    MAILBOX,
    NUMBER,
    OPENED,
    PASSWORD,
    SIGN,
    TRACKER,
    plain,
)

#: So many words are remembered; a language has fewer, addresses never end.
_MOST = 50_000

#: Words, with a 0 for each digit, in which nothing can hide, and what the others hint at.
_dull: set[bytes] = set()
_telling: dict[bytes, int] = {}

#: Numbers never end, so they are all alike here: whether one is a telephone number is asked of the text as a whole.
_ZEROS = bytes(48 if 48 <= byte < 58 else byte for byte in range(256))


def hints_of(text: str) -> int:
    """Return what may be in a text, as a sum of the hints of :mod:`handbill.proofing.galley`: never too little, sometimes too much."""
    raw = text.encode("utf-8", "surrogatepass")
    found = NUMBER if _has_number(raw) else 0
    words = raw.translate(_ZEROS).split()
    if _dull.issuperset(words):
        return found
    if len(_dull) + len(_telling) > _MOST:
        _dull.clear()
        _telling.clear()
    for word in set(words).difference(_dull):
        hint = _telling.get(word)
        if hint is None:
            hint = _hint(word.decode("utf-8", "surrogatepass"))
            if hint:
                _telling[word] = hint
            else:
                _dull.add(word)
        found |= hint
    return found


def _zeros(sign: str) -> str:
    return sign.encode().translate(_ZEROS).decode()


_PROGRAMS = {PASSWORD: passwords.PASSWORD_SIGNS, KEY: passwords.KEY_SIGNS, DOOR: passwords.DOOR_SIGNS}
#: What is in a telling word, and how the last of several telling words begins.
_INSIDE: tuple[tuple[str, int], ...] = (
    *((_zeros(sign), ACCOUNT) for sign in accounts.SIGNS),
    *((_zeros(sign), MAILBOX) for sign in ("@", *mails.HINTS)),
    *((_zeros(plain(sign)), hint) for hint, signs in _PROGRAMS.items() for sign in signs if " " not in sign),
)
_LAST = {hint: tuple({_zeros(plain(sign).rpartition(" ")[2]) for sign in signs if " " in sign}) for hint, signs in _PROGRAMS.items()}
_ANY_LAST = tuple(begin for begins in _LAST.values() for begin in begins)
#: People put spaces between the parts of a hidden mail address, so a bracket at the edge of a word may belong to one.
_CLOSING = (")", "]", "}")
_OPENING = (*(bracket + word for bracket in "([{" for word in ("", "a", "at")), "%")
_KEY_FORM = re.compile("|".join(re.escape(_zeros(sign)) for sign in secrets.SIGNS))


def _hint(run: str) -> int:
    """Return what a run of signs without a plain space hints at, in which each digit is a 0."""
    # These three part words, so they are in none.
    hint = SIGN if "\x85" in run or "\u2028" in run or "\u2029" in run else 0
    for word in run.split():
        hint |= _hint_of_word(word)
    return hint


def _hint_of_word(word: str) -> int:
    bare = plain(word)
    hint = MAILBOX if bare.startswith(_CLOSING) or bare.endswith(_OPENING) or bare == "dot" else 0
    for sign, what in _INSIDE:
        if sign in bare:
            hint |= what
    if bare.startswith(_ANY_LAST):
        for what, begins in _LAST.items():
            if bare.startswith(begins):
                hint |= what
    if (len(word) >= secrets.LEAST_KEY and _KEY_FORM.search(word)) or "-----BEGIN" in word or "PuTTY-User-Key" in word:
        hint |= FORM
    if "//" in word or "www." in word:
        # %0 may be %8 or %9, with which letters beyond ASCII begin.
        hint |= DOMAIN if "%0" in word or is_strange(word) else 0
        if "://" in word:
            hint |= OPENED if "@" in word else 0
            hint |= TRACKER if "?" in word else 0
    if word == "AT" or "＠" in word:
        hint |= MAILBOX
    if "\\" in word or ("&" in word and signs.IS_WRITTEN.search(word)) or (not word.isascii() and signs.SIGNS.search(word)):
        hint |= SIGN
    return hint


#: A day in the front matter, which is no number of anybody.
_DAY = re.compile(rb"\ndate: [0-9]{4}-[0-9]{2}-[0-9]{2}(?=\n)")
#: Bytes that may stand between the digits of a number, or begin or end such a sign.
_BETWEEN = b" .-/()" + bytes({byte for sign in "\u00a0\u202f\u2009\u2007–‑·" for byte in sign.encode()})
#: The first bytes of signs among which there are digits of other scripts.
_FOREIGN = bytes((*range(0xD9, 0xE2), *range(0xE3, 0xF8)))
_SORTS = bytes(48 if 48 <= byte < 58 else 49 if byte in _FOREIGN else 32 for byte in range(256))


def _has_number(raw: bytes) -> bool:
    """Say whether there may be eight digits in a row, with little between them; no day counts as such."""
    if day := _DAY.match(raw, raw.find(b"\ndate: ", 0, 2000)):
        raw = raw[: day.start()] + raw[day.end() :]
    squeezed = raw.translate(_SORTS, _BETWEEN)
    return b"00000000" in squeezed or b"1" in squeezed
