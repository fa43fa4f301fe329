"""A review → one sentence that says what members will get, and what they will not.  The page and the comment begin with it."""

from __future__ import annotations

from collections.abc import Iterator

from handbill.errors import said
from handbill.reviewing.record import Review
from handbill.telling import tell, tell_count


def counted(review: Review, lang: str) -> str:
    """Return all that members will get in one sentence, such as “1 new page, 1 entry in feeds; nothing is mailed.”."""
    if review.is_silent:
        return tell(said("Nothing changes for members."), lang)
    told = ", ".join(_got(review, lang))
    letters = _letters(review, lang)
    if told:
        return tell(said("{things}; {letters}.", things=told, letters=letters), lang)
    return tell(said("{letters}.", letters=letters[:1].upper() + letters[1:]), lang)


def _got(review: Review, lang: str) -> Iterator[str]:
    own = [one.how for one in review.pages if one.is_own]
    follow = len(review.pages) - len(own)
    if n := own.count("added"):
        yield tell_count("{n} new page", "{n} new pages", n, lang)
    if n := own.count("changed"):
        yield tell_count("{n} page changed", "{n} pages changed", n, lang)
    if n := own.count("removed"):
        yield tell_count("{n} page gone", "{n} pages gone", n, lang)
    if follow and own:
        yield tell_count("{n} page that follows", "{n} pages that follow", follow, lang)
    elif follow:
        yield tell_count("{n} page changed", "{n} pages changed", follow, lang)
    if review.files and not review.pages:
        yield tell_count("{n} file of the site", "{n} files of the site", len(review.files), lang)
    if n := sum(one.is_told and one.how != "removed" for one in review.feeds):
        yield tell_count("{n} entry in feeds", "{n} entries in feeds", n, lang)
    if n := sum(not one.is_told or one.how == "removed" for one in review.feeds):
        yield tell_count("{n} entry of feeds that changes in silence", "{n} entries of feeds that change in silence", n, lang)
    if n := len(review.dates):
        yield tell_count("{n} date in calendars", "{n} dates in calendars", n, lang)
    if n := sum(one.how == "removed" for one in review.addresses):
        yield tell_count("{n} address lost", "{n} addresses lost", n, lang)


def _letters(review: Review, lang: str) -> str:
    mailed = [one for one in review.letters if one.how != "removed"]
    if mailed:
        return tell_count("{n} letter will be other than it was", "{n} letters will be other than they were", len(mailed), lang)
    return tell(said("nothing is mailed"), lang)
