"""The table of the HTML that texts may hold → its page of the handbook, so that what editors read is what stays."""

from __future__ import annotations

from handbill.hub.allowed import BEYOND, EVERYWHERE, LOOKS, OWN_CLASS, SCHEMES, SORTS
from handbill.outputs.handbook_fields import NOTE

_BEGIN = """# HTML in texts

Markdown is HTML once it is rendered, and in a text you may write HTML yourself: a `<details>` that folds, a `<kbd>` for a key. What
stays of it is listed here. Everything else is left out before any page, list, feed, letter, calendar or search index is made, and a
warning tells you what was lost ([HB118](problems/HB118.md), [HB318](problems/HB318.md)). So whoever may propose a text can only ever
say something: nothing in it runs, asks another server, looks like a button of the site, or sends what a reader types.

The words between two tags that go stay; those of a `<script>` or `<style>` go with it. In the dialect `github` a tag such as `<script>`
or `<iframe>` is shown as it was typed, as the forge does.
"""

_ADDRESSES = """A picture is a file of the hub; one from elsewhere becomes a link to it ([HB112](problems/HB112.md)). A link may begin with
{schemes}; one without any of these leads to a file or a place of the hub. `javascript:`, `data:` and all others are taken off,
however they are written.
"""

_TRUSTED = """A community may allow a little more in folders of which somebody is asked about each change:

```toml
[sections.pages]
folders = ["content/pages"]
owners = ["@atelier/pages"]

[trusted.pages]
folders = ["content/pages"]
elements = ["ruby", "rt", "rp"]
classes = ["own-two-columns"]
```

The folders lie below `content` or `events`, and each, with all sections inside it, has owners ([HB229](problems/HB229.md)); `owners`
writes them into the file that the forge reads. Letters are never among them, because mail programs know less than browsers: where a
feed or a letter shows such a text, programs that do not know an element show its words. Classes are for styles of your own theme. Each
begins with `own-` (`{pattern}`): no style and no script of the program does.

A proposal that adds or widens such a table, or brings a text into such a folder, is [reviewed](review.md) with that as the first thing
to look at, before any word of it.

What can be allowed there:
"""

_NEVER = """## What nobody can allow

Scripts, styles, attributes that run something (`onclick`), frames, films and sounds, forms and their fields, drawings (`<svg>`),
formulas (`<math>`), `<base>`, `<meta>`, `<link>`, `<template>`, names (`name`), data for scripts (`data-…`), addresses that run
something, and places (`id`) of the page around a text. A film would be fetched from elsewhere, and no page of a hub asks anybody but
the hub; link to it. There is no setting for any of these, and what such a text would do on a page its [policy](headers.md) forbids once
more.
"""


def html_page() -> str:
    """Return the page of all elements, attributes, addresses and looks, and of what trusted folders may be allowed."""
    parts = [
        "---\ntitle: HTML in texts\ndescription: What stays of the HTML in a text, and what a community can allow beyond it\n---\n",
        NOTE,
        _BEGIN,
    ]
    parts += ["## Elements\n", "| what for | elements, with the attributes of their own that stay |", "| --- | --- |"]
    for sort in SORTS:
        parts.append(f"| {sort.about} | {', '.join(_element(name, own) for name, own in sort.elements.items())} |")
    parts += ["\nEvery element may have, too:\n", "| attribute | what it may say |", "| --- | --- |"]
    parts += [f"| `{name}` | {about} |" for name, about in EVERYWHERE.items()]
    parts += ["\nThe looks (`class`):\n", "| class | what it is |", "| --- | --- |"]
    parts += [f"| {', '.join(f'`{name}`' for name in names.split(', '))} | {about} |" for names, about in LOOKS.items()]
    parts += ["\n## Addresses\n", _ADDRESSES.format(schemes=_listed([f"`{one}:`" for one in SCHEMES]))]
    parts += [
        "## Trusted folders\n",
        _TRUSTED.format(pattern=OWN_CLASS.replace("?:", "")),
        "| element | what for |",
        "| --- | --- |",
    ]
    parts += [f"| {_element(name, own)} | {about} |" for name, (own, about) in BEYOND.items()]
    return "\n".join([*parts, "", _NEVER])


def _element(name: str, own: tuple[str, ...]) -> str:
    return f"`{name}`" + (f" ({', '.join(f'`{one}`' for one in own)})" if own else "")


def _listed(words: list[str]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}"
