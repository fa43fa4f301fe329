"""Pages through Pelican: exactly those that were given, by our templates, or none at all."""

from __future__ import annotations

import logging
import subprocess
import sys
from pathlib import Path

import pytest

from handbill.outputs.pelican_bridge import Renderer, TemplateFailed
from handbill.outputs.planned import Finished


def themes(folder: Path, ours: dict[str, str], own: dict[str, str] | None = None) -> list[Path]:
    """Return the folders of templates, the hub's own first."""
    found = []
    for name, files in (("own", own), ("ours", ours)):
        if files is not None:
            base = folder / name / "templates"
            for path, content in files.items():
                (base / path).parent.mkdir(parents=True, exist_ok=True)
                (base / path).write_text(content, encoding="utf-8")
            found.append(base)
    return found


def rendered(templates: list[Path], *pages: Finished) -> dict[str, str]:
    renderer = Renderer(templates)
    return {page.path: renderer.text(page) for page in pages}


def page(path: str, template: str = "a.html", **givens: object) -> Finished:
    return Finished(path, template, givens)


def test_a_template_sees_its_record(tmp_path):
    """Nothing but it: a page is a function of template and record."""
    templates = themes(tmp_path, {"a.html": "<p>{{ view.title }}</p>"})

    assert {"index.html": "<p>Foire</p>"} == rendered(templates, page("index.html", view={"title": "Foire"}))


@pytest.mark.parametrize("name", ["SITENAME", "articles", "pages", "PELICAN_VERSION", "now", "THEME", "SITEURL"])
def test_a_template_sees_nothing_of_pelican(tmp_path, name):
    """What it could see could change the page without changing its key."""
    templates = themes(tmp_path, {"a.html": f"{{{{ {name} }}}}"})

    with pytest.raises(TemplateFailed, match="is undefined"):
        rendered(templates, page("index.html"))


def test_an_unknown_template_is_refused(tmp_path):
    """A new kind without a template must not go unnoticed."""
    templates = themes(tmp_path, {"a.html": "a"})

    with pytest.raises(TemplateFailed, match=r"theme/templates/film\.html: found no such template") as raised:
        rendered(templates, page("index.html", "film.html"))
    assert 1 == raised.value.exit_code


@pytest.mark.parametrize("name", ["article.html", "index.html", "archives.html", "base.html", "period_archives.html"])
def test_pelican_s_own_theme_is_never_used(tmp_path, name):
    """It knows nothing of our records, and would make a page that says nothing."""
    templates = themes(tmp_path, {"a.html": "a"})

    with pytest.raises(TemplateFailed, match="no such template"):
        rendered(templates, page("index.html", name))


def test_the_hub_s_own_template_can_extend_the_one_it_replaces(tmp_path):
    """A community that wants one more line need not copy the page."""
    own = {"a.html": '{% extends "!theme/a.html" %}{% block x %}{{ super() }} and own{% endblock %}'}
    templates = themes(tmp_path, {"a.html": "<p>{% block x %}ours{% endblock %}</p>"}, own)

    assert {"index.html": "<p>ours and own</p>"} == rendered(templates, page("index.html"))


@pytest.mark.parametrize("name", ["!simple/translations.html", "translations.html"])
def test_a_template_reaches_nothing_outside_the_theme(tmp_path, name):
    """Its digest would not know of what it reached."""
    templates = themes(tmp_path, {"a.html": f'{{% include "{name}" %}}'})

    with pytest.raises(TemplateFailed):
        rendered(templates, page("index.html"))


@pytest.mark.parametrize(
    ("template", "told"),
    [
        ("{{ view.titel }}", "titel"),
        ("{% if view.titel %}x{% endif %}", "titel"),
        ("{{ veiw.title }}", "veiw"),
        ("{{ view.title | shuot }}", "shuot"),
        ("text\n{% if %}", r"a\.html:2: "),
        ('{% extends "b.html" %}', r"b\.html"),
    ],
)
def test_a_slip_in_a_template_fails_and_says_where(tmp_path, template, told):
    """Jinja would print nothing for a misspelt value, on all pages, for months."""
    templates = themes(tmp_path, {"a.html": template})

    with pytest.raises(TemplateFailed, match=told) as raised:
        rendered(templates, page("posts/x/index.html", view={"title": "Foire"}))
    assert str(raised.value).startswith("theme/templates/a.html")
    assert "(page posts/x/index.html)" in str(raised.value)


def test_the_hub_s_own_template_wins(tmp_path):
    """And ours can still be extended by it, or fill the gaps."""
    ours = {"a.html": "ours {% include 'parts/b.html' %}", "parts/b.html": "our part", "c.html": "our c"}
    templates = themes(tmp_path, ours, {"parts/b.html": "own part", "c.html": "own c"})

    found = rendered(templates, page("a/index.html"), page("c/index.html", "c.html"))

    assert {"a/index.html": "ours own part", "c/index.html": "own c"} == found


