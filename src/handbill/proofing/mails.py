"""Mail addresses of persons, in all the ways in which people write them to hide them from machines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbill.proofing.galley import Galley, Span, holds
from handbill.proofing.house import PROVIDERS, House, is_confirmed, is_own

_HIDDEN = re.compile(
    r"@|＠|%40|&#64;|&#x40;|&commat;|[ ]?[\[({<][ ]?(?:@|at|arobase?s?|chez)[ ]?[\])}>][ ]?|[\[(]a[\])]|[ ]arobas(?:e|es)?[ ]"
    r"|[ ]at(?=[ ][\w-]{1,60}[ ]dot[ ])[ ]|[ _-](?-i:AT)[ _-]",
    re.IGNORECASE,
)
_PLAIN = re.compile("@")
#: By these, without spaces, a text that hides nothing is told at once.
HINTS = ("(at)", "[at]", "{at}", "(a)", "[a]", "arobas", "%40", "&#64", "&#x40", "&commat", "chez)", "chez]", "(@)", "[@]")
_DOT = r"(?:\.|[ ]?[\[({<][ ]?(?:\.|dot|point|pt)[ ]?[\])}>][ ]?|[ ](?:dot|point)[ ])"
_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?+"
_DOMAIN = re.compile(rf"{_LABEL}(?:{_DOT}{_LABEL}){{1,6}}", re.IGNORECASE)
#: Backwards from the sign: the name, and what stands before it if its points are spelt out too.
_NAME = re.compile(r"[\w%+'.-]{1,64}")
_SPELT_NAME = re.compile(rf"[\w%+'-]{{1,40}}(?:{_DOT}[\w%+'-]{{1,40}}){{0,3}}$", re.IGNORECASE)

#: Names by which a house is reached and no person (RFC 2142, and their like in French).
_ROLES = """
abuse accueil accounts adhesion adhesions admin administration agenda aide asso association atelier benevolat benevoles
billetterie boutique bonjour bureau ca careers carrieres charte codeofconduct coc commande commandes commercial communication
compta comptabilite conduct contact contacts contrib contribute cv direction donnees dons dpo editor editors emploi enquiries
equipe events evenements facturation feedback formation forum hello help hi hostmaster hr hub info information infos inscription
inscriptions jobs join journal lettre list liste listes mail mailer-daemon mairie mediation media membres moderation moderateurs
moderators news newsletter no-reply nepasrepondre ne-pas-repondre noreply office orders organisation organizers organisateurs
postmaster presidence press presse privacy projet rdv reclamation recruiting recrutement redaction registration rejoindre
reservation reservations rgpd rh root sales sav secretariat secretaire security securite service services sponsors sponsorship
subscribe support talent team tech technique tresorier tresorerie unsubscribe usenet vieprivee visites webmaster webmestre welcome
work
"""
ROLES = frozenset(_ROLES.split())
#: A part of a name that is never a person's: community-team@, contact-presse@.
_GROUP_WORDS = """
team equipe équipe contact contacts info infos presse press support asso club comite comité noreply newsletter secretariat
"""
_GROUPS = frozenset(_GROUP_WORDS.split())
#: Names that stand for any name in an example.
_ANYBODY = re.compile(
    r"(?:pr[ée]nom[._-]?nom|nom[._-]?pr[ée]nom|p(?:r[ée]nom)?[._-]nom|votre?[._-]?(?:nom|adresse|e?mail|courriel)|mon[._-]?adresse|your[._-]?(?:name|address|e?mail)"
    r"|you|vous|toi|moi|me|user(?:name)?|utilisateur|someone|somebody|quelquun|name|nom|pr[ée]nom|firstname|lastname|first[._-]?last"
    r"|firstname[._-]lastname|adresse|address|e-?mail|courriel|x+|foo|bar|git|hg|svn)",
    re.IGNORECASE,
)
#: RFC 2606 and 6761, and what examples in French use though nobody reserved it.
_NOBODYS_END = frozenset(
    {"example", "exemple", "test", "invalid", "localhost", "local", "localdomain", "internal", "lan", "home", "onion", "arpa"}
)
_NOBODYS = re.compile(
    r"(?:.*\.)?(?:(?:example|exemple|domain|domaine|mondomaine|votredomaine|yourdomain|mydomain|votre-domaine|mon-domaine|monsite|votresite)\.[a-z.]{2,6})"
)
#: Ends of file names, units of systemd and versions: "logo@2x.png", "getty@tty1.service".
_FILE_ENDS = """
png jpg jpeg gif webp avif svg ico bmp css js mjs cjs ts tsx jsx html htm json toml yaml yml txt pdf xml csv log lock gz bz2 xz
tar service socket timer target mount path slice conf cfg ini exe dll so
"""
_NO_END = frozenset(_FILE_ENDS.split())
_MACHINES = re.compile(
    r"(?:[\w.-]*\.)?(?:noreply\.|no-reply\.|bounces?\.|mail\.gmail\.com$|group\.(?:v\.)?calendar\.google\.com$|users\.noreply\.)"
)


def addresses(galley: Galley, house: House) -> Iterator[Span]:
    """Yield where a mail address of a person stands.

    Left out are the community's own addresses and those it confirmed, those of
    a role in another house, and those that stand in examples.  An address at a
    provider for everybody is a person's whatever its name, because the box is.
    """
    text = galley.text
    close = galley.plain.replace(" ", "")
    is_hidden = holds(close, HINTS) or " AT " in text or "＠" in text or (" dot " in galley.plain and " at " in galley.plain)
    if not is_hidden and "@" not in text:
        return
    done = 0
    for sign in (_HIDDEN if is_hidden else _PLAIN).finditer(text):
        if sign.start() < done:
            continue
        begin = _begin(text, sign)
        domain = _DOMAIN.match(text, sign.end())
        if begin is None or domain is None:
            continue
        host = re.sub(_DOT, ".", domain[0], flags=re.IGNORECASE).lower()
        name = re.sub(_DOT, ".", text[begin : sign.start()], flags=re.IGNORECASE).strip(".'").lower()
        done = domain.end()
        if name and _is_person(f"{name}@{host}", house) and not _is_part_of_an_address(galley, begin):
            yield begin, domain.end()


def _begin(text: str, sign: re.Match[str]) -> int | None:
    """Return where the name before the sign begins."""
    at = sign.start()
    if sign[0] != "@" and " " in text[max(0, at - 64) : at] and (spelt := _SPELT_NAME.search(text, max(0, at - 90), at)):
        return spelt.start() + _elided(spelt[0])
    # Read backwards, so that a text of a hundred thousand such signs takes no longer than others.
    back = _NAME.match(text[max(0, at - 64) : at][::-1])
    if back is None:
        return None
    begin = at - back.end()
    name = text[begin:at]
    begin += len(name) - len(name.lstrip(".'%+-"))
    begin += _elided(text[begin:at])
    # "@ines@hub.example" is an account of the fediverse, made to be read by everybody.
    if text[begin - 1 : begin] == "@" or begin == at:
        return None
    return begin


def _elided(name: str) -> int:
    """Return how long the article at the beginning is: in "l'adresse d'ines@…" the d' is no part of the name."""
    found = re.match(r"(?:[ldnstjmc]|qu)'(?=\w)", name, re.IGNORECASE)
    return found.end() if found else 0


def _is_person(address: str, house: House) -> bool:
    name, _, host = address.partition("@")
    end = host.rpartition(".")[2]
    if not re.fullmatch(r"[^\W\d_]{2,24}|xn--[a-z0-9-]{2,20}", end) or end in _NO_END or end in _NOBODYS_END:
        return False
    if _NOBODYS.fullmatch(host) or _MACHINES.match(host) or _ANYBODY.fullmatch(name):
        return False
    role = re.split(r"[+.]", name)[0]
    if host not in PROVIDERS and (name in ROLES or role in ROLES or not _GROUPS.isdisjoint(re.split(r"[-_.+]", name))):
        return False
    return not is_own(address, house) and not is_confirmed(address, house)


def _is_part_of_an_address(galley: Galley, begin: int) -> bool:
    """Say whether the sign belongs to an address of the web, such as a message in an archive; one in a form is a mail address."""
    if not galley.in_address(begin):
        return False
    line, _ = galley.line(begin)
    before = galley.text[max(line, begin - 300) : begin].lower()
    web = before.rfind("://")
    if web < 0 or re.search(r"[\s<>\"'()]", before[web:]):
        return False
    return not before.endswith(("=", "mailto:"))
