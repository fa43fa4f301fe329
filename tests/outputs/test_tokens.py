"""Tokens become custom properties, for light, for dark, and for what the reader chose."""

from __future__ import annotations

import re

import pytest
from tests.hubs import write

from handbill.outputs.tokens import colours, read_tokens, rules
from handbill.settings import read_settings

HUB = '[hub]\nname = "Essai"\nbase_url = "https://essai.example/"\n[look]\naccent = "#1f6f54"\naccent_dark = "#7fd1ae"\n'


def tokens_of(tmp_path, own=""):
    return read_tokens(read_settings(write(tmp_path, {"hub.toml": HUB, "theme/tokens.toml": own})))


def blocks(css: str) -> dict[str, str]:
    """Return the declarations of each rule by its selector."""
    return {match[1].strip(): match[2] for match in re.finditer(r"([^{}]+)\{([^{}]*)\}", css)}


def test_what_the_community_leaves_out_is_ours(tmp_path):
    """Three lines make a site one's own."""
    tokens, problems = tokens_of(tmp_path, '[light]\npaper = "#ffffff"\n[space]\nradius = "0"\n')

    assert () == problems
    assert ("#ffffff", "#fffcf5", "#1f6f54") == (tokens["light"]["paper"], tokens["light"]["sheet"], tokens["light"]["accent"])
    assert ("0", "37rem") == (tokens["space"]["radius"], tokens["space"]["measure"])


def test_dark_is_taken_from_the_screen_unless_the_reader_chose(tmp_path):
    """Three states: as the screen is set, light, dark; the last word is the reader's."""
    css = blocks(rules(tokens_of(tmp_path)[0]))
    dark = {"--paper: #191613;", "--accent: #7fd1ae;", "--dim: brightness(0.88);"}

    assert all(one in css[":root"] for one in ("--paper: #f7f1e5;", "--accent: #1f6f54;", "--dim: none;", "color-scheme: light dark;"))
    assert all(one in css["@media screen and (prefers-color-scheme: dark) {\n:root:not([data-scheme=light])".partition("{\n")[2]] for one in dark)
    assert all(one in css[":root[data-scheme=dark]"] for one in dark)
    assert "color-scheme: light;" in css[":root[data-scheme=light]"]


def test_on_paper_no_page_is_dark(tmp_path):
    """Someone who reads at night prints a poster in the morning."""
    css = rules(tokens_of(tmp_path)[0])

    assert 2 == css.count("@media screen") == css.count("--paper: #191613;")


@pytest.mark.parametrize(
    "value",
    ["3px; } body { display: none", "url(https://elsewhere.example/a)", "URL(x)", "image(x)", "3px /* x */", "@import", "<b>", "a\\\\62"],
)
def test_a_token_cannot_be_more_than_a_value(tmp_path, value):
    """A proposal from a stranger changes a size, not what a page fetches."""
    tokens, problems = tokens_of(tmp_path, f'[space]\nradius = "{value}"\n')

    assert ["space.radius"] == [one.field for one in problems]
    assert "3px" == tokens["space"]["radius"]


@pytest.mark.parametrize("value", ["rouge", "#fff", "rgb(1 2 3)"])
def test_a_colour_is_six_digits(tmp_path, value):
    """Contrast is counted on them, and letters need them written so."""
    tokens, problems = tokens_of(tmp_path, f'[dark]\nink = "{value}"\n')

    assert ["dark.ink"] == [one.field for one in problems]
    assert "#ece4d6" == tokens["dark"]["ink"]


def test_letters_name_the_colours_of_both_schemes(tmp_path):
    """A letter has one sheet for both; its ink must be that of the site, also in the evening."""
    found = dict(colours(tokens_of(tmp_path, '[dark]\nink = "#fafafa"\n')[0]))

    assert ("#241e19", "#fafafa", "#1f6f54", "#7fd1ae") == (found["ink"], found["dark-ink"], found["accent"], found["dark-accent"])
    assert all(re.fullmatch("#[0-9a-f]{6}", value) for value in found.values())


def test_tokens_that_cannot_be_read_are_not_taken_for_none(tmp_path):
    """A disk that fails would give the whole site another look, and nobody would be told."""
    settings = read_settings(write(tmp_path, {"hub.toml": HUB, "theme/tokens.toml/inside": "a folder in its place"}))

    with pytest.raises(OSError, match=r"tokens\.toml"):
        read_tokens(settings)
