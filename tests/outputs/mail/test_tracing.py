"""Which line of a template wrote a sign of what it made."""

import pytest
from jinja2 import DictLoader, Environment, FunctionLoader

from handbill.outputs.mail.tracing import place_of, raised_at

FRAME = """\
{# A remark
   of two lines #}
{% from "own.mjml" import button %}
<mjml>
<mj-body width="{{ width }}">
{% for one in list %}
  <mj-section {% if one == 2 %}x{% endif %}>
  </mj-section>
{% endfor %}

{% include "foot.mjml" %}
{{ button("TEXT") }}
{% filter upper %}
<kept>
{% endfilter %}
</mjml>
"""
FILES = {
    "letter.mjml": FRAME,
    "foot.mjml": "\n<foot>\n<second>\n",
    "own.mjml": "\n{% macro button(said) %}\n<button>{{ said }}</button>\n{% endmacro %}\n",
}


def places(word: str) -> list[tuple[str, int]]:
    """Return where each of the places of a word in the output comes from."""
    environment = Environment(loader=DictLoader(FILES), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    givens = {"width": "600px", "list": [1, 2]}
    made = environment.get_template("letter.mjml").render(givens)
    found, at = [], made.find(word)
    while at >= 0:
        found.append(place_of(at, environment, "letter.mjml", givens))
        at = made.find(word, at + 1)
    return found


@pytest.mark.parametrize(
    ("line", "word"),
    [(4, "<mjml>"), (5, "<mj-body"), (5, "600px"), (7, " x>"), (12, "<button>"), (12, "TEXT"), (13, "<KEPT>"), (16, "</mjml>")],
)
def test_a_sign_is_told_by_the_line_that_wrote_it(line, word):
    """Somebody who changes the theme reads letter.mjml, and never what came out of it."""
    assert [("letter.mjml", line)] == places(word)


def test_a_line_that_writes_twice_is_told_twice():
    """A flaw in a loop has one place."""
    assert [("letter.mjml", 7), ("letter.mjml", 7)] == places("<mj-section")


def test_an_included_file_is_named_with_its_own_line():
    """The line of the call would send its author to the wrong file."""
    assert [("foot.mjml", 2)] == places("<foot>")
    assert [("foot.mjml", 3)] == places("<second>")


def test_an_error_is_told_by_the_innermost_line_of_a_template():
    """An undefined name in a macro is mended where the macro is."""
    files = {
        "letter.mjml": '\n{% from "own.mjml" import button %}\n{{ button() }}',
        "own.mjml": "{% macro button() %}\n\n{{ 1 + none }}{% endmacro %}",
    }
    environment = Environment(loader=FunctionLoader(lambda name: (files[name], name, None)), autoescape=True)

    with pytest.raises(TypeError) as rendered:
        environment.get_template("letter.mjml").render()
    with pytest.raises(TypeError) as called:
        environment.get_template("own.mjml").module.button()

    assert ("own.mjml", 3) == raised_at(rendered.value) == raised_at(called.value)
    assert raised_at(ValueError("of ours")) is None
