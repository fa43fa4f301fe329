"""Words that people write for fields, choices, languages, zones and months, and what they mean here.

They serve guesses in messages only.  Every word stands as :func:`fold` makes
it: without accents, in lower case, with ``_`` between its parts.
"""

from __future__ import annotations

from handbill.hub.address import slug_of
from handbill.hub.vocabulary_contests import CONTEST_CHOICES, CONTEST_FIELDS


def fold(text: str) -> str:
    """Return a word as the tables below have it.

    >>> fold("Mots-clés")
    'mots_cles'
    """
    return slug_of(text).replace("-", "_")


def _table(text: str) -> dict[str, tuple[str, ...]]:
    """Return for each word what it may mean; a line holds what is meant, a colon and the words."""
    found: dict[str, tuple[str, ...]] = {}
    for line in text.strip().splitlines():
        meant, _, words = line.partition(": ")
        for word in words.split():
            found[word] = (*found.get(word, ()), meant)
    return found


#: What fields are called elsewhere, in French or in English.  The first meaning that a table has is meant.
FIELDS = _table(
    """
title: titre intitule headline heading nom name
name: nom titre title intitule
label: libelle intitule nom name titre title texte
summary: description resume chapeau excerpt abstract intro introduction teaser desc subtitle sous_titre accroche synopsis
preheader: apercu preview resume accroche description summary
tagline: slogan sous_titre subtitle baseline accroche devise
description: resume summary desc
date: jour publie_le date_publication pubdate publish_date published publication created creation envoi date_envoi
updated: modified lastmod last_modified modifie modifie_le mis_a_jour mise_a_jour maj update date_modification
lang: langue language locale
languages: langues langs
base_url: url baseurl site_url siteurl adresse site
id: identifiant uid guid identifier uuid
aliases: alias redirect redirects redirect_from redirection redirections ancienne_adresse anciennes_adresses old_url old_urls
tags: tag category categorie categories mots_cles mot_cle keywords keyword etiquettes etiquette themes theme sujets labels topics
authors: auteur auteurs author autrice autrices writer by redacteur redactrice par signature
picture: image images cover photo picture_url thumbnail featured_image
picture: illustration header_image vignette couverture banner banniere affiche
picture_alt: alt image_alt alt_image alternative texte_alternatif alt_text legende caption description_image
draft: brouillon unpublished wip ebauche
translation_of: traduction_de traduction translates translation original
starts: debut start dtstart begin begins date_debut start_date startdate start_time
on: le date jour quand
starts: date_de_debut commence commence_le from quand when du horaire date heure heures heure_debut hour hours time a_partir_de
ends: duration duree fin end dtend finish finishes date_fin end_date enddate end_time date_de_fin termine finit until au jusqu_a jusqu_au
timezone: fuseau fuseau_horaire tz time_zone zone
mode: format modalite type attendance
venue: lieu location place endroit salle ou adresse address where
slug: permalink permalien url adresse chemin path
join_url: visio zoom lien_visio meeting_url online_url video lien_connexion lien link url
capacity: capacite jauge places nombre_de_places max max_attendees attendees nb_places
price: prix tarif cout cost fee entree paf
registration: inscription inscriptions register signup sign_up rsvp billetterie reservation tickets
organisers: organisateur organisateurs organisatrice organisatrices organiser organizer organizers host hosts orga
organiser: organisateur organisatrice organizer organisers organizers organise_par
speakers: intervenant intervenants intervenante intervenantes speaker orateur
speakers: orateurs conferencier conferenciers animateur animatrice animateurs
status: statut etat state eventstatus annule cancelled canceled
status_note: note raison motif reason status_reason note_statut explication
note: raison motif reason remarque commentaire comment
previous_starts: anciennes_dates ancienne_date previous_start dates_precedentes previous_dates
recurrence: repetition repeat repeats rrule recurrent regle recurring frequence
rule: regle rrule frequence frequency freq
except: sauf excepte exdate exceptions exception
changes: changements modifications changement change
recap: compte_rendu bilan cr retour
opens: ouverture ouvre open ouvre_le debut start starts date_ouverture
closes: cloture ferme close ferme_le fin end ends date_limite deadline date_cloture
results: resultats result resultat annonce
prize: lot prix recompense gain
cancelled: annule annulee annulation canceled
number: numero num no n issue numero_lettre
subject: objet sujet titre_mail
letter: lettre newsletter infolettre liste list
sections: rubriques rubrique parties section
since: depuis annee year fondation
show: montrer montre afficher affiche contenu requete query type
layout: mise_en_page disposition presentation forme display
limit: nombre limite max maximum combien count
ahead: jours avance horizon days jours_avant
menu: navigation nav
order: ordre position weight poids sort rang
roles: role fonction fonctions
joined: membre_depuis arrivee arrive_le adhesion
links: liens lien socials reseaux link
listed: visible liste affiche
street: rue voie adresse address address1
postcode: code_postal cp zip postal_code zipcode
city: ville town commune localite
country: pays
latitude: lat
longitude: lon lng long
access: acces accessibilite accessibility pmr
place: lieu endroit local site fichier_lieu
room: salle piece espace coin hall etage
part_of: partie_de fait_partie_de dans parent within inside
step_free_entrance: plain_pied entree_plain_pied entree_de_plain_pied entree acces_pmr pmr rampe marches step_free
step_free_inside: interieur_plain_pied interieur_de_plain_pied circulation interieur
adapted_toilet: toilettes toilettes_pmr toilettes_adaptees wc wc_pmr sanitaires toilet toilets
adapted_parking: stationnement parking parking_pmr place_pmr stationnement_pmr stationnement_adapte
hearing_loop: boucle_magnetique boucle_auditive bim boucle
sign_language: langue_des_signes lsf
captions: sous_titrage sous_titres subtitles
quiet_room: endroit_calme coin_calme salle_calme calme quiet_place
assistance_dog: chien_guide chiens_guides chien_d_assistance chiens_d_assistance chiens guide_dog
staff_trained: personnel_forme equipe_formee accueil_forme
transport: transports transports_en_commun bus tram metro arret venir
contact: demander renseignements a_qui_demander
acceslibre: lien_acceslibre fiche_acceslibre acces_libre
map: plan carte plan_d_acces map_picture
map_alt: alt plan_alt carte_alt alternative description
url: lien link href adresse site
full: complet sold_out plein
waitlist: liste_d_attente attente waiting_list
taken: places_prises prises inscrits
audience: public pour_qui
partners: partenaires partenaire soutiens sponsors
code_of_conduct: charte regles reglement reglement_interieur rules
attendance: frequentation presences chiffres
registered: inscrits inscrites preinscrits
attended: presents presentes participants venus
walk_ins: sans_inscription non_inscrits
first_timers: nouveaux nouvelles premiere_fois
join_after_registration: lien_apres_inscription lien_reserve
value: valeur montant amount
dialect: markdown dialecte flavour flavor
sender: expediteur from de emetteur
reply_to: repondre_a replyto reponse
postal_address: adresse_postale adresse
unsubscribe: desinscription desabonnement
subscribe_url: inscription abonnement subscribe
term: terme mot word
instead: plutot remplacer remplacement use
accent: couleur color colour accent_color
look: couleurs apparence colors theme design style
mail: courriel email e_mail courriels
letters: lettres newsletters newsletter infolettres
addresses: adresses urls
feeds: flux rss atom
proofing: relecture
pictures: images photos
budget: limites limits
hub: site community communaute
posts: billets articles
events: evenements
contests: concours jeux
newsletters: lettres infolettres
people: personnes membres equipe
entries: nombre limit items
publisher: editeur association structure organisme
form: forme forme_juridique statut_juridique
registration: rna siret siren immatriculation
address: adresse siege
phone: telephone tel
director: directeur directrice directeur_de_publication directeur_de_la_publication
editor: redaction redacteur responsable_de_la_redaction
host: hebergeur hebergement
host_address: adresse_hebergeur adresse_de_l_hebergeur
host_phone: telephone_hebergeur tel_hebergeur
anonymous: anonyme
controller: responsable responsable_du_traitement rgpd
rights: droits
retention: conservation duree duree_de_conservation
mailing: envoi prestataire routeur
security: securite
standard: referentiel norme rgaa wcag
level: niveau etat conformite
checked: audit verifie date_audit
gaps: manques defauts non_conformites
burden: derogations
exempt: exemptions exemptes
action: formulaire
hidden: caches
legal: mentions mentions_legales
accessibility: accessibilite
"""
    + CONTEST_FIELDS
)

