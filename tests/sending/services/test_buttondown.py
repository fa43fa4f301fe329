"""What Buttondown gets, and what members get of that; against a fake written from its documentation."""

from __future__ import annotations

import pytest
from tests.sending.services.contract import ServiceContract, made
from tests.sending.services.ways import AT, Fault, buttondown, version

from handbill.errors import ServiceFailed


@pytest.fixture
def way():
    one = buttondown()
    yield one
    one.fake.close()


class TestButtondown(ServiceContract):
    """The promises of every service, and those of this one."""

    def test_the_html_is_not_taken_for_markdown(self, way):
        """Only in this template Buttondown leaves HTML as it is."""
        _, held = made(way)

        assert ["naked"] == [one["template"] for one in way.drafts(version())]
        assert "naked" == held.content["template"]

    def test_a_draft_that_was_not_finished_is_finished_when_it_leaves(self):
        """Making and dressing it are two requests; the process may end in between."""
        one = buttondown(Fault("PATCH .*", "500"))
        with pytest.raises(ServiceFailed):
            one.service().create(version(), "")
        (held,) = one.service().find(version())
        assert one.drafts(version())[0]["template"] is None
        one.service().schedule(version(), "", held, AT)
        one.fake.close()

        assert "naked" == one.drafts(version())[0]["template"]

    def test_a_letter_that_is_sent_at_once_is_not_sent_again_by_a_slower_run(self):
        """Nobody promises what becomes of a sent letter that is told to go once more; so it is the same request."""
        one = buttondown(sends_at_once=True)
        service, held = made(one)
        service.schedule(version(), "", held, None)
        one.service().schedule(version(), "", held, None)
        state = service.read(held).state
        one.fake.close()

        assert "sent" == state
        assert {version().campaign: 1} == one.fake.departures

    def test_a_draft_that_was_deleted_there_can_be_made_again(self, way):
        """Deleting it is how an editor starts over; the used key would give the deleted one back for ever."""
        made(way)
        way.drafts(version())[0]["status"] = "deleted"
        _, held = made(way)

        assert "em_0002" == held.id

    def test_a_draft_that_is_not_shown_yet_is_waited_for(self):
        """Big services show what is new later in one place than in another; the next key would make a second draft."""
        one, waits = buttondown(Fault("GET /v1/emails/em_0001", "404")), []
        one.fake._page = lambda _query: {"count": 0, "next": None, "previous": None, "results": []}
        one.service(sleep=waits.append).create(version(), "")
        one.fake.close()

        assert 1 == len(one.drafts(version()))
        assert [1.0] == waits

    def test_a_letter_can_go_to_a_tag(self, way):
        """Lists are tags there."""
        service = way.service()
        service.create(version(), "lettre")
        (held,) = service.find(version())

        assert service.content(version(), "lettre") == service.read(held).content
        assert service.content(version(), "")["list"] != service.read(held).content["list"]

    def test_all_pages_are_looked_at_and_none_elsewhere(self):
        """The address of the next page could lead to another host; the token does not follow."""
        one = buttondown(per_page=2)
        made(one)
        for n in range(6):
            one.service().create(version(name=f"old-{n}"), "")
        found = one.service().find(version())
        one.fake.close()

        assert [version().campaign] == [each.campaign for each in found]

    def test_an_identifier_that_could_lead_elsewhere_is_not_followed(self, way):
        """It becomes part of an address."""
        made(way)
        way.drafts(version())[0]["id"] = "../newsletters"
        with pytest.raises(ServiceFailed):
            way.service().find(version())
