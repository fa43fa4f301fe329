"""Makes Jinja quick for thousands of pages of one theme, without changing a byte.  Knows Jinja; does not know Pelican."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import is_dataclass
from types import BuiltinMethodType, MethodType
from typing import Any

from jinja2 import Environment, Template
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

from handbill.outputs.words import Words

#: The parameter by which a macro says that its answers are to be kept (decision 0064).
KEPT = "kept"

#: So many answers are kept at once; 5,000 items in two looks are 10,000.
MOST = 60_000

#: What is called as it is: nothing of ours asks Jinja for its context.
_DIRECT = (MethodType, BuiltinMethodType, Words)

_SIGNS = re.compile("[&<>\"']").search


def quicken(env: Environment) -> Callable[[], None]:
    """Let an environment render many pages fast, whose templates stay as they are; return what makes it forget all records."""
    env.context_class = _Context
    env.template_class = _Template
    env.auto_reload = False
    answers: dict[object, tuple[Markup, object]] = {}
    env.kept_answers = answers  # type: ignore[attr-defined]
    loaded: dict[str, Template] = {}
    load = env.get_template

    def get_template(name: Any, parent: str | None = None, globals: Any = None) -> Template:  # noqa: A002 - Jinja's own word
        found = loaded.get(name) if type(name) is str else None
        if found is None:
            found = load(name, parent, globals)
            if type(name) is str:
                loaded[name] = found
        return found

    # A page imports 20 times, and Jinja would look at the file of each.
    env.get_template = get_template  # type: ignore[method-assign]
    return answers.clear


class _Macro(Macro):
    """A macro that gives the same answer again to the same texts, numbers and records, if it has the parameter ``kept``."""

    def __init__(self, environment: Environment, func: Any, name: str, arguments: list[str], *more: Any) -> None:
        super().__init__(environment, func, name, arguments, *more)
        self._answers = environment.kept_answers if KEPT in arguments else None  # type: ignore[attr-defined]

    def __call__(self, *args: Any, **kwargs: Any) -> Markup:
        answers = self._answers
        if answers is None or kwargs or (told := _told(args)) is None:
            return _answer(self, *args, **kwargs)  # type: ignore[no-any-return]
        # A macro that sees the page is another one for each page, so its own number tells its answers apart.
        key = self, told
        known = answers.get(key)
        if known is None:
            if len(answers) >= MOST:
                answers.clear()
            # The arguments are kept as well, so that the number in memory of a record cannot become another's.
            known = answers[key] = (_answer(self, *args), args)
        return known[0]  # type: ignore[no-any-return]


_answer: Callable[..., Any] = Macro.__call__


class _Context(Context):
    """Calls what needs no context without asking whether it needs one: of 5,000 pages there are a million calls."""

    def call(self, obj: Any, /, *args: Any, _loop_vars: Any = None, _block_vars: Any = None, **kwargs: Any) -> Any:
        kind = type(obj)
        if kind is _Macro or kind in _DIRECT:
            return obj(*args, **kwargs)
        return super().call(obj, *args, _loop_vars=_loop_vars, _block_vars=_block_vars, **kwargs)


class _Template(Template):
    _module: Any

    @classmethod
    def _from_namespace(cls, environment: Environment, namespace: Any, globals: Any) -> Template:  # noqa: A002 - Jinja's own word
        # The code of a template looks these up by name as it runs.
        namespace["Macro"], namespace["escape"] = _Macro, _escaped
        return super()._from_namespace(environment, namespace, globals)

    def _get_default_module(self, ctx: Context | None = None) -> Any:  # noqa: ARG002 - Jinja hands it over
        # All templates have the same globals, so what each defines is the same whoever imports it.
        if self._module is None:
            self._module = self.make_module()
        return self._module


def _escaped(value: Any) -> Any:
    """Return a value as it stands in HTML; a text without signs is joined to others as it is."""
    kind = type(value)
    if kind is Markup or (kind is str and _SIGNS(value) is None):
        return value
    return escape(value)


def _told(args: tuple[object, ...]) -> object | None:
    """Return what tells these arguments from others of the same macro; ``None`` where one of them could change."""
    told: list[object] = []
    for one in args:
        kind = type(one)
        way = _WAYS.get(kind)
        if way is None:
            way = _WAYS[kind] = id if kind is Words or _is_record(kind) else _nothing
        value = way(one)
        if value is None:
            return None
        # With its type: 1 and true are equal, and are not written alike.
        told += (kind, value)
    return tuple(told)


def _is_record(kind: type) -> bool:
    return is_dataclass(kind) and bool(kind.__dataclass_params__.frozen)  # type: ignore[attr-defined]


def _nothing(_: object) -> None:
    return None


def _itself(value: object) -> object:
    return value


_WAYS: dict[type, Callable[[Any], object]] = {
    **dict.fromkeys((str, Markup, int, bool), _itself), type(None): lambda _: "", tuple: _told,
}  # fmt: skip
