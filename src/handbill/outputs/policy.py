"""What browsers may do for a page: the Content-Security-Policy of pages, of the whole site and of letters as mailed (decision 0024).

Knows settings; does not know how a policy reaches a browser.
"""

from __future__ import annotations

from collections.abc import Mapping

from handbill.settings import Settings

_SELF = "'self'"
_NONE = "'none'"

#: What every page needs: files of the hub's own, and forms that lead to its own search.
_PAGE: Mapping[str, tuple[str, ...]] = {
    "default-src": (_NONE,),
    "script-src": (_SELF,),
    "style-src": (_SELF,),
    "img-src": (_SELF,),
    "font-src": (_SELF,),
    "media-src": (_SELF,),
    "connect-src": (_SELF,),
    "form-action": (_SELF,),
    "base-uri": (_NONE,),
}

#: Pagefind reads its index in a worker, by WebAssembly.  A worker is held to the header of its own file and to no page's
#: policy, so no page needs this; and nothing may be made from text all the same.
_WASM = "'wasm-unsafe-eval'"

#: Says which sites may show a page inside their own.  Browsers heed it in a header alone.
_NOT_FRAMED: Mapping[str, tuple[str, ...]] = {"frame-ancestors": (_NONE,)}

#: A mail styles each element in itself, because mail programs drop style sheets; it never runs anything.
_LETTER: Mapping[str, tuple[str, ...]] = {
    "default-src": (_NONE,),
    "style-src": ("'unsafe-inline'",),
    "form-action": (_NONE,),
    "base-uri": (_NONE,),
}


def page_policy(settings: Settings, *, sends_form: bool = False, shows_talk: bool = False) -> str:
    """Return the policy that a page carries itself, in a ``meta`` element: as strict as that page can be.

    *sends_form* where members subscribe by the form of ``[subscribe]``,
    *shows_talk* where readers may ask for the discussion of ``[discussion]``.
    """
    directives = dict(_PAGE)
    if sends_form:
        directives |= _form(settings)
    if shows_talk:
        directives |= _talk(settings)
    return _said(directives)


def site_policy(settings: Settings) -> str:
    """Return the policy that a host sends with every file: all that any page or worker needs, and that nobody may frame one.

    Where a page has a policy of its own too, browsers allow only what both allow.
    """
    return _said({**_PAGE, "script-src": (_SELF, _WASM), **_form(settings), **_talk(settings), **_NOT_FRAMED})


def letter_policy(settings: Settings) -> str:
    """Return the policy for letters as they were mailed, whose bytes cannot carry one."""
    # Their pictures have whole addresses, which lead to the hub itself from wherever a trial of it is shown.
    pictures = {"img-src": (_SELF, settings.origin)}
    return _said({**_LETTER, **pictures, **_NOT_FRAMED})


def _form(settings: Settings) -> Mapping[str, tuple[str, ...]]:
    """Return where forms may lead: to the hub's own search, and to the sender of letters that hub.toml names."""
    origin = settings.sign_up.origin
    return {"form-action": (_SELF, origin) if origin and origin != settings.origin else (_SELF,)}


def _talk(settings: Settings) -> Mapping[str, tuple[str, ...]]:
    """Return whose frames a page may show: those of the discussion that hub.toml names, and nobody's without one."""
    return {"frame-src": (settings.discussion.frame,)} if settings.discussion.frame else {}


def _said(directives: Mapping[str, tuple[str, ...]]) -> str:
    return "; ".join(" ".join((name, *sources)) for name, sources in directives.items())