#: What choices are called elsewhere.
CHOICES = _table(
    """
cancelled: annule annulee canceled cancel supprime supprimee
postponed: reporte reportee postpone repousse repoussee
rescheduled: decale decalee deplace deplacee replanifie reprogramme reprogrammee moved reporte_au
online: en_ligne ligne visio visioconference virtuel virtual distance a_distance distanciel remote webinaire webinar web
moved_online: en_ligne passe_en_ligne bascule_en_ligne online visio distanciel movedonline
onsite: sur_place presentiel en_presentiel physique in_person offline on_site place
hybrid: hybride mixte mixed
confirmed: confirme confirmee maintenu maintenue ok prevu scheduled valide
tentative: provisoire a_confirmer peut_etre possible incertain
header: entete en_tete haut top main principal oui true
footer: pied pied_de_page bas bottom
none: aucun aucune rien non no false null
yes: oui true vrai o y total
partial: partiel partielle partiellement en_partie partly partially moyen
no: non false faux aucun aucune n
unknown: inconnu inconnue on_ne_sait_pas ne_sait_pas nsp je_ne_sais_pas a_verifier
events: evenements evenement agenda event dates
posts: billets billet articles article actualites actus news post blog
contests: concours jeux contest jeux_concours jeu_concours
people: personnes membres equipe person persons
github: markdown gfm commonmark
python-markdown: python markdown_python
"""
    + CONTEST_CHOICES
)

