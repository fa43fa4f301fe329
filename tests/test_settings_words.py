"""Words for addresses: two things cannot stand at one."""

from __future__ import annotations

import pytest
from tests.hubs import write

from handbill.settings import settings_or_problems

HUB = '[hub]\nname = "Essai"\nbase_url = "https://essai.example/"\n[addresses]\n'


def told(tmp_path, words):
    settings, problems = settings_or_problems(write(tmp_path, {"hub.toml": HUB + words}))
    assert settings is not None
    return settings, [(one.line, one.field, one.code) for one in problems]


def test_a_word_is_one_kind_s_alone(tmp_path):
    """Two lists at one address: one would hide the other."""
    settings, problems = told(tmp_path, 'posts = "textes"\nevents = "textes"\n')

    assert [(6, "addresses.events", "HB201")] == problems
    assert ("posts", "events") == (settings.words["posts"], settings.words["events"])


def test_the_usual_word_of_another_kind_is_taken_too(tmp_path):
    """What is told is the line that somebody wrote."""
    assert [(5, "addresses.posts", "HB201")] == told(tmp_path, 'posts = "events"\n')[1]


@pytest.mark.parametrize("name", ["all", "weekly", "monthly", "all-languages"])
@pytest.mark.parametrize("kind", ["posts", "events", "contests", "newsletters"])
def test_no_kind_is_called_like_a_feed_that_every_hub_has(tmp_path, kind, name):
    """Its own feed would stand at the same address."""
    settings, problems = told(tmp_path, f'{kind} = "{name}"\n')

    assert [(5, f"addresses.{kind}", "HB431")] == problems
    assert kind == settings.words[kind]


def test_what_has_no_feed_of_its_name_may_be_called_so(tmp_path):
    """`/monthly/` for the archives is a fine word."""
    settings, problems = told(tmp_path, 'archives = "monthly"\ntags = "all"\n')

    assert ([], "monthly") == (problems, settings.words["archives"])
