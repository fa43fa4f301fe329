"""Days and moments: ISO 8601 only, in the zone of the file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from handbill.hub.nodes import Desk, Node, Scalar, shown

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(?::(\d{2}))?")


@dataclass(frozen=True, slots=True)
class When:
    """A day, or a moment in local time, as ISO 8601 writes them."""

    day: bool = True
    moment: bool = True

    @property
    def wanted(self) -> str:
        forms = ["a day such as 2026-05-01"] * self.day + ["a moment such as 2026-05-01 18:30"] * self.moment
        return " or ".join(forms)

    def read(self, node: Node, name: str, desk: Desk) -> date | datetime | None:
        text = node.text.strip() if isinstance(node, Scalar) else ""
        try:
            if self.day and (match := _DAY.fullmatch(text)):
                return date.fromisoformat(text)
            if self.moment and (match := _MOMENT.fullmatch(text)):
                clock = time(int(match[2]), int(match[3]), int(match[4] or 0))
                return self._in_zone(datetime.combine(date.fromisoformat(match[1]), clock), node, name, desk)
        except ValueError:
            desk.refuse(node, name, f"{shown(node)}, which is no date of the calendar", self.wanted, "HB205")
            return None
        desk.refuse(node, name, shown(node), self.wanted, "HB205")
        return None

    @staticmethod
    def _in_zone(naive: datetime, node: Node, name: str, desk: Desk) -> datetime | None:
        zone = ZoneInfo(desk.zone)
        aware = naive.replace(tzinfo=zone)
        back = aware.astimezone(ZoneInfo("UTC")).astimezone(zone)
        if back.replace(tzinfo=None) == naive:
            return aware
        desk.refuse(node, name, f"{shown(node)}, which the clocks in {desk.zone} skip that night", "an hour that exists", "HB206")
        return None
