"""What properties are tried on: texts of every script with the signs that mean something somewhere, days, zones, tables."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

#: What means something to YAML, TOML, Markdown, HTML, CSV, calendars, headers or paths.
MEANT = (
    *"-:#&*!|>'\"%@`[]{},?/\\=+;~^$()<._ \t",
    *("---", "...", "```", "~~~", "![", "](", "[^1]", "&amp;", "&#2;", "<b>", "</p>", "<!--", "-->", "]]>", "<![CDATA[", "\\n", "\\,", "=?", "?=", "%2e", "%00", "..", "../", "//", "{{", "}}", "{%", "\r\n", "\n", "\n\n"),
    *("é", "e\u0301", "œ", "ß", "İ", "ſ", "ﬁ", "½", "\u00a0", "\u202f", "\u200b", "\u200d", "\u202e", "\u2066", "\u2028", "\x85", "\ufeff", "\u2060", "’", "«", "»", "…", "👩🏽\u200d🚒", "𝔘", "ألف", "שלום", "漢"),
    *("NO", "null", "true", "1e3", "0x1F", "12:30", "2026-05-01", "con", "index", "javascript:", "http://", "mailto:", "=cmd", "BEGIN:VEVENT", "Bcc: a@b.example"),
)  # fmt: skip

_PLAIN = st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=30)

#: Any text; halves of signs are drawn apart, because no file of UTF-8 holds one.
TEXT = st.one_of(_PLAIN, st.lists(st.one_of(st.sampled_from(MEANT), st.text(alphabet="abé 1", max_size=4)), max_size=12).map("".join))
LINE = TEXT.map(lambda text: " ".join(text.split()))
WORDS = st.text(alphabet="abcéœ’ -", min_size=1, max_size=20)

ZONES = st.sampled_from(("Europe/Paris", "UTC", "America/St_Johns", "Australia/Lord_Howe", "Pacific/Apia", "America/New_York", "Asia/Kathmandu", "Africa/Casablanca"))  # fmt: skip
CLOCKS = ZONES.map(ZoneInfo)
#: Clock times without a zone, of days after which there is another.
NAIVE = st.one_of(
    st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2200, 1, 1)),
    # The nights in which clocks are turned.
    st.tuples(st.sampled_from(("2026-03-29", "2026-10-25", "2026-03-08", "2026-11-01", "2026-04-05", "2026-10-04", "2011-12-30")), st.integers(0, 3), st.integers(0, 59)).map(
        lambda one: datetime.fromisoformat(f"{one[0]} {one[1]:02}:{one[2]:02}")
    ),
)  # fmt: skip


def joined(*parts: st.SearchStrategy[str], between: str = "\n", most: int = 12) -> st.SearchStrategy[str]:
    """Draw several of the parts, joined."""
    return st.lists(st.one_of(*parts), max_size=most).map(between.join)
