"""Pages through Pelican: exactly those that were given, by our templates, or none at all."""

from __future__ import annotations

import logging
import subprocess
import sys
from pathlib import Path

import pytest
from tests.hubs import files_of

from handbill.outputs.pelican_bridge import TemplateFailed, render
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


def rendered(folder: Path, templates: list[Path], *pages: Finished) -> dict[str, bytes]:
    folder.mkdir()
    return files_of(render(pages, templates, folder))


def page(path: str, template: str = "a.html", **givens: object) -> Finished:
    return Finished(path, template, givens)


def test_a_template_sees_its_record(tmp_path):
    """Nothing but it: a page is a function of template and record."""
    templates = themes(tmp_path, {"a.html": "<p>{{ view.title }}</p>"})

    assert {"index.html": b"<p>Foire</p>"} == rendered(tmp_path / "x", templates, page("index.html", view={"title": "Foire"}))


@pytest.mark.parametrize("name", ["SITENAME", "articles", "pages", "PELICAN_VERSION", "now", "THEME", "SITEURL"])
def test_a_template_sees_nothing_of_pelican(tmp_path, name):
    """What it could see could change the page without changing its key."""
    templates = themes(tmp_path, {"a.html": f"{{{{ {name} }}}}"})

    with pytest.raises(TemplateFailed, match="is undefined"):
        rendered(tmp_path / "x", templates, page("index.html"))


def test_a_page_lies_where_it_was_planned(tmp_path):
    """At any depth, with any ending, and nothing is written beside."""
    templates = themes(tmp_path, {"a.html": "{{ n }}"})
    paths = ["index.html", "a/b/c/index.html", "404.html", "blog/old.php", "en/index.html"]

    found = rendered(tmp_path / "x", templates, *(page(path, n=number) for number, path in enumerate(paths)))

    assert {path: str(number).encode() for number, path in enumerate(paths)} == found


def test_no_page_makes_no_file(tmp_path):
    """Pelican left alone writes an index, archives and categories of nothing."""
    assert {} == rendered(tmp_path / "x", themes(tmp_path, {"a.html": "a"}))


def test_an_unknown_template_is_refused(tmp_path):
    """A new kind without a template must not go unnoticed."""
    templates = themes(tmp_path, {"a.html": "a"})

    with pytest.raises(TemplateFailed, match=r"theme/templates/film\.html: found no such template") as raised:
        rendered(tmp_path / "x", templates, page("index.html", "film.html"))
    assert 1 == raised.value.exit_code


@pytest.mark.parametrize("name", ["article.html", "index.html", "archives.html", "base.html", "period_archives.html"])
def test_pelican_s_own_theme_is_never_used(tmp_path, name):
    """It knows nothing of our records, and would make a page that says nothing."""
    templates = themes(tmp_path, {"a.html": "a"})

    with pytest.raises(TemplateFailed, match="no such template"):
        rendered(tmp_path / "x", templates, page("index.html", name))


def test_the_hub_s_own_template_can_extend_the_one_it_replaces(tmp_path):
    """A community that wants one more line need not copy the page."""
    own = {"a.html": '{% extends "!theme/a.html" %}{% block x %}{{ super() }} and own{% endblock %}'}
    templates = themes(tmp_path, {"a.html": "<p>{% block x %}ours{% endblock %}</p>"}, own)

    assert {"index.html": b"<p>ours and own</p>"} == rendered(tmp_path / "x", templates, page("index.html"))


@pytest.mark.parametrize("name", ["!simple/translations.html", "translations.html"])
def test_a_template_reaches_nothing_outside_the_theme(tmp_path, name):
    """Its digest would not know of what it reached."""
    templates = themes(tmp_path, {"a.html": f'{{% include "{name}" %}}'})

    with pytest.raises(TemplateFailed):
        rendered(tmp_path / "x", templates, page("index.html"))


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
        rendered(tmp_path / "x", templates, page("posts/x/index.html", view={"title": "Foire"}))
    assert str(raised.value).startswith("theme/templates/a.html")
    assert "(page posts/x/index.html)" in str(raised.value)


def test_the_hub_s_own_template_wins(tmp_path):
    """And ours can still be extended by it, or fill the gaps."""
    ours = {"a.html": "ours {% include 'parts/b.html' %}", "parts/b.html": "our part", "c.html": "our c"}
    templates = themes(tmp_path, ours, {"parts/b.html": "own part", "c.html": "own c"})

    found = rendered(tmp_path / "x", templates, page("a/index.html"), page("c/index.html", "c.html"))

    assert {"a/index.html": b"ours own part", "c/index.html": b"own c"} == found


