"""What listmonk gets, and what members get of that; against a fake written from its documentation."""

from __future__ import annotations

import json

import pytest
from tests.sending.services.contract import ServiceContract, made
from tests.sending.services.ways import AT, TEXT, TOKEN, expected, listmonk, version

from handbill.errors import ServiceFailed, WrongUse
from handbill.sending.contract import Unsupported


@pytest.fixture
def way():
    one = listmonk()
    yield one
    one.fake.close()


class TestListmonk(ServiceContract):
    """The promises of every service, and those of this one."""

    def test_the_text_part_is_the_approved_one(self, way):
        """Who reads text reads what was approved, angle brackets and all."""
        _, held = made(way)

        assert expected(TEXT, way) == way.rendered(held.content["text"])

    def test_headers_that_it_takes_are_handed_over(self, way):
        """Answers go where the letter says, and programs file it as the same list as before."""
        _, held = made(way)
        headers = {name: value for pair in json.loads(held.content["headers"]) for name, value in pair.items()}

        assert "bonjour@essai.example" == headers["Reply-To"]
        assert {"List-Id", "List-Archive", "List-Help", "Content-Language"} <= set(headers)
        assert not {"List-Unsubscribe", "Message-ID", "To", "Subject"} & set(headers)
        assert TOKEN not in held.content["headers"]

    def test_the_sender_is_the_letters_own(self, way):
        """Replies and trust hang on that name."""
        assert "Le village <lettre@essai.example>" == made(way)[1].content["sender"]

    def test_at_once_means_at_once_whatever_moment_stood_there(self, way):
        """The second request of an earlier call was lost; its moment is still there."""
        service, held = made(way)
        way.drafts(version())[0]["send_at"] = "2030-01-01T00:00:00Z"
        service.schedule(version(), way.target, held, None)

        assert service.read(held).state in ("sending", "sent")

    def test_a_template_that_adds_nothing_is_made_if_there_is_none(self):
        """The one that comes with listmonk puts a frame around, and a picture that counts who reads."""
        one = listmonk(bare=False)
        _, held = made(one)
        one.fake.close()

        assert "Handbill" == held.content["template"]
        assert '{{ template "content" . }}' == one.fake.templates[-1]["body"]

    def test_another_template_is_noticed(self, way):
        """One click there, and every letter counts its readers."""
        service, held = made(way)
        way.drafts(version())[0]["template_id"] = 1

        assert "Handbill" != service.read(held).content["template"]

    def test_a_list_can_be_named(self, way):
        """Numbers are not what people see there."""
        assert "4" == way.service().content(version(), "Letter")["list"]
        with pytest.raises(WrongUse):
            way.service().content(version(), "Nobody")
        with pytest.raises(WrongUse):
            way.service().content(version(), "")

    def test_another_list_is_noticed(self, way):
        """The right letter to the wrong people is a wrong letter."""
        service, held = made(way)
        way.drafts(version())[0]["lists"] = [3, 4]

        assert "3, 4" == service.read(held).content["list"]

    @pytest.mark.parametrize(
        "change",
        [{"name": "Novembre", "archive_slug": None}, {"tags": [], "archive_slug": None}, {"name": "Novembre", "tags": []}],
        ids=["tag", "name", "address"],
    )
    def test_a_renamed_campaign_is_still_found(self, way, change):
        """Otherwise a second one would be made."""
        made(way)
        way.drafts(version())[0].update(change)

        assert [version().campaign] == [one.campaign for one in way.service().find(version())]

    def test_a_copy_that_somebody_made_there_is_found_as_well(self, way):
        """One click copies a campaign, tag and all; which of the two is to leave only a person can tell."""
        _, held = made(way)
        way.fake.campaigns[7] = {**way.fake.campaigns[1], "id": 7, "name": "Copy of it", "archive_slug": None}

        assert [held.id, "7"] == [one.id for one in way.service().find(version())]

    def test_a_campaign_is_found_among_hundreds(self, way):
        """Most of what an old instance has is on later pages."""
        for n in range(130):
            way.service().create(version(name=f"old-{n}"), "3")
        made(way)

        assert 1 == len(way.service().find(version()))

    def test_a_stranger_gets_no_proof_and_is_not_named(self, way):
        """listmonk proves letters to its subscribers only; its refusal repeats the address."""
        service, held = made(way)
        with pytest.raises(Unsupported) as told:
            service.prove(version(), "3", held, "inconnue@essai.example")

        assert "inconnue" not in str(told.value)

    def test_a_stopped_campaign_is_not_taken_for_a_draft(self, way):
        """Somebody had a reason."""
        service, held = made(way)
        for status in ("paused", "cancelled"):
            way.drafts(version())[0]["status"] = status
            assert "stopped" == service.read(held).state
        way.drafts(version())[0]["status"] = "pondering"
        with pytest.raises(ServiceFailed):
            service.read(held)

    def test_a_moment_has_its_zone(self, way):
        """The documentation shows one without, which listmonk refuses."""
        service, held = made(way)
        service.schedule(version(), "3", held, AT)

        assert "2126-11-05T18:00:00Z" == way.drafts(version())[0]["send_at"]
