"""Makes Jinja quick for thousands of pages of one theme, without changing a byte.  Knows Jinja; does not know Pelican."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import is_dataclass
from functools import partial
from typing import Any

from jinja2 import Environment, Template
from jinja2.nodes import EvalContext
from jinja2.runtime import Context, Macro
from jinja2.utils import missing
from markupsafe import Markup

from handbill.outputs.template_code import DIRECT, NAMES, Code
from handbill.outputs.words import Words

#: The parameter by which a macro says that its answers are to be kept (decision 0064).
KEPT = "kept"

#: So many answers are kept at once; 5,000 items in two looks are 10,000.
MOST = 60_000


def quicken(env: Environment) -> Callable[[], None]:
    """Let an environment render many pages fast, whose templates stay as they are; return what makes it forget all records."""
    env.code_generator_class = Code
    env.context_class = _Context
    env.template_class = _Template
    env.auto_reload = False
    # Filters of lists first ask each time whether the page is made asynchronously; ours never is.
    env.filters.update({name: one.__wrapped__ for name, one in env.filters.items() if hasattr(one, "jinja_async_variant")})
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

    ask, test = env.getitem, env.call_test
    simple: dict[str, Any] = {name: one for name, one in env.tests.items() if not hasattr(one, "jinja_pass_arg")}

    def getitem(obj: Any, argument: Any) -> Any:
        # Jinja asks a record for an item first, and filters ask for thousands.
        if type(argument) is str and not hasattr(type(obj), "__getitem__"):
            found = getattr(obj, argument, missing)
            if found is not missing:
                return found
        return ask(obj, argument)

    def call_test(name: Any, value: Any, args: Any = None, kwargs: Any = None, *more: Any) -> Any:
        asked: Any = simple.get(name) if type(name) is str and not kwargs else None
        return asked(value, *(args or ())) if asked else test(name, value, args, kwargs, *more)

    # A page imports 20 times, and Jinja would look at the file of each.
    env.get_template = get_template  # type: ignore[method-assign]
    env.getitem, env.call_test = getitem, call_test  # type: ignore[method-assign,assignment]
    return answers.clear


class _Macro(Macro):
    """A macro that gives the same answer again to the same texts, numbers and records, if it has the parameter ``kept``.

    Whoever calls it with ``kept`` false gets an answer that is not kept.
    """

    def __init__(self, environment: Environment, func: Any, name: str, arguments: list[str], *more: Any) -> None:
        super().__init__(environment, func, name, arguments, *more)
        self._answers = environment.kept_answers if KEPT in arguments else None  # type: ignore[attr-defined]
        self._at = arguments.index(KEPT) if KEPT in arguments else 0
        self._places = {argument: place for place, argument in enumerate(arguments)}
        is_plain = self._default_autoescape is True and not (self.caller or self.explicit_caller or self.catch_kwargs or self.catch_varargs)
        self._most = len(arguments) if is_plain else -1
        # What templates call in its place if they give it no more than it has room for (template_code.py).
        self.function, self.room = func, self._most if self._answers is None else -1

    def __call__(self, *args: Any, **kwargs: Any) -> Markup:
        answers = self._answers
        if answers is None or kwargs or (len(args) > self._at and not args[self._at]) or (told := _told(args)) is None:
            return self._said(args, kwargs)
        # A macro that sees the page is another one for each page, so its own number tells its answers apart.
        key = self, told
        known = answers.get(key)
        if known is None:
            if len(answers) >= MOST:
                answers.clear()
            # The arguments are kept as well, so that the number in memory of a record cannot become another's.
            known = answers[key] = (self._said(args, kwargs), args)
        return known[0]  # type: ignore[no-any-return]

    def _said(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Markup:
        filled = self._filled(args, kwargs) if kwargs else args
        if filled is None or len(filled) > self._most:
            return _answer(self, *args, **kwargs)  # type: ignore[no-any-return]
        return self._func(*filled)  # type: ignore[return-value]

    def _filled(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Any, ...] | None:
        """Return all arguments in their order, ``missing`` for each that was not given; ``None`` where Jinja has to see to it."""
        given = len(args)
        filled = [*args, *(missing,) * (self._most - given)]
        for name, value in kwargs.items():
            place = self._places.get(name, -1)
            if not given <= place < self._most:
                return None
            filled[place] = value
        return tuple(filled)

    def _invoke(self, arguments: list[Any], autoescape: bool) -> str:
        said = self._func(*arguments)
        return said if autoescape else str(said)


_answer: Callable[..., Any] = Macro.__call__


class _Context(Context):
    """Calls what needs no context without asking whether it needs one: of 5,000 pages there are a million calls."""

    def __init__(self, environment: Environment, parent: dict[str, Any], name: str | None, blocks: Any, globals: Any = None) -> None:  # noqa: A002, ARG002
        # As Jinja does; but no template has globals of its own, and a page makes ten of these.
        self.parent, self.vars, self.environment = parent, {}, environment
        self.eval_ctx = EvalContext(environment, name)
        self.exported_vars, self.name, self.globals_keys = set(), name, _NO_GLOBALS
        self.blocks = {called: [block] for called, block in blocks.items()}

    def call(self, obj: Any, /, *args: Any, _loop_vars: Any = None, _block_vars: Any = None, **kwargs: Any) -> Any:
        if type(obj) in DIRECT:
            if type(obj) is _Macro and not self.eval_ctx.autoescape:
                return _answer(obj, self.eval_ctx, *args, **kwargs)
            return obj(*args, **kwargs)
        return super().call(obj, *args, _loop_vars=_loop_vars, _block_vars=_block_vars, **kwargs)


class _Template(Template):
    _module: Any

    @classmethod
    def _from_namespace(cls, environment: Environment, namespace: Any, globals: Any) -> Template:  # noqa: A002 - Jinja's own word
        # The code of a template looks these up by name as it runs.
        namespace.update(NAMES, Macro=_Macro, q_partial=partial)
        return super()._from_namespace(environment, namespace, globals)

    def new_context(self, vars: Any = None, shared: bool = False, locals: Any = None) -> Context:  # noqa: A002
        if not shared:
            return super().new_context(vars, shared, locals)
        if locals:
            # By identity: to compare an undefined name with anything is refused, and it may be handed on.
            vars = {**vars, **{name: value for name, value in locals.items() if value is not missing}}  # noqa: A001
        return _Context(self.environment, vars, self.name, self.blocks)

    def _get_default_module(self, ctx: Context | None = None) -> Any:  # noqa: ARG002 - Jinja hands it over
        # All templates have the same globals, so what each defines is the same whoever imports it.
        if self._module is None:
            self._module = self.make_module()
        return self._module


DIRECT.add(_Macro)
_NO_GLOBALS: set[str] = set()


def _told(args: tuple[object, ...]) -> object | None:
    """Return what tells these arguments from others of the same macro; ``None`` where one of them could change."""
    # With their types: 1 and true are equal, and are not written alike.
    kinds = tuple(map(type, args))
    ways = _WAYS_OF.get(kinds, missing)
    if ways is missing:
        ways = _WAYS_OF[kinds] = _ways_of(kinds)
    if ways is None:
        return None
    told: list[object] = [kinds, *args]
    for place, way in ways:
        told[place] = way(told[place])
        if told[place] is None:
            return None
    return tuple(told)


def _ways_of(kinds: tuple[type, ...]) -> tuple[tuple[int, Callable[[Any], object]], ...] | None:
    """Return what tells values of these types apart that do not by themselves, by their places; ``None`` where one could change."""
    found = [(place, _told if kind is tuple else id if kind is Words or _is_record(kind) else None) for place, kind in enumerate(kinds, 1)]
    ways = [(place, way) for place, way in found if kinds[place - 1] not in _PLAIN]
    return None if any(way is None for _, way in ways) else tuple(ways)  # type: ignore[arg-type]  # none of them is absent


def _is_record(kind: type) -> bool:
    return is_dataclass(kind) and bool(kind.__dataclass_params__.frozen)  # type: ignore[attr-defined]


_PLAIN = frozenset({str, Markup, int, bool, type(None)})
_WAYS_OF: dict[tuple[type, ...], tuple[tuple[int, Callable[[Any], object]], ...] | None] = {}
