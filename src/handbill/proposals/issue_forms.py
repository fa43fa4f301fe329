"""Forms → the files by which GitHub shows them.  Knows what that program takes and refuses; asks nothing itself."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from handbill.errors import said
from handbill.proposals.forms import FORMS, LANGUAGES, Form, Question, field_of, is_required, options_of
from handbill.settings import Settings
from handbill.telling import tell

#: Where GitHub looks for them.
FOLDER = ".github/ISSUE_TEMPLATE"

_LABELS = {"correction": "correction", "report": "problem"}
#: The first line of each, by which a later version knows its own.
NOTE = "# Made by `python3 build.py intake --forms` from the fields that files have; what is changed here is lost."


def issue_forms(settings: Settings) -> Mapping[str, str]:
    """Return each file with its text: a form in each language, and what stands beside them."""
    # GitHub shows them in the order of their names; those of the hub's own language come first.
    own = settings.lang if settings.lang in LANGUAGES else "en"
    langs = (own, *(one for one in LANGUAGES if one != own))
    found = {
        f"{FOLDER}/{row}{number}-{form.name}-{lang}.yml": _template(form, lang)
        for row, lang in enumerate(langs, 1)
        for number, form in enumerate(FORMS, 1)
    }
    return found | {f"{FOLDER}/config.yml": _config(settings, own)}


def _template(form: Form, lang: str) -> str:
    lines = [
        NOTE,
        f"name: {_text(tell(form.title, lang))}",
        f"description: {_text(tell(form.about, lang))}",
        f"labels: [{_text(_LABELS.get(form.name, 'proposal'))}]",
        "body:",
        "  - type: markdown",
        "    attributes:",
        f"      value: {_text(tell(form.before, lang))}",
    ]
    for question in form.questions:
        lines += _asked(form, question, lang)
    return "\n".join(lines) + "\n"


def _asked(form: Form, question: Question, lang: str) -> Iterator[str]:
    types = {"line": "input", "lines": "textarea", "choice": "dropdown", "ticks": "checkboxes"}
    yield f"  - type: {types[question.shape]}"
    yield f"    id: {question.key.replace('.', '-').replace('_', '-')}"
    yield "    attributes:"
    yield f"      label: {_text(tell(question.label, lang))}"
    one = field_of(form, question)
    about = tell(question.help, lang) if question.help else _sentence(tell(one.does, lang)) if one else ""
    if about:
        yield f"      description: {_text(about)}"
    if question.shape in ("line", "lines") and (example := _example(form, question, lang)):
        yield f"      placeholder: {_text(example)}"
    if question.shape in ("choice", "ticks"):
        yield "      options:"
    for word, label in options_of(question):
        if question.shape == "choice":
            yield f"        - {_text(tell(label, lang))}"
        else:
            yield f"        - label: {_text(tell(label, lang))}"
            if word in question.musts:
                yield "          required: true"
    if question.shape != "ticks" and is_required(form, question):
        yield "    validations:"
        yield "      required: true"


def _example(form: Form, question: Question, lang: str) -> str:
    one = field_of(form, question)
    example = question.example or (one.example if one else "")
    shown = tell(example, lang)
    # A list stands between brackets in a file; here its parts are parted by commas.
    return shown[1:-1] if shown[:1] == "[" and shown[-1:] == "]" else shown


def _config(settings: Settings, lang: str) -> str:
    lines = [NOTE, "blank_issues_enabled: false"]
    if urlsplit(settings.base_url).scheme == "https":
        about = tell(said("What is published, and how to reach us in private."), lang)
        lines += [
            "contact_links:",
            f"  - name: {_text(settings.name)}",
            f"    url: {_text(settings.base_url)}",
            f"    about: {_text(about)}",
        ]
    return "\n".join(lines) + "\n"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")


def _text(text: str) -> str:
    """Return a text as YAML and JSON both write it, so that no sign of it can mean anything else."""
    return json.dumps(text, ensure_ascii=False)