#: What languages are called.
LANGUAGES = _table("""
fr: francais francaise french
en: anglais anglaise english
es: espagnol espagnole espanol spanish castillan
de: allemand allemande deutsch german
it: italien italienne italiano italian
pt: portugais portugaise portugues portuguese
nl: neerlandais nederlands dutch flamand
br: breton brezhoneg
eu: basque euskara
oc: occitan
ca: catalan catala
co: corse corsu
ar: arabe arabic
""")

#: Towns, countries and abbreviations that are no name of a zone.
ZONES = _table("""
Europe/Paris: france bordeaux lyon marseille toulouse lille nantes strasbourg rennes nice montpellier grenoble
Europe/Paris: cet cest met hec heure_de_paris utc_1 utc_2 gmt_1 gmt_2 europe
Europe/London: londres royaume_uni angleterre uk bst gmt united_kingdom
Europe/Brussels: bruxelles belgique liege namur
Europe/Zurich: suisse geneve lausanne berne bern zuerich
Europe/Luxembourg: luxembourg
Europe/Lisbon: lisbonne portugal porto
Europe/Madrid: espagne barcelone spain barcelona
Europe/Rome: italie italy milan
Europe/Berlin: allemagne germany munich hambourg
Europe/Vienna: vienne autriche
Europe/Moscow: moscou
Europe/Warsaw: varsovie
Europe/Bucharest: bucarest
Europe/Athens: athenes
America/Toronto: montreal quebec ottawa canada
America/New_York: washington boston
America/Los_Angeles: californie san_francisco
Indian/Reunion: la_reunion ile_de_la_reunion saint_denis
America/Cayenne: guyane
Pacific/Noumea: nouvelle_caledonie
Pacific/Tahiti: papeete polynesie
America/Miquelon: saint_pierre_et_miquelon saint_pierre
Africa/Algiers: alger algerie
Africa/Tunis: tunisie
Africa/Casablanca: maroc rabat
Africa/Dakar: senegal
Asia/Beirut: beyrouth liban
Asia/Shanghai: pekin chine
Asia/Tokyo: japon
UTC: z zulu utc_0 gmt_0
""")

_MONTHS = _table("""
1: janvier janv jan january
2: fevrier fevr fev february feb
3: mars mar march
4: avril avr april apr
5: mai may
6: juin june jun
7: juillet juil july jul
8: aout august aug
9: septembre sept sep september
10: octobre oct october
11: novembre nov november
12: decembre dec december
""")
MONTHS = {word: int(meant[0]) for word, meant in _MONTHS.items()}

WEEKDAYS = frozenset(
    _table("""
day: lundi mardi mercredi jeudi vendredi samedi dimanche lun mer jeu ven sam dim
day: monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
""")
)
