"""How winners are found, in English: the list, the jury or the questions, the draw step by step, and how to check it at home."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from handbill.kinds.contest_terms import lots_at
from handbill.rules.edition import LATE_HOURS, STOPPED_DAYS, Edition, lottery_day
from handbill.rules.markdown import code, plain, points, table
from handbill.rules.wording import GAP, counted, day, listed, local, moment, number, until

_LANG = "en"
_LEADS = {
    "draw": "Lots are drawn among all lines of the list.",
    "quiz+draw": "Lots are drawn among the entrants who gave all the right answers.",
    "quiz": "Those who gave all the right answers win; a last question separates them.",
    "jury": "A jury chooses the winners.",
    "jury+vote": "A jury chooses the winners, and the votes of members count as one juror more.",
}


def choosing(terms: Mapping[str, Any], edition: Edition) -> tuple[str, ...]:
    """Return the blocks of the article on how winners are found."""
    return tuple(_blocks(terms, edition))


def _blocks(terms: Mapping[str, Any], edition: Edition) -> Iterator[str]:
    yield _LEADS[terms["mechanism"]]
    yield "### The list of entries"
    yield from _pool(terms)
    if terms["mechanism"].startswith("jury"):
        yield "### The jury"
        yield from _jury(terms, edition)
    if terms["mechanism"].startswith("quiz"):
        yield "### The questions"
        yield from _quiz(terms)
    yield "### The draw" if terms["draw"] else "### Equal entries"
    if not terms["draw"]:
        yield "Entries that are equal are separated by lots, in the way that follows; whoever comes first wins."
    yield from _beacon(terms, edition) if edition.round else _numbers(terms)
    yield from _walk()
    yield "### Checking it at home"
    yield (
        f"Everything that decides is public, beside the page of the contest <{edition.files}>: these rules, {code('pool.txt')}, "
        f"{code('draw.json')} and {code('record.json')}, which says when each step took place. The page <{edition.page}draw/> repeats the "
        f"calculation in the reader’s browser and says in plain words what it checked; the free program Handbill does it with "
        f"{code('handbill contest verify')}, and the few lines of arithmetic described here are enough for whoever prefers to write them."
    )


def _pool(terms: Mapping[str, Any]) -> Iterator[str]:
    freeze = until(local(terms["freeze"], terms["zone"]), _LANG)
    hours = counted(terms["objection_hours"], "hour passes", "hours pass", _LANG)
    yield (
        f"After closing, the organiser draws up the list of entries that are accepted: the file {code('pool.txt')}, one ticket a line, in "
        "the order of their characters."
        + (" Each further entry of one person is a line more in it." if terms["entry"]["limit"] > 1 else "")
    )
    yield (
        f"On {freeze} at the latest this list is frozen, and its SHA-256 digest is published on the page of the contest and in the "
        "feeds of the site: 64 characters, which would be quite different if a single one in the list changed. The list itself is "
        f"published with it. At least {hours} before lots decide: anyone can look for their ticket in it and tell the organiser of a "
        "mistake. A frozen list does not change any more; if it is found to be wrong before lots decide, the contest is void."
    )


def _jury(terms: Mapping[str, Any], edition: Edition) -> Iterator[str]:
    own = terms["judging"]
    blind = " Jurors do not know whose work they mark." if own["blind"] else ""
    yield f"The jury is made up of: {listed((plain(edition.people.get(one, one)) for one in own['jurors']), _LANG)}.{blind}"
    rows = [(plain(one["name"]), one["weight"], f"0 to {number(one['scale'], _LANG)}") for one in own["criteria"]]
    yield table(("Criterion", "Weight", "Mark"), rows, (1,))
    yield "The ranking is worked out as follows:"
    yield points(
        (
            "Each mark of a juror is divided by the best mark and multiplied by the weight of its criterion; together they are that "
            "juror’s sum for the entry.",
            "So that a severe juror and a lenient one weigh the same, each sum is turned into its distance from the mean of that "
            "juror’s own sums, divided by their standard deviation (of the population, to 24 decimals); the distance is 0 where "
            "all of these sums are equal.",
            "The score of an entry is the mean of these distances over the jurors who marked it, rounded to twelve decimals; there "
            "have to be two of them at least.",
            "The highest score wins.",
        ),
        numbered=True,
    )
    if terms["mechanism"] == "jury+vote":
        yield (
            "The votes of members count as one juror more, whose sums are the numbers of votes. Only these numbers are published, in "
            f"{code('votes.csv')}."
        )
    yield (
        "A juror who is close to an entrant says so and does not mark that entry."
        + (f" {plain(own['conflicts'])}" if own["conflicts"] else "")
        + " Each juror first seals the marks: their SHA-256 digest is published. The marks themselves are published only once all digests "
        "are in, and nobody can change them in between."
    )


def _quiz(terms: Mapping[str, Any]) -> Iterator[str]:
    own = terms["quiz"]
    yield (
        f"The contest has {counted(own['questions'], 'question', 'questions', _LANG)}. The right answers were settled before the "
        f"announcement; their SHA-256 digest is {code(own['answers'])}. They are published after closing, in {code('key.json')}, and "
        "anyone can see that they have that digest. Capital letters, spaces too many and the form of an apostrophe do not count in "
        f"an answer. What entrants answered is published with the list, under their ticket, in {code('answers.csv')}."
    )
    yield (
        "If nobody gave all the right answers, those who gave the most, and one at least, take their place. If fewer entrants are left "
        "than there are prizes, the remaining prizes are not given."
    )
    if own["tiebreak"]:
        ranked = (
            "Those who are left are ranked by how far their answer is from the right one, the nearest first; who gave no number "
            "comes after."
            if terms["mechanism"] == "quiz"
            else "It is asked for information and does not change the draw."
        )
        yield f"The last question, which is answered by a number: “{plain(own['tiebreak'])}” {ranked}"


def _beacon(terms: Mapping[str, Any], edition: Edition) -> Iterator[str]:
    emitted = moment(local(edition.emitted, terms["zone"]), _LANG)
    yield (
        "Chance comes from a number that nobody, not even the organiser, can know or choose in advance: it comes from the public "
        "beacon drand, network *quicknet*, which several organisations around the world run together: the number of round "
        f"**{edition.round}**, published on {emitted}. That round is fixed from the announcement of the contest on. Digest of the network: "
        f"{code(edition.chain)}."
    )
    yield points(
        (
            "The signature published for that round is checked against the public key of the network; the number is its SHA-256 digest.",
            f"The key of the draw is HMAC-SHA256, with the text {code('hubdraw-1')}, a line feed and the identifier "
            f"{code(terms['contest'])} as its key, and that number as its message.",
            "Each line of the list gets a place: HMAC-SHA256, with the key of the draw as its key, and the line followed by the byte 1 "
            "as its message.",
            "The lines are put in order by their places, the lowest first. Taking a line away does not change the order of the others.",
        ),
        numbered=True,
    )
    lottery = day(lottery_day(lots_at(terms), terms["zone"]), _LANG)
    yield (
        f"If that round is not published within {LATE_HOURS}{GAP}hours, the first later round of the same network decides. If the "
        f"network has published nothing for {STOPPED_DAYS}{GAP}days, lots are drawn by RFC 3797 with the numbers of the French Loto, "
        f"from the drawing of {lottery} on and in the order of the drawings: of each, the five numbers from 1 to 49, and then apart "
        "the Chance number from 1 to 10. As many are taken as are needed to bring ten bits of chance more than the draw asks for. "
        "So nobody has anything to choose."
    )


def _numbers(terms: Mapping[str, Any]) -> Iterator[str]:
    yield ("Chance comes from public drawings, which the organiser does not hold and whose numbers nobody knows in advance. In this order:")
    yield points(
        (
            f"{plain(one['name'])}: {counted(one['count'], 'number', 'numbers', _LANG)} from 1 to {number(one['most'], _LANG)}"
            for one in terms["sources"]
        ),
        numbered=True,
    )
    yield (
        "They are used as RFC 3797 says: the numbers of each drawing from the smallest to the largest, each followed by a dot, and "
        "each drawing by a slash, make up a key; for each prize the MD5 digest of that key, put between two copies of its rank, points "
        "at one of the lines that are left."
    )
    yield (
        "If one of these drawings does not take place, the next drawing of the same game takes its place. If all together bring less "
        "chance than the draw asks for and ten bits more, the contest is void."
    )


def _walk() -> Iterator[str]:
    yield (
        "Prizes are given in the order of the table of prizes to those who come first; those who follow are the substitutes. Nobody wins "
        "twice. A line is passed over for one of these reasons only, which is published with its ticket:"
    )
    yield points((
        "the person has already won;",
        "they are not of the age required;",
        "they were not allowed to enter;",
        "they could not be reached in time;",
        "they declined the prize;",
        "they broke these rules.",
    ))  # fmt: skip
