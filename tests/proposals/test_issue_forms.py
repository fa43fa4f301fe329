"""The files by which GitHub shows forms."""

import re
from pathlib import Path

import pytest
import yaml
from tests.hubs import load_village

from handbill.proposals.forms import LANGUAGES
from handbill.proposals.issue_forms import FOLDER, issue_forms
from handbill.settings import read_settings

ROOT = Path(__file__).resolve().parents[2]
OURS = issue_forms(read_settings(ROOT))

#: What each sort of part may have, and must, after GitHub's documentation of issue forms.
PARTS = {
    "markdown": ({"value"}, {"value"}),
    "input": ({"label", "description", "placeholder", "value"}, {"label"}),
    "textarea": ({"label", "description", "placeholder", "value", "render"}, {"label"}),
    "dropdown": ({"label", "description", "multiple", "options", "default"}, {"label", "options"}),
    "checkboxes": ({"label", "description", "options"}, {"label", "options"}),
}
FORMS = {name: text for name, text in OURS.items() if not name.endswith("config.yml")}


@pytest.mark.parametrize("name", sorted(OURS))
def test_the_files_here_are_those_that_are_made(name):
    """A field that changes changes its forms, or they promise what is refused: `python3 build.py intake --forms` writes them."""
    assert OURS[name] == (ROOT / name).read_text(encoding="utf-8")


def test_no_other_form_lies_beside_them():
    """One that nobody makes would be answered by nobody."""
    assert sorted(OURS) == sorted(f"{FOLDER}/{file.name}" for file in (ROOT / FOLDER).iterdir())
    assert 5 * len(LANGUAGES) == len(FORMS)


@pytest.mark.parametrize("name", sorted(FORMS))
def test_a_form_is_what_the_forge_takes(name):
    """One that it refuses is not shown at all, and says so to nobody but whoever looks for it."""
    form = yaml.safe_load(FORMS[name])
    parts = form["body"]
    labels = [one["attributes"]["label"] for one in parts if one["type"] != "markdown"]
    ids = [one["id"] for one in parts if "id" in one]

    assert {"name", "description", "labels", "body"} == set(form)
    assert all(isinstance(form[key], str) and 3 <= len(form[key]) <= 200 for key in ("name", "description"))
    assert [] == [one for one in ids if not re.fullmatch(r"[A-Za-z0-9_-]+", one)]
    assert len(ids) == len(set(ids)) == len(labels) == len({re.sub(r"\W+", "-", one.lower()).strip("-") for one in labels})
    for part in parts:
        may, must = PARTS[part["type"]]
        assert must <= set(part["attributes"]) <= may
        assert set(part) <= {"type", "id", "attributes", "validations"}
        assert set(part.get("validations", {})) <= {"required"}
        options = part["attributes"].get("options", [])
        words = [one["label"] if isinstance(one, dict) else one for one in options]
        assert all(isinstance(one, str) and one.lower() != "none" for one in words)
        assert len(words) == len(set(words))


def test_names_of_forms_differ():
    """The forge shows none of two that have one name."""
    names = [yaml.safe_load(text)["name"] for text in FORMS.values()]

    assert len(names) == len(set(names))


def test_the_language_of_the_hub_comes_first():
    """The forge lists forms by the names of their files."""
    _, settings = load_village(lang="en")

    assert "event-fr" in sorted(FORMS)[0]
    assert "event-en" in sorted(issue_forms(settings))[0]


def test_there_is_no_issue_without_a_form():
    """What comes without one would have to be sorted by hand."""
    assert yaml.safe_load(OURS[f"{FOLDER}/config.yml"])["blank_issues_enabled"] is False
