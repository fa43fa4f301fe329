"""What is asked of a page once it stands in the browser: measures of our own, and axe."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.browser.driving import node_tool

if TYPE_CHECKING:
    from playwright.sync_api import Page

#: Everything that WCAG 2.2 asks at level AA, as far as a program can tell, and what axe holds for good practice.
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice")

_MEASURES = (Path(__file__).parent / "measures.js").read_text(encoding="utf-8")

#: Adds up how far things moved under the reader's eyes, and notes what a policy forbade.  Runs before the page.
WATCH = """
globalThis.shifts = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    shifts.push([entry.value, ...entry.sources.map((one) => one.node ? (one.node.outerHTML || one.node.textContent || "").slice(0, 100) : "?")]);
  }
}).observe({ type: "layout-shift", buffered: true });
globalThis.forbidden = [];
addEventListener("securitypolicyviolation", (event) => forbidden.push(`${event.violatedDirective}: ${event.blockedURI} at ${event.sourceFile}:${event.lineNumber}`));
"""


def measure(page: Page, call: str) -> Any:
    """Return what one of the measures says, such as ``sideways()``."""
    return page.evaluate(f"(() => {{ {_MEASURES} return measures.{call}; }})()")


def axe_script() -> Path | None:
    """Return where axe lies, if it is installed."""
    return node_tool("axe-core/axe.min.js")


@cache
def axe_source() -> str:
    """Return axe itself; a room that adds it to each page from the beginning hands it over once instead of for each page."""
    script = axe_script()
    if not script:
        pytest.skip("needs axe-core in NODE_PATH: npm install axe-core, then NODE_PATH=…/node_modules")
    return script.read_text(encoding="utf-8")


def axe(page: Page, *, is_forced: bool = False) -> tuple[str, ...]:
    """Return what axe finds wrong with the page as it stands: rule, element, what it is about.

    Where the reader forces colours, axe computes contrasts from those of the
    author, which nobody sees; there the browser sees to contrast.
    """
    if not page.evaluate("'axe' in globalThis"):
        page.evaluate(axe_source())
    found = page.evaluate(
        "([tags, colours]) => axe.run(document, {runOnly: tags, rules: {'color-contrast': {enabled: colours}}, resultTypes: ['violations']}).then((all) => all.violations.map((one) => [one.id, one.nodes.map((node) => [node.html.slice(0, 160), (node.failureSummary || '').replace(/\\s+/g, ' ').slice(0, 260)])]))",
        [list(TAGS), not is_forced],
    )
    return tuple(f"{rule}: {html} {summary}" for rule, nodes in found for html, summary in nodes)


def axe_findings(page: Page) -> list[tuple[str, str, str]]:
    """Return what axe finds wrong with a page that is no page of the hub: rule, impact, the first element."""
    page.evaluate(axe_source())
    found = page.evaluate(
        "axe.run(document, {resultTypes: ['violations']}).then((all) => all.violations.map((one) => [one.id, one.impact, one.nodes[0].html.slice(0, 160)]))"
    )
    return [(rule, impact, html) for rule, impact, html in found]


def nothing(found: Sequence[str], most: int = 25) -> None:
    """Fail with what was found, each on a line of its own; the first of them, lest nobody reads any."""
    told = [*found[:most], f"… {len(found)} in all"] if len(found) > most else found
    assert not found, "\n" + "\n".join(told)
