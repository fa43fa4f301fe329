"""The hub → its letters: for every issue the HTML, the plain text, and the mail that is handed to a sender.

A letter says what was true at its own date, never at the build's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from handbill.errors import ContentProblems, Problem, said
from handbill.hub.hub import Hub
from handbill.hub.item import Item
from handbill.layout import HUB
from handbill.outputs.alerts import with_alert_titles
from handbill.outputs.cards import Cards
from handbill.outputs.content import Prose, content_of
from handbill.outputs.mail.fragment import sturdy
from handbill.outputs.mail.headers import Refused, headers_of
from handbill.outputs.mail.record import TOKEN, Letter
from handbill.outputs.parts import in_parts
from handbill.outputs.planned import Artifact, Planned, digest, settled
from handbill.outputs.subscriptions import archive_of
from handbill.outputs.theme import Theme
from handbill.outputs.tokens import colours, read_tokens
from handbill.outputs.translated import alternates
from handbill.outputs.words import Words, words_for
from handbill.settings import Settings
from handbill.settings_letters import OWN

if TYPE_CHECKING:
    from handbill.outputs.mail.template import Frames

name = "letters"

#: From this many letters on, a second process pays.
PARTS_FROM = 100

HTML, TEXT, MAIL = "mail.html", "mail.txt", "mail.eml"


def plan(hub: Hub, settings: Settings) -> Iterator[Planned]:
    """Yield the three forms of every letter; without a sender in hub.toml there is no mail.

    Raises:
        ContentProblems: a text must not stand in the headers of a mail, or poses as a member's token.
    """
    frame = frame_digest(settings)
    problems: list[Problem] = []
    planned: list[Planned] = []
    for lang in settings.languages:
        cards = Cards(hub, settings, lang, settings.absolute)
        for item in hub.of_kind("issue", lang):
            if item.id in hub.frozen:
                # It stands in the archive, and is never made again (outputs/frozen.py).
                continue
            letter = letter_of(item, hub, settings, cards)
            problems += refusals(letter, item, settings)
            forms = (HTML, TEXT, MAIL) if letter.sender else (HTML, TEXT)
            key = digest(frame, letter)
            planned += [settled(f"{item.address.lstrip('/')}{form}", digest(key, form), (item.source,), letter) for form in forms]
    if problems:
        raise ContentProblems(tuple(sorted(set(problems), key=lambda one: one.order)))
    yield from planned


def frame_digest(settings: Settings) -> str:
    """Return the digest of all that decides the bytes of a letter besides its record."""
    theme = Theme(settings.root)
    return digest(_mail_files(theme), theme.words_digest)


def maker(settings: Settings) -> Callable[[Letter], str]:
    """Return what makes the HTML of any letter of a hub.

    Raises:
        ThemeFault: the theme lacks a file.
    """
    from handbill.outputs.mail.template import frames

    theme = Theme(settings.root)
    templates = frames(_mail_files(theme))

    def make(plain: Letter) -> str:
        return _html(plain, templates, words_for(plain.lang, theme.locale(plain.lang)))

    return make


# A build proofs each new letter and then publishes it: it is rendered once.
@lru_cache(maxsize=100)
def _html(plain: Letter, templates: Frames, words: Words) -> str:
    from handbill.outputs.mail.compose import html_of

    return html_of(_titled(plain, words), templates, words)


def letter_of(item: Item, hub: Hub, settings: Settings, cards: Cards) -> Letter:
    """Return the record of one issue's letter; *cards* makes those of its language, with whole addresses."""
    if item.published is None:
        raise ValueError(f"{item.source}: a letter without a date")
    known = settings.letter(item.facts.letter)
    home = settings.home(item.lang)
    mail = known.mail(settings.mail, item.lang)
    return Letter(
        lang=item.lang,
        community=settings.name,
        base=settings.base_url,
        home=settings.absolute(home),
        key=item.facts.letter,
        name=known.says("name", item.lang)[0],
        number=item.facts.number,
        subject=sturdy(item.facts.subject),
        preheader=item.facts.preheader,
        title=item.title,
        published=item.published.isoformat(),
        address=settings.absolute(item.address),
        content=content_of(item, hub, cards, settings.absolute),
        archive=settings.absolute(archive_of(item, hub, settings)),
        help=settings.absolute(f"{home}feeds/"),
        subscribe=mail.subscribe_url,
        unsubscribe=mail.unsubscribe.replace("{token}", TOKEN),
        unsubscribe_mail=mail.unsubscribe_mail.replace("{token}", TOKEN),
        sender=mail.sender,
        reply_to=mail.reply_to,
        postal_address=mail.postal_address,
        host=urlsplit(settings.base_url).hostname or "localhost",
        colours=colours(read_tokens(settings)[0]),
        others=tuple(one for one in alternates(item, hub, settings) if one.title != item.lang),
    )


