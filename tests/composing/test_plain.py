"""What programs read of letters keeps its keys."""

import json

from tests.composing.letters import hub_with
from tests.hubs import moment, options

from handbill.composing.impression import impression
from handbill.composing.plain import of_impression, of_overview
from handbill.composing.standings import standings


def test_the_overview_has_a_record_for_each_number(tmp_path):
    """A script that warns the editors reads these."""
    found = of_overview(standings(options(hub_with(tmp_path))), "fr")
    first = found["letters"][0]

    assert ["address", "date", "lang", "letter", "name", "number", "path", "problems", "state", "subject", "totals", "weight"] == sorted(first)
    assert ("2", "due", "2026-03-12T18:00:00+01:00") == (first["name"], first["state"], first["date"])
    assert found == json.loads(json.dumps(found))


def test_a_letter_tells_choices_weight_links_and_problems(tmp_path):
    """The bot of a proposal shows them beside the text."""
    root = hub_with(tmp_path)
    seen = impression(options(root), "newsletters/2026-03.md", moment("2026-03-12 18:00"), tmp_path / "x", "fr")
    found = of_impression(seen, "fr")

    assert {"sections", "weight", "blocks", "links", "problems", "errors_elsewhere", "preheader"} < set(found)
    assert {"title": "La fête", "path": "events/fete.md", "date": "2026-04-18T14:00:00+02:00", "pinned": False} in found["sections"][0][
        "entries"
    ]
    assert found["sections"][0]["rule"].startswith("ce qui a lieu du 12 mars 2026")
    assert found == json.loads(json.dumps(found))
