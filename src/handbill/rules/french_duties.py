"""The rules of a contest in French: what the organiser owes: data, rights, liability, access to the rules, and the law."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from handbill.rules.edition import Edition
from handbill.rules.markdown import Article, plain, points
from handbill.rules.wording import counted, day

_LANG = "fr"

#: What public files say of a ticket.
_BESIDE = {
    "draw": "",
    "jury": " et les notes du jury",
    "jury+vote": ", les notes du jury et les nombres de voix",
    "quiz": " et les réponses données",
    "quiz+draw": " et les réponses données",
}


def duties(terms: Mapping[str, Any], edition: Edition) -> tuple[Article, ...]:
    """Return the last five articles."""
    return _privacy(terms), _rights(terms), _liability(terms), _access(terms, edition), _law(terms)


def _privacy(terms: Mapping[str, Any]) -> Article:
    own = terms["privacy"]
    days = counted(terms["retention_days"], "jour", "jours", _LANG)
    rights = (
        f"Chacun peut demander à voir, rectifier ou effacer ce qui est conservé de lui, à en limiter l’usage, à s’y opposer ou à le "
        f"recevoir, en écrivant à {plain(own['contact'])}"
    )
    authority = "la CNIL" if terms["law"] == "FR" else "l’autorité de protection des données de son pays"
    return Article(
        "Données personnelles",
        (
            points((
                f"Responsable du traitement : {plain(own['controller'])}",
                f"Finalité : {plain(own['purpose'])}",
                f"Base légale : {plain(own['basis'])}",
                f"Conservation : {days} après les résultats ; passé ce délai, les données et la clé des tickets sont détruites",
            )),
            f"{rights}, et peut adresser une réclamation à {authority}.",
            f"Les listes et le tirage restent publics. Ils ne contiennent que des tickets{_BESIDE[terms['mechanism']]} ; la clé une fois "
            "détruite, plus personne ne peut les rattacher à quelqu’un."
            if terms["entry"]["how"] != "pull_request"
            else "Les listes et le tirage restent publics, avec les noms de comptes que les participants ont consenti à y voir figurer.",
        ),
    )  # fmt: skip


def _rights(terms: Mapping[str, Any]) -> Article:
    own = (
        plain(terms["image_rights"])
        if terms["image_rights"]
        else "Le concours ne demande pas de céder de droits sur une œuvre ou une image."
    )
    return Article(
        "Droits sur les œuvres et les images",
        (own, "L’organisateur ne montre ni le nom ni l’image d’un participant sans son accord, que celui-ci peut reprendre à tout moment."),
    )


def _liability(terms: Mapping[str, Any]) -> Article:
    blocks = [
        "Jusqu’à la clôture, l’organisateur peut modifier ce règlement : chaque version est publiée avec son numéro et sa date, et les "
        "versions précédentes restent lisibles. Qui a participé auparavant peut se retirer. Après la clôture, rien n’est modifié.",
        "Tant que la liste des participations n’est pas figée, l’organisateur peut annuler le concours pour une raison sérieuse, qu’il "
        "publie. Une fois la liste figée, et tant que les gagnants ne sont pas désignés, il ne peut plus que déclarer le concours nul, en "
        "publiant la raison, si la liste ou ce qui doit décider est reconnu faux ou fait défaut ; le concours peut alors être annoncé de "
        "nouveau, sous un autre identifiant.",
        "L’organisateur ne répond pas de ce qui échappe à sa volonté : panne de réseau, message perdu, force majeure. Rien dans ce "
        "règlement ne limite les droits que la loi donne aux participants.",
    ]
    if terms["platform"]["disclaimer"]:
        name = plain(terms["platform"]["name"]) or "le réseau social sur lequel il est relayé"
        blocks.append(
            f"Le concours n’est ni organisé, ni géré, ni parrainé par {name}, qui n’en est en rien responsable. Les données données pour "
            "participer vont à l’organisateur, et non à ce réseau."
        )
    elif terms["platform"]["name"]:
        blocks.append(f"Le concours est aussi relayé sur {plain(terms['platform']['name'])}.")
    return Article("Responsabilité, modification et annulation", tuple(blocks))


def _access(terms: Mapping[str, Any], edition: Edition) -> Article:
    blocks = [
        f"Ce règlement se lit et s’imprime librement et gratuitement à l’adresse <{edition.page}rules/>, avec toutes ses versions. Leurs "
        f"empreintes SHA-256 figurent dans <{edition.files}record.json>.",
        "Toute personne qui en fait la demande à l’organisateur en reçoit une copie gratuite.",
    ]
    own = terms["deposit"]
    if own["officer"]:
        named = [f"auprès de {plain(own['officer'])}"]
        if own["reference"]:
            named.append(f"sous la référence {plain(own['reference'])}")
        if own["date"]:
            named.append(f"le {day(date.fromisoformat(own['date']), _LANG)}")
        blocks.append(
            f"Le règlement est déposé {', '.join(named)}."
            + (" Ce dépôt n’est plus obligatoire depuis la loi du 20 décembre 2014 (à vérifier)." if terms["law"] == "FR" else "")
        )
    return Article("Libre accès au règlement", tuple(blocks))


def _law(terms: Mapping[str, Any]) -> Article:
    law = "au droit français" if terms["law"] == "FR" else "au droit du pays où l’organisateur a son siège"
    return Article(
        "Droit applicable et litiges",
        (
            f"Ce règlement est soumis {law}, sans priver les participants de la protection de la loi de leur propre pays.",
            f"Toute question ou réclamation s’adresse d’abord à l’organisateur ({plain(terms['organiser']['contact'])}), et un "
            "accord amiable est recherché. À défaut, le litige revient aux tribunaux compétents selon la loi.",
        ),
    )
