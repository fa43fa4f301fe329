"""The Python of a template meets the common case in place, and says what Jinja's own says in every other."""

from __future__ import annotations

from dataclasses import dataclass

import jinja2
import pytest
from jinja2.utils import pass_context
from markupsafe import Markup
from tests.cases import for_each

from handbill.outputs.template_engine import quicken


@dataclass(frozen=True)
class Record:
    """A record with an attribute, a method, and another record."""

    title: str = "<Foire>"
    inner: object = None

    def said(self, word: str = "", *, end: str = "") -> str:
        return f"{self.title}{word}{end}"

    @property
    def broken(self) -> str:
        raise AttributeError("inside")


@pass_context
def asks(context: jinja2.runtime.Context, name: str) -> str:
    """Look for a name where it is called: what no template of ours does, and one of a hub might."""
    return str(context.get(name, "nothing"))


GIVEN = {"view": Record(inner=Record("b", Markup("<i>"))), "facts": {"title": "<t>", "items": 1, "n": {"m": 2}}, "asks": asks, "x": "X<"}
PARTS = {
    "alone": "alone{% if x is defined %}!{% endif %}",
    "part": "{{ one | default('-') }}{{ x }}{% block inner %}[{{ x }}]{% endblock %}",
    "base": "<{% block a %}a{{ x }}{% block b %}b{% endblock %}{% endblock %}>{{ view.title }}{% block c scoped %}{{ x }}{% endblock %}",
    "middle": "{% extends 'base.html' %}{% set y = 'Y' %}{% block a %}({{ super() }}){{ y }}{% endblock %}",
    "macros": "{% macro m(a, b='<b>', c=none) %}{{ a }}{{ b }}{{ c }}{% endmacro %}"
    "{% macro all(a) %}{{ a }}{{ varargs }}{{ kwargs }}{% endmacro %}{% set word = 'w' %}",
}
TEXTS = [
    "{{ view.title }}{{ view.inner.title }}{{ view.inner.inner }}",
    "{{ facts.title }}{{ facts.n.m }}{{ facts['items'] }}{{ facts.items is callable }}",
    "{{ view.missing is defined }}{{ facts.missing | default('d') }}{{ view.broken is defined }}",
    "{{ view.said() }}{{ view.said('<', end='>') }}{{ view.said(*['!'], **{'end': '?'}) }}",
    "{{ (view if x else facts).title }}{{ [view, view.inner][1].title }}{{ (view.title ~ x).upper().lower() }}",
    "{% for one in [1, 2] %}{% include 'part.html' %}{% endfor %}{% include 'part.html' %}",
    "{% set x = 'set' %}{% include 'part.html' %}{% with x = 'with' %}{% include 'part.html' %}{% endwith %}",
    "{% include 'alone.html' without context %}",
    "{% macro row(a, one) %}{{ a }}{% include 'part.html' %}{% endmacro %}{{ row(x) }}{{ row(x, 1) }}",
    "{% for n in [1] %}{% set one = nobody %}{% include 'part.html' %}{{ one is defined }}{% endfor %}",
    "{% include 'none.html' ignore missing %}{% include ['none.html', 'part.html'] %}{% include 'pa' ~ 'rt.html' %}",
    "{% extends 'middle.html' %}{% block b %}{{ super() }}{{ self.c() }}{% endblock %}",
    "{% extends 'middle.html' %}{% block a %}{% set z %}{% include 'part.html' %}{% endset %}{{ z }}{{ super() }}{% endblock %}",
    "{% from 'macros.html' import m, all %}{{ m(x) }}{{ m(x, c=1) }}{{ m(b=x, a=view) }}{{ m(1, 2, 3) }}{{ all(1, 2, d=3) }}",
    "{% import 'macros.html' as macros %}{{ macros.m(macros.word) }}{{ macros.word }}",
    "{% autoescape false %}{{ x }}{{ view.title }}{% endautoescape %}{{ x }}",
    "{% from 'macros.html' import m %}{% autoescape false %}{{ m(x) | e }}{{ m(1, c=2) + x }}{% endautoescape %}{{ m(x) + x }}",
    "{% macro k(a, kept=true) %}{{ a }}<br>{% endmacro %}{{ k(1) | e }}{% autoescape false %}{{ k(1) | e }}{% endautoescape %}{{ k(1) | e }}",
    "{% for one in [x] %}{{ asks('one') }}{{ asks('x') }}{{ loop.index }}{% endfor %}{{ asks('y') }}",
    "{{ [view, view.inner] | map(attribute='title') | join(', ') }}{{ [view] | selectattr('title') | list | length }}",
    "{{ [3, 1] | sum }}{{ [view] | rejectattr('title', 'equalto', 'a') | first }}{{ [1, 1] | unique | list }}{{ [1, 2] | slice(2) | list }}",
    "{{ '<a>' if x }}{{ x if not x }}{{ (x if not x) is defined }}{{ 1 if x }}{{ true }}{{ 1.5 }}{{ [x if not x] }}{{ m if x is none }}",
    "{% autoescape false %}{{ '<a>' if x }}{{ x if not x }}{% endautoescape %}{{ view.said if not x }}{{ (view.inner if x).title }}",
    "{{ [facts, {'title': x}] | map(attribute='title') | list }}{{ ['ab'] | map(attribute='upper') | list | length }}{{ 'ab'['upper'] is defined }}",
    "{{ [facts, {'n': 1}] | selectattr('n.m', 'defined') | list | length }}{{ [3, 4] | select('divisibleby', 2) | list }}{{ [1] | reject('odd') | list }}",
    "{% macro k(a, b=1, kept=true) %}{{ a }}{{ b }}{% endmacro %}{{ k(x) }}{{ k(x, 2) }}{{ k(b=x, a=1) }}{{ k(none) }}{{ k(true) }}{{ k(1) }}{{ k(()) }}",
    "{% macro c(a) %}{{ caller(a) }}{{ a | default('d') }}{% endmacro %}{% call(b) c(x) %}<{{ b }}>{% endcall %}{% call(b) c() %}{% endcall %}",
    "{% macro deep(n) %}{{ n }}{% if n %}{{ deep(n - 1) }}{% endif %}{% endmacro %}{{ deep(3) }}",
]


