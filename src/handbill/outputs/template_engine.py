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

    # A page imports 20 times, and Jinja would look at the file of each.
    env.get_template = get_template  # type: ignore[method-assign]
    return answers.clear


class _Macro(Macro):
    """A macro that gives the same answer again to the same texts, numbers and records, if it has the parameter ``kept``.

    Whoever calls it with ``kept`` false gets an answer that is not kept.
    """

    def __init__(self, environment: Environment, func: Any, name: str, arguments: list[str], *more: Any) -> None:
        super().__init__(environment, func, name, arguments, *more)
        self._answers = environment.kept_answers if KEPT in arguments else None  # type: ignore[attr-defined]
        self._count = len(arguments)
        self._at = arguments.index(KEPT) if KEPT in arguments else 0
        self._places = {argument: place for place, argument in enumerate(arguments)}
        self._is_plain = self._default_autoescape is True and not (
            self.caller or self.explicit_caller or self.catch_kwargs or self.catch_varargs
        )

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
        if len(args) != self._count or kwargs or not self._is_plain:
            filled = self._filled(args, kwargs)
            if filled is None:
                return _answer(self, *args, **kwargs)  # type: ignore[no-any-return]
            args = filled
        return _markup(Markup, self._func(*args))

    def _filled(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Any, ...] | None:
        """Return all arguments in their order, ``missing`` for each that was not given; ``None`` where Jinja has to see to it."""
        given = len(args)
        if not self._is_plain or given > self._count:
            return None
        filled = [*args, *(missing,) * (self._count - given)]
        for name, value in kwargs.items():
            place = self._places.get(name, -1)
            if place < given:
                return None
            filled[place] = value
        return tuple(filled)


_answer: Callable[..., Any] = Macro.__call__
# What Markup itself does with a text, without asking what it is.
_markup: Callable[[type[Markup], str], Markup] = str.__new__


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
    kinds = tuple(map(type, args))
    ways = _WAYS_OF.get(kinds)
    if ways is None:
        ways = _WAYS_OF[kinds] = _ways_of(kinds)
    if not ways:
        return None
    # With their types: 1 and true are equal, and are not written alike.
    told = (kinds, *[way(one) for way, one in zip(ways, args, strict=True)])
    return None if None in told else told


def _ways_of(kinds: tuple[type, ...]) -> tuple[Callable[[Any], object], ...]:
    """Return what tells values of these types apart; nothing where one of them could change."""
    found = tuple(_WAYS.get(kind) or (id if kind is Words or _is_record(kind) else _nothing) for kind in kinds)
    return () if _nothing in found else found


def _is_record(kind: type) -> bool:
    return is_dataclass(kind) and bool(kind.__dataclass_params__.frozen)  # type: ignore[attr-defined]


def _nothing(_: object) -> None:
    return None


def _itself(value: object) -> object:
    return value


_WAYS: dict[type, Callable[[Any], object]] = {
    **dict.fromkeys((str, Markup, int, bool), _itself), type(None): lambda _: "", tuple: _told,
}  # fmt: skip
_WAYS_OF: dict[tuple[type, ...], tuple[Callable[[Any], object], ...]] = {}
