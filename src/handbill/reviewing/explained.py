"""A review → the published files whose difference nothing else in it explains, so that nobody reads of one thing twice."""

from __future__ import annotations

from collections.abc import Iterator

from handbill.reviewing.feed_files import FORMS, stem_of
from handbill.reviewing.record import FileChange, Review

#: What a letter's files are called (outputs/letters.py), and where pictures of the content lie.
_MAILS = frozenset({"mail.html", "mail.txt", "mail.eml"})
_MEDIA = "media/"


def unexplained(review: Review) -> tuple[FileChange, ...]:
    """Return the files that no entry, date, letter or picture tells of: a calendar that comes, a feed that is called otherwise."""
    known = frozenset(_explained(review))
    return tuple(
        one
        for one in review.files
        if f"/{one.path}" not in known
        and not (review.letters and one.path.rpartition("/")[2] in _MAILS)
        and not (review.pictures and one.path.startswith(_MEDIA))
    )


def _explained(review: Review) -> Iterator[str]:
    """Yield the addresses of the feeds in which an entry differs, in all their forms, and of the calendars in which a date does."""
    for entry in review.feeds:
        for address in (*entry.feeds, *entry.left):
            yield from (stem_of(address) + form for form in FORMS)
    for change in review.dates:
        yield from change.calendars
        for detail in change.details:
            if detail.name == "calendars":
                yield from (address for side in (detail.before, detail.after) for address in side.split(", "))