def test_text_is_escaped_unless_it_is_said_to_be_html(tmp_path):
    """A title is text; whatever stands in it, it stays text."""
    templates = themes(tmp_path, {"a.html": '<p title="{{ view }}">{{ view }}{{ view | safe }}</p>'})

    wanted = b'<p title="&lt;b&gt;&#34;&amp;">&lt;b&gt;&#34;&amp;<b>"&</p>'
    assert {"index.html": wanted} == rendered(tmp_path / "x", templates, page("index.html", view='<b>"&'))


def test_two_renders_in_one_process_give_the_same(tmp_path):
    """Under `serve` the second save must not find what the first one left."""
    templates = themes(tmp_path, {"a.html": "{{ n }}"})

    first = rendered(tmp_path / "x", templates, page("a/index.html", n=1), page("b/index.html", n=2))
    second = rendered(tmp_path / "y", templates, page("a/index.html", n=1), page("b/index.html", n=2))

    assert first == second
    assert {"c/index.html": b"3"} == rendered(tmp_path / "z", templates, page("c/index.html", n=3))


def test_a_render_after_a_failed_one_works(tmp_path):
    """Who corrects the template under `serve` must not have to start again."""
    templates = themes(tmp_path, {"a.html": "{{ missing }}"})
    with pytest.raises(TemplateFailed):
        rendered(tmp_path / "x", templates, page("index.html"))
    themes(tmp_path, {"a.html": "mended"})

    assert {"index.html": b"mended"} == rendered(tmp_path / "y", templates, page("index.html"))


def test_nothing_is_printed(tmp_path, capfd):
    """Pelican greets, counts and says goodbye; a program that reads our JSON would choke on it."""
    rendered(tmp_path / "x", themes(tmp_path, {"a.html": "a"}), page("index.html"))

    assert ("", "") == capfd.readouterr()


SCRIPT = """
import logging, sys
from pathlib import Path
from handbill.outputs.pelican_bridge import render
from handbill.outputs.planned import Finished

def state():
    root = logging.getLogger()
    return (type(root).__name__, root.level, [type(one).__name__ for one in root.handlers], logging.getLoggerClass().__name__,
            logging.getLogger("pelican").propagate, len(logging.getLogger("pelican").handlers))

before = state()[:4]
render([Finished("index.html", "a.html", {})], [Path(sys.argv[1])], Path(sys.argv[2]))
first = state()
render([Finished("index.html", "a.html", {})], [Path(sys.argv[1])], Path(sys.argv[3]))
print(before, first[:4], first == state(), sep="\\n")
"""


def test_the_log_of_everyone_else_is_left_alone(tmp_path):
    """Whoever logs after us, a library or a test, must not get a logger of Pelican's that swallows what is said twice."""
    (templates,) = themes(tmp_path, {"a.html": "a"})
    for name in ("x", "y"):
        (tmp_path / name).mkdir()

    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, templates, tmp_path / "x", tmp_path / "y"], capture_output=True, text=True, check=True
    )

    before, after, same = done.stdout.splitlines()
    assert before == after
    assert "True" == same


def test_a_warning_of_pelican_fails_the_render(tmp_path, monkeypatch):
    """It warns where it leaves something out, and exits as if all were well."""
    from pelican.writers import Writer

    write_file = Writer.write_file

    def warn(self, *given, **named):
        logging.getLogger("pelican.writers").warning("left out %s", given[0])
        return write_file(self, *given, **named)

    monkeypatch.setattr(Writer, "write_file", warn)
    with pytest.raises(TemplateFailed, match=r"Pelican says: left out index\.html"):
        rendered(tmp_path / "x", themes(tmp_path, {"a.html": "a"}), page("index.html"))


def test_a_page_that_pelican_does_not_write_is_noticed(tmp_path, monkeypatch):
    """It passes over a path that it takes for already written."""
    from pelican.writers import Writer

    from handbill.errors import MachineLacks

    monkeypatch.setattr(Writer, "write_file", lambda *_given, **_named: None)
    with pytest.raises(MachineLacks, match="did not write exactly"):
        rendered(tmp_path / "x", themes(tmp_path, {"a.html": "a"}), page("index.html"))


def test_a_template_that_includes_itself_is_told(tmp_path):
    """It would end in a traceback of a thousand lines."""
    with pytest.raises(TemplateFailed, match=r"a\.html: includes itself"):
        rendered(tmp_path / "x", themes(tmp_path, {"a.html": '{% include "a.html" %}'}), page("index.html"))


def test_the_locale_of_the_process_is_as_before(tmp_path):
    """Pelican sets it while it reads its settings; the next file would be read as ASCII."""
    import locale

    before = locale.setlocale(locale.LC_ALL)
    with pytest.raises(TemplateFailed):
        rendered(tmp_path / "x", themes(tmp_path, {"a.html": "{{ nothing }}"}), page("index.html"))

    assert before == locale.setlocale(locale.LC_ALL)
