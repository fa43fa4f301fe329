"""What became of a mailing → the file of counts beside its bundle, which is committed and tells nothing of a member."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from handbill.errors import ContentProblems, MachineLacks, said
from handbill.hub.totals import COUNTED, Totals
from handbill.layout import ARCHIVE, PRIVATE
from handbill.publishing.flush import flush_folder
from handbill.reading.totals import ENDING, NoTotals, totals_in, totals_path, totals_text, unread
from handbill.sending.aftermath import Standing
from handbill.sending.contract import Mailing
from handbill.whole import whole


def read_totals(root: Path, name: str) -> Totals | None:
    """Return the counts of the letter *name* (``12``, ``agenda-3``); ``None`` where nobody has written any yet.

    Raises:
        ContentProblems: what lies there is no counts, so nobody can say whether the letter was sent.
    """
    path = f"{ARCHIVE}/{name}{ENDING}"
    try:
        return totals_in((root / path).read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, NoTotals) as error:
        raise ContentProblems((unread(path),)) from error


def totals_of(mailing: Mailing, way: str, began: datetime, ended: datetime | None, counts: Mapping[str, int]) -> Totals:
    """Return the counts of a mailing; *counts* has ``asked`` and, where there were any, what :data:`COUNTED` names."""
    return Totals(
        letter=mailing.letter,
        number=mailing.number,
        digests=mailing.digests,
        way=way,
        began=_minute(began),
        # A clock that was put back in between must not make a sending end before it began.
        ended=max(_minute(ended), _minute(began)) if ended else None,
        asked=counts["asked"],
        counts={one: counts.get(one, 0) for one in COUNTED},
    )


def totals_from(mailing: Mailing, way: str, standing: Standing) -> Totals:
    """Return the counts that the ledger has of a mailing; what was under way when it stopped is unclear."""
    counts = {**standing.counts, "ambiguous": standing.counts["ambiguous"] + standing.counts["sending"]}
    return totals_of(mailing, way, standing.began, standing.ended, {**counts, "asked": sum(standing.counts.values())})


def write_totals(root: Path, totals: Totals) -> bool:
    """Write the counts beside the bundle; say whether they are others than those that were there.

    Raises:
        MachineLacks: the file cannot be written; the one that was there stays.
    """
    file, raw = root / totals_path(totals.letter, totals.number), totals_text(totals)
    # What is counted together always adds up; what would not is found here, and not by the next build.
    totals_in(raw)
    try:
        if file.is_file() and file.read_bytes() == raw:
            return False
        (root / PRIVATE).mkdir(parents=True, exist_ok=True)
        with whole(file, folder=root / PRIVATE) as opened:
            opened.write(raw)
        flush_folder(file.parent)
    except OSError as trouble:
        name = totals_path(totals.letter, totals.number)
        raise MachineLacks(said("{file}: cannot be written ({reason})", file=name, reason=trouble.strerror or str(trouble))) from trouble
    return True


def _minute(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(second=0, microsecond=0)
