"""A mistyped year is told with the right one; an archive, a jubilee and a plan are left in peace."""

from __future__ import annotations

import pytest
from tests.hubs import load_village, text, write

from handbill.checking.years import check_years

#: A hub of some years: without any, nothing would be far from anything.
USUAL = {f"content/posts/billet-{year}-{n}.md": text(date=f"{year}-0{n}-10", title=f"Billet {n}") for year in (2024, 2025, 2026) for n in (1, 2)}
EVENT = {"organisers": "[X]", "venue": "{name: Salle}"}
CONTEST = {"mechanism": "jury", "prizes": "[{name: Rabot}]", "enter": "Écrivez.", "organiser": "Nous"}


def found(tmp_path, files, since=0, usual=USUAL):
    loaded, settings = load_village("2026-03-20 12:00", write(tmp_path, {**usual, **files}), since=since)
    assert () == loaded.problems
    return [str(one) for one in check_years(loaded.hub, settings)]


def event(**front):
    return text(**{**EVENT, "date": "2026-03-01", **front})


@pytest.mark.parametrize(
    ("file", "content", "message"),
    [
        ("content/posts/a.md", text(date="2062-05-01"), "3:7: date: found 2062-05-01 00:00, 36 years ahead and far from everything else here, wanted 2026-05-01 00:00, perhaps"),
        ("content/posts/a.md", text(date="2206-05-01"), "3:7: date: found 2206-05-01 00:00, 180 years ahead and far from everything else here, wanted 2026-05-01 00:00, perhaps"),
        ("content/posts/a.md", text(date="1026-05-01"), "3:7: date: found 1026-05-01 00:00, long before everything else here, wanted 2026-05-01 00:00, perhaps"),
        ("content/posts/a.md", text(date="2036-05-01"), "3:7: date: found 2036-05-01 00:00, 10 years ahead and far from everything else here, wanted 2026-05-01 00:00, perhaps"),
        ("content/posts/a.md", text(date="2037-05-01"), "3:7: date: found 2037-05-01 00:00, 11 years ahead and far from everything else here, wanted 2027-05-01 00:00, perhaps"),
        ("content/posts/2026-05-01-a.md", text(date="2006-05-01"), "3:7: date: found 2006-05-01 00:00, in a file named for 2026, wanted 2026-05-01 00:00, perhaps"),
        ("events/a.md", event(starts="2062-05-01 14:00"), "6:9: starts: found 2062-05-01 14:00, 36 years ahead and far from everything else here, wanted 2026-05-01 14:00, perhaps"),
        ("events/a.md", event(starts="2026-05-01", ends="2062-05-02"), "7:7: ends: found 2062-05-02, 36 years ahead and far from everything else here, wanted 2026-05-02, perhaps"),
        ("events/2025/a.md", event(starts="2052-05-01"), "6:9: starts: found 2052-05-01, in a file named for 2025, wanted 2025-05-01, perhaps"),
        ("events/a.md", event(starts="2064-02-29"), "6:9: starts: found 2064-02-29, 38 years ahead and far from everything else here, wanted the year 2026, perhaps"),
        ("events/a.md", event(starts="2026-05-01 14:00", registration="{url: https://x.example/, closes: 2062-04-30 18:00}"),
         "7:15: registration.closes: found 2062-04-30 18:00, 36 years ahead and far from everything else here, wanted 2026-04-30 18:00, perhaps"),
        ("content/contests/a.md", text(opens="2026-03-01", closes="2062-03-31", **CONTEST),
         "5:9: closes: found 2062-03-31 23:59, 36 years ahead and far from everything else here, wanted 2026-03-31 23:59, perhaps"),
        ("content/contests/a.md", text(opens="2026-03-01", closes="2026-03-31", results="2062-04-01", **CONTEST),
         "6:10: results: found 2062-04-01 00:00, 36 years ahead and far from everything else here, wanted 2026-04-01 00:00, perhaps"),
        ("content/people/a.md", text(joined="2052-04-01"), "4:9: joined: found 2052-04-01, 26 years ahead and far from everything else here, wanted 2026-04-01, perhaps"),
    ],
)  # fmt: skip
def test_a_year_that_nothing_speaks_for_is_told_with_the_one_that_was_meant(tmp_path, file, content, message):
    """The item would be hidden for decades, or at the very end of every list."""
    told = found(tmp_path, {file: content})

    if "people" in file:
        told = [one for one in told if ": joined:" in one]
    assert [f"{file}:{message} [HB504]"] == told


