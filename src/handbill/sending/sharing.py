"""Let threads that wait for the same slow thing at the same moment have it done once for all of them."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(slots=True, eq=False)
class _Place(Generic[T]):
    item: T
    is_over: bool = False
    error: BaseException | None = None


class Sharing(Generic[T]):
    """A slow act on one or more items.

    Whoever comes while nobody acts does it, for all who wait by then; those who
    come meanwhile wait for the next time.  Nobody waits for more than they came for.
    """

    def __init__(self, act: Callable[[list[T]], None]) -> None:
        self._act = act
        self._waiting: deque[_Place[T]] = deque()
        self._free = threading.Condition()
        self._owner: int | None = None

    @property
    def waiting(self) -> int:
        """Return how many wait for the next time."""
        return len(self._waiting)

    def share(self, item: T) -> None:
        """Return after the act was done with *item*, alone or among others; raise what it raised.

        Raises:
            RuntimeError: the act itself asks for this, and would wait for its own end.
        """
        if self._owner == threading.get_ident():
            raise RuntimeError("asked for from inside itself")
        place = _Place(item)
        with self._free:
            self._waiting.append(place)
            self._free.wait_for(lambda: place.is_over or self._owner is None)
            is_mine = not place.is_over
            if is_mine:
                self._owner = threading.get_ident()
        if is_mine:
            self._act_for_all()
        if place.error is not None:
            raise place.error

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep the act from being done meanwhile; a thread that is in it may ask for this as well."""
        if self._owner == threading.get_ident():
            yield
            return
        with self._free:
            self._free.wait_for(lambda: self._owner is None)
            self._owner = threading.get_ident()
        try:
            yield
        finally:
            self._end([], None)

    def _act_for_all(self) -> None:
        places: list[_Place[T]] = []
        failed: BaseException | None = None
        try:
            while self._waiting:
                places.append(self._waiting.popleft())
            self._act([place.item for place in places])
        except BaseException as error:
            # Also what only one of them was asked to do, such as to stop: the others must not take it for done.
            failed = error
        finally:
            self._end(places, failed)

    def _end(self, places: list[_Place[T]], error: BaseException | None) -> None:
        with self._free:
            for place in places:
                place.error, place.is_over = error, True
            self._owner = None
            self._free.notify_all()
