"""Letters of a small hub for the tests of composing: a village that sends one on the second Thursday of the month."""

from tests.hubs import load_village, write

from handbill.composing.drafting import Drafter
from handbill.settings import read_settings

HUB = '[hub]\nname = "Essai"\nbase_url = "https://essai.example/"\nlang = "fr"\nlanguages = ["fr", "en"]\n[letters.main]\nname = "La lettre"\n[letters.agenda]\nname = "L\'agenda"\n'


def letter(number, date, body, **front):
    """Return the file of a letter; *body* is its Markdown."""
    lines = "".join(f"{key}: {value}\n" for key, value in {"number": number, "subject": f"Numéro {number}", "date": date, **front}.items())
    return f"---\n{lines}---\n\n{body}\n"


def event(title, starts, **front):
    """Return the file of an event that takes two hours, known since the new year."""
    more = "".join(f"{key}: {value}\n" for key, value in {"date": "2026-01-02", "mode": "online", "organisers": "[Ada]", **front}.items())
    return f"---\ntitle: {title}\nstarts: {starts}\n{more}---\n\nVenez.\n"


def post(title, date, **front):
    """Return the file of a post."""
    more = "".join(f"{key}: {value}\n" for key, value in front.items())
    return f"---\ntitle: {title}\ndate: {date}\n{more}---\n\nUn texte.\n"


def contest(title, closes):
    """Return the file of a contest that is open until a day."""
    return (
        f"---\ntitle: {title}\ndate: 2026-01-02\nmechanism: jury\nopens: 2026-01-05\ncloses: {closes}\nenter: Une photo.\n"
        "prizes: [{name: Un vélo}]\norganiser: Essai\n---\n\nRacontez.\n"
    )


def section(show, *lines):
    """Return a block as an editor writes it."""
    return "\n".join(("```section", f"show: {show}", *lines, "```"))


FEBRUARY = "Bonsoir,\n\nUne première lettre, écrite un soir de pluie.\n\n## Le tour de main\n\nUn clou.\n\nThéo"
MARCH = (
    f"Bonsoir,\n\nLe puits est réparé.\n\n{section('events', 'title: Ce mois-ci', 'layout: list', 'ahead: 60', 'limit: 3')}\n\n"
    f"## Le tour de main\n\nUne vis.\n\n{section('posts')}\n\n## Une seule fois\n\nUn mot.\n\nThéo"
)


def hub_with(root, **files):
    """Write a hub with two letters of the main sort, and more files by their path."""
    common = {
        "hub.toml": HUB,
        "newsletters/2026-02.md": letter(1, "2026-02-12 18:00", FEBRUARY),
        "newsletters/2026-03.md": letter(2, "2026-03-12 18:00", MARCH, authors="[ada]"),
        "content/people/ada.md": "---\ntitle: Ada\n---\n\nElle répare.\n",
        "events/fete.md": event("La fête", "2026-04-18 14:00"),
        "events/bal.md": event("Le bal", "2026-05-02 20:00"),
        "content/posts/puits.md": post("Le puits", "2026-03-20"),
    }
    return write(root, common | files)


def read(root, as_of="2026-03-20 12:00"):
    """Return the hub and its settings."""
    loaded, settings = load_village(as_of, root)
    return loaded.hub, settings


def drafter(root, as_of="2026-03-20 12:00", lang="en"):
    """Return what drafts letters in that hub."""
    from tests.hubs import moment

    return Drafter(read_settings(root), moment(as_of), lang)
