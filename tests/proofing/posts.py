"""A thousand posts of a community, made of its own texts and of everything that looks like a private datum and is none.

Sixty of them hold one that is, written as people write it.  A bar in a datum
is taken out before use, so that no scanner of this repository finds it here.
"""

from __future__ import annotations

import re
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]

POSTS = 1000

#: What must be found: its sort (the code), and a sentence with the datum between ⟦ and ⟧.
PLANTED = (
    ("HB601", "Pour la clé du local, écrivez à ⟦camille.ferrand@fr|ee.fr⟧ avant jeudi."),
    ("HB601", "Contact : <⟦j-m.dubreuil+atelier@oran|ge.fr⟧>, réponse sous trois jours."),
    ("HB601", "Inscription auprès d'⟦amelie.brun [at] lap|oste [point] net⟧ jusqu'à vendredi."),
    ("HB601", "Écrivez à ⟦paul-henri (arobase) wana|doo.fr⟧ pour le covoiturage."),
    ("HB601", "Le trésorier : ⟦r.fontaine arobase gm|ail point com⟧."),
    ("HB601", "[Écrire à Nadia](mailto:⟦nadia.b@prot|onmail.com⟧?subject=Bois)"),
    ("HB601", "Ask Tom (⟦tom.weller at fastm|ail dot com⟧) for the van."),
    ("HB601", "The photos are with ⟦h.okafor@uni-brem|en.de⟧, who took them all."),
    ("HB601", "Réponses à ⟦lucie.marchal(at)sf|r.fr⟧ merci."),
    ("HB601", "Courriel de Zoé : ⟦zoe_33@hotm|ail.fr⟧"),
    ("HB601", "Noé (⟦noe&#64;mail|o.com⟧) apporte le thé."),
    ("HB601", "> ⟦thierry.LE-GOFF@Y|AHOO.FR⟧ a écrit :"),
    ("HB602", "Appelez Josiane au ⟦07 00 2|1 73 95⟧ si le portail est fermé."),
    ("HB602", "Le jour même : ⟦07.81.3|4.02.66⟧ (Karim)."),
    ("HB602", "Tél. ⟦05\u00a056\u00a08|1\u00a042\u00a017⟧, aux heures de bureau."),
    ("HB602", "En cas de pluie, ⟦+33 6 71 0|9 58 24⟧ ou un message."),
    ("HB602", "Gaëlle, ⟦+33 (0)7 66 1|2 90 38⟧, garde la remorque."),
    ("HB602", "Portable : ⟦06782|13590⟧."),
    ("HB602", "⟦0033 6 8|5 17 44 02⟧ pour les Belges de passage."),
    ("HB602", "Remorque chez Luc ⟦06-19-8|4-27-53⟧"),
    ("HB602", "Call Joana on ⟦+351 912 6|48 307⟧ when the train leaves Lisbon."),
    ("HB602", "Mobile of the driver: ⟦+44 7911 2|38 604⟧."),
    ("HB602", "Renseignements ⟦06 30/4|5/71/88⟧, demander Odette."),
    ("HB602", "[Appeler Malik](tel:⟦+33749|128630⟧)"),
    ("HB602", "Un mot sur WhatsApp : https://wa.me/⟦3362|8417093⟧"),
    ("HB602", "À Bruxelles, joindre Wim au ⟦0478 3|2 61 94⟧."),
    ("HB602", "In Montreal, phone Odile: ⟦(514) 9|37-2048⟧."),
    ("HB603", "Virement sur ⟦FR14 2004 1|010 0505 0001 3M02 606⟧ avant le 12."),
    ("HB603", "Mon compte : ⟦BE68539|007547034⟧, merci de préciser le motif."),
    ("HB603", "Bank: ⟦DE89 3704|\u00a00044 0532 0130 00⟧ (Anke)."),
    ("HB603", "IBAN ⟦fr76 3000 6000 0|112 3456 7890 189⟧"),
    ("HB604", "La carte de l'achat, ⟦4539 1488 0|343 6467⟧, a été refusée."),
    ("HB604", "Paiement avec ⟦5425-2334-3|010-9903⟧ (la mienne)."),
    ("HB604", "Reçu : carte ⟦37828224|6310005⟧."),
    ("HB605", "Son numéro de sécurité sociale : ⟦2 69 05 4|9 588 157 80⟧."),
    ("HB605", "Déclaration de Yanis, ⟦1850578006|08491⟧, envoyée lundi."),
    ("HB605", "NIR ⟦1 91 07 2A 0|04 012 02⟧, né à Ajaccio."),
    ("HB606", "Discord : ⟦louve_du_33|⟧ pour le salon des brodeuses."),
    ("HB606", "Sur Discord, je suis ⟦Marteau|#4821⟧, ajoutez-moi."),
    ("HB606", "skype:⟦paul.durand|33⟧?call"),
    ("HB606", "Écrivez-moi sur https://t.me/⟦ines_car|rere⟧ ou passez."),
    ("HB606", "Telegram : ⟦@grand_|bob⟧"),
    ("HB611", "-----BEGIN OPENSSH PRI|VATE KEY-----\n⟦b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW⟧\n-----END OPENSSH PRI|VATE KEY-----"),
    ("HB611", "```\n-----BEGIN RSA PRI|VATE KEY-----\nProc-Type: 4,ENCRYPTED\n\n⟦MIIEowIBAAKCAQEA0Z3VS5JJcds3xfn/ygWyF8PbnGy0AHB7MhgwMbRvI0MBZhpI⟧\n-----END RSA PRI|VATE KEY-----\n```"),
    ("HB612", "Le script veut ⟦gh|p_16C7e42F292c6912E7710c838347Ae178B4a⟧ dans l'environnement."),
    ("HB612", "    AWS_ACCESS_KEY_ID=⟦AK|IAQ4XZ7PLM2NTRW6VD⟧"),
    ("HB612", "Clé de la carte : ⟦AI|zaSyD4kX8v2QwLr7TnB5mZc9YhJfGpRsUoE1a⟧"),
    ("HB612", "⟦xo|xb-2413589072-4810236597312-Qw7ZrT5kLmN8pXc2VbYdHgJs⟧ est le robot du salon."),
    ("HB612", "Paiements : `⟦sk|_live_4eC39HqLyjWDarjtT1zdp7dc⟧`."),
    ("HB612", "Envoi par Brevo avec ⟦xkey|sib-9f1c27ab34de5687f09b12cd34ef567890ab12cd34ef567890ab12cd34ef5678-Kd83mQzX0pLr5TvB⟧."),
    ("HB612", "`⟦eyJ|hbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U⟧` reste valable un an."),
    ("HB612", "registre : ⟦gl|pat-R7xK2mQ9vLpZ4tYc8WsN⟧"),
    ("HB613", "La base répond sur postgres://atelier:⟦Rabot-7-|chene⟧@db.atelier.fr/outils."),
    ("HB613", "Envoi : smtps://lettre:⟦b0ndieu|33⟧@smtp.mailo.com:465"),
    ("HB614", "Identifiant : atelier\nMot de passe : ⟦capucine|⟧"),
    ("HB614", "Le mot de passe du wifi est « ⟦copeaux et sci|ure⟧ »."),
    ("HB614", "Mdp : **⟦Etabli!20|26⟧**"),
    ("HB614", "    password = \"⟦hunter|2⟧\""),
    ("HB614", "LISTMONK_API_TOKEN=⟦Xy7Qp2Lm9Rt4Vb8Nc3Kd6Wf1|Hs5Zj0Ga⟧"),
    ("HB614", "Digicode : ⟦45B|12⟧, puis le couloir à gauche."),
)  # fmt: skip

