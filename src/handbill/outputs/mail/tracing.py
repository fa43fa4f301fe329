"""A sign in what a template wrote → the file and line of the template that it comes from.

A flaw of a frame is found in MJML that nobody wrote; this finds who did.  It
runs the template once more, piece by piece, and so only where there is a flaw.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterator, Mapping
from types import GeneratorType
from typing import Any

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream


def place_of(offset: int, environment: Environment, name: str, givens: Mapping[str, Any]) -> tuple[str, int]:
    """Return the file and line that wrote the sign *offset* of what the template *name* makes of *givens*.

    What a macro wrote is told at the line that calls it.
    """
    traced = environment.overlay(extensions=[_Lines])
    traced.code_generator_class = _Pieces
    place, end = (name, 0), 0
    for text, file, line in _written(traced, name, givens):
        end += len(text)
        place = (file, line)
        if offset < end:
            break
    return place


def raised_at(error: BaseException) -> tuple[str, int] | None:
    """Return the file and line of the template in which an error was raised, the innermost of several."""
    found = None
    for frame, line in traceback.walk_tb(error.__traceback__):
        if template := frame.f_globals.get("__jinja_template__"):
            found = (template.name, template.get_corresponding_lineno(line))
        elif "__jinja_exception__" in frame.f_globals:
            # Where Jinja renders, it puts the lines of templates into the traceback by itself.
            found = (frame.f_code.co_filename, line)
    return found


def _written(environment: Environment, name: str, givens: Mapping[str, Any]) -> Iterator[tuple[str, str, int]]:
    """Yield each piece of what a template writes, with its file and line."""
    template = environment.get_template(name)
    pieces = template.root_render_func(template.new_context(dict(givens)))
    for text in pieces:
        inner = _innermost(pieces)
        file = inner.gi_frame.f_globals["name"]
        yield text, file, environment.get_template(file).get_corresponding_lineno(inner.gi_frame.f_lineno)


def _innermost(pieces: Any) -> Any:
    """Return the generator that wrote last: that of an included file, where there is one."""
    while True:
        # Jinja's own name for what it runs through of an included template.
        inner = pieces.gi_yieldfrom or pieces.gi_frame.f_locals.get("gen")
        if not isinstance(inner, GeneratorType) or inner.gi_frame is None:
            return pieces
        pieces = inner


class _Lines(Extension):
    """Cuts what stands between the marks of Jinja into its lines."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        for token in stream:
            if token.type != "data":
                yield token
                continue
            for number, line in enumerate(str(token.value).splitlines(keepends=True)):
                yield Token(token.lineno + number, "data", line)


class _Pieces(CodeGenerator):
    """Writes each of those lines by itself, where Jinja would join them into one text."""

    def _output_child_to_const(self, node: nodes.Expr, frame: Frame, finalize: Any) -> str:
        if isinstance(node, nodes.TemplateData):
            raise nodes.Impossible
        return super()._output_child_to_const(node, frame, finalize)
