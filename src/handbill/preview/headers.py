"""The headers of the published hub → those that its preview sends: the same policy, so that nothing works here alone."""

from __future__ import annotations

from pathlib import Path

from handbill.outputs.headers import FILE, POLICY, read_rules, sent

#: A preview is always fresh, names types itself, and what it shows, drafts too, is for no other page to read.
_NOT_HERE = frozenset({"Cache-Control", "Content-Type", "Access-Control-Allow-Origin", "X-Content-Type-Options"})


def headers_for(folder: Path, path: str) -> dict[str, str]:
    """Return what the file of headers in *folder* says of an address, as far as the preview can say it too."""
    try:
        text = (folder / FILE).read_text(encoding="utf-8")
    except OSError:
        return {}
    found = {name: value for name, value in sent(read_rules(text), path).items() if name not in _NOT_HERE}
    if POLICY in found:
        found[POLICY] = _with_script(found[POLICY])
    return found


def _with_script(policy: str) -> str:
    """Return the policy of a page that runs nothing, opened for the preview's script and what it listens to.

    Pages allow scripts and connections of the hub's own already.
    """
    return policy if "script-src" in policy else f"{policy}; script-src 'self'; connect-src 'self'"