#: What looks like the above and is none of it.
NEAR_MISSES = (
    # Sums, measures, dates, hours, codes of post and land.
    "Le toit a coûté 12 500 000 francs en 1974, soit +12 500 000 sur le budget.",
    "Ouvert de 9 h 30 à 12 h 30, puis 14 h à 18 h 30, sauf le 01/02/2026 et le 15.08.2026.",
    "Du 01.02.2026 au 03.04.2026, 10:30–12:00 et 14:00–18:00.",
    "2026-01-02, 2026-02-03 et 2026-03-04 : trois dates, trois lieux.",
    "Rendez-vous au 14 rue des Établis, 33800 Bordeaux (44.8378, -0.5792).",
    "GPS : 44.83780912, -0.57918034 ; altitude 8 m.",
    "Coordonnées Lambert 93 : 417245 6421860.",
    "Parcelle cadastrale 063 AB 0123, 1 250 m².",
    "Il a plu 1 200 mm, dont 06 12 34 en janvier.",
    "Les dimensions : 2440 × 1220 × 18 mm, ou 96 × 48 × 0,7 pouces.",
    "Résistances de 4 700 000 Ω et condensateurs de 0,000 047 F.",
    "Un don de 1 234 567,89 € : on peut rêver. Il manque 0 123 456 789 centimes.",
    "Prix : 12,50 € ; 25,00 € ; 1 050,00 € ; code promo ETE2026.",
    "Between 1914-1918 and 1939-1945 the workshop made 100 000 000 screws.",
    "La population passe de 66 000 000 à 68 373 433 habitants, +33 000 par an.",
    "Température : +20 à +25 °C, −10 la nuit, +1 234 567 J.",
    "Tirage du loto : 05 12 23 34 45, complémentaire 7.",
    "Numéros gagnants : 01 08 17 26 44.",
    "Scores : 21-19 18-21 21-17 ; classement 1-2-3-4-5-6-7-8-9.",
    "1. 2. 3. 4. 5. 6. 7. 8. 9. 10.",
    "Chapitre 1.2.3.4.5, version 10.15.7, build 20260115.1830.",
    "Python 3.11.2, Node 22.12.0, Debian 12.9, IP 192.168.1.254 et 10.0.0.1.",
    "Horodatage 1767225600, soit 1767225600123 en millisecondes.",
    # Numbers of things.
    "ISBN 978-2-07-036822-8, ou 2-07-036822-X dans la vieille édition.",
    "ISBN 0-306-40615-2 (10 chiffres), ISBN 0306406152, ISBN-13 : 9780306406157.",
    "Le livre (0198526636) est à la bibliothèque.",
    "ISSN 1144-0767, EAN 3017620422003, code-barres 4006381333931.",
    "Commande 0612345678 reçue, commande n° 06 12 34 56 78 perdue.",
    "Facture n° 2026-000123456, réf. 0145678912, dossier 0687654321.",
    "Colis 6A12345678901, suivi 4539148803436467, suivi 8R 12345 67890.",
    "SIRET 732 829 320 00074, SIREN 732829320, TVA FR44732829320.",
    "SIRET : 36252187900034, code APE 9499Z, RNA W332012345.",
    "Numéro au répertoire national : W000000000.",
    "IMEI 490154203237518, numéro de série 353918058078696.",
    "Modèle DDF-482, pièce 00.0123.4567, série 0712345678.",
    "Licence FFCT 0612345, adhérent 0033612, contrat 0123456789.",
    "DOI 10.1000/182, arXiv 2101.01234, PMID 31452104, HAL hal-01234567.",
    "Vis 4 x 40, lot 5425233430109902, article 4539148803436461.",
    "Le billet 4111 1111 1111 1112 n'a pas gagné.",
    "FR76 n'est que le début, et FR14 2004 1010 0505 0001 3M02 607 a une faute.",
    "Les bus FR12, BE33 et DE89 partent du quai 4.",
    "Le 1 85 05 bis, rue des Tilleuls ; 2 69 05 49 588 157 81 n'est le numéro de personne.",
    "1234567890123456789 grains de sable, 0000 0000 0000 0000 étoiles.",
    # Numbers that everybody may call, and those kept for films.
    "Urgences : 15, 17, 18, 112, 114, 115, 119 et 3114.",
    "Le 39 39 répond, le 3949 aussi, et le 118 712 coûte cher.",
    "Numéro vert 0 800 123 456, 0800 00 12 34, ou 0 892 70 12 39.",
    "Free call: +1 800 555 0199, or +1 (800) 273-8255.",
    "Dans le film, elle compose le 01 99 00 12 34, puis le 06 39 98 45 67.",
    "The detective's card says 555-0142, or (212) 555-0142.",
    "Composez le 06 XX XX XX XX, ou 06 .. .. .. .., selon le cas.",
    "Remplacez 00 00 00 00 00 par votre numéro, et 0123456789 par vos chiffres.",
    "Le 01 02 03 04 05 de la notice n'existe pas.",
    # Addresses of examples, roles, machines, and what only looks like one.
    "Écrivez à bonjour@atelier-garonne.example ou à contact@example.org.",
    "prenom.nom@exemple.fr est une adresse d'exemple, nom@domaine.fr aussi.",
    "you@yourdomain.com, jane@example.com, test@test.invalid.",
    "La mairie : mairie@ville-imaginaire.fr, la presse : presse@theatre-voisin.fr.",
    "Jobs: jobs@startup.dev, security@project.org, no-reply@forge.net.",
    "L'équipe : equipe-benevoles@fete-du-quai.fr, community-team@forum.org.",
    "Suivez @atelier_garonne, @ines sur la forge, ou @atelier@mastodon.social.",
    "Le logo@2x.png est flou, l'icone@3x.webp aussi.",
    "npm install @types/node@22.10.1 left-pad@1.3.0 vite@6.0.0-beta.2",
    "git clone git@github.com:atelier/outils.git && ssh root@192.168.1.20",
    "systemctl restart getty@tty1.service wg-quick@wg0.service",
    "`A @ B.T` multiplie deux matrices, `x@y` ne veut rien dire.",
    "Rendez-vous @ 18 h, 3 places @ 12 €.",
    "See https://lore.kernel.org/all/20260102030405.1234-1-jane@kernel.org/ for the patch.",
    "https://medium.com/@jane.doe/how-to-glue-1a2b3c4d5e6f",
    "Meet us at gancio.org, or look at the plan (a) plan.fr for the way.",
    "At one point it moves, and at a point where nobody looks it stops.",
    "Le point (a) du règlement et le point (b) se contredisent.",
    "L'arobase se tape avec AltGr et 0.",
    "Le « a commercial » (@) date de 1536.",
    "webcal://agenda.atelier-garonne.example/tout.ics",
    # Links full of digits.
    "https://boutique.example/commande/0612345678?id=4539148803436467",
    "https://www.openstreetmap.org/?mlat=44.8378&mlon=-0.5792#map=17/44.83780/-0.57920",
    "https://x.com/atelier/status/1767225600123456789",
    "[plan](plans/0612345678.pdf) et ![](photos/20260115_063012.jpg)",
    "https://www.insee.fr/fr/statistiques/4539148803436467",
    "IMG_20260115_0612345678.jpg, DSC-0612345678",
    # Digests, identifiers, keys that everybody may know.
    "Commit 9fceb02d0ae598e95dc970b74767f19372d61af8, puis 8843d7f9.",
    "sha256: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "La graine de drand : 52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971",
    "UUID 123e4567-e89b-12d3-a456-426614174000, et 6ba7b810-9dad-11d1-80b4-00c04fd430c8.",
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SaG6UoqXLkQcGMLdO1tGk8 atelier",
    "Clé publique : 83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c",
    "Public key: `age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p`",
    "pk_live_4eC39HqLyjWDarjtT1zdp7dc est publique ; la clé de site aussi.",
    "integrity=\"sha384-oqVuAfXRKap7fdgcCY5uykM6+R9GqQ8K/uxy9rx7HNQlGYl1kPzQho1wx4JwY8wC\"",
    "L'empreinte de la clé est 4096 SHA256:uNiVztksCsDhcc0u9e8BrhJyzNpWbqXl0ZkB1mQdkZQ.",
    "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEVs/o5+uQbTjL3chynL4wXgUg2R9\n-----END PUBLIC KEY-----",
    "Un fichier qui commence par `-----BEGIN PRIVATE KEY-----` ne se publie pas.",
    "AKIAIOSFODNN7EXAMPLE et ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx sont des exemples.",
    "export GITHUB_TOKEN=${{ secrets.GITHUB_TOKEN }}",
    "TOKEN=$(cat /run/secrets/token) ; API_KEY=your-api-key-goes-here-please",
    "La page <https://user:password@exemple.fr> montre la forme, https://$USER:$PASS@hote.net aussi.",
    "git remote add forge https://forge.example:8443/atelier/outils.git",
    "Token ring, jeton de caddie, secret de fabrication : 12 grammes de cire.",
    # Sentences about passwords.
    "Mot de passe : douze signes au moins. Mot de passe oublié ? Mot de passe : voir l'affiche.",
    "Le mot de passe : à demander à l'accueil. Mot de passe : requis.",
    "Un bon mot de passe est long ; le mot de passe est une phrase.",
    "Le mot de passe est affiché dans l'entrée, et le wifi : gratuit.",
    "Password: required. Password: at least 12 characters. The password is secret.",
    "`password = getpass()`, `password: str = Field(...)`, `let password = String::new();`",
    "`<input type=\"password\" name=\"pwd\" placeholder=\"votre mot de passe\">`",
    "`password = os.environ[\"DB_PASSWORD\"]` et `pwd: ${DB_PASSWORD}`",
    "1Password Developer Chat: `Serde Deserializers`, KeePass 2.57, Bitwarden : 2026.1",
    "Code postal : 33800, code APE : 9499Z, code de la route : article R412-6.",
    "Code d'accès : 12 € la journée, 3 € l'heure.",
    "Le code de la porte : demandez-le à Odile.",
    "Wifi : oui. Clé USB : 64 Go. Clé de 13 : sur le panneau.",
    "Secret : la cire. Le secret est dans la patience : 48 heures.",
    # Chats.
    "Discord : le serveur est ouvert à tous, jeudi à 20 h 30.",
    "Discord : https://discord.gg/atelier33, salon #1234-bois.",
    "Corrigé dans outils#1234 et dans rust-lang/rust#4821 (merci à tous sur Discord, issue#1234).",
    "Skype n'existe plus. Skype : fermé. TeamSpeak : ts.atelier-garonne.example:9987.",
    "Le groupe : https://t.me/joinchat/AAAAAE et https://t.me/+AbCdEfGh12345678.",
    "https://chat.whatsapp.com/AbCdEfGhIjKlMnOpQrStUv est l'invitation au groupe.",
    "Telegram : le canal ferme en mai. Signal : reçu fort et clair.",
    "La couleur #1234ab va avec #b5451f, ou couleur#1234.",
    "Signal : 0,5 V sur la broche 12 ; WhatsApp : groupe des parents.",
)  # fmt: skip

