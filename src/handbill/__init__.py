"""Handbill: a community's website, feeds, calendars and newsletters, from Markdown in one Git repository."""

from pathlib import Path
from zoneinfo import reset_tzpath

__version__ = "0.1.0"

# When clocks change is read where the lock says, not in what this machine happens to have: two machines whose
# databases differ would publish different hours (decision 0034).  Before any zone is made, since zones are kept.
try:
    import tzdata
except ImportError:
    # Without it there is no zone at all, which `doctor` tells, rather than one of other rules.
    reset_tzpath(to=())
else:
    reset_tzpath(to=(str(Path(tzdata.__file__).parent / "zoneinfo"),))
