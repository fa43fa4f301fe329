"""Whether two addresses are different sites for a browser, and for people; where that cannot be told, they are not."""

from __future__ import annotations

from urllib.parse import urlsplit

from handbill.errors import WrongUse, said

#: Names below which everybody can have one: two of them are two sites.  Hosts of pages, and second levels of countries.
_SHARED = frozenset({
    "github.io", "gitlab.io", "codeberg.page", "pages.dev", "workers.dev", "netlify.app", "vercel.app", "surge.sh",
    "onrender.com", "web.app", "firebaseapp.com", "readthedocs.io", "frama.io", "statichost.eu",
    "co.uk", "org.uk", "ac.uk", "com.au", "org.au", "co.nz", "org.nz", "co.jp", "or.jp", "com.br", "org.br", "co.za", "org.za",
    "asso.fr", "com.fr", "gouv.fr", "co.in", "org.in", "com.mx", "org.mx", "com.ar", "org.ar", "com.tr", "org.tr",
    "com.pl", "org.pl", "co.il", "org.il", "qc.ca",
})  # fmt: skip


def site_of(address: str) -> str:
    """Return the part of an address that one owner has as a whole, such as ``atelier.example`` or ``atelier.github.io``."""
    host = (urlsplit(address).hostname or "").rstrip(".").casefold()
    labels = host.split(".")
    return ".".join(labels[-3:] if ".".join(labels[-2:]) in _SHARED else labels[-2:])


def check_elsewhere(preview: str, hub: str) -> str:
    """Return the address below which previews stand, with its last slash.

    A page that a stranger wrote must not stand where the hub's own stand: it
    could read what browsers keep for them, and nobody could tell it from them.
    Projects of one owner on a host of pages share one origin, so they are one site.

    Raises:
        WrongUse: it is no such address, or one of the hub's own site.
    """
    wanted = said("wanted the root of another site than the hub's, such as {address}", address="https://previews.example/")
    try:
        parts = urlsplit(preview)
        # Reading the port is what finds out whether it is one.
        is_right = parts.scheme == "https" and bool(parts.hostname) and parts.port in (None, 443)
    except ValueError:
        is_right = False
    if not is_right or parts.path not in ("", "/") or parts.query or parts.fragment or parts.username or parts.password:
        raise WrongUse(said("preview: found no address for previews; {wanted}", wanted=wanted))
    if not preview.isascii() or "." not in (parts.hostname or "").strip(".") or (parts.hostname or "").replace(".", "").isdigit():
        raise WrongUse(said("preview: found no address for previews; {wanted}", wanted=wanted))
    if site_of(preview) == site_of(hub):
        raise WrongUse(said("preview: {site} is the hub's own site; {wanted}", site=site_of(hub), wanted=wanted))
    return f"https://{parts.hostname}/"
