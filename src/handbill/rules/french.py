"""The rules of a contest in French: who organises, when, who may enter and how, and what is won."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from handbill.rules.edition import Edition, total_by_currency
from handbill.rules.french_duties import duties
from handbill.rules.french_lots import choosing
from handbill.rules.markdown import Article, code, document, plain, points, table
from handbill.rules.wording import GAP, counted, listed, local, moment, money, number, until

_LANG = "fr"
_EXCLUDED = {
    "staff": "les personnes qui travaillent pour l’organisateur, salariées ou bénévoles dans son équipe",
    "family": "les membres de la famille de ces personnes et celles qui vivent sous leur toit",
    "partners": "les partenaires du concours et les personnes qui travaillent pour eux",
}
_SHOWN = {
    "pseudonym": "Les gagnants ne sont montrés au public que par leur ticket, jamais par leur nom.",
    "first_name_initial": "Le public voit le ticket des gagnants et, seulement s’ils y consentent, leur prénom et l’initiale de leur nom.",
    "opt_in": "Le public voit le ticket des gagnants et, seulement s’ils y consentent, le nom qu’ils ont choisi de montrer.",
}


def french(terms: Mapping[str, Any], edition: Edition) -> str:
    """Return the whole text."""
    articles = (
        _organiser(terms),
        _acceptance(terms),
        _duration(terms),
        _eligibility(terms),
        _entry(terms),
        Article("Désignation des gagnants", choosing(terms, edition)),
        _prizes(terms),
        _claims(terms),
        *duties(terms, edition),
    )
    notice = (
        "**Texte établi d’après un modèle.** Ce règlement a été composé à partir des renseignements donnés par l’organisateur. Un "
        "modèle ne remplace pas l’avis d’un professionnel du droit, qui devrait le relire ; les textes de loi y sont cités « à vérifier »."
    )
    lead = (
        f"Version {edition.version}, annoncée le {moment(local(edition.announced, terms['zone']), _LANG)}. "
        f"Identifiant du concours : {code(terms['contest'])}."
    )
    end = f"Empreinte de l’annonce, pour les programmes :\n`announced-step: {edition.digest}`".replace(" :", f"{GAP}:", 1)
    return document(f"Règlement du concours « {plain(terms['title'])} »", notice, lead, articles, end, _LANG)


def _at(terms: Mapping[str, Any], name: str) -> str:
    return moment(local(terms[name], terms["zone"]), _LANG)


def _until(terms: Mapping[str, Any], name: str) -> str:
    return until(local(terms[name], terms["zone"]), _LANG)


def _organiser(terms: Mapping[str, Any]) -> Article:
    own = terms["organiser"]
    labels = {
        "name": "Nom", "form": "Forme juridique", "capital": "Capital", "registration": "Enregistrement", "address": "Siège",
        "contact": "Contact",
    }  # fmt: skip
    return Article(
        "Organisateur",
        (
            f"Le concours « {plain(terms['title'])} » (ci-après « le concours ») est organisé par (ci-après « l’organisateur ») :",
            points(f"{label} : {plain(own[key])}" for key, label in labels.items() if own[key]),
        ),
    )


def _acceptance(terms: Mapping[str, Any]) -> Article:
    law = (
        " Les concours ouverts au public ne sont licites que s’ils sont loyaux (Code de la consommation, article L. 121-20, à "
        "vérifier), et demander un sacrifice d’argent pour une part de hasard, même remboursé ensuite, est une loterie interdite (Code "
        "de la sécurité intérieure, article L. 320-1, à vérifier)."
        if terms["law"] == "FR"
        else ""
    )
    return Article(
        "Acceptation du règlement",
        (
            "Participer au concours, c’est accepter ce règlement. Il est le contrat entre l’organisateur et les participants, et engage "
            "l’un comme les autres.",
            f"La participation est gratuite : elle ne demande aucun achat, aucun paiement ni aucune autre contrepartie en argent.{law}",
        ),
    )


def _duration(terms: Mapping[str, Any]) -> Article:
    dates = [
        f"Ouverture des participations : {_at(terms, 'opens')}",
        f"Clôture des participations : {_until(terms, 'closes')}",
        f"Liste des participations figée, et son empreinte publiée, au plus tard : {_until(terms, 'freeze')}",
    ]
    if terms["draw"]:
        dates.append(f"Tirage au sort : {_at(terms, 'draw')}")
    dates += [
        f"Publication des résultats, à compter du : {_at(terms, 'results')}",
        f"Réclamation des lots : jusqu’au {_until(terms, 'claim')}",
    ]
    return Article(
        "Durée et calendrier",
        (
            points(dates),
            f"Toutes les heures sont celles du fuseau {plain(terms['zone'])}.",
            "Une participation est datée de l’instant où elle est déposée, et non de celui où elle est lue ou publiée. Déposée avant "
            "l’ouverture, à l’instant de la clôture ou après lui, elle n’est pas retenue.",
        ),
    )


def _eligibility(terms: Mapping[str, Any]) -> Article:
    own = terms["eligibility"]
    age = f"âgée d’au moins {own['min_age']}{GAP}ans au moment où elle participe" if own["min_age"] else "sans condition d’âge"
    if own["countries"]:
        where = f"qui réside dans l’un de ces pays ou territoires : {listed((plain(one) for one in own['countries']), _LANG, 'ou')}"
    else:
        where = "quel que soit son lieu de résidence"
    blocks = [f"Le concours est ouvert à toute personne physique, {age}, {where}."]
    if own["members_only"]:
        blocks.append("Il est réservé aux membres de l’organisateur.")
    if own["parental_consent"]:
        blocks.append(f"Accord des parents, pour les participants mineurs : {plain(own['parental_consent'])}")
    excluded = [_EXCLUDED[one] for one in own["excluded"]]
    if terms["mechanism"].startswith("jury"):
        excluded.append("les membres du jury")
    if excluded:
        blocks += ["Ne peuvent pas participer :", points(f"{one}{'.' if one == excluded[-1] else ' ;'}" for one in excluded)]
    if own["told"]:
        blocks.append(f"L’organisateur précise : {plain(own['told'])}")
    return Article("Qui peut participer", tuple(blocks))


def _entry(terms: Mapping[str, Any]) -> Article:
    own = terms["entry"]
    url = f"<{own['url']}>" if own["url"] else ""
    how = {
        "form": f"On participe en remplissant le formulaire qui se trouve à l’adresse {url}.",
        "pull_request": f"On participe par une demande de fusion (*pull request*) dans le dépôt public du "
        f"concours{f', {url},' if url else ''} sous le nom public de son compte. Le participant y coche la case par laquelle il "
        "consent à ce que ce nom de compte soit publié dans la liste des participations ; sans cette case cochée, la participation "
        "n’est pas retenue.",
        "issue_form": f"On participe en remplissant le formulaire du dépôt public du concours, à l’adresse {url}.",
        "post": f"On participe en publiant un message sur {plain(terms['platform']['name'])}{f' ({url})' if url else ''}.",
        "paper": "On participe en remettant un bulletin sur place."
        + (f" Les renseignements se trouvent à l’adresse {url}." if url else ""),
    }[own["how"]]
    if own["limit"] == 1:
        limit = "Chaque personne participe une seule fois."
    else:
        limit = f"Chaque personne peut participer {own['limit']}{GAP}fois au plus, et ne gagne qu’une fois."
    if own["how"] == "pull_request":
        ticket = "Dans les listes publiques, le nom public de son compte tient lieu de ticket au participant."
    else:
        ticket = (
            "Dans les listes publiques, chaque participant est représenté par un ticket : une suite de signes tirée de son identité "
            "par une clé secrète, qui ne dit rien de lui. L’organisateur le lui communique, et lui seul sait à qui il appartient."
        )
    blocks = [how]
    if own["told"]:
        blocks.append(f"L’organisateur résume : {plain(own['told'])}")
    blocks += [
        f"{limit} Une participation incomplète, en double, faite par un automate ou contraire à ce règlement est écartée avant que la "
        "liste soit figée.",
        ticket,
    ]
    return Article("Comment participer", tuple(blocks))


def _prizes(terms: Mapping[str, Any]) -> Article:
    rows = []
    for n, one in enumerate(terms["prizes"], 1):
        value = Decimal(one["unit_value"])
        shared = f" (chacun partagé entre {one['shared_by']}{GAP}personnes)" if one["shared_by"] > 1 else ""
        rows.append((
            str(n), plain(one["name"]) + shared, number(one["quantity"], _LANG), number(one["quantity"] * one["shared_by"], _LANG),
            money(value, one["currency"], _LANG), money(value * one["quantity"], one["currency"], _LANG),
        ))  # fmt: skip
    totals = [money(total, currency, _LANG) for currency, total in total_by_currency(terms)]
    notes = [f"{plain(one['name'])} – remise : {plain(one['delivery'])}" for one in terms["prizes"] if one["delivery"]]
    notes += [f"{plain(one['name'])} – à savoir : {plain(one['restrictions'])}" for one in terms["prizes"] if one["restrictions"]]
    blocks = [
        table(("Rang", "Lot", "Nombre", "Gagnants", "Valeur unitaire", "Valeur totale"), rows, (2, 3, 4, 5)),
        f"Valeur totale des lots : {listed(totals, _LANG)}, pour {counted(terms['winners'], 'gagnant', 'gagnants', _LANG)}. Les lots sont "
        "attribués dans l’ordre de ce tableau.",
    ]
    if notes:
        blocks.append(points(notes))
    blocks.append(
        "Un lot n’est ni échangé ni remboursé en argent. S’il devient impossible de le remettre, l’organisateur le remplace par un lot de "
        "valeur au moins égale. Un lot que personne ne peut recevoir n’est pas attribué."
    )
    return Article("Lots", tuple(blocks))


def _claims(terms: Mapping[str, Any]) -> Article:
    few = terms["substitutes"]
    if few:
        after = (
            f"À la suite des gagnants, {counted(few, 'suppléant est désigné', 'suppléants sont désignés', _LANG)} de la même manière. "
            "Un lot refusé, non réclamé dans ce délai, ou dont le gagnant ne remplit pas les conditions de ce règlement, revient au "
            "premier suppléant, puis au suivant."
        )
    else:
        after = "Il n’est pas désigné de suppléant : un lot refusé ou non réclamé dans ce délai n’est pas attribué."
    return Article(
        "Résultats, réclamation et suppléants",
        (
            f"Les résultats sont publiés à compter du {_at(terms, 'results')} sur la page du concours. L’organisateur écrit à chaque "
            "gagnant par le moyen que celui-ci a donné en participant.",
            f"Un gagnant a jusqu’au {_until(terms, 'claim')} pour réclamer son lot.",
            after,
            _SHOWN[terms["publish_winners"]],
        ),
    )
