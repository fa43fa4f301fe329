"""Items find their people, pictures, translations and addresses."""

from tests.hubs import VILLAGE, load_village, text, write

from handbill.hub.facets import Picture

PNG = (VILLAGE / "content/pictures/puits.png").read_bytes()


def loaded(tmp_path, files):
    return load_village(root=write(tmp_path, files))[0]


def test_a_persons_file_name_and_full_name_both_lead_to_the_page(tmp_path):
    """Editors write whichever they remember."""
    hub = loaded(tmp_path, {
        "content/people/ada.md": "---\ntitle: Ada Puits\n---\n\nx\n",
        "content/posts/a.md": text(authors="[ada]"), "content/posts/b.md": text(authors="[Ada Puits]"), "content/posts/c.md": text(authors="[Un passant]"),
    }).hub  # fmt: skip

    assert ["ada", "ada", None] == [hub.by_id[f"post:{name}"].credits[0].person for name in "abc"]


def test_every_picture_gets_its_size(tmp_path):
    """Text must not jump when a picture arrives."""
    hub = loaded(tmp_path, {"content/posts/a.md": text("![Vue](p.png)", picture="p.png", picture_alt='""'), "content/posts/p.png": PNG}).hub
    post = hub.by_id["post:a"]

    assert 'width="320" height="200"' in post.body.html
    assert ("/media/posts/p.png", "", 320, 200) == (post.picture.path, post.picture.alt, post.picture.width, post.picture.height)


def test_an_address_is_made_of_language_kind_and_name(tmp_path):
    """The hub's own language stands at the root, the others under theirs."""
    hub = loaded(tmp_path, {
        "content/posts/2026-01-02-Été.md": text(), "content/posts/2026-01-02-Été.en.md": text(slug="summer"),
        "content/pages/contact.md": "---\ntitle: C\n---\n\nx\n",
    }).hub  # fmt: skip

    assert ["/contact/", "/en/posts/summer/", "/posts/ete/"] == sorted(item.address for item in hub.items)
    assert hub.by_id["post:ete.en"].group == "post:ete"


def test_an_item_that_was_renamed_keeps_its_id_by_writing_it_down(tmp_path):
    """Feeds and calendars hang on the id."""
    hub = loaded(tmp_path, {"content/posts/nouveau.md": text(id="post:ancien")}).hub

    assert "/posts/nouveau/" == hub.by_id["post:ancien"].address


def test_a_link_to_a_file_that_is_itself_faulty_is_not_called_broken(tmp_path):
    """One fault, one message."""
    problems = loaded(tmp_path, {"content/posts/a.md": text("[b](b.md#x)"), "content/posts/b.md": text(draft="oui")}).problems

    assert ["content/posts/b.md"] == [one.path for one in problems]


def test_a_link_to_someone_without_a_page_is_told(tmp_path):
    """An unlisted person has no page to lead to."""
    problems = loaded(tmp_path, {"content/posts/a.md": text("[t](../people/tom.md)"), "content/people/tom.md": "---\ntitle: Tom\nlisted: false\n---\n\nx\n"}).problems

    assert ["HB301"] == [one.code for one in problems]


def test_an_update_is_shown_only_when_it_came_after_publication(tmp_path):
    """What was changed before it appeared is not news."""
    hub = loaded(tmp_path, {"content/posts/a.md": text(updated="2026-02-03")}).hub

    assert "2026-02-03" == f"{hub.by_id['post:a'].updated:%Y-%m-%d}"


def test_the_letters_preheader_introduces_it(tmp_path):
    """A list of letters says more by it than by "Bonjour"."""
    hub = loaded(tmp_path, {"newsletters/1.md": "---\nnumber: 1\nsubject: S\npreheader: Trois ateliers\ndate: 2026-01-02 18:00\n---\n\nBonjour,\n"}).hub

    assert "Trois ateliers" == hub.items[0].summary


VENUE = "\n  name: {}\n  street: 2 rue du Puits\n  city: Bourg\n"


def event(name: str, more: str = "", **front: str) -> str:
    return text(starts="2026-05-01 14:00", organisers="[X]", venue=VENUE.format(name) + more.rstrip(), **front)


def test_a_venue_has_its_plan_with_size_and_words(tmp_path):
    """A plan without words is a closed door to those who do not see it."""
    files = {"content/pictures/p.png": PNG, "events/a.md": event("Salle", "  map: ../content/pictures/p.png\n  map_alt: Face au puits")}
    hub = loaded(tmp_path, files).hub

    assert Picture("/media/pictures/p.png", "Face au puits", 320, 200) == hub.by_id["event:a"].place.map


def test_a_plan_is_written_once_for_all_that_takes_place_at_the_address(tmp_path):
    """An editor announces twenty dates a year in the same workshop."""
    plan = "  map: ../content/pictures/{}.png\n  map_alt: {}\n"
    files = {
        "content/pictures/p.png": PNG,
        "content/pictures/q.png": PNG,
        "events/old.md": event("Salle", plan.format("p", "Ancien plan"), date="2025-01-02"),
        "events/new.md": event("La salle", plan.format("q", "Nouveau plan")),
        "events/bare.md": event("Salle du fond"),
        "events/bare.en.md": event("Back room"),
        "events/draft.md": event("Salle", plan.format("p", "Brouillon"), draft="true", date="2026-03-01"),
        "events/elsewhere.md": text(starts="2026-05-01 14:00", organisers="[X]", venue="{name: Salle, city: Ville}"),
    }
    hub = loaded(tmp_path, files).hub
    shown = {item.id.partition(":")[2]: hub.map_of(item.place, item.lang) for item in hub.items}

    assert {"old": "Ancien plan", "new": "Nouveau plan", "bare": "Nouveau plan", "bare.en": None, "elsewhere": None} == {
        name: plan and plan.alt for name, plan in shown.items()
    }


def test_a_plan_without_words_is_refused_where_it_is_written(tmp_path):
    """The message must name the line below venue, not the first of the file."""
    problems = loaded(tmp_path, {"content/pictures/p.png": PNG, "events/a.md": event("Salle", "  map: ../content/pictures/p.png")}).problems

    assert [("events/a.md", 10, "venue.map", "HB307")] == [(one.path, one.line, one.field, one.code) for one in problems if one.code == "HB307"]
