"""Settings are read by people, too."""

import pytest

from handbill.errors import Level
from handbill.reading.settings_signs import misread_settings


def told(root, text):
    (root / "hub.toml").write_bytes(text if isinstance(text, bytes) else text.encode())
    return [(one.line, one.column, one.width, one.code, one.level) for one in misread_settings(root)]


def test_what_nobody_sees_is_told_at_its_place(tmp_path):
    """A name that is turned round stands on each page."""
    assert [(2, 10, 1, "HB116", Level.ERROR)] == told(tmp_path, '[hub]\r\nname = "A\u202eB"\r\n')
    assert [(1, 5, 1, "HB116", Level.WARNING)] == told(tmp_path, "# mo\u200bt")
    assert [(1, 6, 6, "HB116", Level.ERROR)] == told(tmp_path, 'a = "\\u202e"')


@pytest.mark.parametrize("domain", ["p\u0430ypal.example", "p\\u0430ypal.example", "xn--pypal-4ve.example", "p%D0%B0ypal.example"])
def test_a_domain_of_two_scripts_is_refused_however_it_is_written(tmp_path, domain):
    """Links of the menu are settings."""
    assert [("HB117", Level.ERROR)] == [(code, level) for *_, code, level in told(tmp_path, f'url = "https://{domain}/"\n')]


@pytest.mark.parametrize("text", ['name = "Le hub"', "# été à l\u2019atelier, «\u00a0là\u00a0»", 'a = "\\n\\u00e9"', b"\xff\xfe", b""])
def test_plain_settings_are_left_alone(tmp_path, text):
    """What is no text at all is told by whoever reads the settings."""
    assert [] == told(tmp_path, text)


def test_a_hub_without_settings_has_nothing_to_tell(tmp_path):
    """That, too, is told elsewhere."""
    assert [] == list(misread_settings(tmp_path))
