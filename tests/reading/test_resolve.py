"""Items find their people, pictures, translations and addresses."""

from tests.hubs import VILLAGE, load_village, text, write

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
