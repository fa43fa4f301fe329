"""Where things lie in the repository of a hub: the names that all parts of the program agree on."""

#: The community's settings.
HUB = "hub.toml"

#: What names members or opens a door; Git does not see it, and no message shows a line of it.
LOCAL = "hub.local.toml"

#: Everything an editor writes lies in one of these folders.
FOLDERS = ("content", "events", "newsletters")

#: Frozen letters; their files are no content to be read again.
ARCHIVE = "newsletters/archive"

#: What was committed of each contest, in a folder of its id; these files are no content to be read again.
CONTESTS = "content/contests/archive"

#: The hub's own templates, styles and words.
THEME = "theme"

#: Endings of its files that say how something looks.  Its other files are templates, which can do all that the program can, and scripts.
LOOKS = (".css", ".po", ".svg", ".toml")

#: The handbook: its settings, its texts, and the lock of its environment.
HANDBOOK = ("mkdocs.yml", "handbook", "requirements-handbook.lock")

#: Every address once published; see decision 0006.
ADDRESSES = "addresses.lock"

#: What calendars have told of each event; see decision 0028.
CALENDARS = "calendars.lock"

#: What version history says, for clones without it; see decision 0011.
HISTORY = "history.lock"

#: All that a build reads.
SOURCES = (HUB, *FOLDERS, THEME, *HANDBOOK, ADDRESSES, CALENDARS, HISTORY)

#: Whoever may change these decides who is asked about everything else.
DECIDING = (HUB, ".github")

#: Those among the sources that a build writes itself.
WRITTEN = (ADDRESSES, CALENDARS)

#: Our own things: caches, scratch, notes.  Never committed, always dispensable.
PRIVATE = ".handbill"
