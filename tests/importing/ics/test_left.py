"""What has no place in a hub is named, and names nobody."""

from handbill.importing.ics.left import left_out
from handbill.importing.ics.mask import Mask
from handbill.importing.ics.parts import parts_of
from handbill.proofing.proof import House


def left(*lines: str) -> list[str]:
    (part,), _ = parts_of(("BEGIN:VEVENT\nUID:1\n" + "\n".join(lines) + "\nEND:VEVENT\n").encode())
    return [str(note) for note in left_out(part, Mask(House()))]


def test_every_property_without_a_place_is_named_with_an_example():
    """Nothing is lost in silence."""
    assert ["line 3: TRANSP has no place in a hub: OPAQUE", "line 4: X-FOO has no place in a hub: a b"] == left(
        "TRANSP:OPAQUE", "X-FOO:a  b", "X-FOO:c"
    )


def test_persons_are_counted_and_not_named():
    """Who was invited to what is nobody's business in a public repository."""
    told = left(
        "ATTENDEE;CN=Jeanne Martin:mailto:jeanne@gmail.com", "ATTENDEE:mailto:paul@gmail.com", "CONTACT:Jeanne\\, 06 12 34 56 78",
        "X-OWNER;CN=Jeanne:x", "X-BY:mailto:jeanne@gmail.com", "X-TEL:06 12 34 56 78", "X-LINK:https://x.example/?token=1",
    )  # fmt: skip

    assert 6 == len(told)
    assert "those invited, and whether they come, were left out: they are persons" in told[0]
    assert not [one for one in told if any(word in one for word in ("Jeanne", "jeanne", "paul", "06", "token"))]


def test_attachments_are_listed_without_what_opens_them():
    """An editor may want to fetch the poster; its key is nobody's business."""
    what = "an attachment was not fetched; look whether its page needs it"

    assert [f"line 3: {what}: https://x.example/affiche.pdf"] == left(
        "ATTACH;FMTTYPE=application/pdf:https://x.example/affiche.pdf?key=s3cret"
    )
    assert [f"line 3: {what}: image/png"] == left("IMAGE;FMTTYPE=image/png;ENCODING=BASE64;VALUE=BINARY:AAAA")


def test_a_second_description_is_told():
    """Outlook says everything twice, and not always the same."""
    told = "line 4: a second description, in HTML, was left out for the plain one"

    assert [told] == left("DESCRIPTION:a", "X-ALT-DESC;FMTTYPE=text/html:<p>b</p>")
    assert [] == left("DESCRIPTION:", "X-ALT-DESC;FMTTYPE=text/html:<p>b</p>")


def test_components_within_an_event_are_told():
    """Reminders are each member's own."""
    told = left("BEGIN:VALARM", "END:VALARM", "BEGIN:VALARM", "END:VALARM", "BEGIN:VLOCATION", "END:VLOCATION")

    assert ["line 3: reminders were left out: each member sets their own", "line 7: VLOCATION has no place in a hub"] == told
