"""One style sheet: tokens, our parts, and the community's own in their places."""

from __future__ import annotations

from tests.hubs import write

from handbill.outputs.stylesheet import stylesheet
from handbill.outputs.theme import Theme
from handbill.settings import read_settings

HUB = '[hub]\nname = "Essai"\nbase_url = "https://essai.example/"\n'


def sheet(tmp_path, **files):
    root = write(tmp_path, {"hub.toml": HUB} | {f"theme/style/{name}.css": text for name, text in files.items()})
    return stylesheet(Theme(root), read_settings(root)).decode()


def test_the_tokens_come_first(tmp_path):
    """A part must be able to say it otherwise, as paper does."""
    assert sheet(tmp_path).startswith(":root {\n  --serif: ")


def test_parts_stand_in_order_of_their_names(tmp_path):
    """Where two rules weigh the same, the later one counts; the order of a disk would make two sites of one hub."""
    text = sheet(tmp_path)

    assert text.index("/* Ground */") < text.index("/* Lists */") < text.index("/* Paper")


def test_a_part_of_one_s_own_takes_the_place_of_ours_or_is_added(tmp_path):
    """A community restyles one thing and goes on getting our corrections of all others."""
    text = sheet(tmp_path, **{"50-home": "/* mine */", "95-ours": ".foot { color: red; }"})

    assert "/* Home */" not in text
    assert text.index("/* Lists */") < text.index("/* mine */") < text.index("/* Paper") < text.index(".foot { color: red; }")
