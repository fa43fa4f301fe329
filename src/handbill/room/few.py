"""A command → the variables of the environment that it needs.  All others stay outside, and with them what opens a door somewhere."""

from __future__ import annotations

TYPE_CHECKING = False  # a type checker reads it as true; what this file is for costs less than to import such names
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

#: Where programs lie and scratch files go, the language and hours of this machine, the terminal, what Python and
#: Windows need in order to start at all, and where git has its programs and the settings of its user.
_PLAIN = (
    "PATH", "PWD", "HOME", "TMPDIR", "TEMP", "TMP", "XDG_STATE_HOME", "XDG_CONFIG_HOME",
    "LANG", "LANGUAGE", "LC_ALL", "LC_CTYPE", "LC_MESSAGES", "LC_TIME", "LC_COLLATE", "LC_NUMERIC", "LC_MONETARY", "TZ",
    "TERM", "COLORTERM", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES",
    "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH",
    "PYTHONPATH", "PYTHONHOME", "PYTHONUSERBASE", "PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX", "PYTHONHASHSEED", "PYTHONUTF8",
    "SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "PATHEXT", "USERPROFILE", "LOCALAPPDATA", "APPDATA",
    "GIT_EXEC_PATH", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM",
    "HANDBILL_ROOM",
)  # fmt: skip

#: The way out of a network, for commands that ask somebody.
_NETWORK = (
    "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "all_proxy", "no_proxy",
    "SSL_CERT_FILE", "SSL_CERT_DIR",
)  # fmt: skip

#: Where a workflow shows what it found.
_SHOWN = ("GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT")

#: What each command needs beyond :data:`_PLAIN`; "X_*" is every name that begins so, "*" is all.  The names are those of ``cli``.
NEEDED: Mapping[str, tuple[str, ...]] = {
    "site": (),
    "check": (),
    "serve": (),
    "review": ("HANDBILL_CHROMIUM", *_SHOWN),
    "new": (),
    "notice": (),
    "newsletter": ("HANDBILL_*", "GITHUB_*", "RUNNER_*", *_NETWORK),
    "contest": ("HANDBILL_*", *_NETWORK),
    "fix": (),
    "import": (),
    "history": (),
    "rollback": (),
    "links": (*_SHOWN, *_NETWORK),
    "intake": ("GITHUB_*", *_NETWORK),
    "owners": _SHOWN,
    "queue": ("GITHUB_*", "HANDBILL_BOT", *_NETWORK),
    "forge": ("GITHUB_*", "HANDBILL_*", "RUNNER_*", *_NETWORK),
    "explain": (),
    # These look at the whole machine, or are how Handbill itself is worked on.
    "doctor": ("*",),
    "test": ("*",),
    "bench": ("*",),
}


def command_of(words: Sequence[str]) -> str:
    """Return the command that is meant by what was typed; ``site`` without one, as in ``cli``."""
    place = 0
    while place < len(words) and words[place].startswith(("--root", "--lang")):
        place += 1 if "=" in words[place] else 2
    named = words[place] if place < len(words) else ""
    return named if named in NEEDED else "site"


def few(words: Sequence[str], environ: Mapping[str, str]) -> dict[str, str]:
    """Return what of the environment the command needs that was typed."""
    return _chosen((*_PLAIN, *NEEDED[command_of(words)]), environ)


def _chosen(patterns: Iterable[str], environ: Mapping[str, str]) -> dict[str, str]:
    names = frozenset(patterns)
    beginnings = tuple(one[:-1] for one in names if one.endswith("*"))
    return {name: value for name, value in environ.items() if name in names or (beginnings and name.startswith(beginnings))}
