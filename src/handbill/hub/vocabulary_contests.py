"""Words that people write for the fields and choices of a contest, a line for each: what is meant, a colon, and the words."""

CONTEST_FIELDS = """\
mechanism: mecanique mecanisme type mode
prizes: lots lot prize prix recompenses recompense gains
enter: participer participation comment_participer how_to_enter entry
enter_url: lien lien_participation formulaire form link url participer_url
winners: gagnants gagnant gagnante laureats laureat laureate winner
eligibility: eligibilite conditions condition
quantity: quantite nombre qty combien
draw: tirage tirage_au_sort draw_date date_tirage
freeze: gel liste_figee arret_de_la_liste cloture_de_la_liste frozen
claim: reclamation retrait claim_until delai_de_retrait a_retirer_avant
objection_hours: delai_d_opposition opposition heures_d_opposition delai_de_contestation
unit_value: valeur_unitaire montant prix_unitaire valeur_en_euros
currency: devise monnaie
shared_by: partage partage_entre a_partager
delivery: remise livraison retrait
restrictions: limites reserves
substitutes: suppleants suppleant remplacants liste_d_attente
entry: mode_de_participation participation
entries_per_person: participations_par_personne limite limit_per_person
purchase_required: achat achat_obligatoire avec_achat obligation_d_achat
min_age: age age_minimum age_min
parental_consent: accord_parental autorisation_parentale parents consentement_parental
countries: pays territoires
members_only: reserve_aux_membres adherents membres_seulement
excluded: exclus exclues exclusions
judging: jury notation jugement
jurors: jures membres_du_jury juges
criteria: criteres critere
weight: poids coefficient ponderation part
scale: bareme note_maximale note_max
blind: anonyme a_l_aveugle
conflicts: conflits conflit_d_interets conflits_d_interets
questions: nombre_de_questions
answers: reponses bonnes_reponses
tiebreak: question_subsidiaire subsidiaire departage
randomness: hasard alea tirage
sources: tirages loteries
privacy: donnees donnees_personnelles rgpd vie_privee
purpose: finalite
basis: base_legale base
retention_days: conservation duree_de_conservation
publish_winners: publication_des_gagnants noms_des_gagnants
image_rights: droits_a_l_image droit_a_l_image droits_image droits
platform: plateforme reseau reseau_social
deposit: depot huissier commissaire_de_justice
ticket: billet numero
"""

CONTEST_CHOICES = """\
draw: tirage tirage_au_sort loterie sort random raffle lottery tombola hasard
jury: juges
quiz: questionnaire quizz qcm
quiz+draw: quiz_tirage quiz_et_tirage quiz_avec_tirage
jury+vote: jury_vote jury_et_vote vote_et_jury
pull_request: pr merge_request
issue_form: issue ticket
post: publication reseau_social
paper: papier bulletin urne
"""
