"""A page about a problem code is read into what an editor is told, in either language."""

import pytest

from handbill.explaining import OtherForm, Sample, meant, nearest, read_page, read_pages

PAGE = """---
title: "HB213: the event ends before it starts"
titre: "HB213 : l’évènement finit avant de commencer"
level: error
---

# HB213: the event ends before it starts

`ends` lies before `starts`.
Nobody comes.

**To mend it:** see [Dates](../dates.md#ends).

```yaml
starts: 2026-05-01 20:00
ends: 2026-05-01 02:00
```

becomes

```yaml title="events/fete.md"
ends: 2026-05-02 02:00

join_url: "```"
```

## En français

`ends` précède `starts`.

**Pour réparer\u00a0:** écrivez le lendemain.
"""
CODES = ("HB201", "HB202", "HB212", "HB213", "HB301")


def test_a_page_is_read_into_its_parts():
    """Everything else is told from these."""
    page = read_page("HB213", PAGE)

    assert ("HB213", "error") == (page.code, page.level)
    assert ("the event ends before it starts", "l’évènement finit avant de commencer") == (page.title("en"), page.title("fr"))
    assert page.samples == (
        Sample("", "yaml", "", "starts: 2026-05-01 20:00\nends: 2026-05-01 02:00\n"),
        Sample("becomes", "yaml", "events/fete.md", 'ends: 2026-05-02 02:00\n\njoin_url: "```"\n'),
    )


def test_a_reader_of_french_gets_the_samples_too():
    """The samples are what one looks at first, and stand on the page once."""
    told = read_page("HB213", PAGE).plain("fr")

    assert told == (
        "`ends` précède `starts`.\n\nPour réparer\u00a0: écrivez le lendemain.\n\n"
        "    starts: 2026-05-01 20:00\n    ends: 2026-05-01 02:00\n\ndevient\n\n"
        '  events/fete.md\n\n    ends: 2026-05-02 02:00\n\n    join_url: "```"'
    )


def test_a_log_gets_wrapped_lines_without_marks():
    """Stars, hashes and addresses of links are noise in a log."""
    page = read_page("HB213", PAGE)

    assert page.plain("en", width=25).startswith("`ends` lies before\n`starts`. Nobody comes.\n\nTo mend it: see Dates.\n\n")


def test_a_list_stays_a_list_in_a_log():
    """Three remedies in one paragraph are read as one."""
    page = read_page("HB213", PAGE.replace("Nobody comes.\n", "Nobody\ncomes.\n\n- one,\n  and more\n- two\n"))

    assert "Nobody comes.\n\n- one, and more\n- two\n\nTo mend it" in page.plain("en")


def test_a_line_breaks_at_no_no_break_space():
    """A line that begins with a colon looks like a mistake."""
    page = read_page("HB213", PAGE)

    assert "Pour réparer\u00a0:\nécrivez" in page.plain("fr", width=19)


def test_a_terminal_gets_markdown_without_links():
    """The address leads to a page that is not there."""
    told = read_page("HB213", PAGE).markdown("en")

    assert "**To mend it:** see Dates.\n\n```yaml\nstarts" in told
    assert "becomes\n\n`events/fete.md`\n\n```yaml\nends: 2026-05-02" in told


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("level: error\n", ""),
        ("level: error", "lang: fr\nlevel: error"),
        ("# HB213: the event", "# HB213: an event"),
        ("HB213: the event", "HB212: the event"),
        ("## En français", "## In French"),
        ("becomes", "is mended by"),
        ("écrivez le lendemain.", "écrivez\n\n```yaml\nends: 2\n```"),
    ],
)
def test_a_page_of_another_form_is_refused(old, new):
    """It would be told in part, and nobody would see which part is missing."""
    with pytest.raises(OtherForm, match="HB213"):
        read_page("HB213", PAGE.replace(old, new))


def test_pages_are_read_in_the_order_of_their_codes_and_nothing_else_is(tmp_path):
    """The folder may hold a note or a picture."""
    for code in ("HB214", "HB213"):
        (tmp_path / f"{code}.md").write_text(PAGE.replace("HB213", code), encoding="utf-8")
    (tmp_path / "README.md").write_text("Notes", encoding="utf-8")

    assert ["HB213", "HB214"] == [page.code for page in read_pages(tmp_path)]


@pytest.mark.parametrize("asked", ["HB213", "hb213", "213", "[HB213]", " Hb213 ", "HB-213"])
def test_a_code_is_understood_however_it_is_typed(asked):
    """It is copied out of a log, brackets and all, or typed from memory."""
    assert "HB213" == meant(asked, CODES)


@pytest.mark.parametrize("asked", ["HB214", "HB21", "2130", "ends", "", "HB２１３"])
def test_a_code_that_is_none_is_not_guessed(asked):
    """The page of another problem would send its reader astray."""
    assert meant(asked, CODES) is None


@pytest.mark.parametrize(
    ("asked", "near"),
    [("HB214", ("HB213", "HB212")), ("203", ("HB202", "HB201", "HB213")), ("HB231", ("HB213", "HB201")), ("HB999", ()), ("x", ())],
)
def test_the_codes_that_were_most_likely_meant_are_named(asked, near):
    """A digit is mistyped or two are exchanged."""
    assert near == nearest(asked, CODES)
