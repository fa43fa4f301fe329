"""Nobody takes an address that stands already, or one that means something to a host, however it is written.

The corpus is ``collisions/forms.toml`` (ways to write an address) and
``collisions/reserved.toml``; ways in which two texts want one address stand in
``tests/checking/test_addresses.py``.  A short run tries a part of the addresses.
"""

import json
import re
import shutil
import tomllib
import unicodedata
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest
from tests.hubs import options, village

from handbill.errors import Level
from handbill.pipeline import build, check

HERE = Path(__file__).parent / "collisions"
FORMS = tomllib.loads((HERE / "forms.toml").read_text(encoding="utf-8"))["form"]
RESERVED = [one for group in tomllib.loads((HERE / "reserved.toml").read_text(encoding="utf-8")).values() for one in group]

#: A short run tries every so many addresses in each form.
EVERY = 24

#: An address that the community gave up on purpose may be given to another text.
GIVEN_UP = "/posts/retire/"

#: A page of the community's own may stand there in place of the one that is made (handbook: reference/duties).
OWN_PAGES = {"subscribe", "privacy", "accessibility", "legal"}

STEPS = {
    "exact": lambda address: address,
    "upper": str.upper,
    "title": lambda address: re.sub(r"[a-z]", lambda match: match[0].upper(), address, count=1),
    "no slash": lambda address: address.rstrip("/") or "/",
    "slash": lambda address: f"{address.rstrip('/')}/",
    "index": lambda address: f"{address}index.html",
    "index.htm": lambda address: f"{address}index.htm",
    "default.htm": lambda address: f"{address}default.htm",
    "within": lambda address: f"{address}/x/",
    "stop": lambda address: f"{address.rstrip('/')}.",
    "stops": lambda address: re.sub(r"(?<=[^/])(?=/|$)", ".", address),
    "dot": lambda address: f"/.{address}",
    "double": lambda address: address.replace("/", "//"),
    "percent": lambda address: (
        re.sub(r"[a-z]", lambda match: f"%{ord(match[0]):02x}", address, count=1) + ("" if re.search("[a-z]", address) else "%2f")
    ),
    "query": lambda address: f"{address}?x",
    "anchor": lambda address: f"{address}#x",
    "climb": lambda address: f"/posts/..{address}",
    "backslash": lambda address: address.replace("/", "\\"),
    "nfd": lambda address: unicodedata.normalize(
        "NFD", re.sub(r"[a-z]", "é", address, count=1) if re.search("[a-z]", address) else f"{address}é"
    ),
    "wide": lambda address: (
        re.sub(r"[a-z]", lambda match: chr(ord(match[0]) + 0xFEE0), address, count=1) if re.search("[a-z]", address) else f"{address}\uff41"
    ),
}


@cache
def built():
    """Return the village and every address that stands in it once it is built."""
    root = village(Path(mkdtemp(prefix="handbill-test-")))
    build(options(root, jobs=1))
    paths = sorted(file.relative_to(root / "public").as_posix() for file in (root / "public").rglob("*") if file.is_file())
    return root, ["/" + (path.removesuffix("index.html") if f"/{path}".endswith("/index.html") else path) for path in paths]


def errors_of(root, kind, fronts):
    """Return the errors of the hub with texts of such front matters beside its own: 0.md, 1.md, …"""
    folder = root / "content" / kind / "tried"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    try:
        for number, front in enumerate(fronts):
            (folder / f"{number}.md").write_text(f"---\n{front}\n---\n\nWords.\n", encoding="utf-8")
        return [one for one in check(options(root, no_cache=True)) if one.level is Level.ERROR]
    finally:
        shutil.rmtree(folder)


def unrefused(root, aliases):
    """Return those aliases that no error names, where each is one of a post of its own."""
    errors = errors_of(
        root,
        "posts",
        (
            f"title: Post {number}\nslug: tried-{number}\nid: post:tried-{number}\ndate: 2026-01-02\naliases: [{json.dumps(alias)}]"
            for number, alias in enumerate(aliases)
        ),
    )
    # Both sources are named: the one at which the problem is put down, and the other in its words.
    named = {number for one in errors for number in re.findall(r"content/posts/tried/(\d+)\.md", f"{one.path} {one.found}")}
    return [alias for number, alias in enumerate(aliases) if str(number) not in named]


def written(form, addresses):
    """Return addresses in another form."""
    found = []
    for address in addresses:
        is_page = address.endswith("/")
        if (form.get("only") == "files" and is_page) or (form.get("only") == "pages" and not is_page) or address == GIVEN_UP:
            continue
        for step in form["how"]:
            address = STEPS[step](address)
        found.append(address)
    return found


def test_the_corpus_is_as_large_as_promised():
    """The figure: 80 collisions, and every name that a host reserves."""
    _, addresses = built()

    assert len(addresses) * len(FORMS) > 2000
    assert len(RESERVED) >= 80


def test_no_text_takes_an_address_that_stands():
    """On one disk the second would overwrite the first in silence, on another nobody would know which is shown."""
    root, addresses = built()
    aliases = [one for place, form in enumerate(FORMS) for one in written(form, addresses[place % EVERY :: EVERY])]

    assert [] == unrefused(root, list(dict.fromkeys(aliases)))


@pytest.mark.long
@pytest.mark.parametrize("form", FORMS, ids=lambda one: one["name"].replace(" ", "-"))
def test_no_text_takes_any_address_in_any_form(form):
    """The same with every address of the hub."""
    root, addresses = built()

    assert [] == unrefused(root, written(form, addresses))


def test_no_text_stands_where_a_host_or_a_browser_looks_for_something_else():
    """Whoever writes the file of redirections, or that of the service worker, has the whole site."""
    root, _ = built()
    aliases = [form for one in RESERVED for form in (one, one.upper(), f"{one.rstrip('/')}/")]

    assert [] == unrefused(root, list(dict.fromkeys(aliases)))


def test_no_page_has_the_name_of_a_reserved_place():
    """The same by the field slug, or the name of the file."""
    root, _ = built()
    names = [one.strip("/") for one in RESERVED if re.fullmatch(r"/[a-z0-9]+(-[a-z0-9]+)*/?", one) and one.strip("/") not in OWN_PAGES]
    errors = errors_of(root, "pages", (f"title: Page {number}\nid: page:tried-{number}\nslug: {name}" for number, name in enumerate(names)))
    refused = {one.path for one in errors}

    assert len(names) >= 10
    assert [] == [name for number, name in enumerate(names) if f"content/pages/tried/{number}.md" not in refused]