def environment(text: str) -> jinja2.Environment:
    named = {f"{name}.html": part for name, part in (PARTS | {"page": text}).items()}
    return jinja2.Environment(loader=jinja2.DictLoader(named), autoescape=True, undefined=jinja2.StrictUndefined)


def quick(text: str) -> jinja2.Environment:
    env = environment(text)
    quicken(env)
    return env


@for_each("text", TEXTS)
def test_every_way_to_say_something_says_the_same(text):
    """A hub's own template may use all of Jinja."""
    plain, ours = (env.get_template("page.html").render(GIVEN) for env in (environment(text), quick(text)))

    assert plain == ours


@pytest.mark.parametrize(
    "text",
    [
        "{{ view.missing }}", "{{ nobody.title }}", "{{ view.inner.inner.inner.x }}", "{{ view.broken }}", "{{ facts.none() }}",
        "{% from 'macros.html' import m %}{{ m(1, 2, 3, 4) }}", "{% from 'macros.html' import m %}{{ m() }}",
        "{% from 'macros.html' import m %}{{ m(1, a=2) }}", "{% from 'macros.html' import m %}{{ m(1, d=2) }}",
        "{{ [view] | selectattr('title', 'nosuch') | list }}", "{{ [view] | map(attribute='missing') | join }}", "{{ (x if not x).title }}",
        "{% macro none_at_all() %}{% endmacro %}{{ none_at_all(1) }}", "{% macro needs(a) %}{{ a.b }}{% endmacro %}{{ needs() }}",
        "{% include 'none.html' %}", "{% extends 'none.html' %}",
    ],
)  # fmt: skip
def test_what_jinja_refuses_is_refused_in_the_same_words(text):
    """The message names what a template asked for in vain."""
    refused = []
    for env in (environment(text), quick(text)):
        with pytest.raises((jinja2.TemplateError, TypeError)) as found:
            env.get_template("page.html").render(GIVEN)
        refused.append((found.type, str(found.value)))

    assert refused[0] == refused[1]
