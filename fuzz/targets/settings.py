"""Any bytes as hub.toml: settings, or problems at their lines."""

from __future__ import annotations

from fuzz.room import as_file

from handbill.hub.clean import FORBIDDEN
from handbill.settings import settings_or_problems

SEEDS = ("hub.toml", "tests/sites/*/hub.toml", "tests/sites_broken/*/hub.toml")
WORDS = ("[hub]\n", "[[", "]]\n", "base_url = ", "'''", '"""', "\\u", "\\U", "{ a = ", "0x", "1e9", "inf", "1979-05-27T07:32:00Z", " = [", "[letters.main]\n", "[sections.posts]\n", "[sending]\n", "a.b.c = ")  # fmt: skip


def one(raw: bytes) -> None:
    """Read *raw*."""
    root = as_file("hub.toml", raw).parent
    settings, problems = settings_or_problems(root)
    assert settings is not None or problems
    for problem in problems:
        assert problem.found
        assert problem.line >= 0
        assert str(problem)
    if settings is not None:
        assert settings.base_url.endswith("/")
        assert not FORBIDDEN.search(settings.name + settings.base_url + settings.zone)
