"""Mails in the browser and under the HTML checker: valid, accessible and readable in every colour, but for what the handbook names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.browser.looking import axe_findings, nothing
from tests.browser.test_markup import messages
from tests.outputs.mail.caniemail import as_read_by, in_the_dark
from tests.outputs.mail.mailed import excepted, faces, mails

if TYPE_CHECKING:
    from playwright.sync_api import Page

#: Text that is large needs less contrast (WCAG 2.2, 1.4.3).
LEAST, LEAST_LARGE = 4.5, 3.0

#: Computes contrasts as they are seen, or as they are once a program has turned every colour (handbook: reference/mails).
CONTRASTS = """(isInverted) => {
  const parsed = (text) => { const [r, g, b, a = 1] = text.match(/[\\d.]+/g).map(Number); return { r, g, b, a }; };
  const linear = (one) => (one /= 255) <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4;
  const gamma = (one) => 255 * (one <= 0.0031308 ? one * 12.92 : 1.055 * one ** (1 / 2.4) - 0.055);
  const white = [0.95047, 1, 1.08883];
  const turned = ({ r, g, b, a }) => {
    const [R, G, B] = [r, g, b].map(linear);
    const xyz = [0.4124564 * R + 0.3575761 * G + 0.1804375 * B, 0.2126729 * R + 0.7151522 * G + 0.072175 * B, 0.0193339 * R + 0.119192 * G + 0.9503041 * B];
    const f = (t) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
    const [x, y, z] = xyz.map((one, n) => f(one / white[n]));
    const L = (100 - (116 * y - 16)) * ((100 - 21.247) / 100) + 21.247;
    const Y = (L + 16) / 116;
    const back = (t) => (t ** 3 > 0.008856 ? t ** 3 : (t - 16 / 116) / 7.787);
    const [X, YY, Z] = [Y + (x - y), Y, Y - (y - z)].map((one, n) => back(one) * white[n]);
    const rgb = [3.2404542 * X - 1.5371385 * YY - 0.4985314 * Z, -0.969266 * X + 1.8760108 * YY + 0.041556 * Z, 0.0556434 * X - 0.2040259 * YY + 1.0572252 * Z];
    const [nr, ng, nb] = rgb.map((one) => Math.min(255, Math.max(0, gamma(Math.max(0, one)))));
    return { r: nr, g: ng, b: nb, a };
  };
  const shown = (text) => (isInverted ? turned(parsed(text)) : parsed(text));
  const luminance = ({ r, g, b }) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  const over = (top, under) => Object.fromEntries(["r", "g", "b"].map((one) => [one, top[one] * top.a + under[one] * (1 - top.a)]));
  const behind = (one) => {
    const layers = [];
    for (let at = one; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (parsed(colour).a > 0) layers.push(shown(colour));
      if (parsed(colour).a === 1) break;
    }
    let ground = isInverted ? turned({ r: 255, g: 255, b: 255, a: 1 }) : { r: 255, g: 255, b: 255, a: 1 };
    for (const layer of layers.reverse()) ground = over(layer, ground);
    return ground;
  };
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const one = walker.currentNode.parentElement;
    const text = walker.currentNode.data.trim();
    if (!text || one.closest("style, script") || !one.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    const style = getComputedStyle(one);
    const ground = behind(one);
    const [high, low] = [luminance(over(shown(style.color), ground)), luminance(ground)].sort((a, b) => b - a);
    const size = parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    found.push([text.slice(0, 40), (high + 0.05) / (low + 0.05), isLarge]);
  }
  return found;
}"""


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """Give the mails as files, by their names."""
    folder = tmp_path_factory.mktemp("mails")
    found = {}
    for name, html in mails().items():
        found[name] = folder / f"{name.replace('/', '-')}.html"
        found[name].write_text(html, encoding="utf-8")
    return found


def shown(page: Page, html: str) -> None:
    """Show a mail as it is, without asking for its pictures."""
    page.context.set_offline(True)
    page.set_content(html, wait_until="domcontentloaded")


@pytest.mark.long
def test_the_html_checker_names_nothing_but_what_the_handbook_does(files):
    """What is excepted is for one program, and each exception is needed."""
    told = messages([str(file) for file in files.values()])
    errors = {one["message"] for one in told if one["type"] == "error"}

    assert sorted(errors) == sorted(excepted("What the HTML checker says"))


@pytest.mark.long
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_names_nothing_but_what_the_handbook_does(tab, scheme):
    """Readers who hear a letter, or read it large, read the same letter."""
    page = tab(width=700, scheme=scheme)
    found = set()
    for html in faces().values():
        shown(page, html)
        found |= {(rule, impact) for rule, impact, _ in axe_findings(page)}

    nothing(sorted(rule for rule, impact in found if impact in ("serious", "critical")))
    assert sorted({rule for rule, _ in found}) == sorted(excepted("What axe says"))


def faint(page: Page, all_mails: dict[str, str], *, is_inverted: bool = False) -> list[str]:
    """Return the words of mails that cannot be read well as the page shows them."""
    found = []
    for name, html in all_mails.items():
        shown(page, html)
        seen = page.evaluate(CONTRASTS, is_inverted)
        assert len(seen) > 15, name
        found += [
            f"{name}: “{text}” {contrast:.2f}" for text, contrast, is_large in seen if contrast < (LEAST_LARGE if is_large else LEAST)
        ]
    return found


@pytest.mark.parametrize(("width", "scheme", "is_inverted"), [(700, "light", False), (375, "dark", False), (700, "light", True)])
def test_every_word_can_be_read_in_every_colour(tab, width, scheme, is_inverted):
    """In the evening most telephones are dark, whether or not a mail agrees."""
    nothing(faint(tab(width=width, scheme=scheme), faces(), is_inverted=is_inverted))


@pytest.mark.long
def test_every_word_can_be_read_where_dark_colours_are_known_by_half(tab):
    """Outlook and Orange have dark colours, and leave out rules whose selectors they do not know: dark ink on a dark sheet."""
    page = tab(width=700, scheme="dark")
    found = []
    for unknown, program in in_the_dark().items():
        told = faint(page, {name: as_read_by(unknown, html) for name, html in faces().items() if "showcase" in name or "demo" in name})
        found += [f"{' '.join(program)}: {one}" for one in told]
    nothing(found)


def test_faint_text_is_found(tab):
    """A measure that finds nothing would praise every letter."""
    page = tab(width=700, scheme="light")
    shown(
        page,
        '<body><p style="color:#888">a</p><p style="color:#000">b</p><p style="color:#888;font-size:24px">c</p><div style="background:#333"><p style="color:#000">d</p></div></body>',
    )

    seen = {text: (round(contrast, 2), is_large) for text, contrast, is_large in page.evaluate(CONTRASTS, False)}
    assert {"a": (3.54, False), "b": (21.0, False), "c": (3.54, True), "d": (1.66, False)} == seen
    turned = {text: contrast for text, contrast, _ in page.evaluate(CONTRASTS, True)}
    # White becomes #333333 and black white.
    assert 12.6 < turned["b"] < 12.7


def test_a_mail_fits_its_reader(tab):
    """Sideways scrolling on a telephone is where a letter is closed."""
    page = tab(width=375, scheme="light")
    wide = []
    for name, html in faces().items():
        shown(page, html)
        if (width := page.evaluate("document.documentElement.scrollWidth")) > 375:
            wide.append(f"{name}: {width}")
    nothing(wide)
