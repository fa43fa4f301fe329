"""The list of all problem codes, made of their pages."""

from handbill.explaining import Explanation
from handbill.outputs.handbook_problems import list_of

TITLES = {"en": "HB213: the event ends | before it starts", "fr": "HB213\u00a0: l’évènement finit avant de commencer"}


def page(code: str, level: str = "error") -> Explanation:
    """Return a page of that code."""
    titles = {lang: title.replace("HB213", code) for lang, title in TITLES.items()}
    return Explanation(code, level, titles, {"en": "", "fr": ""}, ())


def test_every_code_is_listed_with_its_level_and_its_page_in_both_languages():
    """It is the only way to the pages from within the handbook."""
    told = list_of((page("HB213"),))

    assert "\n| [HB213](problems/HB213.md) | error | the event ends \\| before it starts | <span lang=\"fr\">l’évènement finit avant de commencer</span> |\n" in told


def test_codes_are_listed_by_what_they_are_about():
    """Sixty codes in one table are not read."""
    told = list_of((page("HB101"), page("HB213"), page("HB501", "note")))

    headings = [line for line in told.splitlines() if line.startswith("## ")]
    assert ["## 1xx: files and texts", "## 2xx: fields", "## 5xx: dates, and what is not shown yet"] == headings
    assert "| *note* |" in told


def test_what_does_not_stop_the_build_is_told_apart():
    """A warning that looks like an error makes people stop."""
    assert "| *warning* |" in list_of((page("HB112", "warning"),))
