"""How winners are found, in French: the list, the jury or the questions, the draw step by step, and how to check it at home."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from handbill.kinds.contest_terms import lots_at
from handbill.rules.edition import LATE_HOURS, STOPPED_DAYS, Edition, lottery_day
from handbill.rules.markdown import code, plain, points, table
from handbill.rules.wording import GAP, counted, day, listed, local, moment, number, until

_LANG = "fr"
_LEADS = {
    "draw": "Les gagnants sont tirés au sort parmi toutes les lignes de la liste.",
    "quiz+draw": "Les gagnants sont tirés au sort parmi les participants qui ont donné toutes les bonnes réponses.",
    "quiz": "Gagnent les participants qui ont donné toutes les bonnes réponses, départagés par une question subsidiaire.",
    "jury": "Les gagnants sont désignés par un jury.",
    "jury+vote": "Les gagnants sont désignés par un jury, auquel le vote des membres s’ajoute comme un juré de plus.",
}


def choosing(terms: Mapping[str, Any], edition: Edition) -> tuple[str, ...]:
    """Return the blocks of the article on how winners are found."""
    return tuple(_blocks(terms, edition))


def _blocks(terms: Mapping[str, Any], edition: Edition) -> Iterator[str]:
    yield _LEADS[terms["mechanism"]]
    yield "### La liste des participations"
    yield from _pool(terms)
    if terms["mechanism"].startswith("jury"):
        yield "### Le jury"
        yield from _jury(terms, edition)
    if terms["mechanism"].startswith("quiz"):
        yield "### Les questions"
        yield from _quiz(terms)
    yield "### Le tirage au sort" if terms["draw"] else "### Les ex æquo"
    if not terms["draw"]:
        yield "Les participants à égalité sont départagés par le sort, de la manière qui suit ; qui vient en premier l’emporte."
    yield from _beacon(terms, edition) if edition.round else _numbers(terms)
    yield from _walk()
    yield "### Vérifier chez soi"
    yield (
        f"Tout ce qui décide est public, à côté de la page du concours (<{edition.files}>) : ce règlement, {code('pool.txt')}, "
        f"{code('draw.json')} et {code('record.json')}, qui dit quand chaque étape a eu lieu. La page <{edition.page}draw/> refait le "
        f"calcul dans le navigateur du lecteur et dit en mots simples ce qu’elle a vérifié ; le programme libre Handbill le fait avec "
        f"{code('handbill contest verify')}, et les quelques lignes de calcul décrites ici suffisent à qui préfère les écrire."
    )


def _pool(terms: Mapping[str, Any]) -> Iterator[str]:
    freeze = until(local(terms["freeze"], terms["zone"]), _LANG)
    hours = counted(terms["objection_hours"], "heure", "heures", _LANG)
    yield (
        f"Après la clôture, l’organisateur arrête la liste des participations retenues : le fichier {code('pool.txt')}, un ticket par "
        "ligne, dans l’ordre de leurs signes."
        + (" Chaque participation de plus d’une même personne y est une ligne de plus." if terms["entry"]["limit"] > 1 else "")
    )
    yield (
        f"Au plus tard le {freeze}, cette liste est figée, et son empreinte SHA-256 publiée sur la page du concours et dans les fils "
        "d’information du site : 64 signes, qui seraient tout autres si un seul signe de la liste changeait. La liste elle-même est "
        f"publiée avec elle. Il s’écoule ensuite au moins {hours} avant que le sort décide : chacun peut y chercher son ticket et "
        "signaler une erreur à l’organisateur. Une liste figée ne change plus ; si elle est reconnue fausse avant que le sort décide, le "
        "concours est nul."
    )


def _jury(terms: Mapping[str, Any], edition: Edition) -> Iterator[str]:
    own = terms["judging"]
    blind = " Les jurés ne savent pas de qui est l’œuvre qu’ils notent." if own["blind"] else ""
    yield f"Le jury se compose de : {listed((plain(edition.people.get(one, one)) for one in own['jurors']), _LANG)}.{blind}"
    rows = [
        (plain(one["name"]), f"{one['weight'].replace('.', ',')}", f"de 0 à {number(one['scale'], _LANG)}")
        for one in own["criteria"]
    ]  # fmt: skip
    yield table(("Critère", "Poids", "Note"), rows, (1,))
    yield "Le classement se calcule ainsi :"
    yield points(
        (
            "Chaque note d’un juré est divisée par la note maximale, puis multipliée par le poids de son critère ; leur somme est le total "
            "de la participation pour ce juré.",
            "Pour qu’un juré sévère et un juré indulgent pèsent autant, son total est ramené à l’écart qui le sépare de sa propre moyenne, "
            "divisé par l’écart type de ses totaux (écart type de la population, 24 décimales) ; cet écart vaut 0 si ses totaux sont tous "
            "égaux.",
            "Le score d’une participation est la moyenne de ces écarts sur les jurés qui l’ont notée, arrondie à la douzième décimale ; il "
            "en faut deux au moins.",
            "Le score le plus élevé l’emporte.",
        ),
        numbered=True,
    )
    if terms["mechanism"] == "jury+vote":
        yield (
            "Le vote des membres compte comme un juré de plus, dont les totaux sont les nombres de voix. Seuls ces nombres sont publiés, "
            f"dans {code('votes.csv')}."
        )
    yield (
        "Un juré lié à un participant le déclare et ne note pas sa participation."
        + (f" {plain(own['conflicts'])}" if own["conflicts"] else "")
        + " Chaque juré scelle d’abord ses notes : leur empreinte SHA-256 est publiée. Les notes ne le sont qu’une fois toutes les "
        "empreintes reçues, et personne ne peut les changer entre les deux."
    )


def _quiz(terms: Mapping[str, Any]) -> Iterator[str]:
    own = terms["quiz"]
    yield (
        f"Le concours compte {counted(own['questions'], 'question', 'questions', _LANG)}. Les bonnes réponses étaient arrêtées avant "
        f"l’annonce ; leur empreinte SHA-256 est {code(own['answers'])}. Elles sont publiées après la clôture, dans {code('key.json')}, et "
        "chacun peut voir qu’elles ont bien cette empreinte. Ni les majuscules, ni les espaces en trop, ni la forme d’une apostrophe ne "
        "comptent dans une réponse. Les réponses des participants sont publiées avec la liste, sous leur ticket, dans "
        f"{code('answers.csv')}."
    )
    yield (
        "Si personne n’a donné toutes les bonnes réponses, ceux qui en ont donné le plus, et au moins une, sont retenus à la place. "
        "S’il y a moins de participants retenus que de lots, les lots restants ne sont pas attribués."
    )
    if own["tiebreak"]:
        ranked = (
            "Les participants retenus sont classés selon l’écart entre leur réponse et la bonne, le plus petit d’abord ; qui n’a pas donné "
            "de nombre vient après."
            if terms["mechanism"] == "quiz"
            else "Elle est posée à titre d’information et ne change pas le tirage."
        )
        yield f"Question subsidiaire, à laquelle on répond par un nombre : « {plain(own['tiebreak'])} » {ranked}"


def _beacon(terms: Mapping[str, Any], edition: Edition) -> Iterator[str]:
    emitted = moment(local(edition.emitted, terms["zone"]), _LANG)
    yield (
        "Le sort dépend d’un nombre que personne, pas même l’organisateur, ne peut connaître ni choisir d’avance. Il vient de la balise "
        "publique drand, réseau *quicknet*, que plusieurs organisations du monde font fonctionner ensemble : c’est le nombre du tour "
        f"**{edition.round}**, publié le {emitted}. Ce tour est fixé dès l’annonce du concours. Empreinte du réseau : "
        f"{code(edition.chain)}."
    )
    yield points(
        (
            "La signature publiée pour ce tour est vérifiée avec la clé publique du réseau ; le nombre est son empreinte SHA-256.",
            f"La clé du tirage est HMAC-SHA256, avec pour clé le texte {code('hubdraw-1')}, un saut de ligne et l’identifiant "
            f"{code(terms['contest'])}, et pour message ce nombre.",
            "Chaque ligne de la liste reçoit une place : HMAC-SHA256, avec pour clé celle du tirage, et pour message la ligne suivie de "
            "l’octet 1.",
            "Les lignes sont rangées par place croissante. Retirer une ligne ne change pas l’ordre des autres.",
        ),
        numbered=True,
    )
    lottery = day(lottery_day(lots_at(terms), terms["zone"]), _LANG)
    yield (
        f"Si ce tour n’est pas publié dans les {LATE_HOURS}{GAP}heures qui suivent, c’est le premier tour suivant du même réseau qui "
        f"décide. Si le réseau n’a rien publié pendant {STOPPED_DAYS}{GAP}jours, le sort est tiré selon la RFC 3797 avec les numéros "
        f"du Loto de la Française des jeux, à compter du tirage du {lottery} et dans l’ordre des tirages : pour chacun, les cinq "
        "numéros de 1 à 49, puis à part le numéro Chance de 1 à 10. Il en est pris autant qu’il en faut pour apporter dix bits de "
        f"hasard de plus que le tirage n’en demande. Personne n’a donc de choix à faire."
    )


def _numbers(terms: Mapping[str, Any]) -> Iterator[str]:
    yield (
        "Le sort vient de tirages publics, que l’organisateur ne fait pas lui-même et dont personne ne connaît les numéros d’avance. Dans "
        "cet ordre :"
    )
    yield points(
        (
            f"{plain(one['name'])} : {counted(one['count'], 'numéro', 'numéros', _LANG)} de 1 à {number(one['most'], _LANG)}"
            for one in terms["sources"]
        ),
        numbered=True,
    )
    yield (
        "Ils sont employés comme le dit la RFC 3797 : les numéros de chaque tirage, du plus petit au plus grand, chacun suivi d’un point, "
        "et chaque tirage d’une barre oblique, forment une clé ; pour chaque lot, l’empreinte MD5 de cette clé placée entre deux copies du "
        "rang désigne une ligne parmi celles qui restent."
    )
    yield (
        "Si l’un de ces tirages n’a pas lieu, le tirage suivant du même jeu prend sa place. Si tous ensemble apportent moins de hasard "
        "que le tirage n’en demande, plus dix bits, le concours est nul."
    )


def _walk() -> Iterator[str]:
    yield (
        "Les lots sont attribués dans l’ordre du tableau des lots à ceux qui viennent en premier ; les suivants sont les suppléants. "
        "Personne ne gagne deux fois. Une ligne n’est passée que pour l’une de ces raisons, publiée avec son ticket :"
    )
    yield points((
        "la personne a déjà gagné ;",
        "elle n’a pas l’âge requis ;",
        "elle ne pouvait pas participer ;",
        "elle n’a pas pu être jointe dans le délai ;",
        "elle a refusé son lot ;",
        "elle a enfreint ce règlement.",
    ))  # fmt: skip