_NOISE = ("Voilà.", "On en reparle samedi.", "Apportez des gants.", "More on this next week.", "Merci à celles et ceux qui étaient là.")


def paragraphs() -> list[str]:
    """Return the paragraphs of this repository's own hub, French and English, without front matter."""
    found: list[str] = []
    for folder in ("content", "events", "newsletters"):
        for file in (one for one in sorted((REPOSITORY / folder).rglob("*.md")) if "archive" not in one.parts):
            body = re.split(r"^---$", file.read_text(encoding="utf-8"), maxsplit=2, flags=re.MULTILINE)[2]
            found += [part for part in body.split("\n\n") if part.strip()]
    return found


def planted(number: int) -> tuple[str, str, str]:
    """Return the code, the sentence and the datum that are planted with that number."""
    code, sentence = PLANTED[number]
    sentence = sentence.replace("|", "")
    datum = sentence.partition("⟦")[2].partition("⟧")[0]
    return code, sentence.replace("⟦", "").replace("⟧", ""), datum


def posts() -> list[tuple[str, int | None]]:
    """Return a thousand posts, each with the number of the datum planted in it, if any."""
    pool, made = paragraphs(), []
    every = POSTS // len(PLANTED)
    for number in range(POSTS):
        parts = [pool[(number * 37 + n * 101) % len(pool)] for n in range(5 + number % 4)]
        parts += [NEAR_MISSES[(number * 3 + n) % len(NEAR_MISSES)] for n in range(3)]
        parts.append(_NOISE[number % len(_NOISE)])
        plant = number // every if number % every == 7 and number // every < len(PLANTED) else None
        if plant is not None:
            parts.insert(2 + number % 4, planted(plant)[1])
        front = f"---\ntitle: Billet {number}\ndate: 2026-01-{1 + number % 28:02}\ntags: [bois, outils]\n---\n\n"
        made.append((front + "\n\n".join(parts) + "\n", plant))
    return made
