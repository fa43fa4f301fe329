"""Many pages by one theme: what is kept of a macro is what it would say again, and every byte is Jinja's own."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import jinja2
import pytest
from markupsafe import Markup, escape
from tests.cases import for_each

from handbill.outputs import template_engine
from handbill.outputs.template_engine import quicken
from handbill.outputs.words import Words


@dataclass(frozen=True)
class Record:
    """A record that tells how often somebody looked at it."""

    title: str
    looks: list[int] = field(default_factory=list, compare=False)

    def look(self) -> str:
        self.looks.append(1)
        return self.title


def environment(**templates: str) -> jinja2.Environment:
    named = {f"{name}.html": text for name, text in templates.items()}
    return jinja2.Environment(loader=jinja2.DictLoader(named), autoescape=True, undefined=jinja2.StrictUndefined)


def quick(**templates: str) -> jinja2.Environment:
    env = environment(**templates)
    quicken(env)
    return env


PART = "{% macro shown(one, look='', kept=true) %}<{{ one.look() }}{{ look }}>{% endmacro %}"
PAGE = "{% from 'part.html' import shown %}{{ shown(view, look) }}"


def test_what_a_macro_said_of_a_record_is_said_again():
    """A card stands in a dozen lists and is written once."""
    env, one = quick(part=PART, page=PAGE), Record("Foire")

    assert ["<Foire!>", "<Foire!>", "<Foire?>"] == [env.get_template("page.html").render(view=one, look=look) for look in "!!?"]
    assert 2 == len(one.looks)


def test_equal_records_are_not_taken_for_one_another():
    """Whether they are equal costs more to find out than to write them, and equality may leave something out."""
    env = quick(part=PART, page=PAGE)
    one, other = Record("Foire"), Record("Foire")

    for view in (one, other):
        env.get_template("page.html").render(view=view, look="")
    assert (1, 1) == (len(one.looks), len(other.looks))


def test_a_macro_that_does_not_ask_for_it_is_called_each_time():
    """Most say something else on each page, and keeping it would fill the memory."""
    env, one = quick(part=PART.replace(", kept=true", ""), page=PAGE), Record("Foire")

    for _ in range(3):
        env.get_template("page.html").render(view=one, look="")
    assert 3 == len(one.looks)


def test_a_caller_may_ask_that_an_answer_is_not_kept():
    """A menu with the addresses of one page in other languages is no other page's."""
    env = quick(part=PART, page="{% from 'part.html' import shown %}{{ shown(view, '', false) }}")

    assert ["<Foire>"] * 2 == [env.get_template("page.html").render(view=Record("Foire")) for _ in range(2)]
    assert not env.kept_answers


@pytest.mark.parametrize("value", [["a"], {"a": 1}, jinja2.utils.Namespace(a=1)], ids=["list", "dict", "namespace"])
def test_what_may_change_is_never_kept(value):
    """The list of days that were shown grows from row to row."""
    env = quick(part="{% macro shown(one, kept=true) %}{{ one | string | length }}{% endmacro %}", page=PAGE.replace(", look", ""))
    counted: list[int] = []
    env.filters["string"] = lambda _: counted.append(1) or "x"

    for _ in range(2):
        env.get_template("page.html").render(view=value)
    assert 2 == len(counted)


def test_one_and_true_are_not_the_same():
    """They are equal to Python, and are written differently."""
    env = quick(part="{% macro shown(one, kept=true) %}{{ one }}{% endmacro %}", page=PAGE.replace(", look", ""))

    assert ["1", "True", "1", "", "None"] == [env.get_template("page.html").render(view=one) for one in (1, True, "1", "", None)]


def test_safe_and_unsafe_text_are_not_the_same():
    """What is HTML stands as it is; the same signs as text are escaped."""
    env = quick(part="{% macro shown(one, kept=true) %}{{ one }}{% endmacro %}", page=PAGE.replace(", look", ""))

    assert ["<b>", "&lt;b&gt;"] == [env.get_template("page.html").render(view=one) for one in (Markup("<b>"), "<b>")]


def test_a_tuple_of_records_is_known_by_what_it_holds():
    """The links of a menu are one tuple, those of two languages are two."""
    env = quick(
        part="{% macro shown(all, kept=true) %}{% for one in all %}{{ one.look() }}{% endfor %}{% endmacro %}",
        page=PAGE.replace(", look", ""),
    )
    one, other = Record("a"), Record("b")

    shown = [env.get_template("page.html").render(view=view) for view in ((one, other), (one, other), (other, one), (one,))]
    assert ["ab", "ab", "ba", "a"] == shown
    assert 3 == len(one.looks)


