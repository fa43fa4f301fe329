"""The HTML checker of the W3C's validator on every page and on the style sheet: no error, and no warning either."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest
from tests.browser.driving import node_tool
from tests.browser.looking import nothing
from tests.browser.serving import Host

CHECKER = "vnu-jar/build/dist/vnu.jar"


def messages(places: list[str]) -> list[dict[str, str]]:
    """Return what the checker says of files, or of what some addresses answer, all in one run of it."""
    jar = node_tool(CHECKER)
    if not jar or not shutil.which("java"):
        pytest.skip("needs Java 17, and vnu-jar in NODE_PATH: npm install vnu-jar, then NODE_PATH=…/node_modules")
    # Long pages nest deeper than Java gives room for; the hosts forbidden otherwise are those of this machine.
    words = ["java", "-Xss8m", "-Dnu.validator.servlet.allow-forbidden-hosts=true", "-jar", str(jar), "--format", "json", "--exit-zero-always", "--also-check-css"]
    done = subprocess.run([*words, *places], capture_output=True, text=True, encoding="utf-8", check=True)
    found: list[dict[str, str]] = json.loads(done.stderr)["messages"]
    return found


def checked(addresses: list[str]) -> list[str]:
    """Return what the checker says of what some addresses answer, a line for each message."""
    return [
        f"{one['url']}:{one.get('lastLine', 0)}: {one.get('subType', one['type'])}: {one['message']}  {one.get('extract', '').strip()[:100]!r}"
        for one in messages(addresses)
        if not _is_data(one)
    ]


def _is_data(message: dict[str, str]) -> bool:
    """Tell what the checker takes for a script and browsers do not: a block of data, which no policy speaks of.

    The browser's own opinion is asked for in test_every_page.py.
    """
    return message["message"].startswith("Inline script violates") and 'type="application/ld+json"' in message.get("extract", "")


@pytest.mark.parametrize(
    "hub", [pytest.param("states", marks=pytest.mark.more), *(pytest.param(one, marks=pytest.mark.long) for one in ("demo", "village"))]
)
def test_the_checker_has_nothing_to_say(hub, request, is_long):
    """What only browsers forgive breaks with the next browser, and with screen readers today.

    The pages are asked for at their addresses, for the policy of a page is checked as well.
    Letters as they were mailed follow mail programs, which read the HTML of 1999.
    """
    site = request.getfixturevalue(hub)
    styles = sorted(file.relative_to(site.folder).as_posix() for file in site.folder.rglob("*.css") if "pagefind" not in file.parts)

    assert styles
    nothing(checked([one.url for one in (site.pages if is_long else site.faces)] + [site.host.address + path for path in styles]))


def test_the_checker_checks(tmp_path):
    """A checker that did not start would find nothing for ever."""
    host = Host(tmp_path)
    (tmp_path / "index.html").write_text('<!doctype html><html lang="en"><title>x</title><p><p id=a><p id=a>', encoding="utf-8")
    (tmp_path / "hub.css").write_text("p { colour: red }", encoding="utf-8")
    told = "\n".join(checked([host.address, host.address + "hub.css"]))
    host.close()

    assert "Duplicate ID" in told
    assert "colour" in told
