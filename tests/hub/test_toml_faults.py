"""Lines that are no TOML, in words that an editor can mend them by."""

from tests.cases import for_each

from handbill.hub.toml_places import places_of


@for_each(
    ("toml", "place", "found", "wanted"),
    [
        ("name = “Essai”", (1, 8, 7), "“Essai”, in the quotes of a word processor", 'name = "Essai"'),
        ("name = « Essai »", (1, 8, 9), "« Essai », in the quotes of a word processor", 'name = "Essai"'),
        ('base_url: "https://a.example"', (1, 1, 29), "a colon after “base_url”", 'an equals sign: base_url = "https://a.example"'),
        ("lang = fr", (1, 8, 2), "fr without quotes", 'lang = "fr"'),
        ("name = L'atelier \"x\" # c", (1, 8, 13), "L'atelier \"x\" without quotes", 'name = "L\'atelier \\"x"'),
        ("typography = oui", (1, 14, 3), "oui without quotes", "typography = true"),
        ("typography = True", (1, 14, 4), "True without quotes", "typography = true"),
        ("since = 2 023", (1, 9, 5), "“2 023”, which is no number here", "since = 2023"),
        ("x = 44,85", (1, 5, 5), "“44,85”, which is no number here", "x = 44.85"),
        ("tagline =", (1, 9, 1), "“tagline” without a value", 'a value: tagline = "…"'),
        ("tagline = # later", (1, 10, 1), "“tagline” without a value", 'a value: tagline = "…"'),
        ('base url = "x"', (1, 1, 14), "“base url”, which is no name of a setting", 'an equals sign: base_url = "x"'),
        ("bonjour", (1, 1, 7), "“bonjour” without an equals sign", 'an equals sign: bonjour = "…"'),
        ('name = "Essai', (1, 8, 6), "a quote that is never closed", 'name = "Essai"'),
        ('name = "Essai”', (1, 8, 7), "a quote that is never closed", 'name = "Essai"'),
        ('languages = ["fr"', (1, 13, 1), "“[” that is never closed", "“]” behind the last value"),
        ('x = {a = "b"', (1, 5, 1), "“{” that is never closed", "“}” behind the last value"),
        ('x = ["a" "b"]', (1, 10, 4), '"b"] without a comma before it', "a comma between values, or “]” at the end"),
        ('name = "a" "b"', (1, 12, 3), '"b" behind the value', 'one value on a line; a quote within a text is written \\"'),
        ("[look", (1, 1, 5), "“[look”, whose bracket is not closed", "[look]"),
        ("[[look] # c", (1, 1, 11), "“[[look] # c”, whose bracket is not closed", "[[look]]"),
        ('x = """a\nb', (1, 5, 3), "three quotes that are never closed", "three quotes behind the text, too"),
        (
            r'x = "C:\photos"',
            (1, 8, 2),
            r"“\p”, a backslash that begins no sign",
            "the text between single quotes (') where a backslash is only a backslash",
        ),
        ("a = 1\na = 2", (2, 1, 1), "“a” a second time (first on line 1)", "each key once"),
        ("[a]\n[a]", (2, 1, 3), "the table [a] a second time (first on line 1)", "its keys together, below the first one"),
    ],
)  # fmt: skip
def test_a_line_that_is_no_toml_says_what_to_write_instead(toml, place, found, wanted):
    """“Invalid value (at line 2, column 8)” helps nobody who has never heard of TOML."""
    ((span, fault),) = places_of(toml).faults

    assert (found, wanted) == (fault.found, fault.wanted)
    assert place == (span.line, span.column, span.width)
