"""Many small cases in one test, which tells each that fails by its name.

Thousands of cases that take no time cost more than what they look at where
each is a test: all are found, handed over and reported in several processes.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterable
from typing import Any

import pytest

#: How many failing cases are told with their reasons; the others by their names alone.
TOLD = 20

_Named = Callable[[Any], str] | Iterable[str] | None
_PARAM = type(pytest.param())


def for_each(
    names: str | tuple[str, ...], cases: Iterable[Any], ids: _Named = None
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Run a test for every case, and for all of them whichever fails; written like ``pytest.mark.parametrize``.

    A case takes nothing of its own from pytest: it shares its folder and its
    fixtures with the others, and cannot be skipped, marked or chosen alone.
    """
    words = (names,) if isinstance(names, str) else names
    listed = tuple(cases)
    assert listed, f"there is no case of {names}"
    assert not any(isinstance(one, _PARAM) and one.marks for one in listed), "a case of many cannot be marked"

    def over(test: Callable[..., None]) -> Callable[..., None]:
        taken = inspect.signature(test)
        assert set(words) <= set(taken.parameters), f"{test.__name__} does not take {names}"

        @functools.wraps(test)
        def whole(**given: Any) -> None:
            failed: list[tuple[str, BaseException]] = []
            for number, case in enumerate(listed):
                try:
                    test(**given, **dict(zip(words, _values(words, case), strict=True)))
                except pytest.skip.Exception as skipped:
                    raise AssertionError("a case of many cannot be skipped alone") from skipped
                except (Exception, pytest.fail.Exception) as fault:
                    failed.append((_name(words, case, number, ids), fault))
            if failed:
                raise AssertionError(_account(failed, len(listed))) from failed[0][1]

        own = [one for name, one in taken.parameters.items() if name not in words]
        whole.__signature__ = taken.replace(parameters=own)  # type: ignore[attr-defined]
        return whole

    return over


def _values(words: tuple[str, ...], case: Any) -> tuple[Any, ...]:
    if isinstance(case, _PARAM):
        return tuple(case.values)
    return (case,) if len(words) == 1 else tuple(case)


def _name(words: tuple[str, ...], case: Any, number: int, ids: _Named) -> str:
    if isinstance(case, _PARAM) and case.id:
        return str(case.id)
    if ids is not None and not callable(ids):
        return list(ids)[number]
    return ", ".join((ids or _told)(one) for one in _values(words, case))


def _told(value: Any) -> str:
    text = value if isinstance(value, str) else getattr(value, "__name__", None) or repr(value)
    return text if len(text) < 120 else f"{text[:120]}…"


def _account(failed: list[tuple[str, BaseException]], of: int) -> str:
    told = [f"{name}: {type(fault).__name__}: {fault}" for name, fault in failed[:TOLD]]
    return "\n".join([f"{len(failed)} of {of} cases fail, the first as above:", *told, *(name for name, _ in failed[TOLD:])])
