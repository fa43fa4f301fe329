"""The command that tells what a problem code means: explain."""

from __future__ import annotations

import json

import click

from handbill.commands.called import Called, json_option, lang_option
from handbill.errors import Said, WrongUse, said
from handbill.explaining import FAMILIES, LEVELS, Explanation, meant, nearest, read_pages
from handbill.telling import tell


@click.command(short_help="Tell what a problem code means and how to mend it.")
@click.argument("codes", nargs=-1, metavar="[CODE]...")
@json_option
@lang_option
@click.pass_obj
def explain(called: Called, /, codes: tuple[str, ...]) -> int:
    """Tell what a problem code such as HB213 means, and how to mend what caused it.

    Several codes are told one after the other; without a code, all are listed.
    """
    pages = {page.code: page for page in read_pages()}
    chosen = [pages[code] for code in dict.fromkeys(_code(asked, pages) for asked in codes)] or list(pages.values())
    lang = called.lang
    if called.form == "json":
        told = [_as_plain(one, lang, with_text=bool(codes)) for one in chosen]
        called.screen.say(json.dumps(told, ensure_ascii=False, indent=1))
    elif codes:
        for number, one in enumerate(chosen):
            if number:
                called.screen.say("")
            called.screen.page(one.titles[lang], tell(LEVELS[one.level], lang), one.markdown(lang), one.plain(lang))
    else:
        called.screen.say(_list(chosen, lang))
    return 0


def _code(asked: str, pages: dict[str, Explanation]) -> str:
    """Return the code that was meant.

    Raises:
        WrongUse: there is none; the message names what is near.
    """
    code = meant(asked, pages)
    if code is None:
        raise WrongUse(_refusal(asked, pages))
    return code


def _refusal(asked: str, pages: dict[str, Explanation]) -> Said:
    digit = next((sign for sign in asked if sign.isdigit()), "")
    family = [code for code in pages if code[2] == digit]
    if not family:
        about = ", ".join(f"HB{first}xx" for first in FAMILIES)
        return said("there is no problem code “{asked}”; codes are {about}, and explain alone lists all", asked=asked, about=about)
    listed = ", ".join(family)
    near = nearest(asked, family)
    if not near:
        return said(
            "there is no problem code “{asked}”; about {family} there are {listed}", asked=asked, family=FAMILIES[digit], listed=listed
        )
    return said(
        "there is no problem code “{asked}”; did you mean {near}? About {family} there are {listed}",
        asked=asked,
        near=" / ".join(near),
        family=FAMILIES[digit],
        listed=listed,
    )


def _list(pages: list[Explanation], lang: str) -> str:
    levels = {"error": said("error"), "warning": said("warning"), "note": said("note")}
    words = {level: tell(word, lang) for level, word in levels.items()}
    wide = max(len(word) for word in words.values())
    lines: list[str] = []
    family = ""
    for page in pages:
        if page.code[2] != family:
            family = page.code[2]
            heading = tell(FAMILIES[family], lang)
            lines += ["", f"{heading[0].upper()}{heading[1:]}"]
        lines.append(f"  {page.code}  {words[page.level]:<{wide}}  {page.title(lang)}")
    return "\n".join(lines[1:])


def _as_plain(page: Explanation, lang: str, with_text: bool) -> dict[str, str]:
    """Return an explanation as programs read it; the list of all leaves the long texts out."""
    short = {"code": page.code, "level": page.level, "title": page.title(lang), "lang": lang}
    return {**short, "markdown": page.markdown(lang)} if with_text else short