def test_text_is_escaped_unless_it_is_said_to_be_html(tmp_path):
    """A title is text; whatever stands in it, it stays text."""
    templates = themes(tmp_path, {"a.html": '<p title="{{ view }}">{{ view }}{{ view | safe }}</p>'})

    wanted = '<p title="&lt;b&gt;&#34;&amp;">&lt;b&gt;&#34;&amp;<b>"&</p>'
    assert {"index.html": wanted} == rendered(templates, page("index.html", view='<b>"&'))


def test_one_renderer_gives_the_same_again(tmp_path):
    """Under `serve` the second save must not find what the first one left."""
    renderer = Renderer(themes(tmp_path, {"a.html": "{{ n }}"}))

    assert ["1", "2", "1"] == [renderer.text(page("a/index.html", n=n)) for n in (1, 2, 1)]


def test_a_render_after_a_failed_one_works(tmp_path):
    """Who corrects the template under `serve` must not have to start again."""
    templates = themes(tmp_path, {"a.html": "{{ missing }}"})
    with pytest.raises(TemplateFailed):
        rendered(templates, page("index.html"))
    themes(tmp_path, {"a.html": "mended"})

    assert {"index.html": "mended"} == rendered(templates, page("index.html"))


def test_nothing_is_printed(tmp_path, capfd):
    """Pelican greets, counts and says goodbye; a program that reads our JSON would choke on it."""
    rendered(themes(tmp_path, {"a.html": "a"}), page("index.html"))

    assert ("", "") == capfd.readouterr()


SCRIPT = """
import logging, sys
from pathlib import Path
from handbill.outputs.pelican_bridge import Renderer
from handbill.outputs.planned import Finished

def state():
    root = logging.getLogger()
    return (type(root).__name__, root.level, [type(one).__name__ for one in root.handlers], logging.getLoggerClass().__name__,
            logging.getLogger("pelican").propagate, len(logging.getLogger("pelican").handlers))

before = state()[:4]
Renderer([Path(sys.argv[1])]).text(Finished("index.html", "a.html", {}))
first = state()
Renderer([Path(sys.argv[1])]).text(Finished("index.html", "a.html", {}))
print(before, first[:4], first == state(), sep="\\n")
"""


def test_the_log_of_everyone_else_is_left_alone(tmp_path):
    """Whoever logs after us, a library or a test, must not get a logger of Pelican's that swallows what is said twice."""
    (templates,) = themes(tmp_path, {"a.html": "a"})

    done = subprocess.run([sys.executable, "-c", SCRIPT, templates], capture_output=True, text=True, check=True)

    before, after, same = done.stdout.splitlines()
    assert before == after
    assert "True" == same


def test_a_warning_of_pelican_fails_the_render(tmp_path, monkeypatch):
    """It warns where it leaves something out, and exits as if all were well."""
    from pelican.generators import Generator

    begin = Generator.__init__

    def warn(self, *given, **named):
        logging.getLogger("pelican.generators").warning("left out %s", "a.html")
        begin(self, *given, **named)

    monkeypatch.setattr(Generator, "__init__", warn)
    with pytest.raises(TemplateFailed, match=r"Pelican says: left out a\.html"):
        rendered(themes(tmp_path, {"a.html": "a"}), page("index.html"))


def test_templates_that_are_wrong_are_told_of_by_the_page_that_needs_them(tmp_path):
    """To read them ahead saves time; it must not fail a build that shows none of them."""
    renderer = Renderer(themes(tmp_path, {"a.html": "a", "wrong.html": "{% if %}"}))
    renderer.load(["a.html", "wrong.html", "missing.html"])

    assert "a" == renderer.text(page("index.html"))
    with pytest.raises(TemplateFailed, match=r"wrong\.html:1: .*page x\.html"):
        renderer.text(page("x.html", "wrong.html"))


def test_a_template_that_includes_itself_is_told(tmp_path):
    """It would end in a traceback of a thousand lines."""
    with pytest.raises(TemplateFailed, match=r"a\.html: includes itself"):
        rendered(themes(tmp_path, {"a.html": '{% include "a.html" %}'}), page("index.html"))


def test_the_locale_of_the_process_is_as_before(tmp_path):
    """Pelican sets it while it reads its settings; the next file would be read as ASCII."""
    import locale

    before = locale.setlocale(locale.LC_ALL)
    with pytest.raises(TemplateFailed):
        rendered(themes(tmp_path, {"a.html": "{{ nothing }}"}), page("index.html"))

    assert before == locale.setlocale(locale.LC_ALL)
