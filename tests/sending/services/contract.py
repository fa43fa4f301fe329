"""What every service promises, whichever it is: inherit :class:`ServiceContract` in the test of a new one."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import pytest
from tests.sending.services.fake import Refusal
from tests.sending.services.ways import AT, HTML, SUBJECT, Way, expected, version

from handbill.door import Unanswered, Unreachable
from handbill.errors import ServiceFailed
from handbill.sending.contract import Unsupported


def made(way: Way):
    """Return a draft, read back."""
    service = way.service()
    service.create(version(), way.target)
    (found,) = service.find(version())
    return service, service.read(found)


class ServiceContract:
    """The promises; the class that inherits them has a fixture ``way``."""

    def test_what_it_holds_is_what_it_was_given(self, way: Way):
        """Only what is read back and found equal may leave."""
        service, held = made(way)

        assert service.content(version(), way.target) == held.content
        assert ("draft", version().campaign) == (held.state, held.campaign)

    def test_members_get_the_approved_bytes(self, way: Way):
        """Braces in a letter must not become orders, and nothing may be tidied; only the way to leave is the service's own."""
        _, held = made(way)

        assert expected(HTML, way) == way.rendered(held.content["html"])
        assert SUBJECT == way.rendered(held.content["subject"])
        assert 1 == way.rendered(held.content["html"]).count(way.leaving)

    def test_it_finds_nothing_where_it_has_nothing(self, way: Way):
        """Somebody else's letters are no reason to hold this one back."""
        way.service().create(version(name="112"), way.target)
        way.service().create(version("en"), way.target)

        assert () == way.service().find(version())

    def test_it_finds_other_bytes_of_the_same_number(self, way: Way):
        """A number leaves once; who asks has to learn that it has."""
        other = version(digest="b" * 64)
        way.service().create(other, way.target)

        assert [other.campaign] == [one.campaign for one in way.service().find(version())]

    def test_asking_for_a_draft_twice_makes_one(self, way: Way):
        """Two runs that both found nothing go on at the same moment."""
        way.service().create(version(), way.target)
        with suppress(Unanswered):
            way.service().create(version(), way.target)

        assert 1 == len(way.drafts(version()))

    @pytest.mark.parametrize(("at", "state"), [(AT, "scheduled"), (None, "sending")])
    def test_letting_go_twice_lets_go_once(self, way: Way, at, state):
        """What is sent twice is never forgotten."""
        service, held = made(way)
        service.schedule(version(), way.target, held, at)
        with suppress(ServiceFailed):
            service.schedule(version(), way.target, held, at)

        assert state == service.read(held).state
        assert {version().campaign: 1} == way.fake.departures

    def test_it_says_when_the_letter_leaves(self, way: Way):
        """The moment is that of the letter, whatever zone the service shows it in."""
        service, held = made(way)
        service.schedule(version(), way.target, held, AT)

        assert AT == service.read(held).at

    def test_an_edited_draft_is_another_one(self, way: Way):
        """Whoever changes a comma there changes what was approved."""
        service, held = made(way)
        way.drafts(version())[0].update(subject="Autre chose")

        assert {"subject"} == {
            part for part, text in service.content(version(), way.target).items() if text != service.read(held).content[part]
        }

    def test_letting_go_writes_the_approved_content_once_more(self, way: Way):
        """Between the comparison and the step somebody may have opened the editor."""
        service, held = made(way)
        way.drafts(version())[0].update(subject="Autre chose", body="<p>")
        service.schedule(version(), way.target, held, AT)

        assert service.content(version(), way.target) == service.read(held).content

    def test_no_letter_goes_without_a_way_to_leave(self, way: Way):
        """It would be against the law, and nobody would forgive it."""
        bare = replace(version(), html=HTML.replace('href="https://lettre.', 'href="https://autre.'))
        with pytest.raises(Unsupported):
            way.service().create(bare, way.target)

        assert not [one for one in way.fake.asked if one.startswith("POST")]

    def test_no_letter_goes_with_a_token_that_is_nobodys(self, way: Way):
        """A link with the stand-in for a member's token leads nowhere."""
        odd = replace(version(), html=HTML.replace("Partir", "handbill-member-token-0000000000"))
        with pytest.raises(Unsupported):
            way.service().content(odd, way.target)

    def test_a_wrong_token_is_told_without_showing_any(self, way: Way):
        """The message may end in a log that many read."""
        way.fake.work = _shut
        with pytest.raises(Unreachable) as told:
            way.service().find(version())

        assert "secret" not in str(told.value) + repr(told.value)

    def test_it_sends_a_proof_to_one_address(self, way: Way):
        """A proof is looked at in a true mailbox."""
        service, held = made(way)
        service.prove(version(), way.target, held, "preuve@essai.example")

        assert [(version().campaign, "preuve@essai.example")] == way.fake.proofs
        assert {} == way.fake.departures

    def test_it_counts_and_names_nobody(self, way: Way):
        """What is told of a letter are numbers that add up."""
        service, held = made(way)
        service.schedule(version(), way.target, held, None)
        way.fake.finish()
        counts = service.totals(held)

        assert {"asked": 12, "accepted": 10, "bounced": 2} == counts

    def test_it_says_what_it_loses(self, way: Way):
        """Who chooses a service must know what it cannot keep before a letter is lost to it."""
        assert way.service().loses
        assert all(str(one).strip() for one in way.service().loses)


def _shut(*_words):
    raise Refusal(403, {"message": "no: token s3cret-token 5c1e7-secret"})
