"""People: roles, and the choice not to be listed."""

from tests.hubs import load_village


def test_a_persons_page_shows_what_the_file_says():
    """Roles and links come from the file, contributions from the hub."""
    hub = load_village()[0].hub

    view = hub.kinds["person"].view(hub.person("ada"), hub)
    assert {"roles": ["fontaine", "lettre"], "joined": "2024-01-15", "links": [{"label": "Carnet", "url": "https://ada.example/"}]} == view


def test_someone_unlisted_is_still_named_where_they_worked():
    """The name stays under the text; only page and lists are gone."""
    hub = load_village()[0].hub

    assert not hub.person("tom").is_listed
    assert [("Ada Puits", "organiser"), ("Tom Sans-Page", "speaker"), ("Une voisine", "speaker")] == [
        (c.name, c.role) for c in hub.by_id["event:fete"].credits
    ]
