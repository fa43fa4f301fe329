"""Names of files become addresses, and addresses become paths."""

import pytest

from handbill.hub.address import name_of, output_path, slug_of


@pytest.mark.parametrize(
    ("text", "slug"),
    [("L'été, à vélo !", "l-ete-a-velo"), ("Œuvre & cœur", "oeuvre-coeur"), ("  --A--  ", "a"), ("日本", ""), ("L’Été", "l-ete"), ("Straße", "strasse"), ("ﬁn", "fin"), ("../../x", "x")],
)
def test_any_text_becomes_a_part_of_an_address(text, slug):
    """Accents, ligatures and signs must not make an address that nobody can type."""
    assert slug == slug_of(text)


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("content/posts/2026-03-01-foire.en.md", ("foire", "en")),
        ("content/posts/foire.md", ("foire", None)),
        ("content/posts/v1.2.md", ("v1.2", None)),
        ("events/2026/foire/index.md", ("foire", None)),
        ("events/2026/foire/index.en.md", ("foire", "en")),
        ("content/posts/2026-03-01-.md", ("2026-03-01-", None)),
        ("content/posts/foire.xx.md", ("foire.xx", None)),
    ],
)
def test_a_file_name_gives_name_and_language(source, name):
    """The date in front is for sorting files, the suffix names the language."""
    assert name == name_of(source, ("fr", "en"))


@pytest.mark.parametrize(("address", "path"), [("/", "index.html"), ("/posts/a/", "posts/a/index.html"), ("/feeds/all.json", "feeds/all.json")])
def test_an_address_is_answered_by_one_path(address, path):
    """A folder's address is answered by its index."""
    assert path == output_path(address)
