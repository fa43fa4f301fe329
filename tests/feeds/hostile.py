"""A hub of texts that lose other generators their feeds: every one is allowed, and every one must be carried.

What is refused (addresses that run programs, characters that nobody sees) is not in here.
"""

from __future__ import annotations

import json
from pathlib import Path

from tests.hubs import VILLAGE, text, write

#: Titles that look like what they are not.
TITLES = (
    "Le <b>gras</b> et l'<i>italique</i>",
    "R&D &amp; Cie &eacute; &#233; &lt;p&gt;",
    "]]> et <![CDATA[ encore ]]>",
    "</title></item></channel></rss>",
    "<script>alert(1)</script>",
    "Emoji 😀 🇫🇷 👩‍🚒 et accents e\u0301",
    "مرحبا بالعالم שלום",
    "\"guillemets\" 'droits' « français » “anglais”",
    "Un titre " + "interminable " * 14,
    "100 % – a < b > c & d",
    "<!-- commentaire --> {{ gabarit }} {% bloc %} ${x}",
    "\\ barre \\n \\u0000 %00 %0d%0a",
    "espaces \u00a0\u202f\u2009 et tirets \u2011\u2013\u2014",
    "-",
    "&",
)

#: Texts of every form that Markdown has, and some that it has not.
BODIES = (
    "",
    "- [x] fait\n- [ ] à faire\n  - [ ] dessous\n    1. un\n    2. deux\n",
    "| a | b |\n| --- | ---: |\n| `x|y` | <b>z</b> |\n| | vide |\n",
    "Note[^1] et note[^deux].\n\n[^1]: Une *note*.\n[^deux]: Une autre,\n    sur deux lignes.\n",
    "> > > citations\n> > dans\n> des citations\n\n> [!WARNING]\n> Attention & prudence\n",
    "Un texte de `data:text/html,<script>alert(1)</script>` et de données.\n",
    "<script>alert(1)</script>\n\n<style>p{}</style>\n\n<iframe src='https://a.example/'></iframe>\n\n<p onclick='x()' style='color:red'>texte</p>\n",
    "<p>jamais fermé\n\n<div><b>croisé<i></b></i>\n\n</section>\n",
    "`]]>` ]]> &amp;lt; &lt;b&gt; <![CDATA[x]]>\n\n```html\n<p>]]></p>\n```\n",
    "[relatif](../posts/t1.md) [ancre](#la) [racine](/posts/t2/) <https://a.example/?a=1&b=2> [accent](https://a.example/été/à%20table)\n\n## La\n",
    "[courriel](mailto:contact@bourg.example) [appel](tel:112) [carte](geo:44.8,-0.57)\n",
    "# Un\n\n### Trois\n\n## Deux <em>et</em> `code`\n\n***\n\nTerme  \nligne\\\nligne\n",
    "<details><summary>Plus</summary>\n\nCaché.\n\n</details>\n\n<kbd>Ctrl</kbd> H<sub>2</sub>O <mark>vu</mark> ~~rayé~~\n",
    "![Le puits](../pictures/puits.png) ![Le puits](../pictures/puits.png 'Un \"titre\" <b>')\n",
    "مرحبا [رابط](https://a.example/) 😀\n\n" + "mot " * 400 + "\n",
    "<a href='https://a.example/'>lien <a href='https://b.example/'>dans un lien</a></a>\n",
    "<p>Un<br>deux<br/>trois</p>\n\n<video controls src='https://a.example/v.mp4'></video>\n\n<object data='x'></object>\n",
)


def hostile(folder: Path) -> Path:
    """Write the hub and return it."""
    files: dict[str, str | bytes] = {"content/pictures/puits.png": (VILLAGE / "content/pictures/puits.png").read_bytes()}
    for number, title in enumerate(TITLES):
        body = BODIES[number % len(BODIES)]
        quoted = json.dumps(title, ensure_ascii=False)
        front = {
            "title": quoted,
            "tags": f"[sujet, {json.dumps('t & <' + str(number % 3) + '>')}]",
            "authors": f"[{json.dumps(title[:60], ensure_ascii=False)}]",
        }
        files[f"content/posts/t{number}.md"] = text(body, **front, date=f"2026-01-{1 + number % 4:02}")
    for number, body in enumerate(BODIES):
        files[f"content/posts/b{number}.md"] = text(
            body,
            title=f"Texte {number}",
            date=f"2026-02-{1 + number % 5:02}",
            picture="../pictures/puits.png",
            picture_alt='"Le <puits> & co"',
        )
    event = {
        "starts": "2026-04-11 14:00",
        "ends": "2026-04-11 16:00",
        "organisers": "[X & <Y>]",
        "venue": '{name: "Salle <b>& Cie</b>", city: "Ville & co"}',
    }
    states = ("confirmed", "tentative", "cancelled", "postponed")
    for number, status in enumerate(states):
        note = {} if status == "confirmed" else {"status_note": '"Pluie & <vent> ]]>"'}
        files[f"events/e{number}.md"] = text(
            BODIES[number], **event, title=json.dumps(TITLES[number]), date="2026-02-10", status=status, **note
        )
    files["content/posts/en.en.md"] = text("English <b>text</b> & more.", title='"English & <b>bold</b>"', tags="[sujet]")
    hub = '[hub]\nname = "Le bourg & <ses> amis"\nbase_url = "https://bourg.example/sous/"\nlang = "fr"\nlanguages = ["fr", "en"]\ndescription = "Des « textes » & <b>balises</b> ]]>"\n'
    return write(folder, {"hub.toml": hub, **files})
