"""What people call a letter."""

import pytest
from tests.freezing.letters import hub
from tests.hubs import load_village

from handbill.errors import WrongUse
from handbill.freezing.naming import meant


@pytest.fixture(scope="module")
def known(tmp_path_factory):
    loaded, settings = load_village(root=hub(tmp_path_factory.mktemp("hub")))
    return loaded.hub, settings


@pytest.mark.parametrize(
    ("expected", "name", "lang"),
    [
        (["newsletters/2026-03.md", "newsletters/2026-03.en.md"], "1", ""),
        (["newsletters/2026-03.md", "newsletters/2026-03.en.md"], "newsletters/archive/1/", ""),
        (["newsletters/2026-03.en.md"], "1.en", ""),
        (["newsletters/2026-03.en.md"], "1", "en"),
        (["newsletters/2026-03.md"], "1.fr", ""),
        (["newsletters/2026-04.md"], "2", ""),
        (["newsletters/agenda-mars.md"], "agenda-1", ""),
        (["newsletters/2026-03.en.md"], "newsletters/2026-03.en.md", ""),
        (["newsletters/2026-03.md"], "2026-03.md", ""),
    ],
)
def test_a_letter_is_found_by_its_number_its_folder_or_its_text(expected, name, lang, known):
    """People copy what they see; the number alone means the letter in all its languages, since it is sent as one."""
    assert expected == [one.source for one in meant(name, lang, *known)]


@pytest.mark.parametrize(("name", "lang"), [("9", ""), ("agenda-2", ""), ("2", "en"), ("2.en", ""), ("mars", ""), ("../1/..", "")])
def test_what_there_is_not_is_not_guessed(name, lang, known):
    """Freezing another letter than the one that was meant could not be undone once it is sent."""
    with pytest.raises(WrongUse):
        meant(name, lang, *known)