def make(planned: Sequence[Planned], settings: Settings, scratch: Path) -> Iterator[Artifact]:
    """Render the letters that were asked for, each once for all its forms.

    Raises:
        ThemeFault: the theme's own files cannot make a letter.
    """
    wanted = [tuple(forms) for _, forms in groupby(planned, key=lambda one: one.work)]
    if len(wanted) < PARTS_FROM:
        yield from (Artifact(path, content) for path, content in _rendered(wanted, settings))
        return
    in_parts(partial(_write, settings=settings, scratch=scratch), wanted, settings.jobs, PARTS_FROM)
    for one in planned:
        yield Artifact(one.path, scratch / one.path)


def _write(wanted: Sequence[tuple[Planned, ...]], settings: Settings, scratch: Path) -> None:
    for path, content in _rendered(wanted, settings):
        file = scratch / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


def _rendered(wanted: Sequence[tuple[Planned, ...]], settings: Settings) -> Iterator[tuple[str, bytes]]:
    # MJML, Jinja and css-inline are only imported when a letter is to be rendered.
    from handbill.outputs.mail.message import message_of
    from handbill.outputs.mail.text import text_of

    theme, html_of = Theme(settings.root), maker(settings)
    for forms in wanted:
        plain: Letter = forms[0].work
        words = words_for(plain.lang, theme.locale(plain.lang))
        letter = _titled(plain, words)
        html, text = html_of(plain), text_of(letter, words)
        for one in forms:
            if one.path.endswith(MAIL):
                yield one.path, message_of(letter, text, html)
            else:
                yield one.path, (html if one.path.endswith(HTML) else text).encode("utf-8")


def _titled(letter: Letter, words: Words) -> Letter:
    told = (replace(one, html=with_alert_titles(one.html, words)) if isinstance(one, Prose) else one for one in letter.content)
    return replace(letter, content=tuple(told))


def _mail_files(theme: Theme) -> dict[str, str]:
    return {name: file.read_text(encoding="utf-8") for name, file in theme.files("mail").items()}


def refusals(letter: Letter, item: Item, settings: Settings) -> Iterator[Problem]:
    """Yield what must not be mailed, each at the file and field that an editor can change."""
    # Whatever anybody wrote, wherever it stands: names and places too.
    if TOKEN in repr((letter.subject, letter.preheader, letter.title, letter.content)):
        # Sending would put the reader's own token there, and a link could carry it away.
        found = said("“{signs}”, which stands for a member in built letters", signs=TOKEN)
        yield Problem(item.source, 0, 0, "", found, said("any other text"), "HB421")
    if not letter.sender:
        return
    try:
        headers_of(letter, "0" * 64)
    except Refused as refused:
        path, field = _written_in(refused.field, letter, item, settings)
        yield Problem(path, 0, 0, field, refused.found, refused.wanted, "HB420")


def _written_in(field: str, letter: Letter, item: Item, settings: Settings) -> tuple[str, str]:
    """Return the file and key that an editor changes to change a field of the record."""
    if field == "subject":
        return item.source, "subject"
    key = "subscribe_url" if field == "subscribe" else field
    own = settings.letter(letter.key)
    if key in (*OWN, "subscribe_url", "name") and letter.key in settings.letters:
        value, is_in_language = own.says(key, letter.lang)
        if value and letter.lang != settings.lang and is_in_language:
            return HUB, f"letters.{letter.key}.{letter.lang}.{key}"
        if value:
            return HUB, f"letters.{letter.key}.{key}"
    if key == "name":
        return HUB, "hub.name"
    return HUB, f"mail.{key}" if key in (*OWN, "subscribe_url") else "hub.base_url"