def test_an_event_in_the_wrong_century_is_told_once_for_each_date(tmp_path):
    """Beginning and end were typed one after the other, with the same slip."""
    told = found(tmp_path, {"events/a.md": event(starts="2062-05-01", ends="2062-05-02")})

    assert ["starts", "ends"] == [one.split(": ")[1] for one in told]


@pytest.mark.parametrize(
    ("files", "since"),
    [
        # An archive: several texts of those years, whether the hub says since when it is or not.
        ({f"content/posts/a{n}.md": text(date=f"2013-0{n}-01", title=str(n)) for n in range(1, 4)}, 0),
        ({f"content/posts/a{n}.md": text(date=f"2013-0{n}-01", title=str(n)) for n in range(1, 4)}, 2023),
        # One old text: ten years before the others are not far.
        ({"content/posts/a.md": text(date="2014-05-01")}, 2023),
        # Years since the beginning are all credible.
        ({"content/posts/a.md": text(date="2001-05-01")}, 2000),
        # A chain of texts down the years.
        ({f"content/posts/a{year}.md": text(date=f"{year}-05-01", title=str(year)) for year in (1996, 2004, 2011, 2018)}, 0),
        # Said in the title, the summary or the file's name: it is meant.
        ({"content/posts/a.md": text(date="1926-05-01", title="Le règlement de 1926")}, 0),
        ({"events/a.md": event(starts="2050-01-01", title="Cap 2050")}, 0),
        ({"events/a.md": event(starts="2050-01-01", summary="Rendez-vous en 2050.")}, 0),
        ({"content/posts/1926-05-01-reglement.md": text(date="1926-05-01")}, 0),
        # A jubilee announced three years, and even five years ahead.
        ({"events/a.md": event(starts="2029-06-01")}, 0),
        ({"events/a.md": event(starts="2031-06-01")}, 0),
        # A plan of several items, far ahead.
        ({"events/a.md": event(starts="2035-06-01"), "events/b.md": event(starts="2036-06-01")}, 0),
        # A text of old that was mended today, in a folder of its year.
        ({"content/posts/2013/a.md": text(date="2013-05-01", updated="2026-02-01"), "content/posts/b.md": text(date="2012-05-01")}, 0),
        # A series that began long before the year it was filed under.
        ({"events/2026/a.md": event(starts="2014-01-07 18:00", date="2014-01-01", recurrence="{rule: FREQ=YEARLY}"), "content/posts/b.md": text(date="2012-05-01")}, 0),
        # Somebody who has been there from the beginning.
        ({"content/people/a.md": text(joined="1974-04-01")}, 2023),
        # A number at the begin of a name that is no month.
        ({"content/posts/2001-odyssee.md": text(date="2026-02-01"), "content/posts/1984-13.md": text(date="2026-02-01", title="x")}, 0),
        # A page about a past event, in a hub that has such a past.
        ({"events/a.md": event(starts="2012-05-01"), "content/posts/b.md": text(date="2011-05-01")}, 0),
    ],
)  # fmt: skip
def test_a_year_that_anything_speaks_for_is_credible(tmp_path, files, since):
    """A warning that is wrong once is read no more."""
    assert [] == found(tmp_path, files, since)


def test_a_translation_does_not_speak_for_its_original(tmp_path):
    """It was copied together with the slip."""
    files = {"events/a.md": event(starts="2062-05-01"), "events/a.en.md": event(starts="2062-05-01")}

    assert 2 == len(found(tmp_path, files))


def test_a_hub_that_has_only_begun_has_no_past_to_compare_with(tmp_path):
    """The first texts brought over from an old site are all there is."""
    assert [] == found(tmp_path, {"content/posts/a.md": text(date="1999-05-01")}, usual={})


def test_a_date_that_the_file_does_not_say_is_not_doubted(tmp_path):
    """It came from version history, where there is nothing to mend."""
    loaded, settings = load_village()

    assert [] == list(check_years(loaded.hub, settings))
