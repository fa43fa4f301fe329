"""Templates → Python that says the same as Jinja's own, with fewer calls on the way.  Knows Jinja's compiler.

Pages ask for an attribute two million times, call a million times, and write as
often.  Where the common case can be told at a glance, it is met in place; all
others go the way that Jinja goes.
"""

from __future__ import annotations

from functools import lru_cache
from types import BuiltinMethodType, MethodType
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame, optimizeconst
from markupsafe import Markup, escape

from handbill.outputs.words import Words

try:
    # The part of `escape` that is written in C: it gives back a plain text, and the same one where there is no sign to escape.
    from markupsafe import _escape_inner as escaped  # type: ignore[attr-defined]
except ImportError:

    def escaped(text: str, /) -> str:
        """Return a text as it stands in HTML."""
        return str(escape(text))


#: What is called as it is: nothing of ours asks Jinja for its context.
DIRECT: set[type] = {MethodType, BuiltinMethodType, type(lru_cache(len)), Words}


_ON = "yield from "
_MACRO = "def macro("


class Code(CodeGenerator):
    """Writes the Python of a template; names with ``q_`` are ours."""

    _switches = False

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 - Jinja's own word
        """Note whether the template switches escaping: where it is off, a macro gives plain text, and has to be told."""
        self._switches = node.find(nodes.EvalContextModifier) is not None
        super().visit_Template(node, frame)

    @optimizeconst
    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        """Ask for an attribute; what has none by that name is asked as Jinja would, for an item."""
        self.write("(q_found if (q_found := getattr(q_of := (")
        self.visit(node.node, frame)
        self.write(f"), {node.attr!r}, missing)) is not missing else environment.getattr(q_of, {node.attr!r}))")

    @optimizeconst
    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        """Call what needs no context at once."""
        if forward_caller or node.dyn_args or node.dyn_kwargs or self._switches:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        # A macro that has room for what it is called with is its function, without anything on the way.
        self.write("(q_call.function if (q_kind := type(q_call := (")
        self.visit(node.node, frame)
        self.write(f"))) is Macro and {not node.kwargs} and q_call.room >= {len(node.args)} else ")
        self.write("q_call if q_kind in q_direct else q_partial(context.call, q_call))(")
        for place, one in enumerate((*node.args, *node.kwargs)):
            self.write(", " if place else "")
            self.visit(one, frame)
        self.write(")")

    def visit_Include(self, node: nodes.Include, frame: Frame) -> None:  # noqa: N802
        """Hand on what another template says in one piece: its parts would go through all templates that are open."""
        if node.ignore_missing or not node.with_context or not isinstance(node.template, nodes.Const):
            super().visit_Include(node, frame)
            return
        self.writeline("template = environment.get_template(", node)
        self.visit(node.template, frame)
        self.write(f", {self.name!r})")
        given = f"template.new_context(context.get_all(), True, {self.dump_local_context(frame)})"
        self.simple_write(f"concat(template.root_render_func({given}))", frame)

    def writeline(self, x: str, node: nodes.Node | None = None, extra: int = 0) -> None:
        """Hand on what a block or the parent says in one piece, likewise; let a macro be called without what it can fill in."""
        if x.startswith(_ON):
            x = f"yield concat({x.removeprefix(_ON)})"
        elif x.startswith(_MACRO):
            x = x.replace(",", "=missing,").replace("):", "=missing):").replace("(=missing)", "()")
        super().writeline(x, node, extra)

    def return_buffer_contents(self, frame: Frame, force_unescaped: bool = False) -> None:
        """Let a macro give HTML; Jinja does so on the way to whoever called it."""
        if force_unescaped:
            self.writeline(f"return q_markup(Markup, concat({frame.buffer}))")
        else:
            super().return_buffer_contents(frame)

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:  # noqa: N802
        """Write nothing where a condition without another case is not met: what Jinja writes there is made, asked and empty."""
        for one in node.nodes:
            if isinstance(one, nodes.CondExpr) and one.expr2 is None and self.environment.finalize is None:
                one.expr2 = nodes.Const("", lineno=one.lineno)
        super().visit_Output(node, frame)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if _is_plain(frame, finalize):
            self.write("(q_said if (q_kind := type(q_said := (")
        else:
            super()._output_child_pre(node, frame, finalize)

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if _is_plain(frame, finalize):
            self.write("))) is Markup else q_escaped(q_said) if q_kind is str else str(q_said) if q_kind is int else escape(q_said))")
        else:
            super()._output_child_post(node, frame, finalize)


def _is_plain(frame: Frame, finalize: Any) -> bool:
    return bool(frame.eval_ctx.autoescape) and not frame.eval_ctx.volatile and finalize.src is None


# What Markup itself does with a text, without asking what it is.
NAMES: dict[str, object] = {"q_direct": DIRECT, "q_escaped": escaped, "q_markup": str.__new__, "Markup": Markup}