def test_words_of_two_languages_do_not_mix():
    """A mark is the same sign in all languages, and another word in each."""
    env = quick(part="{% macro shown(one, kept=true) %}{{ one.lang }}{% endmacro %}", page=PAGE.replace(", look", ""))
    english, french = Words("en"), Words("fr")

    assert ["en", "fr", "en"] == [env.get_template("page.html").render(view=one) for one in (english, french, english)]


def test_a_macro_of_the_page_itself_sees_each_page():
    """It may read what it was not given."""
    env = quick(page="{% macro shown(kept=true) %}{{ view }}{% endmacro %}{{ shown() }}")

    assert ["a", "b"] == [env.get_template("page.html").render(view=one) for one in "ab"]


def test_a_part_imported_with_the_page_sees_each_page():
    """Likewise for a hub's own template that imports so."""
    env = quick(
        part="{% macro shown(kept=true) %}{{ view }}{% endmacro %}", page="{% from 'part.html' import shown with context %}{{ shown() }}"
    )

    assert ["a", "b"] == [env.get_template("page.html").render(view=one) for one in "ab"]


def test_a_record_that_is_gone_leaves_nothing_to_another():
    """Python gives a new record the number in memory of one that is gone."""
    env = quick(part=PART, page=PAGE)

    assert [f"<{n}>" for n in range(200)] == [env.get_template("page.html").render(view=Record(str(n)), look="") for n in range(200)]


def test_the_memory_for_answers_has_an_end(monkeypatch):
    """Half a million items must not fill a machine; what is forgotten is said anew."""
    monkeypatch.setattr(template_engine, "MOST", 3)
    env, records = quick(part=PART, page=PAGE), [Record(str(n)) for n in range(9)]

    for _ in range(2):
        assert [f"<{n}>" for n in range(9)] == [env.get_template("page.html").render(view=one, look="") for one in records]
    assert len(env.kept_answers) <= 3


def test_a_build_forgets_the_records_of_the_one_before():
    """Under `serve` the engine lives on for hours."""
    env = environment(part=PART, page=PAGE)
    forget = quicken(env)
    env.get_template("page.html").render(view=Record("Foire"), look="")

    assert env.kept_answers
    forget()
    assert not env.kept_answers


VALUES = ["", "plain", "<b>&\"'", "é – “x”", Markup("<b>"), 0, 1.5, True, None, ("<",), Record("<i>")]
TEMPLATES = {
    "output": "{{ view }}|{{ view | string }}|{{ [view] | join(view | string) }}",
    "set": "{% set x %}{{ view }}<b>{% endset %}{{ x }}{{ x ~ view }}",
    "macro": "{% macro m(a, b=view) %}{{ a }}{{ b }}{{ caller() }}{% endmacro %}{% call m(1) %}{{ view }}{% endcall %}",
    "filter": "{% filter upper %}{{ view }}<{% endfilter %}",
    "loop": "{% for a in [view, view] recursive %}{{ loop.index }}{{ a }}{{ loop([]) }}{% endfor %}",
    "block": "{% block a %}{{ view }}{% endblock %}{{ self.a() }}",
    "methods": "{{ (view | string).upper() }}{{ [view].count(view) }}{{ range(2) | list }}{{ dict(a=view) }}",
}


@for_each("value", VALUES, ids=repr)
@for_each("name", TEMPLATES)
def test_every_byte_is_as_jinja_writes_it(name, value):
    """It is faster, and nothing else."""
    text = TEMPLATES[name]

    assert environment(page=text).get_template("page.html").render(view=value) == quick(page=text).get_template("page.html").render(
        view=value
    )


@pytest.mark.parametrize(
    "text", ["{{ missing }}", "{{ view.missing }}", "{{ view() }}", "{% from 'part.html' import nothing %}{{ nothing() }}"]
)
def test_what_jinja_refuses_is_refused(text):
    """A slip in a template must not become a hole in a page."""
    for env in (environment(page=text, part=""), quick(page=text, part="")):
        with pytest.raises((jinja2.TemplateError, TypeError)):
            env.get_template("page.html").render(view=Record("x"))


def test_a_text_is_escaped_as_markupsafe_does():
    """Titles are text, whatever stands in them."""
    page = quick(page="{{ view }}").get_template("page.html")

    assert [str(escape(one)) for one in VALUES] == [page.render(view=one) for one in VALUES]


def test_the_kept_parts_of_the_theme_see_nothing_but_what_they_are_given():
    """A macro that is imported with the page, or defined in it, gains nothing and would only look kept."""
    parts = Path(__file__).parents[2] / "theme/templates/parts"
    kept = [file.name for file in sorted(parts.glob("*.html")) if "kept=true" in file.read_text(encoding="utf-8")]

    assert {"cards.html", "frame.html", "icons.html", "navigation.html", "rows.html"} == set(kept)
    for file in parts.parent.rglob("*.html"):
        text = file.read_text(encoding="utf-8")
        assert "with context" not in text, file.name
