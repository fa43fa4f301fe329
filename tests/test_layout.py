"""The names of a repository's files are agreed on in one place."""

from handbill.kinds import KINDS
from handbill.layout import FOLDERS, SOURCES


def test_every_kind_lies_in_a_folder_of_content():
    """A folder that the walk does not know would never be read."""
    assert all(kind.folder.split("/")[0] in FOLDERS for kind in KINDS)


def test_all_that_a_build_reads_is_watched():
    """A change of a file that is not listed would be taken for no change."""
    assert {"hub.toml", "content", "events", "newsletters", "theme", "handbook", "mkdocs.yml", "addresses.lock", "history.lock"} <= set(SOURCES)
