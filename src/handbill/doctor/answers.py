"""What somebody copied from dig, nslookup, host or a zone file → the texts that DNS holds under each name.

Nothing is asked here: who looks up, copies the answer, and can see what it is.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

#: A chain of other names that is longer leads in a circle.
_MOST_ALIASES = 8

_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_ESCAPED = re.compile(r"\\(\d{3}|.)", re.DOTALL)
_RECORD = re.compile(
    r"^(?P<name>[^\s;\"]+)\s+(?:\d+[smhdwSMHDW]?\s+)?(?:IN\s+)(?:\d+\s+)?(?P<kind>TXT|CNAME)\s+(?P<rest>\S.*)$", re.IGNORECASE
)
_QUESTION = re.compile(r"^;(?P<name>[^\s;]+)\s+IN\s+TXT\s*$", re.IGNORECASE)
_NSLOOKUP = re.compile(r"^(?P<name>[^\s;\"]+)\s+text\s*=\s*(?P<rest>.*)$", re.IGNORECASE)
_HOST = re.compile(r"^(?P<name>[^\s;\"]+)\s+descriptive text\s+(?P<rest>\".*)$", re.IGNORECASE)
_ALIAS = re.compile(r"^(?P<name>[^\s;\"]+)\s+(?:is an alias for|canonical name =)\s+(?P<to>\S+)$", re.IGNORECASE)
_NOTHING = (
    re.compile(r"^Host (?P<name>\S+) not found: 3", re.IGNORECASE),
    re.compile(r"^(?P<name>\S+) has no TXT record", re.IGNORECASE),
    # nslookup, in whatever language Windows speaks: what was asked is the last word before the colon.
    re.compile(r"^\*\*[^:]*\s(?P<name>[^\s:]+)\s*:\s*(?:NXDOMAIN|Non-existent domain|No answer)", re.IGNORECASE),
)
#: Nobody answered, or not what was asked: dig, host and nslookup.
_FAILED = re.compile(
    r"^;; (?:connection timed out|no servers could be reached)|^;; ->>HEADER<<-.*\bstatus: (?!NOERROR|NXDOMAIN)"
    r"|^Host \S+ not found: (?!3)|^\*\*[^:]*\s\S+\s*:\s*(?:SERVFAIL|REFUSED|Server failed|Query refused)|^DNS request timed out",
    re.IGNORECASE,
)
_HEADER = re.compile(r"^;; ->>HEADER<<-")
#: A zone file goes on below where a parenthesis is open.
_OPEN = re.compile(r"^[^\s;\"]+\s[^;\"]*\bTXT\s+\([^)]*$", re.IGNORECASE)
#: The command itself, as it stands in a copied terminal; the answer of ``dig +short`` has no other name.
_COMMAND = re.compile(r"^(?:\S*[$#>%]\s*)?(?:dig|host|nslookup)\s+(?P<words>.*)$")
_NAME = re.compile(r"(?=.*\.)(?!\+|-|@)[\w.-]+")
_PLAIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")


@dataclass(frozen=True, slots=True)
class Answers:
    """Texts by name, other names of names, and which names were asked for at all."""

    texts: Mapping[str, tuple[str, ...]]
    aliases: Mapping[str, str]
    asked: frozenset[str]

    def at(self, name: str) -> tuple[str, ...] | None:
        """Return the texts under a name, none where there are none; ``None`` where nobody asked."""
        one = plain(name)
        known = False
        for _ in range(_MOST_ALIASES):
            known = known or one in self.asked
            if one in self.texts:
                return self.texts[one]
            if one not in self.aliases:
                break
            one = self.aliases[one]
        return () if known else None

    def with_text(self, name: str, text: str) -> Answers:
        """Return the same answers and one that is known without asking, unless somebody asked."""
        return self if self.at(name) is not None else replace(self, texts={**self.texts, plain(name): (text,)})


NOBODY_ASKED = Answers({}, {}, frozenset())


def plain(name: str) -> str:
    """Return a name as it is compared: lower case, without the dot of the root."""
    return name.strip().rstrip(".").lower()


def is_name(name: str) -> bool:
    """Say whether a name can stand in DNS, and in a command that somebody copies: strangers choose the selectors in their mails."""
    return bool(_PLAIN.fullmatch(name))


def asking(names: Iterable[str], into: str = "") -> str:
    """Return the command that asks for the texts of some names, and puts the answers *into* a file; on Windows there is no dig."""
    known = [name for name in names if is_name(name)]
    if os.name == "nt":
        # nslookup says nothing of a name without texts, so the line before it does; PowerShell puts other signs between commands.
        each = " & ".join(f"echo nslookup {name} & nslookup -type=TXT {name}" for name in known)
        return f'cmd /c "({each}) > {into} 2>&1"' if into else f'cmd /c "{each}"'
    command = f"dig +noall +comments +question +answer {' '.join(f'{name} TXT' for name in known)}"
    return f"{command} > {into}" if into else command


def read_answers(pasted: str, domain: str) -> Answers:
    """Return what stands in a pasted text; names of a zone file that are not whole lie below *domain*."""
    texts: dict[str, list[str]] = {}
    aliases: dict[str, str] = {}
    asked: set[str] = set()
    commanded: set[str] = set()
    current, failed = "", False
    for line in _lines(pasted):
        if _FAILED.match(line):
            asked -= commanded
            current, failed = "", True
        elif _HEADER.match(line):
            failed = False
        elif found := _QUESTION.match(line):
            if not failed:
                asked.add(plain(found["name"]))
                # What has its answer keeps it, whatever another name of the same command comes to.
                commanded.discard(plain(found["name"]))
            current = ""
        elif found := _RECORD.match(line):
            name = _whole(found["name"], domain)
            asked.add(name)
            current = ""
            if found["kind"].upper() == "CNAME":
                aliases[name] = plain(found["rest"].split()[0])
            else:
                texts.setdefault(name, []).append(_text(found["rest"]))
        elif found := _ALIAS.match(line):
            asked.add(plain(found["name"]))
            aliases[plain(found["name"])] = plain(found["to"])
        elif found := _NSLOOKUP.match(line) or _HOST.match(line):
            current = plain(found["name"])
            asked.add(current)
            if found["rest"].strip():
                texts.setdefault(current, []).append(_text(found["rest"]))
        elif found := next((found for one in _NOTHING if (found := one.match(line))), None):
            asked.add(plain(found["name"]))
            current = ""
        elif found := _COMMAND.match(line):
            names = [word for word in found["words"].split() if _NAME.fullmatch(word)]
            commanded = {plain(name) for name in names} - asked
            asked |= commanded
            failed = False
            current = plain(names[-1]) if len(names) == 1 else ""
        elif line.startswith('"') and current:
            texts.setdefault(current, []).append(_text(line))
    return Answers({name: tuple(dict.fromkeys(found)) for name, found in texts.items()}, aliases, frozenset(asked))


def _lines(pasted: str) -> list[str]:
    """Return whole records: what stands in parentheses is one line, and so are strings that nslookup puts below each other."""
    lines: list[str] = []
    is_open = False
    for raw in pasted.replace("\ufeff", "").splitlines():
        line = raw.strip()
        if is_open or (raw.startswith('\t"') and lines and lines[-1].startswith('"')):
            lines[-1] += f" {line}"
        elif line:
            lines.append(line)
        is_open = (is_open and not line.endswith(")")) or (not is_open and bool(_OPEN.match(line)))
    return lines


def _text(written: str) -> str:
    """Return one text of its quoted strings: they follow each other without a space (RFC 7208, 3.3)."""
    parts = _QUOTED.findall(written)
    return "".join(_ESCAPED.sub(_sign, part) for part in parts) if parts else written.strip()


def _sign(found: re.Match[str]) -> str:
    return chr(int(found[1])) if len(found[1]) == 3 else found[1]


def _whole(name: str, domain: str) -> str:
    if name == "@":
        return plain(domain)
    one = plain(name)
    if name.endswith(".") or one == domain or one.endswith(f".{domain}") or not domain:
        return one
    return f"{one}.{domain}"
